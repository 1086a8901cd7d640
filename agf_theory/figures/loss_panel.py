"""The upper panel: the loss of the flow at each scale, the limiting staircase, and where each method puts the jumps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.content import ScaleResults, Staircase, alpha_label, half_way, needs_logarithm, staircase
from agf_theory.figures.style import BLACK, DASHES, GREY, MARKERS, scale_color
from agf_theory.figures.time_axis import TimeAxis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_losses", "draw_rules"]

_MOST_RULES = 40  # more vertical lines than that would be a grey wall
_MEANINGS = {"agf": "AGF jump", "corrected": "corrected jump", "refined": "refined jump", "gf": "flow's jump"}


def draw_losses(
    axes: Axes,
    limit: Staircase,
    scales: Sequence[ScaleResults],
    time: TimeAxis,
    others: Mapping[str, Staircase] | None = None,
    *,
    floor: float = 0.0,
) -> None:
    """Losses over time.

    Parameters
    ----------
    axes : Axes
    limit : Staircase
    scales : sequence of ScaleResults
        In the order of the legend.
    time : TimeAxis
    others : mapping from label to Staircase, optional
        Drawn in dashes.
    floor : float
        What is taken off every loss: with the last level of the limit, small drops far above zero come into sight.
    """
    levels = limit.losses - floor
    _set_loss_scale(axes, levels)
    draw_rules(axes, limit)
    axes.plot(*time.stairs(limit.times, levels), color=BLACK, linewidth=0.8, zorder=3, label=r"limit $\alpha\to0$")
    for label, other in (others or {}).items():
        axes.plot(
            *time.stairs(other.times, other.losses - floor),
            color=BLACK,
            linestyle=DASHES,
            linewidth=0.8,
            zorder=3,
            label=label,
        )
    shown: dict[str, None] = {}
    for position, scale in enumerate(scales):
        color = scale_color(position, len(scales))
        axes.plot([], [], color=color, label=alpha_label(scale.alpha))
        if scale.flow is not None:
            curve = time.to_the_end(
                scale.flow.times, np.asarray(scale.flow.losses) - floor, at_rest=not scale.flow.notes
            )
            axes.plot(*curve, color=color, zorder=2)
        for key, times, levels in _jump_marks(scale, floor, logarithmic=axes.get_yscale() == "log"):
            shown[key] = None
            _mark(axes, key, times, levels, color=color, hollow=True)
    for key in shown:
        _mark(axes, key, np.array([]), np.array([]), color=BLACK, hollow=True, label=_MEANINGS[key])
    time.apply(axes)


def draw_rules(axes: Axes, limit: Staircase) -> None:
    """A thin vertical line at each jump time of the limit, unless there are too many."""
    for jump in limit.times[1:] if len(limit.times) <= _MOST_RULES else ():
        axes.axvline(jump, color=GREY, linewidth=0.4, zorder=0)


def _jump_marks(
    scale: ScaleResults, floor: float, *, logarithmic: bool
) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """For each method: its jump times, and the heights to mark them at.

    A prediction is marked half-way down the drop it predicts, the flow's own jump on the flow's curve.
    """
    marks = []
    for key, sequence in scale.predictions.items():
        stairs = staircase(sequence)
        timed = np.isfinite(stairs.times[1:])
        if timed.any():
            marks.append(
                (key, stairs.times[1:][timed], half_way(stairs.losses - floor, logarithmic=logarithmic)[timed])
            )
    if scale.flow is not None:
        times = np.array([float(jump.time) for jump in scale.flow.jumps()])
        marks.append(("gf", times, np.interp(times, scale.flow.times, scale.flow.losses) - floor))
    return marks


def _mark(axes: Axes, key: str, times: Any, levels: Any, *, color: Any, hollow: bool, label: str | None = None) -> None:
    axes.plot(
        times,
        levels,
        linestyle="none",
        marker=MARKERS[key],
        markersize=3.2,
        markeredgewidth=0.7,
        markerfacecolor="none" if hollow else color,
        color=color,
        zorder=4,
        label=label,
    )


def _set_loss_scale(axes: Axes, levels: NDArray[np.float64]) -> None:
    drops = levels[levels > 1e-12 * levels[0]]  # below that, the level is zero up to rounding
    top, lowest = float(levels[0]), float(levels.min())
    if needs_logarithm(drops):
        axes.set_yscale("log")
        axes.set_ylim(float(drops.min()) / 3, top * 1.6)
    elif top > 0:
        room = 0.06 * (top - lowest) or top
        axes.set_ylim(lowest - room, top + room)
