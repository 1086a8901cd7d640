"""The bibliography, by key: one text for the report, the documentation and whoever cites."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from agf_theory.errors import UnknownName

__all__ = ["OURS", "bibliography", "reference", "references"]

_FILE = Path(__file__).with_name("bibliography.md")
_ENTRY = re.compile(r"^\((?P<key>\w+)\)=\n`(?P=key)`\n: (?P<text>.+(?:\n  .+)*)", re.MULTILINE)

OURS = "this project"
"""The key that marks what is ours."""


@cache
def bibliography() -> Mapping[str, str]:
    """Every entry by its key: authors, title and place, as plain text."""
    found = _ENTRY.finditer(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({entry["key"]: _plain(entry["text"]) for entry in found})


def reference(key: str) -> str:
    """The entry of a key; of `OURS` a sentence that says so.

    Raises
    ------
    UnknownName
        If there is no such entry.

    Examples
    --------
    >>> print(reference("pesme2023")[:38])
    S. Pesme, N. Flammarion. Saddle-to-Sad
    """
    if key == OURS:
        return "A result of this project."
    if key not in bibliography():
        raise UnknownName(f"unknown key {key!r} of the bibliography; known: {', '.join(bibliography())}")
    return bibliography()[key]


def references(source: str) -> tuple[str, ...]:
    """The entries of all keys that a source names, in the order in which it names them.

    Examples
    --------
    >>> [entry[:12] for entry in references("this project, the balanced case: [kunin2024]")]
    ['A result of ', 'D. Kunin, A.']
    """
    named = re.findall(rf"{OURS}|\b[a-z]+[0-9]{{4}}[a-z]?\b", source)
    return tuple(reference(key) for key in dict.fromkeys(named))


def _plain(markdown: str) -> str:
    return " ".join(markdown.replace("*", "").split())
