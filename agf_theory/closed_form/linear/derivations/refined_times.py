"""LIN-21: refined jump times, and their means over Gaussian starts."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Derivative,
    Expr,
    Ge,
    Gt,
    Integer,
    Integral,
    Limit,
    Subs,
    Symbol,
    exp,
    gamma,
    log,
    oo,
    polygamma,
    sqrt,
)

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import refined_times, staircase
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Obligation, Rewriting

__all__ = ["lin_21"]

_FREEDOM = Symbol("m", positive=True)  # degrees of freedom of a chi variable
_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))
_LOGARITHMS = Rewriting(("evaluation", "logarithms"))
_Formula = Callable[[], Expr]
_Row = tuple[str, Expr, str, Obligation]


def lin_21(
    refined_jump_time: _Formula = refined_times.refined_jump_time,
    squared_overlap: Callable[[int], Expr] = refined_times.squared_overlap,
    mean_log_overlap: _Formula = refined_times.mean_log_overlap,
    mean_refined_jump_time: _Formula = refined_times.mean_refined_jump_time,
) -> Derivation:
    """Half times of aligned modes; what earlier modes leave of a later one; the law of overlaps."""
    rows = (*_aligned(refined_jump_time()), *_repelled(), *_overlaps(squared_overlap))
    means = _means(refined_jump_time(), mean_log_overlap(), mean_refined_jump_time())
    title = "Jump times with their O(1) terms, and the means of these over Gaussian starts."
    return Derivation("LIN-21", title, (*(Step(*row) for row in rows), *means), "this project")


def _aligned(refined: Expr) -> tuple[_Row, ...]:
    strength, size = staircase.aligned_strength(), Symbol("Q", positive=True)
    inverse = 2 * sym.sigma_k / (sym.variance * sym.overlap**2) * exp(2 * sym.log_inverse)
    return (
        (
            "Half time of an aligned mode",
            equal(Subs(strength, sym.t, log(inverse - 1) / (2 * sym.sigma_k)), staircase.plateau_strength() / 2),
            "The logistic curve of LIN-12 inverted.",
            _EXPONENTIALS,
        ),
        (
            "The refined time is its leading part",
            equal(2 * sym.sigma_k * refined, log(inverse)),
            "What is left out is log(1 - 1/Q)/(2*sigma_k), Q = exp(2*L)*2*sigma_k/(Lambda*r^2).",
            _LOGARITHMS,
        ),
        (
            "What is left out",
            equal(Limit(size * log(1 - 1 / size), size, oo), Integer(-1)),
            "So the refined time is late by Lambda*r^2*exp(-2*L)/(4*sigma_k^2), to leading order.",
            LimitValue(),
        ),
    )


def _repelled() -> tuple[_Row, ...]:
    """What becomes of the part of a later mode along the hidden direction of a learned one."""
    earlier, other = sym.sigma_1, Symbol("Lambda_1", positive=True)
    rest = sym.variance * earlier / other
    return (
        (
            "No eigenvalue at the free rate",
            Gt((sym.sigma_k + earlier) * (sym.sigma_k + rest) - sym.sigma_k**2, 0, evaluate=False),
            (
                "Along the hidden direction of a learned mode, with sigma_1 and Lambda_1, another has the matrix "
                "((-sigma_1, sigma_k), (sigma_k, -Lambda*sigma_1/Lambda_1)); its characteristic polynomial at sigma_k."
            ),
            Nonnegative(sym.sigma_k * (earlier + rest) + earlier * rest),
        ),
        (
            "Both eigenvalues below the free rate",
            Gt(2 * sym.sigma_k, -(earlier + rest), evaluate=False),
            (
                "The polynomial is positive at sigma_k, and the sum of the eigenvalues is below twice that. Across the "
                "direction the rate is sigma_k: only what is orthogonal to the earlier modes keeps growing at it."
            ),
            Nonnegative(2 * sym.sigma_k + earlier + rest),
        ),
    )


def _overlaps(squared_overlap: Callable[[int], Expr]) -> tuple[_Row, ...]:
    g = refined_times.inner_product
    share = g(1, 2) / g(1, 1)
    gram = g(1, 1) * g(2, 2) - g(1, 2) ** 2
    first, second = ((g(2, 2) * g(1, 3) - g(1, 2) * g(2, 3)) / gram, (g(1, 1) * g(2, 3) - g(1, 2) * g(1, 3)) / gram)
    return (
        (
            "Overlap of the first mode",
            equal(Subs(sym.x**2, sym.x, sqrt(g(1, 1))), squared_overlap(1)),
            "The length of z_1: nothing comes before it.",
            Rewriting(),
        ),
        (
            "Overlap of the second mode",
            equal(Subs(g(2, 2) - 2 * sym.x * g(1, 2) + sym.x**2 * g(1, 1), sym.x, share), squared_overlap(2)),
            "|z_2 - (z_1.z_2/z_1.z_1)*z_1|^2, the Gram-Schmidt remainder.",
            Rewriting(),
        ),
        (
            "Overlap of the third mode",
            equal(g(3, 3) - first * g(1, 3) - second * g(2, 3), squared_overlap(3)),
            "|z_3|^2 less its projection on the plane of z_1 and z_2, whose coefficients solve the normal equations.",
            Rewriting(),
        ),
    )


def _means(refined: Expr, mean_log: Expr, mean_time: Expr) -> tuple[Step, ...]:
    power, x = Symbol("q", nonnegative=True), Symbol("x", positive=True)
    density = x ** (_FREEDOM - 1) * exp(-(x**2) / 2)
    moment = 2 ** ((_FREEDOM + power) / 2 - 1) * gamma((_FREEDOM + power) / 2)
    mean_of_log = (polygamma(0, _FREEDOM / 2) + log(Integer(2))) / 2
    freedom, logarithm = sym.hidden - sym.mode + 1, Symbol("ell", real=True)
    enough = (Ge(sym.hidden, sym.mode),)
    return (
        Step(
            "Moments of the chi law",
            equal(Integral(density * x**power, (x, 0, oo)), moment),
            "Given z_1..z_(k-1), what z_k has across them is Gaussian in H - k + 1 dimensions (Bartlett).",
            Rewriting(("evaluation", "gamma functions", "powers")),
        ),
        Step(
            "Mean of the logarithm",
            equal(Subs(Derivative(log(moment), power), power, 0), mean_of_log),
            "The derivative of the moment in the power, at zero, over the moment there.",
            Rewriting(("evaluation", "common denominator")),
        ),
        Step(
            "Mean logarithm of the overlap",
            equal(Subs(log(sym.spread) + mean_of_log, _FREEDOM, freedom), mean_log),
            "An entry of z_k has variance (s_a^2 + s_w^2)/2.",
            Rewriting(),
            enough,
        ),
        Step(
            "Mean jump time",
            equal(Subs(refined.subs(sym.overlap, exp(logarithm)), logarithm, mean_log), mean_time),
            "The time is affine in the logarithm of the overlap.",
            Rewriting(("evaluation", "logarithms")),
            enough,
        ),
    )
