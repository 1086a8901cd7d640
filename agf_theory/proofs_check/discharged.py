"""Derivations as evidence: every step of the symbolic route's own argument, discharged by machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agf_theory import closed_form
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level

__all__ = ["every_step"]

Parts = Callable[[Any], Mapping[str, Any]]


def _none_replaced(formula: Any) -> Mapping[str, Any]:
    return {}


def every_step(
    formula: Any, context: Context, *, name: str, parts: Parts = _none_replaced, beyond: str = ""
) -> Evidence:
    """Every step of the claim's derivation, with the formulas under test in the place of those derived.

    Parameters
    ----------
    name : str
        Of the derivation, as `closed_form.derivation` knows it.
    parts : function of the formula
        Which of the derivation's formulas the formula under test takes the place of, by argument name.
    beyond : str
        What carries the steps from the cases they are taken for to all that the statement speaks of, by hand.
    """
    try:
        report = closed_form.derivation(name, **parts(formula)).check()
    except NotImplementedError as gave_up:  # SymPy's limits say so where they do not know a sign
        return Evidence.inconclusive(f"the derivation was not followed to its end: {gave_up}")
    for step in report.failures:
        if step.outcome is closed_form.Outcome.REFUTED:
            point = {str(symbol): str(value) for symbol, value in (step.finding.point or {}).items()}
            witness = {"step": step.step.label, "at": point, "residual": str(step.finding.residual)}
            return Evidence.refuted(f"a step of the derivation fails: {step.finding.how}", witness)
    if report.failures:
        first = report.failures[0]
        return Evidence.inconclusive(f"step '{first.step.label}' of the derivation: {first.finding.how}")
    found = Evidence.of(Level.PROVED, f"all {len(report.steps)} steps of the derivation, one by one")
    words = "the words that join the steps (agf derive NAME --steps)"
    return found.by_hand(f"{words}; {beyond}" if beyond else words)
