"""Bases in which the cross moments are diagonal, chosen so that those of the input are as nearly so as they can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from agf_theory.problems import LinearNetwork

__all__ = ["DOUBTFUL", "ROUNDING", "SingularBases", "bases_of_moments", "singular_bases"]

Array = NDArray[np.float64]

ROUNDING = 1e-12
"""Couplings below this, relative to their variances, are taken for the rounding of a singular value decomposition of
condition up to 1e4; those up to `DOUBTFUL` could be either, and are not decided."""
DOUBTFUL = 1e-9


@dataclass(frozen=True, eq=False)
class SingularBases:
    """Σ_yx = left · diag(σ) · rightᵀ, with Σ_xx in the basis of the inputs.

    Attributes
    ----------
    sigma : (r,)
        Positive singular values, descending; r is the exact rank.
    left : (c, c)
    right : (d, d)
        Orthogonal; the first r columns belong to the modes.
    couplings : (d, d)
        rightᵀ Σ_xx right.
    """

    sigma: Array
    left: Array
    right: Array
    couplings: Array

    @property
    def relative_couplings(self) -> Array:
        """Sizes of the couplings relative to the variances; zero on the diagonal."""
        scale = self._scale
        relative = np.divide(np.abs(self.couplings), scale, out=np.zeros_like(self.couplings), where=scale > 0)
        np.fill_diagonal(relative, 0.0)
        return relative

    @property
    def rounding(self) -> Array:
        """Size, relative to the variances, up to which each coupling may be rounding: at least `ROUNDING`.

        Entries of Σ_xx in another basis are off by some roundings of its largest, whatever their own size is.
        """
        scale = self._scale
        off = np.divide(self.absolute_rounding, scale, out=np.zeros_like(scale), where=scale > 0)
        return np.maximum(ROUNDING, off)

    @property
    def lost(self) -> NDArray[np.bool_]:
        """Input directions whose variance has less than three digits in floats; if nothing couples them, it has all."""
        variances = np.diag(self.couplings)
        coupled = np.count_nonzero(self.couplings, axis=0) > (variances != 0)
        return np.asarray(coupled & (variances <= 1e3 * self.absolute_rounding))

    @property
    def absolute_rounding(self) -> float:
        """Size up to which an entry of the couplings may be rounding."""
        return float(8 * len(self.couplings) * np.finfo(float).eps * np.abs(self.couplings).max(initial=0.0))

    @property
    def _scale(self) -> Array:
        """Geometric means of two variances; those that rounding has made negative count as rounding."""
        variances = np.diag(self.couplings)
        roots = np.sqrt(np.where(variances < 0, self.absolute_rounding, variances))
        return np.outer(roots, roots)

    def labels(self) -> NDArray[np.int_]:
        """Number of the block of each input direction; couplings that may be rounding do not join blocks."""
        return np.asarray(connected_components(self.relative_couplings > self.rounding, directed=False)[1])


def singular_bases(problem: LinearNetwork) -> SingularBases:
    """The bases of a problem; see `bases_of_moments`.

    Where Σ_xx is singular, what it does not see is set apart: its variance would be rounding, and a coupling relative
    to that anything.
    """
    unseen = problem.d - int(problem.rational_sigma_xx.rank())
    if unseen in (0, problem.d):
        return bases_of_moments(problem.sigma_xx, problem.sigma_yx, problem.rank)
    _, vectors = np.linalg.eigh(problem.sigma_xx)
    silent, heard = vectors[:, :unseen], vectors[:, unseen:]
    found = bases_of_moments(heard.T @ problem.sigma_xx @ heard, problem.sigma_yx @ heard, problem.rank)
    couplings = np.zeros((problem.d, problem.d))
    couplings[: len(found.couplings), : len(found.couplings)] = found.couplings
    return SingularBases(found.sigma, found.left, np.column_stack([heard @ found.right, silent]), couplings)


def bases_of_moments(sigma_xx: Array, sigma_yx: Array, rank: int) -> SingularBases:
    """The bases of moments (d, d) and (c, d), of which the second has that rank.

    Where singular values coincide their vectors are free: taken are those that are coupled least, eigenvectors of a
    generic element of the algebra that the moments generate, restricted to the space of those vectors.
    """
    U, values, Vt = np.linalg.svd(sigma_yx, full_matrices=True)
    left, right = U.copy(), Vt.T.copy()
    sigma = np.concatenate([values[:rank], np.zeros(len(Vt) - rank)])
    generic = _generic_element(sigma_xx, sigma_yx)
    start = 0
    while start < len(sigma):
        end = start + 1
        while end < len(sigma) and sigma[start] - sigma[end] <= ROUNDING * sigma[0]:
            end += 1
        if end - start > 1:
            among = right[:, start:end]
            _, turn = np.linalg.eigh(among.T @ generic @ among)
            right[:, start:end] = among @ turn
            if start < rank:
                left[:, start:end] = left[:, start:end] @ turn
        start = end
    return SingularBases(sigma[:rank], left, right, right.T @ sigma_xx @ right)


def _generic_element(sigma_xx: Array, sigma_yx: Array) -> Array:
    """Σ_xx, and a little of its square with and without Σ_yxᵀΣ_yx in the middle: whatever does not mix blocks."""
    inputs = sigma_xx / max(float(np.linalg.norm(sigma_xx, 2)), np.finfo(float).tiny)
    cross = sigma_yx / max(float(np.linalg.norm(sigma_yx, 2)), np.finfo(float).tiny)
    return np.asarray(inputs + 0.37 * inputs @ cross.T @ cross @ inputs + 0.19 * inputs @ inputs)
