"""Small rational moments as instances, and as plain data in witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import flint

from agf_theory.errors import InputError
from agf_theory.problems import LinearNetwork
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["RationalMoments", "moments_record"]

LARGEST = 6
"""Size of the whole numbers that the moments are made of."""
LARGEST_FILE = 1000


@dataclass(frozen=True)
class RationalMoments(Hypothesis):
    """Any moments; instances have Σ_xx = G Gᵀ, positive definite, and Σ_yx of small whole numbers."""

    sizes: int = 4
    variable: str = "problem"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        return isinstance(instance[self.variable], LinearNetwork)

    def draw(self, random: Random, size: int) -> LinearNetwork:
        largest = min(self.sizes, 2 + size // 2)
        c, d = random.randint(2, largest), random.randint(2, largest)
        factor = _whole(random, d, d)
        while factor.rank() < d:
            factor = _whole(random, d, d)
        return LinearNetwork(factor * factor.transpose(), _whole(random, c, d))

    def strategy(self) -> SearchStrategy[LinearNetwork]:
        from hypothesis import strategies as st

        return st.builds(lambda seed, size: self.draw(Random(seed), size), st.integers(0, 2**32), st.integers(0, 4))

    def encode(self, value: LinearNetwork) -> dict[str, Any]:
        return moments_record(value)

    def decode(self, plain: Any) -> LinearNetwork:
        names = ("sigma_xx", "sigma_yx")
        rows = [plain[name] for name in names] if isinstance(plain, Mapping) and set(plain) == set(names) else []
        if not rows or not all(isinstance(m, list) and all(isinstance(row, list) for row in m) for m in rows):
            raise InputError(f"{self.variable}: an object with sigma_xx and sigma_yx, lists of rows, is required")
        if sum(len(row) for m in rows for row in m) > LARGEST_FILE:
            raise InputError(f"{self.variable}: at most {LARGEST_FILE} numbers are allowed")
        return LinearNetwork(*([[parse_number(entry, self.variable) for entry in row] for row in m] for m in rows))

    def __str__(self) -> str:
        return f"{self.variable}: any moments"

    @property
    def range_drawn(self) -> str:
        return f"2 to {self.sizes} inputs and outputs, moments of whole numbers up to {LARGEST}"


def moments_record(problem: LinearNetwork) -> dict[str, Any]:
    """The exact moments of a problem as plain data."""
    pairs = {"sigma_xx": problem.rational_sigma_xx, "sigma_yx": problem.rational_sigma_yx}
    return {name: [list(map(str, row)) for row in matrix.tolist()] for name, matrix in pairs.items()}


def _whole(random: Random, rows: int, columns: int) -> flint.fmpq_mat:
    return flint.fmpq_mat(rows, columns, [random.randint(-LARGEST, LARGEST) for _ in range(rows * columns)])
