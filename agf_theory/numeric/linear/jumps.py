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
    """First step at the end of which neuron k has arrived; None if it never does.

    The k-th largest grows again when a larger one joins. All are measured against the smallest at the end: each map
    of a staircase is a projection of the last, and no neuron was smaller once it had arrived.
    """
    if not _active(run, k):
        return None
    smallest = min(run.log_norms[-1, j] for j in range(run.log_norms.shape[1]) if _active(run, j))
    arrived = np.flatnonzero(run.log_norms[:, k] > smallest - ARRIVED)
    return None if not len(arrived) or arrived[0] == 0 else int(arrived[0])


def _active(run: Run, k: int) -> bool:
    """Whether neuron k has left its start behind at the end, and grows no more: otherwise its last value is no plateau.

    One that the residual does not grow changes by a few e-folds, and stays dormant.
    """
    curve = run.log_norms[:, k]
    growing = curve[-1] - curve[-min(len(curve), 4)] > ARRIVED / 2
    return not growing and bool(curve[-1] > min(curve[0], 0.0) / 2)


def _jump(flow: ColumnFlow, run: Run, k: int, instants: tuple[float, float, float], log_inverse: float) -> Jump:
    before, crossing, after = instants
    early = before + (crossing - before) / 2
    norms, maps = flow.between(run, [before, early, after])
    settled = float(norms[2, k])
    rates = [_rate(flow, run, k, t) for t in (before, early)]
    # A line that does not rise meets nothing: the plateau before is not resolved.
    lines = zip((before, early), norms[:2, k], rates, strict=True)
    times = [t + (settled - float(norm)) / rate if rate > 0 else np.inf for t, norm, rate in lines]
    half = _half_crossing(flow, run, k, after, settled)
    resolved = bool(np.isfinite(times).all())
    return Jump(
        time=(times[1] if resolved else crossing) / log_inverse,
        error=abs(times[1] - times[0]) / log_inverse if resolved else np.inf,
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


def _half_crossing(flow: ColumnFlow, run: Run, k: int, after: float, settled: float) -> float:
    """When the square of the norm, which is twice the strength of a balanced neuron, reaches half of its plateau.

    It starts below that, whereas in the middle of a plateau that is not resolved it may be above.
    """
    height = settled - np.log(2) / 2

    def above(time: float) -> float:
        return float(flow.between(run, [time])[0][0, k] - height)

    return float(brentq(above, float(run.times[0]), after, xtol=1e-12 * after))
