"""A figure to draw on, of a stated size, of which no window and no global state knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["COLUMN", "PAGE", "blank_figure"]

COLUMN: Final = 8.5  # cm: one column of a two-column paper
PAGE: Final = 17.8  # cm: both columns and what is between them
_CENTIMETRES: Final = 2.54  # in an inch, which is what matplotlib counts in


def blank_figure(width: float, height: float) -> Figure:
    """An empty figure in the settings of the moment: call it within `agf_theory.figures.style.in_style`.

    Parameters
    ----------
    width, height : float
        In centimetres.

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from agf_theory.figures.shown_figure import ShownFigure

    figure = ShownFigure(figsize=(width / _CENTIMETRES, height / _CENTIMETRES))
    FigureCanvasAgg(figure)
    return figure
