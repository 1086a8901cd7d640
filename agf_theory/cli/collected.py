"""Results that go to who asked for them within this process, instead of to standard output or a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.tables import JumpTable, QuantityTable

__all__ = ["Collected", "collected_results", "collecting"]


@dataclass
class Collected:
    """What the commands run so far have made.

    Attributes
    ----------
    table : JumpTable, QuantityTable or None
    figure : Figure or None
    """

    table: JumpTable | QuantityTable | None = None
    figure: Figure | None = None

    def take_table(self, made: JumpTable | QuantityTable) -> None:
        """In the place of printing it."""
        self.table = made

    def take_figure(self, made: Figure, _: str) -> None:
        """In the place of writing it to a file."""
        self.figure = made


_collected: ContextVar[Collected | None] = ContextVar("_collected", default=None)


def collecting() -> Collected | None:
    """Where results go now; None if they are printed or written."""
    return _collected.get()


@contextmanager
def collected_results() -> Iterator[Collected]:
    """Within the block, commands hand their table and figure over, whatever format and file they are asked for."""
    found = Collected()
    token = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(token)
