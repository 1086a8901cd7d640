"""A figure that a notebook shows without pyplot."""

from __future__ import annotations

import re
from typing import Final

from matplotlib.figure import Figure

from agf_theory.figures.files import figure_bytes

__all__ = ["ShownFigure"]

_ENLARGED: Final = 1.4  # a figure as wide as a journal's column is small on a screen
_SIZE: Final = re.compile(r'\b(width|height)="([\d.]+)pt"')


class ShownFigure(Figure):
    """A matplotlib figure; in a notebook it is shown, enlarged, as the vectors that a file of it would hold.

    matplotlib's own figures are shown there only once pyplot has been imported, which changes global settings.
    """

    def _repr_svg_(self) -> str:
        return _SIZE.sub(_enlarged, figure_bytes(self, "svg").decode(), count=2)


def _enlarged(size: re.Match[str]) -> str:
    return f'{size[1]}="{_ENLARGED * float(size[2]):g}pt"'
