"""MOD-17: energies by Parseval, and the loss that classes not yet learned leave."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Integral, Symbol, cos

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import levels
from agf_theory.closed_form.obligations import Rewriting

__all__ = ["mod_17"]

SOURCE = "[kunin2025], modular addition; Nyquist frequency, this project"
P, X, E = sym.modulus, sym.template_size, sym.class_energy
ANGLE = Symbol("theta", real=True)  # of the component at one position
PART = Symbol("s", nonnegative=True)  # of the component that is learned


def mod_17(
    generic_energy: Callable[[], Expr] = levels.generic_energy,
    self_conjugate_energy: Callable[[], Expr] = levels.self_conjugate_energy,
    level_share: Callable[[], Expr] = levels.level_share,
    coordinate_mean_share: Callable[[], Expr] = levels.coordinate_mean_share,
) -> Derivation:
    """The squared norm of one component, summed over the positions."""
    steps = (
        Step(
            "A generic component at one position",
            equal((2 * X * cos(ANGLE) / P) ** 2, generic_energy() * (1 + cos(2 * ANGLE)) / P),
            "The component is 2 X cos(theta)/p with theta = 2 pi k a/p + psi_x. Over the positions, cos(2 theta) sums "
            "to zero: what is left is the energy.",
            Rewriting(("exponentials",)),
        ),
        Step(
            "The Nyquist component, or the mean, at one position",
            equal((X * cos(ANGLE) / P) ** 2, self_conjugate_energy() * (1 + cos(2 * ANGLE)) / (2 * P)),
            "One term X cos(theta)/p with theta a multiple of pi: cos(2 theta) is one at every position.",
            Rewriting(("exponentials",)),
        ),
        Step(
            "The mean over coordinates",
            equal(Integral(2 * E * (1 - PART) / P, (PART, 0, 1)), coordinate_mean_share()),
            "Without the half, and divided by p.",
            Rewriting(),
        ),
        Step(
            "What a class adds to the loss",
            equal(Integral(E * (1 - PART), (PART, 0, 1)), level_share()),
            "With a part s of it learned the residual is (1 - s) times its component, shifted, for every pair: so the "
            "loss falls by this from s = 0 to s = 1. Components of different classes are orthogonal: losses add.",
            Rewriting(),
        ),
    )
    return Derivation("MOD-17", "Levels of the loss are half the energies of the classes left.", steps, SOURCE)
