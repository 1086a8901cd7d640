r"""The face of all constrained minimisers at a saddle: whether it is a point, and which of its points has least norm.

At a saddle the minimisers are the β with the same fit Xβ, the bound signs, and zeros outside the *face set* E (bound
coordinates with zero gradient). Two points of the face have the same t, s, loss and later events, so the choice among
them is a convention; this package reports the minimiser of least Euclidean norm, which is rational.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq, fmpq_mat

from agf_theory.numeric.diagonal.quadratic import submatrix
from agf_theory.numeric.diagonal.rational_path import nonnegative_minimiser

__all__ = ["face_is_a_point", "kernel", "least_norm_on_face"]


def kernel(matrix: fmpq_mat) -> fmpq_mat:
    """Columns that form a basis of the null space of a matrix, exact; shape (columns, nullity)."""
    reduced, rank = matrix.rref()
    columns = int(matrix.ncols())
    pivots = [next(j for j in range(columns) if reduced[i, j]) for i in range(rank)]
    free = [j for j in range(columns) if j not in pivots]
    basis = fmpq_mat(columns, len(free))
    for k, j in enumerate(free):
        basis[j, k] = fmpq(1)
        for i, pivot in enumerate(pivots):
            basis[pivot, k] = -reduced[i, j]
    return basis


def face_is_a_point(gram: fmpq_mat, support: Sequence[int], others: Mapping[int, int]) -> bool:
    r"""Whether the minimiser supported on ``support`` is the only one.

    Parameters
    ----------
    gram : d×d
        Gram matrix of the loss.
    support : coordinates
        With non-zero coefficients and linearly independent columns.
    others : coordinate to sign
        The rest of the face set, with the sign each may take.

    Notes
    -----
    Another minimiser differs by ν with Xν = 0 and σ_jν_j ≥ 0 on ``others``; projecting the support's columns out leaves
    Mc = 0, c ≥ 0, c ≠ 0 for M the signed Schur complement. Such a c exists iff the minimum of cᵀMc + (1ᵀc − 1)² over
    c ≥ 0 is attained at one.
    """
    if not others:
        return True
    names = list(others)
    schur = submatrix(gram, names, names)
    if support:
        across = submatrix(gram, support, names)
        schur -= across.transpose() * submatrix(gram, support, support).solve(across)
    for a, i in enumerate(names):
        for b, j in enumerate(names):
            schur[a, b] = schur[a, b] * others[i] * others[j]
    if schur.rank() == len(names):
        return True
    ones = fmpq_mat(len(names), 1, [1] * len(names))
    mixture = nonnegative_minimiser(schur + ones * ones.transpose(), ones)
    return any(value for value in (schur * fmpq_mat(len(names), 1, mixture)).entries())


def least_norm_on_face(gram: fmpq_mat, coefficients: Mapping[int, fmpq], signs: Mapping[int, int]) -> dict[int, fmpq]:
    """The point of least Euclidean norm on the face, exactly.

    Parameters
    ----------
    gram : d×d
        Gram matrix of the loss.
    coefficients : coordinate to value
        Any minimiser; coordinates that are missing are zero.
    signs : coordinate to ±1
        The whole face set with its signs.

    Notes
    -----
    With N a basis of the kernel of the face's columns the problem is to minimise ‖β + Nz‖ subject to σ(β + Nz) ≥ 0: a
    least-distance problem, reduced to non-negative least squares as in [lawson1974], chapter 23, section 4.
    """
    names = list(signs)
    point = fmpq_mat(len(names), 1, [coefficients.get(i, fmpq(0)) for i in names])
    basis = kernel(submatrix(gram, names, names))
    signed = fmpq_mat(basis.nrows(), basis.ncols())
    for a, i in enumerate(names):
        for k in range(basis.ncols()):
            signed[a, k] = basis[a, k] * signs[i]
    metric = (basis.transpose() * basis).inv()
    unconstrained = -(metric * (basis.transpose() * point))
    centre = point + basis * unconstrained
    shortfall = fmpq_mat(len(names), 1, [-centre[a, 0] * signs[i] for a, i in enumerate(names)])
    spread = signed * metric * signed.transpose()
    multipliers = nonnegative_minimiser(spread + shortfall * shortfall.transpose(), shortfall)
    column = fmpq_mat(len(names), 1, multipliers)
    gap = 1 - (shortfall.transpose() * column)[0, 0]
    best = centre + basis * (metric * (signed.transpose() * column)) / gap
    return {i: best[a, 0] for a, i in enumerate(names)}
