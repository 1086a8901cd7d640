"""DIAG-05: the steps of the limiting sequence satisfy the optimality conditions, and it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design, with_leavers_first
from agf_theory.proofs_check.diagonal.path_certificates import path_item
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import (
    Knot,
    Quadratic,
    follow,
    quadratic_of,
)
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses

__all__ = ["DIAG_05", "Path", "certified_path", "design_witness", "first_violation"]

Path = Callable[[DiagonalNetwork], Sequence[Knot]]

LARGEST_ZOO_ENTRY = 12
"""Coordinates up to which a zoo entry takes part: the exact path of the largest would take minutes."""


def certified_path(problem: DiagonalNetwork) -> tuple[Knot, ...]:
    """The limiting sequence by `agf_theory.numeric`, in fractions."""
    sequence = numeric.pesme_flammarion(problem, arithmetic="exact")
    return tuple(Knot(*certificate.fractions) for certificate in sequence.certificates)


def first_violation(problem: DiagonalNetwork, path: Sequence[Knot]) -> str:
    """The first condition that a path violates, in words; empty if it violates none.

    Everything is recomputed from the data in fractions: the drift, its first hit, the optimality conditions of the
    constrained minimum, the strict fall of the loss, and that the path ends where the gradient vanishes.
    """
    loss = quadratic_of(problem)
    zero = (Fraction(0),) * problem.d
    before = Knot(Fraction(0), zero, zero)
    for k, knot in enumerate(path, start=1):
        for what in _violations(loss, before, knot):
            return f"jump {k}: {what}"
        before = knot
    return "" if not any(loss.gradient(before.coefficients)) else f"after jump {len(path)}: the gradient is not zero"


def _violations(loss: Quadratic, before: Knot, knot: Knot) -> Iterable[str]:
    duration = knot.time - before.time
    if duration <= 0:
        yield f"time {knot.time} does not exceed {before.time}"
    drift, gradient = loss.gradient(before.coefficients), loss.gradient(knot.coefficients)
    # |s| ≤ 1 at both ends and a linear drift: nobody crosses the boundary on the way.
    if not any(abs(s) == 1 and g for s, g in zip(knot.dual, drift, strict=True)):
        yield "no coordinate reaches the boundary"
    entries = zip(before.dual, drift, knot.dual, knot.coefficients, gradient, strict=True)
    for i, (start, slope, s, beta, g) in enumerate(entries):
        conditions = {
            "the dual variable is not the drifted one": s == start - duration * slope,
            "the dual variable is beyond the boundary": abs(s) <= 1,
            "active inside the boundary": beta == 0 or abs(s) == 1,
            "sign of the coefficient": s * beta >= 0,
            "not stationary although active": beta == 0 or g == 0,
            "the loss would fall by activating it": abs(s) < 1 or s * g >= 0,
        }
        yield from (f"coordinate {i}: {what}" for what, holds in conditions.items() if not holds)
    if not loss.loss(knot.coefficients) < loss.loss(before.coefficients):
        yield "the loss does not fall"


def optimality(formula: Path, context: Context, *, count: int) -> Evidence:
    """Random designs of every kind, ties, collinear and zero columns, few samples included."""
    return _all_optimal(formula, with_leavers_first(context.instances(count)), context)


def zoo_optimality(formula: Path, context: Context) -> Evidence:
    """The problems with a name, up to twelve coordinates."""
    small = (zoo.get(name) for name in zoo.names())
    return _all_optimal(formula, (problem for problem in small if problem.d <= LARGEST_ZOO_ENTRY), context)


def _all_optimal(formula: Path, problems: Iterable[DiagonalNetwork], context: Context) -> Evidence:
    count, jumps, leaving = 0, 0, 0
    items: list[dict[str, Any]] = []
    for count, problem in enumerate(problems, start=1):
        path = formula(problem)
        if violation := first_violation(problem, path):
            return Evidence.refuted("a path violates a condition", design_witness(problem, violation), instances=count)
        jumps += len(path)
        leaving += _leaving(path)
        if context.certificates:
            items.append(path_item(problem, path))
    detail = "every jump satisfies every condition, in fractions"
    found = Evidence.of(Level.EXACT, detail, instances=count, jumps=jumps, jumps_with_leavers=leaving)
    return found.certified_by("limiting-path", items)


def _leaving(path: Sequence[Knot]) -> int:
    pairs = pairwise(path)
    return sum(any(a and not b for a, b in zip(p.coefficients, q.coefficients, strict=True)) for p, q in pairs)


def design_witness(problem: DiagonalNetwork, what: str) -> dict[str, Any]:
    """A problem as plain data, exactly, and what is wrong there."""
    X, y = problem.rational_X, problem.rational_y
    rows = [[str(X[i, j]) for j in range(problem.d)] for i in range(problem.n)]
    return {"problem": problem.title, "X": rows, "y": [str(y[i, 0]) for i in range(problem.n)], "violated": what}


DIAG_05 = Claim(
    id="DIAG-05",
    system="diagonal",
    title="the limiting sequence is optimal at every jump, and ends",
    statement="For any data, each saddle of the limiting sequence minimises the loss under the signs of its dual "
    "variable, losses strictly decrease, and after finitely many jumps the gradient vanishes.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("pesme2023", "Algorithm 1 and Theorem 2"),
    hypotheses=Hypotheses((Design(EVERY_DESIGN),)),
    formula=certified_path,
    checks=(
        Check("random designs", partial(optimality, count=120)),
        Check("zoo", zoo_optimality),
        Check("many random designs", partial(optimality, count=2000), Cost.FULL, time_limit=240),
    ),
    mutants=path_mutants(lambda rules: partial(follow, rules=rules), WRONG_RULES),
    remark="Ties and rank-deficient faces included, which the source excludes.",
)
