"""The limiting sequence in plain fractions, one idea a function, so that any step can be replaced by a wrong one.

Written for small d and for checks: the constrained minimiser tries every support. The routes under test are in
`agf_theory.numeric`; nothing of them is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import flint

from agf_theory.problems import DiagonalNetwork

__all__ = [
    "Knot",
    "Quadratic",
    "clip_once",
    "constrained_minimiser",
    "follow",
    "is_the_only_minimiser",
    "quadratic_of",
    "signs_ignored",
]

LONGEST = 60
"""Jumps after which a path is cut; those of the few coordinates that occur here are ten times shorter."""

Vector = tuple[Fraction, ...]
Minimiser = Callable[["Quadratic", Mapping[int, int]], Vector]


@dataclass(frozen=True)
class Knot:
    """One saddle: when it is reached, the dual variable then, and the coefficients.

    Times are flow time for the loss ‖Xβ − y‖²/(2n), divided by log(1/α).
    """

    time: Fraction
    dual: Vector
    coefficients: Vector


@dataclass(frozen=True)
class Quadratic:
    """The loss ½ βᵀGβ − bᵀβ + const, exactly."""

    gram: tuple[Vector, ...]
    linear: Vector

    def gradient(self, beta: Vector) -> Vector:
        return tuple(
            sum((g * b for g, b in zip(row, beta, strict=True)), -target)
            for row, target in zip(self.gram, self.linear, strict=True)
        )

    def loss(self, beta: Vector) -> Fraction:
        """Without its constant, so that it may be negative."""
        pairs = zip(beta, self.gradient(beta), self.linear, strict=True)
        return sum((b * (slope - target) for b, slope, target in pairs), Fraction(0)) / 2


def quadratic_of(problem: DiagonalNetwork) -> Quadratic:
    """The loss of a problem, from its exact data."""
    X, y, n = problem.rational_X, problem.rational_y, problem.n
    gram, linear = X.transpose() * X, X.transpose() * y
    d = problem.d
    return Quadratic(
        tuple(tuple(_fraction(gram[i, j]) / n for j in range(d)) for i in range(d)),
        tuple(_fraction(linear[i, 0]) / n for i in range(d)),
    )


def follow(
    problem: DiagonalNetwork, minimise: Minimiser, *, reset_leavers: bool = False, start: Vector | None = None
) -> tuple[Knot, ...]:
    """The saddles from β = 0 on, with the given minimiser over the coordinates at the boundary.

    Parameters
    ----------
    problem : DiagonalNetwork
    minimise : callable (quadratic, bound) -> coefficients
        `bound` maps each coordinate with |s| = 1 to its sign.
    reset_leavers : bool
        A coordinate that returns to dormancy starts again from s = 0 (wrong) instead of from the boundary.
    start : tuple of Fraction, optional
        The dual variable at time zero, inside the boundary; the theory has s = 0.

    Returns
    -------
    tuple of Knot
        At most `LONGEST`: a wrong minimiser may go round in circles.
    """
    loss, d = quadratic_of(problem), problem.d
    time, dual, beta = Fraction(0), start or (Fraction(0),) * d, (Fraction(0),) * d
    knots: list[Knot] = []
    while any(gradient := loss.gradient(beta)) and len(knots) < LONGEST:
        waits = [(1 + s * _sign(g)) / abs(g) for s, g in zip(dual, gradient, strict=True) if g]
        duration = min(wait for wait in waits if wait > 0) if any(wait > 0 for wait in waits) else Fraction(0)
        if duration == 0:
            break
        time += duration
        dual = tuple(s - duration * g for s, g in zip(dual, gradient, strict=True))
        before, beta = beta, minimise(loss, {i: _sign(s) for i, s in enumerate(dual) if abs(s) >= 1})
        if reset_leavers:
            left = [bool(old) and not new for old, new in zip(before, beta, strict=True)]
            dual = tuple(Fraction(0) if gone else s for gone, s in zip(left, dual, strict=True))
        knots.append(Knot(time, dual, beta))
    return tuple(knots)


def constrained_minimiser(loss: Quadratic, bound: Mapping[int, int]) -> Vector:
    """The minimum under the sign constraints: the first support that satisfies every optimality condition."""
    for size in range(len(bound) + 1):
        for support in combinations(bound, size):
            beta = _restricted(loss, support)
            gradient = loss.gradient(beta)
            feasible = all(beta[i] * bound[i] > 0 for i in support)
            stationary = all(gradient[i] == 0 for i in support)
            if feasible and stationary and all(gradient[i] * sign >= 0 for i, sign in bound.items()):
                return beta
    raise AssertionError("a convex quadratic has a minimum on a cone where it is bounded below")


def is_the_only_minimiser(loss: Quadratic, knot: Knot) -> bool:
    """Whether the columns that could share in the saddle are independent: at the boundary, with a gradient of zero."""
    gradient = loss.gradient(knot.coefficients)
    face = [i for i, (s, g) in enumerate(zip(knot.dual, gradient, strict=True)) if abs(s) == 1 and g == 0]
    flat = [flint.fmpq(loss.gram[i][j].numerator, loss.gram[i][j].denominator) for i in face for j in face]
    return bool(flint.fmpq_mat(len(face), len(face), flat).rank() == len(face))


def clip_once(loss: Quadratic, bound: Mapping[int, int]) -> Vector:
    """Not the minimum: least squares over the coordinates at the boundary, wrong signs set to zero afterwards."""
    beta = signs_ignored(loss, bound)
    return tuple(b if b * bound.get(i, 0) > 0 else Fraction(0) for i, b in enumerate(beta))


def signs_ignored(loss: Quadratic, bound: Mapping[int, int]) -> Vector:
    """Not the constrained minimum: least squares over the coordinates at the boundary, so that none ever leaves."""
    return _restricted(loss, tuple(bound))


def _restricted(loss: Quadratic, support: tuple[int, ...]) -> Vector:
    """Least squares over the support; of several solutions the one with zeros in the columns that depend on others."""
    entries = [[loss.gram[i][j] for j in support] + [loss.linear[i]] for i in support]
    flat = [flint.fmpq(e.numerator, e.denominator) for row in entries for e in row]
    reduced, rank = flint.fmpq_mat(len(support), len(support) + 1, flat).rref()
    beta = [Fraction(0)] * len(loss.linear)
    for i in range(rank):
        pivot = next(j for j in range(len(support)) if reduced[i, j] != 0)
        beta[support[pivot]] = _fraction(reduced[i, len(support)])
    return tuple(beta)


def _fraction(number: flint.fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
