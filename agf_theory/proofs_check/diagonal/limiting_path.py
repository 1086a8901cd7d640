"""DIAG-05: the steps of the limiting sequence satisfy the optimality conditions, and it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.arithmetics import first_difference
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design, as_rational, with_leavers_first
from agf_theory.proofs_check.diagonal.frozen_necessity import DIAG_05_NEEDS
from agf_theory.proofs_check.diagonal.path_certificates import path_item
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Quadratic, follow, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance

__all__ = ["DIAG_05", "Path", "certified_path", "design_witness", "first_violation", "optimal_path"]

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


def optimal_path(formula: Path, instance: Instance) -> Evidence:
    """Every condition at every jump of one problem, in fractions."""
    problem = instance["problem"]
    path = formula(problem)
    if violation := first_violation(problem, path):
        return Evidence.refuted("a path violates a condition", design_witness(problem, violation), instances=1)
    figures = {"jumps": len(path), "jumps_with_leavers": _leaving(path)}
    return Evidence.of(Level.EXACT, "every jump satisfies every condition, in fractions", instances=1, **figures)


def optimality(formula: Path, context: Context, *, count: int) -> Evidence:
    """Random designs of every kind, ties, collinear and zero columns, few samples included."""
    return _all_optimal(formula, with_leavers_first(context.instances(count)), context)


def zoo_optimality(formula: Path, context: Context) -> Evidence:
    """The problems with a name, up to twelve coordinates."""
    small = (zoo.get(name, DiagonalNetwork) for name in zoo.names("diagonal"))
    return _all_optimal(formula, (problem for problem in small if problem.d <= LARGEST_ZOO_ENTRY), context)


def _all_optimal(formula: Path, problems: Iterable[DiagonalNetwork], context: Context) -> Evidence:
    count, jumps, leaving, detail = 0, 0, 0, ""
    items: list[dict[str, Any]] = []
    for count, problem in enumerate(problems, start=1):
        one = optimal_path(formula, {"problem": problem})
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
        jumps += one.figures["jumps"]
        leaving += one.figures["jumps_with_leavers"]
        if context.certificates:
            items.append(path_item(problem, formula(problem)))
    found = Evidence.of(Level.EXACT, detail, instances=count, jumps=jumps, jumps_with_leavers=leaving)
    return found.certified_by("limiting-path", items)


def hitting_times(formula: Path, context: Context, *, count: int) -> Evidence:
    """Every wait is the least of the closed form's hitting times, over the coordinates whose gradient is not zero."""
    number, compared = 0, 0
    for number, problem in enumerate(with_leavers_first(context.instances(count)), start=1):
        loss, time, zero = quadratic_of(problem), Fraction(0), (Fraction(0),) * problem.d
        dual, beta = zero, zero
        for k, knot in enumerate(formula(problem), start=1):
            pairs = [(s, g) for s, g in zip(dual, loss.gradient(beta), strict=True) if g]
            hits = [_hit(s, g) for s, g in pairs]
            compared += len(hits)
            if not hits or knot.time - time != min(hits):
                witness = design_witness(problem, f"wait {knot.time - time} for jump {k}, hitting times {hits}")
                return Evidence.refuted("a wait is not the first hitting time", witness, instances=number)
            time, dual, beta = knot.time, knot.dual, knot.coefficients
    detail = "waits are the least hitting times of the closed form, as fractions"
    return Evidence.of(Level.EXACT, detail, instances=number if compared else 0, hitting_times=compared)


def _hit(dual: Fraction, slope: Fraction) -> Fraction:
    found = closed_form.hitting_time().subs({sym.s: as_rational(dual), sym.g: as_rational(slope)})
    return Fraction(int(found.p), int(found.q))


def other_arithmetics(formula: Path, context: Context, *, count: int) -> Evidence:
    """Floats and balls against the path in fractions: times, losses, coefficients, and who enters and leaves.

    A sequence that says itself that it is undecided contradicts nothing; such are counted apart.
    """
    number, undecided = 0, {"float": 0, "certified": 0}
    for problem in with_leavers_first(context.instances(count)):
        path, decided = formula(problem), False
        for arithmetic in undecided:
            found = first_difference(problem, path, arithmetic)
            if found:
                witness = design_witness(problem, found)
                return Evidence.refuted("another arithmetic has another path", witness, instances=number + 1)
            undecided[arithmetic] += found is None
            decided = decided or found is not None
        number += decided
    detail = "the paths in floats and in balls are those in fractions"
    return Evidence.of(Level.SAMPLED, detail, instances=number, undecided=undecided)


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
        Check("hitting times", partial(hitting_times, count=25)),
        Check("other arithmetics", partial(other_arithmetics, count=40)),
        Check("many random designs", partial(optimality, count=2000), Cost.FULL, time_limit=240),
    ),
    mutants=path_mutants(lambda rules: partial(follow, rules=rules), WRONG_RULES),
    remark="Ties and rank-deficient faces included, which the source excludes. The data need meet nothing.",
    necessity=DIAG_05_NEEDS,
    probes=(Probe("optimal path", optimal_path),),
)
