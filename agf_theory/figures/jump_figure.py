"""The figure of a saddle-to-saddle sequence: loss above, coefficients below, one column of a paper wide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from agf_theory.figures.coefficient_panel import draw_coefficients
from agf_theory.figures.content import ScaleResults, Staircase, Symbols, clock_label, staircase
from agf_theory.figures.loss_panel import LEGEND_COLUMNS, draw_losses
from agf_theory.figures.side_labels import width_of_names, write_side_labels
from agf_theory.figures.style import COLUMN_WIDTH, in_style
from agf_theory.figures.time_axis import TimeAxis, time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from agf_theory.numeric.saddle_sequence import SaddleSequence

__all__ = ["jump_figure"]

_LABEL_SIZE = 6


def jump_figure(
    limit: SaddleSequence,
    scales: Sequence[ScaleResults] = (),
    *,
    symbols: Symbols | None = None,
    rivals: Mapping[str, SaddleSequence] | None = None,
    title: str = "",
) -> Figure:
    """Loss and coefficients over time: the limit's staircase, and for each scale the flow and the predicted jumps.

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

    Returns
    -------
    matplotlib.figure.Figure
        8.5 cm wide, without pyplot's knowledge: it needs no closing, no display and changes no global setting.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    symbols = symbols or Symbols()
    with in_style():
        figure = Figure(figsize=(COLUMN_WIDTH, COLUMN_WIDTH * 1.15))
        FigureCanvasAgg(figure)
        upper, lower = figure.subplots(2, 1, sharex=True)
        right = 1 - (width_of_names(limit.names, size=_LABEL_SIZE) + 2) / (72 * COLUMN_WIDTH)  # 2 points of margin
        figure.subplots_adjust(left=0.16, right=right, bottom=0.1, hspace=0.08)
        stairs = staircase(limit)
        others = {label: staircase(rival) for label, rival in (rivals or {}).items()}
        others = {label: other for label, other in others.items() if not other.agrees(stairs)}
        time = _common_axis(limit, scales, others.values())
        draw_losses(upper, stairs, scales, time, others)
        labels = draw_coefficients(lower, stairs, scales, time, limit.names, list(others.values()))
        upper.set_ylabel(symbols.loss)
        lower.set_ylabel(symbols.coefficient)
        lower.set_xlabel(clock_label(limit.clock))
        figure.align_ylabels()
        _make_room_above(figure, upper, title=bool(title))
        write_side_labels(lower, labels, size=_LABEL_SIZE)
        if title:
            figure.text(0.16, 0.985, title, fontsize=7, va="top", parse_math=False)
    return figure


def _make_room_above(figure: Figure, upper: Axes, *, title: bool) -> None:
    """Lower the panels by as much as the rows of the legend, and the title, need above them."""
    rows = -(-len(upper.get_legend_handles_labels()[0]) // LEGEND_COLUMNS)
    points = 1.55 * _LABEL_SIZE * rows + (12 if title else 2)  # a line of text and the space to the next
    figure.subplots_adjust(top=1 - points / (72 * figure.get_figheight()))


def _common_axis(limit: SaddleSequence, scales: Sequence[ScaleResults], others: Iterable[Staircase]) -> TimeAxis:
    times = [float(time) for time in limit.jump_times]
    times += [float(time) for other in others for time in other.times[1:]]
    for scale in scales:
        for sequence in scale.predictions.values():
            times += [float(time) for time in sequence.jump_times]
        if scale.flow is not None:
            times += [float(jump.time) for jump in scale.flow.jumps()]
    return time_axis(times)
