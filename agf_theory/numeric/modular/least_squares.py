"""Nonlinear least squares from many starts at once: Levenberg and Marquardt's method, vectorised over the starts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["least_squares"]

_Floats = NDArray[np.float64]
_LEAST_DAMPING = 1e-14


def least_squares(
    residuals: Callable[[_Floats], tuple[_Floats, _Floats]], starts: _Floats, *, iterations: int = 300
) -> tuple[_Floats, _Floats]:
    """Local minima of a sum of squares, one for each start.

    Parameters
    ----------
    residuals : callable
        From parameters (s, n) to residuals (s, m) and Jacobians (s, m, n).
    starts : (s, n)
    iterations : int
        Every start takes as many steps; where the infimum is not attained it goes on to fall.

    Returns
    -------
    values : (s,)
        Sums of squares.
    parameters : (s, n)
    """
    parameters = np.array(starts, dtype=float)
    damping = np.full(len(parameters), 1e-2)
    residual, jacobian = residuals(parameters)
    values = np.sum(residual**2, axis=1)
    for _ in range(iterations):
        gradient = np.einsum("smn,sm->sn", jacobian, residual)
        normal = np.einsum("smi,smj->sij", jacobian, jacobian)
        scale = np.einsum("sii->si", normal)
        # Marquardt's scaling, bounded below: a parameter without influence must not make the system singular.
        scale = np.maximum(scale, 1e-9 * scale.max(axis=1, keepdims=True) + 1e-300)
        normal += (damping[:, None] * scale)[:, :, None] * np.eye(normal.shape[1])
        proposed = parameters - np.linalg.solve(normal, gradient[:, :, None])[:, :, 0]
        with np.errstate(over="ignore", invalid="ignore"):
            new_residual, new_jacobian = residuals(proposed)
            new_values = np.sum(new_residual**2, axis=1)
        better = new_values < values  # not so where it is no number
        values = np.where(better, new_values, values)
        parameters = np.where(better[:, None], proposed, parameters)
        residual = np.where(better[:, None], new_residual, residual)
        jacobian = np.where(better[:, None, None], new_jacobian, jacobian)
        damping = np.clip(np.where(better, damping / 3, damping * 4), _LEAST_DAMPING, 1e12)
    return values, parameters
