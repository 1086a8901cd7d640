"""Loss and coefficients of one flow over time, with the times and levels that were predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from agf_theory.figures.content import alpha_label, clock_label, half_way, needs_logarithm
from agf_theory.figures.flow_content import FlowContent
from agf_theory.figures.legend import legend_above
from agf_theory.figures.side_labels import SideLabel, write_side_labels
from agf_theory.figures.style import BLACK, GREY
from agf_theory.figures.time_axis import TimeAxis, time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LABEL_SIZE", "draw_flow"]

LABEL_SIZE: Final = 6

_MARKERS: Final = {"formula": "o", "limit": "o", "bound": ">", "agf": "s"}
_SIZES: Final = {"formula": 2.4, "limit": 2.4, "bound": 3.6, "agf": 4.8}  # the limit and AGF often fall on one another
_MEANINGS: Final = {"formula": "formula", "limit": r"limit $\alpha\to0$", "bound": "lower bound", "agf": "AGF"}
_LONGEST_TAIL = 1.5  # of the time of the last jump: what comes later is one long plateau
_SMALLEST = 1e-12
_NAMED = 10


def draw_flow(loss: Axes, coefficients: Axes, content: FlowContent, label: str) -> TimeAxis:
    """Two panels side by side: loss, and coefficients with their names; returns the axis of time they share.

    Parameters
    ----------
    loss, coefficients : Axes
        Where they are to stay: names are written beside the second.
    content : FlowContent
    label : str
        Of the coefficients' axis.
    """
    time = _time_axis(content)
    _draw_loss(loss, content, time)
    names = _draw_coefficients(coefficients, content, time, label)
    for axes in (loss, coefficients):
        axes.set_xlabel(clock_label(content.flow.clock))
    coefficients.set_title(alpha_label(content.alpha), loc="right", fontsize=7)
    write_side_labels(coefficients, names, size=LABEL_SIZE)
    return time


def _time_axis(content: FlowContent) -> TimeAxis:
    """The axis that shows all jumps, those of the flow to half their height, and what follows the last."""
    times = [float(time) for sequence in content.predictions.values() for time in sequence.jump_times]
    times += [time for jump in content.flow.jumps() for time in (jump.time, jump.half_crossing)]
    last = max((time for time in times if np.isfinite(time)), default=0.0)
    return time_axis([*times, min(float(content.flow.times[-1]), _LONGEST_TAIL * last)])


def _draw_loss(axes: Axes, content: FlowContent, time: TimeAxis) -> None:
    """The flow's loss, dotted levels, and the predicted jumps half-way down their drops."""
    levels = content.levels()
    for level in levels:
        axes.axhline(level, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
    axes.plot(content.flow.times, np.asarray(content.flow.losses), color=BLACK, linewidth=1.0, label="gradient flow")
    logarithmic = needs_logarithm(levels)
    if logarithmic:
        axes.set_yscale("log")
        axes.set_ylim(min(level for level in levels if level > _SMALLEST * levels[0]) / 30, levels[0] * 1.6)
    else:
        axes.set_ylim(-0.06 * levels[0], 1.06 * levels[0])
    for key, sequence in content.predictions.items():
        before = np.array([float(sequence.initial_loss), *map(float, sequence.loss_levels)])
        heights = half_way(before, logarithmic=logarithmic)
        _mark(axes, key, [float(t) for t in sequence.jump_times], heights, BLACK, _MEANINGS[key])
    time.apply(axes)
    axes.set_ylabel(r"loss $\mathcal{L}$")
    legend_above(axes, columns=4)


def _draw_coefficients(axes: Axes, content: FlowContent, time: TimeAxis, label: str) -> list[SideLabel]:
    """Coefficients of the flow, dotted where they end, predictions; returns the names to write beside the panel."""
    colors, ends = content.colors, content.ends
    values = np.asarray(content.flow.coefficients)
    for k, (end, color) in enumerate(zip(ends, colors, strict=True)):
        axes.axhline(end, color=color, linewidth=0.6, linestyle=":", zorder=0)
        axes.plot(content.flow.times, values[:, k], color=color, zorder=2)
    top = float(ends.max())
    if needs_logarithm(ends):
        axes.set_yscale("log")
        axes.set_ylim(float(ends.min()) / 30, top * 1.6)
    else:
        axes.set_ylim(-0.04 * top, 1.08 * top)
    for key, sequence in content.predictions.items():
        for event, at in zip(sequence.events, sequence.jump_times, strict=True):
            for k in event.entered:
                _mark(axes, key, [float(at)], [ends[k] / 2], colors[k])
    time.apply(axes)
    axes.set_ylabel(label)
    return [SideLabel(content.names[k], float(ends[k]), colors[k]) for k in sorted(content.order[:_NAMED])]


def _mark(axes: Axes, key: str, times: Any, heights: Any, color: Any, label: str | None = None) -> None:
    axes.plot(
        times,
        heights,
        linestyle="none",
        marker=_MARKERS[key],
        markersize=_SIZES[key],
        markeredgewidth=0.8,
        markerfacecolor=color if key in ("formula", "limit") else "none",
        color=color,
        zorder=4,
        label=label,
    )
