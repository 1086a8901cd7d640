"""LIN-19: an aligned mode of conserved imbalance."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Abs, Derivative, Expr, Integer, Limit, Subs, Symbol, exp, log, oo, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import balanced_mode, logistic
from agf_theory.closed_form.obligations import LimitValue, Rewriting, SameSquare

__all__ = ["lin_19"]

_SIZE = Symbol("p", positive=True)  # |lambda|, and where it is needed a positive start
_START = Symbol("p_0", positive=True)
_DECAY = Symbol("E", positive=True)  # exp(-nu*t)
_WEIGHTS = (sym.u * sym.v, sym.u**2 - sym.v**2)  # strength and imbalance from the weights
_SOURCE = "this project"


def lin_19(
    velocity: Callable[[], Expr] = balanced_mode.imbalanced_velocity,
    ratio: Callable[[], Expr] = balanced_mode.strength_ratio,
    strength_of_ratio: Callable[[], Expr] = balanced_mode.strength_of_ratio,
    upper: Callable[[], Expr] = balanced_mode.upper_fixed_ratio,
    lower: Callable[[], Expr] = balanced_mode.lower_fixed_ratio,
    rate: Callable[[], Expr] = balanced_mode.imbalanced_rate,
    ratio_in_time: Callable[[], Expr] = balanced_mode.ratio_in_time,
    strength: Callable[[], Expr] = balanced_mode.imbalanced_strength,
    time_between: Callable[[], Expr] = balanced_mode.time_between_ratios,
    time: Callable[[], Expr] = balanced_mode.imbalanced_time,
    far: Callable[[], Expr] = balanced_mode.imbalanced_strength_far,
    effective: Callable[[], Expr] = balanced_mode.effective_strength,
    half_time: Callable[[], Expr] = balanced_mode.half_time_from_effective_strength,
    half_time_from_overlap: Callable[[], Expr] = balanced_mode.half_time_from_overlap,
) -> Derivation:
    """The Riccati equation of (alpha + omega)**2/|lambda|, its solution, and its limits."""
    steps = (
        *_velocity(velocity()),
        *_riccati(velocity(), ratio(), strength_of_ratio()),
        *_fixed_points(upper(), lower(), rate(), strength_of_ratio()),
        *_solution(ratio_in_time()),
        *_time(time_between()),
        *_in_strengths(ratio(), upper(), lower(), rate(), strength(), time()),
        *_limits(velocity(), far()),
        *_small_start(effective(), half_time(), half_time_from_overlap()),
    )
    return Derivation("LIN-19", "An aligned mode of conserved imbalance.", steps, _SOURCE)


def _riccati_velocity(ratio: Expr) -> Expr:
    size = Abs(sym.imbalance)
    return -size * ratio**2 / 2 + 2 * sym.sigma_k * ratio + size / 2


def _velocity(claimed: Expr) -> tuple[Step, ...]:
    alpha, omega = sym.u, sym.v
    product = {sym.strength: alpha * omega, sym.imbalance: alpha**2 - omega**2}
    rate = Derivative(alpha * omega, alpha) * omega + Derivative(alpha * omega, omega) * alpha
    why = "u and v stand for alpha and omega; d(alpha)/dt = omega*(sigma - s), and the same exchanged."
    imbalance = alpha**2 - omega**2
    moving = Derivative(imbalance, alpha) * omega + Derivative(imbalance, omega) * alpha
    return (
        Step("The imbalance is conserved", equal(moving, Integer(0)), why, Rewriting()),
        Step("Velocity of the strength", equal(rate, alpha**2 + omega**2), f"Over sigma - s: {why}", Rewriting()),
        Step(
            "The sum of squares from strength and imbalance",
            equal(sqrt(sym.imbalance**2 + 4 * sym.strength**2).subs(product), alpha**2 + omega**2),
            "The squares agree.",
            SameSquare(),
        ),
        Step(
            "Velocity from strength and imbalance",
            equal(Derivative(claimed, sym.sigma_k), sqrt(sym.imbalance**2 + 4 * sym.strength**2)),
            "The velocity is this root times sigma - s ...",
            Rewriting(),
        ),
        Step(
            "Rest at the final strength",
            equal(Subs(claimed, sym.sigma_k, sym.strength), Integer(0)),
            "... and vanishes at sigma = s.",
            Rewriting(),
        ),
    )


def _riccati(velocity: Expr, ratio: Expr, strength_of_ratio: Expr) -> tuple[Step, ...]:
    return (
        Step(
            "The ratio from the weights",
            equal(Subs(Abs(sym.imbalance) * ratio, (sym.strength, sym.imbalance), _WEIGHTS), (sym.u + sym.v) ** 2),
            "(alpha + omega)**2 = 2*s + alpha**2 + omega**2.",
            Rewriting(("evaluation", "perfect squares")),
        ),
        Step(
            "Riccati equation",
            equal(Derivative(ratio, sym.strength) * velocity, _riccati_velocity(ratio)),
            "Chain rule.",
            Rewriting(),
        ),
        Step(
            "The strength from the ratio",
            equal(Subs(strength_of_ratio, sym.ratio, ratio), sym.strength),
            "1/Q = (alpha - omega)**2/|lambda|.",
            Rewriting(),
        ),
        Step(
            "The ratio and that of the opposite strength",
            equal(ratio * ratio.subs(sym.strength, -sym.strength), Integer(1)),
            "Their product is one and their sum positive: Q is positive for every strength.",
            Rewriting(),
        ),
    )


def _fixed_points(upper: Expr, lower: Expr, rate: Expr, strength_of_ratio: Expr) -> tuple[Step, ...]:
    return (
        Step("Upper fixed point", equal(_riccati_velocity(upper), Integer(0)), "Root of the quadratic.", Rewriting()),
        Step("Lower fixed point", equal(_riccati_velocity(lower), Integer(0)), "Root of the quadratic.", Rewriting()),
        Step("Product of the fixed points", equal(upper * lower, Integer(-1)), "One is negative.", Rewriting()),
        Step(
            "Rate between the fixed points",
            equal(Abs(sym.imbalance) * (upper - lower) / 2, rate),
            "The rate at which the quotient of the distances decays.",
            Rewriting(),
        ),
        Step(
            "Strength at the upper fixed point",
            equal(Subs(strength_of_ratio, sym.ratio, upper), sym.sigma_k),
            "The positive fixed point is the final strength.",
            Rewriting(),
        ),
    )


_FIXED = (sym.ratio_upper, sym.ratio_lower)


def _factored(ratio: Expr) -> Expr:
    """The Riccati velocity by its fixed points: nu = |lambda|*(Q_+ - Q_-)/2."""
    upper, lower = _FIXED
    return -sym.rate * (ratio - upper) * (ratio - lower) / (upper - lower)


def _solution(in_time: Expr) -> tuple[Step, ...]:
    decayed = in_time.subs(sym.t, -log(_DECAY) / sym.rate)
    return (
        Step(
            "Riccati equation by its fixed points",
            equal(
                Subs(_factored(sym.ratio), (*_FIXED, sym.rate), _fixed_values()),
                _riccati_velocity(sym.ratio),
            ),
            "The quadratic has these roots, and this leading coefficient.",
            Rewriting(),
        ),
        Step(
            "The solution obeys the Riccati equation",
            equal(Derivative(in_time, sym.t), _factored(in_time)),
            "Differentiation; the denominator never vanishes, for Q_0 > 0 > Q_-.",
            Rewriting(),
        ),
        Step(
            "Start of the solution",
            equal(Subs(in_time, sym.t, 0), sym.ratio_0),
            "The one with this start.",
            Rewriting(),
        ),
        Step(
            "End of the solution",
            equal(Subs(decayed, _DECAY, 0), sym.ratio_upper),
            "exp(-nu*t) tends to zero: Q tends to the upper fixed point, from every start.",
            Rewriting(),
        ),
    )


def _fixed_values() -> tuple[Expr, Expr, Expr]:
    return balanced_mode.upper_fixed_ratio(), balanced_mode.lower_fixed_ratio(), balanced_mode.imbalanced_rate()


def _time(between: Expr) -> tuple[Step, ...]:
    upper, lower = _FIXED
    start, end = sym.ratio_0, sym.ratio
    left = (start - upper) / (start - lower) * exp(-sym.rate * between)
    return (
        Step(
            "Time to another ratio",
            equal((end - upper) / (end - lower), left),
            "The solution solved for the time.",
            Rewriting(),
        ),
    )


def _in_strengths(ratio: Expr, upper: Expr, lower: Expr, rate: Expr, strength: Expr, time: Expr) -> tuple[Step, ...]:
    start, end = (ratio.subs(sym.strength, s) for s in (sym.strength_0, sym.strength_final))
    quotient = (start - upper) / (start - lower) * exp(-rate * sym.t)
    made = {sym.ratio_0: start, sym.ratio_upper: upper, sym.ratio_lower: lower, sym.rate: rate}
    reached = balanced_mode.ratio_in_time().subs(made)
    return (
        Step(
            "Strength in time",
            equal(4 * strength * reached, Abs(sym.imbalance) * (reached**2 - 1)),
            "The strength of the ratio in time.",
            Rewriting(),
        ),
        Step(
            "Time to another strength",
            equal((end - upper) / (end - lower), quotient.subs(sym.t, time)),
            "The solution solved for the time.",
            Rewriting(),
        ),
    )


def _limits(velocity: Expr, far: Expr) -> tuple[Step, ...]:
    in_x = far.subs({sym.imbalance: _SIZE, sym.t: sym.x / _SIZE})
    saxe = logistic.logistic_velocity().subs({sym.variance: 1, sym.strength: _START})
    return (
        Step(
            "Velocity without imbalance",
            equal(Limit(velocity.subs({sym.imbalance: _SIZE, sym.strength: _START}), _SIZE, 0), saxe),
            "That of LIN-18, at positive strength; solutions depend continuously on the velocity.",
            LimitValue(),
        ),
        Step(
            "Velocity at large imbalance",
            equal(Limit(velocity.subs(sym.imbalance, _SIZE) / _SIZE, _SIZE, oo), sym.sigma_k - sym.strength),
            "In the time x = |lambda|*t; solutions depend continuously on the velocity.",
            LimitValue(),
        ),
        Step(
            "Solution at large imbalance",
            equal(Derivative(in_x, sym.x), sym.sigma_k - in_x),
            "The linear equation is solved.",
            Rewriting(("evaluation", "exponentials")),
        ),
        Step("Start at large imbalance", equal(Subs(far, sym.t, 0), sym.strength_0), "The start.", Rewriting()),
    )


def _small_start(effective: Expr, half_time: Expr, from_overlap: Expr) -> tuple[Step, ...]:
    overlap = exp(-2 * sym.log_inverse) * sym.z_1**2
    balanced = half_time.subs({sym.strength_0: _START, sym.imbalance: 0})
    logistic_half = logistic.logistic_half_time().subs({sym.variance: 1, sym.strength_0: _START})
    return (
        Step(
            "Effective strength",
            equal(Subs(4 * effective, (sym.strength_0, sym.imbalance), _WEIGHTS), (sym.u + sym.v) ** 2),
            "The square of alpha + omega.",
            Rewriting(("evaluation", "perfect squares")),
        ),
        Step(
            "Half-time of a small balanced start",
            equal(Limit(balanced - logistic_half, _START, 0), Integer(0)),
            "That of LIN-18, for a start that is small against sigma.",
            LimitValue(),
        ),
        Step(
            "Half-time through the effective strength",
            equal(
                2 * sym.sigma_k * effective * Derivative(half_time, sym.strength_0),
                -Derivative(effective, sym.strength_0),
            ),
            "The start enters by the effective strength alone.",
            Rewriting(),
        ),
        Step(
            "Half-time from the overlap",
            equal(from_overlap, Subs(half_time, (sym.strength_0, sym.imbalance), (overlap / 2, 0))),
            "s_eff = (alpha + omega)**2/4 = (epsilon*z_1)**2/2.",
            Rewriting(("evaluation", "logarithms")),
        ),
    )
