"""Mutants put to the test: a check that cannot refute a wrong formula shows nothing about the right one."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from agf_theory.errors import UnknownName
from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.claims import Check, Claim, Cost, Mutant, Origin
from agf_theory.proofs_check.evidence import Evidence, Outcome
from agf_theory.proofs_check.mutation.breeding import Bred, breed
from agf_theory.proofs_check.mutation.equivalence import certainly_differs, proved_equal
from agf_theory.proofs_check.mutation.weakening import weakenings
from agf_theory.proofs_check.runner import Finding, Progress, Store, run_jobs

__all__ = ["MutantVerdict", "refute_all_mutants", "refute_mutants"]

PROOF_LIMIT = 30.0
"""Seconds for the proof that two expressions are equal; those that take part are the few that balls do not tell apart."""


@dataclass(frozen=True, eq=False)
class MutantVerdict:
    """How one mutant fared.

    Attributes
    ----------
    claim : Claim
    mutant : Mutant
    evidence : mapping of check name to Evidence
        The checks tried, up to the first that refuted.
    equivalence : str
        Why it is no wrong version, if it is none: proved, or argued on the claim. Empty for all others.
    """

    claim: Claim
    mutant: Mutant
    evidence: Mapping[str, Evidence]
    equivalence: str = ""

    @property
    def refuted_by(self) -> str | None:
        """The check that refuted the mutant, or None: an error or a timeout refutes nothing."""
        return next((name for name, e in self.evidence.items() if e.result is Outcome.REFUTED), None)

    @property
    def equivalent(self) -> bool:
        """Whether the mutant is the original in another form, or a hypothesis no weaker in effect."""
        return self.refuted_by is None and bool(self.equivalence)

    @property
    def survives(self) -> bool:
        """Whether no check refuted the mutant, although nothing shows it to be equivalent."""
        return self.refuted_by is None and not self.equivalence

    @property
    def witness(self) -> object:
        """The instance that contradicts the mutant, or None if none does."""
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
    origins: Collection[Origin] = tuple(Origin),
    only: str | None = None,
) -> tuple[MutantVerdict, ...]:
    """As `refute_mutants`, for the mutants of all the claims.

    Parameters
    ----------
    claims : sequence of Claim
    cost, seed, workers, progress, store
        As for `verify_all`. A full run goes on to the costly checks only with the mutants that the quick ones left.
    origins : collection of Origin
        Which mutants: written by hand, bred from expressions, bred from hypotheses.
    only : str, optional
        The name of a mutant: no other one is run.

    Raises
    ------
    UnknownName
        If no mutant of the claims has that name.
    """
    candidates = [candidate for claim in claims for candidate in _candidates(claim, origins)]
    if only is not None:
        candidates = _named(candidates, only)
    _recognise(candidates, partial(run_jobs, workers=workers, progress=progress, store=store), seed)
    # Round k runs the k-th check on the mutants that are left: the same rounds whatever the number of processes.
    for k in range(max((len(candidate.checks(cost)) for candidate in candidates), default=0)):
        left = [c for c in candidates if not c.decided and k < len(c.checks(cost))]
        jobs = [candidate.job(candidate.checks(cost)[k], seed) for candidate in left]
        for candidate, finding in zip(left, run_jobs(jobs, workers=workers, progress=progress, store=store), strict=True):
            candidate.take(finding)
    return tuple(candidate.verdict() for candidate in candidates)


class _Candidate:
    """A mutant on its way: what was tried on it so far."""

    def __init__(self, claim: Claim, mutant: Mutant, *, bred: Bred | None = None, tested: Claim | None = None) -> None:
        self.claim = claim
        self.mutant = mutant
        self.bred = bred
        self._tested = tested or claim
        self._tried: dict[str, Evidence] = {}
        self._equal = ""

    def checks(self, cost: Cost) -> tuple[Check, ...]:
        """The quick ones first, each kind in the order of the claim."""
        return tuple(sorted(self._tested.checks_within(cost), key=lambda check: check.cost is Cost.FULL))

    @property
    def decided(self) -> bool:
        return bool(self._equal) or any(e.result is Outcome.REFUTED for e in self._tried.values())

    def job(self, check: Check, seed: int) -> Job:
        return Job(self._tested, check, self.mutant.formula, seed, self.mutant.name)

    def take(self, finding: Finding) -> None:
        job = finding.job
        full = " --full" * (job.check.cost is Cost.FULL)
        only = shlex.quote(self.mutant.name)
        command = f"agf verify {self.claim.id} --mutants --only {only}{full} --seed {job.seed}"
        self._tried[job.check.name] = replace(finding.evidence, command=command)

    def recognise(self, how: str) -> None:
        self._equal = how

    def verdict(self) -> MutantVerdict:
        argued = self.claim.equivalent.get(self.mutant.name, "")
        return MutantVerdict(self.claim, self.mutant, self._tried, self._equal or argued)


def _candidates(claim: Claim, origins: Collection[Origin]) -> list[_Candidate]:
    written = [_Candidate(claim, mutant) for mutant in claim.mutants]
    bred = [_Candidate(claim, b.mutant, bred=b) for b in breed(claim)] if Origin.BRED in origins else []
    weak = weakenings(claim) if Origin.HYPOTHESIS in origins else ()
    weakened = [_Candidate(claim, w.mutant, tested=w.claim) for w in weak]
    return [*(written if Origin.WRITTEN in origins else []), *bred, *weakened]


def _named(candidates: Sequence[_Candidate], name: str) -> list[_Candidate]:
    found = [candidate for candidate in candidates if candidate.mutant.name == name]
    if not found:
        close = get_close_matches(name, [candidate.mutant.name for candidate in candidates], n=3)
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise UnknownName(f"unknown mutant {name!r}{hint}")
    return found


def _recognise(
    candidates: Sequence[_Candidate], run: Callable[[Sequence[Job]], Sequence[Finding]], seed: int
) -> None:
    """Mark the bred mutants that are proved to be the original in another form."""
    alike = [c for c in candidates if c.bred is not None and not certainly_differs(c.bred.part, c.bred.expression)]
    jobs = [candidate.job(_proof(candidate.bred), seed) for candidate in alike]
    for candidate, finding in zip(alike, run(jobs), strict=True):
        if finding.evidence.level is not None:
            candidate.recognise(finding.evidence.detail)


def _proof(bred: Bred | None) -> Check:
    assert bred is not None, "only bred mutants have an expression to compare"
    return Check("equivalence", lambda formula, context: proved_equal(bred.part, bred.expression), Cost.QUICK, PROOF_LIMIT)
