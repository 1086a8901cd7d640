"""Cost minimisation over active coordinates of given signs: SciPy's non-negative least squares, polished or proved.

Deliberately not the active-set method of the limiting sequence: alternating gradient flows are compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray
from scipy.optimize import nnls

from agf_theory.errors import UndecidedError
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic, submatrix
from agf_theory.problems import DiagonalNetwork

__all__ = ["float_minimiser", "proved_minimiser", "rounding"]

Array = NDArray[np.float64]

CLEAR = 1e-9  # fraction of ‖y‖ above which a fitted coefficient is certainly not a rounded zero; below it NNLS decides

RANK = 1e-12  # singular values of unit columns below this fraction of the largest are rounding


def rounding(problem: DiagonalNetwork, support: Sequence[int]) -> float:
    """Relative error of a least-squares solution on a support, for unit columns and a unit target.

    Roundings add up like a random walk over max(n, d) terms, the active columns amplify them, and eight is a margin.
    """
    columns = problem.X[:, support] / np.linalg.norm(problem.X[:, support], axis=0)
    spectrum = np.linalg.svd(columns, compute_uv=False)
    amplified = float(1 / spectrum[spectrum > RANK * spectrum.max(initial=0)].min(initial=1))
    return 8 * float(np.sqrt(max(problem.n, problem.d))) * float(np.finfo(float).eps) * amplified


def float_minimiser(problem: DiagonalNetwork, signs: Mapping[int, int]) -> Array:
    """Minimiser over {σ_iβ_i ≥ 0 for i in signs, β_i = 0 elsewhere} in double precision.

    The support is SciPy's; on it the least-squares problem is solved again, by orthogonal factorisation. Coefficients
    within their rounding error are zeros.
    """
    names = list(signs)
    wanted = np.array([signs[i] for i in names], dtype=float)
    unsigned, independent = _least_squares(problem, names)
    sizes = unsigned[names] * wanted * np.linalg.norm(problem.X[:, names], axis=0)
    if independent and (sizes > CLEAR * np.linalg.norm(problem.y)).all():
        return unsigned  # nobody leaves: the constraints are idle
    signed = problem.X[:, names] * wanted
    scales = np.linalg.norm(signed, axis=0)
    proposal, _ = nnls(signed / scales, problem.y, maxiter=30 * len(names))
    support = [i for i, value in zip(names, proposal, strict=True) if value > 0]
    while True:
        coefficients, _ = _least_squares(problem, support)
        sizes = np.abs(coefficients[support]) * np.linalg.norm(problem.X[:, support], axis=0)
        certain = sizes > rounding(problem, support) * np.linalg.norm(problem.y)
        if certain.all():
            return coefficients
        support = [i for i, kept in zip(support, certain, strict=True) if kept]


def _least_squares(problem: DiagonalNetwork, support: list[int]) -> tuple[Array, bool]:
    """Least-squares coefficients on a support, signs ignored, and whether its columns are independent in floats."""
    coefficients = np.zeros(problem.d)
    if not support:
        return coefficients, True
    columns = problem.X[:, support]
    norms = np.linalg.norm(columns, axis=0)
    values, _, rank, _ = np.linalg.lstsq(columns / norms, problem.y, rcond=None)
    coefficients[support] = values / norms
    return coefficients, bool(rank == len(support))


def proved_minimiser(quadratic: ExactQuadratic, problem: DiagonalNetwork, signs: Mapping[int, int]) -> dict[int, fmpq]:
    """The same minimiser in rationals, with its optimality proved by the exact KKT conditions.

    SciPy proposes a support; where rounding misled it, single coordinates are exchanged by the least index that
    violates a condition ([murty1974], Bard's rule), which ends at the solution if the columns are independent.

    Returns
    -------
    dict from coordinate to non-zero coefficient

    Raises
    ------
    UndecidedError
        If the exchanges meet a singular support or do not end.
    """
    proposal = float_minimiser(problem, signs)
    support = [i for i in signs if proposal[i] * signs[i] > 0]
    for _ in range(4 ** min(len(signs), 12)):
        values = _stationary_point(quadratic, support)
        gradient = quadratic.gradient(_column(quadratic.dimension, values))
        outward = [i for i, value in values.items() if value * signs[i] <= 0]
        wanted = [i for i in signs if i not in values and gradient[i, 0] * signs[i] < 0]
        if not outward and not wanted:
            return values
        exchanged = min(outward + wanted)
        support = [i for i in support if i != exchanged] if exchanged in support else [*support, exchanged]
    raise UndecidedError(f"cost minimisation over coordinates {sorted(signs)} did not settle; use pesme_flammarion")


def _stationary_point(quadratic: ExactQuadratic, support: list[int]) -> dict[int, fmpq]:
    if not support:
        return {}
    gram = submatrix(quadratic.gram, support, support)
    try:
        values = gram.solve(submatrix(quadratic.linear, support, (0,)))
    except ZeroDivisionError:
        raise UndecidedError(f"the columns of coordinates {sorted(support)} are linearly dependent") from None
    return {i: values[k, 0] for k, i in enumerate(support)}


def _column(dimension: int, values: Mapping[int, fmpq]) -> fmpq_mat:
    column = fmpq_mat(dimension, 1)
    for i, value in values.items():
        column[i, 0] = value
    return column
