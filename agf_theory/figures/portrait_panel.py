"""The phase portrait of two coefficients: level lines, paths of the flow, and the saddles of the limit in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.content import alpha_label
from agf_theory.figures.portrait_content import PhasePortrait
from agf_theory.figures.style import BLACK, GREY, scale_color

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_portrait"]

Array = NDArray[np.float64]

_LEVELS = 14
_GRID = 161
_LEAST = 1e-6  # of the other range: below it a coordinate does not move
_ROOM = 0.14  # of the range of the saddles, on each side: for the numbers of those at the edge
_SAME = 0.045  # of the range: numbers nearer than that would cover one another


def draw_portrait(axes: Axes, portrait: PhasePortrait) -> None:
    """Level lines, one path a scale, and the saddles numbered from the start, 0, and joined in their order."""
    low, high = _range(portrait)
    first, second = (np.linspace(low[k], high[k], _GRID) for k in (0, 1))
    losses = portrait.loss(np.stack(np.meshgrid(first, second), axis=-1))
    if (levels := _levels(losses)).size:
        axes.contour(first, second, losses, levels=levels, colors=GREY, linewidths=0.4, zorder=1)
    for coordinate in (axes.axhline, axes.axvline):
        coordinate(0, color=GREY, linewidth=0.4, zorder=0)
    for position, (alpha, path) in enumerate(portrait.paths):
        axes.plot(*path.T, color=scale_color(position, len(portrait.paths)), zorder=2, label=alpha_label(alpha))
    way = np.concatenate(portrait.orbits) if portrait.orbits else portrait.saddles
    axes.plot(*way.T, color=BLACK, linestyle=":", linewidth=0.8, zorder=3, label=r"limit $\alpha\to0$")
    for point, text in _numbers(portrait.saddles, high - low):
        axes.text(
            float(point[0]),
            float(point[1]),
            text,
            fontsize=6,
            ha="center",
            va="center_baseline",
            zorder=5,
            bbox={"boxstyle": "round,pad=0.18,rounding_size=0.5", "facecolor": "white", "edgecolor": BLACK, "lw": 0.5},
        )
    axes.plot([], [], color=GREY, linewidth=0.6, label=portrait.level_label)
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    horizontal, vertical = (f"β ({name})" for name in portrait.names)
    axes.set_xlabel(horizontal, parse_math=False)  # a name may contain dollars
    axes.set_ylabel(vertical, parse_math=False)


def _range(portrait: PhasePortrait) -> tuple[Array, Array]:
    """Corners of what is shown: saddles and paths with room around them, neither axis empty."""
    points = np.concatenate([portrait.saddles, *portrait.orbits, *(path for _, path in portrait.paths)])
    low, high = points.min(axis=0), points.max(axis=0)
    extent = high - low
    widest = float(extent.max()) or 2.0
    middle = (low + high) / 2
    half = np.where(extent > _LEAST * widest, extent, 0.3 * widest) * (0.5 + _ROOM)
    return middle - half, middle + half


def _levels(losses: Array) -> Array:
    """Levels whose lines lie at about equal distances, as the loss is quadratic."""
    lowest, highest = float(losses.min()), float(losses.max())
    if not highest - lowest > 1e-12 * highest:
        return np.zeros(0)
    return np.asarray(lowest + (highest - lowest) * (np.arange(1, _LEVELS) / _LEVELS) ** 2)


def _numbers(saddles: Array, extent: Array) -> list[tuple[Array, str]]:
    """Where to write which numbers: those of saddles too near one another for two stand together."""
    places: list[Array] = []
    members: list[list[int]] = []
    for number, saddle in enumerate(saddles):
        near = [k for k, place in enumerate(places) if np.abs((saddle - place) / extent).max() < _SAME]
        if near:
            members[near[0]].append(number)
        else:
            places.append(saddle)
            members.append([number])
    return [(place, _text(numbers)) for place, numbers in zip(places, members, strict=True)]


def _text(numbers: list[int]) -> str:
    r"""Runs of three or more as such.

    Examples
    --------
    >>> _text([1]), _text([0, 1, 3]), _text([4, 5, 6, 9])
    ('1', '0, 1, 3', '4–6, 9')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
