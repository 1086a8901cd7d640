"""How fast the active neurons leave a critical point, and how fast they settle at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.stability import escape_rate, linearised_rates

__all__ = ["SaddleRates", "rates_at"]

Array = NDArray[np.float64]

NEUTRAL = 1e-7
"""Rates below this part of σ_1 are those of the symmetries: an orbit of k² dimensions along which nothing moves.

The rounding of an eigenvalue of a symmetric matrix is some ulps of its norm; a critical point of floats is off by as
much, times the condition of Σ_xx.
"""


@dataclass(frozen=True)
class SaddleRates:
    """What the linearised flow does at a critical point of k active neurons.

    Attributes
    ----------
    escape : float
        g, the fastest rate at which the active neurons leave it among themselves; zero if they do not. It is positive
        where the map is not the best of its rank.
    settling : float
        The slowest rate at which they come to rest; infinite if nothing does.
    growth : tuple of float
        Rates of the dormant neurons there, descending: the positive singular values of the residual.
    """

    escape: float
    settling: float
    growth: tuple[float, ...]

    @property
    def separation(self) -> float:
        """The least difference of two rates of dormant neurons, infinite if there are not two."""
        return float(-np.diff(self.growth).max()) if len(self.growth) > 1 else float("inf")


def rates_at(moments: Moments, critical: Array) -> SaddleRates:
    """The rates at a map B that is a critical point of its rank.

    Parameters
    ----------
    moments : Moments
    critical : (c, d)
        With R Bᵀ = 0 and Bᵀ R = 0; balanced weights Θ = [A; Wᵀ] of as many neurons as its rank are taken.
    """
    first = float(np.linalg.norm(moments.sigma_yx, 2))
    growth = np.linalg.svd(moments.residual(critical), compute_uv=False)
    growing = tuple(float(rate) for rate in growth if rate > NEUTRAL * first)
    values = linearised_rates(moments, critical)
    resting = -values[values < -NEUTRAL * first]
    return SaddleRates(escape_rate(moments, critical), float(resting.min(initial=np.inf)), growing)
