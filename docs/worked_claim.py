"""The claim that `docs/adding_a_claim.md` builds: coordinates that do not interact jump at 1/|b_i|.

It is no claim of the package, which has it as a special case of DIAG-05: it shows how one is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flint
import sympy

from agf_theory.numeric import diagonal
from agf_theory.problems import DiagonalNetwork
from agf_theory.proofs_check import (
    Check,
    Claim,
    Context,
    Evidence,
    Hypotheses,
    Kind,
    Level,
    Mutant,
    Necessity,
    Probe,
    Relation,
    Source,
    Status,
    failure,
    weakest,
)
from agf_theory.proofs_check.diagonal import Design
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import without_arguments

b = sympy.Symbol("b", real=True, nonzero=True)


def jump_time_alone() -> sympy.Expr:
    """The formula under test: the jump time of a coordinate that feels no other, b_i = (Xᵀy)_i / n."""
    return 1 / sympy.Abs(b)


def columns_are_orthogonal(instance: Mapping[str, Any]) -> bool:
    X = instance["problem"].rational_X
    products = X.transpose() * X
    return all(products[i, j] == 0 for i in range(products.nrows()) for j in range(i))


ORTHOGONAL = Relation("the columns of X are orthogonal", columns_are_orthogonal)


def same_times(formula: Any, instance: Mapping[str, Any]) -> Evidence:
    """One problem: the times that the formula states against those of the limiting sequence, in fractions."""
    problem = instance["problem"]
    slopes = problem.rational_X.transpose() * problem.rational_y
    stated = {formula().subs(b, _rational(slopes[i, 0] / problem.n)) for i in range(problem.d) if slopes[i, 0] != 0}
    found = {_rational(time) for time in diagonal.pesme_flammarion(problem, arithmetic="exact").jump_times}
    if stated != found:
        witness = {"problem": str(problem), "stated": sorted(map(str, stated)), "found": sorted(map(str, found))}
        return Evidence.refuted("jump times differ", witness, instances=1)
    return Evidence.of(Level.EXACT, "the same jump times", instances=1)


def _rational(number: Any) -> sympy.Rational:
    exact = flint.fmpq(number.numerator, number.denominator)
    return sympy.Rational(int(exact.p), int(exact.q))


def random_designs(formula: Any, context: Context) -> Evidence:
    """Random orthogonal designs: the limiting sequence computed from the data, without the formula."""
    found = [same_times(formula, instance) for instance in context.instances(12)]
    evidence = weakest(found)
    return Evidence.of(evidence.level, evidence.detail, instances=len(found)) if evidence.level else evidence


def clock_meets_one(formula: Any, context: Context) -> Evidence:
    """The clock of such a coordinate is s = b t, and it jumps where s² = 1: for every b, by simplification."""
    return vanishes((b * formula()) ** 2 - 1, what="the clock stands at ±1", random=context.random())


def other_times(formula: Any, witness: Mapping[str, Any]) -> Evidence:
    """The statement at a design whose columns are not orthogonal: it has to fail there."""
    evidence = same_times(formula, witness)
    return failure(evidence.level is None, Level.EXACT, "correlated columns have other jump times", witness)


ALONE = Claim(
    id="MINE-01",
    system="diagonal",
    title="coordinates that do not interact",
    statement="Where the columns of X are orthogonal, coordinate i jumps at 1/|b_i| in the limit, b = Xᵀy/n.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("this project", "docs/adding_a_claim.md"),
    hypotheses=Hypotheses((Design(("orthogonal",)), ORTHOGONAL)),
    formula=jump_time_alone,
    checks=(Check("random designs", random_designs), Check("clock", clock_meets_one)),
    mutants=(
        Mutant("square", lambda: 1 / b**2, "1/b²: as if a coordinate grew with its share of the loss"),
        Mutant("signed", lambda: 1 / b, "1/b: coordinates that grow downwards would jump before the start"),
        Mutant("sum-over-samples", lambda: 1 / (2 * sympy.Abs(b)), "the clock of twice the loss"),
    ),
    necessity=(
        Necessity(ORTHOGONAL, {"problem": DiagonalNetwork([[1, 1], [0, 1]], [2, 1], title="correlated")}, other_times),
    ),
    parts=without_arguments(jump_time_alone),
    probes=(Probe("same times", same_times, examples=50),),
)
