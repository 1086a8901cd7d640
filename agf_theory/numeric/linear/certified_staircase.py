"""The recursion in balls, and in fractions where all its numbers are rational."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import flint

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.staircase import Staircase, durations
from agf_theory.numeric.linear.symmetric_balls import eigenvalues, spectral_projector

__all__ = ["recursion_in_balls", "recursion_in_fractions"]


def recursion_in_balls(sigma_yx: Any, best: Any, rank: int) -> Staircase:
    """The recursion of `staircase.recursion`, enclosed at the working precision.

    Parameters
    ----------
    sigma_yx, best : arb_mat (c, d)
        Of a block, or of the whole: Σ_yx and Σ_yx Σ_xx⁺.
    rank : int
        Of Σ_yx, exact: so many singular values are positive, the others are zero.

    Raises
    ------
    UndecidedError
        If the eigenvalues μ are not isolated at this precision, or a singular value is not certainly positive.
    """
    c = sigma_yx.nrows()
    explained = _symmetric(best * sigma_yx.transpose())
    mu = eigenvalues(explained)[:rank]
    distinct = mu + [flint.arb(0)] * (c > rank)
    if not all(a > b for a, b in pairwise(distinct)):
        raise UndecidedError(f"eigenvalues μ: isolated ones at {flint.ctx.prec} bits are required, got {_shown(mu)}")
    residual, rates, maps = sigma_yx, [], []
    found = best * 0
    for i in range(rank):
        squares = eigenvalues(_symmetric(residual * residual.transpose()))[: rank - i]
        if not all(square > 0 for square in squares):
            raise UndecidedError(f"singular values: positive ones are required, got squares {_shown(squares)}")
        rates.append([square.sqrt() for square in squares])
        direction = spectral_projector(explained, distinct, [i])
        residual = residual - direction * residual
        found = found + direction * best
        maps.append(found)
    return Staircase(_summed(durations(rates)), maps, [value / 2 for value in mu], rates)


def recursion_in_fractions(sigma_yx: Any, best: Any, rank: int) -> Staircase | None:
    """The same on fmpq_mat; None unless all singular values and all μ are rational, and the μ distinct."""
    c = sigma_yx.nrows()
    explained = best * sigma_yx.transpose()
    mu = rational_eigenvalues(explained)
    if mu is None or len(set(mu[: rank + 1])) < min(rank + 1, len(mu)):
        return None
    distinct = mu[:rank] + [flint.fmpq(0)] * (c > rank)
    residual, rates, maps = sigma_yx, [], []
    found = best * 0
    for i in range(rank):
        squares = rational_eigenvalues(residual * residual.transpose())
        roots = None if squares is None else [_rational_root(square) for square in squares[: rank - i]]
        if roots is None or any(root is None for root in roots):
            return None
        rates.append(roots)
        direction = spectral_projector(explained, distinct, [i])
        residual = residual - direction * residual
        found = found + direction * best
        maps.append(found)
    return Staircase(_summed(durations(rates)), maps, [value / 2 for value in mu[:rank]], rates)


def rational_eigenvalues(symmetric: Any) -> list[Any] | None:
    """All eigenvalues with their multiplicities, descending; None unless all are rational."""
    found: list[Any] = []
    for factor, power in symmetric.charpoly().numer().factor()[1]:
        if factor.degree() != 1:
            return None
        found += [flint.fmpq(-factor[0], factor[1])] * int(power)
    return sorted(found, reverse=True)


def _rational_root(square: Any) -> Any:
    p, q = square.p, square.q
    roots = flint.fmpz(p).isqrt(), flint.fmpz(q).isqrt()
    return flint.fmpq(*roots) if roots[0] ** 2 == p and roots[1] ** 2 == q else None


def _summed(numbers: list[Any]) -> list[Any]:
    return [sum(numbers[1 : k + 1], numbers[0]) for k in range(len(numbers))]


def _symmetric(matrix: Any) -> Any:
    return (matrix + matrix.transpose()) * flint.arb("0.5")


def _shown(values: list[Any]) -> str:
    return ", ".join(value.str(8) for value in values)
