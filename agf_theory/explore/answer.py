"""What a page shows of an inquiry: a table and a figure, each with its files, or a line that says why there is none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from typing import Literal

__all__ = ["Answer", "Part", "Shelf"]

_KEPT = 16  # answers whose files can still be fetched: the one on the page, and those of slower tabs


@dataclass(frozen=True)
class Part:
    """A table, or a figure.

    Attributes
    ----------
    what : {"table", "figure"}
    title : str
        The system and the problem, where it is known.
    content : str
        HTML of the table; nothing in it is the reader's but what is escaped.
    wide : bool
        Whether it takes two columns of a paper.
    files : mapping from name to content
        "table.csv", "figure.svg".
    line : str
        Why there is none, as the command line says it; empty if there is one.
    remarks : tuple of str
        What the command said besides.
    """

    what: Literal["table", "figure"]
    title: str = ""
    content: str = ""
    wide: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    line: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Both parts.

    Attributes
    ----------
    table, figure : Part
    """

    table: Part
    figure: Part

    @property
    def line(self) -> str:
        """What is wrong with the question itself: the same for both."""
        return self.table.line if self.table.line == self.figure.line else ""

    @property
    def files(self) -> dict[str, bytes]:
        """Those of both."""
        return {**self.table.files, **self.figure.files}


class Shelf:
    """The files of the last answers, in memory, each under a name nobody can guess."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Mapping[str, bytes]] = OrderedDict()
        self._lock = Lock()

    def put(self, files: Mapping[str, bytes]) -> str:
        """Keep the files, and forget those that are oldest; the name to fetch them by."""
        name = token_urlsafe(16)
        with self._lock:
            self._kept[name] = dict(files)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str, file: str) -> bytes | None:
        """One file; None if it is not there, or no more."""
        with self._lock:
            return self._kept.get(name, {}).get(file)
