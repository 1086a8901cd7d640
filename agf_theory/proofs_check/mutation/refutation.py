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
from agf_theory.proofs_check.mutation.equivalence import certainly_differs, has_a_value, proved_equal
from agf_theory.proofs_check.mutation.weakening import weakenings
from agf_theory.proofs_check.record import Record
from agf_theory.proofs_check.runner import Finding, Progress, Store, run_jobs

__all__ = ["MutantVerdict", "refute_all_mutants", "refute_mutants"]

PROOF_LIMIT = 30.0
"""Seconds for a proof that two expressions are equal; only the few take part that balls do not tell apart."""

SOONEST = ("exact", "certified", "proved", "sampled", "converged")
"""Checks by the level they attain on the claim itself, the quickest refutations first.

A wrong number shows at the first instance; a proof simplifies what is right before it meets what is wrong; samples and
rates take whole trajectories.
"""


_Runner = Callable[[Sequence[Job]], Sequence[Finding]]


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
    command : str
        What to type to run this mutant again, and no other.
    """

    claim: Claim
    mutant: Mutant
    evidence: Mapping[str, Evidence]
    equivalence: str = ""
    command: str = ""

    def __repr__(self) -> str:
        fate = "survives" if self.survives else "equivalent" if self.equivalent else f"refuted by {self.refuted_by!r}"
        return f"<MutantVerdict {self.claim.id} {self.mutant.name}: {fate}>"

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
    record = Record.load()
    candidates = [candidate for claim in claims for candidate in _candidates(claim, origins, record)]
    if only is not None:
        candidates = _named(candidates, only)
    run = partial(run_jobs, workers=workers, progress=progress, store=store)
    _recognise(candidates, run, seed)
    scouts = _scouts(candidates)
    _rounds(list(scouts.values()), cost, seed, run)
    for candidate in candidates:
        candidate.follow(scouts[candidate.site])
    _rounds(candidates, cost, seed, run)
    return tuple(candidate.verdict(seed) for candidate in candidates)


def _scouts(candidates: Sequence[_Candidate]) -> dict[object, _Candidate]:
    """The first mutant of each part that is none in disguise: what refutes it will refute most of the others."""
    scouts: dict[object, _Candidate] = {}
    for candidate in candidates:
        if candidate.site not in scouts or scouts[candidate.site].decided:
            scouts[candidate.site] = candidate
    return scouts


def _rounds(candidates: Sequence[_Candidate], cost: Cost, seed: int, run: _Runner) -> None:
    """Round k runs the k-th check on the mutants that are left: the same whatever the number of processes."""
    for k in range(max((len(candidate.checks(cost)) for candidate in candidates), default=0)):
        left = [c for c in candidates if not c.decided and k < len(c.checks(cost))]
        left = [candidate for candidate in left if not candidate.tried(candidate.checks(cost)[k])]
        jobs = [candidate.job(candidate.checks(cost)[k], seed) for candidate in left]
        for candidate, finding in zip(left, run(jobs), strict=True):
            candidate.take(finding)


class _Candidate:
    """A mutant on its way: what was tried on it so far."""

    def __init__(
        self, claim: Claim, mutant: Mutant, record: Record, *, bred: Bred | None = None, tested: Claim | None = None
    ) -> None:
        self.claim = claim
        self.mutant = mutant
        self.bred = bred
        self._tested = tested or claim
        self._levels = {name: entry["result"] for name, entry in record.checks.get(claim.id, {}).items()}
        self._tried: dict[str, Evidence] = {}
        self._equal = ""
        self._favourite: str | None = None

    def checks(self, cost: Cost) -> tuple[Check, ...]:
        """The quick ones first, and of these the ones that refute soonest; at last, whether there is a value at all."""
        ordered = sorted(
            self._tested.checks_within(cost), key=lambda check: (check.cost is Cost.FULL, self._rank(check))
        )
        return (*ordered, *([_value_check(self.bred)] if self.bred is not None else []))

    def _rank(self, check: Check) -> tuple[bool, bool, int]:
        level = self._levels.get(check.name, "")
        rank = SOONEST.index(level) if level in SOONEST else 0
        return check.cost is Cost.FULL, check.name != self._favourite, rank

    @property
    def site(self) -> object:
        """The part it is bred from; a mutant of another origin is alone."""
        return self if self.bred is None else self.bred.part

    def follow(self, scout: _Candidate) -> None:
        """Begin with the check that refuted another mutant of the same part."""
        self._favourite = next((n for n, e in scout._tried.items() if e.result is Outcome.REFUTED), None)

    def tried(self, check: Check) -> bool:
        return check.name in self._tried

    @property
    def decided(self) -> bool:
        return bool(self._equal) or any(e.result is Outcome.REFUTED for e in self._tried.values())

    def job(self, check: Check, seed: int) -> Job:
        return Job(self._tested, check, self.mutant.formula, seed, self.mutant.name)

    def take(self, finding: Finding) -> None:
        found, name = finding.evidence, finding.job.check.name
        if self._tested is not self.claim or name not in [check.name for check in self.claim.checks]:
            # No check of the claim as it stands: the mutant is what can be run again.
            found = replace(found, command=self.command(finding.job.seed))
        self._tried[name] = found

    def recognise(self, how: str) -> None:
        self._equal = how

    def command(self, seed: int) -> str:
        """A full run has the quick checks too, and stops at the first that refutes."""
        full = " --full" * any(check.cost is Cost.FULL for check in self._tested.checks if check.name in self._tried)
        return f"agf verify {self.claim.id} --mutant {shlex.quote(self.mutant.name)}{full} --seed {seed}"

    def verdict(self, seed: int) -> MutantVerdict:
        argued = self.claim.equivalent.get(self.mutant.name, "")
        return MutantVerdict(self.claim, self.mutant, self._tried, self._equal or argued, self.command(seed))


def _candidates(claim: Claim, origins: Collection[Origin], record: Record) -> list[_Candidate]:
    found = []
    if Origin.WRITTEN in origins:
        found += [_Candidate(claim, mutant, record, tested=claim.under(mutant)) for mutant in claim.mutants]
    if Origin.BRED in origins:
        found += [_Candidate(claim, bred.mutant, record, bred=bred) for bred in breed(claim)]
    if Origin.HYPOTHESIS in origins:
        found += [_Candidate(claim, weak.mutant, record, tested=weak.claim) for weak in weakenings(claim)]
    return found


def _named(candidates: Sequence[_Candidate], name: str) -> list[_Candidate]:
    found = [candidate for candidate in candidates if candidate.mutant.name == name]
    if not found:
        close = get_close_matches(name, [candidate.mutant.name for candidate in candidates], n=3)
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise UnknownName(f"unknown mutant {name!r}{hint}")
    return found


def _recognise(candidates: Sequence[_Candidate], run: Callable[[Sequence[Job]], Sequence[Finding]], seed: int) -> None:
    """Mark the bred mutants that are proved to be the original in another form."""
    alike = [c for c in candidates if c.bred is not None and _may_be_equal(c.bred)]
    jobs = [candidate.job(_proof(candidate.bred), seed) for candidate in alike]
    for candidate, finding in zip(alike, run(jobs), strict=True):
        if finding.evidence.level is not None:
            candidate.recognise(finding.evidence.detail)


def _may_be_equal(bred: Bred) -> bool:
    """Whether a proof is worth trying: what differs at a legal point, or has no value at one, is not equal."""
    part, mutated = bred.part, bred.expression
    if certainly_differs(part, mutated):
        return False
    return part.expression == mutated or has_a_value(part, mutated).result is not Outcome.REFUTED


def _proof(bred: Bred | None) -> Check:
    assert bred is not None, "only bred mutants have an expression to compare"
    run = lambda formula, context: proved_equal(bred.part, bred.expression)  # noqa: E731
    return Check("equivalence", run, time_limit=PROOF_LIMIT)


def _value_check(bred: Bred) -> Check:
    """What no check of a claim is asked for: a formula that is no number where the original is one."""
    run = lambda formula, context: has_a_value(bred.part, bred.expression)  # noqa: E731
    return Check("has a value", run, time_limit=PROOF_LIMIT)
