"""The saddle path in FLINT numbers: rationals, where every comparison is decided, and the parts shared with balls."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from flint import fmpq, fmpq_mat

from agf_theory.numeric.diagonal.quadratic import ExactQuadratic, submatrix
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
        self.dual = [self.zero] * dimension
        self.coefficients = [self.zero] * dimension
        self.gradient: list[Any] = [-value for value in quadratic.linear.entries()]

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
    """Rationals: a sign is a sign."""

    def sign(self, value: fmpq, neurons: Sequence[int], what: str) -> int:
        return (value > 0) - (value < 0)

    def restricted_minimiser(self) -> list[fmpq]:
        gram = submatrix(self.quadratic.gram, self.support, self.support)
        return list(gram.solve(submatrix(self.quadratic.linear, self.support, (0,))).entries())

    def accept(self, trial: list[fmpq]) -> None:
        for i, value in zip(self.support, trial, strict=True):
            self.coefficients[i] = value
        everyone = range(self.quadratic.dimension)
        fitted = submatrix(self.quadratic.gram, everyone, self.support) * fmpq_mat(len(trial), 1, trial)
        self.gradient = list((fitted - self.quadratic.linear).entries())


def nonnegative_minimiser(gram: fmpq_mat, linear: fmpq_mat) -> list[fmpq]:
    """A minimiser of ½xᵀGx − bᵀx over x ≥ 0, exactly, for G = AᵀA positive semidefinite and b = Aᵀy in its range.

    The support of the result has linearly independent columns.
    """
    path = RationalPath(ExactQuadratic(gram, linear, _ZERO))
    path.bound = dict.fromkeys(range(path.quadratic.dimension), 1)
    path.minimise()
    return path.coefficients
