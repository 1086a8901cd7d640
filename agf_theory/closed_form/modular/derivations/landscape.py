"""MOD-06 to MOD-08: ties, templates with a mean, and the second variation at a class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Derivative, Expr, Ge, Gt, Integer, Rational, Subs, Symbol, cos, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import landscape
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["mod_06", "mod_07", "mod_08"]

_A, _B = Symbol("a", positive=True), Symbol("b", positive=True)
_MOVE = Symbol("epsilon", real=True)
_POWERS = Rewriting(("evaluation", "powers", "radicals"))


def mod_06(factor: Callable[[], Expr] = landscape.tie_factor) -> Derivation:
    """A neuron over two classes has less than either."""
    whole = _A**2 + _B**2
    steps = (
        Step(
            "Amplitudes of the two classes",
            equal(Subs(factor(), sym.fraction, _A**2 / whole) * whole ** Rational(3, 2), _A**3 + _B**3),
            "Each of u, v, w has amplitude a in the first class and b in the second: the utilities of the classes add.",
            Rewriting(("perfect squares", "powers", "common denominator")),
        ),
        Step(
            "A mixture has less",
            Gt(whole**3, (_A**3 + _B**3) ** 2),
            "Strictly, where both classes are there: the factor is below one. Shares that differ between u, v and w "
            "give less still, by Hoelder's inequality.",
            Nonnegative(_A**2 * _B**2 * ((_A - _B) ** 2 + 2 * _A**2 + 2 * _B**2)),
        ),
    )
    return Derivation("MOD-06", "Ties of classes.", steps, "this project")


def mod_07(
    maximum: Callable[[Any], Expr] = landscape.class_maximum, ratio: Callable[[Any], Expr] = landscape.mean_to_wave
) -> Derivation:
    """The cross and self terms of one class, and Cauchy and Schwarz in the mean and the wave of w."""
    x, mean, U, V, W, w = sym.template_size, sym.mean_x, sym.size_u, sym.size_v, sym.size_w, sym.mean_w
    steps = [
        Step(
            "Balance of u and v",
            Ge(x**2 * (U**2 + V**2) * (w * mean + x * W), x**2 * (U**2 + V**2) * w * mean + 2 * x**3 * U * V * W),
            "Cross and self terms of one class, phases aligned; the sum of U^2 + V^2 over all frequencies is 2 p.",
            Nonnegative(x**3 * W * (U - V) ** 2),
        )
    ]
    for frequency, multiplicity in (("generic", 2), ("nyquist", 1)):
        left = (w**2 + multiplicity * W**2) * (mean**2 + x**2 / multiplicity)
        best = maximum(frequency)
        at = {w: W * ratio(frequency)}
        steps += [
            Step(
                f"Mean and wave of w, {frequency} frequency",
                Ge(left, (w * mean + x * W) ** 2, evaluate=False),
                "Cauchy and Schwarz; the first factor is at most p, by Parseval.",
                Nonnegative((w * x / sqrt(multiplicity) - sqrt(multiplicity) * W * mean) ** 2),
            ),
            Step(
                f"The maximum, {frequency} frequency",
                equal(best**2, 4 * sym.modulus * x**4 * mean**2 + 4 * sym.modulus * x**6 / multiplicity),
                "2 x^2 (w_0 x_0 + x W), squared, at the largest value of the bracket.",
                Rewriting(),
            ),
            Step(
                f"The ratio, {frequency} frequency",
                equal((left - (w * mean + x * W) ** 2).subs(at), Integer(0)),
                "There the two sides of Cauchy and Schwarz are equal.",
                Rewriting(),
            ),
            Step(
                f"Larger coefficients have larger maxima, {frequency} frequency",
                Gt(Derivative(best**2, x), 0),
                "The order of the generic frequencies is that of |x_hat|, whatever the mean.",
                Nonnegative(16 * sym.modulus * x**3 * mean**2 + 24 * sym.modulus * x**5 / multiplicity),
            ),
        ]
    one_hot = {x: 1, mean: 1}
    values = (("dc", Integer(2)), ("nyquist", sqrt(2)), ("generic", sqrt(Rational(3, 2))))
    steps += [
        Step(
            f"A one-hot template, {frequency} class",
            equal(Subs(maximum(frequency), tuple(one_hot), tuple(one_hot.values())), 2 * sqrt(sym.modulus) * value),
            "All coefficients are one: the mean is first.",
            Rewriting(),
        )
        for frequency, value in values
    ]
    return Derivation("MOD-07", "Largest utility at a class, for templates with a mean.", tuple(steps), "this project")


def mod_08(
    variation: Callable[[Any], Expr] = landscape.class_variation,
    mixture: Callable[[], Expr] = landscape.mixture_variation,
) -> Derivation:
    """What other classes add is of third order; norms and phases take away to second order."""
    steps = (
        *(_at_class(frequency, variation(frequency)) for frequency in ("generic", "nyquist")),
        Step(
            "Every class is a local maximum",
            Ge(-variation("generic"), 0, evaluate=False),
            "Zero along the torus psi_w = psi_u + psi_v alone, whatever the maxima of the other classes.",
            Nonnegative(-variation("generic")),
        ),
        Step(
            "A mixture is a saddle",
            equal(Subs(Derivative(_along_a_mixture(1, 1, 1), (_MOVE, 2)), _MOVE, 0), mixture()),
            "c_k a_k is the same for both classes: c (a + eps t)^3 over both gives U (1 + 3 eps^2), the norms -3/2.",
            Rewriting(),
        ),
        Step(
            "The other way from a mixture",
            equal(Subs(Derivative(_along_a_mixture(1, -1, 0), (_MOVE, 2)), _MOVE, 0), -4 * sym.U),
            "u and v moved against one another: down.",
            Rewriting(),
        ),
    )
    return Derivation("MOD-08", "Local maxima of the utility.", steps, "this project")


def _at_class(frequency: str, claimed: Expr) -> Step:
    norms = (1 + _MOVE**2 * size**2 for size in (sym.size_u, sym.size_v, sym.size_w))
    turn = sym.phase_w - sym.phase_u - sym.phase_v if frequency == "generic" else Integer(0)
    along = sym.U * cos(_MOVE * turn)
    for norm in norms:
        along = along / sqrt(norm)
    return Step(
        f"Second variation, {frequency} frequency",
        equal(Subs(Derivative(along, (_MOVE, 2)), _MOVE, 0), claimed),
        "Moves into other classes enter the norms, and the utility by their product alone: to third order.",
        Rewriting(),
    )


def _along_a_mixture(*moves: int) -> Expr:
    """Utility with amplitudes (a, b) + eps*move*(-b, a) of u, v and w, a = cos, b = sin of an angle, c_k a_k = U."""
    first, second = Integer(1), Integer(1)
    norm = Integer(1)
    for move in moves:
        first *= _A - _MOVE * move * _B
        second *= _B + _MOVE * move * _A
        norm *= sqrt((_A**2 + _B**2) * (1 + _MOVE**2 * move**2))
    # c_1 = U/a, c_2 = U/b up to the norm of (a, b), which is put in: the value at 0 is U.
    return sym.U * sqrt(_A**2 + _B**2) * (first / _A + second / _B) / norm
