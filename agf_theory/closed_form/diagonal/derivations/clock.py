"""DIAG-08: alternating gradient flows are the limiting sequence on another clock."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Derivative,
    Expr,
    Integer,
    Limit,
    Rational,
    Subs,
    Symbol,
    binomial,
    exp,
    log,
    oo,
    sqrt,
)

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.diagonal import clock
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention, convention_is_paper, product_scale
from agf_theory.closed_form.diagonal.coordinates import squared_norm
from agf_theory.closed_form.diagonal.dormant import activation_angle
from agf_theory.closed_form.obligations import LimitValue, Rewriting

__all__ = ["diag_08"]

_ORDER = Symbol("k", integer=True, positive=True)
_Z = Symbol("z", positive=True)


def diag_08(
    rho: Callable[[Convention], Expr] = clock.rho,
    rho_series_coefficient: Callable[..., Expr] = clock.rho_series_coefficient,
) -> Derivation:
    """The ratio of the clocks, and its series in alpha to every order, in both conventions."""
    steps = [*_one_round()]
    for convention in CONVENTIONS:
        steps += _level(convention, rho)
    steps += _generating_function()
    for convention in CONVENTIONS:
        steps += _series(convention, rho, rho_series_coefficient)
    title = "The jump times of alternating gradient flows are rho(alpha) times those of the limiting sequence."
    return Derivation("DIAG-08", title, tuple(steps), "this project")


def _one_round() -> tuple[Step, ...]:
    ratio, start, duration = Symbol("rho", positive=True), sym.s, Symbol("delta", positive=True)
    angle = ratio * sym.eta * start
    moved = angle - sym.eta * sym.g * (ratio * duration)
    return (
        Step(
            "One round keeps the two sequences in step",
            equal(moved, ratio * sym.eta * (start - sym.g * duration)),
            "If phi = rho*eta*s when a round starts, so it is when the round ends, rho times as long; saddle and g are "
            "the same, and a neuron that returns to dormancy stays at its level in both.",
            Rewriting(),
        ),
    )


def _level(convention: Convention, rho: Callable[[Convention], Expr]) -> tuple[Step, ...]:
    return (
        Step(
            f"The levels agree ({convention})",
            equal(Subs(squared_norm(convention), sym.phi, rho(convention) * log(1 / sym.alpha)), Integer(1)),
            "The limiting sequence activates at |s| = 1, the other at norm one: phi = rho*eta*s links the two.",
            Rewriting(),
            where=_allowed(convention),
        ),
        Step(
            f"Logarithmic scale ({convention})",
            equal(clock.rho_from_log_inverse(convention), _rho_by_logarithms(convention)),
            "arccosh(X) = log(X + sqrt(X**2 - 1)) with X = 1/(2m), alpha = exp(-eta).",
            Rewriting(("evaluation", "logarithms")),
            where=(sym.eta > 1,),
        ),
    )


def _rho_by_logarithms(convention: Convention) -> Expr:
    """The ratio with the arc cosine written as a logarithm, and the square root's factor exp(2*eta) taken out."""
    base = Integer(1) if convention_is_paper(convention) else Integer(2)
    growth = exp(2 * sym.eta) * base / 2
    return log(growth * (1 + sqrt(1 - growth**-2))) / (2 * sym.eta)


def _allowed(convention: Convention) -> tuple[Expr, ...]:
    return (2 * product_scale(convention) < 1,)


def _generating_function() -> tuple[Step, ...]:
    central = binomial(2 * _ORDER, _ORDER)
    root = 1 / sqrt(1 - 4 * _Z)
    following = central.subs(_ORDER, _ORDER + 1)
    return (
        Step(
            "Recurrence of the central binomial coefficients",
            equal((_ORDER + 1) * following, (4 * _ORDER + 2) * central),
            "So F(z) = sum of binomial(2k, k)*z**k solves (1 - 4z)*F' = 2*F.",
            Rewriting(("evaluation", "gamma functions")),
        ),
        Step(
            "Their generating function",
            equal((1 - 4 * _Z) * Derivative(root, _Z), 2 * root),
            "1/sqrt(1 - 4z) solves the same equation and is one at z = 0, as F is; so it is F, for |z| < 1/4.",
            Rewriting(),
            where=(Rational(1, 4) > _Z,),
        ),
    )


def _series(
    convention: Convention, rho: Callable[[Convention], Expr], coefficient: Callable[..., Expr]
) -> tuple[Step, ...]:
    angle = activation_angle(convention)
    argument = product_scale(convention) ** 2  # z of the generating function
    term = coefficient(convention).subs(sym.k, _ORDER) * sym.alpha ** (4 * _ORDER)
    constant = clock.rho_series(0, convention=convention)
    size = Symbol("eta", positive=True)
    in_scale = {sym.alpha: exp(-size)}
    return (
        Step(
            f"Derivative of the level ({convention})",
            equal(sym.alpha * Derivative(angle, sym.alpha), -1 / sqrt(1 - 4 * argument)),
            "Minus the generating function at z = m**2.",
            Rewriting(("evaluation", "common denominator", "radicals")),
            where=_allowed(convention),
        ),
        Step(
            f"Derivative of the series, term by term ({convention})",
            equal(sym.alpha * Derivative(term, sym.alpha), -binomial(2 * _ORDER, _ORDER) * argument**_ORDER),
            "Minus the k-th term of the generating function; the term k = 0 belongs to log(1/alpha).",
            Rewriting(("evaluation", "powers")),
        ),
        Step(
            f"Constant of integration ({convention})",
            equal(
                Limit((clock.rho_from_log_inverse(convention) - constant.subs(in_scale)) * sym.eta, sym.eta, oo),
                Integer(0),
            ),
            "rho*log(1/alpha) and its series differ by a constant, which is zero.",
            LimitValue(),
        ),
        Step(
            f"The clocks agree in the limit ({convention})",
            equal(Limit(clock.rho_from_log_inverse(convention), sym.eta, oo), Integer(1)),
            "So alternating gradient flows tend to the limiting sequence (DIAG-07).",
            LimitValue(),
        ),
    )
