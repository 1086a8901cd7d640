"""The search itself: the Hypothesis library proposes instances and shrinks the one that contradicts the statement."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from agf_theory.errors import InputError
from agf_theory.markup import preformatted
from agf_theory.proofs_check.claims import Claim, Mutant
from agf_theory.proofs_check.evidence import Evidence, Outcome
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.search.counterexample import Counterexample
from agf_theory.proofs_check.search.trial import trial

__all__ = ["SearchResult", "in_words", "search"]


@dataclass(frozen=True, eq=False)
class SearchResult:
    """What a search found.

    Attributes
    ----------
    claim : Claim
    mutant : Mutant or None
        What was put in the place of the claim's formula, if it was one of its mutants.
    tried : int
        Different instances that were tried until the first contradiction; all of them if there was none.
    undecided : int
        Those of them at which no probe decided.
    shrunk_by : int
        Further instances tried to make the counterexample smaller.
    counterexample : Counterexample or None
    witness : plain data
        What is contradicted there, with its figures.
    error : str
        The first error that a probe ended in, with its instance; empty if none did. It is no counterexample.
    errors : int
    stopped : bool
        Whether the time was over before the search was.
    """

    claim: Claim
    mutant: Mutant | None
    tried: int
    undecided: int
    shrunk_by: int
    counterexample: Counterexample | None
    witness: Any
    error: str
    errors: int
    stopped: bool

    def __repr__(self) -> str:
        found = "a counterexample" if self.found else "no counterexample"
        return f"<SearchResult {self.claim.id}: {found}, {self.tried} instances tried>"

    def __str__(self) -> str:
        from agf_theory.proofs_check.search.report import result_text

        return result_text(self)

    def _repr_html_(self) -> str:
        return preformatted(self)

    @property
    def found(self) -> bool:
        """Whether there is a counterexample."""
        return self.counterexample is not None

    @property
    def clean(self) -> bool:
        """Whether nothing was found, nothing went wrong, and something was decided."""
        return not self.found and not self.errors and self.tried > self.undecided


def search(
    claim: Claim,
    *,
    formula: Any = None,
    examples: int | None = None,
    seed: int = 0,
    seconds: float | None = None,
    starts: int | None = None,
    progress: Callable[[int, bool], None] | None = None,
) -> SearchResult:
    """Look for an instance of the hypotheses at which the statement fails, and make it small.

    Parameters
    ----------
    claim : Claim
        With probes: a claim over data.
    formula : object or Mutant, optional
        What to put to the test instead of the claim's own formula.
    examples : int, optional
        Instances to try; default what the probes of the claim say.
    seed : int
        The same seed tries the same instances.
    seconds : float, optional
        Time after which no further instance is tried; one that is running is not interrupted.
    starts : int, optional
        How often to begin again once a counterexample was found: shrinking ends where no single step makes it smaller,
        and the smallest of several such ends is kept. Default what the probes of the claim say.
    progress : function of (int, bool), optional
        Called after each instance with how many were tried so far, and whether one contradicts the statement.

    Raises
    ------
    InputError
        If the claim has no probes, or the number of examples is not positive.

    Examples
    --------
    >>> from agf_theory.proofs_check import get
    >>> from agf_theory.proofs_check.search import search
    >>> claim = get("DIAG-03")
    >>> search(claim, examples=50).found
    False
    >>> result = search(claim, formula=claim.mutants[0], examples=50)
    >>> dict(result.counterexample.instance)
    {'g': '1'}
    """
    if not claim.probes:
        raise InputError(f"{claim.id} has no probe: its statement is not about single instances")
    wanted = min(probe.examples for probe in claim.probes) if examples is None else examples
    if wanted < 1:
        raise InputError(f"a positive number of examples is required, got {wanted}")
    mutant = formula if isinstance(formula, Mutant) else None
    under_test = mutant.formula if mutant else claim.formula if formula is None else formula
    trials = _Trials(claim.under(mutant), under_test, None if seconds is None else time.monotonic() + seconds, progress)
    random = Random(seed)
    for _ in range(min(probe.starts for probe in claim.probes) if starts is None else starts):
        _run(trials, wanted, random)
        if trials.smallest is None:
            break
    return _result(claim, trials, mutant, wanted, seed)


class _Trials:
    """Every instance once, with what was found there; the library asks for some of them again."""

    def __init__(
        self, claim: Claim, formula: Any, deadline: float | None, progress: Callable[[int, bool], None] | None
    ) -> None:
        self.claim = claim
        self.formula = formula
        self.deadline = deadline
        self.progress = progress
        self.stopped = False
        self.evidence: dict[str, Evidence] = {}
        self.until_found: int | None = None
        self.smallest: str | None = None

    def key(self, instance: Instance) -> str:
        """The instance in exact numbers, as text."""
        return json.dumps(self.claim.hypotheses.encode(instance), ensure_ascii=False)

    def refuted(self, instance: Instance) -> bool:
        """Whether the statement is contradicted at the instance."""
        key = self.key(instance)
        if key not in self.evidence:
            if self.deadline is not None and time.monotonic() >= self.deadline:
                self.stopped = True
                return False
            self.evidence[key] = trial(self.claim, self.formula, instance)
            self._report(key)
        if self.evidence[key].result is not Outcome.REFUTED:
            return False
        if self.until_found is None:
            self.until_found = len(self.evidence)
        return True

    def _report(self, key: str) -> None:
        if self.progress is not None:
            found = self.until_found is not None or self.evidence[key].result is Outcome.REFUTED
            self.progress(len(self.evidence), found)


def _run(trials: _Trials, examples: int, random: Random) -> None:
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import NoSuchExample, Unsatisfiable

    chosen = settings(
        max_examples=examples,
        phases=(Phase.generate, Phase.shrink),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        instance = find(trials.claim.hypotheses.strategy(), trials.refuted, settings=chosen, random=random)
    except (NoSuchExample, Unsatisfiable):
        return
    found = trials.key(instance)
    if trials.smallest is None or len(found) < len(trials.smallest):
        trials.smallest = found


def _result(claim: Claim, trials: _Trials, mutant: Mutant | None, examples: int, seed: int) -> SearchResult:
    tried = len(trials.evidence) if trials.until_found is None else trials.until_found
    before = list(trials.evidence.items())[:tried]
    errors = [(key, one) for key, one in before if one.result is Outcome.ERROR]
    counterexample, witness = None, None
    if trials.smallest is not None:
        found = trials.evidence[trials.smallest]
        command = f"agf search {trials.claim.id}" + (f" --mutant {mutant.name}" if mutant else "")
        if mutant is None and trials.formula is not trials.claim.formula:
            command = f"search of {trials.claim.id} with another formula:"
        instance: Mapping[str, Any] = json.loads(trials.smallest)
        counterexample = Counterexample(
            trials.claim.id,
            mutant.name if mutant else None,
            instance,
            in_words(found),
            f"{command} --examples {examples} --seed {seed}",
        )
        witness = found.witness
    return SearchResult(
        claim,
        mutant,
        tried,
        sum(one.result is Outcome.INCONCLUSIVE for _, one in before),
        len(trials.evidence) - tried,
        counterexample,
        witness,
        f"{errors[0][1].detail} at {errors[0][0]}" if errors else "",
        len(errors),
        trials.stopped,
    )


def in_words(found: Evidence) -> str:
    """What evidence says in one line: its detail, and of a refutation what is violated."""
    violated = found.witness.get("violated") if isinstance(found.witness, Mapping) else None
    return f"{found.detail}: {violated}" if violated else found.detail
