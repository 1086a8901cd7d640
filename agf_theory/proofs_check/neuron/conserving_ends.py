"""Starts of single linear neurons and interpolants that flow may end at, in fractions: equal imbalance, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import flint

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.linear.rational_draws import any_matrix, unit_column
from agf_theory.proofs_check.neuron.rational_neurons import column, dot
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "CONSERVED",
    "INTERPOLATES",
    "ONE_RATE",
    "ROWS_ALONE",
    "SIGN_KEPT",
    "UNIT_RATES",
    "WITHOUT_INNER",
    "ConservingEnd",
    "NeuronWithEnd",
]

SHAPES = ((1, 2), (1, 3), (2, 3), (2, 4), (1, 4), (3, 4))
ONE_RATE = (Fraction(1), Fraction(1))


@dataclass(frozen=True)
class ConservingEnd:
    """A start and an end of a single linear neuron on data.

    Attributes
    ----------
    X : (n, d)
    y : (n,)
    a0, w0 : Fraction, (d,)
        At the start.
    a, w : Fraction, (d,)
        At the end.
    rates : (Fraction, Fraction)
        Of a and of w.
    """

    X: Matrix
    y: Vector
    a0: Fraction
    w0: Vector
    a: Fraction
    w: Vector
    rates: tuple[Fraction, Fraction] = ONE_RATE

    @property
    def delta(self) -> Fraction:
        """At the start."""
        return self.rates[1] * self.a0**2 - self.rates[0] * dot(self.w0, self.w0)

    @property
    def beta0(self) -> Vector:
        return tuple(self.a0 * entry for entry in self.w0)

    @property
    def beta(self) -> Vector:
        """At the end."""
        return tuple(self.a * entry for entry in self.w)

    @property
    def sign_kept(self) -> int:
        """sgn(a_0) sgn(a_∞)."""
        return _sign(self.a0) * _sign(self.a)

    def shifts(self) -> tuple[Vector, ...]:
        """A basis of the z with X z = 0: by which an interpolant may be shifted."""
        rows, width = len(self.X), len(self.w)
        entries = [flint.fmpq(e.numerator, e.denominator) for row in self.X for e in row]
        reduced, rank = flint.fmpq_mat(rows, width, entries).rref()
        table = [[Fraction(int(e.p), int(e.q)) for e in row] for row in reduced.table()]
        pivots = [next(j for j, entry in enumerate(row) if entry) for row in table[:rank]]
        free = [j for j in range(width) if j not in pivots]
        found = []
        for chosen in free:
            shift = [Fraction(int(j == chosen)) for j in range(width)]
            for row, pivot in zip(table, pivots, strict=False):
                shift[pivot] = -row[chosen]
            found.append(tuple(shift))
        return tuple(found)

    def __str__(self) -> str:
        rows = "; ".join(" ".join(map(str, row)) for row in self.X)
        weights = (
            f"a = {a}, w = [{' '.join(map(str, w))}] {when}"
            for a, w, when in ((self.a0, self.w0, "at the start"), (self.a, self.w, "at the end"))
        )
        told = f"X = [{rows}], y = [{' '.join(map(str, self.y))}], {', '.join(weights)}"
        return told if self.rates == ONE_RATE else f"{told}, rates {self.rates[0]}, {self.rates[1]}"


def _interpolates(end: ConservingEnd) -> bool:
    return column(product(end.X, tuple((entry,) for entry in end.beta))) == end.y


def _conserved(end: ConservingEnd) -> bool:
    return replace(end, a0=end.a, w0=end.w).delta == end.delta


def _rows_alone(end: ConservingEnd) -> bool:
    moved = tuple(last - first for last, first in zip(end.w, end.w0, strict=True))
    return all(dot(shift, moved) == 0 for shift in end.shifts())


WITHOUT_INNER = ConservingEnd(
    ((Fraction(1), Fraction(0)),),
    (Fraction(15),),
    Fraction(4),
    (Fraction(0), Fraction(0)),
    Fraction(5),
    (Fraction(3), Fraction(0)),
)
"""The map at the start is zero, and so is what pulls towards it."""

INTERPOLATES = Relation("the end interpolates, X β_∞ = y", lambda instance: _interpolates(instance["end"]))
CONSERVED = Relation("δ at the end is that at the start", lambda instance: _conserved(instance["end"]))
ROWS_ALONE = Relation(
    "w has moved along the rows of X alone, as under any loss of X β", lambda instance: _rows_alone(instance["end"])
)
SIGN_KEPT = Relation(
    "a ends with the sign it had, as where β(t) is zero at no time", lambda instance: instance["end"].sign_kept > 0
)
UNIT_RATES = Relation("both rates are one", lambda instance: instance["end"].rates == ONE_RATE)


@dataclass(frozen=True)
class NeuronWithEnd(Hypothesis):
    """A single linear neuron with a start and an end, its map at the end not zero.

    Attributes
    ----------
    two_rates : bool
        Rates are drawn for every other one; otherwise they are one.
    """

    variable: str = "end"
    two_rates: bool = False
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        end = instance[self.variable]
        return isinstance(end, ConservingEnd) and any(end.beta)

    def draw(self, random: Random, size: int) -> ConservingEnd:
        n, d = SHAPES[size % len(SHAPES)]
        rates = ONE_RATE
        if self.two_rates and size % 2:
            rates = (Fraction(random.randint(1, 9), 4), Fraction(random.randint(1, 9), 4))
        X = any_matrix(random, n, d)
        a = Fraction(random.choice((-1, 1)) * random.randint(1, 6), random.randint(1, 3))
        w = tuple(Fraction(random.randint(-6, 6), 2) for _ in range(d))
        if size % 4 == 2 and rates == ONE_RATE:  # balanced
            w = tuple(abs(a) * entry for entry in unit_column(random, d))
        if not any(w):
            w = (Fraction(1), *w[1:])
        a0, w0 = _start(random, X, a, w, rates)
        y = column(product(X, tuple((a * entry,) for entry in w)))
        return ConservingEnd(X, y, a0, w0, a, w, rates)

    def strategy(self) -> SearchStrategy[ConservingEnd]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 11))

    def encode(self, value: ConservingEnd) -> dict[str, Any]:
        vectors = {name: list(map(str, getattr(value, name))) for name in ("y", "w0", "w", "rates")}
        return {"X": [list(map(str, row)) for row in value.X], "a0": str(value.a0), "a": str(value.a)} | vectors

    def decode(self, plain: Any) -> ConservingEnd:
        try:
            X = tuple(tuple(parse_number(entry, "X") for entry in row) for row in plain["X"])
            y, w0, w, rates = (
                tuple(parse_number(entry, name) for entry in plain[name]) for name in ("y", "w0", "w", "rates")
            )
            a0, a = (parse_number(plain[name], name) for name in ("a0", "a"))
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object as `encode` gives it is required") from None
        if len(rates) != 2 or len(y) != len(X) or any(len(row) != len(w) for row in X) or len(w0) != len(w):
            raise InputError(f"{self.variable}: sizes of X, y, w0, w and rates that fit are required")
        return ConservingEnd(X, y, a0, w0, a, w, (rates[0], rates[1]))

    def __str__(self) -> str:
        return "a single linear neuron with its start, and an end whose map is not zero"

    @property
    def range_drawn(self) -> str:
        return "one to three samples, two to four inputs, rational weights"


def _start(
    random: Random, X: Matrix, a: Fraction, w: Vector, rates: tuple[Fraction, Fraction]
) -> tuple[Fraction, Vector]:
    """A rational start with the imbalance of the end, on a line of starts w − t e, a + t c: linear in t."""
    outer, inner = rates
    mixed = tuple((Fraction(random.randint(-3, 3)),) for _ in X)
    along = column(product(transpose(X), mixed))
    change = Fraction(random.randint(-4, 4), random.randint(1, 2))
    curvature = outer * dot(along, along) - inner * change**2
    if curvature == 0:  # no second try: where choices are made by a search, it may insist on the first
        return a, w
    step = 2 * (inner * a * change + outer * dot(w, along)) / curvature
    return a + step * change, tuple(entry - step * e for entry, e in zip(w, along, strict=True))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
