"""Whole networks whose neurons are aligned with singular modes, with exact data, and their power series in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.linear.dormant_neurons import is_orthogonal, rational_orthogonal, square_matrix, vector
from agf_theory.proofs_check.strategies import Matrix, Vector
from agf_theory.proofs_check.strategies.rational_matrix import product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "BALANCED",
    "IMBALANCED",
    "ORDER",
    "ORTHOGONAL_HIDDEN",
    "WHITENED",
    "AlignedModes",
    "AlignedNetwork",
    "strength_series",
]

ORDER = 5
"""Powers of time up to which series are compared."""


@dataclass(frozen=True)
class AlignedNetwork:
    """A two-layer network A = Σ_j α_j u_j h_jᵀ, W = Σ_j ω_j h_j v_jᵀ on data Σ_yx = Σ_j σ_j u_j v_jᵀ, Σ_xx = V Λ Vᵀ.

    Attributes
    ----------
    outputs, inputs, hidden : orthogonal matrices
        u_j, v_j and the hidden directions, as columns.
    alpha, omega, sigma : (k,)
        One for each mode.
    variance : (d,)
        Λ, of the input along each v_j; those beyond k too.
    directions : (k,) integers
        Which hidden direction each mode has.
    """

    outputs: Matrix
    inputs: Matrix
    hidden: Matrix
    alpha: Vector
    omega: Vector
    sigma: Vector
    variance: Vector
    directions: tuple[int, ...]

    @property
    def strengths(self) -> Vector:
        """s_j = α_j ω_j."""
        return tuple(a * w for a, w in zip(self.alpha, self.omega, strict=True))

    @property
    def imbalances(self) -> Vector:
        """λ_j = α_j² − ω_j²."""
        return tuple(a * a - w * w for a, w in zip(self.alpha, self.omega, strict=True))

    @property
    def matrices(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """A, W, Σ_yx and Σ_xx."""
        u, v, h = (transpose(basis) for basis in (self.outputs, self.inputs, self.hidden))
        modes = range(len(self.sigma))
        lines = [h[self.directions[j]] for j in modes]
        return (
            _outer_sum(self.alpha, [u[j] for j in modes], lines),
            _outer_sum(self.omega, lines, [v[j] for j in modes]),
            _outer_sum(self.sigma, [u[j] for j in modes], [v[j] for j in modes]),
            _outer_sum(self.variance, v, v),
        )

    def __str__(self) -> str:
        names = ("alpha", "omega", "sigma", "variance", "directions")
        return ", ".join(f"{name} = ({', '.join(map(str, getattr(self, name)))})" for name in names)


@dataclass(frozen=True)
class AlignedModes(Hypothesis):
    """Aligned networks of up to three modes.

    Attributes
    ----------
    balanced, whitened : bool
        Whether |α_j| = |ω_j|, with both signs of the strength, and whether Λ = 1: what instances are drawn from.
    """

    variable: str = "network"
    balanced: bool = False
    whitened: bool = False
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        network = instance[self.variable]
        positive = all(value > 0 for value in (*network.sigma, *network.variance))
        return positive and all(is_orthogonal(getattr(network, name)) for name in _MATRICES)

    def draw(self, random: Random, size: int) -> AlignedNetwork:
        modes = random.randint(1, min(3, 1 + size))
        c, d, width = (random.randint(modes, 3) for _ in range(3))
        alpha = [Fraction(random.randint(1, 8) * random.choice((1, -1)), 4) for _ in range(modes)]
        omega = [Fraction(random.randint(-8, 8), 4) for _ in range(modes)]
        if self.balanced:
            omega = [x * random.choice((1, 1, -1)) for x in alpha]
        sigma = tuple(Fraction(random.randint(1, 8), 3) for _ in range(modes))
        variance = tuple(Fraction(1) if self.whitened else Fraction(random.randint(1, 8), 4) for _ in range(d))
        outputs, inputs, hidden = (rational_orthogonal(random, n) for n in (c, d, width))
        weights = tuple(alpha), tuple(omega)
        return AlignedNetwork(outputs, inputs, hidden, *weights, sigma, variance, tuple(range(modes)))

    def strategy(self) -> SearchStrategy[AlignedNetwork]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 4))

    def encode(self, value: AlignedNetwork) -> dict[str, Any]:
        matrices = {name: [list(map(str, row)) for row in getattr(value, name)] for name in _MATRICES}
        vectors = {name: list(map(str, getattr(value, name))) for name in _VECTORS}
        return {**matrices, **vectors, "directions": list(map(str, value.directions))}

    def decode(self, plain: Any) -> AlignedNetwork:
        try:
            outputs, inputs, hidden = (square_matrix(plain[name], self.variable) for name in _MATRICES)
            alpha, omega, sigma, variance = (vector(plain[name], self.variable) for name in _VECTORS)
            directions = tuple(map(int, vector(plain["directions"], self.variable)))
        except (KeyError, TypeError):
            wanted = ", ".join((*_MATRICES, *_VECTORS, "directions"))
            raise InputError(f"{self.variable}: an object with {wanted} is required") from None
        modes = {len(alpha), len(omega), len(sigma), len(directions)}
        fits = len(modes) == 1 and 0 < len(alpha) <= min(len(outputs), len(inputs)) and len(variance) == len(inputs)
        if not fits or not all(0 <= direction < len(hidden) for direction in directions):
            raise InputError(f"{self.variable}: one number for each mode and each input is required, got others")
        return AlignedNetwork(outputs, inputs, hidden, alpha, omega, sigma, variance, directions)

    def __str__(self) -> str:
        return "a network of modes aligned with Σ_yx = Σ σ_j u_j v_jᵀ, Σ_xx = V Λ Vᵀ"

    @property
    def range_drawn(self) -> str:
        return "up to three modes, rational strengths, bases and variances"


_MATRICES = ("outputs", "inputs", "hidden")
_VECTORS = ("alpha", "omega", "sigma", "variance")

ORTHOGONAL_HIDDEN = Relation(
    "hidden directions orthogonal", lambda w: len(set(w["network"].directions)) == len(w["network"].directions)
)
BALANCED = Relation("|α_j| = |ω_j| ≠ 0", lambda w: all(w["network"].strengths) and not any(w["network"].imbalances))
IMBALANCED = Relation("λ_j ≠ 0", lambda w: all(w["network"].imbalances))
WHITENED = Relation("Λ = 1", lambda w: set(w["network"].variance) == {1})


def strength_series(network: AlignedNetwork, order: int = ORDER) -> list[list[Fraction]]:
    """For each mode the power series in time of u_j · A W v_j, from gradient flow of the whole network, exactly."""
    first, second, cross, covariance = network.matrices
    a, w, strengths = [first], [second], [product(first, second)]
    for k in range(order):
        residuals = [_plus(cross, product(strengths[0], covariance), -1)]
        residuals += [_scaled(product(strength, covariance), Fraction(-1)) for strength in strengths[1:]]
        steps = [
            _total([product(residuals[i], transpose(w[k - i])) for i in range(k + 1)]),
            _total([product(transpose(a[k - i]), residuals[i]) for i in range(k + 1)]),
        ]
        a.append(_scaled(steps[0], Fraction(1, k + 1)))
        w.append(_scaled(steps[1], Fraction(1, k + 1)))
        strengths.append(_total([product(a[i], w[k + 1 - i]) for i in range(k + 2)]))
    u, v = transpose(network.outputs), transpose(network.inputs)
    return [
        [product((u[j],), strength, transpose((v[j],)))[0][0] for strength in strengths]
        for j in range(len(network.sigma))
    ]


def _outer_sum(weights: Sequence[Fraction], left: Sequence[Vector], right: Sequence[Vector]) -> Matrix:
    return _total(
        [
            tuple(tuple(weight * x * y for y in row) for x in column)
            for weight, column, row in zip(weights, left, right, strict=True)
        ]
    )


def _total(matrices: Sequence[Matrix]) -> Matrix:
    total, *rest = matrices
    for other in rest:
        total = _plus(total, other, 1)
    return total


def _plus(a: Matrix, b: Matrix, factor: int) -> Matrix:
    return tuple(tuple(x + factor * y for x, y in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))


def _scaled(a: Matrix, factor: Fraction) -> Matrix:
    return tuple(tuple(factor * x for x in row) for row in a)
