"""Jump times of gradient flow as slopes: what is left of T_k as a function of log(1/ε)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.conjecture.couplings import couplings
from agf_theory.numeric.linear.gradient_flow import gradient_flow
from agf_theory.numeric.linear.singular_bases import ROUNDING
from agf_theory.numeric.trajectory import Jump
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["FLOOR", "Slopes", "measured_slopes"]

Array = NDArray[np.float64]

TOLERANCE = 1e-10
FLOOR = 1e-7
"""Least uncertainty of a slope. The integrator errs by 1e-10 a step of log-norms of some hundreds, in some hundred
steps; over an interval of log(1/ε) of a hundred, with rates from 0.1 on, that is below 1e-8."""


@dataclass(frozen=True, eq=False)
class Slopes:
    r"""Slopes :math:`[T_k(\mathcal L_2)-T_k(\mathcal L_1)]/(\mathcal L_2-\mathcal L_1)` of the jump times of the flow.

    The O(1) part of a jump time, which depends on the start, drops out; what is left decays exponentially in the length
    of the plateaus.

    Attributes
    ----------
    scales : tuple of InitScale
        Descending; at least three, so that a slope is seen to have converged.
    seeds : tuple of int
        Of the starts.
    times : tuple of (K,) arrays
        Jump times over log(1/ε), at each scale, from the first start.
    slopes : (K,)
        Between the two smallest scales, from the first start.
    uncertainty : (K,)
        How far they are from the slopes between the scales before, or from another start, whichever is more.
    levels : (K,)
        Loss on the plateau after each jump, at the smallest scale.
    level_uncertainty : (K,)
        How far they are from those at the scale before, or from another start.
    unresolved : float
        The largest error of a jump time over log(1/ε) at the two smallest scales: how far it moves when it is read off
        at another instant of the plateaus around it.
    counts : tuple of int
        Number of jumps seen at each scale; the arrays hold those seen at all of them.
    """

    scales: tuple[InitScale, ...]
    seeds: tuple[int, ...]
    times: tuple[Array, ...]
    slopes: Array
    uncertainty: Array
    levels: Array
    level_uncertainty: Array
    unresolved: float
    counts: tuple[int, ...]


def measured_slopes(problem: LinearNetwork, scales: tuple[InitScale, ...], seeds: tuple[int, ...]) -> Slopes:
    """Slopes of the jump times of gradient flow from random starts; further starts at the two smallest scales alone.

    Moments that fall into blocks are integrated in the bases of the blocks, where the couplings between them are zero
    and stay zero: rounding would couple them, and a saddle is left sooner or later on whatever couples it.

    What was integrated is kept, so that another staircase, or smaller scales, cost little.

    Raises
    ------
    InputError
        If the problem or a scale is of another kind.
    IntegrationFailed
        As for `gradient_flow`.
    """
    require_problem(problem, LinearNetwork)
    for scale in scales:
        require_init_scale(scale)
    graph = couplings(problem)
    if graph.number_of_blocks(ROUNDING) > 1:
        problem = graph.cut(ROUNDING, problem.width)
    runs = [[_jumps(problem, scale, seeds[0]) for scale in scales]]
    runs += [[_jumps(problem, scale, seed) for scale in scales[-2:]] for seed in seeds[1:]]
    counts = tuple(len(jumps) for run in runs for jumps in run)
    kept = min(counts)
    logs = np.array([scale.log_inverse for scale in scales])
    first = np.array([[jump.time for jump in jumps[:kept]] for jumps in runs[0]]).reshape(len(scales), kept)
    per_scale = np.diff(first * logs[:, None], axis=0) / np.diff(logs)[:, None]
    levels = np.array([[[j.loss for j in jumps[:kept]] for jumps in run[-2:]] for run in runs]).reshape(-1, 2, kept)
    spread = [np.abs(per_scale[-1] - per_scale[-2]), np.full(kept, FLOOR)]
    for run in runs[1:]:
        ends = np.array([[jump.time for jump in jumps[:kept]] for jumps in run]).reshape(2, kept) * logs[-2:, None]
        spread.append(np.abs((ends[1] - ends[0]) / (logs[-1] - logs[-2]) - per_scale[-1]))
    return Slopes(
        scales=scales,
        seeds=seeds,
        times=tuple(first),
        slopes=per_scale[-1],
        uncertainty=np.max(spread, axis=0),
        levels=levels[0, 1],
        level_uncertainty=np.abs(levels - levels[0, 1]).max(axis=(0, 1)),
        unresolved=max((jump.error for run in runs for jumps in run[-2:] for jump in jumps), default=0.0),
        counts=counts,
    )


@lru_cache(maxsize=256)
def _jumps(problem: LinearNetwork, scale: InitScale, seed: int) -> tuple[Jump, ...]:
    return gradient_flow(problem, scale, seed=seed, tolerance=TOLERANCE).jumps()
