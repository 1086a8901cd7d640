"""Reading jumps off the column flow: effective neurons grow in straight lines on the plateaus, and settle."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from agf_theory.numeric.linear.column_flow import ColumnFlow, Run
from agf_theory.numeric.trajectory import Jump

__all__ = ["jumps_of_columns", "maps_on_plateaus"]

Array = NDArray[np.float64]

ARRIVED = 1.0
"""A neuron has joined when its log-norm is within this of its size on the next plateau. It grows by many e-folds on the
way, so that the crossing exists; which of two close jumps it belongs to is decided by the order of the columns."""


def jumps_of_columns(flow: ColumnFlow, run: Run, log_inverse: float) -> tuple[Jump, ...]:
    """Jumps in order: the k-th is that of the k-th largest effective neuron.

    Parameters
    ----------
    flow : ColumnFlow
    run : Run
        In flow time.
    log_inverse : float
        log(1/ε): what times are divided by.
    """
    crossings = [i for k in range(run.log_norms.shape[1]) if (i := _crossing(run, k)) is not None]
    ends = [*(run.times[i] for i in crossings), run.times[-1]]
    found = []
    for k in range(len(crossings)):
        after = (ends[k] + ends[k + 1]) / 2 if k + 1 < len(crossings) else run.times[-1]
        before = (ends[k - 1] + ends[k]) / 2 if k else ends[0] / 2
        found.append(_jump(flow, run, k, (before, ends[k], after), log_inverse))
    return tuple(found)


def maps_on_plateaus(run: Run) -> list[Array]:
    """The map half-way in time between each two jumps, and that at the end."""
    crossings = [i for k in range(run.log_norms.shape[1]) if (i := _crossing(run, k)) is not None]
    ends = [run.times[i] for i in crossings]
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    return [run.maps[int(np.searchsorted(run.times, t))] for t in middles] + [run.maps[-1]] * bool(ends)


def _crossing(run: Run, k: int) -> int | None:
    """First step at the end of which neuron k has arrived; None if it never does."""
    height = run.log_norms[-1, k] - ARRIVED
    arrived = np.flatnonzero(run.log_norms[:, k] > height)
    # A neuron that still grows at the end has not arrived: its last value is no plateau.
    growing = run.log_norms[-1, k] - run.log_norms[-min(len(run.times), 4), k] > ARRIVED / 2
    return None if growing or not len(arrived) or arrived[0] == 0 else int(arrived[0])


def _jump(flow: ColumnFlow, run: Run, k: int, instants: tuple[float, float, float], log_inverse: float) -> Jump:
    before, crossing, after = instants
    early = before + (crossing - before) / 2
    norms, maps = flow.between(run, [before, early, after])
    settled = float(norms[2, k])
    rates = [_rate(flow, run, k, t) for t in (before, early)]
    times = [t + (settled - float(norm)) / r for t, norm, r in zip((before, early), norms[:2, k], rates, strict=True)]
    half = _half_crossing(flow, run, k, (before, after), settled)
    return Jump(
        time=times[1] / log_inverse,
        error=abs(times[1] - times[0]) / log_inverse,
        half_crossing=half / log_inverse,
        entered=(k,),
        left=(),
        coefficients=maps[2],
        dual=norms[2] / log_inverse,
        plateau_time=after / log_inverse,
        loss=float(flow.moments.loss(maps[2])),
    )


def _rate(flow: ColumnFlow, run: Run, k: int, time: float) -> float:
    step = 1e-3 * (run.times[-1] - run.times[0]) / max(len(run.times), 1)
    norms, _ = flow.between(run, [time - step, time + step])
    return float((norms[1, k] - norms[0, k]) / (2 * step))


def _half_crossing(flow: ColumnFlow, run: Run, k: int, interval: tuple[float, float], settled: float) -> float:
    """When the square of the norm, which is twice the strength of a balanced neuron, reaches half of its plateau."""
    height = settled - np.log(2) / 2

    def above(time: float) -> float:
        return float(flow.between(run, [time])[0][0, k] - height)

    if not above(interval[0]) < 0 < above(interval[1]):
        # Close jumps: the neuron is past half when the one before it settles. Steps are in order; look there.
        first = int(np.argmax(run.log_norms[:, k] > height))
        interval = (float(run.times[max(first - 2, 0)]), float(run.times[min(first + 1, len(run.times) - 1)]))
        if not above(interval[0]) < 0 < above(interval[1]):
            return float(run.times[first])
    return float(brentq(above, *interval, xtol=1e-12 * interval[1]))
