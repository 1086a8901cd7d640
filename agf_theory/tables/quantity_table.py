"""A table of quantities where nothing jumps: one row a problem of a sweep, one column a quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agf_theory.tables.particulars import Particulars

__all__ = ["QuantityTable"]


@dataclass(frozen=True)
class QuantityTable:
    """What is predicted and what is measured, row by row; `agf_theory.tables.render` writes it in every format.

    Attributes
    ----------
    system : str
    title : str
        The problem or the sweep, in one line.
    facts : mapping
        What all rows share: sizes and settings.
    options : mapping
        What the user asked for; JSON values only.
    clock : str
        What one unit of time is, with the normalisation of the loss.
    particulars : Particulars
        The rows; its subject is what is swept.
    notes : tuple of str
        What holds of the whole table, and what single rows lack.
    """

    system: str
    title: str
    facts: Mapping[str, Any]
    options: Mapping[str, Any]
    clock: str
    particulars: Particulars
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<QuantityTable {self.system}: {self.title}>"

    def __str__(self) -> str:
        from agf_theory.tables.as_text import quantities_as_text

        return quantities_as_text(self, width=80)

    def _repr_html_(self) -> str:
        from agf_theory.tables.as_html import quantity_fragment

        return quantity_fragment(self)
