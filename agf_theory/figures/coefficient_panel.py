"""The lower panel: coefficients over time, the flow's on top of the limit's steps, named at their right ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from agf_theory.figures.content import ScaleResults, Staircase
from agf_theory.figures.coordinate_colors import coordinate_colors
from agf_theory.figures.side_labels import SideLabel
from agf_theory.figures.style import DASHES, GREY, shade, strength_of_scale
from agf_theory.figures.time_axis import TimeAxis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_coefficients"]


def draw_coefficients(
    axes: Axes,
    limit: Staircase,
    scales: Sequence[ScaleResults],
    time: TimeAxis,
    names: Sequence[str],
    others: Sequence[Staircase] = (),
    colors: Mapping[int, str] | None = None,
) -> list[SideLabel]:
    """Coefficients over time; returns the names to write beside the panel.

    The limit's steps are dotted and the flow's curves solid, paler for larger scales; without a flow the steps are
    solid. Other staircases are dashed. Coordinates beyond the largest fourteen are grey and unnamed.
    """
    colors = coordinate_colors(limit) if colors is None else colors
    flows = [scale.flow for scale in scales if scale.flow is not None]
    active = [i for i in range(len(names)) if np.any(limit.coefficients[:, i]) or _moves(flows, i, limit)]
    axes.axhline(0, color=GREY, linewidth=0.4, zorder=0)
    steps, values = time.stairs(limit.times, limit.coefficients)
    for i in active:
        named = i in colors  # the others stay thin and behind
        color, above, width = colors.get(i, GREY), 2 * named, 0.8 if named else 0.3
        axes.plot(steps, values[:, i], color=color, linestyle=":" if flows else "-", linewidth=width, zorder=1 + above)
        for other in others:
            times, heights = time.stairs(other.times, other.coefficients)
            axes.plot(times, heights[:, i], color=color, linestyle=DASHES, linewidth=width, zorder=1.2 + above)
        for position, flow in enumerate(flows):
            paler = shade(color, strength_of_scale(position, len(flows)))
            curve = time.to_the_end(flow.times, np.asarray(flow.coefficients)[:, i], at_rest=not flow.notes)
            axes.plot(*curve, color=paler, linewidth=width + 0.1, zorder=1.5 + above)
    time.apply(axes)
    _set_range(axes, [limit, *others])
    final = limit.coefficients[-1]
    return [SideLabel(names[i], float(final[i]), colors[i]) for i in active if i in colors]


def _moves(flows: Sequence[Any], i: int, limit: Staircase) -> bool:
    largest = float(np.abs(limit.coefficients).max(initial=0.0))
    return any(float(np.abs(flow.coefficients[:, i]).max()) > 1e-2 * largest for flow in flows)


def _set_range(axes: Axes, drawn: Sequence[Staircase]) -> None:
    low = min(float(stairs.coefficients.min(initial=0.0)) for stairs in drawn)
    high = max(float(stairs.coefficients.max(initial=0.0)) for stairs in drawn)
    room = 0.08 * (high - low) or 1.0
    axes.set_ylim(low - room, high + room)
