"""The staircase by recursion: the k-th effective neuron grows at stage i with the (k − i)-th singular value of R_i."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Staircase", "recursion"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Staircase:
    """Jump times, maps and falls of the loss of one block.

    Attributes
    ----------
    times : (K,)
        τ_k, flow time over log(1/ε).
    maps : (K, c, d)
        β_k.
    falls : (K,)
        What the k-th jump takes off the loss, μ_k/2.
    rates : (K,)
        Rate at which the neuron that jumps was growing on the plateau before.
    """

    times: Array
    maps: Array
    falls: Array
    rates: Array


def recursion(sigma_xx: Array, sigma_yx: Array, most: int) -> Staircase:
    r"""The conjectured staircase, from the growth exponents accumulated stage by stage.

    .. math::
        \sum_{i=0}^{k-2}\sigma^{(i)}_{k-i}\Delta_{i+1}+\sigma^{(k-1)}_1\Delta_k=1,\qquad \tau_k=\sum_{j\le k}\Delta_j

    with :math:`\sigma^{(i)}_j` the j-th singular value of :math:`R_i=P^\perp_{U_i}\Sigma_{yx}` and :math:`U_i` the top
    i eigenvectors of :math:`\Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top`.

    Parameters
    ----------
    sigma_xx : (d, d), positive semidefinite
    sigma_yx : (c, d), rows in the range of sigma_xx
    most : int
        Number of jumps wanted, at most the rank of sigma_yx.

    Hypotheses
    ----------
    A theorem for whitened moments and an aligned start; false for commuting moments in another order; otherwise a
    conjecture. The moments are taken as they are: blocks are the caller's business.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks.
    """
    best = sigma_yx @ np.linalg.pinv(sigma_xx, hermitian=True)
    values, vectors = np.linalg.eigh(best @ sigma_yx.T)
    top = vectors[:, ::-1]
    rates = []
    for i in range(most):
        kept = sigma_yx - top[:, :i] @ (top[:, :i].T @ sigma_yx)
        rates.append(np.linalg.svd(kept, compute_uv=False))
    durations: list[float] = []
    for k in range(1, most + 1):
        grown = sum(rates[i][k - i - 1] * durations[i] for i in range(k - 1))
        durations.append((1 - grown) / rates[k - 1][0])
    maps = np.array([top[:, :k] @ (top[:, :k].T @ best) for k in range(1, most + 1)])
    return Staircase(
        np.cumsum(durations),
        maps.reshape(most, *sigma_yx.shape),
        values[::-1][:most] / 2,
        np.array([rates[k][0] for k in range(most)]),
    )
