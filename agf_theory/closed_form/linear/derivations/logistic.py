"""LIN-18: an aligned, balanced mode."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Limit, Lt, Subs, Symbol, exp, oo

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import logistic
from agf_theory.closed_form.obligations import LimitValue, Rewriting

__all__ = ["lin_18"]

_POSITIVE = Symbol("p_0", positive=True)
_ODDS = Symbol("g", positive=True)
_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))


def lin_18(
    velocity: Callable[[], Expr] = logistic.logistic_velocity,
    strength: Callable[[], Expr] = logistic.logistic_strength,
    strength_from_below: Callable[[], Expr] = logistic.logistic_strength_from_below,
    half_time: Callable[[], Expr] = logistic.logistic_half_time,
    time: Callable[[], Expr] = logistic.logistic_time,
    transit_time: Callable[[], Expr] = logistic.logistic_transit_time,
) -> Derivation:
    """Velocity, solution on either side of zero, and times."""
    steps = (
        *_velocity(velocity()),
        *_solution("positive", strength(), velocity(), 1),
        *_solution("negative", strength_from_below(), velocity(), -1),
        *_limits(strength(), strength_from_below()),
        *_times(strength(), half_time(), time(), transit_time()),
    )
    return Derivation("LIN-18", "An aligned, balanced mode of a linear network.", steps, "[saxe2014]")


def _velocity(claimed: Expr) -> tuple[Step, ...]:
    pull = sym.sigma_k - sym.variance * sym.strength  # R v = (sigma - Lambda*s) u
    rate = (Derivative(sym.u * sym.v, sym.u) * sym.v + Derivative(sym.u * sym.v, sym.v) * sym.u) * pull
    why = "u and v stand for alpha and omega: d(alpha)/dt = omega*(sigma - Lambda*s), and the same exchanged."
    same, opposite = {sym.v: sym.u}, {sym.v: -sym.u}
    return (
        Step("Velocity of the strength", equal(rate, (sym.u**2 + sym.v**2) * pull), why, Rewriting()),
        Step(
            "Balanced, positive",
            equal(Subs((rate.doit()).subs(same), sym.u**2, sym.strength), claimed),
            "alpha = omega: s = alpha**2.",
            Rewriting(),
        ),
        Step(
            "Balanced, negative",
            equal(Subs((rate.doit()).subs(opposite), sym.u**2, -sym.strength), -claimed),
            "alpha = -omega: s = -alpha**2.",
            Rewriting(),
        ),
    )


def _solution(name: str, strength: Expr, velocity: Expr, sign: int) -> tuple[Step, ...]:
    return (
        Step(
            f"Velocity of the {name} solution",
            equal(Derivative(strength, sym.t), sign * velocity.subs(sym.strength, strength)),
            "Differentiation.",
            _EXPONENTIALS,
        ),
        Step(
            f"Start of the {name} solution",
            equal(Subs(strength, sym.t, 0), sym.strength_0),
            "The one solution with this start.",
            Rewriting(),
        ),
    )


def _limits(strength: Expr, below: Expr) -> tuple[Step, ...]:
    return (
        Step(
            "End of the positive solution",
            equal(Limit(strength.subs(sym.strength_0, _POSITIVE), sym.t, oo), sym.sigma_k / sym.variance),
            "The exponential vanishes.",
            LimitValue(),
        ),
        Step(
            "End of the negative solution",
            equal(Limit(below.subs(sym.strength_0, -_POSITIVE), sym.t, oo), Integer(0)),
            "The exponential grows: it stays at the saddle.",
            LimitValue(),
        ),
    )


def _times(strength: Expr, half_time: Expr, time: Expr, transit_time: Expr) -> tuple[Step, ...]:
    final = sym.sigma_k / sym.variance
    share, rest = 1 / (1 + _ODDS), _ODDS / (1 + _ODDS)
    ends = {sym.strength_0: share * final, sym.strength_final: rest * final}
    below = (Lt(0, sym.strength_0), Lt(sym.strength_0, final))
    return (
        Step(
            "Half the final strength",
            equal(Subs(strength, sym.t, half_time), final / 2),
            "The exponential cancels the bracket.",
            _EXPONENTIALS,
            below,
        ),
        Step(
            "Time to another strength",
            equal(Subs(strength, sym.t, time), sym.strength_final),
            "The logistic solved for the time.",
            _EXPONENTIALS,
            (*below, Lt(0, sym.strength_final), Lt(sym.strength_final, final)),
        ),
        Step(
            "Transit",
            equal(
                exp(2 * sym.sigma_k * time.subs(ends)), Subs(exp(2 * sym.sigma_k * transit_time), sym.fraction, share)
            ),
            "From p = 1/(1 + g) to 1 - p; g**2 on both sides.",
            Rewriting(),
        ),
    )
