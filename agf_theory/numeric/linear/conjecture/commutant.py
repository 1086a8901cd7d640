"""Whether moments fall apart into blocks, decided in exact arithmetic: by the projections that commute with them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

import flint

from agf_theory.problems import LinearNetwork

__all__ = ["LARGEST", "number_of_blocks"]

LARGEST = 400
"""Unknowns of the linear system that is solved exactly; Gaussian elimination in fractions takes seconds there."""


def number_of_blocks(problem: LinearNetwork) -> int | None:
    r"""How many blocks the modes form that do not feel one another, in exact arithmetic; None above `LARGEST` unknowns.

    The moments are reducible if orthogonal projections P of the inputs and Q of the outputs, not both trivial on the
    modes, satisfy :math:`P\Sigma_{xx}=\Sigma_{xx}P` and :math:`Q\Sigma_{yx}=\Sigma_{yx}P`. The symmetric pairs (P, Q)
    that do form a linear space with rational equations, spanned by such projections; its dimension, seen on
    :math:`Q\Sigma_{yx}`, is the number of blocks if no two blocks are copies of one another, and greater if some are.

    Parameters
    ----------
    problem : LinearNetwork

    Returns
    -------
    int or None
        One for irreducible moments, and for none other; zero where :math:`\Sigma_{yx}=0`.

    Examples
    --------
    >>> number_of_blocks(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]]))
    2
    >>> number_of_blocks(LinearNetwork([[4, "1/1000000"], ["1/1000000", "1/2"]], [[2, 0], [0, 1]]))
    1
    """
    c, d = problem.c, problem.d
    size = d * (d + 1) // 2 + c * (c + 1) // 2
    if size > LARGEST:
        return None
    basis = list(_symmetric_units(c, d))
    inputs, cross = problem.rational_sigma_xx, problem.rational_sigma_yx
    columns = [[*_entries(P * inputs - inputs * P), *_entries(Q * cross - cross * P)] for P, Q in basis]
    equations = flint.fmpq_mat(columns).transpose()
    seen = [_entries(Q * cross) for _, Q in basis]
    # Dimension of the solutions' image under (P, Q) -> Q Σ_yx: of the solutions, less those of them that it kills.
    both = flint.fmpq_mat([*equations.tolist(), *flint.fmpq_mat(seen).transpose().tolist()])
    return int(both.rank() - equations.rank())


def _symmetric_units(c: int, d: int) -> Iterator[tuple[flint.fmpq_mat, flint.fmpq_mat]]:
    for i, j in combinations_with_replacement(range(d), 2):
        yield _unit(d, i, j), flint.fmpq_mat(c, c)
    for i, j in combinations_with_replacement(range(c), 2):
        yield flint.fmpq_mat(d, d), _unit(c, i, j)


def _unit(size: int, i: int, j: int) -> flint.fmpq_mat:
    found = flint.fmpq_mat(size, size)
    found[i, j] = found[j, i] = flint.fmpq(1)
    return found


def _entries(matrix: flint.fmpq_mat) -> list[flint.fmpq]:
    return [matrix[i, j] for i in range(matrix.nrows()) for j in range(matrix.ncols())]
