"""A flow of linear attention, whose heads can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import AttentionStart

__all__ = ["AttentionTrajectory"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class AttentionTrajectory(Trajectory):
    """A `Trajectory` of strengths by component, with the heads behind them.

    Attributes
    ----------
    weights_at : function of a time
        v, k and q of the heads at a time of the trajectory's clock, in the coordinates of x; those below 1e-308 are
        zero.
    find_winners : () -> tuple of tuple of int
        The heads behind each jump, as `winners` gives them.
    """

    weights_at: Callable[[float], AttentionStart]
    find_winners: Callable[[], tuple[tuple[int, ...], ...]]

    @property
    def winners(self) -> tuple[tuple[int, ...], ...]:
        """At each jump, the heads (from zero) that learn its component: every one with a tenth of it or more."""
        return self.find_winners()

    def strengths_at(self, times: ArrayLike) -> Array:
        """The one singular value |v| |k| |q| of each head's v k qᵀ, (..., H)."""
        requested = np.asarray(times, dtype=float)
        heads = [self.weights_at(float(t)) for t in requested.ravel()]
        found = [np.abs(w.v) * np.linalg.norm(w.k, axis=1) * np.linalg.norm(w.q, axis=1) for w in heads]
        return np.array(found).reshape(*requested.shape, -1)
