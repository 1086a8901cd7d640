"""Second moments as instances: Gaussian ones in general, and small sparse ones for a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import flint

from agf_theory.errors import InputError
from agf_theory.problems import LinearNetwork
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["Moments", "network_of"]

DIGITS = 8
"""Gaussian data are multiples of 1/8: ties among the singular values are then unlikely, and numbers stay short."""

LARGEST_FILE = 1000
"""Numbers that a stored problem may hold."""


@dataclass(frozen=True)
class Moments(Hypothesis):
    """Moments Σ_xx, positive definite, and Σ_yx of a linear network; instances are exact rationals.

    Attributes
    ----------
    sizes : int
        Largest number of inputs and of outputs; the least is two.
    """

    sizes: int = 3
    variable: str = "problem"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        return isinstance(network_of(instance, self.variable), LinearNetwork)

    def draw(self, random: Random, size: int) -> LinearNetwork:
        largest = min(self.sizes, 2 + size)
        c, d = random.randint(2, largest), random.randint(2, largest)
        inputs = _gaussian(random, 2 * d, d)
        while inputs.rank() < d:
            inputs = _gaussian(random, 2 * d, d)
        width = min(c, d) + random.randint(0, 1)
        return LinearNetwork(inputs.transpose() * inputs * flint.fmpq(1, 2 * d), _gaussian(random, c, d), width=width)

    def strategy(self) -> SearchStrategy[LinearNetwork]:
        """Square moments of few small numbers, every other entry off the diagonal zero; they shrink to the identity.

        Each takes a second or more of integration: what is drawn has to be simple from the beginning.
        """
        from hypothesis import strategies as st

        return st.integers(2, self.sizes).flatmap(_sparse)

    def encode(self, value: LinearNetwork) -> dict[str, Any]:
        rows = {"sigma_xx": value.rational_sigma_xx, "sigma_yx": value.rational_sigma_yx}
        return {name: [list(map(str, row)) for row in matrix.tolist()] for name, matrix in rows.items()} | {
            "width": str(value.width)
        }

    def decode(self, plain: Any) -> LinearNetwork:
        names = ("sigma_xx", "sigma_yx", "width")
        if not isinstance(plain, Mapping) or set(plain) != set(names):
            raise InputError(f"{self.variable}: an object with {', '.join(names)} is required")
        matrices = [plain["sigma_xx"], plain["sigma_yx"]]
        if not all(isinstance(m, list) and all(isinstance(row, list) for row in m) for m in matrices):
            raise InputError(f"{self.variable}: sigma_xx and sigma_yx as lists of rows are required")
        if sum(len(row) for m in matrices for row in m) > LARGEST_FILE:
            raise InputError(f"{self.variable}: at most {LARGEST_FILE} numbers are allowed")
        width = parse_number(plain["width"], f"{self.variable}, width")
        if width.denominator != 1:
            raise InputError(f"{self.variable}, width: an integer is required, got {width}")
        read = [[[parse_number(entry, self.variable) for entry in row] for row in m] for m in matrices]
        return LinearNetwork(*read, width=int(width))

    def __str__(self) -> str:
        return f"{self.variable}: any Σ_xx, positive definite, and Σ_yx"

    @property
    def range_drawn(self) -> str:
        return f"Σ_xx of Gaussian inputs, Σ_yx Gaussian; 2 to {self.sizes} inputs and outputs"


def network_of(instance: Instance, variable: str = "problem") -> LinearNetwork:
    """The problem of an instance, or of a witness that holds it as plain data."""
    given = instance[variable]
    return given if isinstance(given, LinearNetwork) else Moments(variable=variable).decode(given)


def _gaussian(random: Random, rows: int, columns: int) -> flint.fmpq_mat:
    return flint.fmpq_mat(
        [[flint.fmpq(round(DIGITS * random.gauss(0, 1)), DIGITS) for _ in range(columns)] for _ in range(rows)]
    )


def _sparse(size: int) -> SearchStrategy[LinearNetwork]:
    from hypothesis import strategies as st

    from agf_theory.proofs_check.strategies.rational_matrix import diagonal, product, transpose

    positive = st.sampled_from([Fraction(number) for number in (1, 2, 3, 4, "1/2", "3/2")])
    entry = st.sampled_from([Fraction(number) for number in (0, 0, 0, 0, 1, -1, "1/2", "-1/2")])

    @st.composite
    def build(draw: DrawFn) -> LinearNetwork:
        # Σ_xx = L D Lᵀ: every positive definite matrix is one, and no zero is lost where L is sparse.
        lower = tuple(tuple(draw(entry) if j < i else Fraction(i == j) for j in range(size)) for i in range(size))
        middle = diagonal([draw(positive) for _ in range(size)], rows=size, columns=size)
        cross = [[draw(positive if i == j else entry) for j in range(size)] for i in range(size)]
        return LinearNetwork(product(lower, middle, transpose(lower)), cross)

    return build()
