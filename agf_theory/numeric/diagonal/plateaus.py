"""Reading jumps off the dual flow: on plateaus the coefficients stand still, and jumps lie between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from agf_theory.numeric.diagonal.dual_flow import DualFlow
from agf_theory.numeric.diagonal.peaks import prominent_peaks
from agf_theory.numeric.trajectory import Jump

__all__ = ["jumps_of_dual_flow"]

Array = NDArray[np.float64]

# Two jumps are told apart if between them the coefficients' speed falls to a tenth of the lesser peak. In the limit the
# ratio tends to zero at true plateaus; at a ratio near one there is no instant that belongs to neither jump.
RESOLUTION = 10.0
SAMPLES_PER_STEP = 8

# Errors of the gradient are about twenty times the tolerance (see `gradient_flow`), relative to its start, and so are
# those of the speed. A hundred times that is the level below which humps of the speed are the integrator's.
NOISE = 2000.0
UNEVEN = 10.0  # the speed at an instant of a step against its mean: an accurate step grows by a few powers of e at most
LOSS_ROUNDING = 1e-14  # every jump lowers the loss; what does not, beyond rounding, is no jump


@dataclass(frozen=True)
class _Plateau:
    time: float
    dual: Array
    gradient: Array
    active: frozenset[int]


def jumps_of_dual_flow(
    flow: DualFlow, times: Array, dual_at: Callable[[Array], Array], tolerance: float
) -> tuple[Jump, ...]:
    """Jumps between resolved plateaus.

    Parameters
    ----------
    flow : DualFlow
    times : (T,) the integrator's steps
    dual_at : times (N,) -> (N, d)
        Dense output of s.
    tolerance : float
        The integrator's tolerance in s; its share of a jump time's error is tolerance / |∂_iL|.

    Notes
    -----
    A coordinate counts as active on a plateau if its coefficient is not exponentially small (see `_floor`) and if its
    exponent changes by less than a quarter over the middle quarter of the time between the neighbouring jumps.
    """
    grid = np.unique(np.concatenate([np.linspace(a, b, SAMPLES_PER_STEP + 1) for a, b in pairwise(times)]))
    duals = dual_at(grid)
    speed = np.minimum(flow.speed(duals), _travelled(flow, times, dual_at, grid)) * grid  # per unit of log t
    if not speed.max() > 0:
        return ()
    finite = np.log(speed + speed.max() * NOISE * tolerance)
    floor = _floor(flow, duals)
    peaks = prominent_peaks(finite, float(np.log(RESOLUTION)))
    if not len(peaks):
        return ()
    valleys = [0, *(_middle(grid, finite, a, b) for a, b in pairwise(peaks)), len(grid) - 1]
    bounds = [grid[0], *grid[peaks], grid[-1]]
    plateaus = [_Plateau(0.0, duals[0], flow.gradient(duals[0]), frozenset())]
    slowest = np.inf
    for k, valley in enumerate(valleys[1:], start=1):
        plateau = _plateau(flow, dual_at, float(grid[valley]), floor, (float(bounds[k]), float(bounds[k + 1])))
        fallen = float(flow.loss(plateaus[-1].dual) - flow.loss(plateau.dual)) > LOSS_ROUNDING * flow.constant
        if plateau.active == plateaus[-1].active:
            if finite[valley] < slowest:  # two humps at one saddle: its plateau is the quieter of the two dips
                plateaus[-1], slowest = plateau, float(finite[valley])
        elif fallen:
            if plateau.active < plateaus[-1].active:
                plateaus.pop()  # nobody joined: a leaver of the same jump was still decaying at the dip before
            if plateau.active - plateaus[-1].active:
                plateaus.append(plateau)
                slowest = float(finite[valley])
    return tuple(_jump(flow, dual_at, before, after, tolerance) for before, after in pairwise(plateaus))


def _travelled(flow: DualFlow, times: Array, dual_at: Callable[[Array], Array], grid: Array) -> Array:
    """What the coefficients really move by over a step, per unit of time, times `UNEVEN`; at every instant of the grid.

    An active coordinate's gradient is rounding noise, and a long column makes much of it: the noise does not add up.
    """
    coefficients = flow.coefficients(dual_at(times))
    path = (np.abs(np.diff(coefficients, axis=0)) * np.sqrt(np.diag(flow.gram))).sum(axis=1) / np.diff(times)
    step = np.clip(np.searchsorted(times, grid, side="right") - 1, 0, len(path) - 1)
    return np.asarray(UNEVEN * path[step])


def _floor(flow: DualFlow, duals: Array) -> Array:
    """log|β_i| above which a coordinate's coefficient is not exponentially small; infinite if it never was active.

    With η = log(1/α), active coefficients are of the natural size √(c/G_ii) times a factor free of α, dormant ones
    smaller by exp(−2η(1−|s_i|)). The margins grow with η, but more slowly than that: η/4 for having been active at all,
    √η below the greatest value on the trajectory for being active now.
    """
    with np.errstate(divide="ignore"):
        greatest = np.log(np.abs(flow.coefficients(duals)).max(axis=0))
        natural = np.log(flow.constant / np.diag(flow.gram)) / 2
    active_once = greatest > natural - 4 - flow.log_inverse / 4
    return np.where(active_once, greatest - 4 - np.sqrt(flow.log_inverse), np.inf)


def _middle(grid: Array, speed: Array, start: int, end: int) -> int:
    """Middle of the interval between two peaks where the (log) speed is within a factor 2 of its least."""
    low = start + np.flatnonzero(speed[start:end] <= speed[start:end].min() + np.log(2))
    return int(np.searchsorted(grid, (grid[low[0]] + grid[low[-1]]) / 2))


def _plateau(
    flow: DualFlow, dual_at: Callable[[Array], Array], time: float, floor: Array, peaks: tuple[float, float]
) -> _Plateau:
    # Rest is read off the states, not off the gradient: that of an active coordinate is the integrator's noise.
    dual, early, late = dual_at(np.array([time, (3 * time + peaks[0]) / 4, (3 * time + peaks[1]) / 4]))
    resting = 2 * flow.log_inverse * np.abs(late - early) < 1 / 4
    with np.errstate(divide="ignore"):
        present = np.log(np.abs(flow.coefficients(dual))) > floor
    active = np.flatnonzero(present & resting)
    return _Plateau(time, dual, flow.gradient(dual), frozenset(int(i) for i in active))


def _jump(
    flow: DualFlow, dual_at: Callable[[Array], Array], before: _Plateau, after: _Plateau, tolerance: float
) -> Jump:
    entered, left = sorted(after.active - before.active), sorted(before.active - after.active)
    joiner = max(entered, key=lambda i: abs(before.gradient[i]))
    time = _meeting_time(before, after, joiner)
    # The extrapolation again, from a quarter of the way towards the jump on either side: what changes is its error.
    inner = []
    for plateau, weight in ((before, 0.75), (after, 0.75)):
        instant = weight * plateau.time + (1 - weight) * min(max(time, before.time), after.time)
        dual = dual_at(np.array([instant]))[0]
        inner.append(_Plateau(instant, dual, flow.gradient(dual), plateau.active))
    spread = max(
        abs(_meeting_time(inner[0], after, joiner) - time), abs(_meeting_time(before, inner[1], joiner) - time)
    )
    return Jump(
        time=time,
        error=spread + tolerance / abs(float(before.gradient[joiner])),
        half_crossing=_half_crossing(flow, dual_at, before, after, joiner),
        entered=tuple(entered),
        left=tuple(left),
        coefficients=flow.coefficients(after.dual),
        dual=after.dual,
        plateau_time=after.time,
        loss=float(flow.loss(after.dual)),
    )


def _meeting_time(before: _Plateau, after: _Plateau, joiner: int) -> float:
    """Where s of the joiner, moving on as on the plateau before, meets its value on the plateau after."""
    return before.time + float((after.dual[joiner] - before.dual[joiner]) / -before.gradient[joiner])


def _half_crossing(
    flow: DualFlow, dual_at: Callable[[Array], Array], before: _Plateau, after: _Plateau, joiner: int
) -> float:
    target = float(flow.coefficients(after.dual)[joiner]) / 2

    def excess(time: float) -> float:
        return float((flow.coefficients(dual_at(np.array([time]))[0])[joiner] - target) * np.sign(target))

    grid = np.linspace(before.time, after.time, 400)
    above = np.flatnonzero((flow.coefficients(dual_at(grid))[:, joiner] - target) * np.sign(target) >= 0)
    first = int(above[0]) if len(above) else len(grid) - 1
    if first == 0 or excess(grid[first - 1]) * excess(grid[first]) > 0:
        return float(grid[first])
    return float(brentq(excess, grid[first - 1], grid[first], xtol=1e-14 * grid[-1]))
