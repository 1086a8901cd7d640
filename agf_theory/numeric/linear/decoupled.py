"""A singular value decomposition that keeps what does not feel one another exactly apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

__all__ = ["SingularPairs", "balanced_factors", "singular_pairs"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SingularPairs:
    """R = left · diag(sigma) · rightᵀ, with zeros exactly where the blocks of R have them.

    Attributes
    ----------
    sigma : (r,)
        Singular values above a floor, descending.
    left : (c, r)
    right : (d, r)
    """

    sigma: Array
    left: Array
    right: Array


def singular_pairs(R: Array, *, floor: float = 0.0) -> SingularPairs:
    """Singular values above `floor` with their vectors, block by block.

    A decomposition of the whole mixes blocks by rounding errors, of one part in 1e16. That is enough to decide, after a
    long plateau, which of two blocks a neuron belongs to.
    """
    c, d = R.shape
    joined = np.block([[np.zeros((c, c)), R], [R.T, np.zeros((d, d))]])
    count, labels = connected_components(joined != 0, directed=False)
    found: list[tuple[float, Array, Array]] = []
    for label in range(count):
        rows, columns = np.flatnonzero(labels[:c] == label), np.flatnonzero(labels[c:] == label)
        if not len(rows) or not len(columns):
            continue
        U, sigma, Vt = np.linalg.svd(R[np.ix_(rows, columns)], full_matrices=False)
        for k in np.flatnonzero(sigma > floor):
            left, right = np.zeros(c), np.zeros(d)
            left[rows], right[columns] = U[:, k], Vt[k]
            found.append((float(sigma[k]), left, right))
    found.sort(key=lambda pair: -pair[0])
    return SingularPairs(
        np.array([pair[0] for pair in found]),
        np.column_stack([np.zeros((c, 0)), *(pair[1] for pair in found)]),
        np.column_stack([np.zeros((d, 0)), *(pair[2] for pair in found)]),
    )


def balanced_factors(pairs: SingularPairs) -> Array:
    """[A; Wᵀ], (c + d, r), with A W the matrix of the pairs and AᵀA = W Wᵀ."""
    return np.vstack([pairs.left, pairs.right]) * np.sqrt(pairs.sigma)
