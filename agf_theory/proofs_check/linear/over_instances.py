"""A statement put to the test at one instance after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from agf_theory.proofs_check.evidence import Evidence, Outcome, weakest
from agf_theory.proofs_check.hypotheses import Instance

__all__ = ["over_instances"]


def over_instances(at: Callable[[Any, Instance], Evidence], formula: Any, instances: Iterable[Instance]) -> Evidence:
    """The evidence of all instances together: refuted by the first that refutes, inconclusive if any decides nothing.

    An instance that decides nothing does not end the search for one that refutes. Instances are counted; of the figure
    `widest` the largest is kept.
    """
    found: list[Evidence] = []
    for instance in instances:
        one = at(formula, instance)
        found.append(one)
        if one.result is Outcome.REFUTED:
            return replace(one, instances=len(found))
    together = weakest(found)
    if together.level is None:
        return together
    widest = {"widest": max(one.figures["widest"] for one in found)} if "widest" in together.figures else {}
    return replace(together, instances=len(found), figures=widest)
