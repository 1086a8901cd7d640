"""MOD-09: the dormant flow decouples over frequencies, and three quantities of each mode stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Derivative, Expr, Ge, Integer

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import mode_flow
from agf_theory.closed_form.modular.derivations.complex_parts import PARTS, in_parts, rate_of_change, squared_sizes
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["mod_09"]

_P = sym.modulus


def mod_09(
    velocity: Callable[[Any], Expr] = mode_flow.mode_velocity,
    difference: Callable[[Any, Any], Expr] = mode_flow.conserved_difference,
    misalignment: Callable[[], Expr] = mode_flow.conserved_misalignment,
    alignment: Callable[[], Expr] = mode_flow.alignment,
    alignment_velocity: Callable[[], Expr] = mode_flow.alignment_velocity,
) -> Derivation:
    """The gradient of the utility at one frequency, and what its flow conserves."""
    steps = (
        *_gradients(velocity, alignment()),
        *_conserved(velocity, difference, misalignment()),
        *_never_falls(velocity, alignment(), alignment_velocity()),
    )
    return Derivation("MOD-09", "Dormant flow of a neuron, frequency by frequency.", steps, "this project")


def _gradients(velocity: Callable[[Any], Expr], alignment: Expr) -> list[Step]:
    """The utility is a sum of one term a class: each coefficient moves by the derivative of its own term."""
    real_alignment, size = in_parts(alignment)[0], squared_sizes()["x"]
    pair, single = 4 * size / _P**3, 2 * size / _P**3
    real = {imaginary: 0 for _, imaginary in PARTS.values()}
    steps = []
    for layer in ("u", "v", "w"):
        speeds = in_parts(velocity(layer))
        for name, part, speed in zip(("Real", "Imaginary"), PARTS[layer], speeds, strict=True):
            step = Step(
                f"{name} part of the coefficient of {layer}, generic frequency",
                equal(_P / 2 * Derivative(pair * real_alignment, part), speed),
                "k and -k give one term, 4|x|^2 Re Z/p^3; the sum of cos^2(2 pi k a/p), or sin^2, over a is p/2.",
                Rewriting(),
            )
            steps.append(step)
        step = Step(
            f"Coefficient of {layer}, Nyquist frequency",
            equal(_P * Derivative((single * real_alignment).subs(real), PARTS[layer][0]), speeds[0].subs(real)),
            "One term alone, 2|x|^2 Z/p^3 with all coefficients real; the sum of (-1)^(2a) over a is p.",
            Rewriting(),
        )
        steps.append(step)
    return steps


def _conserved(
    velocity: Callable[[Any], Expr], difference: Callable[[Any, Any], Expr], misalignment: Expr
) -> tuple[Step, ...]:
    differences = (
        Step(
            f"Difference of the squared amplitudes of {first} and {second}",
            equal(rate_of_change(in_parts(difference(first, second))[0], velocity), Integer(0)),
            "All three squared amplitudes grow by 2C Re Z.",
            Rewriting(),
        )
        for first, second in (("u", "v"), ("u", "w"))
    )
    return (
        *differences,
        Step(
            "Imaginary part of Z",
            equal(rate_of_change(in_parts(misalignment)[1], velocity), Integer(0)),
            "The derivative of Z is a sum of squared moduli: real.",
            Rewriting(),
        ),
    )


def _never_falls(velocity: Callable[[Any], Expr], alignment: Expr, claimed: Expr) -> tuple[Step, ...]:
    squares = squared_sizes()
    sizes = {"x": sym.template_size, "u": sym.size_u, "v": sym.size_v, "w": sym.size_w}
    in_sizes = {symbol**power: squares[name] ** (power // 2) for name, symbol in sizes.items() for power in (4, 2)}
    return (
        Step(
            "Velocity of the real part of Z",
            equal(rate_of_change(in_parts(alignment)[0], velocity), claimed.expand().subs(in_sizes)),
            "C times the squared length of the gradient of Re Z.",
            Rewriting(),
        ),
        Step(
            "The real part of Z never falls", Ge(claimed, 0, evaluate=False), "A sum of squares.", Nonnegative(claimed)
        ),
    )
