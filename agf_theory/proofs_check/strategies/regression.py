"""Data X, y of a regression: any shape, and on request with ties, collinear columns and what else goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from agf_theory.proofs_check.strategies.matrices import rational_matrices
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, product
from agf_theory.proofs_check.strategies.rationals import simple_rationals

__all__ = ["DEGENERACIES", "Degeneracy", "RegressionData", "regression_data"]

Degeneracy = Callable[[DrawFn, Matrix, Vector], "RegressionData"]


@dataclass(frozen=True)
class RegressionData:
    """A design and its targets.

    Attributes
    ----------
    X : n rows of d fractions
    y : n fractions
    """

    X: Matrix
    y: Vector


@st.composite
def regression_data(
    draw: DrawFn, *, rows: int = 6, columns: int = 5, degeneracies: Sequence[str] = (), denominators: int = 4
) -> RegressionData:
    """Data of every shape up to the given one, small and simple first.

    The largest design is drawn whole, with one bit a row and one a column that keeps it: to drop a row or a column is
    one choice for the library, so that counterexamples shrink to few of either. Degeneracies then change the data, at
    most two of them, and shrink to none.

    Parameters
    ----------
    rows, columns : int
        Largest numbers of samples and coordinates; at least one of each is kept.
    degeneracies : sequence of str
        Which may occur; see `DEGENERACIES`.
    denominators : int
        Largest denominator of an entry.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(regression_data(rows=2, columns=2), lambda data: len(data.X[0]) == 2 and all(data.X[0]))
    RegressionData(X=((Fraction(1, 1), Fraction(1, 1)),), y=(Fraction(0, 1),))
    """
    entries = simple_rationals(-3, 3, denominators=denominators)
    everything = draw(rational_matrices(rows, columns, entries=entries))
    targets = [draw(entries) for _ in range(rows)]
    kept_rows = [i for i in range(rows) if draw(st.booleans())] or [0]
    kept_columns = [j for j in range(columns) if draw(st.booleans())] or [0]
    data = RegressionData(
        tuple(tuple(everything[i][j] for j in kept_columns) for i in kept_rows), tuple(targets[i] for i in kept_rows)
    )
    if degeneracies:
        for name in draw(st.lists(st.sampled_from(tuple(degeneracies)), max_size=2)):
            data = DEGENERACIES[name](draw, data.X, data.y)
    return data


def _duplicated(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """One column repeated, or repeated with the other sign."""
    source, target = _two_columns(draw, X)
    sign = draw(st.sampled_from((1, -1)))
    return RegressionData(tuple(_replaced(row, target, sign * row[source]) for row in X), y)


def _zero_column(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    target = draw(st.integers(0, len(X[0]) - 1))
    return RegressionData(tuple(_replaced(row, target, Fraction(0)) for row in X), y)


def _collinear(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """One column a combination of the others; zero if there are none."""
    target = draw(st.integers(0, len(X[0]) - 1))
    weights = [draw(simple_rationals(-1, 1, denominators=2)) for _ in X[0]]
    weights[target] = Fraction(0)
    combined = product(X, tuple((weight,) for weight in weights))
    return RegressionData(tuple(_replaced(row, target, entry) for row, (entry,) in zip(X, combined, strict=True)), y)


def _nearly_collinear(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """One column close to another: a hundredth of what it was is left."""
    source, target = _two_columns(draw, X)
    return RegressionData(tuple(_replaced(row, target, row[source] + row[target] / 100) for row in X), y)


def _ties(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """Entries −1, 0, 1: exact ties in times, gradients and faces."""
    signs = tuple(tuple(Fraction((e > 0) - (e < 0)) for e in row) for row in X)
    return RegressionData(signs, tuple(Fraction((t > 0) - (t < 0)) for t in y))


def _orthogonal(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """Orthogonal columns of several lengths: what is off the diagonal goes."""
    return RegressionData(
        tuple(tuple(e if i == j else Fraction(0) for j, e in enumerate(row)) for i, row in enumerate(X)), y
    )


def _sparse(draw: DrawFn, X: Matrix, y: Vector) -> RegressionData:
    """Targets of a sparse coefficient vector, without noise."""
    beta = [draw(simple_rationals(-2, 2, denominators=2)) if draw(st.booleans()) else Fraction(0) for _ in X[0]]
    return RegressionData(X, tuple(entry for (entry,) in product(X, tuple((b,) for b in beta))))


def _two_columns(draw: DrawFn, X: Matrix) -> tuple[int, int]:
    last = len(X[0]) - 1
    return draw(st.integers(0, last)), draw(st.integers(0, last))


def _replaced(row: Vector, column: int, entry: Fraction) -> Vector:
    return (*row[:column], entry, *row[column + 1 :])


DEGENERACIES: dict[str, Degeneracy] = {
    "sparse": _sparse,
    "orthogonal": _orthogonal,
    "zero column": _zero_column,
    "duplicated": _duplicated,
    "collinear": _collinear,
    "correlated": _nearly_collinear,
    "ties": _ties,
}
"""What may be done to data, by name: each is one legal input that tends to break a careless algorithm."""
