"""How strongly the modes are coupled, and the moments with their weak couplings cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from agf_theory.numeric.linear.singular_bases import ROUNDING, bases_of_moments
from agf_theory.problems import LinearNetwork

__all__ = ["Couplings", "couplings"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Couplings:
    """The moments in the singular bases of Σ_yx, restricted to the range of Σ_xx.

    Attributes
    ----------
    sigma_xx : (d, d)
        Second moments of the input in the right singular basis: its off-diagonal entries couple the modes.
    sigma : (r,)
        Singular values of Σ_yx, descending; the first r coordinates are their modes.
    relative : (d, d)
        |Σ_xx| there over the geometric mean of the two variances: correlations of the modes' inputs.
    outputs : int
        Number of outputs.
    """

    sigma_xx: Array
    sigma: Array
    relative: Array
    outputs: int

    def labels(self, threshold: float) -> NDArray[np.int_]:
        """The component of each coordinate when couplings up to the threshold are cut."""
        _, labels = connected_components(self.relative > threshold, directed=False)
        return np.asarray(labels)

    def thresholds(self) -> list[float]:
        """The couplings whose cut makes blocks with modes in them, the weakest first; those of rounding are none."""
        found, count = [], self.number_of_blocks(ROUNDING)
        for coupling in np.unique(self.relative[self.relative > ROUNDING]):
            split = self.number_of_blocks(float(coupling))
            if split > count:
                found.append(float(coupling))
                count = split
        return found

    def number_of_blocks(self, threshold: float) -> int:
        """Components with modes in them when couplings up to the threshold are cut."""
        return len(set(self.labels(threshold)[: len(self.sigma)].tolist()))

    def cut(self, threshold: float, width: int) -> LinearNetwork:
        """The problem in the singular bases, with couplings between components of that threshold set to zero."""
        labels = self.labels(threshold)
        kept = np.where(labels[:, None] == labels[None, :], self.sigma_xx, 0.0)
        sigma_yx = np.zeros((self.outputs, len(kept)))
        sigma_yx[range(len(self.sigma)), range(len(self.sigma))] = self.sigma
        return LinearNetwork(kept, sigma_yx, width=width)


def couplings(problem: LinearNetwork) -> Couplings:
    """The couplings of a problem's modes, in their `bases_of_moments` within the range of Σ_xx."""
    values, vectors = np.linalg.eigh(problem.sigma_xx)
    basis = vectors[:, len(values) - int(problem.rational_sigma_xx.rank()) :]
    found = bases_of_moments(basis.T @ problem.sigma_xx @ basis, problem.sigma_yx @ basis, problem.rank)
    symmetric = (found.couplings + found.couplings.T) / 2
    return Couplings(symmetric, found.sigma, found.relative_couplings, problem.c)
