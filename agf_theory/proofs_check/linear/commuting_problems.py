"""Linear networks whose moments commute, as instances: modes turned by rational rotations, in any order of loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems import LinearNetwork
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Relation
from agf_theory.proofs_check.linear.weighted_networks import identity, orthogonal

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["COMMUTING", "DISTINCT", "CommutingMoments", "CommutingNetwork", "from_modes"]

LARGEST_FILE = 1000


@dataclass(frozen=True, eq=False)
class CommutingNetwork:
    """Moments given by their modes.

    Attributes
    ----------
    sigma : (K,) positive fractions, descending
        Singular values of Σ_yx.
    variances : (K,) positive fractions
        Of the input along each mode.
    left, right : K x K rational orthogonal matrices
        Columns u_k and v_k.
    width : int
    seed : int
        Of the Gaussian start.
    """

    sigma: tuple[Fraction, ...]
    variances: tuple[Fraction, ...]
    left: flint.fmpq_mat
    right: flint.fmpq_mat
    width: int
    seed: int = 0

    @property
    def problem(self) -> LinearNetwork:
        """The problem with these moments, exactly."""
        variances, sigma = (_diagonal(values) for values in (self.variances, self.sigma))
        sigma_xx = self.right * variances * self.right.transpose()
        return LinearNetwork(sigma_xx, self.left * sigma * self.right.transpose(), width=self.width)

    def as_record(self) -> dict[str, Any]:
        """Plain data: the modes, without the rotations."""
        modes = {"σ": list(map(str, self.sigma)), "Λ": list(map(str, self.variances))}
        return {**modes, "H": str(self.width), "seed": str(self.seed)}

    @property
    def turns(self) -> tuple[flint.fmpq_mat, flint.fmpq_mat]:
        """The matrices of u_k and of v_k."""
        return self.left, self.right

    @property
    def start(self) -> NDArray[np.float64]:
        """Independent standard normal entries, (2 K, H)."""
        return np.random.default_rng(self.seed).standard_normal((2 * len(self.sigma), self.width))

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.as_record().items())


def from_modes(sigma: tuple[Fraction, ...], variances: tuple[Fraction, ...], width: int) -> CommutingNetwork:
    """Modes along the axes."""
    size = len(sigma)
    return CommutingNetwork(sigma, variances, identity(size), identity(size), width)


def _diagonal(values: tuple[Fraction, ...]) -> flint.fmpq_mat:
    size = len(values)
    result = flint.fmpq_mat(size, size)
    for i, value in enumerate(values):
        result[i, i] = flint.fmpq(value.numerator, value.denominator)
    return result


@dataclass(frozen=True)
class CommutingMoments(Hypothesis):
    """Two to `modes` modes of well separated σ; neighbours differ by at least a quarter of the smaller one.

    Attributes
    ----------
    whitened : bool
        Whether all variances are one; otherwise they are drawn, in any order.
    modes : int
    extra : int
        Most hidden neurons beyond the number of modes.
    """

    whitened: bool = False
    modes: int = 3
    extra: int = 2
    variable: str = "network"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        return isinstance(instance[self.variable], CommutingNetwork | LinearNetwork)

    def draw(self, random: Random, size: int) -> CommutingNetwork:
        count = random.randint(2, min(self.modes, 2 + size))
        sigma = [Fraction(random.randint(2, 6), 6)]
        while len(sigma) < count:
            sigma.append(sigma[-1] * (1 + Fraction(random.randint(3, 8), 10)))
        variances = [Fraction(1) if self.whitened else Fraction(random.randint(1, 8), 4) for _ in sigma]
        turns = orthogonal(random, count), orthogonal(random, count)
        width, seed = count + random.randint(0, self.extra), random.randint(0, 999)
        return CommutingNetwork(tuple(sigma[::-1]), tuple(variances), *turns, width, seed)

    def strategy(self) -> SearchStrategy[CommutingNetwork]:
        from hypothesis import strategies as st

        return st.builds(
            lambda seed, size: self.draw(Random(seed), size), st.integers(0, 2**32), st.integers(0, self.modes)
        )

    def encode(self, value: CommutingNetwork) -> dict[str, Any]:
        turns = {"left": value.left, "right": value.right}
        rotations = {name: [list(map(str, row)) for row in turn.tolist()] for name, turn in turns.items()}
        return {**value.as_record(), **rotations}

    def decode(self, plain: Any) -> CommutingNetwork:
        wanted = {"σ", "Λ", "H", "seed", "left", "right"}
        if not isinstance(plain, Mapping) or set(plain) != wanted:
            raise InputError(f"{self.variable}: an object with {', '.join(sorted(wanted))} is required")
        sigma, variances = (self._positive(plain[name], name) for name in ("σ", "Λ"))
        left, right = (self._rotation(plain[name], len(sigma), name) for name in ("left", "right"))
        width, seed = (parse_number(plain[name], f"{self.variable}, {name}") for name in ("H", "seed"))
        whole = width.denominator == seed.denominator == 1
        if len(variances) != len(sigma) or not whole or width < 1 or seed < 0:
            raise InputError(f"{self.variable}: as many variances as σ, and whole numbers H ≥ 1 and seed, are required")
        return CommutingNetwork(sigma, variances, left, right, width.numerator, seed.numerator)

    def _positive(self, plain: Any, name: str) -> tuple[Fraction, ...]:
        if not isinstance(plain, list) or not 1 <= len(plain) <= LARGEST_FILE:
            raise InputError(f"{self.variable}, {name}: a list of numbers is required")
        values = tuple(parse_number(entry, f"{self.variable}, {name}") for entry in plain)
        if min(values) <= 0:
            raise InputError(f"{self.variable}, {name}: positive numbers are required, got {min(values)}")
        return values

    def _rotation(self, plain: Any, size: int, name: str) -> flint.fmpq_mat:
        rows = plain if isinstance(plain, list) else []
        if not (len(rows) == size and all(isinstance(row, list) and len(row) == size for row in rows)):
            raise InputError(f"{self.variable}, {name}: {size} rows of {size} numbers are required")
        exact = [[parse_number(entry, f"{self.variable}, {name}") for entry in row] for row in rows]
        matrix = flint.fmpq_mat([[flint.fmpq(e.numerator, e.denominator) for e in row] for row in exact])
        if matrix * matrix.transpose() != identity(size):
            raise InputError(f"{self.variable}, {name}: an orthogonal matrix is required")
        return matrix

    def __str__(self) -> str:
        return f"{self.variable}: any moments"

    @property
    def range_drawn(self) -> str:
        kind = "whitened" if self.whitened else "commuting, in any order"
        return f"2 to {self.modes} modes, {kind}; H up to {self.extra} more"


def _moments(instance: Instance) -> tuple[flint.fmpq_mat, flint.fmpq_mat]:
    network = instance["network"]
    problem = network if isinstance(network, LinearNetwork) else network.problem
    return problem.rational_sigma_xx, problem.rational_sigma_yx


def _commute(instance: Instance) -> bool:
    inputs, cross = _moments(instance)
    normal = cross.transpose() * cross
    return bool(inputs * normal == normal * inputs)


def _distinct(instance: Instance) -> bool:
    """Singular values coincide iff the characteristic polynomial of Σ_yxᵀ Σ_yx has a multiple root."""
    _, cross = _moments(instance)
    polynomial = (cross.transpose() * cross).charpoly()
    return bool(polynomial.gcd(polynomial.derivative()).degree() == 0)


COMMUTING = Relation("Σ_xx and Σ_yxᵀΣ_yx commute", _commute)
DISTINCT = Relation("singular values of Σ_yx distinct", _distinct)
