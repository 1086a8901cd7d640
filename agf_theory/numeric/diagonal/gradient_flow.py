"""Gradient flow of a diagonal linear network at a finite initialisation scale."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import LSODA, OdeSolution, Radau

from agf_theory.errors import InputError, IntegrationFailed
from agf_theory.numeric.diagonal.dual_flow import DualFlow, amplitude
from agf_theory.numeric.diagonal.pesme_flammarion import CLOCK
from agf_theory.numeric.diagonal.plateaus import jumps_of_dual_flow
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["gradient_flow"]

Array = NDArray[np.float64]

# The flow has arrived when the gradient has fallen by ten orders of magnitude: below that the coefficients' own
# rounding (2 log(1/α) ulps of s) speaks. A saddle whose gradient is smaller still would be left after a plateau 1e10
# times the first.
ARRIVED = 1e-10
METHODS = {"LSODA": LSODA, "Radau": Radau}
FINEST = 1e-13  # a few hundred units in the last place of s, what adding up some thousand steps needs


def gradient_flow(
    problem: DiagonalNetwork,
    init_scale: InitScale,
    *,
    convention: str = "paper",
    duration: float | None = None,
    tolerance: float = 1e-10,
    method: str = "LSODA",
) -> Trajectory:
    r"""Integrate the dual flow from s = 0.

    Parameters
    ----------
    problem : DiagonalNetwork
    init_scale : InitScale
        α, from near one to 1e-10000 and beyond; only log(1/α) enters.
    convention : {"paper", "slides"}
        Initialisation u = √2 α, v = 0 or u = α, v = 0.
    duration : float, optional
        Flow time divided by log(1/α) to integrate for; by default until the gradient has vanished to 1e-10 of its
        start.
    tolerance : float
        Tolerance on coefficients and gradients. An error δs changes β by the factor 1 + 2 log(1/α) δs, so the
        integrator works on s to a relative tolerance smaller by 1 + log(1/α)/10, but no smaller than 1e-13.
    method : {"LSODA", "Radau"}
        Implicit integrators with the analytic Jacobian; LSODA is faster, Radau the cross-check.

    Returns
    -------
    Trajectory
        Times are flow time for the loss ‖Xβ − y‖²/(2n) divided by log(1/α).

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the duration or the tolerance is not positive and finite, or
        the method is neither.
    IntegrationFailed
        If the integrator gives up, returns a number that is not finite, or the loss increases along the result.

    Source
    ------
    [kunin2025], Section 4; [pesme2023], Section 2 (mirror flow with the hyperbolic entropy).

    Examples
    --------
    >>> from agf_theory.problems import DiagonalNetwork, InitScale
    >>> problem = DiagonalNetwork([[1.0, 0.0], [0.0, 1.0]], [1.0, 3.0])
    >>> gradient_flow(problem, InitScale("1e-1000")).jump_times().round(4).tolist()
    [0.6669, 2.0003]
    """
    require_problem(problem, DiagonalNetwork)
    require_init_scale(init_scale)
    _validate(duration, tolerance, method)
    flow = DualFlow(
        gram=problem.X.T @ problem.X / problem.n,
        linear=problem.X.T @ problem.y / problem.n,
        constant=float(problem.y @ problem.y) / problem.n,
        log_inverse=init_scale.log_inverse,
        amplitude=amplitude(convention),
    )
    times, dense, notes = _integrate(flow, duration, tolerance, method)

    def dual_at(instants: Array) -> Array:
        return np.asarray(dense(instants)).T

    def at(instants: ArrayLike) -> Array:
        requested = np.asarray(instants, dtype=float)
        if not ((requested >= times[0]) & (requested <= times[-1])).all():  # NaN is in no interval
            raise InputError(f"times must lie in [{times[0]:g}, {times[-1]:g}], got {_shown(requested)}")
        if not requested.size:
            return np.zeros((*requested.shape, problem.d))
        return flow.coefficients(dual_at(requested.ravel())).reshape(*requested.shape, problem.d)

    dual = dual_at(times)
    _check(flow, dual, tolerance)
    return Trajectory(
        system="diagonal",
        method=f"dual flow ({method})",
        clock=CLOCK,
        names=problem.names,
        times=times,
        losses=flow.loss(dual),
        coefficients=flow.coefficients(dual),
        dual=dual,
        utilities=np.abs(flow.gradient(dual)) / 2,
        at=at,
        find_jumps=lambda: jumps_of_dual_flow(flow, times, dual_at, tolerance),
        notes=notes,
    )


def _shown(times: Array) -> str:
    low, high = float(times.min()), float(times.max())
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _validate(duration: float | None, tolerance: float, method: str) -> None:
    if duration is not None and not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    if not 1e-13 <= tolerance <= 1e-3:
        raise InputError(f"tolerance must lie in [1e-13, 1e-3], got {tolerance}")
    if method not in METHODS:
        raise InputError(f"method must be one of {', '.join(METHODS)}, got {method!r}")


def _integrate(
    flow: DualFlow, duration: float | None, tolerance: float, method: str
) -> tuple[Array, Any, tuple[str, ...]]:
    if not flow.linear.any():
        end = duration or 1.0
        return (
            np.array([0.0, end]),
            lambda t: np.zeros((len(flow.linear), *np.shape(t))),
            ("the gradient is zero at the start",),
        )
    moving = np.diag(flow.gram) > 0
    lengths = np.sqrt(np.diag(flow.gram)[moving])  # gradients are compared per unit of column length
    largest = float((np.abs(flow.linear[moving]) / lengths).max())

    relative = max(tolerance / (1 + flow.log_inverse / 10), FINEST)
    bound = duration or 1 / (ARRIVED * largest * float(lengths.min()))
    solver = METHODS[method](
        flow.velocity,
        0.0,
        np.zeros_like(flow.linear),
        bound,
        jac=flow.jacobian,
        rtol=relative,
        atol=relative / 100,
        first_step=min(1e-3 / float(np.abs(flow.linear).max()), bound),
    )
    # Step by step, not with an event of solve_ivp: at the end the gradient is the integrator's noise, and its sign at a
    # step's end may differ between the step and the dense output, on which the search for the root then fails.
    times, pieces = [0.0], []
    arrived = False
    while solver.status == "running" and not arrived:
        message = solver.step()
        if solver.status == "failed":
            raise IntegrationFailed(f"{method} stopped at t = {solver.t:g}: {message}; try method='Radau'")
        times.append(float(solver.t))
        pieces.append(solver.dense_output())
        gradient = float((np.abs(flow.gradient(solver.y)[moving]) / lengths).max())
        arrived = duration is None and not gradient > ARRIVED * largest  # so that a NaN stops here, too
    notes: tuple[str, ...] = ()
    if duration is None and not arrived:
        notes = (f"gradient not yet below {ARRIVED:g} of its start at t = {times[-1]:g}",)
    return np.array(times), OdeSolution(times, pieces, alt_segment=method == "LSODA"), notes


def _check(flow: DualFlow, dual: Array, tolerance: float) -> None:
    """A solver's success is no evidence: every state is finite, and the loss never rises."""
    losses = flow.loss(dual)
    if not (np.isfinite(dual).all() and np.isfinite(losses).all()):
        raise IntegrationFailed("the integrator returned numbers that are not finite; try method='Radau'")
    # δL = ∇L·δβ with δβ = (dβ/ds)δs; s is known to the tolerance, and the loss to the rounding of the terms it sums
    slack = 100 * tolerance * (np.abs(flow.gradient(dual)) * flow.sensitivity(dual)).sum(-1) + 1e-12 * losses[0]
    sizes = np.abs(flow.coefficients(dual))
    terms = ((sizes @ np.abs(flow.gram)) * sizes).sum(-1) / 2 + sizes @ np.abs(flow.linear) + flow.constant / 2
    slack += 2 * len(flow.linear) * np.finfo(float).eps * terms
    rises = np.diff(losses) - slack[1:] - slack[:-1]
    if (rises > 0).any():
        where = int(np.argmax(rises))
        raise IntegrationFailed(
            f"the loss rises by {np.diff(losses)[where]:.3g} at step {where + 1}; lower the tolerance"
        )
