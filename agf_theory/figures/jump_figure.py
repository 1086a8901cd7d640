"""The figure of a saddle-to-saddle sequence: panels above one another, one column of a paper wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from agf_theory.errors import InputError, UnknownName
from agf_theory.figures.canvas import COLUMN, blank_figure
from agf_theory.figures.column_layout import LEFT, column_height, place, stacked_axes
from agf_theory.figures.content import ScaleResults, Symbols, clock_label
from agf_theory.figures.legend import common_legend, legend_room
from agf_theory.figures.portrait_content import PhasePortrait
from agf_theory.figures.portrait_panel import draw_portrait
from agf_theory.figures.side_labels import width_of_names, write_side_labels
from agf_theory.figures.style import in_style
from agf_theory.figures.time_panels import TIME_PANELS, TimePanels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.numeric.saddle_sequence import SaddleSequence

__all__ = ["PANELS", "jump_figure"]

PANELS: Final = (*TIME_PANELS, "phase")
_LABEL_SIZE: Final = 6


def jump_figure(
    limit: SaddleSequence,
    scales: Sequence[ScaleResults] = (),
    *,
    symbols: Symbols | None = None,
    rivals: Mapping[str, SaddleSequence] | None = None,
    title: str = "",
    panels: Sequence[str] = ("loss", "coefficients"),
    utilities: AccumulatedUtilities | None = None,
    portrait: PhasePortrait | None = None,
) -> Figure:
    """Panels of one sequence: the limit's staircase, and for each scale the flow and the predicted jumps.

    Parameters
    ----------
    limit : SaddleSequence
        The limiting sequence; its saddles are vectors.
    scales : sequence of ScaleResults
        Best from the largest α to the smallest: colours grow stronger in this order.
    symbols : Symbols, optional
        The system's symbols for the axes.
    rivals : mapping from label to SaddleSequence, optional
        Other accounts of the limit: staircases in dashes, where they are not the limit's own.
    title : str
        Written above the panels; empty for a figure whose caption says it.
    panels : sequence of str
        Of "loss", "excess" (loss above its last level), "coefficients", "utilities" (accumulated, over time) and
        "phase" (two coefficients), each once; they stand in this order, whatever theirs.
    utilities : AccumulatedUtilities, optional
        Of the limit; required for their panel. Those of the flows come with the scales.
    portrait : PhasePortrait, optional
        Required for the panel "phase".

    Returns
    -------
    matplotlib.figure.Figure
        8.5 cm wide, without pyplot's knowledge: it needs no closing, no display and changes no global setting.

    Raises
    ------
    UnknownName
        If a panel is none of those.
    InputError
        If there is no panel, or not what it shows.
    """
    _require_known(panels, utilities, portrait)
    with in_style():
        over_time, below = [name for name in TIME_PANELS if name in panels], "phase" in panels
        figure = blank_figure(COLUMN, column_height(len(over_time), portrait=below))
        axes = stacked_axes(figure, len(over_time), portrait=below)
        names: list[str] = []
        if over_time:
            shown = TimePanels(limit, scales, symbols or Symbols(), rivals or {}, utilities)
            written = [shown.draw(name, each) for name, each in zip(over_time, axes, strict=False)]
            axes[len(over_time) - 1].set_xlabel(clock_label(limit.clock))
            names = [label.text for labels in written for label in labels]
        if below and portrait is not None:
            draw_portrait(axes[-1], portrait)
        above = legend_room(common_legend(axes), title=bool(title))
        right = 1 - (width_of_names(names, size=_LABEL_SIZE) + 2) / (72 * figure.get_figwidth())  # 2 points of margin
        place(axes, portrait=below, right=right, above=above)
        figure.align_ylabels(axes)
        for each, labels in zip(axes, written if over_time else (), strict=False):
            write_side_labels(each, labels, size=_LABEL_SIZE)
        if title:
            figure.text(LEFT, 1 - 4 / (72 * figure.get_figheight()), title, fontsize=7, va="top", parse_math=False)
    return figure


def _require_known(
    panels: Sequence[str], utilities: AccumulatedUtilities | None, portrait: PhasePortrait | None
) -> None:
    if not panels:
        raise InputError(f"a figure needs one panel or more of {', '.join(PANELS)}, got none")
    for name in panels:
        if name not in PANELS:
            raise UnknownName(f"panels are {', '.join(PANELS)}, got {name!r:.40}")
    for name, needed, content in (("utilities", "utilities", utilities), ("phase", "portrait", portrait)):
        if name in panels and content is None:
            raise InputError(f"the panel {name!r} needs what it shows: {needed}=..., got None")
