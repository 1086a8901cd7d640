"""What the moments say before anything is trained: best map, loss and noise floor, in floats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.exact_moments import ExactMoments
from agf_theory.problems import LinearNetwork

__all__ = ["CLOCK", "Moments"]

Array = NDArray[np.float64]

CLOCK = "t / log(1/α) for loss E‖y−AWx‖²/2"

WELL_CONDITIONED = 1e6
"""Largest condition of Σ_xx, on its range, at which floats invert it: ten digits are left."""
MOST_INPUTS = 24
"""Up to so many, what is not well conditioned is inverted in fractions, in less than a second."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Second moments with what follows from them.

    Attributes
    ----------
    sigma_xx : (d, d)
    sigma_yx : (c, d)
    best : (c, d)
        B* = Σ_yx Σ_xx⁺, the least-squares map of least norm.
    noise : float
        ½ tr(Σ_yy − Σ_yx Σ_xx⁺ Σ_yxᵀ), the loss of the best map.
    """

    sigma_xx: Array
    sigma_yx: Array
    best: Array
    noise: float

    @classmethod
    def of(cls, problem: LinearNetwork) -> Moments:
        """The moments of a problem. The pseudo-inverse keeps as many eigenvalues as the exact rank of Σ_xx says."""
        sigma_xx, sigma_yx = problem.sigma_xx, problem.sigma_yx
        values, vectors = np.linalg.eigh(sigma_xx)
        kept = slice(len(values) - int(problem.rational_sigma_xx.rank()), None)
        if problem.d <= MOST_INPUTS and _ill_conditioned(values[kept]):
            exactly = ExactMoments.of(problem)
            best = np.array([[int(e.p) / int(e.q) for e in row] for row in exactly.best.tolist()])
            return cls(sigma_xx, sigma_yx, best, int(exactly.noise.p) / int(exactly.noise.q))
        basis = vectors[:, kept]
        best = (sigma_yx @ basis / values[kept]) @ basis.T
        exact = problem.rational_sigma_yy
        if exact is None:
            return cls(sigma_xx, sigma_yx, best, 0.0)
        sigma_yy = np.array([[int(e.p) / int(e.q) for e in row] for row in exact.tolist()])
        return cls(sigma_xx, sigma_yx, best, max(0.0, float(np.trace(sigma_yy - best @ sigma_yx.T)) / 2))

    def residual(self, maps: Array) -> Array:
        """R = Σ_yx − B Σ_xx of each map (..., c, d)."""
        return self.sigma_yx - maps @ self.sigma_xx

    def loss(self, maps: Array) -> Array:
        """E‖y − Bx‖²/2 of each map (..., c, d): a sum of squares, without cancellation, above the noise floor."""
        off = maps - self.best
        return np.asarray(np.einsum("...ij,jk,...ik->...", off, self.sigma_xx, off) / 2 + self.noise)


def _ill_conditioned(values: Array) -> bool:
    """Whether floats would lose too many digits to the inverse of these ascending eigenvalues."""
    return bool(len(values) and not values[0] * WELL_CONDITIONED >= values[-1])
