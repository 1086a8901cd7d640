"""Gradient flow of all weights of a network on one-dimensional data, in floats."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import DOP853

from agf_theory.errors import InputError, IntegrationFailed
from agf_theory.numeric.finite_width.width_trajectory import WidthTrajectory
from agf_theory.problems import OneDimensionalNetwork
from agf_theory.problems.number_parser import quoted
from agf_theory.problems.required import require_problem

__all__ = ["gradient_flow"]

Array = NDArray[np.float64]

INSTANTS = 101
LIFETIMES = 40.0
"""Of the kernel at the start, or of the target alone: what a flow without a plateau takes to settle to rounding."""
MOST_STEPS = 200_000


def gradient_flow(
    problem: OneDimensionalNetwork, times: ArrayLike | None = None, *, tolerance: float = 1e-12
) -> WidthTrajectory:
    """Integrate every weight, those beside the line included; no conserved quantity and no solution is used.

    Parameters
    ----------
    problem : OneDimensionalNetwork
    times : increasing numbers, optional
        Instants at which the weights are kept, from 0 on; by default 101, up to forty times the inverse of the larger
        of two rates, the tangent kernel at the start and 2γE[ay] times the root of the product of the rates.
    tolerance : float
        Relative, of a step, and absolute in units of the largest weight at the start.

    Raises
    ------
    InputError
        If the problem is of another kind, or the times are no increasing sequence from 0 on, or the tolerance is not in
        (0, 1).
    IntegrationFailed
        If the integrator gives up, a weight or its square is not finite, or more than 200 000 steps would be needed.
    """
    require_problem(problem, OneDimensionalNetwork)
    instants = _instants(problem, times)
    if not 0 < tolerance < 1:
        raise InputError(f"tolerance: a number between 0 and 1 is required, got {tolerance}")
    start, line = _start(problem)
    gamma, square, cross = problem.gamma, problem.xi2, problem.ay
    of_u, of_w = problem.rates
    H = problem.width

    def velocity(_: float, state: Array) -> Array:
        u, W = state[:H], state[H:].reshape(H, -1)
        v = W @ line
        force = gamma * (cross - gamma * square * (u @ v))  # γ E[a (y - f)]
        rates = np.empty_like(state)
        rates[:H] = of_u * force * v
        np.multiply.outer(of_w * force * u, line, out=rates[H:].reshape(H, -1))
        return rates

    largest = float(np.abs(start).max()) or 1.0
    end = float(instants[-1]) or 1.0
    # Without a first step the integrator tries one of its own choice, which may overflow.
    first = min(end, 1e-3 / _fastest(problem))
    solver = DOP853(velocity, 0.0, start, end, first_step=first, rtol=tolerance, atol=tolerance * largest)
    states, kept = [start] * int(instants[0] == 0.0), int(instants[0] == 0.0)
    steps = 0
    while kept < len(instants):
        message, steps = solver.step(), steps + 1
        if solver.status == "failed" or not np.isfinite(solver.y).all() or steps > MOST_STEPS:
            raise IntegrationFailed(f"the flow stopped at t = {solver.t:g}: {message or f'{steps} steps'}")
        between = solver.dense_output()
        while kept < len(instants) and instants[kept] <= solver.t:
            states.append(np.array(between(instants[kept])))
            kept += 1
    found = np.array(states)
    W = found[:, H:].reshape(len(instants), H, -1)
    return WidthTrajectory(problem, instants, found[:, :H].copy(), W @ line, None if problem.W0 is None else W, steps)


def _start(problem: OneDimensionalNetwork) -> tuple[Array, Array]:
    """All weights in one vector, and the direction; v alone is a matrix of one column."""
    if problem.W0 is None or problem.direction is None:
        return np.concatenate([problem.u0, problem.v0]), np.ones(1)
    return np.concatenate([problem.u0, problem.W0.ravel()]), problem.direction


def _instants(problem: OneDimensionalNetwork, times: ArrayLike | None) -> Array:
    if times is None:
        return np.linspace(0.0, LIFETIMES / _fastest(problem), INSTANTS)
    try:
        instants = np.array(times, dtype=float).ravel()
    except (TypeError, ValueError):
        raise InputError(f"times: increasing numbers from 0 on are required, got {quoted(str(times))}") from None
    fine = instants.size > 0 and bool(np.isfinite(instants).all()) and bool((np.diff(instants) > 0).all())
    if not fine or instants[0] < 0:
        raise InputError(f"times: increasing numbers from 0 on are required, got {np.ravel(times)!s:.60}")
    return instants


def _fastest(problem: OneDimensionalNetwork) -> float:
    """The larger of the tangent kernel at the start and the growth rate of small weights; 1 if nothing moves."""
    of_u, of_v = problem.effective_rates
    with np.errstate(over="ignore"):  # what is not finite is refused
        squares = of_v * float(problem.u0 @ problem.u0) + of_u * float(problem.v0 @ problem.v0)
    growth = 2 * problem.gamma * abs(problem.ay) * float(np.sqrt(of_u * of_v))
    fastest = max(problem.gamma**2 * problem.xi2 * squares, growth) or 1.0
    if not np.isfinite(fastest):
        raise IntegrationFailed("the flow stopped at t = 0: squares of weights are no doubles; rescale the problem")
    return fastest
