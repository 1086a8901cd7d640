"""What is known of the neurons of a table whatever the method: one row a name, one column a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agf_theory.tables.numbers import complete, json_value, short

__all__ = ["Column", "Particulars", "cells", "complete_cell", "is_text", "json_cell", "statements"]

ABSENT = "—"


@dataclass(frozen=True)
class Column:
    """One quantity.

    Attributes
    ----------
    key : str
        In files, where it heads a column and names a field: letters and underscores.
    head : str
        For the eye.
    meaning : str
        For the legend; empty if the head says it.
    values : tuple
        By name of the table: text, int, Fraction, flint.arb, float, or None where there is none.
    """

    key: str
    head: str
    meaning: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Particulars:
    """A table of quantities.

    Attributes
    ----------
    subject : str
        What the names are names of: "frequency".
    names : tuple of str
    columns : tuple of Column
        As many values each as there are names.
    """

    subject: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        lengths = {len(column.values) for column in self.columns}
        assert lengths <= {len(self.names)}, f"one value a name, got {sorted(lengths)} for {len(self.names)}"


def cells(particulars: Particulars, *, digits: int = 6, width: int = 11) -> list[list[str]]:
    """A row of cells for each name, the name first, numbers as `numbers.short` has them."""
    columns = [[_shown(value, digits, width) for value in column.values] for column in particulars.columns]
    return [[name, *row] for name, *row in zip(particulars.names, *columns, strict=True)]


def statements(particulars: Particulars) -> list[str]:
    """What the columns mean, as notes under the grid."""
    return [f"{column.head}: {column.meaning}" for column in particulars.columns if column.meaning]


def complete_cell(value: Any) -> str:
    """The value with nothing left out, for a file; empty if there is none."""
    return value if isinstance(value, str) else complete(value)


def json_cell(value: Any) -> Any:
    """The value for JSON: counts stay numbers, everything else as in `numbers.json_value`."""
    return value if isinstance(value, (str, int)) else json_value(value)


def is_text(values: Sequence[Any]) -> bool:
    """Whether a column holds words, which are set flush left."""
    return any(isinstance(value, str) for value in values)


def _shown(value: Any, digits: int, width: int) -> str:
    if value is None:
        return ABSENT
    return value if isinstance(value, str) else short(value, digits=digits, width=width)
