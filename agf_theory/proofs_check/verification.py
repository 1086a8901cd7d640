"""From claims to verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agf_theory.markup import block, escaped, heading, table
from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.claims import Claim, Cost, Mutant
from agf_theory.proofs_check.runner import Progress, Store, run_jobs
from agf_theory.proofs_check.verdict import Verdict, combine

__all__ = ["Run", "verify", "verify_all"]


@dataclass(frozen=True, eq=False)
class Run:
    """The verdicts of one run.

    Attributes
    ----------
    verdicts : tuple of Verdict
        In the order of the claims.
    cost : Cost
        Which checks were executed.
    seed : int
    seconds : dict
        How long each check took, by "claim id/check name"; the only part that differs between two runs.
    """

    verdicts: tuple[Verdict, ...]
    cost: Cost
    seed: int
    seconds: dict[str, float]

    def __repr__(self) -> str:
        claims = len(self.verdicts)
        return f"<Run of {claims} claim{'s' * (claims != 1)}: {self.cost}, seed {self.seed}>"

    def __str__(self) -> str:
        from agf_theory.proofs_check.rendering import verdict_table

        return verdict_table(self).plain()

    def _repr_html_(self) -> str:
        from agf_theory.proofs_check.rendering import verdict_table

        grid = verdict_table(self)
        rows = [[escaped(cell) for cell in row] for row in grid.rows]
        return block(heading(f"{len(rows)} claims, {self.cost} checks, seed {self.seed}"), table(grid.titles, rows))


def verify_all(
    claims: Sequence[Claim],
    *,
    cost: Cost = Cost.QUICK,
    seed: int = 0,
    workers: int = 1,
    progress: Progress | None = None,
    certificates: bool = False,
    store: Store | None = None,
) -> Run:
    """Run the checks of all the claims and combine them into one verdict a claim.

    Parameters
    ----------
    claims : sequence of Claim
    cost : Cost
        `Cost.FULL` runs the quick checks too.
    seed : int
    workers : int
        Processes at a time; 0 runs everything in this process, without time limits.
    progress : callable, optional
        See `agf_theory.proofs_check.runner.Progress`.
    certificates : bool
        Whether exact and certified evidence should carry its certificates; see `write_certificates`.
    store : Store, optional
        See `run_jobs`.
    """
    jobs = [
        Job(claim, check, claim.formula, seed, certificates=certificates)
        for claim in claims
        for check in claim.checks_within(cost)
    ]
    findings = run_jobs(jobs, workers=workers, progress=progress, store=store)
    verdicts = tuple(
        combine(claim, {f.job.check.name: f.evidence for f in findings if f.job.claim is claim}) for claim in claims
    )
    seconds = {f"{f.job.claim.id}/{f.job.check.name}": f.seconds for f in findings}
    return Run(verdicts, cost, seed, seconds)


def verify(claim: Claim, *, formula: Any = None, cost: Cost = Cost.QUICK, seed: int = 0, workers: int = 0) -> Verdict:
    """The verdict on one claim, or on another formula in the place of its own.

    Parameters
    ----------
    claim : Claim
    formula : object or Mutant, optional
        What to put to the test instead of the claim's own formula.
    cost, seed, workers
        As for `verify_all`; by default the checks run in this process, without time limits.

    Returns
    -------
    Verdict
        The strongest level reached and everything it rests on; refuted, with a witness, if any check refutes.

    Examples
    --------
    >>> from agf_theory.proofs_check import get
    >>> verify(get("DIAG-03"))
    <Verdict DIAG-03: proved, 3 checks>
    >>> verify(get("DIAG-03"), formula=get("DIAG-03").mutants[0])
    <Verdict DIAG-03: refuted, 3 checks>
    """
    under_test = claim.formula if formula is None else formula.formula if isinstance(formula, Mutant) else formula
    claim = claim.under(formula if isinstance(formula, Mutant) else None)
    jobs = [Job(claim, check, under_test, seed) for check in claim.checks_within(cost)]
    return combine(claim, {f.job.check.name: f.evidence for f in run_jobs(jobs, workers=workers)})
