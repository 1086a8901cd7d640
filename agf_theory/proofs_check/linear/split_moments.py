"""Moments that split into two blocks, in rational bases that hide it."""

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

__all__ = ["SplitMoments", "SplitNetwork", "direct_sum"]

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17))


@dataclass(frozen=True, eq=False)
class SplitNetwork:
    """Two blocks and the bases in which they are put together.

    Attributes
    ----------
    blocks : pair of LinearNetwork
        Square, of one or two inputs and outputs.
    left, right : fmpq_mat, orthogonal
        Σ_xx = right · (⊕ Σ_xx of the blocks) · rightᵀ, Σ_yx = left · (⊕ Σ_yx) · rightᵀ.
    seed : int
        What it was drawn from.
    """

    blocks: tuple[LinearNetwork, LinearNetwork]
    left: Any
    right: Any
    seed: int

    @property
    def problem(self) -> LinearNetwork:
        """The moments of the whole."""
        sigma_xx = direct_sum(*(block.rational_sigma_xx for block in self.blocks))
        sigma_yx = direct_sum(*(block.rational_sigma_yx for block in self.blocks))
        return LinearNetwork(
            self.right * sigma_xx * self.right.transpose(), self.left * sigma_yx * self.right.transpose()
        )

    def as_record(self) -> dict[str, Any]:
        """The moments of the blocks and the draw, as plain data."""
        pairs = [(b.rational_sigma_xx, b.rational_sigma_yx) for b in self.blocks]
        shown = [[[list(map(str, row)) for row in matrix.tolist()] for matrix in pair] for pair in pairs]
        return {"blocks (Σ_xx, Σ_yx)": shown, "seed": str(self.seed)}


@dataclass(frozen=True)
class SplitMoments(Hypothesis):
    """Two blocks of one or two inputs and outputs, with small whole numbers, turned by rational rotations."""

    variable: str = "network"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        return isinstance(instance[self.variable], SplitNetwork)

    def draw(self, random: Random, size: int) -> SplitNetwork:
        return _drawn(random.randint(0, 2**32))

    def strategy(self) -> SearchStrategy[SplitNetwork]:
        from hypothesis import strategies as st

        return st.integers(0, 2**32).map(_drawn)

    def encode(self, value: SplitNetwork) -> dict[str, Any]:
        return {"seed": str(value.seed)}

    def decode(self, plain: Any) -> SplitNetwork:
        if not isinstance(plain, Mapping) or set(plain) != {"seed"}:
            raise InputError(f"{self.variable}: an object with the seed of a draw is required")
        seed = parse_number(plain["seed"], f"{self.variable}, seed")
        if seed.denominator != 1 or not 0 <= seed <= 2**32:
            raise InputError(f"{self.variable}, seed: a whole number from 0 to 2**32 is required, got {seed}")
        return _drawn(seed.numerator)

    def __str__(self) -> str:
        return f"{self.variable}: moments that split into two blocks, in any orthonormal bases"

    @property
    def range_drawn(self) -> str:
        return "blocks of one or two modes, whole numbers, rational rotations"


def direct_sum(first: Any, second: Any) -> Any:
    """The block-diagonal matrix of two."""
    rows = [[*row, *[flint.fmpq(0)] * second.ncols()] for row in first.tolist()]
    rows += [[*[flint.fmpq(0)] * first.ncols(), *row] for row in second.tolist()]
    return flint.fmpq_mat(rows)


def _drawn(seed: int) -> SplitNetwork:
    random = Random(seed)
    sizes = random.choice(((1, 1), (1, 2), (2, 1)))
    first, second = (_block(random, n) for n in sizes)
    n = sum(sizes)
    return SplitNetwork((first, second), _rotation(random, n), _rotation(random, n), seed)


def _block(random: Random, n: int) -> LinearNetwork:
    while True:
        factor, cross = (flint.fmpq_mat(n, n, [random.randint(-4, 4) for _ in range(n * n)]) for _ in range(2))
        if factor.rank() == n and cross.rank() == n:
            return LinearNetwork(factor * factor.transpose(), cross)


def _rotation(random: Random, n: int) -> Any:
    """A product of rational rotations in every plane of coordinates."""
    found = flint.fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    for i in range(n):
        for j in range(i + 1, n):
            a, b, c = random.choice(TRIPLES)
            turn = flint.fmpq_mat(n, n, [int(k == m) for k in range(n) for m in range(n)])
            turn[i, i] = turn[j, j] = flint.fmpq(a, c)
            turn[i, j], turn[j, i] = flint.fmpq(-b, c), flint.fmpq(b, c)
            found = found * turn
    return found
