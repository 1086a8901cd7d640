"""Cost minimisation: the flow of a few active neurons to the critical point where it comes to rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import Radau

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.linear.critical_point import change_of_gradient, gradient, nearest_critical_point
from agf_theory.numeric.linear.moments import Moments

__all__ = ["settled"]

Array = NDArray[np.float64]

TOLERANCE = 1e-7
"""Of the way, relative: Newton's method finds the end to all digits. Where the flow goes is decided by numbers that are
not small."""
SLOW = 1e-6
"""The flow is stopped when the weights change, relative to their size, more slowly than this part of σ_1: near enough
for Newton's method, and before rounding errors have grown where the saddle is unstable."""
LONGEST = 1e6  # in units of 1/σ_1: a rate of relaxation a million times smaller is no saddle
MOST_STEPS = 5000  # an implicit method takes a few hundred


def settled(moments: Moments, weights: Array, *, at_least: float = 0.0) -> Array:
    """Weights [A; Wᵀ], (c + d, k), of the critical point to which gradient flow carries the given ones.

    Implicit, so that widely spread singular values cost nothing; blocks that are apart stay apart, since elimination
    never fills what is not connected.

    Parameters
    ----------
    moments : Moments
    weights : (c + d, k)
    at_least : float
        Flow time before which rest is not believed: a small neuron that has been added moves slowly at first.

    Raises
    ------
    IntegrationFailed
        If the flow does not come to rest, or not near a critical point.
    """
    shape, rate = weights.shape, float(np.linalg.norm(moments.sigma_yx, 2))
    units = np.eye(weights.size).reshape(-1, *shape)

    def velocity(_: float, state: Array) -> Array:
        return -gradient(moments, state.reshape(shape)).ravel()

    def slope(_: float, state: Array) -> Array:
        now = state.reshape(shape)
        return -np.array([change_of_gradient(moments, now, unit).ravel() for unit in units]).T

    smallest = TOLERANCE**2 * max(1.0, float(np.abs(weights).max()))
    solver = Radau(velocity, 0.0, weights.ravel(), LONGEST / rate, rtol=TOLERANCE, atol=smallest, jac=slope)
    for _ in range(MOST_STEPS):
        message = solver.step()
        if solver.status == "failed" or not np.isfinite(solver.y).all():
            raise IntegrationFailed(f"the active neurons stopped at t = {solver.t:g}: {message or 'not finite'}")
        speed, size = float(np.linalg.norm(velocity(0.0, solver.y))), float(np.linalg.norm(solver.y))
        if speed <= SLOW * rate * size and solver.t >= at_least:
            return nearest_critical_point(moments, solver.y.reshape(shape))
        if solver.status == "finished":
            break
    raise IntegrationFailed(
        f"the active neurons: rest within flow time {LONGEST / rate:.3g} and {MOST_STEPS} steps is required, got a "
        f"speed of {speed:.3g} at t = {solver.t:.3g}"
    )
