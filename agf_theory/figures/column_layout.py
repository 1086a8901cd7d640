"""Panels above one another in a column of a paper: those that share the time axis, and below them a phase portrait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["LEFT", "column_height", "place", "stacked_axes"]

LEFT: Final = 0.16  # of the width: numbers and names of the vertical axes
_RIGHT: Final = 0.97  # of the width, where no names stand beside
# in centimetres
_BOTTOM: Final = 0.98  # for numbers and name of the horizontal axis
_GAP: Final = 0.3
_TIME_PANEL: Final = 4.9  # with its share of what is above and below
_PANEL_ALONE: Final = 6.1
_PORTRAIT: Final = 7.2
_PORTRAIT_ALONE: Final = 8.5
_POINT: Final = 2.54 / 72


def column_height(time_panels: int, *, portrait: bool) -> float:
    """Centimetres for so many panels over time, and a phase portrait below them."""
    if time_panels + portrait == 1:
        return _PORTRAIT_ALONE if portrait else _PANEL_ALONE
    return time_panels * _TIME_PANEL + portrait * _PORTRAIT


def stacked_axes(figure: Figure, time_panels: int, *, portrait: bool) -> list[Axes]:
    """Axes from the top to the bottom, not yet in their places; those over time share its axis."""
    made: list[Axes] = []
    for k in range(time_panels):
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8), sharex=made[0] if made else None, label=f"panel {k}")
        made.append(axes)
    for axes in made[:-1]:
        axes.tick_params(labelbottom=False)
    if portrait:
        made.append(figure.add_axes((0.1, 0.1, 0.8, 0.8), label="portrait"))
    return made


def place(panels: Sequence[Axes], *, portrait: bool, right: float, above: float) -> None:
    """Give the panels their places.

    Parameters
    ----------
    panels : sequence of Axes
        From `stacked_axes`.
    portrait : bool
        Whether the last one is a phase portrait.
    right : float
        Where the panels over time end, as a part of the width: beside them stand names.
    above : float
        Points to keep free at the top, for legend and title.
    """
    height = column_height(over_time := len(panels) - portrait, portrait=portrait)
    top = height - above * _POINT
    below_time = (_GAP + _BOTTOM) if portrait and over_time else 0.0
    free = top - _BOTTOM - below_time - _GAP * max(over_time - 1, 0)
    unit = free / (over_time + portrait * (_PORTRAIT / _TIME_PANEL if over_time else 1.0))
    for axes in panels[:over_time]:
        axes.set_position((LEFT, (top - unit) / height, right - LEFT, unit / height))
        top -= unit + _GAP
    for axes in panels:
        power = axes.yaxis.get_offset_text()  # which stands above the axis, where the panel above ends
        power.set_verticalalignment("top")
        power.set_x(0.01)
    if portrait:
        top -= _BOTTOM if over_time else 0.0
        panels[-1].set_position((LEFT, _BOTTOM / height, _RIGHT - LEFT, (top - _BOTTOM) / height))
