r"""Where gradient flow itself ends on a face of minimisers: the point that minimises Σ|β_i| log|β_i|."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from agf_theory.errors import IntegrationFailed

__all__ = ["entropic_minimiser"]

Array = NDArray[np.float64]


def entropic_minimiser(columns: Array, point: Array, signs: Array) -> Array:
    r"""Minimiser of Σ|β_i|(log|β_i| − 1) over {β : Xβ = X·point, σ_iβ_i ≥ 0}.

    Since ⟨ν, s⟩ = 0 along the flow for every ν with Xν = 0, the pinned values |s_i| = 1 + (ε/2) log 2|β_i| give
    Σ ν_iσ_i log|β_i| = 0 on the face: the stationarity condition of this strictly convex problem. On a face that the
    flow reaches also Σ ν_iσ_i = 0, for |s_i| → 1: Σ|β_i| is then constant, and Σ|β_i| log|β_i| has the same minimiser.

    Parameters
    ----------
    columns : (n, k)
        Columns of the face set.
    point : (k,)
        Any point of the face; zeros allowed.
    signs : (k,) of ±1
        Signs the entries may take.

    Raises
    ------
    IntegrationFailed
        If Newton's method does not converge.

    Source
    ------
    This project, from the conservation of ⟨ν, s⟩; compare [woodworth2020], Theorem 1.
    """
    norms = np.linalg.norm(columns, axis=0)
    basis = null_space(columns / norms, rcond=1e-10) / norms[:, None]
    if not basis.shape[1]:
        return point
    free = np.abs(basis).max(axis=1) > 1e-10 * np.abs(basis).max()
    current = _interior(basis, point, signs, free)
    for _ in range(200):
        slope = basis[free].T @ (signs[free] * np.log(np.abs(current[free])))
        hessian = basis[free].T @ (basis[free] / np.abs(current[free])[:, None])
        step = basis @ np.linalg.solve(hessian, -slope)
        # stay strictly inside: the entropy's derivative is infinite on the boundary
        blocked = (signs * step < 0) & free
        length = min(1.0, 0.9 * float((-current[blocked] / step[blocked]).min(initial=2.0)))
        current = current + length * step
        if np.abs(step[free] / current[free]).max() < 1e-13:
            return np.asarray(current)
    raise IntegrationFailed("the entropic minimiser on a face of minimisers was not found")


def _interior(basis: Array, point: Array, signs: Array, free: Array) -> Array:
    """The point of the face farthest from its boundary, relative to the size of `point`."""
    size = float(np.abs(point).max())
    count = basis.shape[1]
    inequality = np.column_stack([-signs[free, None] * basis[free], np.ones(int(free.sum()))])
    best = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=inequality,
        b_ub=signs[free] * point[free],
        bounds=[(None, None)] * count + [(0, size)],
        method="highs",
    )
    if best.status != 0 or best.x[-1] <= 0:
        raise IntegrationFailed("a face of minimisers has no interior point")
    return np.asarray(point + basis @ best.x[:-1])
