r"""Gradient flow on the weights themselves: the model's definition, with no logarithmic change of variables.

The weights are carried as p = u + v and q = u − v, so that β = uv = (p² − q²)/4, ṗ = −η∇L p, q̇ = η∇L q and
u² − v² = pq. In (u, v) a coordinate that has left keeps u ≈ v, and the difference that decides its later life is lost
in rounding.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, InputError, IntegrationFailed
from agf_theory.numeric.diagonal.dual_flow import DualFlow, amplitude
from agf_theory.numeric.diagonal.pesme_flammarion import CLOCK
from agf_theory.numeric.diagonal.plateaus import jumps_of_dual_flow
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["raw_gradient_flow"]

Array = NDArray[np.float64]

SMALLEST_EXPONENT = 40.0  # q falls to α², and its own error control needs room above the smallest normal double
TOLERANCE = 1e-12


def raw_gradient_flow(
    problem: DiagonalNetwork, init_scale: InitScale, *, duration: float, convention: str = "paper"
) -> Trajectory:
    r"""Integrate :math:`\dot u = -\eta v\odot\nabla L,\ \dot v = -\eta u\odot\nabla L` by an explicit method.

    The cross-check of `gradient_flow` at moderate α; its cost grows with the stiffness of the data and with log(1/α).

    Parameters
    ----------
    problem : DiagonalNetwork
    init_scale : InitScale
        At least 1e-40.
    duration : float
        Flow time divided by log(1/α).
    convention : {"paper", "slides"}

    Returns
    -------
    Trajectory
        Its ``dual`` is recovered from the weights: s = arcsinh(β/(2aα²))/(2 log(1/α)), a = ½ (paper) or ¼ (slides).

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the duration is not positive and finite.
    HypothesisNotMet
        If α is below 1e-40.
    IntegrationFailed
        If the integrator gives up, or u² − v² is not conserved to the tolerance.

    Source
    ------
    [kunin2025], Section 4 (model); conserved quantity: [woodworth2020].
    """
    require_problem(problem, DiagonalNetwork)
    require_init_scale(init_scale)
    if not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    rate = init_scale.log_inverse
    if rate > SMALLEST_EXPONENT * np.log(10):
        raise HypothesisNotMet(f"the raw flow needs alpha of at least 1e-40, got {init_scale}; use gradient_flow")
    factor = amplitude(convention)
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n
    flow = DualFlow(gram, linear, float(problem.y @ problem.y) / problem.n, rate, factor)
    times, weights_at = _integrate(flow, duration)
    weights = weights_at(times)

    def dual(weights: Array) -> Array:
        return np.asarray(np.arcsinh(_coefficients(weights) / (2 * factor) * np.exp(2 * rate)) / (2 * rate))

    return Trajectory(
        system="diagonal",
        method="raw flow (DOP853)",
        clock=CLOCK,
        names=problem.names,
        times=times,
        losses=((_coefficients(weights) @ problem.X.T - problem.y) ** 2).sum(-1) / (2 * problem.n),
        coefficients=_coefficients(weights),
        dual=dual(weights),
        utilities=np.abs(_coefficients(weights) @ gram - linear) / 2,
        at=lambda instants: _coefficients(weights_at(instants)),
        find_jumps=lambda: jumps_of_dual_flow(flow, times, lambda t: dual(weights_at(t)), TOLERANCE),
    )


def _coefficients(weights: Array) -> Array:
    """β from (p, q) side by side along the last axis."""
    p, q = np.split(weights, 2, axis=-1)
    return np.asarray((p**2 - q**2) / 4)


def _integrate(flow: DualFlow, duration: float) -> tuple[Array, Callable[[ArrayLike], Array]]:
    """The integrator's steps, and its dense output of (p, q), after a look at what it has to conserve."""
    start = np.sqrt(4 * flow.amplitude) * np.exp(-flow.log_inverse)

    def velocity(_time: float, weights: Array) -> Array:
        gradient = flow.log_inverse * (flow.gram @ _coefficients(weights) - flow.linear)
        return np.concatenate([-gradient, gradient]) * weights

    result = solve_ivp(
        velocity,
        (0.0, duration),
        np.full(2 * len(flow.linear), start),
        method="DOP853",
        rtol=TOLERANCE,
        atol=np.finfo(float).tiny,  # relative control alone: the weights span as many orders of magnitude as α² does
        dense_output=True,
    )
    if result.status != 0 or not np.isfinite(result.y).all():
        raise IntegrationFailed(f"DOP853 stopped at t = {result.t[-1]:g}: {result.message}")
    p, q = np.split(np.asarray(result.y), 2, axis=0)
    drift = float(np.abs(p * q / start**2 - 1).max())
    # the tolerance is local: a step's relative error in p and q, added up over the steps
    allowed = 2 * TOLERANCE * len(result.t)
    if drift > allowed:
        raise IntegrationFailed(f"u² − v² drifts by the fraction {drift:.2g}, more than {allowed:.2g}")
    return np.asarray(result.t), lambda times: np.asarray(result.sol(np.asarray(times, dtype=float))).T
