"""What a file or a library hands over: a design, a target, and where they come from. Not yet a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["LabelledData"]


@dataclass(frozen=True, eq=False)
class LabelledData:
    """A table with one column set apart as the target.

    Attributes
    ----------
    X : (n, d)
        Array, or n lists of d Fractions.
    y : (n,)
        Array, or list of Fractions.
    names : tuple of d str, or None where the source gives none
    title, source : str
        A line to print above results; file or library and target.
    """

    X: Any
    y: Any
    names: tuple[str, ...] | None
    title: str
    source: str
