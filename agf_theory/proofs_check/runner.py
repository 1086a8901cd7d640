"""Running checks: a pool of processes, with a time limit for each check, and the same result for any number of them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Protocol

from agf_theory.proofs_check.child import Child, Job, run_here
from agf_theory.proofs_check.evidence import Evidence
from agf_theory.proofs_check.interruption import interruption_deferred

__all__ = ["Finding", "Progress", "Store", "run_jobs"]


@dataclass(frozen=True)
class Finding:
    """What one job found, how many seconds it took, and whether that was kept from an earlier run."""

    job: Job
    evidence: Evidence
    seconds: float
    kept: bool = False


Progress = Callable[[Finding, int, int], None]
"""Called after each job with what it found, how many jobs are finished, and how many there are."""


class Store(Protocol):
    """Where finished jobs are kept."""

    def find(self, job: Job) -> Finding | None:
        """What this very job found earlier; None if that is not known, or not to be used."""

    def keep(self, finding: Finding) -> None:
        """Keep what a job found; whatever goes wrong, the run goes on."""


def run_jobs(
    jobs: Sequence[Job], *, workers: int, progress: Progress | None = None, store: Store | None = None
) -> tuple[Finding, ...]:
    """Run every job and return what each found, in the order given.

    Parameters
    ----------
    jobs : sequence of Job
    workers : int
        Processes at a time. Each job has one of its own, killed when the check's time limit is over; findings do not
        depend on their number. With 0 the jobs run in this process, one after the other and without time limits.
    progress : callable, optional
    store : Store, optional
        What it knows of a job is not run again, and each job is handed to it as soon as it has ended.
    """
    ledger = _Ledger(jobs, progress, store)
    ledger.recall()
    if workers == 0:
        _one_by_one(jobs, ledger)
    else:
        _Pool(jobs, ledger).run(workers)
    return tuple(ledger.findings[i] for i in range(len(jobs)))


class _Ledger:
    """The findings so far, by the number of the job: kept before they are reported, and reported one by one."""

    def __init__(self, jobs: Sequence[Job], progress: Progress | None, store: Store | None) -> None:
        self.findings: dict[int, Finding] = {}
        self._jobs = jobs
        self._progress = progress
        self._store = store

    @property
    def missing(self) -> list[int]:
        return [i for i in range(len(self._jobs)) if i not in self.findings]

    def recall(self) -> None:
        for i in self.missing:
            if self._store is not None and (known := self._store.find(self._jobs[i])) is not None:
                self.findings[i] = known
                self.report(i)

    def keep(self, index: int, evidence: Evidence, started: float) -> None:
        job = self._jobs[index]
        self.findings[index] = Finding(job, evidence.repeated_by(job.command()), time.monotonic() - started)
        if self._store is not None:
            self._store.keep(self.findings[index])

    def report(self, index: int) -> None:
        if self._progress is not None:
            self._progress(self.findings[index], len(self.findings), len(self._jobs))


def _one_by_one(jobs: Sequence[Job], ledger: _Ledger) -> None:
    for i in ledger.missing:
        started = time.monotonic()
        ledger.keep(i, run_here(jobs[i]), started)
        ledger.report(i)


class _Pool:
    def __init__(self, jobs: Sequence[Job], ledger: _Ledger) -> None:
        self._jobs = jobs
        self._ledger = ledger
        # The longest first: a long check started last would leave the other processes idle.
        self._waiting = deque(sorted(ledger.missing, key=lambda i: -jobs[i].check.time_limit))
        self._running: dict[int, Child] = {}

    def run(self, workers: int) -> None:
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < workers:
                    with interruption_deferred():
                        index = self._waiting.popleft()
                        self._running[index] = Child(self._jobs[index])
                self._collect()
        finally:
            # Reached with processes still running only if interrupted: none may outlive us.
            with interruption_deferred():
                for child in self._running.values():
                    child.close()

    def _collect(self) -> None:
        patience = min(child.deadline for child in self._running.values()) - time.monotonic()
        ready = wait([child.connection for child in self._running.values()], timeout=max(0.0, patience))
        for index, child in list(self._running.items()):
            if child.connection in ready or time.monotonic() >= child.deadline:
                with interruption_deferred():
                    evidence = child.collect() if child.connection in ready else child.expire()
                    del self._running[index]
                    self._ledger.keep(index, evidence, child.started)
                self._ledger.report(index)
