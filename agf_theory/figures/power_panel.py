"""Loss and output power by frequency over time, with the times and levels that were predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from agf_theory.figures.content import spread_in_decades
from agf_theory.figures.fourier_content import FourierContent, frequency_colors
from agf_theory.figures.side_labels import SideLabel
from agf_theory.figures.style import BLACK, GREY
from agf_theory.figures.time_axis import TimeAxis, time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_loss", "draw_powers", "fourier_time_axis"]

_DECADES_FOR_LOGARITHM = 1.5
_MARKERS: Final = {"formula": "o", "bound": ">", "agf": "s"}
_SIZES: Final = {"formula": 2.4, "bound": 3.6, "agf": 4.8}  # formula and AGF often fall on one another
_MEANINGS: Final = {"formula": "formula", "bound": "lower bound", "agf": "AGF"}
_LONGEST_TAIL = 1.5  # of the time of the last jump: what comes later is one long plateau
_SMALLEST = 1e-12
_NAMED = 10


def fourier_time_axis(content: FourierContent) -> TimeAxis:
    """The axis that shows all jumps, those of the flow to half their height, and what follows the last."""
    times = [float(time) for sequence in content.predictions.values() for time in sequence.jump_times]
    times += [time for jump in content.flow.jumps() for time in (jump.time, jump.half_crossing)]
    last = max((time for time in times if np.isfinite(time)), default=0.0)
    return time_axis([*times, min(float(content.flow.times[-1]), _LONGEST_TAIL * last)])


def draw_loss(axes: Axes, content: FourierContent, time: TimeAxis) -> None:
    """The flow's loss, dotted levels, and the predicted jumps half-way down their drops."""
    levels = _levels(content)
    for level in levels:
        axes.axhline(level, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
    axes.plot(content.flow.times, np.asarray(content.flow.losses), color=BLACK, linewidth=1.0, label="gradient flow")
    logarithmic = spread_in_decades(levels) > _DECADES_FOR_LOGARITHM
    if logarithmic:
        axes.set_yscale("log")
        axes.set_ylim(min(level for level in levels if level > _SMALLEST * levels[0]) / 30, levels[0] * 1.6)
    else:
        axes.set_ylim(-0.06 * levels[0], 1.06 * levels[0])
    for key, sequence in content.predictions.items():
        before = np.array([float(sequence.initial_loss), *map(float, sequence.loss_levels)])
        middle = np.sqrt(before[:-1] * np.maximum(before[1:], before[:-1] / 100)) if logarithmic else None
        heights = (before[:-1] + before[1:]) / 2 if middle is None else middle
        _mark(axes, key, [float(t) for t in sequence.jump_times], heights, BLACK, _MEANINGS[key])
    time.apply(axes)
    axes.set_ylabel(r"loss $\mathcal{L}$")
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.2,
        borderpad=0.0,
        handlelength=1.4,
        columnspacing=1.0,
        ncols=2,
    )


def draw_powers(axes: Axes, content: FourierContent, time: TimeAxis) -> list[SideLabel]:
    """Powers of the flow's output, dotted energies, predictions; returns the names to write beside the panel."""
    colors = frequency_colors(content.energies)
    powers = np.asarray(content.flow.coefficients)
    for k, (energy, color) in enumerate(zip(content.energies, colors, strict=True)):
        axes.axhline(energy, color=color, linewidth=0.6, linestyle=":", zorder=0)
        axes.plot(content.flow.times, powers[:, k], color=color, zorder=2)
    top = float(content.energies.max())
    if spread_in_decades(content.energies) > _DECADES_FOR_LOGARITHM:
        axes.set_yscale("log")
        axes.set_ylim(float(content.energies.min()) / 30, top * 1.6)
    else:
        axes.set_ylim(-0.04 * top, 1.08 * top)
    for key, sequence in content.predictions.items():
        for event, at in zip(sequence.events, sequence.jump_times, strict=True):
            for k in event.entered:
                _mark(axes, key, [float(at)], [content.energies[k] / 2], colors[k])
    time.apply(axes)
    axes.set_ylabel(r"output power $\mathbb{E}\|f^{(\xi)}\|^2$")
    strongest = np.argsort(-content.energies, kind="stable")[:_NAMED]
    return [SideLabel(content.names[k], float(content.energies[k]), colors[k]) for k in sorted(strongest)]


def _levels(content: FourierContent) -> list[float]:
    """Losses left as the frequencies are learned in the flow's order."""
    left = content.energies.astype(float)
    levels = [float(left.sum()) / 2]
    for jump in content.flow.jumps():
        left[list(jump.entered)] = 0.0
        levels.append(float(left.sum()) / 2)
    return levels


def _mark(axes: Axes, key: str, times: Any, heights: Any, color: Any, label: str | None = None) -> None:
    axes.plot(
        times,
        heights,
        linestyle="none",
        marker=_MARKERS[key],
        markersize=_SIZES[key],
        markeredgewidth=0.8,
        markerfacecolor=color if key == "formula" else "none",
        color=color,
        zorder=4,
        label=label,
    )
