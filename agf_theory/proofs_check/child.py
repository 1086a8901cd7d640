"""One check in a process of its own, which can be killed."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import shlex
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from agf_theory.proofs_check.attempt import attempted
from agf_theory.proofs_check.claims import Check, Claim
from agf_theory.proofs_check.context import Context, seed_of
from agf_theory.proofs_check.evidence import Evidence

__all__ = ["Child", "Job", "run_here"]

_KILLED_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""

# Forking starts a check in milliseconds and lets it be any function; where the system cannot fork, claims are pickled.
_PROCESSES: Any = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


@dataclass(frozen=True, eq=False)
class Job:
    """One check of one claim, on one formula.

    Attributes
    ----------
    claim, check
    formula : object
        The claim's own, or one that takes its place.
    seed : int
        Of the whole run; the check's own seed is derived from it.
    mutant : str
        Name of the mutant in the place of the claim's formula, if one is.
    certificates : bool
        Whether the evidence should carry certificates.
    necessity : bool
        Whether the check looks at a witness of necessity, and is not among those of the claim.
    """

    claim: Claim
    check: Check
    formula: Any
    seed: int
    mutant: str = ""
    certificates: bool = False
    necessity: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.claim.id, self.mutant, self.check.name)))

    def command(self) -> str:
        """What to type to run this very job again, and no other."""
        mutant = ("--mutant", self.mutant) if self.mutant else ()
        return shlex.join(
            ("agf", "verify", self.claim.id, "--check", self.check.name, *mutant, "--seed", f"{self.seed}")
        )

    def context(self) -> Context:
        """What the check is told besides the formula."""
        return Context(self.claim.hypotheses, seed_of(self.seed, self.claim.id, self.check.name), self.certificates)


def run_here(job: Job) -> Evidence:
    """Run the check in this process, without a time limit; whatever it raises becomes an outcome."""
    return attempted(lambda: job.check.run(job.formula, job.context()), "the check")


class Child:
    """A started job.

    Attributes
    ----------
    job : Job
    connection : Connection
        Becomes readable when the job has ended, in whatever way.
    deadline : float
        On the clock of `time.monotonic`.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.started = time.monotonic()
        self.deadline = self.started + job.check.time_limit
        self.connection, sending_end = _PROCESSES.Pipe(duplex=False)
        self._process = _PROCESSES.Process(target=_work, args=(job, sending_end, os.getpid()), daemon=True)
        self._process.start()
        sending_end.close()

    def collect(self) -> Evidence:
        """The evidence of a job that has ended; an error if its process went without leaving any."""
        try:
            found: Evidence = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            found = Evidence.error(f"the process of the check ended without a result ({_ending(self._process)})")
        self.close()
        return found

    def expire(self) -> Evidence:
        """Kill the job because its time is up."""
        self.close()
        return Evidence.timeout(f"no result within {self.job.check.time_limit:g} s")

    def close(self) -> None:
        """Kill the process if it still runs, and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


def _ending(process: Any) -> str:
    code = process.exitcode
    return f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit status {code}"


def _work(job: Job, sending_end: Connection, parent: int) -> None:
    # Ctrl-C reaches the whole process group: the parent alone decides, and kills us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ask_to_be_killed_with_parent()
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    # Output belongs to the parent: what a check prints must not end up between its lines, least of all inside JSON.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    found = run_here(job)
    sending_end.send(found)
    sending_end.close()


def _ask_to_be_killed_with_parent() -> None:
    """Where the system offers it: a check deep inside a library never lets the thread below have its turn."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_KILLED_WITH_PARENT, signal.SIGKILL)


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
