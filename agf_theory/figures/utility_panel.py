"""Accumulated utilities over time: neurons on their way to the threshold, where they activate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.content import ScaleResults
from agf_theory.figures.side_labels import SideLabel
from agf_theory.figures.style import BLACK, DARK_GREY, GREY, shade, strength_of_scale
from agf_theory.figures.time_axis import TimeAxis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities

__all__ = ["draw_utilities"]

_HIGHEST = 1.6  # of the threshold: active neurons of a flow at a large scale grow far beyond it
_ACTIVATES: Final[dict[str, Any]] = {"marker": "o", "markersize": 2.6}
_RETURNS: Final[dict[str, Any]] = {"marker": "v", "markersize": 5, "markerfacecolor": "none", "markeredgewidth": 0.7}


def draw_utilities(
    axes: Axes,
    limit: AccumulatedUtilities,
    scales: Sequence[ScaleResults],
    time: TimeAxis,
    colors: Mapping[int, str],
) -> list[SideLabel]:
    r"""Accumulated utilities over their thresholds, :math:`\mathcal S_i/c_i`; returns the names to write beside.

    A neuron of the limit is drawn while it is dormant, with a dot where it activates and a triangle where it returns
    to dormancy: dotted where there are flows, whose curves are solid and paler for larger scales. Neurons without a
    colour are grey, and unnamed if they are many.

    Parameters
    ----------
    axes : Axes
    limit : AccumulatedUtilities
    scales : sequence of ScaleResults
        Those with utilities are drawn.
    time : TimeAxis
    colors : mapping from neuron to colour
    """
    flows = [scale.utilities for scale in scales if scale.utilities is not None]
    axes.axhline(1, color=BLACK, linewidth=0.6, zorder=2.5)
    axes.axhline(0, color=GREY, linewidth=0.4, zorder=0)
    for position, flow in enumerate(flows):
        strength = strength_of_scale(position, len(flows))
        for i, curve in enumerate(flow.shares.T):
            paler = shade(colors.get(i, GREY), strength)
            axes.plot(
                *time.to_the_end(flow.times, curve, at_rest=flow.at_rest),
                color=paler,
                linewidth=0.8 if i in colors else 0.4,
                zorder=2 + (i in colors),
            )
    activated = returned = False
    for i, curve in enumerate(limit.shares.T):
        color, width = colors.get(i, GREY), 0.9 if i in colors else 0.4
        for stretch in _dormant_stretches(limit, i):
            times, shares = limit.times[stretch], curve[stretch]
            to_the_end = bool(limit.dormant[-1, i]) and stretch.stop == len(limit.times)
            times, shares = time.to_the_end(times, shares, at_rest=to_the_end and limit.at_rest)
            line = axes.plot(*_finely(times, shares, time), color=color, linewidth=width, zorder=3 + (i in colors))
            if flows:
                line[0].set_linestyle(":")
            if not to_the_end:
                activated = True
                axes.plot(times[-1], shares[-1], color=color, linestyle="none", zorder=6, **_ACTIVATES)
            if stretch.start:
                returned = True
                axes.plot(times[0], shares[0], color=color, linestyle="none", zorder=6.5, **_RETURNS)
    _label_marks(axes, activated=activated, returned=returned)
    time.apply(axes)
    highest = max((float(flow.shares[_within(flow.times, time)].max(initial=0.0)) for flow in flows), default=1.0)
    axes.set_ylim(-0.04, min(max(highest, 1.0), _HIGHEST) + 0.08)
    axes.set_ylabel(r"accumulated utility $\mathcal{S}_i/c_i$")
    return _names(limit, colors)


def _dormant_stretches(found: AccumulatedUtilities, neuron: int) -> Iterator[slice]:
    """The corners of each unbroken time of dormancy of a neuron."""
    dormant = np.concatenate([[False], found.dormant[:, neuron], [False]])
    starts, ends = (np.flatnonzero(change) for change in (dormant[1:] & ~dormant[:-1], ~dormant[1:] & dormant[:-1]))
    for start, end in zip(starts, ends, strict=True):
        yield slice(int(start), min(int(end) + 1, len(found.times)))


def _finely(
    times: NDArray[np.float64], values: NDArray[np.float64], time: TimeAxis
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners, and on a logarithmic axis, where straight lines are curves, points between them."""
    if not time.logarithmic:
        return times, values
    between = np.geomspace(time.start, max(time.end, times[-1]), 400)
    inside = between[(between > times[0]) & (between < times[-1])]
    fine = np.unique(np.concatenate([times, inside]))
    return fine, np.interp(fine, times, values)


def _within(times: NDArray[np.float64], time: TimeAxis) -> NDArray[np.bool_]:
    return np.asarray(times <= time.end)


def _label_marks(axes: Axes, *, activated: bool, returned: bool) -> None:
    """Entries of the legend."""
    if activated:
        axes.plot([], [], color=BLACK, linestyle="none", label="activates", **_ACTIVATES)
    if returned:
        axes.plot([], [], color=BLACK, linestyle="none", label="returns to dormancy", **_RETURNS)


def _names(limit: AccumulatedUtilities, colors: Mapping[int, str]) -> list[SideLabel]:
    """In the order of their last activation: the names of those that end at the threshold stand in this order."""
    ends = limit.shares[-1]
    last = [int(np.flatnonzero(column)[-1]) if column.any() else 0 for column in limit.dormant.T]
    named = [i for i in range(len(limit.names)) if i in colors or len(limit.names) <= len(colors) + 4]
    named.sort(key=lambda i: (ends[i], -last[i]))
    return [SideLabel(limit.names[i], float(ends[i]), colors.get(i, DARK_GREY)) for i in named]
