"""The saddle path in FLINT numbers: rationals, where every comparison is decided, and the parts shared with balls."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from flint import arb, fmpq, fmpq_mat, fmpz_mat

from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.diagonal.rational_vector import RationalVector
from agf_theory.numeric.diagonal.saddle_path import SaddlePath

__all__ = ["RationalPath", "ScalarPath", "nonnegative_minimiser"]

_ZERO = fmpq(0)


class ScalarPath(SaddlePath):
    """A path whose vectors are lists of scalars; what a comparison means is the subclass's `sign`.

    Attributes
    ----------
    time : scalar
    dual, coefficients, gradient : list of d scalars
        The gradient is an exact zero on the support.
    """

    zero: Any = _ZERO

    def __init__(self, quadratic: ExactQuadratic) -> None:
        super().__init__()
        self.quadratic = quadratic
        dimension = quadratic.dimension
        self.time = self.zero
        self.dual: Any = [self.zero] * dimension
        self.coefficients = [self.zero] * dimension
        self.gradient: Any = [-value for value in quadratic.linear.entries()]

    @abstractmethod
    def sign(self, value: Any, neurons: Sequence[int], what: str) -> int:
        """-1, 0 or 1; raises `Undecidable` if the number does not tell."""

    def stationary(self) -> bool:
        return not any(self.sign(slope, (i,), "the gradient") for i, slope in enumerate(self.gradient))

    def first_hit(self) -> tuple[Any, dict[int, int]]:
        signs = {i: -self.sign(slope, (i,), "the gradient") for i, slope in enumerate(self.gradient)}
        durations = {i: (sign - self.dual[i]) / -self.gradient[i] for i, sign in signs.items() if sign}
        hits: list[int] = []
        for i, duration in durations.items():
            order = self.sign(duration - durations[hits[0]], (hits[0], i), "the order of hitting") if hits else -1
            if order < 0:
                hits = [i]
            elif order == 0:
                hits.append(i)
        return durations[hits[0]], {i: signs[i] for i in hits}

    def drift(self, duration: Any, hits: dict[int, int]) -> None:
        self.time += duration
        moving = {i for i, slope in enumerate(self.gradient) if self.sign(slope, (i,), "the gradient")}
        for i in moving:
            self.dual[i] = self.zero + hits[i] if i in hits else self.dual[i] - duration * self.gradient[i]
        self.bound = {i: sign for i, sign in self.bound.items() if i not in moving}

    def steepest_bound(self) -> int | None:
        descents = {
            i: -sign * self.gradient[i]
            for i, sign in self.bound.items()
            if i not in self.support and self.sign(self.gradient[i], (i,), "whether a bound coordinate enters") == -sign
        }
        return max(descents, key=lambda i: float(descents[i])) if descents else None

    def enter(self, coordinate: int) -> None:
        self.support.append(coordinate)

    def leave(self, coordinate: int) -> None:
        self.support.remove(coordinate)
        self.coefficients[coordinate] = self.zero

    def move_towards(self, trial: list[Any]) -> Sequence[int] | None:
        steps = {
            i: self.coefficients[i] / (self.coefficients[i] - value)
            for i, value in zip(self.support, trial, strict=True)
            if self.sign(value, (i,), "whether an active coordinate leaves") != self.bound[i]
        }
        if not steps:
            return None
        leaving: list[int] = []
        for i, step in steps.items():
            order = self.sign(step - steps[leaving[0]], (leaving[0], i), "the order of leaving") if leaving else -1
            if order < 0:
                leaving = [i]
            elif order == 0:
                leaving.append(i)
        for i, value in zip(self.support, trial, strict=True):
            self.coefficients[i] += steps[leaving[0]] * (value - self.coefficients[i])
        return leaving


class RationalPath(ScalarPath):
    """Rationals over common denominators; balls sort out candidates for the next hit, ties are settled exactly.

    ``dual`` and ``gradient`` are `RationalVector`; ``coefficients`` are plain rationals.
    """

    def __init__(self, quadratic: ExactQuadratic) -> None:
        super().__init__(quadratic)
        gram, gram_scale = quadratic.gram.numer_denom()
        linear, linear_scale = quadratic.linear.numer_denom()
        self.scale = gram_scale.lcm(linear_scale)
        self._rows = (gram * (self.scale // gram_scale)).tolist()
        self._linear = (linear * (self.scale // linear_scale)).entries()
        self.dual = RationalVector.zeros(quadratic.dimension)
        self.gradient = RationalVector([-value for value in self._linear], self.scale)

    def sign(self, value: fmpq, neurons: Sequence[int], what: str) -> int:
        return (value > 0) - (value < 0)

    def stationary(self) -> bool:
        return not any(self.gradient.numerators)

    def first_hit(self) -> tuple[fmpq, dict[int, int]]:
        signs = {i: 1 if slope < 0 else -1 for i, slope in enumerate(self.gradient.numerators) if slope}
        one, duals, slopes = self.dual.denominator, self.dual.numerators, self.gradient.numerators
        enclosures = {i: arb(sign * one - duals[i]) / arb(-slopes[i]) for i, sign in signs.items()}
        least = min(enclosures.values(), key=lambda ball: ball.upper())
        rivals = [i for i, ball in enclosures.items() if not ball > least]
        durations = {i: (signs[i] - self.dual[i]) / -self.gradient[i] for i in rivals}
        duration = min(durations.values())
        return duration, {i: signs[i] for i in rivals if durations[i] == duration}

    def drift(self, duration: fmpq, hits: dict[int, int]) -> None:
        self.time += duration
        self.bound = {i: sign for i, sign in self.bound.items() if not self.gradient.numerators[i]}
        self.dual = self.dual.minus(duration, self.gradient)

    def steepest_bound(self) -> int | None:
        slopes = self.gradient.numerators
        descents = {i: -sign * slopes[i] for i, sign in self.bound.items() if sign * slopes[i] < 0}
        return max(descents, key=lambda i: descents[i]) if descents else None

    def restricted_minimiser(self) -> list[fmpq]:
        size = len(self.support)
        gram = fmpz_mat(size, size, [row[j] for row in (self._rows[i] for i in self.support) for j in self.support])
        return list(gram.solve(fmpz_mat(size, 1, [self._linear[i] for i in self.support])).entries())

    def accept(self, trial: list[fmpq]) -> None:
        for i, value in zip(self.support, trial, strict=True):
            self.coefficients[i] = value
        values, denominator = fmpq_mat(len(trial), 1, trial).numer_denom()
        dimension = self.quadratic.dimension
        columns = fmpz_mat(dimension, len(trial), [row[j] for row in self._rows for j in self.support])
        fitted = (columns * values).entries()
        numerators = [a - b * denominator for a, b in zip(fitted, self._linear, strict=True)]
        self.gradient = RationalVector(numerators, denominator * self.scale)


def nonnegative_minimiser(gram: fmpq_mat, linear: fmpq_mat) -> list[fmpq]:
    """A minimiser of ½xᵀGx − bᵀx over x ≥ 0, exactly, for G = AᵀA positive semidefinite and b = Aᵀy in its range.

    The support of the result has linearly independent columns.
    """
    path = RationalPath(ExactQuadratic(gram, linear, _ZERO))
    path.bound = dict.fromkeys(range(path.quadratic.dimension), 1)
    path.minimise()
    return path.coefficients
