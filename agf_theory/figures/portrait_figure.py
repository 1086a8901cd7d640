"""The phase portrait alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agf_theory.figures.canvas import COLUMN, blank_figure
from agf_theory.figures.column_layout import column_height, place, stacked_axes
from agf_theory.figures.legend import common_legend, legend_room
from agf_theory.figures.portrait_content import PhasePortrait
from agf_theory.figures.portrait_panel import draw_portrait
from agf_theory.figures.style import in_style

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
    with in_style():
        figure = blank_figure(COLUMN, column_height(0, portrait=True))
        axes = stacked_axes(figure, 0, portrait=True)
        draw_portrait(axes[0], portrait)
        place(axes, portrait=True, right=1.0, above=legend_room(common_legend(axes)))
    return figure
