"""The limiting sequence in plain fractions, one idea a function, so that any step can be replaced by a wrong one.

Written for small d and for checks: the constrained minimiser tries every support. The routes under test are in
`agf_theory.numeric`; nothing of them is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import flint

from agf_theory.problems import DiagonalNetwork

__all__ = [
    "THEORY",
    "Knot",
    "Quadratic",
    "Round",
    "Rules",
    "clip_once",
    "constrained_minimiser",
    "follow",
    "is_the_only_minimiser",
    "quadratic_of",
    "refit_once",
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

    def scaled(self, factor: Fraction) -> Quadratic:
        """The loss times a factor."""
        gram = tuple(tuple(factor * g for g in row) for row in self.gram)
        return Quadratic(gram, tuple(factor * target for target in self.linear))


def quadratic_of(problem: DiagonalNetwork) -> Quadratic:
    """The loss of a problem, from its exact data."""
    X, y, n = problem.rational_X, problem.rational_y, problem.n
    gram, linear = X.transpose() * X, X.transpose() * y
    d = problem.d
    return Quadratic(
        tuple(tuple(_fraction(gram[i, j]) / n for j in range(d)) for i in range(d)),
        tuple(_fraction(linear[i, 0]) / n for i in range(d)),
    )


@dataclass(frozen=True)
class Rules:
    """What one round of the limiting sequence does, rule by rule; the defaults are the theory's.

    Attributes
    ----------
    minimise : function of the loss and of the bound coordinates with their signs
        Where the coefficients settle.
    loss_factor : function of the problem
        The loss is this multiple of ‖Xβ − y‖²/(2n).
    level : Fraction
        Size of the dual variable at which a coordinate becomes active.
    duration : function of the waits, by coordinate
        How long the drift lasts; the waits are those that lie ahead.
    clock : function of the time and a duration
        The next time.
    bound : function of a `Round`
        Whom the minimiser may activate, and with which sign.
    carried : function of a `Round` and of the coefficients reached
        The dual variable with which the next round starts.
    arrived : function of the coefficients and the gradient
        Whether the sequence ends here.
    """

    minimise: Minimiser = field(default=lambda loss, bound: constrained_minimiser(loss, bound))
    loss_factor: Callable[[DiagonalNetwork], Fraction] = lambda problem: Fraction(1)
    level: Fraction = Fraction(1)
    duration: Callable[[Mapping[int, Fraction]], Fraction] = lambda waits: min(waits.values())
    clock: Callable[[Fraction, Fraction], Fraction] = lambda time, duration: time + duration
    bound: Callable[[Round], Mapping[int, int]] = lambda now: now.at_the_level()
    carried: Callable[[Round, Vector], Vector] = lambda now, reached: now.dual
    arrived: Callable[[Vector, Vector], bool] = lambda beta, gradient: not any(gradient)


@dataclass(frozen=True)
class Round:
    """The end of a drift: what the rules decide on.

    Attributes
    ----------
    level : Fraction
    before, dual : tuple of Fraction
        The dual variable at the start and at the end of the drift.
    coefficients : tuple of Fraction
        During the drift.
    """

    level: Fraction
    before: Vector
    dual: Vector
    coefficients: Vector

    def at_the_level(self) -> dict[int, int]:
        """Coordinates whose dual variable is at the level (or, by a wrong rule, beyond it), with its sign."""
        return {i: _sign(s) for i, s in enumerate(self.dual) if abs(s) >= self.level}


THEORY = Rules()


def follow(problem: DiagonalNetwork, rules: Rules = THEORY, *, start: Vector | None = None) -> tuple[Knot, ...]:
    """The saddles from β = 0 on.

    Parameters
    ----------
    problem : DiagonalNetwork
    rules : Rules
    start : tuple of Fraction, optional
        The dual variable at time zero, inside the boundary; the theory has s = 0.

    Returns
    -------
    tuple of Knot
        At most `LONGEST`: a wrong rule may go round in circles. A knot holds the dual variable that is carried on.
    """
    loss, d = quadratic_of(problem).scaled(rules.loss_factor(problem)), problem.d
    time, dual, beta = Fraction(0), start or (Fraction(0),) * d, (Fraction(0),) * d
    knots: list[Knot] = []
    while not rules.arrived(beta, gradient := loss.gradient(beta)) and len(knots) < LONGEST:
        slopes = {i: g for i, g in enumerate(gradient) if g}
        waits = {i: (rules.level + dual[i] * _sign(g)) / abs(g) for i, g in slopes.items()}
        if not (ahead := {i: wait for i, wait in waits.items() if wait > 0}):
            break
        duration = rules.duration(ahead)
        drifted = tuple(s - duration * g for s, g in zip(dual, gradient, strict=True))
        now = Round(rules.level, dual, drifted, beta)
        beta = rules.minimise(loss, rules.bound(now))
        time, dual = rules.clock(time, duration), rules.carried(now, beta)
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


def refit_once(loss: Quadratic, bound: Mapping[int, int]) -> Vector:
    """Not always the minimum: as `clip_once`, and least squares over what is left; signs are not looked at again."""
    return _restricted(loss, tuple(i for i, b in enumerate(clip_once(loss, bound)) if b))


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
