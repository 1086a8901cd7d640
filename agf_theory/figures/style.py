"""One look for every figure: a paper's column, colours that survive colour blindness and grey print, vector text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

__all__ = ["BLACK", "COLORS", "COLUMN_WIDTH", "DARK_GREY", "DASHES", "GREY", "MARKERS", "in_style", "shade"]

COLUMN_WIDTH: Final = 8.5 / 2.54  # inches: one column of a two-column paper
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

_SETTINGS: Final[dict[str, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib: a figure looks the same on every machine
    "mathtext.fontset": "dejavusans",
    "font.size": 7,
    "axes.labelsize": 7,
    "axes.titlesize": 7,
    "xtick.labelsize": 6,
    "ytick.labelsize": 6,
    "legend.fontsize": 6,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.0,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": True,
    "axes.formatter.limits": (-3, 6),  # longer tick labels would push the name of the axis off the page
    "text.usetex": False,
    "legend.frameon": True,
    "legend.framealpha": 0.85,
    "legend.edgecolor": "none",
    "legend.fancybox": False,
    "figure.dpi": 100,
    "savefig.dpi": 400,
    "svg.fonttype": "path",
    "svg.hashsalt": "agf",  # equal figures give equal files
    "pdf.fonttype": 42,  # TrueType: journals refuse Type 3
}


@contextmanager
def in_style() -> Iterator[None]:
    """Our settings on top of matplotlib's defaults, for the block only; the user's own are back afterwards."""
    from matplotlib import style

    with style.context(["default", _SETTINGS]):
        yield


def shade(color: str, strength: float) -> tuple[float, float, float]:
    """The colour mixed with white: 1 is the colour itself, 0 is white."""
    from matplotlib.colors import to_rgb

    red, green, blue = (1 - strength * (1 - channel) for channel in to_rgb(color))
    return red, green, blue
