"""Moments with weights, in fractions: instances of claims about one start, balanced or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import flint

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Relation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["BALANCED", "WHITENED", "BalancedNetwork", "WeightedNetwork", "identity", "orthogonal"]

LARGEST_FILE = 1000
"""Numbers that a stored network may hold."""


def identity(size: int) -> flint.fmpq_mat:
    """The identity, exactly."""
    return flint.fmpq_mat([[int(i == j) for j in range(size)] for i in range(size)])


def orthogonal(random: Random, size: int) -> flint.fmpq_mat:
    """A rational orthogonal matrix, (I − S)(I + S)⁻¹ with S skew."""
    skew = flint.fmpq_mat(size, size)
    for i in range(size):
        for j in range(i):
            entry = flint.fmpq(random.randint(-3, 3), random.randint(1, 3))
            skew[i, j], skew[j, i] = entry, -entry
    return (identity(size) - skew) * (identity(size) + skew).inv()


@dataclass(frozen=True, eq=False)
class WeightedNetwork:
    """Moments and weights of a two-layer linear network.

    Attributes
    ----------
    sigma_xx : d x d
    sigma_yx : c x d
    A : c x H
    W : H x d
    """

    sigma_xx: flint.fmpq_mat
    sigma_yx: flint.fmpq_mat
    A: flint.fmpq_mat
    W: flint.fmpq_mat

    @property
    def stacked(self) -> flint.fmpq_mat:
        """Θ = [A; Wᵀ]."""
        return flint.fmpq_mat(self.A.tolist() + self.W.transpose().tolist())

    @property
    def imbalance_matrix(self) -> flint.fmpq_mat:
        """AᵀA − WWᵀ."""
        return self.A.transpose() * self.A - self.W * self.W.transpose()

    @property
    def imbalance(self) -> flint.fmpq:
        """λ, where the network is balanced: the first entry of AᵀA − WWᵀ."""
        return self.imbalance_matrix[0, 0]

    def as_record(self) -> dict[str, list[list[str]]]:
        """Plain data, exactly."""
        names = ("sigma_xx", "sigma_yx", "A", "W")
        return {name: [list(map(str, row)) for row in getattr(self, name).tolist()] for name in names}

    def __str__(self) -> str:
        return ", ".join(f"{name} = {'; '.join(' '.join(row) for row in rows)}" for name, rows in self._rows())

    def _rows(self) -> list[tuple[str, list[list[str]]]]:
        return list(self.as_record().items())


@dataclass(frozen=True)
class BalancedNetwork(Hypothesis):
    """Whitened moments with balanced weights: small rationals, all matrices turned by rational rotations.

    With p, λ rational the sizes (p + λ/p)/2 and (p − λ/p)/2 of a neuron's two halves are, and balanced.
    """

    variable: str = "network"
    sizes: int = 3
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        return isinstance(instance[self.variable], WeightedNetwork)

    def draw(self, random: Random, size: int) -> WeightedNetwork:
        c, d = (random.randint(1, min(self.sizes, 1 + size)) for _ in range(2))
        H = random.randint(1, min(c, d))
        imbalance = random.choice((Fraction(0), Fraction(random.randint(-6, 6), random.randint(1, 3))))
        A, W = flint.fmpq_mat(c, H), flint.fmpq_mat(H, d)
        for i in range(H):
            p = Fraction(random.randint(1, 6), random.randint(1, 4))
            A[i, i], W[i, i] = _exact((p + imbalance / p) / 2), _exact((p - imbalance / p) / 2)
        hidden = orthogonal(random, H)
        cross = [[flint.fmpq(random.randint(-9, 9), random.randint(1, 4)) for _ in range(d)] for _ in range(c)]
        weights = orthogonal(random, c) * A * hidden, hidden.transpose() * W * orthogonal(random, d)
        return WeightedNetwork(identity(d), flint.fmpq_mat(cross), *weights)

    def strategy(self) -> SearchStrategy[WeightedNetwork]:
        from hypothesis import strategies as st

        sizes = st.integers(0, self.sizes)
        return st.builds(lambda seed, size: self.draw(Random(seed), size), st.integers(0, 2**32), sizes)

    def encode(self, value: WeightedNetwork) -> dict[str, list[list[str]]]:
        return value.as_record()

    def decode(self, plain: Any) -> WeightedNetwork:
        names = ("sigma_xx", "sigma_yx", "A", "W")
        if not isinstance(plain, Mapping) or set(plain) != set(names):
            raise InputError(f"{self.variable}: an object with {', '.join(names)} is required")
        sigma_xx, sigma_yx, A, W = (_matrix(plain[name], f"{self.variable}, {name}") for name in names)
        (c, H), (hidden, d) = (A.nrows(), A.ncols()), (W.nrows(), W.ncols())
        fits = hidden == H and (sigma_yx.nrows(), sigma_yx.ncols()) == (c, d)
        if not (fits and sigma_xx.nrows() == sigma_xx.ncols() == d):
            raise InputError(f"{self.variable}: shapes (d, d), (c, d), (c, H), (H, d) are required")
        return WeightedNetwork(sigma_xx, sigma_yx, A, W)

    def __str__(self) -> str:
        return f"{self.variable}: any moments and weights"

    @property
    def range_drawn(self) -> str:
        return f"up to {self.sizes} inputs and outputs, H ≤ c and H ≤ d, whitened and balanced"


def _exact(number: Fraction) -> flint.fmpq:
    return flint.fmpq(number.numerator, number.denominator)


def _matrix(plain: Any, what: str) -> flint.fmpq_mat:
    if not (isinstance(plain, list) and plain and all(isinstance(row, list) and row for row in plain)):
        raise InputError(f"{what}: a list of rows is required")
    if len({len(row) for row in plain}) > 1 or sum(map(len, plain)) > LARGEST_FILE:
        raise InputError(f"{what}: rows of one length, at most {LARGEST_FILE} numbers, are required")
    return flint.fmpq_mat([[_exact(parse_number(entry, what)) for entry in row] for row in plain])


def _whitened(instance: Instance) -> bool:
    network: WeightedNetwork = instance["network"]
    return bool(network.sigma_xx == identity(network.sigma_xx.nrows()))


def _balanced(instance: Instance) -> bool:
    network: WeightedNetwork = instance["network"]
    return bool(network.imbalance_matrix == identity(network.A.ncols()) * network.imbalance)


WHITENED = Relation("Σ_xx = I", _whitened)
BALANCED = Relation("AᵀA − WWᵀ = λI", _balanced)
