"""One look for every figure: a paper's column, colours that survive colour blindness and grey print, vector text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = [
    "BLACK",
    "COLORS",
    "DARK_GREY",
    "DASHES",
    "GREY",
    "MARKERS",
    "STYLE_FILE",
    "in_style",
    "scale_color",
    "shade",
    "strength_of_scale",
]

BLACK: Final = "#222222"
GREY: Final = "#b0b0b0"
DARK_GREY: Final = "#737373"  # for letters: GREY is too pale to read

# Okabe and Ito (2008), without yellow (too light for lines on paper) and black (kept for the limit), then four darker
# ones: beyond six no palette is safe on its own, and the names beside the curves tell them apart.
COLORS: Final = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#E69F00",
    "#7A5195",
    "#882255",
    "#999933",
    "#6B4C3B",
)
DASHES: Final = (0, (4, 1.6))
MARKERS: Final = {"agf": "s", "corrected": "o", "refined": "o", "gf": "x"}

STYLE_FILE: Final = Path(__file__).with_name("agf.mplstyle")  # for `matplotlib.style.use`, in figures of your own


@contextmanager
def in_style() -> Iterator[None]:
    """Our settings on top of matplotlib's defaults, for the block only; the user's own are back afterwards."""
    from matplotlib import style

    with style.context(["default", STYLE_FILE]):
        yield


def shade(color: str, strength: float) -> tuple[float, float, float]:
    """The colour mixed with white: 1 is the colour itself, 0 is white."""
    from matplotlib.colors import to_rgb

    red, green, blue = (1 - strength * (1 - channel) for channel in to_rgb(color))
    return red, green, blue


def strength_of_scale(position: int, count: int) -> float:
    """How strong the colours of one initialisation scale among several are: the smaller the scale, the stronger."""
    return 1.0 if count == 1 else 0.4 + 0.6 * position / (count - 1)


def scale_color(position: int, count: int) -> tuple[float, float, float]:
    """Colour of one initialisation scale among several."""
    return shade(COLORS[0], strength_of_scale(position, count))
