"""What the exact moments decide in fractions: best map, noise floor, and the spaces that matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flint

from agf_theory.problems import LinearNetwork

__all__ = ["ExactMoments", "projector"]


@dataclass(frozen=True, eq=False)
class ExactMoments:
    """Rational moments with what follows from them; all matrices are `flint.fmpq_mat`.

    Attributes
    ----------
    sigma_xx : (d, d)
    sigma_yx : (c, d)
    best : (c, d)
        Σ_yx Σ_xx⁺.
    explained : (c, c)
        Σ_yx Σ_xx⁺ Σ_yxᵀ, whose eigenvalues are the μ.
    noise : fmpq
        ½ tr(Σ_yy − explained).
    rank : int
        Of Σ_yx.
    """

    sigma_xx: Any
    sigma_yx: Any
    best: Any
    explained: Any
    noise: Any
    rank: int

    @classmethod
    def of(cls, problem: LinearNetwork) -> ExactMoments:
        sigma_xx, sigma_yx = problem.rational_sigma_xx, problem.rational_sigma_yx
        best = sigma_yx * _pseudo_inverse(sigma_xx)
        explained = best * sigma_yx.transpose()
        sigma_yy = problem.rational_sigma_yy
        noise = flint.fmpq(0) if sigma_yy is None else (_trace(sigma_yy) - _trace(explained)) / 2
        return cls(sigma_xx, sigma_yx, best, explained, noise, problem.rank)


def projector(columns: Any) -> Any:
    """The orthogonal projector onto the span of the columns, in fractions."""
    basis = _independent(columns)
    if not basis.ncols():
        return flint.fmpq_mat(columns.nrows(), columns.nrows())
    return basis * (basis.transpose() * basis).inv() * basis.transpose()


def _pseudo_inverse(symmetric: Any) -> Any:
    """Of a positive semidefinite matrix: in a basis C of its range, C (Cᵀ Σ C)⁻¹ Cᵀ."""
    basis = _independent(symmetric)
    if not basis.ncols():
        return symmetric
    return basis * (basis.transpose() * symmetric * basis).inv() * basis.transpose()


def _independent(columns: Any) -> Any:
    """The first columns that span what all of them span."""
    reduced, rank = columns.rref()
    pivots = [next(j for j in range(columns.ncols()) if reduced[i, j] != 0) for i in range(rank)]
    return flint.fmpq_mat(columns.nrows(), rank, [columns[i, j] for i in range(columns.nrows()) for j in pivots])


def _trace(matrix: Any) -> Any:
    return sum((matrix[i, i] for i in range(matrix.nrows())), flint.fmpq(0))
