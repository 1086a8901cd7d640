"""A figure as the content of a file."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError, UnknownName
from agf_theory.figures.style import in_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "figure_bytes", "require_format"]

FORMATS = ("svg", "png", "pdf")


def require_format(path: str) -> str:
    """The format that the ending of a file name asks for.

    Raises
    ------
    InputError
        If the name has no ending.
    UnknownName
        If the ending is none of `FORMATS`.
    """
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    if not dot:
        raise InputError(f"a figure's file name must end in .{', .'.join(FORMATS)}, got {path!r}")
    if ending.lower() not in FORMATS:
        raise UnknownName(f"a figure is written as {', '.join(FORMATS)}, got the ending .{ending} in {path!r}")
    return ending.lower()


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """The figure as svg, png or pdf; equal figures give equal bytes (no date inside).

    Raises
    ------
    UnknownName
        If the format is none of `FORMATS`.
    """
    require_format(f"figure.{kind}")
    undated: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    out = io.BytesIO()
    with in_style(), warnings.catch_warnings():
        # A name in a script our font lacks is drawn as boxes; the figure is still worth having.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(out, format=kind, metadata=undated or None)
    return out.getvalue()
