"""DIAG-08 in symbols: where on the clock the norm is one, and the series of that level for small α."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import sympy
from sympy import Expr, cosh, log

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.clock import Clock
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.identity import vanishes

__all__ = ["X", "derived_parts", "excess_of", "symbolic", "terms_are_those_of_the_coefficient"]

TERMS = 6
"""Terms of the series compared with the expanded level; the general one is the derivation's."""


def symbolic(formula: Clock, context: Context) -> Evidence:
    """By induction over the jumps: if every angle is ρ log(1/α) s, the next jump comes after ρ times the limiting wait.

    Then all angles again are ρ log(1/α) s, the same coordinates stand at the same boundary, and the saddle is the same.
    The level is where the norm is one: 2m cosh(2 ρ log(1/α)) = 1, with m = α² (paper) or α²/2 (slides). It is met by
    2 (ρ − 1) log(1/α) = log((1 + √(1 − 4x))/2), x = α⁴ (slides: log(1 + √(1 − x))), whose series is that of ρ.
    """
    links = [_wait_link(formula, convention, sign, context) for convention in CONVENTIONS for sign in (1, -1)]
    for convention in CONVENTIONS:
        start = {"paper": 2 * sym.alpha**2, "slides": sym.alpha**2}[convention]
        angle = sympy.simplify(formula.ratio(convention) * log(1 / sym.alpha))
        links.append(
            vanishes(
                start * cosh(2 * angle) - 1,
                what="norm one at the level ρ log(1/α)",
                random=context.random(),
                within={sym.alpha: (0, Fraction(1, 2))},
            )
        )
        links.append(_excess_link(convention, context))
        links += [_series_link(formula, order, convention, context) for order in range(1, TERMS + 1)]
        links += [_remainder_link(formula, order, convention, context) for order in range(TERMS)]
    return weakest(links).by_hand(
        "induction over the jumps, with one minimiser for both and leavers kept at their level in both"
    )


def terms_are_those_of_the_coefficient(formula: Clock, context: Context) -> Evidence:
    """Each term of the series, up to the twentieth, is the general coefficient that the derivation is about."""
    compared = 0
    for convention in CONVENTIONS:
        for order in range(1, 21):
            compared += 1
            term = formula.series(order, convention) - formula.series(order - 1, convention)
            coefficient = formula.coefficient(convention, order=order)
            general = formula.coefficient(convention).subs(sym.k, order)
            numbers = (sympy.expand(term * log(1 / sym.alpha) / sym.alpha ** (4 * order)), coefficient, general)
            if sympy.expand(numbers[0] - coefficient) != 0 or sympy.simplify(coefficient - general) != 0:
                witness = {"k": order, "convention": convention, "term, number, general": [str(n) for n in numbers]}
                return Evidence.refuted("a term of the series is not the general one", witness, instances=compared)
    return Evidence.of(Level.EXACT, "terms of the series against the general coefficient", instances=compared)


def derived_parts(formula: Clock) -> dict[str, Any]:
    """What of the formula under test the derivation of DIAG-08 is about, by argument name."""
    return {"rho": formula.ratio, "rho_series_coefficient": formula.coefficient}


def _wait_link(formula: Clock, convention: Convention, sign: int, context: Context) -> Evidence:
    """DIAG-04 at the angle ρ log(1/α) s, for either sign of the partial derivative, against ρ × the limiting wait."""
    size, log_inverse = sympy.Symbol("h", positive=True), log(1 / sym.alpha)
    ratio = formula.ratio(convention)
    wait = closed_form.jump_time(convention).subs(
        {sym.c: -2 * sign * ratio * log_inverse * sym.s, sym.U: size / 2, sym.eta: log_inverse}
    )
    return vanishes(
        wait - ratio * closed_form.hitting_time().subs(sym.g, sign * size),
        what="a wait is ρ times the limiting one",
        random=context.random(),
        within={sym.alpha: (0, Fraction(1, 2)), sym.s: (-1, 1)},
    )


X = sympy.Symbol("x", positive=True)
"""alpha**4"""


def excess_of(convention: Convention) -> Expr:
    """e^(2 (ρ − 1) log(1/α)), of x = alpha**4."""
    return {"paper": (1 + sympy.sqrt(1 - 4 * X)) / 2, "slides": 1 + sympy.sqrt(1 - X)}[convention]


def _excess_link(convention: Convention, context: Context) -> Evidence:
    """2m cosh(2 ρ log(1/α)) = 1, with e^(2 ρ log(1/α)) = E/α² in exponentials; of the two roots E the one above α²."""
    excess = excess_of(convention)
    start = {"paper": 2, "slides": 1}[convention]  # 2m/α²
    return vanishes(
        start * (excess + X / excess) / 2 - 1,
        what="norm one, without hyperbolic functions",
        random=context.random(),
        within={X: (0, Fraction(1, 4))},
    )


def _series_link(formula: Clock, order: int, convention: Convention, context: Context) -> Evidence:
    expected = _expanded(convention, order)
    claimed = 2 * log(1 / sym.alpha) * (formula.series(order, convention) - 1)
    residual = sympy.expand(sympy.expand(claimed) - expected.subs(X, sym.alpha**4))
    what = f"series of ρ in α⁴ to its term {TERMS}"
    return vanishes(residual, what=what, random=context.random(), within={sym.alpha: (0, Fraction(1, 2))})


@cache
def _expanded(convention: Convention, order: int) -> Expr:
    """log of the excess to the power `order` of x: the square root's series, and term by term that of its logarithm.

    x/E' E = Σ k c_k x^k term by term, so the c_k follow from the e_k by the recurrence k e_k = Σ j c_j e_(k−j).
    """
    excess = sympy.Poly(sympy.series(excess_of(convention), X, 0, order + 1).removeO(), X).all_coeffs()[::-1]
    constant, e = excess[0], [coefficient / excess[0] for coefficient in excess]
    c: list[Expr] = [sympy.Integer(0)]
    for k in range(1, order + 1):
        c.append(e[k] - sum((j * c[j] * e[k - j] for j in range(1, k)), sympy.Integer(0)) / k)
    return log(constant) + sum((c[k] * X**k for k in range(1, order + 1)), sympy.Integer(0))


def _remainder_link(formula: Clock, order: int, convention: Convention, context: Context) -> Evidence:
    """The first term left out is a constant times the stated order: their ratio does not depend on α."""
    left_out = formula.series(order + 1, convention) - formula.series(order, convention)
    ratio = sympy.simplify(left_out / formula.remainder(order).expr)
    if ratio == 0:
        return Evidence.inconclusive("nothing is left out of the series")
    what = "order of the remainder of the series"
    return vanishes(ratio.diff(sym.alpha), what=what, random=context.random(), within={sym.alpha: (0, Fraction(1, 2))})
