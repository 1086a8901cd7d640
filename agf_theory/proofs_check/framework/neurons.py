"""Neurons as instances: a homogeneous utility with exact value and gradient, and where the neuron stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import inf, prod
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from agf_theory.proofs_check.hypotheses import Hypothesis

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["DormantNeuron", "HomogeneousNeuron", "PolynomialUtility", "RectifiedUtility", "Utility", "exponents"]

Vector = tuple[Fraction, ...]


class Utility(Protocol):
    """A utility homogeneous of degree `degree` in `dimension` parameters; works for `Fraction` and float alike."""

    @property
    def degree(self) -> int: ...

    @property
    def dimension(self) -> int: ...

    def value(self, theta: Any) -> Any: ...

    def gradient(self, theta: Any) -> tuple[Any, ...]: ...

    def kink_distance(self, theta: Any) -> float: ...


@dataclass(frozen=True)
class PolynomialUtility:
    """A homogeneous polynomial: exponents of each monomial, and its coefficient."""

    degree: int
    dimension: int
    coefficients: Mapping[tuple[int, ...], Fraction]

    def value(self, theta: Any) -> Any:
        return sum(c * _monomial(theta, powers) for powers, c in self.coefficients.items())

    def gradient(self, theta: Any) -> tuple[Any, ...]:
        return tuple(
            sum(c * p[i] * _monomial(theta, _lowered(p, i)) for p, c in self.coefficients.items() if p[i])
            for i in range(self.dimension)
        )

    def kink_distance(self, theta: Any) -> float:
        """How far the parameter is from where the utility is not differentiable: there is no such place."""
        return inf


@dataclass(frozen=True)
class RectifiedUtility:
    """The utility of f = a max(w·x, 0)^p on samples x with frozen residuals r: degree p + 1, not a polynomial.

    The parameter is (a, w); the utility is the mean of r f over the samples.
    """

    power: int
    samples: tuple[Vector, ...]
    residuals: Vector

    @property
    def degree(self) -> int:
        return self.power + 1

    @property
    def dimension(self) -> int:
        return 1 + len(self.samples[0])

    def value(self, theta: Any) -> Any:
        a, *w = theta
        drives = (_rectified(w, x) for x in self.samples)
        total = sum(r * a * z**self.power for r, z in zip(self.residuals, drives, strict=True))
        return total / len(self.samples)

    def gradient(self, theta: Any) -> tuple[Any, ...]:
        a, *w = theta
        count = len(self.samples)
        drives = [_rectified(w, x) for x in self.samples]
        outgoing = sum(r * z**self.power for r, z in zip(self.residuals, drives, strict=True)) / count
        # At a kink: the one-sided slope from the inactive side; flows are followed up to the first kink.
        slopes = [self.power * z ** (self.power - 1) if z else 0 for z in drives]
        incoming = (
            sum(r * a * slope * x[i] for r, slope, x in zip(self.residuals, slopes, self.samples, strict=True)) / count
            for i in range(len(w))
        )
        return (outgoing, *incoming)

    def kink_distance(self, theta: Any) -> float:
        """Smallest drive of any sample, in size: 0 at the kink of the rectifier."""
        drives = (sum(a * b for a, b in zip(theta[1:], x, strict=True)) for x in self.samples)
        return float(min(map(abs, drives)))


@dataclass(frozen=True)
class DormantNeuron:
    """A neuron: its utility under the frozen residual, its direction (a rational unit vector) and its norm."""

    utility: Utility
    direction: Vector
    norm: Fraction

    @property
    def theta(self) -> Vector:
        return tuple(self.norm * entry for entry in self.direction)

    def __str__(self) -> str:
        return f"{self.utility}, direction ({', '.join(map(str, self.direction))}), norm {self.norm}"


@dataclass(frozen=True)
class HomogeneousNeuron(Hypothesis):
    """The utility is homogeneous of degree at least 2 and differentiable where the neuron stands, which is not 0."""

    variable: str = "neuron"
    largest_degree: int = 5

    def holds(self, instance: Mapping[str, Any]) -> bool:
        neuron = instance[self.variable]
        squared = sum(entry * entry for entry in neuron.direction)
        return bool(neuron.utility.degree >= 2 and neuron.norm > 0 and squared == 1)

    def draw(self, random: Random, size: int) -> DormantNeuron:
        dimension = random.randint(2, min(3, 2 + size))
        degree = random.randint(2, min(self.largest_degree, 2 + size))
        norm = Fraction(random.randint(1, 9), random.randint(10, 20))
        direction = _unit_vector(random, dimension)
        utility: Utility = _polynomial(random, degree, dimension)
        if degree <= 3 and random.random() < 0.4:
            utility = _rectified_utility(random, degree - 1, direction)
        return DormantNeuron(utility, direction, norm)

    def strategy(self) -> SearchStrategy[DormantNeuron]:
        from agf_theory.proofs_check.framework.neuron_strategy import dormant_neurons

        return dormant_neurons(largest_degree=self.largest_degree)

    def encode(self, value: DormantNeuron) -> dict[str, Any]:
        from agf_theory.proofs_check.framework.neuron_record import neuron_record

        return neuron_record(value)

    def decode(self, plain: Any) -> DormantNeuron:
        from agf_theory.proofs_check.framework.neuron_record import neuron_from_record

        return neuron_from_record(plain, self.variable)

    def __str__(self) -> str:
        return "utility homogeneous of degree κ ≥ 2 and differentiable at θ, θ ≠ 0, residual frozen"

    @property
    def range_drawn(self) -> str:
        return f"κ an integer up to {self.largest_degree}, 2 or 3 parameters, utility a polynomial or rectified"


def exponents(degree: int, dimension: int) -> list[tuple[int, ...]]:
    """Exponents of all monomials of the degree.

    Examples
    --------
    >>> exponents(2, 2)
    [(0, 2), (1, 1), (2, 0)]
    """
    return [powers for powers in product(range(degree + 1), repeat=dimension) if sum(powers) == degree]


def _polynomial(random: Random, degree: int, dimension: int) -> PolynomialUtility:
    coefficients = {powers: Fraction(random.randint(-9, 9), 4) for powers in exponents(degree, dimension)}
    return PolynomialUtility(degree, dimension, coefficients)


def _rectified_utility(random: Random, power: int, direction: Vector) -> RectifiedUtility:
    samples: list[Vector] = []
    while len(samples) < 4:
        x = tuple(Fraction(random.randint(-8, 8), 3) for _ in direction[1:])
        # A sample on the kink of the rectifier would break differentiability; one on its flat side is welcome.
        if sum(w * entry for w, entry in zip(direction[1:], x, strict=True)) != 0 or not any(direction[1:]):
            samples.append(x)
    return RectifiedUtility(power, tuple(samples), tuple(Fraction(random.randint(-6, 6), 2) for _ in samples))


def _unit_vector(random: Random, dimension: int) -> Vector:
    # Stereographic projection: the unit vectors with rational coordinates, all but one of them.
    t = [Fraction(random.randint(-6, 6), random.randint(1, 4)) for _ in range(dimension - 1)]
    squared = sum((entry * entry for entry in t), Fraction(0))
    return ((1 - squared) / (1 + squared), *(2 * entry / (1 + squared) for entry in t))


def _monomial(theta: Any, powers: tuple[int, ...]) -> Any:
    return prod((x**p for x, p in zip(theta, powers, strict=True)), start=1)


def _lowered(powers: tuple[int, ...], i: int) -> tuple[int, ...]:
    return (*powers[:i], powers[i] - 1, *powers[i + 1 :])


def _rectified(w: Any, x: Vector) -> Any:
    drive = sum(wi * xi for wi, xi in zip(w, x, strict=True))
    return drive if drive > 0 else 0 * drive
