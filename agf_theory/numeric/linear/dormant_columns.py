"""Dormant effective neurons under a frozen residual: exact growth, in numbers of unlimited exponent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.decoupled import singular_pairs

__all__ = ["DormantColumns", "GrowthModes", "modes_of"]

Array = NDArray[np.float64]

BITS = 256
"""Of the mantissas. A column is rotated and projected a few dozen times; balls without a sign are refused."""
SAME_RATE = 1e-12
"""Relative difference of two rates that is rounding: which of such modes comes first is not for them to say."""
LARGE = 18.0  # difference of logarithms: beyond, the smaller one changes nothing in double precision


@dataclass(frozen=True, eq=False)
class GrowthModes:
    """Eigenvectors of M(R) = [[0, R], [Rᵀ, 0]].

    Attributes
    ----------
    rates : (c + d,)
        σ_j, −σ_j and zeros, descending.
    vectors : (c + d, c + d)
        Orthonormal columns, with zeros exactly where R has none but zeros.
    """

    rates: Array
    vectors: Array


def modes_of(R: Array, *, floor: float) -> GrowthModes:
    """The modes of a residual; singular values up to `floor` count as zero."""
    c, d = R.shape
    pairs = singular_pairs(R)
    # Pairs of singular value zero belong to the kernel, with its vectors in blocks as everywhere.
    rates = np.where(pairs.sigma > floor, pairs.sigma, 0.0)
    plus = np.vstack([pairs.left, pairs.right]) / np.sqrt(2)
    minus = np.vstack([pairs.left, -pairs.right]) / np.sqrt(2)
    vectors = np.column_stack([plus, minus, _complement(np.vstack([pairs.left, np.zeros((d, len(rates)))]), 0, c)])
    vectors = np.column_stack([vectors, _complement(np.vstack([np.zeros((c, len(rates))), pairs.right]), c, c + d)])
    rates = np.concatenate([rates, -rates, np.zeros(c + d - 2 * len(rates))])
    order = np.argsort(-rates, kind="stable")
    return GrowthModes(rates[order], vectors[:, order])


def _complement(basis: Array, start: int, end: int) -> Array:
    """Orthonormal vectors that span, with the given ones, all coordinates from `start` to `end`.

    Coordinates that the given vectors do not touch are taken as they are, so that no block enters another.
    """
    n = len(basis)
    touched = np.flatnonzero(np.abs(basis[start:end]).sum(axis=1)) + start
    free = [i for i in range(start, end) if i not in set(touched.tolist())]
    unit = np.eye(n)[:, free]
    inside = basis[touched]
    left, values, _ = np.linalg.svd(inside, full_matrices=True) if inside.size else (np.zeros((0, 0)), np.zeros(0), 0)
    extra = np.zeros((n, max(len(touched) - len(values), 0)))
    if extra.size:
        extra[touched] = left[:, len(values) :]
    return np.column_stack([unit, extra])


class DormantColumns:
    """The dormant neurons as columns in the modes of the present residual.

    The hidden space is free to be rotated. At the end of a plateau it is turned so that the largest mode is held by one
    column alone, the next one by that and another, and so on, and exact zeros say so. With rounded zeros in their place
    a slow column would take on the fastest mode, and after a plateau of length log(1/ε) nothing else were left.

    Attributes
    ----------
    modes : GrowthModes
    coordinates : flint.arb_mat, (c + d, h)
        Of the columns in the modes.
    """

    def __init__(self, start: Array, log_scale: float, modes: GrowthModes) -> None:
        with flint.ctx.workprec(BITS):
            self.modes = modes
            self.coordinates = _matrix(modes.vectors).transpose() * _matrix(start) * flint.arb(log_scale).exp()

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.coordinates.ncols())

    def activation(self) -> float | None:
        """After which flow time the largest combination of the columns has norm one; None if none ever has."""
        rates = self.modes.rates
        logs, signs = self._logs()
        growing = np.isfinite(logs).any(axis=1) & (rates > 0)
        if not growing.any():
            return None

        def log_norm(time: float) -> float:
            # Rows and columns of very different size: the greatest is taken out before the rest is raised to a power.
            grown = logs + rates[:, None] * time
            top = float(grown.max())
            return top + float(np.log(np.linalg.norm(signs * np.exp(grown - top), 2)))

        if log_norm(0.0) >= 0:
            return 0.0
        latest = float((-logs[growing].max(axis=1) / rates[growing]).min()) * (1 + 1e-12)
        return float(brentq(log_norm, 0.0, latest, xtol=1e-14 * latest, rtol=1e-14))

    def grow(self, time: float) -> bool:
        """The exact flow under the frozen residual for a time; then the largest mode is held by the first column alone.

        Returns whether that mode shares its rate with another one that is as large up to e^-18: which of their
        combinations comes first is then a matter of the start alone.
        """
        with flint.ctx.workprec(BITS):
            for i, rate in enumerate(self.modes.rates):
                factor = (flint.arb(float(rate)) * flint.arb(time)).exp()
                for k in range(self.width):
                    self.coordinates[i, k] *= factor
            pivots = self._triangulate()
            self._largest = pivots[0]
            sizes = [float(abs(self.coordinates[row, k]).log().mid()) for k, row in enumerate(pivots)]
        rates = self.modes.rates
        return any(
            abs(rates[row] - rates[pivots[0]]) <= SAME_RATE * rates[0] and size > sizes[0] - LARGE
            for row, size in zip(pivots[1:], sizes[1:], strict=True)
        )

    def take(self) -> tuple[Array, Array]:
        """Remove the first column; it, (c + d,), in floats, and the mode that is largest in it."""
        with flint.ctx.workprec(BITS):
            columns = _matrix(self.modes.vectors) * self.coordinates
            taken = np.array([float(columns[i, 0].mid()) for i in range(columns.nrows())])
            entries = [self.coordinates[i, k] for i in range(columns.nrows()) for k in range(1, self.width)]
            self.coordinates = flint.arb_mat(columns.nrows(), self.width - 1, entries)
        return taken, self.modes.vectors[:, self._largest]

    def meet(self, active: Array, modes: GrowthModes) -> None:
        """Go on under another residual, without what lies along the active neurons (c + d, k).

        The hidden rotation that moves it into the active neurons changes nothing else: they are larger beyond
        comparison.
        """
        with flint.ctx.workprec(BITS):
            columns = _matrix(self.modes.vectors) * self.coordinates
            basis = _matrix(active)
            columns = columns - basis * (basis.transpose() * columns)
            self.modes = modes
            self.coordinates = _matrix(modes.vectors).transpose() * columns

    def _logs(self) -> tuple[Array, Array]:
        """Logarithms of the sizes of the coordinates, −∞ for zero, and their signs."""
        shape = (self.coordinates.nrows(), self.width)
        logs, signs = np.full(shape, -np.inf), np.zeros(shape)
        with flint.ctx.workprec(BITS):
            for i, k in np.ndindex(*shape):
                entry = self.coordinates[i, k].mid()
                if entry != 0:
                    logs[i, k] = float(abs(entry).log().mid())
                    signs[i, k] = 1.0 if entry > 0 else -1.0
        return logs, signs

    def _triangulate(self) -> list[int]:
        """Rotate columns so that the k-th largest mode is zero in all columns after the k-th; the modes' rows."""
        left, pivots = set(range(self.coordinates.nrows())), []
        for column in range(self.width):
            sizes = {row: self._row_size(row, column) for row in left}
            row = max(sizes, key=lambda i: sizes[i])
            if sizes[row] == -np.inf:
                break
            self._clear(row, column)
            left.remove(row)
            pivots.append(row)
        return pivots

    def _row_size(self, row: int, start: int) -> float:
        entries = [abs(self.coordinates[row, k]).mid() for k in range(start, self.width)]
        return max((float(e.log().mid()) for e in entries if e != 0), default=-np.inf)

    def _clear(self, row: int, column: int) -> None:
        """Rotate what later columns have of a mode into one."""
        for other in range(column + 1, self.width):
            entry, there = self.coordinates[row, column], self.coordinates[row, other]
            if there == 0:
                continue
            length = (entry * entry + there * there).sqrt()
            if not length > 0:
                raise UndecidedError(
                    f"overlap of a dormant neuron with a mode: a number told from zero by {BITS} bits is required, got "
                    f"{there.str(5)}; start from another matrix"
                )
            self._rotate(column, other, entry / length, there / length)
            self.coordinates[row, other] = flint.arb(0)

    def _rotate(self, first: int, second: int, cosine: Any, sine: Any) -> None:
        Z = self.coordinates
        for i in range(Z.nrows()):
            a, b = Z[i, first], Z[i, second]
            Z[i, first], Z[i, second] = cosine * a + sine * b, cosine * b - sine * a


def _matrix(values: Array) -> Any:
    rows, columns = values.shape
    return flint.arb_mat(rows, columns, [float(v) for v in values.ravel()])
