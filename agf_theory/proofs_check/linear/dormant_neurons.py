"""Dormant neurons of linear networks with exact data: the residual, its singular value decomposition, the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.strategies import Matrix, Vector
from agf_theory.proofs_check.strategies.rational_matrix import identity, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "FROZEN",
    "GROWS",
    "RESIDUAL_LEFT",
    "STARTS_BELOW_ONE",
    "STARTS_SOMEWHERE",
    "DormantLinearNeuron",
    "LinearNeuron",
    "is_orthogonal",
    "rational_orthogonal",
    "square_matrix",
    "vector",
]


_MOST_ENTRIES = 20  # of a stored vector; those drawn have three


@dataclass(frozen=True)
class DormantLinearNeuron:
    """A neuron (a, w) under the residual R = left Σ rightᵀ, all exact.

    Attributes
    ----------
    left, right : (c, c) and (d, d) orthogonal
        Singular vectors as columns.
    singular_values : (min(c, d),) decreasing, not negative
    alpha, omega : (c,) and (d,)
        Coordinates of a and w in the singular vectors.
    """

    left: Matrix
    right: Matrix
    singular_values: Vector
    alpha: Vector
    omega: Vector

    @property
    def residual(self) -> Matrix:
        """R, (c, d)."""
        return tuple(
            tuple(
                sum((u[j] * sigma * v[j] for j, sigma in enumerate(self.singular_values)), Fraction(0))
                for v in self.right
            )
            for u in self.left
        )

    @property
    def theta(self) -> Vector:
        """The weights (a, w), (c + d,)."""
        pairs = ((self.left, self.alpha), (self.right, self.omega))
        return tuple(
            sum((entry * x for entry, x in zip(row, coordinates, strict=True)), Fraction(0))
            for basis, coordinates in pairs
            for row in basis
        )

    @property
    def squared_norm(self) -> Fraction:
        """‖θ‖²."""
        return sum((x * x for x in (*self.alpha, *self.omega)), Fraction(0))

    @property
    def modes(self) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
        """For each nonzero singular value: it, (α + ω)² /2 and (α − ω)² /2, the squared projections on φ⁺ and φ⁻."""
        paired = zip(self.singular_values, self.alpha, self.omega, strict=False)
        return tuple((sigma, (a + w) ** 2 / 2, (a - w) ** 2 / 2) for sigma, a, w in paired if sigma)

    @property
    def in_kernel(self) -> Fraction:
        """The squared projection on the kernel of M(R)."""
        return self.squared_norm - sum((growing + decaying for _, growing, decaying in self.modes), Fraction(0))

    @property
    def spectrum(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Eigenvalues of M(R), largest first, with the squared projections on their eigenspaces."""
        shares: dict[Fraction, Fraction] = {Fraction(0): self.in_kernel}
        for sigma, growing, decaying in self.modes:
            shares[sigma] = shares.get(sigma, Fraction(0)) + growing
            shares[-sigma] = shares.get(-sigma, Fraction(0)) + decaying
        return tuple((value, shares[value]) for value in sorted(shares, reverse=True))

    @property
    def multiplicity(self) -> int:
        """Of the largest singular value."""
        return self.singular_values.count(self.singular_values[0])

    @property
    def aligned(self) -> bool:
        """Whether the neuron lies among the growing eigenvectors of the largest singular value."""
        return self.spectrum[0][1] == self.squared_norm

    def scaled(self, factor: Fraction) -> DormantLinearNeuron:
        """The neuron with weights times a factor."""
        return replace(self, alpha=tuple(factor * x for x in self.alpha), omega=tuple(factor * x for x in self.omega))

    def __str__(self) -> str:
        rows = "; ".join(", ".join(map(str, row)) for row in self.residual)
        return f"R = [{rows}], θ = ({', '.join(map(str, self.theta))})"


@dataclass(frozen=True)
class LinearNeuron(Hypothesis):
    """Dormant neurons of every shape up to 3 × 3: repeated and vanishing singular values, aligned starts among them."""

    variable: str = "neuron"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        neuron = instance[self.variable]
        values = (*neuron.singular_values, Fraction(0))
        decreasing = all(x >= y for x, y in pairwise(values))
        return decreasing and all(map(is_orthogonal, (neuron.left, neuron.right)))

    def draw(self, random: Random, size: int) -> DormantLinearNeuron:
        c, d = (random.randint(1, min(3, 1 + size)) for _ in range(2))
        values = sorted((Fraction(random.randint(0, 6), 2) for _ in range(min(c, d))), reverse=True)
        if random.random() < 0.25:
            values = [values[0]] * len(values)
        alpha, omega = (tuple(Fraction(random.randint(-6, 6), 20) for _ in range(n)) for n in (c, d))
        if random.random() < 0.3:
            top = [x if sigma == values[0] else Fraction(0) for x, sigma in zip(alpha, values, strict=False)]
            alpha, omega = (tuple(top + [Fraction(0)] * (n - len(top))) for n in (c, d))
        left, right = (rational_orthogonal(random, n) for n in (c, d))
        return DormantLinearNeuron(left, right, tuple(values), alpha, omega)

    def strategy(self) -> SearchStrategy[DormantLinearNeuron]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 4))

    def encode(self, value: DormantLinearNeuron) -> dict[str, Any]:
        return {
            "left": [list(map(str, row)) for row in value.left],
            "right": [list(map(str, row)) for row in value.right],
            **{name: list(map(str, getattr(value, name))) for name in _VECTORS},
        }

    def decode(self, plain: Any) -> DormantLinearNeuron:
        try:
            left, right = (square_matrix(plain[name], self.variable) for name in ("left", "right"))
            values, alpha, omega = (vector(plain[name], self.variable) for name in _VECTORS)
        except (KeyError, TypeError):
            raise InputError(
                f"{self.variable}: an object with left, right, singular_values, alpha, omega is required"
            ) from None
        sizes = (len(left), len(right))
        if not all(sizes) or (len(values), len(alpha), len(omega)) != (min(sizes), *sizes):
            raise InputError(f"{self.variable}: coordinates for each singular vector are required, got other numbers")
        return DormantLinearNeuron(left, right, values, alpha, omega)

    def __str__(self) -> str:
        return "a neuron (a, w) and a residual R"

    @property
    def range_drawn(self) -> str:
        return "R up to 3 × 3 with rational singular values and vectors"


_VECTORS = ("singular_values", "alpha", "omega")

FROZEN = Relation("residual frozen", lambda instance: "later" not in instance)
"""A witness of necessity has another residual later on."""

STARTS_SOMEWHERE = Relation("θ(0) ≠ 0", lambda instance: instance["neuron"].squared_norm > 0)
STARTS_BELOW_ONE = Relation("‖θ(0)‖ < 1", lambda instance: instance["neuron"].squared_norm < 1)
RESIDUAL_LEFT = Relation("R ≠ 0", lambda instance: instance["neuron"].singular_values[0] > 0)
GROWS = Relation(
    "R ≠ 0 and θ(0) not orthogonal to the growing eigenvectors of σ_1",
    lambda instance: instance["neuron"].singular_values[0] > 0 and instance["neuron"].spectrum[0][1] > 0,
)


def is_orthogonal(matrix: Matrix) -> bool:
    """Whether the rows are orthonormal, exactly."""
    return product(matrix, transpose(matrix)) == identity(len(matrix))


def vector(plain: Any, what: str) -> Vector:
    """Numbers from a list of texts.

    Raises
    ------
    InputError
        If it is no list, too long, or an entry is no number.
    """
    if not isinstance(plain, list) or len(plain) > _MOST_ENTRIES:
        raise InputError(f"{what}: a list of at most {_MOST_ENTRIES} numbers is required")
    return tuple(parse_number(entry, what) for entry in plain)


def square_matrix(plain: Any, what: str) -> Matrix:
    """A square matrix from a list of rows; raises `InputError` if it is none."""
    if not isinstance(plain, list) or len(plain) > _MOST_ENTRIES:
        raise InputError(f"{what}: a list of at most {_MOST_ENTRIES} rows is required")
    rows = tuple(vector(row, what) for row in plain)
    if any(len(row) != len(rows) for row in rows):
        raise InputError(f"{what}: a square matrix is required, got rows of other lengths")
    return rows


def rational_orthogonal(random: Random, size: int) -> Matrix:
    """A rational orthogonal matrix: a product of rotations in coordinate planes, with a reflection now and then."""
    rows = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for i in range(size):
        for j in range(i):
            p, q = random.randint(1, 4), random.randint(-3, 3)
            cosine, sine = Fraction(p * p - q * q, p * p + q * q), Fraction(2 * p * q, p * p + q * q)
            rows[i], rows[j] = (
                [cosine * x - sine * y for x, y in zip(rows[i], rows[j], strict=True)],
                [sine * x + cosine * y for x, y in zip(rows[i], rows[j], strict=True)],
            )
    if random.random() < 0.5:
        rows[0] = [-x for x in rows[0]]
    return tuple(map(tuple, rows))
