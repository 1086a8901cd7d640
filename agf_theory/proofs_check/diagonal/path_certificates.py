"""Certificates about paths of diagonal networks, as the independent checker reads them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import flint

from agf_theory.problems import DiagonalNetwork
from agf_theory.proofs_check.diagonal.reference_path import Knot, Quadratic, quadratic_of

__all__ = ["interval", "least_norm_item", "path_item"]

GRID = 2**120
"""Enclosures end on multiples of its inverse: 36 digits, six more than the checker asks for."""


def path_item(problem: DiagonalNetwork, path: Sequence[Knot]) -> dict[str, Any]:
    """The exact data of a problem and the saddles of its path, each with its loss ‖Xβ − y‖²/(2n)."""
    loss, constant = quadratic_of(problem), _loss_at_zero(problem)
    rows, targets = _rows(problem)
    return {
        "title": problem.title or "",
        "X": _texts(rows),
        "y": _texts(targets),
        "initial_loss": str(constant),
        "saddles": [_saddle(loss, constant, knot) for knot in path],
    }


def least_norm_item(problem: DiagonalNetwork, path: Sequence[Knot], end: Knot) -> dict[str, Any]:
    """The path up to the given end, the multiplier w with Xᵀw = s there, and the ℓ1 norm.

    The dual variable is the drift −Σ Δt ∇L, and ∇L = Xᵀ(Xβ − y)/n: the residuals along the path add up to w.
    """
    rows, targets = _rows(problem)
    knots = (*path[:-1], end) if path else ()
    multiplier = [Fraction(0)] * problem.n
    time, beta = Fraction(0), (Fraction(0),) * problem.d
    for knot in knots:
        share = (knot.time - time) / problem.n
        fits = (sum((x * b for x, b in zip(row, beta, strict=True)), Fraction(0)) for row in rows)
        multiplier = [w + share * (t - fit) for w, t, fit in zip(multiplier, targets, fits, strict=True)]
        time, beta = knot.time, knot.coefficients
    norm = sum(map(abs, end.coefficients), Fraction(0))
    return {**path_item(problem, knots), "multiplier": _texts(multiplier), "l1_norm": str(norm)}


def interval(value: flint.arb) -> list[str]:
    """Rational ends that enclose a ball: rounded outwards to the grid, and one step further."""
    # Mid-point and radius are exact whatever the precision at work here; lower() and upper() would be rounded to it.
    middle, radius = _fraction(value.mid()), _fraction(value.rad())
    if not radius and middle.denominator <= GRID:
        return [str(middle), str(middle)]
    low, high = (middle - radius) * GRID, (middle + radius) * GRID
    return [str(Fraction(floor(low) - 1, GRID)), str(Fraction(ceil(high) + 1, GRID))]


def _fraction(point: flint.arb) -> Fraction:
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _saddle(loss: Quadratic, constant: Fraction, knot: Knot) -> dict[str, Any]:
    return {
        "time": str(knot.time),
        "dual": _texts(knot.dual),
        "coefficients": _texts(knot.coefficients),
        "loss": str(loss.loss(knot.coefficients) + constant),
    }


def _rows(problem: DiagonalNetwork) -> tuple[list[list[Fraction]], list[Fraction]]:
    X, y = problem.rational_X, problem.rational_y
    rows = [[Fraction(int(X[i, j].p), int(X[i, j].q)) for j in range(problem.d)] for i in range(problem.n)]
    return rows, [Fraction(int(y[i, 0].p), int(y[i, 0].q)) for i in range(problem.n)]


def _loss_at_zero(problem: DiagonalNetwork) -> Fraction:
    return sum((t * t for t in _rows(problem)[1]), Fraction(0)) / (2 * problem.n)


def _texts(values: Any) -> Any:
    return [_texts(value) for value in values] if isinstance(values, (list, tuple)) else str(values)
