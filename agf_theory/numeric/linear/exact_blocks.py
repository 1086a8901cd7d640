"""The blocks of exact moments: decided by linear algebra over the rational numbers, without a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from random import Random
from typing import Any

import flint

from agf_theory.errors import InputError
from agf_theory.numeric.linear.exact_moments import ExactMoments, projector

__all__ = ["ExactBlocks", "exact_blocks"]

MOST_COORDINATES = 24
"""Inputs and outputs together; the unknowns are as many as the square of it, over two."""


@dataclass(frozen=True, eq=False)
class ExactBlocks:
    """What commutes with the moments: pairs of symmetric matrices (P, Q) with Σ_xx P = P Σ_xx and Q Σ_yx = Σ_yx P.

    The orthogonal projectors among them are the ways to split the problem. They act on the outputs that Σ_yx reaches
    and on the inputs that it feels, through Σ_xx too.

    Attributes
    ----------
    inputs, outputs : fmpq_mat
        A pair (P, Q) whose eigenspaces are blocks that split no further.
    values : tuple of (fmpz_poly factor, multiplicity)
        Irreducible factors over the integers of the characteristic polynomial of Q, but for x.
    count : int
        Number of blocks.
    alike : bool
        Whether some of the blocks are copies of one another, so that the splitting is not unique.
    """

    inputs: Any
    outputs: Any
    values: tuple[tuple[Any, int], ...]
    count: int
    alike: bool


def exact_blocks(moments: ExactMoments) -> ExactBlocks:
    """The blocks of a problem.

    Raises
    ------
    InputError
        If there are more inputs and outputs than exact linear algebra can do in reasonable time.
    """
    c, d = moments.sigma_yx.nrows(), moments.sigma_yx.ncols()
    if c + d > MOST_COORDINATES:
        raise InputError(
            f"exact blocks: at most {MOST_COORDINATES} inputs and outputs together are required, got {c + d}; "
            "use arithmetic='float'"
        )
    pairs = _commuting_pairs(moments)
    # A generic element has as many eigenvalues as there are blocks; one made of basis elements that commute among one
    # another often has as many, and rational ones.
    random = Random(0)
    found = [_combined(some, random) for some in (_that_commute(pairs), pairs)]
    split = [_factors(outputs) for _, outputs in found]
    counts = [sum(int(factor.degree()) for factor, _ in factors) for factors in split]
    best = 0 if counts[0] == counts[1] else 1
    (inputs, outputs), factors = found[best], split[best]
    return ExactBlocks(inputs, outputs, factors, counts[best], len(pairs) > counts[best])


def _commuting_pairs(moments: ExactMoments) -> list[tuple[Any, Any]]:
    """A basis of all pairs."""
    Sxx, Syx = moments.sigma_xx, moments.sigma_yx
    c, d = Syx.nrows(), Syx.ncols()
    felt, reached = _felt_inputs(moments), projector(Syx)
    units = [(_unit(d, i, j), flint.fmpq_mat(c, c)) for i, j in combinations_with_replacement(range(d), 2)]
    units += [(flint.fmpq_mat(d, d), _unit(c, i, j)) for i, j in combinations_with_replacement(range(c), 2)]
    columns = []
    for P, Q in units:
        conditions = (Sxx * P - P * Sxx, Q * Syx - Syx * P, P - felt * P, Q - reached * Q)
        columns.append([entry for condition in conditions for entry in condition.entries()])
    rows = len(columns[0])
    system = flint.fmpq_mat(rows, len(units), [columns[k][i] for i in range(rows) for k in range(len(units))])
    return [_sum(units, coefficients) for coefficients in _kernel(system)]


def _felt_inputs(moments: ExactMoments) -> Any:
    """Projector onto the smallest space that contains the rows of Σ_yx and that Σ_xx maps to itself."""
    rows = moments.sigma_yx.transpose()
    space = projector(rows)
    while True:
        rows = moments.sigma_xx * space
        joined = flint.fmpq_mat([[*a, *b] for a, b in zip(space.tolist(), rows.tolist(), strict=True)])
        larger = projector(joined)
        if larger == space:
            return space
        space = larger


def _unit(n: int, i: int, j: int) -> Any:
    matrix = flint.fmpq_mat(n, n)
    matrix[i, j] = matrix[j, i] = 1
    return matrix


def _kernel(system: Any) -> list[list[Any]]:
    reduced, rank = system.rref()
    size = system.ncols()
    pivots = [next(j for j in range(size) if reduced[i, j] != 0) for i in range(rank)]
    found = []
    for free in (j for j in range(size) if j not in pivots):
        vector = [flint.fmpq(0)] * size
        vector[free] = flint.fmpq(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -reduced[i, free]
        found.append(vector)
    return found


def _sum(pairs: list[tuple[Any, Any]], coefficients: list[Any]) -> tuple[Any, Any]:
    P, Q = pairs[0][0] * 0, pairs[0][1] * 0
    for (p, q), coefficient in zip(pairs, coefficients, strict=True):
        if coefficient != 0:
            P, Q = P + p * coefficient, Q + q * coefficient
    return P, Q


def _that_commute(pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    kept: list[tuple[Any, Any]] = []
    for P, Q in pairs:
        if all(P * p == p * P and Q * q == q * Q for p, q in kept):
            kept.append((P, Q))
    return kept


def _combined(pairs: list[tuple[Any, Any]], random: Random) -> tuple[Any, Any]:
    return _sum(pairs, [flint.fmpq(random.randint(1, 10**6)) for _ in pairs])


def _factors(outputs: Any) -> tuple[tuple[Any, int], ...]:
    polynomial = outputs.charpoly().numer()
    return tuple((factor, power) for factor, power in polynomial.factor()[1] if factor != flint.fmpz_poly([0, 1]))
