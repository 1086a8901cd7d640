"""What the hypotheses of LIN-18 and LIN-19 are for: networks without one of them, whose modes move otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.aligned_networks import (
    BALANCED,
    IMBALANCED,
    ORTHOGONAL_HIDDEN,
    WHITENED,
    AlignedNetwork,
    strength_series,
)
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.strategies.rational_matrix import identity

__all__ = ["LIN_18_NEEDS", "LIN_19_NEEDS"]

Witness = Mapping[str, Any]


def moves_otherwise(formula: Any, witness: Witness) -> Evidence:
    """The exact velocity of the first mode's strength in the whole network, against the formula's."""
    network = witness["network"]
    seen = strength_series(network, 1)[0][1]
    values = {
        sym.strength: network.strengths[0],
        sym.sigma_k: network.sigma[0],
        sym.variance: network.variance[0],
        sym.imbalance: network.imbalances[0],
    }
    with flint.ctx.workprec(PRECISION):
        claimed = ball_value(formula.velocity(), values)
        fails = bool(claimed != ball(seen))
    figures = {"velocity": seen, "claimed": claimed.str(8)}
    return failure(fails, Level.CERTIFIED, "the strength moves otherwise", {"network": str(network)}, **figures)


def stays_at_the_saddle(formula: Any, witness: Witness) -> Evidence:
    """A balanced mode that starts negative tends to zero (LIN-18), and not to σ; the variable Q has no value."""
    network = witness["network"]
    start = network.strengths[0]
    strength = sympy.Rational(start.numerator, start.denominator)
    value = formula.ratio().subs({sym.strength: strength, sym.imbalance: 0})
    none = bool(value.has(sympy.nan, sympy.zoo))
    detail = "the variable of the Riccati equation has no value"
    return failure(none, Level.EXACT, detail, {"network": str(network)}, value=str(value))


def small_network(
    alpha: tuple[int, ...], omega: tuple[int, ...], *, variance: int = 1, directions: tuple[int, ...] = (0,)
) -> AlignedNetwork:
    """Modes of singular value 3 along the axes."""
    size = len(alpha)
    axes = identity(size)
    return AlignedNetwork(
        axes,
        axes,
        axes,
        tuple(map(Fraction, alpha)),
        tuple(map(Fraction, omega)),
        (Fraction(3),) * size,
        (Fraction(variance),) * size,
        directions,
    )


LIN_18_NEEDS = (
    Necessity(BALANCED, {"network": small_network((2,), (1,))}, moves_otherwise, (ORTHOGONAL_HIDDEN,)),
    Necessity(
        ORTHOGONAL_HIDDEN, {"network": small_network((1, 1), (1, 1), directions=(0, 0))}, moves_otherwise, (BALANCED,)
    ),
)
LIN_19_NEEDS = (
    Necessity(IMBALANCED, {"network": small_network((1,), (-1,))}, stays_at_the_saddle, (ORTHOGONAL_HIDDEN, WHITENED)),
    Necessity(
        ORTHOGONAL_HIDDEN,
        {"network": small_network((2, 2), (1, 1), directions=(0, 0))},
        moves_otherwise,
        (IMBALANCED, WHITENED),
    ),
    Necessity(
        WHITENED,
        {"network": small_network((2,), (1,), variance=2)},
        moves_otherwise,
        (IMBALANCED, ORTHOGONAL_HIDDEN),
    ),
)
