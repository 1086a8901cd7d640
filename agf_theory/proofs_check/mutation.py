"""Mutants: a check that cannot refute a wrong formula shows nothing about the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.claims import Claim, Cost, Mutant
from agf_theory.proofs_check.evidence import Evidence, Outcome
from agf_theory.proofs_check.runner import Progress, Store, run_jobs

__all__ = ["MutantVerdict", "refute_all_mutants", "refute_mutants"]


@dataclass(frozen=True, eq=False)
class MutantVerdict:
    """How one mutant fared.

    Attributes
    ----------
    claim : Claim
    mutant : Mutant
    evidence : mapping of check name to Evidence
        The checks tried, up to the first that refuted.
    """

    claim: Claim
    mutant: Mutant
    evidence: Mapping[str, Evidence]

    @property
    def refuted_by(self) -> str | None:
        """The check that refuted the mutant, or None if it survives: an error or a timeout refutes nothing."""
        return next((name for name, e in self.evidence.items() if e.result is Outcome.REFUTED), None)

    @property
    def survives(self) -> bool:
        """Whether no check refuted the mutant."""
        return self.refuted_by is None

    @property
    def witness(self) -> object:
        """The instance that contradicts the mutant, or None if it survives."""
        return None if self.refuted_by is None else self.evidence[self.refuted_by].witness


def refute_mutants(
    claim: Claim, *, cost: Cost = Cost.QUICK, seed: int = 0, workers: int = 0
) -> tuple[MutantVerdict, ...]:
    """Put each mutant of the claim in the place of its formula and run the checks until one refutes it."""
    return refute_all_mutants([claim], cost=cost, seed=seed, workers=workers)


def refute_all_mutants(
    claims: Sequence[Claim],
    *,
    cost: Cost = Cost.QUICK,
    seed: int = 0,
    workers: int = 0,
    progress: Progress | None = None,
    store: Store | None = None,
) -> tuple[MutantVerdict, ...]:
    """As `refute_mutants`, for the mutants of all the claims; parameters as for `verify_all`."""
    mutants = [(claim, mutant) for claim in claims for mutant in claim.mutants]
    tried: list[dict[str, Evidence]] = [{} for _ in mutants]
    # Round k runs the k-th check on the mutants that are left: the same rounds whatever the number of processes.
    for k in range(max((len(claim.checks_within(cost)) for claim in claims), default=0)):
        left = [
            i
            for i, (claim, _) in enumerate(mutants)
            if k < len(claim.checks_within(cost)) and not any(e.result is Outcome.REFUTED for e in tried[i].values())
        ]
        jobs = [_job(*mutants[i], k, cost, seed) for i in left]
        for i, finding in zip(left, run_jobs(jobs, workers=workers, progress=progress, store=store), strict=True):
            tried[i][finding.job.check.name] = finding.evidence
    return tuple(MutantVerdict(claim, mutant, found) for (claim, mutant), found in zip(mutants, tried, strict=True))


def _job(claim: Claim, mutant: Mutant, k: int, cost: Cost, seed: int) -> Job:
    return Job(claim, claim.checks_within(cost)[k], mutant.formula, seed, mutant.name)
