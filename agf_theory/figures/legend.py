"""Legends above the panels: no corner of a panel is empty whatever is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["common_legend", "legend_above", "legend_room"]

_LETTERS: Final = 6  # points
_COLUMNS: Final = 3  # as many as fit a paper's column at this size


def legend_above(axes: Axes, *, columns: int, entries: Mapping[str, Any] | None = None) -> None:
    """A legend above a panel, from its left end on.

    Parameters
    ----------
    axes : Axes
    columns : int
    entries : mapping from label to handle, optional
        By default those of the panel.
    """
    given = () if entries is None else (list(entries.values()), list(entries))
    axes.legend(
        *given,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.2,
        borderpad=0.0,
        handlelength=1.4,
        labelspacing=0.3,
        columnspacing=0.9,
        ncols=columns,
    )


def common_legend(panels: Sequence[Axes]) -> int:
    """One legend for all panels above the first, each label once; returns its rows."""
    entries: dict[str, Any] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    legend_above(panels[0], columns=_COLUMNS, entries=entries)
    return -(-len(entries) // _COLUMNS)


def legend_room(rows: int, *, title: bool = False) -> float:
    """Points that a common legend of so many rows, and a title, need above the panels."""
    return 1.55 * _LETTERS * rows + (12 if title else 2)  # a line of text and the space to the next
