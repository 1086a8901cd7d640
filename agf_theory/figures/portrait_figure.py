"""The phase portrait alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agf_theory.figures.column_layout import column_height, draw_legend, legend_room, place, stacked_axes
from agf_theory.figures.portrait_content import PhasePortrait
from agf_theory.figures.portrait_panel import draw_portrait
from agf_theory.figures.style import COLUMN_WIDTH, in_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["portrait_figure"]


def portrait_figure(portrait: PhasePortrait) -> Figure:
    """Level lines of the loss over two coefficients, paths of the flow, and the saddles of the limit numbered.

    Parameters
    ----------
    portrait : PhasePortrait

    Returns
    -------
    matplotlib.figure.Figure
        8.5 cm wide, without pyplot's knowledge: it needs no closing, no display and changes no global setting.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with in_style():
        figure = Figure(figsize=(COLUMN_WIDTH, column_height(0, portrait=True)))
        FigureCanvasAgg(figure)
        axes = stacked_axes(figure, 0, portrait=True)
        draw_portrait(axes[0], portrait)
        place(figure, axes, portrait=True, right=1.0, above=legend_room(draw_legend(axes)))
    return figure
