"""Computations in a process of their own: limited in time, and given up when the next one is asked for."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Protocol

from agf_theory.explore.answer import Answer, Part
from agf_theory.explore.inquiry import Inquiry

__all__ = ["Compute", "Computer", "Superseded", "Worker"]

Compute = Callable[[Inquiry], Iterable[Part]]

# The server has threads, and a process forked while one of them holds a lock would wait for it forever; a server of
# forks has none, and keeps the libraries ready.
_METHODS = multiprocessing.get_all_start_methods()
_PROCESSES: Any = multiprocessing.get_context("forkserver" if "forkserver" in _METHODS else "spawn")
_GRACE = 2  # seconds for our own clock to act before that of the process does


class Superseded(Exception):
    """Another question was asked before this one was answered."""


class Computer(Protocol):
    """What answers."""

    def answer(self, asked: Inquiry) -> Answer:
        """Both parts; raises `Superseded` if there was another question meanwhile."""
        ...


class Worker:
    """One computation at a time.

    Parameters
    ----------
    compute : function from Inquiry to parts
        A function of a module, which another process finds by its name; it yields the table, then the figure.
    time_limit : float
        Seconds for one computation.
    libraries : sequence of str
        Modules to have ready in every process.
    """

    def __init__(self, compute: Compute, *, time_limit: float, libraries: Sequence[str] = ()) -> None:
        self._compute = compute
        self._time_limit = time_limit
        self._lock = Lock()
        self._process: Any = None
        self._asked = 0
        if hasattr(_PROCESSES, "set_forkserver_preload"):
            _PROCESSES.set_forkserver_preload(list(libraries))

    def warm_up(self) -> None:
        """Have the libraries loaded before the first question comes."""
        process = _PROCESSES.Process(target=_nothing, daemon=True)
        process.start()

    def answer(self, asked: Inquiry) -> Answer:
        """Both parts, or what there is of them when the time is up; a computation that still runs is given up.

        Raises
        ------
        Superseded
            If another question was asked meanwhile.
        """
        with self._lock:
            self._kill()
            self._asked += 1
            number = self._asked
            receiving, sending = _PROCESSES.Pipe(duplex=False)
            process = _PROCESSES.Process(
                target=_work, args=(self._compute, asked, sending, self._time_limit), daemon=True
            )
            process.start()
            self._process = process
            sending.close()
        parts, why = self._collect(receiving)
        with self._lock:
            if number != self._asked:
                raise Superseded
            self._kill()
        found = {part.what: part for part in parts}
        return Answer(found.get("table", Part("table", line=why)), found.get("figure", Part("figure", line=why)))

    def close(self) -> None:
        """Give up what still runs."""
        with self._lock:
            self._asked += 1
            self._kill()

    def _collect(self, receiving: Connection) -> tuple[list[Part], str]:
        """The parts that came in time, and why there are no others."""
        deadline = time.monotonic() + self._time_limit
        parts: list[Part] = []
        with receiving, contextlib.suppress(EOFError, OSError):
            while receiving.poll(max(0.0, deadline - time.monotonic())):
                parts.append(receiving.recv())
                if len(parts) == 2:
                    return parts, ""
            return parts, self._too_long()
        return parts, "the computation ended without a result: it may have needed more memory than there is"

    def _too_long(self) -> str:
        return (
            f"no result within {self._time_limit:g} s: leave a method out, take a smaller problem, "
            "or start agf explore with a longer --time-limit"
        )

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None


def _nothing() -> None:
    pass


def _work(compute: Compute, asked: Inquiry, sending: Connection, time_limit: float) -> None:
    # Ctrl-C reaches the whole process group: the server alone decides, and kills us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "alarm"):  # should the server be gone, nothing else would end us
        signal.alarm(math.ceil(time_limit) + _GRACE)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    with contextlib.suppress(BrokenPipeError):
        for part in compute(asked):
            sending.send(part)
    sending.close()
