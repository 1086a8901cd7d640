"""MOD-11: the norm of a dormant neuron grows no faster than that of the best aligned one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Derivative, Expr, Ge, Integer, Subs, Symbol, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import first_crossing
from agf_theory.closed_form.modular.blow_up import activation_rate, aligned_blow_up_time
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["mod_11"]

_N = Symbol("N", positive=True)
_POWERS = Rewriting(("evaluation", "powers", "radicals"))


def mod_11(
    growth: Callable[[Any], Expr] = first_crossing.norm_growth_rate,
    crossing: Callable[[Any], Expr] = first_crossing.first_crossing_time,
    blow_up: Callable[[Any], Expr] = first_crossing.least_blow_up_time,
    gap: Callable[[], Expr] = first_crossing.mean_inequality_gap,
) -> Derivation:
    """The means of three squared amplitudes, the norm law, and the time it takes."""
    a, b, c = sym.size_u, sym.size_v, sym.size_w
    steps = [
        Step(
            "What the means of the squared amplitudes leave",
            equal((a + b + c) ** 3 - 27 * a * b * c, gap()),
            "U_k, V_k, W_k stand for the squared amplitudes here.",
            Rewriting(),
        ),
        Step(
            "Means of the squared amplitudes",
            Ge((a + b + c) ** 3, 27 * a * b * c, evaluate=False),
            "So |Z| <= |x| ((a + b + c)/3)^(3/2).",
            Nonnegative(gap()),
        ),
    ]
    for frequency, multiplicity in (("generic", 2), ("nyquist", 1)):
        steps += _one_class(frequency, multiplicity, growth(frequency), crossing(frequency), blow_up(frequency))
    return Derivation("MOD-11", "Earliest activation of dormant neurons.", tuple(steps), "kunin2025, modular addition")


def _one_class(frequency: str, multiplicity: int, growth: Expr, crossing: Expr, blow_up: Expr) -> list[Step]:
    """The squared norm of a mode is multiplicity/p times the sum of its squared amplitudes."""
    p, size = sym.modulus, sym.size_u
    balanced = sqrt(p / (3 * multiplicity))
    line = 1 / sym.norm_0 - growth * sym.t
    return [
        Step(
            f"Norm law, {frequency} frequency",
            equal(
                Subs(6 * multiplicity / p * activation_rate() * size**3, size, balanced * _N), 2 * _N * growth * _N**2
            ),
            "Each squared amplitude grows by 2 C Re Z, Re Z at most |Z|; a neuron's energies add, and their powers 3/2 "
            "add up to no more than that of the sum.",
            _POWERS,
        ),
        Step(
            f"Inverse norm, {frequency} frequency",
            equal(Derivative(1 / _N, _N) * growth * _N**2, -growth),
            "The inverse of the norm falls by at most 3 U_* a unit of time ...",
            Rewriting(),
        ),
        Step(
            f"Norm one, {frequency} frequency",
            equal(Subs(line, sym.t, crossing), Integer(1)),
            "... and is not one before the line from 1/N_0 with that slope is.",
            Rewriting(),
        ),
        Step(
            f"Infinite norm, {frequency} frequency",
            equal(Subs(line, sym.t, blow_up), Integer(0)),
            "Not before the line is at zero.",
            Rewriting(),
        ),
        Step(
            f"The bound is met, {frequency} frequency",
            equal(Subs(aligned_blow_up_time(), size, balanced * sym.norm_0), blow_up),
            "By a balanced and aligned mode; by others not, as the gap of the means is zero for equal ones alone.",
            _POWERS,
        ),
    ]
