"""One trial: every probe of a claim at one instance."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from agf_theory.errors import UnknownName
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import quoted
from agf_theory.proofs_check.attempt import attempted
from agf_theory.proofs_check.claims import Claim, Mutant
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome
from agf_theory.proofs_check.hypotheses import Instance

__all__ = ["named_mutant", "trial"]


def trial(claim: Claim, formula: Any, instance: Instance) -> Evidence:
    """What the probes of a claim say of a formula at one instance, the first refutation before all else.

    What a probe raises speaks about us: an `UndecidedError` is inconclusive, anything else an error. Where none
    refutes, an error counts for more than evidence, and the strongest evidence for more than what was left undecided.
    """
    found = []
    for probe in claim.probes:
        evidence = attempted(partial(probe.at, formula, instance), "the probe")
        if evidence.result is Outcome.REFUTED:
            return evidence
        found.append(evidence)
    return _summed_up(found)


def named_mutant(claim: Claim, mutant: str) -> Mutant:
    """The mutant of a claim with this name.

    Raises
    ------
    UnknownName
        If the claim has no such mutant.
    """
    found = next((one for one in claim.mutants if one.name == mutant), None)
    if found is None:
        names = [one.name for one in claim.mutants]
        known = ", ".join(names) or "none"
        raise UnknownName(f"{claim.id} has no mutant {quoted(mutant)}{did_you_mean(mutant, names)}; it has {known}")
    return found


def _summed_up(found: Iterable[Evidence]) -> Evidence:
    evidence = tuple(found)
    for one in evidence:
        if one.result is Outcome.ERROR:
            return one
    levels = [(one.result, one) for one in evidence if isinstance(one.result, Level)]
    if levels:
        return max(levels, key=lambda pair: pair[0])[1]
    return evidence[0] if evidence else Evidence.inconclusive("the claim has no probe")
