"""Designs as instances: data of diagonal networks, generic, hostile and degenerate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, ClassVar

import sympy

from agf_theory.errors import InputError
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["EVERY_DESIGN", "GENERIC_DESIGNS", "Design", "as_rational", "with_leavers_first"]

Matrix = list[list[Fraction]]

GENERIC_DESIGNS = ("gaussian", "correlated", "few samples")
"""Without ties or collinear columns, with probability one."""

EVERY_DESIGN = (*GENERIC_DESIGNS, "square", "sparse", "duplicated", "zero column", "collinear", "ties", "orthogonal")
"""All the inputs that are legal."""


LARGEST_FILE = 10_000
"""Numbers that a stored problem may hold: exact paths of larger ones take hours."""


@dataclass(frozen=True)
class Design(Hypothesis):
    """Data X, y of a diagonal linear network; instances are exact rationals.

    Attributes
    ----------
    kinds : tuple of str
        Which kinds of design occur; see `EVERY_DESIGN`.
    sizes : int
        Largest number of coordinates.
    digits : int
        Entries are multiples of 1/digits: few make ties likely, many exclude them.
    """

    kinds: tuple[str, ...] = GENERIC_DESIGNS
    sizes: int = 6
    digits: int = 64
    variable: str = "problem"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        return isinstance(instance[self.variable], DiagonalNetwork)

    def draw(self, random: Random, size: int) -> DiagonalNetwork:
        kind = random.choice(self.kinds)
        d = random.randint(2, min(self.sizes, 2 + size))
        X = _KINDS[kind](random, d, self.digits)
        y = _TARGETS.get(kind, _noisy)(random, X, self.digits)
        return DiagonalNetwork([[str(x) for x in row] for row in X], [str(t) for t in y], title=f"{kind} design")

    def strategy(self) -> SearchStrategy[DiagonalNetwork]:
        from agf_theory.proofs_check.strategies import DEGENERACIES, regression_data

        degeneracies = [name for name in DEGENERACIES if name in self.kinds]
        return regression_data(rows=min(self.sizes, 5), columns=min(self.sizes, 4), degeneracies=degeneracies).map(
            lambda data: DiagonalNetwork(data.X, data.y)
        )

    def encode(self, value: DiagonalNetwork) -> dict[str, Any]:
        X, y = value.rational_X, value.rational_y
        rows = [[str(X[i, j]) for j in range(value.d)] for i in range(value.n)]
        return {"X": rows, "y": [str(y[i, 0]) for i in range(value.n)]}

    def decode(self, plain: Any) -> DiagonalNetwork:
        if not isinstance(plain, Mapping) or set(plain) != {"X", "y"}:
            raise InputError(f"{self.variable}: an object with X and y is required")
        X, y = plain["X"], plain["y"]
        if not (isinstance(X, list) and all(isinstance(row, list) for row in X) and isinstance(y, list)):
            raise InputError(f"{self.variable}: X as a list of rows and y as a list are required")
        if not sum(map(len, X)) + len(y) <= LARGEST_FILE:
            raise InputError(f"{self.variable}: at most {LARGEST_FILE} numbers are allowed")
        return DiagonalNetwork(
            [[parse_number(entry, f"{self.variable}, X") for entry in row] for row in X],
            [parse_number(entry, f"{self.variable}, y") for entry in y],
        )

    def __str__(self) -> str:
        return f"{self.variable}: any X, y"

    @property
    def range_drawn(self) -> str:
        return f"X, y {', '.join(self.kinds)}; 2 to {self.sizes} coordinates"


def with_leavers_first(random_designs: Iterator[Mapping[str, Any]]) -> Iterator[DiagonalNetwork]:
    """Problems with a name where coordinates leave, then the random ones: leavers are rare by chance."""
    yield from (zoo.get(name, DiagonalNetwork) for name in ("deactivation-2d", "two-leavers", "refit-not-enough"))
    yield from (instance["problem"] for instance in random_designs)


def as_rational(number: Fraction | int) -> Any:
    """The same number for SymPy."""
    fraction = Fraction(number)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _normal(random: Random, digits: int) -> Fraction:
    return Fraction(round(_gauss(random) * digits), digits)


def _gauss(random: Random) -> float:
    """A normal number from one integer: whoever searches for small instances can steer an integer towards zero."""
    return NormalDist().inv_cdf(0.5 + random.randint(-32767, 32767) / 65536)


def _gaussian(random: Random, d: int, digits: int) -> Matrix:
    return _normal_matrix(random, random.randint(d + 1, 2 * d + 2), d, digits)


def _normal_matrix(random: Random, n: int, d: int, digits: int) -> Matrix:
    return [[_normal(random, digits) for _ in range(d)] for _ in range(n)]


def _correlated(random: Random, d: int, digits: int) -> Matrix:
    """AR(1) rows with correlation 0.95: columns that crowd together."""
    rows = []
    for _ in range(random.randint(d + 1, 2 * d + 2)):
        row = [_gauss(random)]
        while len(row) < d:
            row.append(0.95 * row[-1] + (1 - 0.95**2) ** 0.5 * _gauss(random))
        rows.append([Fraction(round(entry * digits), digits) for entry in row])
    return rows


def _few_samples(random: Random, d: int, digits: int) -> Matrix:
    return _normal_matrix(random, random.randint(1, d - 1), d, digits)


def _square(random: Random, d: int, digits: int) -> Matrix:
    return _normal_matrix(random, d, d, digits)


def _duplicated(random: Random, d: int, digits: int) -> Matrix:
    """One column repeated, or repeated with the other sign."""
    source, target = random.sample(range(d), 2)
    sign = random.choice((-1, 1))
    return [_replaced(row, target, sign * row[source]) for row in _gaussian(random, d, digits)]


def _zero_column(random: Random, d: int, digits: int) -> Matrix:
    target = random.randrange(d)
    return [_replaced(row, target, Fraction(0)) for row in _gaussian(random, d, digits)]


def _collinear(random: Random, d: int, digits: int) -> Matrix:
    """One column a combination of the others (a multiple if there is just one other)."""
    target = random.randrange(d)
    weights = [Fraction(random.randint(-2, 2), 2) for _ in range(d)]
    return [
        _replaced(
            row,
            target,
            sum((w * x for i, (w, x) in enumerate(zip(weights, row, strict=True)) if i != target), Fraction(0)),
        )
        for row in _gaussian(random, d, digits)
    ]


def _ties(random: Random, d: int, digits: int) -> Matrix:
    """Entries −1, 0, 1: exact ties in times, gradients and faces."""
    n = random.randint(2, d + 2)
    return [[Fraction(random.randint(-1, 1)) for _ in range(d)] for _ in range(n)]


def _orthogonal(random: Random, d: int, digits: int) -> Matrix:
    """Orthogonal columns of several lengths: coordinates that do not feel one another."""
    lengths = [Fraction(random.randint(1, 4)) for _ in range(d)]
    return [[lengths[i] if i == j else Fraction(0) for j in range(d)] for i in range(d)]


def _replaced(row: list[Fraction], column: int, entry: Fraction) -> list[Fraction]:
    return [*row[:column], entry, *row[column + 1 :]]


def _noisy(random: Random, X: Matrix, digits: int) -> list[Fraction]:
    return [_normal(random, digits) for _ in X]


def _small_integers(random: Random, X: Matrix, digits: int) -> list[Fraction]:
    """Against columns of −1, 0, 1 they give equal gradients, and so exact ties between independent columns."""
    return [Fraction(random.randint(-2, 2)) for _ in X]


def _noiseless(random: Random, X: Matrix, digits: int) -> list[Fraction]:
    """Targets of a sparse coefficient vector, without noise."""
    beta = [_normal(random, digits) if random.random() < 0.5 else Fraction(0) for _ in X[0]]
    return [sum((b * x for b, x in zip(beta, row, strict=True)), Fraction(0)) for row in X]


_TARGETS: dict[str, Callable[[Random, Matrix, int], list[Fraction]]] = {"sparse": _noiseless, "ties": _small_integers}

_KINDS: dict[str, Callable[[Random, int, int], Matrix]] = {
    "gaussian": _gaussian,
    "correlated": _correlated,
    "few samples": _few_samples,
    "square": _square,
    "sparse": _gaussian,
    "duplicated": _duplicated,
    "zero column": _zero_column,
    "collinear": _collinear,
    "ties": _ties,
    "orthogonal": _orthogonal,
}
