"""The critical point next to a state that has nearly come to rest, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.linear.moments import Moments

__all__ = ["change_of_gradient", "gradient", "nearest_critical_point"]

Array = NDArray[np.float64]

STEPS = 8
ROUNDING = 1e-12
"""Of the gradient at a critical point, relative to Σ_yx times the weights; the steps end there."""


def nearest_critical_point(moments: Moments, weights: Array) -> Array:
    """Weights [A; Wᵀ], (c + d, k), at which the gradient vanishes.

    A flow that is followed to rest at a saddle leaves it again on the growth of its own rounding errors. Newton's
    method does not mind which critical point it is: stop the flow early, and let it do the last digits. Along rotations
    of the hidden space the equations are singular; the step of least norm does not move along them.

    Raises
    ------
    IntegrationFailed
        If the gradient does not vanish: the state was not near a critical point.
    """
    scale = float(np.linalg.norm(moments.sigma_yx) * np.linalg.norm(weights))
    for _ in range(STEPS):
        slope = gradient(moments, weights)
        if np.linalg.norm(slope) <= ROUNDING * scale:
            return weights
        hessian = np.array(
            [change_of_gradient(moments, weights, unit.reshape(weights.shape)).ravel() for unit in np.eye(weights.size)]
        )
        # Directions of zero curvature are exact symmetries; 1e-8 of the largest curvature tells them from slow ones.
        step = np.linalg.lstsq(hessian, -slope.ravel(), rcond=1e-8)[0]
        weights = weights + step.reshape(weights.shape)
    left = float(np.linalg.norm(gradient(moments, weights)))
    if not left <= 1e3 * ROUNDING * scale:
        raise IntegrationFailed(f"no critical point near the state: gradient {left:.3g} after {STEPS} Newton steps")
    return weights


def gradient(moments: Moments, weights: Array) -> Array:
    """Gradient of the loss at weights [A; Wᵀ], of the same shape."""
    c = len(moments.sigma_yx)
    A, W = weights[:c], weights[c:].T
    R = moments.residual(A @ W)
    return np.vstack([-R @ W.T, -R.T @ A])


def change_of_gradient(moments: Moments, weights: Array, direction: Array) -> Array:
    """Derivative of the gradient of the loss at weights [A; Wᵀ] along a direction of the same shape."""
    c = len(moments.sigma_yx)
    A, W, dA, dW = weights[:c], weights[c:].T, direction[:c], direction[c:].T
    R = moments.residual(A @ W)
    dR = -(dA @ W + A @ dW) @ moments.sigma_xx
    return np.vstack([-R @ dW.T - dR @ W.T, -R.T @ dA - dR.T @ A])
