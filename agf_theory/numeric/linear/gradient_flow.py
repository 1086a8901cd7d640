"""Gradient flow of a linear network from an initialisation of any size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError, IntegrationFailed
from agf_theory.numeric.linear.adapted import AdaptedMoments
from agf_theory.numeric.linear.column_flow import ColumnFlow
from agf_theory.numeric.linear.jumps import jumps_of_columns, maps_on_plateaus
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import CLOCK
from agf_theory.numeric.linear.stability import not_robust
from agf_theory.numeric.linear.unfinished import unfinished
from agf_theory.numeric.trajectory import Jump, Trajectory
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["SETTLED", "checked_start", "gradient_flow", "random_start"]

Array = NDArray[np.float64]

SETTLED = 1e3
"""The flow has arrived when nothing moves faster than this many tolerances times the first rate σ_1: below that the
integrator's own errors, some hundred tolerances, keep the state in motion. Levels are then good to their square."""


def random_start(problem: LinearNetwork, seed: int = 0) -> Array:
    """A Gaussian matrix Θ = [A; Wᵀ], (c + d, H), of Frobenius norm one."""
    entries = np.random.default_rng(seed).standard_normal((problem.c + problem.d, problem.width))
    return np.asarray(entries / np.linalg.norm(entries))


def gradient_flow(
    problem: LinearNetwork,
    init_scale: InitScale,
    *,
    start: ArrayLike | None = None,
    seed: int = 0,
    duration: float | None = None,
    tolerance: float = 1e-10,
) -> Trajectory:
    r"""Integrate A and W from ε times a start, in effective neurons on a logarithmic scale.

    Blocks of the moments (see `structure`) are kept apart to the last bit: at a saddle that is unstable within its rank
    rounding errors would otherwise decide when it is left. The notes of the result name such saddles.

    Parameters
    ----------
    problem : LinearNetwork
    init_scale : InitScale
        ε, from near one to 1e-1000 and beyond; only log(1/ε) enters.
    start : (c + d, H) array, optional
        Θ̂ = [A; Wᵀ]; the flow starts at ε Θ̂. By default `random_start` with the seed.
    seed : int
    duration : float, optional
        Flow time divided by log(1/ε); by default until nothing moves.
    tolerance : float
        Of the integrator, for log-norms and directions.

    Returns
    -------
    Trajectory
        `coefficients` are the singular values of the map B, largest first; `dual` the log-norms of the effective
        neurons over log(1/ε), which start near −1 and are active near 0; `at` gives maps (..., c, d). Jump k is that
        of the k-th largest effective neuron, in order of activation.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start has another shape, is not finite or of lower rank
        than its width allows, or a number is out of range.
    IntegrationFailed
        If the integrator gives up, a number is not finite, or the loss increases along the result.
    """
    require_problem(problem, LinearNetwork)
    require_init_scale(init_scale)
    if not 1e-13 <= tolerance <= 1e-3:
        raise InputError(f"tolerance must lie in [1e-13, 1e-3], got {tolerance}")
    if duration is not None and not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    adapted, scale = AdaptedMoments.of(problem), init_scale.log_inverse
    moments = adapted.moments
    flow = ColumnFlow(moments)
    columns = LogColumns.of(adapted.columns(checked_start(problem, start, seed)), -scale)
    run = flow.run(
        columns,
        duration=_duration(problem, duration, scale),
        tolerance=tolerance,
        settled=SETTLED * tolerance,
    )
    losses = moments.loss(run.maps)
    _require_descent(losses, tolerance)
    residuals = moments.residual(run.maps)

    learned = int((run.last.log_norms > -scale / 2).sum())  # dormant neurons are near −scale, active ones near zero
    wanted = min(problem.rank, problem.width)
    missing = unfinished(learned, wanted, SETTLED * tolerance) if duration is None else ()

    def at(instants: ArrayLike) -> Array:
        requested = np.asarray(instants, dtype=float)
        end = run.times[-1] / scale
        if not ((requested >= 0) & (requested <= end)).all():
            raise InputError(f"times must lie in [0, {end:g}], got {requested.min():g} to {requested.max():g}")
        maps = flow.between(run, requested.ravel() * scale)[1] if requested.size else np.zeros((0, *moments.best.shape))
        return adapted.original(maps.reshape(*requested.shape, *moments.best.shape))

    def find_jumps() -> tuple[Jump, ...]:
        found = jumps_of_columns(flow, run, scale)
        return tuple(replace(jump, coefficients=adapted.original(jump.coefficients)) for jump in found)

    return Trajectory(
        system="linear",
        method="log-scaled columns (DOP853)",
        clock=CLOCK,
        names=tuple(f"mode {k + 1}" for k in range(run.log_norms.shape[1])),
        times=run.times / scale,
        losses=losses,
        coefficients=np.asarray(np.linalg.svd(run.maps, compute_uv=False)[:, : run.log_norms.shape[1]], dtype=float),
        dual=run.log_norms / scale,
        utilities=np.linalg.svd(residuals, compute_uv=False)[:, : run.log_norms.shape[1]] / 2,
        at=at,
        find_jumps=find_jumps,
        notes=(*not_robust(adapted, maps_on_plateaus(run)), *missing),
    )


def checked_start(problem: LinearNetwork, start: ArrayLike | None, seed: int) -> Array:
    """The start that was given, or a random one; raises `InputError` unless it is of the right shape and finite."""
    if start is None:
        return random_start(problem, seed)
    given = np.asarray(start, dtype=float)
    wanted = (problem.c + problem.d, problem.width)
    if given.shape != wanted:
        raise InputError(f"start: shape {wanted}, A above Wᵀ, is required, got {given.shape}")
    if not np.isfinite(given).all() or not given.any():
        raise InputError("start: finite numbers, not all zero, are required")
    return given


def _duration(problem: LinearNetwork, duration: float | None, scale: float) -> float:
    """Given, or an upper bound: the last mode of a staircase comes before log(1/ε)/σ_r, and then settles."""
    if duration is not None:
        return duration * scale
    sigma = np.linalg.svd(problem.sigma_yx, compute_uv=False)
    if not problem.rank:
        return scale
    return float((4 * scale + 200) / sigma[problem.rank - 1])


def _require_descent(losses: Array, tolerance: float) -> None:
    if not np.isfinite(losses).all():
        raise IntegrationFailed("the loss is not finite; lower the tolerance")
    rises = np.diff(losses)
    if (rises > 1e3 * tolerance * losses[0]).any():
        raise IntegrationFailed(f"the loss rises by {rises.max():.3g}; lower the tolerance")
