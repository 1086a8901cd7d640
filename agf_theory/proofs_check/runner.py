"""Running checks: a pool of processes, with a time limit for each check, and the same result for any number of them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait

from agf_theory.proofs_check.child import Child, Job, run_here
from agf_theory.proofs_check.evidence import Evidence

__all__ = ["Finding", "Progress", "run_jobs"]


@dataclass(frozen=True)
class Finding:
    """What one job found, and how many seconds it took."""

    job: Job
    evidence: Evidence
    seconds: float


Progress = Callable[[Finding, int, int], None]
"""Called after each job with what it found, how many jobs are finished, and how many there are."""


def run_jobs(jobs: Sequence[Job], *, workers: int, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Run every job and return what each found, in the order given.

    Parameters
    ----------
    jobs : sequence of Job
    workers : int
        Processes at a time. Each job has one of its own, killed when the check's time limit is over; findings do not
        depend on their number. With 0 the jobs run in this process, one after the other and without time limits.
    progress : callable, optional
    """
    report = progress or (lambda finding, done, total: None)
    findings = _one_by_one(jobs, report) if workers == 0 else _Pool(jobs, report).run(workers)
    return tuple(findings[i] for i in range(len(jobs)))


def _one_by_one(jobs: Sequence[Job], report: Progress) -> dict[int, Finding]:
    findings: dict[int, Finding] = {}
    for i, job in enumerate(jobs):
        started = time.monotonic()
        findings[i] = _finding(job, run_here(job), started)
        report(findings[i], len(findings), len(jobs))
    return findings


class _Pool:
    def __init__(self, jobs: Sequence[Job], report: Progress) -> None:
        self._jobs = jobs
        self._report = report
        # The longest first: a long check started last would leave the other processes idle.
        self._waiting = deque(sorted(range(len(jobs)), key=lambda i: -jobs[i].check.time_limit))
        self._running: dict[int, Child] = {}
        self._findings: dict[int, Finding] = {}

    def run(self, workers: int) -> dict[int, Finding]:
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < workers:
                    index = self._waiting.popleft()
                    self._running[index] = Child(self._jobs[index])
                self._collect()
        finally:
            # Reached with processes still running only if interrupted: none may outlive us.
            for child in self._running.values():
                child.close()
        return self._findings

    def _collect(self) -> None:
        patience = min(child.deadline for child in self._running.values()) - time.monotonic()
        ready = wait([child.connection for child in self._running.values()], timeout=max(0.0, patience))
        for index, child in list(self._running.items()):
            if child.connection in ready:
                evidence = child.collect()
            elif time.monotonic() >= child.deadline:
                evidence = child.expire()
            else:
                continue
            del self._running[index]
            self._findings[index] = _finding(child.job, evidence, child.started)
            self._report(self._findings[index], len(self._findings), len(self._jobs))


def _finding(job: Job, evidence: Evidence, started: float) -> Finding:
    return Finding(job, evidence.repeated_by(job.command()), time.monotonic() - started)
