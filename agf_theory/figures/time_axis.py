"""The time axis: linear, or logarithmic when the jumps are spread over decades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.content import needs_logarithm

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TimeAxis", "time_axis"]


@dataclass(frozen=True)
class TimeAxis:
    """Scale and range of the time axis.

    Attributes
    ----------
    logarithmic : bool
    start, end : float
        Range shown; start is positive on a logarithmic axis.
    """

    logarithmic: bool
    start: float
    end: float

    def apply(self, axes: Axes) -> None:
        """Give the axes this scale and range."""
        if self.logarithmic:
            axes.set_xscale("log")
        axes.set_xlim(self.start, self.end)

    def stairs(self, times: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Corners of the step function that takes ``values[k]`` from ``times[k]`` on, over the range shown."""
        edges = np.append(np.maximum(times, self.start), self.end)
        return np.repeat(edges, 2)[1:-1], np.repeat(values, 2, axis=0)

    def to_the_end(
        self, times: NDArray[np.float64], values: NDArray[np.float64], *, at_rest: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """A curve (T,) as it is or, where nothing moves after its last time, drawn out to the end of the axis."""
        if not at_rest or times[-1] >= self.end:
            return times, values
        return np.append(times, self.end), np.append(values, values[-1])


def time_axis(jump_times: Sequence[float]) -> TimeAxis:
    """The axis that shows all the given jump times with room on both sides."""
    jumps = [float(time) for time in jump_times if np.isfinite(time) and time > 0]
    if not jumps:
        return TimeAxis(False, 0.0, 1.0)
    first, last = min(jumps), max(jumps)
    if needs_logarithm(jumps):
        room = (last / first) ** 0.08
        return TimeAxis(True, first / room**1.5, last * room)
    return TimeAxis(False, 0.0, 1.12 * last)
