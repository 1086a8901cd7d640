"""Residuals with known singular values and vectors, exactly: what claims on the maximal utility are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Relation
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, diagonal, identity, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["POSITIVE", "SIMPLE", "FactoredResidual", "KnownSingularValues"]

SHAPES = ((1, 1), (2, 2), (3, 3), (2, 3), (3, 2), (1, 3), (2, 1))
VALUES = tuple(Fraction(p, q) for p, q in ((2, 1), (1, 1), (1, 2), (3, 1), (3, 2), (0, 1), (1, 3), (5, 2)))


@dataclass(frozen=True)
class FactoredResidual:
    """A rational matrix R = U Σ Vᵀ by its factors.

    Attributes
    ----------
    left : (c, c) orthogonal
    singular_values : min(c, d) numbers, decreasing, not negative
    right : (d, d) orthogonal
    """

    left: Matrix
    singular_values: Vector
    right: Matrix

    @cached_property
    def matrix(self) -> Matrix:
        """R, (c, d)."""
        middle = diagonal(self.singular_values, rows=len(self.left), columns=len(self.right))
        return product(self.left, middle, transpose(self.right))

    @cached_property
    def form(self) -> Matrix:
        """M = (0, R; Rᵀ, 0): twice the utility is the form θᵀ M θ."""
        c, d = len(self.left), len(self.right)
        top = tuple((Fraction(0),) * c + row for row in self.matrix)
        return (*top, *(row + (Fraction(0),) * d for row in transpose(self.matrix)))

    @property
    def largest(self) -> Fraction:
        """σ_1."""
        return self.singular_values[0]

    @property
    def multiplicity(self) -> int:
        """Of σ_1 among the singular values."""
        return self.singular_values.count(self.largest)

    def neuron(self, left: Vector, right: Vector) -> Vector:
        """(U l, V r): the neuron with the given coordinates in the singular bases."""
        out = product(self.left, tuple((entry,) for entry in left))
        into = product(self.right, tuple((entry,) for entry in right))
        return tuple(entry for (entry,) in (*out, *into))

    def __str__(self) -> str:
        rows = "; ".join(" ".join(map(str, row)) for row in self.matrix)
        return f"R = [{rows}], singular values {', '.join(map(str, self.singular_values))}"


@dataclass(frozen=True)
class KnownSingularValues(Hypothesis):
    """Any residual; drawn with rational singular values and vectors.

    Attributes
    ----------
    repeated : bool
        Largest singular values are drawn repeated as a rule, simple ones now and then.
    """

    repeated: bool = False
    variable: str = "R"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        R, values = instance["R"], instance["R"].singular_values
        return (
            len(values) == min(len(R.left), len(R.right))
            and list(values) == sorted(values, reverse=True)
            and values[-1] >= 0
            and all(product(transpose(q), q) == identity(len(q)) for q in (R.left, R.right))
        )

    def draw(self, random: Random, size: int) -> FactoredResidual:
        c, d = SHAPES[size % len(SHAPES)] if size < len(SHAPES) else random.choice(SHAPES)
        values = sorted(random.sample(VALUES, min(c, d)), reverse=True)
        if self.repeated and random.random() < 0.75:
            most = random.randint(1, min(c, d))
            values[:most] = [values[0]] * most
        return FactoredResidual(orthogonal_matrix(random, c), tuple(values), orthogonal_matrix(random, d))

    def strategy(self) -> SearchStrategy[FactoredResidual]:
        from hypothesis import strategies as st

        from agf_theory.proofs_check.strategies import orthogonal_matrices

        def of_shape(shape: tuple[int, int]) -> SearchStrategy[FactoredResidual]:
            values = st.lists(
                st.sampled_from(VALUES), min_size=min(shape), max_size=min(shape), unique=not self.repeated
            )
            return st.builds(
                FactoredResidual,
                orthogonal_matrices(shape[0]),
                values.map(lambda drawn: tuple(sorted(drawn, reverse=True))),
                orthogonal_matrices(shape[1]),
            )

        return st.sampled_from(SHAPES).flatmap(of_shape)

    def encode(self, value: FactoredResidual) -> dict[str, Any]:
        left, right = ([list(map(str, row)) for row in basis] for basis in (value.left, value.right))
        return {"left": left, "singular values": list(map(str, value.singular_values)), "right": right}

    def decode(self, plain: Any) -> FactoredResidual:
        wanted = {"left", "singular values", "right"}
        if not isinstance(plain, Mapping) or set(plain) != wanted:
            raise InputError(f"R: an object of {', '.join(sorted(wanted))} is required, got {type(plain).__name__}")
        left, right = (_square(plain[name], name) for name in ("left", "right"))
        values = plain["singular values"]
        if not isinstance(values, list):
            raise InputError(f"singular values: a list is required, got {type(values).__name__}")
        return FactoredResidual(left, tuple(parse_number(value, "singular values") for value in values), right)

    @property
    def range_drawn(self) -> str:
        return "R = U Σ Vᵀ with rational factors, up to 3 × 3"

    def __str__(self) -> str:
        return "R a real matrix"


def _square(plain: Any, what: str) -> Matrix:
    if not isinstance(plain, list) or any(not isinstance(row, list) or len(row) != len(plain) for row in plain):
        raise InputError(f"{what}: a square list of rows is required, got {plain!r:.60}")
    return tuple(tuple(parse_number(entry, what) for entry in row) for row in plain)


POSITIVE = Relation("R ≠ 0", lambda instance: instance["R"].largest > 0)
SIMPLE = Relation(
    "σ_1 a simple singular value",
    lambda instance: instance["R"].multiplicity == 1 and instance["R"].largest > 0,
)
