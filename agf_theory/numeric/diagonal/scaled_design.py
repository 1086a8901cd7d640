"""The design made ready for floating point: unit columns, unit target, no zero or duplicate columns, at most d rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agf_theory.problems import DiagonalNetwork

__all__ = ["ScaledDesign", "equal_columns"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ScaledDesign:
    """Scaled representatives of the columns, and the way back.

    Columns that are equal up to sign hit their bounds together and share one coefficient equally (the point of least
    norm on their face), so each such group is followed as one coordinate; zero columns never move and are left out.

    Attributes
    ----------
    columns : (m, D), unit columns, m = min(n, D)
    target : (m,), the part of y/‖y‖ in their span's coordinates
    weights : (D,)
        s_i = weights_i · columns_iᵀ Y.
    scales : (D,)
        Coefficient of the raw column per unit of scaled coefficient, before sharing within the group.
    groups : tuple of (coordinates, signs)
    samples, dimension, target_norm, outside : n, d, ‖y‖ and the squared norm of y's part that the reduction dropped
    """

    columns: Array
    target: Array
    weights: Array
    scales: Array
    groups: tuple[tuple[NDArray[np.intp], Array], ...]
    samples: int
    dimension: int
    target_norm: float
    outside: float

    @classmethod
    def of(cls, problem: DiagonalNetwork) -> ScaledDesign:
        """Scale, merge and reduce the data of a problem."""
        design, target = problem.X, problem.y
        samples, dimension = design.shape
        groups = equal_columns(problem)
        representatives = np.array([members[0] for members, _ in groups], dtype=np.intp)
        raw = design[:, representatives]
        largest = np.abs(raw).max(axis=0, initial=0.0)
        norms = largest * np.linalg.norm(raw / largest, axis=0)
        columns = raw / norms
        size = float(np.abs(target).max(initial=0.0))
        target_norm = size * float(np.linalg.norm(target / size)) if size else 0.0
        scaled = target / target_norm if target_norm else np.zeros(samples)
        reduced, right, outside = columns, scaled, 0.0
        if samples > len(groups):
            basis, reduced = np.linalg.qr(columns)
            right = basis.T @ scaled
            outside = float(np.linalg.norm(scaled - basis @ right)) ** 2
        return cls(
            columns=np.asfortranarray(reduced),
            target=right,
            weights=norms * (target_norm / samples),
            scales=target_norm / norms,
            groups=groups,
            samples=samples,
            dimension=dimension,
            target_norm=target_norm,
            outside=outside,
        )

    def coefficients(self, scaled: Array) -> Array:
        """Coefficients of all d raw columns, shared equally within groups."""
        values = np.zeros(self.dimension)
        shares = scaled * self.scales / self._sizes
        values[self._members] = self._signs * np.repeat(shares, self._sizes)
        return values

    @cached_property
    def _sizes(self) -> NDArray[np.intp]:
        return np.array([len(members) for members, _ in self.groups], dtype=np.intp)

    @cached_property
    def _members(self) -> NDArray[np.intp]:
        return np.concatenate([members for members, _ in self.groups]) if self.groups else np.zeros(0, dtype=np.intp)

    @cached_property
    def _signs(self) -> Array:
        return np.concatenate([signs for _, signs in self.groups]) if self.groups else np.zeros(0)

    def loss(self, residual: Array) -> float:
        """‖Xβ − y‖²/(2n) from the residual in scaled coordinates."""
        return self.target_norm**2 * (float(residual @ residual) + self.outside) / (2 * self.samples)

    def members(self, representative: int) -> list[int]:
        """Coordinates that a scaled column stands for."""
        return [int(i) for i in self.groups[representative][0]]

    def all_single(self, representatives: Sequence[int]) -> bool:
        """Whether none of the scaled columns stands for several coordinates."""
        return bool((self._sizes[list(representatives)] == 1).all())


def equal_columns(problem: DiagonalNetwork) -> tuple[tuple[NDArray[np.intp], Array], ...]:
    """The non-zero columns in groups that are exactly equal up to sign: (coordinates, signs relative to the first)."""
    return tuple(part for group in _groups(problem.X) for part in _equal_exactly(problem, *group))


def _groups(design: Array) -> Iterable[tuple[NDArray[np.intp], Array]]:
    """Non-zero columns, grouped when equal up to sign; exact comparison of the floats."""
    found: dict[bytes, list[tuple[int, float]]] = {}
    for i, column in enumerate(design.T):
        nonzero = np.flatnonzero(column)
        if len(nonzero):
            sign = float(np.sign(column[nonzero[0]]))
            found.setdefault((column * sign + 0.0).tobytes(), []).append((i, sign))
    for pairs in found.values():
        signs = np.array([sign for _, sign in pairs])
        yield np.array([i for i, _ in pairs], dtype=np.intp), signs * signs[0]


def _equal_exactly(
    problem: DiagonalNetwork, members: NDArray[np.intp], signs: Array
) -> Iterable[tuple[NDArray[np.intp], Array]]:
    """The group itself if its exact columns are equal too, else each member alone (their order stays undecided)."""
    if len(members) > 1 and not problem.exact_in_floats:
        exact = problem.rational_X
        first = int(members[0])
        for i, sign in zip(members, signs, strict=True):
            if any(exact[row, int(i)] != int(sign) * exact[row, first] for row in range(problem.n)):
                return [(members[k : k + 1], np.ones(1)) for k in range(len(members))]
    return [(members, signs)]
