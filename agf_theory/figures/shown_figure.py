"""A figure that a notebook shows without pyplot."""

from __future__ import annotations

from matplotlib.figure import Figure

from agf_theory.figures.files import figure_bytes

__all__ = ["ShownFigure"]


class ShownFigure(Figure):
    """A matplotlib figure; in a notebook it is shown as the vectors that a file of it would hold.

    matplotlib's own figures are shown there only once pyplot has been imported, which changes global settings.
    """

    def _repr_svg_(self) -> str:
        return figure_bytes(self, "svg").decode()
