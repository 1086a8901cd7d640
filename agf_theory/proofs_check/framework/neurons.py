"""Neurons as instances: a homogeneous utility with exact value and gradient, and where the neuron stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import inf, prod
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from sympy import Integer, Rational

from agf_theory.proofs_check.hypotheses import Hypothesis, Quantity, Relation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "RESIDUAL_FROZEN",
    "DormantNeuron",
    "HomogeneousNeuron",
    "PolynomialUtility",
    "RectifiedUtility",
    "Utility",
    "exponents",
    "unit_vector",
]

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

    def expression_at(self, parameters: Any, theta: Any) -> Any: ...

    def in_floats(self) -> Utility: ...


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

    def expression_at(self, parameters: Any, theta: Any) -> Any:
        """The utility as an expression in the parameters, around θ: here, everywhere."""
        return sum(_symbolic(c) * _monomial(parameters, powers) for powers, c in self.coefficients.items())

    def in_floats(self) -> PolynomialUtility:
        """The same utility with rounded coefficients."""
        rounded: Any = {powers: float(c) for powers, c in self.coefficients.items()}
        return replace(self, coefficients=rounded)


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
        return float(min(abs(_drive(theta[1:], x)) for x in self.samples))

    def expression_at(self, parameters: Any, theta: Any) -> Any:
        """The utility as an expression in the parameters, on the piece that θ lies on; θ is on no kink."""
        a, *w = parameters
        active = [(r, x) for r, x in zip(self.residuals, self.samples, strict=True) if _drive(theta[1:], x) > 0]
        terms = (
            _symbolic(r) * a * sum(e * _symbolic(b) for e, b in zip(w, x, strict=True)) ** self.power for r, x in active
        )
        return sum(terms, Integer(0)) / len(self.samples)

    def in_floats(self) -> RectifiedUtility:
        """The same utility with rounded data."""
        samples: Any = tuple(tuple(map(float, x)) for x in self.samples)
        residuals: Any = tuple(map(float, self.residuals))
        return replace(self, samples=samples, residuals=residuals)


@dataclass(frozen=True)
class DormantNeuron:
    """A neuron: its utility under the present residual, its direction (a rational unit vector) and its norm.

    Attributes
    ----------
    drift : Utility or None
        Where the residual moves: the utility at time t is `utility` + t × `drift`. None if it is frozen.
    """

    utility: Utility
    direction: Vector
    norm: Fraction
    drift: Utility | None = None

    @property
    def theta(self) -> Vector:
        return tuple(self.norm * entry for entry in self.direction)

    def in_floats(self) -> DormantNeuron:
        """The same utilities with rounded coefficients, for integrators: fractions would take most of the time."""
        drift = None if self.drift is None else self.drift.in_floats()
        return replace(self, utility=self.utility.in_floats(), drift=drift)

    def value_at(self, time: Any, theta: Any) -> Any:
        """The utility at the time, under the residual of that time."""
        moved = 0 if self.drift is None else time * self.drift.value(theta)
        return self.utility.value(theta) + moved

    def gradient_at(self, time: Any, theta: Any) -> tuple[Any, ...]:
        """Its gradient in θ."""
        gradient = self.utility.gradient(theta)
        if self.drift is None:
            return gradient
        return tuple(g + time * moved for g, moved in zip(gradient, self.drift.gradient(theta), strict=True))

    def __str__(self) -> str:
        moving = "" if self.drift is None else f", moving with {self.drift}"
        return f"{self.utility}{moving}, direction ({', '.join(map(str, self.direction))}), norm {self.norm}"


DEGREE_OF_THE_THEORY = Quantity("κ", 2, low_included=True)


@dataclass(frozen=True)
class HomogeneousNeuron(Hypothesis):
    """The utility is homogeneous and differentiable where the neuron stands, which is not 0.

    Attributes
    ----------
    variable : str
    degrees : Quantity
        Which degrees are allowed.
    largest_degree, largest_dimension : int
        Up to where degrees and parameters are drawn.
    moving : bool
        The residual moves in every other neuron drawn; it may always.
    """

    variable: str = "neuron"
    degrees: Quantity = DEGREE_OF_THE_THEORY
    largest_degree: int = 5
    largest_dimension: int = 5
    moving: bool = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        neuron = instance[self.variable]
        squared = sum(entry * entry for entry in neuron.direction)
        return bool(self.degrees.holds({"κ": neuron.utility.degree}) and neuron.norm > 0 and squared == 1)

    def draw(self, random: Random, size: int) -> DormantNeuron:
        dimension = random.randint(2, min(self.largest_dimension, 2 + size))
        least = next(degree for degree in range(1, self.largest_degree) if self.degrees.holds({"κ": degree}))
        # The monomials of five parameters are many: high degrees go with few parameters.
        degree = random.randint(least, min(self.largest_degree, 2 + size, 8 - dimension))
        norm = Fraction(random.randint(1, 9), random.randint(10, 20))
        direction = unit_vector(random, dimension)
        utilities: list[Utility] = [_polynomial(random, degree, dimension) for _ in range(2)]
        if 2 <= degree <= 3 and random.random() < 0.4:
            utilities = list(_rectified_utilities(random, degree - 1, direction))
        return DormantNeuron(utilities[0], direction, norm, utilities[1] if self.moving and size % 2 else None)

    def strategy(self) -> SearchStrategy[DormantNeuron]:
        from agf_theory.proofs_check.framework.neuron_strategy import dormant_neurons

        degrees = [degree for degree in range(1, self.largest_degree + 1) if self.degrees.holds({"κ": degree})]
        return dormant_neurons(degrees, largest_dimension=self.largest_dimension, moving=self.moving)

    def encode(self, value: DormantNeuron) -> dict[str, Any]:
        from agf_theory.proofs_check.framework.neuron_record import neuron_record

        return neuron_record(value)

    def decode(self, plain: Any) -> DormantNeuron:
        from agf_theory.proofs_check.framework.neuron_record import neuron_from_record

        return neuron_from_record(plain, self.variable)

    def __str__(self) -> str:
        return f"utility homogeneous of degree κ, {self.degrees}, and differentiable at θ ≠ 0"

    @property
    def range_drawn(self) -> str:
        sizes = f"κ an integer up to {self.largest_degree}, 2 to {self.largest_dimension} parameters"
        return f"{sizes}, utility a polynomial or rectified{', residual frozen or moving' if self.moving else ''}"


RESIDUAL_FROZEN = Relation("residual frozen", lambda instance: instance["neuron"].drift is None)


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


def _rectified_utilities(random: Random, power: int, direction: Vector) -> Iterator[RectifiedUtility]:
    """Of one neuron under two residuals."""
    samples: list[Vector] = []
    while len(samples) < 4:
        x = tuple(Fraction(random.randint(-8, 8), 3) for _ in direction[1:])
        # A sample on the kink of the rectifier would break differentiability; one on its flat side is welcome.
        if sum(w * entry for w, entry in zip(direction[1:], x, strict=True)) != 0 or not any(direction[1:]):
            samples.append(x)
    for _ in range(2):
        yield RectifiedUtility(power, tuple(samples), tuple(Fraction(random.randint(-6, 6), 2) for _ in samples))


def unit_vector(random: Random, dimension: int) -> Vector:
    """A unit vector with rational entries, by stereographic projection: any but one of them."""
    t = [Fraction(random.randint(-6, 6), random.randint(1, 4)) for _ in range(dimension - 1)]
    squared = sum((entry * entry for entry in t), Fraction(0))
    return ((1 - squared) / (1 + squared), *(2 * entry / (1 + squared) for entry in t))


def _monomial(theta: Any, powers: tuple[int, ...]) -> Any:
    factors = [x**p for x, p in zip(theta, powers, strict=True) if p]
    return prod(factors[1:], start=factors[0]) if factors else theta[0] ** 0


def _lowered(powers: tuple[int, ...], i: int) -> tuple[int, ...]:
    return (*powers[:i], powers[i] - 1, *powers[i + 1 :])


def _drive(w: Any, x: Vector) -> Any:
    return sum(wi * xi for wi, xi in zip(w, x, strict=True))


def _rectified(w: Any, x: Vector) -> Any:
    drive = _drive(w, x)
    return drive if drive > 0 else 0 * drive


def _symbolic(number: Fraction) -> Rational:
    return Rational(number.numerator, number.denominator)
