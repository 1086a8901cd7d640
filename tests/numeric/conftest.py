"""Independent routes for the numeric floor: brute force in fractions, ρ(α) by mpmath, and small random designs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import mpmath
import pytest
from hypothesis import strategies as st

from agf_theory.problems import DiagonalNetwork, InitScale

Vector = list[Fraction]


@dataclass(frozen=True)
class BruteSaddle:
    """What does not depend on which minimiser is taken: time, dual, fit, gradient and loss after one jump."""

    time: Fraction
    dual: Vector
    fit: Vector
    gradient: Vector
    loss: Fraction


def solve(matrix: list[Vector], right: Vector) -> Vector | None:
    """Gauss and Jordan's elimination; None if the matrix is singular."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k]:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def dot(left: Vector, right: Vector) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def exact_data(problem: DiagonalNetwork) -> tuple[list[Vector], Vector]:
    """Columns of X and y as Python fractions."""
    X, y = problem.rational_X, problem.rational_y
    columns = [[Fraction(int(X[k, i].p), int(X[k, i].q)) for k in range(problem.n)] for i in range(problem.d)]
    return columns, [Fraction(int(y[k, 0].p), int(y[k, 0].q)) for k in range(problem.n)]


def brute_fit(columns: list[Vector], y: Vector, signs: dict[int, int]) -> Vector:
    """Fit of the constrained minimisers: the best over every support on which least squares has the right signs.

    Some minimiser has linearly independent columns (Carathéodory), so that singular supports can be passed over.
    """
    best, fit = dot(y, y), [Fraction(0)] * len(y)
    for size in range(1, len(signs) + 1):
        for support in combinations(sorted(signs), size):
            gram = [[dot(columns[i], columns[j]) for j in support] for i in support]
            values = solve(gram, [dot(columns[i], y) for i in support])
            if values is None or any(v * signs[i] < 0 for i, v in zip(support, values, strict=True)):
                continue
            trial = [dot(values, [columns[i][k] for i in support]) for k in range(len(y))]
            error = sum(((a - b) ** 2 for a, b in zip(trial, y, strict=True)), Fraction(0))
            if error < best:
                best, fit = error, trial
    return fit


def brute_path(problem: DiagonalNetwork) -> list[BruteSaddle]:
    """Section 4 of the theory as it is written, every constrained minimum by trying every support."""
    columns, y = exact_data(problem)
    n, time, dual, fit = problem.n, Fraction(0), [Fraction(0)] * problem.d, [Fraction(0)] * problem.n
    saddles: list[BruteSaddle] = []
    while True:
        gradient = [dot(column, [a - b for a, b in zip(fit, y, strict=True)]) / n for column in columns]
        if saddles:
            last = saddles[-1]
            loss = sum(((a - b) ** 2 for a, b in zip(fit, y, strict=True)), Fraction(0)) / (2 * n)
            saddles[-1] = BruteSaddle(last.time, last.dual, fit, gradient, loss)
        waits = [(s - bound) / g for s, g in zip(dual, gradient, strict=True) if g for bound in (1, -1)]
        if not waits:
            return saddles
        wait = min(w for w in waits if w > 0)
        time, dual = time + wait, [s - wait * g for s, g in zip(dual, gradient, strict=True)]
        fit = brute_fit(columns, y, {i: int(s) for i, s in enumerate(dual) if abs(s) == 1})
        saddles.append(BruteSaddle(time, dual, fit, gradient, Fraction(0)))


@st.composite
def _small_designs(draw: st.DrawFn) -> DiagonalNetwork:
    """Up to four rows and four columns of tiny integers or halves: ties, dependent and zero columns are common."""
    n, d = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    entry = st.integers(-2, 2) if draw(st.booleans()) else st.integers(-5, 5).map(lambda k: Fraction(k, 2))
    X = draw(st.lists(st.lists(entry, min_size=d, max_size=d), min_size=n, max_size=n))
    return DiagonalNetwork(X, draw(st.lists(entry, min_size=n, max_size=n)))


@pytest.fixture(scope="session")
def brute_force() -> Callable[[DiagonalNetwork], list[BruteSaddle]]:
    return brute_path


@pytest.fixture(scope="session")
def brute_force_fit() -> Callable[[DiagonalNetwork, dict[int, int]], Vector]:
    return lambda problem, signs: brute_fit(*exact_data(problem), signs)


@pytest.fixture(scope="session")
def small_designs() -> st.SearchStrategy[DiagonalNetwork]:
    return _small_designs()


@pytest.fixture(scope="session")
def clock_ratio() -> Callable[..., str]:
    """ρ(α) = arccosh(1/(2α²)) / (2 log(1/α)), with α² for 2α² in the slides' convention; 55 digits, as text."""

    def ratio(scale: InitScale, convention: str = "paper") -> str:
        with mpmath.workdps(70 + 2 * int(scale.log_inverse)):  # ρ − 1 is of size α⁴
            alpha = mpmath.mpf(scale.fraction.numerator) / scale.fraction.denominator
            factor = 2 if convention == "paper" else 1
            return str(mpmath.nstr(mpmath.acosh(1 / (factor * alpha**2)) / (2 * mpmath.log(1 / alpha)), 55))

    return ratio
