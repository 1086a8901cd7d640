"""LIN-05 and LIN-06: the earliest jump time, and the expansion of the jump time for a small start."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Gt, Integer, Lt, Rational, Subs, Symbol, exp, log, sinh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import hitting_time
from agf_theory.closed_form.obligations import Nonnegative, Rewriting
from agf_theory.closed_form.tactics import Tactic

__all__ = ["lin_05", "lin_06"]

_GAP = Symbol("g", positive=True)  # sigma_1 less another eigenvalue of M(R)
_TIME = Symbol("t", positive=True)
_Z = Symbol("z", positive=True)
_X = Symbol("x", positive=True)  # 2*sigma_1 times the time before the leading jump time
_POWERS = Rewriting(("evaluation", "powers", "exponentials"))
_SOURCE = "this project"


def lin_05(time: Callable[[], Expr] = hitting_time.aligned_jump_time) -> Derivation:
    """No neuron of the same norm jumps before the aligned one."""
    other = sym.sigma_1 - _GAP
    steps = (
        Step(
            "Growth of a projection other than the top one",
            Gt(sym.sigma_1 * _Z**2, other * _Z**2),
            "d||theta||/dt times ||theta|| is the sum of eigenvalue times squared projection: at most sigma_1 of all.",
            Nonnegative(_GAP * _Z**2),
        ),
        Step(
            "A projection other than the top one stays behind",
            Gt(_Z**2 * exp(2 * sym.sigma_1 * _TIME), _Z**2 * exp(2 * other * _TIME)),
            "So ||theta(t)|| <= ||theta(0)||*exp(sigma_1*t), with equality iff there is no such projection.",
            Nonnegative(
                2 * _Z**2 * exp((2 * sym.sigma_1 - _GAP) * _TIME) * sinh(_GAP * _TIME),
                ("evaluation", "exponentials", "powers"),
            ),
        ),
        Step(
            "The aligned neuron has norm one",
            equal(Subs(exp(sym.sigma_1 * sym.t - sym.log_inverse), sym.t, time()), Integer(1)),
            "||theta(0)|| = exp(-L).",
            Rewriting(("evaluation", "powers")),
        ),
    )
    return Derivation("LIN-05", "Earliest jump time of a dormant neuron of a linear network.", steps, _SOURCE)


def lin_06(
    jump_time: Callable[[int], Expr] = hitting_time.dormant_jump_time,
    lower: Callable[[], Expr] = hitting_time.dormant_jump_time_lower,
    upper: Callable[[], Expr] = hitting_time.dormant_jump_time_upper,
    overlap: Callable[[int], Expr] = hitting_time.initial_overlap,
    later_term: Callable[[], Expr] = hitting_time.dormant_later_term,
) -> Derivation:
    """Expansion of the jump time: what a neuron's norm is shortly before the leading jump time, and two bounds."""
    steps = (
        *_overlap(overlap),
        *_around_the_leading_time(jump_time, later_term()),
        *_enclosure(jump_time(0), lower(), upper()),
        *_remainder(),
    )
    return Derivation("LIN-06", "Jump time of a dormant neuron from a small start.", steps, _SOURCE)


def _overlap(overlap: Callable[[int], Expr]) -> tuple[Step, ...]:
    alpha, omega = zip(
        *((Symbol(f"alpha_{i}", real=True), Symbol(f"omega_{i}", real=True)) for i in (1, 2)), strict=True
    )
    kept = [a**2 + w**2 for a, w in zip(alpha, omega, strict=True)]
    rest = [(a - w) ** 2 / 2 for a, w in zip(alpha, omega, strict=True)]
    why = "Pythagoras: projections on (u_i, v_i)/sqrt(2) and (u_i, -v_i)/sqrt(2); alpha_i = u_i.a, omega_i = v_i.w."
    return (
        Step("Overlap", equal(kept[0] - overlap(1) ** 2, rest[0]), why, Rewriting()),
        Step(
            "Overlap, repeated singular value",
            equal(kept[0] + kept[1] - overlap(2) ** 2, rest[0] + rest[1]),
            why,
            Rewriting(),
        ),
    )


def _around_the_leading_time(jump_time: Callable[[int], Expr], term: Expr) -> tuple[Step, ...]:
    leading = jump_time(0)
    before = leading - _X / (2 * sym.sigma_1)
    (eigenvalue, z), (eigenvalue_3, z_3) = hitting_time.other_eigenvalues(2)
    scale = exp(-2 * sym.log_inverse)
    third = term.subs({eigenvalue: eigenvalue_3, z: z_3})
    return (
        Step(
            "Top projection before the leading time",
            equal(Subs(scale * sym.z_1**2 * exp(2 * sym.sigma_1 * sym.t), sym.t, before), exp(-_X)),
            "At the leading time, x = 0, it alone has norm one.",
            _POWERS,
        ),
        Step(
            "Another projection before the leading time",
            equal(
                Subs(scale * z**2 * exp(2 * eigenvalue * sym.t), sym.t, before),
                term * exp(-eigenvalue * _X / sym.sigma_1),
            ),
            "So norm one is met where exp(x) - 1 is the sum of q_j*exp((1 - lambda_j/sigma_1)*x).",
            _POWERS,
        ),
        Step(
            "Leading time",
            equal(Subs(jump_time(1), z, 0), leading),
            "Without other projections x = 0.",
            Rewriting(),
        ),
        Step(
            "First correction",
            equal(sym.sigma_1 * Derivative(jump_time(1), z), -term / z),
            "To first order x is the sum of the q_j; each is a square of z_j times what is no function of it.",
            Rewriting(),
        ),
        Step(
            "Corrections add",
            equal(Subs(jump_time(2), z_3, 0), jump_time(1)),
            "The first of two.",
            Rewriting(),
        ),
        Step(
            "Another correction",
            equal(sym.sigma_1 * Derivative(jump_time(2), z_3), -third / z_3),
            "The second of two.",
            Rewriting(),
        ),
    )


def _enclosure(leading: Expr, lower: Expr, upper: Expr) -> tuple[Step, ...]:
    q = sym.later_terms
    earliest, latest = (2 * sym.sigma_1 * (leading - bound) for bound in (lower, upper))
    exponentials: tuple[Tactic, ...] = ("evaluation", "exponentials", "powers")
    return (
        Step(
            "Other projections are at least those of the top eigenvalue",
            Gt(exp(-(1 - _GAP) * _X), exp(-_X)),
            "lambda_j/sigma_1 = 1 - g: the squared norm is at least (1 + q)*exp(-x).",
            Nonnegative(2 * exp(-_X + _GAP * _X / 2) * sinh(_GAP * _X / 2), exponentials),
        ),
        Step(
            "Norm one at the latest",
            equal(Subs((1 + q) * exp(-_X), _X, latest), Integer(1)),
            "So the jump is no later.",
            _POWERS,
        ),
        Step(
            "Other projections are at most those of the bottom eigenvalue",
            Gt(exp(_X), exp(_X - _GAP * _X)),
            "-lambda_j/sigma_1 = 1 - g: the squared norm is at most exp(-x) + q*exp(x).",
            Nonnegative(2 * exp(_X - _GAP * _X / 2) * sinh(_GAP * _X / 2), exponentials),
        ),
        Step(
            "Norm one at the earliest",
            equal(Subs(exp(-_X) + q * exp(_X), _X, earliest), Integer(1)),
            "The squared norm is convex in time and below one at the start: where it is at most one, it was so before.",
            Rewriting(("evaluation", "common denominator", "powers")),
            (Lt(q, Rational(1, 4)),),
        ),
    )


def _remainder() -> tuple[Step, ...]:
    q, r = sym.later_terms, Symbol("r", positive=True)  # r = sqrt(1 - 4q)
    above = 2 * ((1 - r**2) / 4) ** 2 + (1 - r**2) / 4 - log(2 / (1 + r))
    return (
        Step(
            "Remainder of the upper bound",
            equal(Derivative(q**2 / 2 - q + log(1 + q), q), q**2 / (1 + q)),
            "From zero at q = 0 it grows: log(1 + q) >= q - q**2/2.",
            Rewriting(),
        ),
        Step(
            "Remainder of the lower bound",
            equal(Derivative(above, r), -(1 - r) * (r**3 + 2 * r**2 - 2) / (2 * (1 + r))),
            "q = (1 - r**2)/4: q + 2*q**2 less the logarithm vanishes at r = 1 and falls in r ...",
            Rewriting(),
        ),
        Step(
            "The remainder falls",
            Ge(Subs(r**3 + 2 * r**2 - 2, r, Rational(17, 20) + _GAP), 0, evaluate=False),
            "... from r = 17/20 on: log(2/(1 + r)) <= q + 2*q**2 for q <= 1/15.",
            Nonnegative(
                _GAP**3 + Rational(91, 20) * _GAP**2 + Rational(2227, 400) * _GAP + Rational(473, 8000),
            ),
        ),
    )
