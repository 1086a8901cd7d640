"""Names written beside the ends of curves, pushed apart where they would collide."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SideLabel", "spread_apart", "width_of_names", "write_side_labels"]

_LONGEST = 11
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LINE_WIDTH = 14.0  # points from the panel to the name: a little over the 0.055 of its width used below


@dataclass(frozen=True)
class SideLabel:
    """A name, where its curve ends (in data coordinates) and the curve's colour."""

    text: str
    height: float
    color: Any


def write_side_labels(axes: Axes, labels: Sequence[SideLabel], *, size: float) -> None:
    """Write each name right of the axes, joined to its curve's end by a thin line.

    Parameters
    ----------
    axes : Axes
        With its final limits and position.
    labels : sequence of SideLabel
    size : float
        Font size in points; lines of text keep 1.25 times that apart, and less only if they would not fit.
    """
    if not labels:
        return
    height_in_points = axes.get_window_extent().height * 72 / axes.figure.dpi
    data_to_axes = axes.transData + axes.transAxes.inverted()
    ends = np.array([data_to_axes.transform((0.0, label.height))[1] for label in labels])
    places = spread_apart(ends, 1.25 * size / height_in_points, low=0.0, high=1.0)
    for label, end, place in zip(labels, ends, places, strict=True):
        axes.plot(
            [1.0, 1.025, 1.045],
            [end, place, place],
            transform=axes.transAxes,
            color=label.color,
            linewidth=0.5,
            clip_on=False,
            solid_capstyle="butt",
        )
        axes.text(
            1.055,
            place,
            _shown(label.text),
            transform=axes.transAxes,
            color=label.color,
            fontsize=size,
            va="center",
            parse_math=False,  # a name may contain dollars
        )


def width_of_names(names: Sequence[str], *, size: float) -> float:
    """Points to keep free right of the axes for the longest of the names, its line included."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(size=size)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        widths = [TextToPath().get_text_width_height_descent(_shown(name), font, ismath=False)[0] for name in names]
    return _LINE_WIDTH + max(widths, default=0.0)


def _shown(name: str) -> str:
    """The name, shortened where it is long; a Greek letter with a number is the paper's symbol with an index."""
    if re.fullmatch("[α-ω][0-9]+", name):
        return name.translate(_BELOW)
    return name if len(name) <= _LONGEST else f"{name[:6]}…{name[-4:]}"


def spread_apart(
    wanted: NDArray[np.float64], distance: float, *, low: float = -np.inf, high: float = np.inf
) -> NDArray[np.float64]:
    """Places as near as possible to those wanted (least squares), in the same order, at least `distance` apart.

    Parameters
    ----------
    wanted : (K,)
    distance : float
        Reduced if K places at this distance do not fit between `low` and `high`.
    low, high : float

    Examples
    --------
    >>> spread_apart(np.array([0.5, 0.5, 0.9]), 0.1)
    array([0.45, 0.55, 0.9 ])
    """
    if len(wanted) > 1:
        distance = min(distance, (high - low) / (len(wanted) - 1))
    order = np.argsort(wanted, kind="stable")
    steps = distance * np.arange(len(wanted))
    # Less its step, each place only has to be no smaller than the one before it: isotonic regression.
    level = _isotonic(wanted[order] - steps)
    places = np.empty(len(wanted))
    places[order] = np.clip(level, low, high - steps[-1] if len(steps) else high) + steps
    return places


def _isotonic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The non-decreasing sequence nearest to the values: pool adjacent violators."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        blocks.append((float(value), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, count), (last, more) = blocks[-2], blocks.pop()
            blocks[-1] = ((mean * count + last * more) / (count + more), count + more)
    return np.array([mean for mean, count in blocks for _ in range(count)])
