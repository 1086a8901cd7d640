"""The staircase by recursion: the k-th effective neuron grows at stage i with the (k − i)-th singular value of R_i."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Staircase", "durations", "recursion"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Staircase:
    """Jump times, maps and falls of the loss of one block, in floats, fractions or balls.

    Attributes
    ----------
    times : sequence of K scalars
        τ_k, flow time over log(1/ε).
    maps : sequence of K arrays (c, d)
        β_k.
    falls : sequence of K scalars
        What the k-th jump takes off the loss, μ_k/2.
    rates : sequence of sequences
        rates[i][j - 1] is σ^(i)_j, the j-th singular value of the residual on plateau i.
    """

    times: Sequence[Any]
    maps: Sequence[Any]
    falls: Sequence[Any]
    rates: Sequence[Sequence[Any]]


def durations(rates: Sequence[Sequence[Any]]) -> list[Any]:
    """Δ_k, the length of the plateau before jump k, over log(1/ε): until the growth of the k-th neuron adds up to one.

    Parameters
    ----------
    rates : sequence of K sequences
        rates[i][j - 1] is σ^(i)_j; numbers of any kind.
    """
    found: list[Any] = []
    for k in range(1, len(rates) + 1):
        grown = sum((rates[i][k - i - 1] * found[i] for i in range(k - 1)), 0 * rates[0][0])
        found.append((1 - grown) / rates[k - 1][0])
    return found


def recursion(sigma_yx: Array, best: Array, rank: int) -> Staircase:
    r"""The conjectured staircase, from the growth exponents accumulated stage by stage, in floats.

    .. math::
        \sum_{i=0}^{k-2}\sigma^{(i)}_{k-i}\Delta_{i+1}+\sigma^{(k-1)}_1\Delta_k=1,\qquad \tau_k=\sum_{j\le k}\Delta_j

    with :math:`\sigma^{(i)}_j` the j-th singular value of :math:`R_i=P^\perp_{U_i}\Sigma_{yx}` and :math:`U_i` the top
    i eigenvectors of :math:`\Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top`.

    Parameters
    ----------
    sigma_yx : (c, d)
    best : (c, d)
        The least-squares map Σ_yx Σ_xx⁺.
    rank : int
        Of sigma_yx: the number of jumps.

    Hypotheses
    ----------
    A theorem for whitened moments and an aligned start; false for commuting moments in another order; otherwise a
    conjecture. The moments are taken as they are: blocks are the caller's business.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks.
    """
    values, vectors = np.linalg.eigh(best @ sigma_yx.T)
    top = vectors[:, ::-1]
    rates = []
    for i in range(rank):
        kept = sigma_yx - top[:, :i] @ (top[:, :i].T @ sigma_yx)
        rates.append(np.linalg.svd(kept, compute_uv=False)[: rank - i])
    maps = [top[:, :k] @ (top[:, :k].T @ best) for k in range(1, rank + 1)]
    times = np.cumsum(durations([list(row) for row in rates]))
    return Staircase(list(times), list(maps), list(values[::-1][:rank] / 2), [list(row) for row in rates])
