"""A table of text at 80 columns, plain or coloured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agf_theory.proofs_check.evidence import Level, Outcome

__all__ = ["WIDTH", "Grid", "render"]

WIDTH = 80
_STYLES = {
    Level: "green",
    Outcome.REFUTED: "bold red",
    Outcome.INCONCLUSIVE: "yellow",
    Outcome.TIMEOUT: "yellow",
    Outcome.ERROR: "bold magenta",
}


class Grid:
    """A table of text cells whose columns have fixed widths; the last column is the widest a terminal of 80 allows.

    Attributes
    ----------
    columns : sequence of (title, width)
    rows : list of sequences of str
    results : list of Level, Outcome or None
        What colours each row's evidence on a terminal.
    """

    def __init__(self, *columns: tuple[str, int], coloured: int) -> None:
        self.columns = columns
        self.coloured = coloured
        self.rows: list[tuple[str, ...]] = []
        self.results: list[Level | Outcome | None] = []
        assert sum(width + 1 for _, width in columns) - 1 <= WIDTH, "the table must fit 80 columns"

    @property
    def titles(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return tuple(title for title, _ in self.columns)

    def add(self, *cells: str, result: Level | Outcome | None) -> None:
        self.rows.append(cells)
        self.results.append(result)

    def plain(self) -> str:
        """Text alone, each line at most 80 columns wide."""
        lines = [" ".join(title.ljust(width) for title, width in self.columns).rstrip()]
        lines.append(" ".join("-" * width for _, width in self.columns))
        for cells in self.rows:
            lines.extend(self._wrapped(cells))
        return "\n".join(lines)

    def rich(self) -> Table:
        """The same for a terminal, with colours."""
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for title, width in self.columns:
            table.add_column(title, width=width, overflow="fold")
        for cells, result in zip(self.rows, self.results, strict=True):
            shown = [Text(cell) for cell in cells]
            shown[self.coloured].stylize(_style(result))
            table.add_row(*shown)
        return table

    def _wrapped(self, cells: Sequence[str]) -> Iterator[str]:
        columns = [textwrap.wrap(cell, width) or [""] for cell, (_, width) in zip(cells, self.columns, strict=True)]
        for k in range(max(map(len, columns))):
            parts = (
                (lines[k] if k < len(lines) else "").ljust(width)
                for lines, (_, width) in zip(columns, self.columns, strict=True)
            )
            yield " ".join(parts).rstrip()


def render(grid: Grid, *, terminal: bool) -> str:
    """The grid as text: with colours for a terminal, else without."""
    if not terminal:
        return grid.plain()
    console = Console(force_terminal=True, width=WIDTH)
    with console.capture() as capture:
        console.print(grid.rich())
    return capture.get().rstrip("\n")


def _style(result: Level | Outcome | None) -> str:
    return _STYLES[Level] if isinstance(result, Level) else _STYLES.get(result, "dim")
