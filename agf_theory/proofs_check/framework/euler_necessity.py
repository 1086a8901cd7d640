"""What homogeneity and differentiability are for in FRM-01 and FRM-02: utilities without one, where both fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Derivative, Expr, Rational, Symbol
from sympy.core.function import AppliedUndef

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.closed_form.framework.growth import coordinates
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.necessity import failure

__all__ = ["FRM_01_NEEDS", "FRM_02_NEEDS", "exact"]

Witness = Mapping[str, Any]


def exact(number: Fraction | int) -> Rational:
    """The same number for SymPy."""
    fraction = Fraction(number)
    return Rational(fraction.numerator, fraction.denominator)


def no_degree_satisfies_euler(formula: Any, witness: Witness) -> Evidence:
    """U = q θ_1² + l θ_2: both sides of Euler's identity at two points, as polynomials in κ without a common root."""
    first, second = coordinates(2)
    utility = exact(witness["q"]) * first**2 + exact(witness["l"]) * second
    identity = formula.euler_identity(2)
    residual = (identity.lhs - identity.rhs).xreplace(_restricted(2, utility)).doit()
    rates = [sympy.expand(residual.subs({first: exact(a), second: exact(b)})) for a, b in witness["θ"]]
    common = sympy.gcd(*rates)
    detail = "for no κ does Euler's identity hold at both points"
    fails = bool(common.is_number and common != 0)
    return failure(fails, Level.EXACT, detail, witness, residuals=list(map(str, rates)))


def euler_by_partial_derivatives(formula: Any, witness: Witness) -> Evidence:
    """A utility of degree 2 with all partial derivatives at θ: ⟨θ, ∇U⟩ and κ U there, in fractions."""
    theta = witness["θ"]
    function = closed_form.homogeneous_function(3)
    slopes = {Derivative(function, x): _slope(theta, i) for i, x in enumerate(coordinates(3))}
    identity = formula.euler_identity(3)
    values = {x: exact(t) for x, t in zip(coordinates(3), theta, strict=True)} | {sym.kappa: 2}
    left, right = (
        side.xreplace(slopes).xreplace(_restricted(3, _pinched(theta))).subs(values)
        for side in (identity.lhs, identity.rhs)
    )
    detail = "partial derivatives are not enough: their sum with θ is not κ U"
    return failure(bool(left != right), Level.EXACT, detail, witness, left=str(left), right=str(right))


def no_degree_gives_the_growth(formula: Any, witness: Witness) -> Evidence:
    """U = q θ² + l θ in one dimension: the one κ that is right at the first norm is wrong at the second."""
    q, linear = exact(witness["q"]), exact(witness["l"])
    first, second = (
        formula.norm_rate(norm=exact(norm), U=q + linear, eta=1) - (2 * q * exact(norm) + linear)
        for norm in witness["N"]
    )
    (degree,) = sympy.solve(first, sym.kappa)
    with flint.ctx.workprec(PRECISION):
        miss = ball_value(second.subs(sym.kappa, degree), {})
        figures = {"degree_at_the_first": str(degree), "miss_at_the_second": miss.str(8)}
    detail = "no κ gives the growth of the norm at both norms"
    return failure(bool(miss != 0), Level.CERTIFIED, detail, witness, **figures)


def growth_by_partial_derivatives(formula: Any, witness: Witness) -> Evidence:
    """The utility of `euler_by_partial_derivatives`: d‖θ‖/dt = η ⟨θ, ∇U⟩/‖θ‖ against the formula."""
    theta = witness["θ"]
    norm = sympy.sqrt(sum(exact(t) ** 2 for t in theta))
    seen = sum(exact(t) * _slope(theta, i) for i, t in enumerate(theta)) / norm
    claimed = formula.norm_rate(norm=norm, U=_pinched(theta) / norm**2, kappa=2, eta=1)
    detail = "following its partial derivatives the neuron grows at another rate"
    fails = sympy.simplify(seen - claimed) != 0
    return failure(fails, Level.EXACT, detail, witness, growth=str(seen), claimed=str(claimed))


def _restricted(dimension: int, utility: Expr) -> dict[Expr, Expr]:
    """What h stands for in U = θ_1^κ h(θ_2/θ_1, …)."""
    (h,) = closed_form.homogeneous_function(dimension).atoms(AppliedUndef)
    return {h: utility * coordinates(dimension)[0] ** -sym.kappa}


def _pinched(theta: Sequence[Any]) -> Expr:
    """θ_1 a² b/(a² + b²) with a = θ_2 − θ_1, b = θ_3 − θ_1, and 0 where a = b = 0: homogeneous of degree 2."""
    first, second, third = map(sympy.S, theta)
    a, b = second - first, third - first
    return sympy.S.Zero if a == b == 0 else sympy.cancel(first * a**2 * b / (a**2 + b**2))


def _slope(theta: Sequence[Any], i: int) -> Expr:
    t = Symbol("t")
    along = _pinched([exact(entry) + (t if j == i else 0) for j, entry in enumerate(theta)])
    assert along.subs(t, 0) == _pinched(list(map(exact, theta))), "continuous along the coordinate"
    return along.diff(t).subs(t, 0)


_DEGREE_TWO = Relation("utility homogeneous of degree κ", lambda w: not w.get("l"))
_DIFFERENTIABLE = Relation("utility differentiable at θ", lambda w: len(set(w["θ"])) > 1)
_PINCHED = {"utility": "θ_1 a² b/(a² + b²), a = θ_2 − θ_1, b = θ_3 − θ_1", "θ": (1, 1, 1)}

FRM_01_NEEDS = (
    Necessity(
        _DEGREE_TWO,
        {"utility": "q θ_1² + l θ_2", "q": 1, "l": 1, "θ": ((1, 1), (2, 1))},
        no_degree_satisfies_euler,
    ),
    Necessity(_DIFFERENTIABLE, _PINCHED, euler_by_partial_derivatives, (_DEGREE_TWO,)),
)
FRM_02_NEEDS = (
    Necessity(
        _DEGREE_TWO,
        {"utility": "q θ² + l θ", "q": 1, "l": 1, "N": (1, 2)},
        no_degree_gives_the_growth,
        (Quantity("q", 0),),
    ),
    Necessity(_DIFFERENTIABLE, _PINCHED, growth_by_partial_derivatives, (_DEGREE_TWO,)),
)
