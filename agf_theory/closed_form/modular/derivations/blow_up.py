"""MOD-10: the time at which a mode becomes infinite, from its invariants."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Derivative,
    Expr,
    Gt,
    Integer,
    Integral,
    Limit,
    Mul,
    Rational,
    Symbol,
    acos,
    elliptic_f,
    elliptic_k,
    log,
    oo,
    sqrt,
    symbols,
)

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.carlson import CarlsonRF
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import blow_up
from agf_theory.closed_form.modular.derivations.complex_parts import PARTS, in_parts, squared_sizes
from agf_theory.closed_form.modular.mode_flow import alignment, mode_velocity
from agf_theory.closed_form.obligations import FundamentalTheorem, LimitValue, Nonnegative, Rewriting

__all__ = ["mod_10"]

_T = Symbol("t", positive=True)
_S = Symbol("s", positive=True)
_Y = Symbol("y", positive=True)
_PARAMETER = Rational(1, 2) - sym.gap_sum / (4 * sym.gap_mean)


def mod_10(
    rate: Callable[[], Expr] = blow_up.activation_rate,
    cubic: Callable[[], Expr] = blow_up.invariant_cubic,
    growing: Callable[[], Expr] = blow_up.growing_blow_up_time,
    turning: Callable[[], Expr] = blow_up.turning_blow_up_time,
    legendre: Callable[[bool], Expr] = blow_up.legendre_blow_up_time,
    aligned: Callable[[], Expr] = blow_up.aligned_blow_up_time,
) -> Derivation:
    """The speed of the squared amplitude by its invariants, and the integral of its inverse."""
    steps = (
        *_speed(rate()),
        *_roots(cubic()),
        *_carlson(rate(), growing(), turning()),
        *_integral(),
        *_times(rate(), legendre),
        *_aligned(rate(), aligned()),
        _equal_roots(rate(), growing()),
    )
    return Derivation("MOD-10", "Blow-up time of one mode of a dormant neuron.", steps, "this project")


def _speed(rate: Expr) -> tuple[Step, ...]:
    (real, imaginary), squares = in_parts(alignment()), squared_sizes()
    speeds = in_parts(mode_velocity("u"))
    growth = sum((2 * part * speed for part, speed in zip(PARTS["u"], speeds, strict=True)), Integer(0))
    coefficient = (rate / sym.template_size).subs(sym.template_size, sqrt(squares["x"]))
    return (
        Step(
            "Growth of a squared amplitude",
            equal(growth, 2 * coefficient * real),
            "q = |u_hat|^2; the same for v and w (MOD-09).",
            Rewriting(("evaluation", "common denominator", "radicals")),
        ),
        Step(
            "Real part of Z by the invariants",
            equal(real**2, squares["x"] * squares["u"] * squares["v"] * squares["w"] - imaginary**2),
            "|Z| is a product of moduli: (dq/dt)^2 = 4 C^2 |x|^2 (q (q - e_1) (q - e_2) - h^2).",
            Rewriting(),
        ),
    )


def _roots(cubic: Expr) -> tuple[Step, ...]:
    a, b, c, h = sym.size_u**2, sym.size_v**2, sym.size_w**2, sym.imaginary_part
    y = sym.gap_1
    second, third = sym.gap_2 - sym.gap_1, sym.gap_3 - sym.gap_1
    by_sum = (_T**2 + sym.gap_sum * _T + sym.gap_mean**2).subs(
        {sym.gap_sum: second + third, sym.gap_mean: sqrt(second * third)}
    )
    return (
        Step(
            "The cubic in what has been lost, y = |u_0|^2 - q",
            equal(cubic + y**3 - (a + b + c) * y**2 + (a * b + b * c + c * a) * y, a * b * c - h**2),
            "Symmetric in the three; the product of its roots is (Re Z_0/|x|)^2, so that the least real one is not "
            "negative.",
            Rewriting(),
        ),
        Step(
            "Two roots by their sum and product",
            equal((_T + second) * (_T + third), by_sum),
            "Counted from the least real root y_1; both are positive, whether the two roots are real or conjugates.",
            Rewriting(),
        ),
    )


def _equal_roots(rate: Expr, growing: Expr) -> Step:
    gaps = (sym.gap_1, sym.gap_2, sym.gap_3)
    balanced = growing.subs(dict.fromkeys(gaps, sym.size_u**2))
    return Step(
        "Balanced and aligned, by Carlson's integral",
        equal(Derivative(balanced, sym.size_u) * rate * sym.size_u**2, Integer(-1)),
        "All three gaps are |u|^2, and R_F(x, x, x) is 1/sqrt(x): this too falls by one per unit of time.",
        Rewriting(),
    )


def _carlson(rate: Expr, growing: Expr, turning: Expr) -> tuple[Step, ...]:
    first, second, third = sym.gap_1, sym.gap_2, sym.gap_3
    below = Symbol("delta", positive=True)
    to_second, to_third = symbols("B D", nonnegative=True)
    pairs = first * second + second * third + third * first
    cubic = _S**3 + (first + second + third) * _S**2 + pairs * _S + first * second * third

    def integrand(*shifts: Expr) -> Expr:
        return 1 / (2 * sqrt(Mul(*(_S + shift for shift in shifts))))

    lost = below * (below + to_second) * (below + to_third)
    return (
        Step(
            "A growing mode, by Carlson's integral",
            equal(growing.replace(CarlsonRF, integrand) ** -2, 4 * rate**2 * cubic),
            "The inverse square of the integrand is 4 C^2 |x|^2 (S + y_1)(S + y_2)(S + y_3), the squared speed at "
            "which each squared amplitude, grown by S, goes on growing; R_F takes S from zero to infinity.",
            Rewriting(),
        ),
        Step(
            "A mode that turns, by Carlson's integral",
            equal(rate * (growing + turning), 2 * CarlsonRF(0, second - first, third - first)),
            "From the turn, y_1 below the start, it takes R_F(0, y_2 - y_1, y_3 - y_1). The way there takes what the "
            "way back takes, this less the time of a growing mode; then comes all of it.",
            Rewriting(),
        ),
        Step(
            "The least root is simple where h is not zero",
            Gt(Derivative(lost, below), 0, evaluate=False),
            "A root below the least squared amplitude by delta, B and D below the others: delta (delta + B)(delta + D) "
            "is h^2, and has a slope. Where h = 0 the roots are the squared amplitudes, and the least one is double "
            "iff the two least of them are equal.",
            Nonnegative((below + to_second) * (below + to_third) + below * (2 * below + to_second + to_third)),
        ),
        Step(
            "A turn at a double root takes for ever",
            equal(Integral(1 / _T, (_T, 1, _Y)), log(_Y)),
            "Near it the speed is of the order of the distance y: without bound as y tends to zero. At a simple root "
            "it is of the order of the root of the distance, and the time is finite. A mode with Re Z = 0 at the start "
            "is at the turn.",
            FundamentalTheorem(),
        ),
    )


def _integral() -> tuple[Step, ...]:
    mean, total = sym.gap_mean, sym.gap_sum
    density = 1 / (2 * sqrt(_T * (_T**2 + total * _T + mean**2)))
    angle = acos((mean - _Y) / (mean + _Y))
    return (
        Step(
            "Time from the turn",
            equal(Integral(density, (_T, 0, _Y)), elliptic_f(angle, _PARAMETER) / (2 * sqrt(mean))),
            "In units of 1/(C |x|), from y = y_1, where Re Z = 0; R_F(0, ., .) is the integral up to infinity.",
            FundamentalTheorem(("evaluation", "perfect squares")),
        ),
        Step(
            "The angle at infinity",
            equal(Limit(angle, _Y, oo), acos(-1)),
            "F(pi | k^2) = 2 K(k^2): the whole time from the turn.",
            LimitValue(),
        ),
    )


def _times(rate: Expr, legendre: Callable[[bool], Expr]) -> tuple[Step, ...]:
    mean, least = sym.gap_mean, sym.gap_1
    passed = elliptic_f(acos((mean - least) / (mean + least)), _PARAMETER) / (2 * sqrt(mean))
    whole = elliptic_k(_PARAMETER) / sqrt(mean)
    return (
        Step(
            "A growing mode",
            equal(rate * legendre(True), whole - passed),
            "It starts y_1 beyond the turn: R_F(y_1, y_2, y_3) is the integral from there on.",
            Rewriting(),
        ),
        Step(
            "A mode that turns",
            equal(rate * legendre(False), whole + passed),
            "Back to the turn first, and then all of it: 2 R_F(0, ., .) - R_F(y_1, y_2, y_3).",
            Rewriting(),
        ),
    )


def _aligned(rate: Expr, aligned: Expr) -> tuple[Step, ...]:
    return (
        Step(
            "Balanced and aligned",
            equal(Derivative(aligned, sym.size_u) * rate * sym.size_u**2, Integer(-1)),
            "Then the amplitude grows by C |x| times its square, and 1/(C |x| |u|) falls by one per unit of time ...",
            Rewriting(),
        ),
        Step(
            "Balanced and aligned, far out",
            equal(Limit(aligned * sym.size_u, sym.size_u, oo), 1 / rate),
            "... to zero at infinity.",
            LimitValue(),
        ),
    )
