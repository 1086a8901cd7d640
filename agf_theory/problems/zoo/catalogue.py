"""Looking a problem up by name."""

from __future__ import annotations

from functools import cache

from agf_theory.errors import UnknownName
from agf_theory.problems.diagonal_network import DiagonalNetwork
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.zoo.degenerate import DEGENERATE
from agf_theory.problems.zoo.entry import ZooEntry
from agf_theory.problems.zoo.events import EVENTS
from agf_theory.problems.zoo.larger import LARGER

__all__ = ["entries", "entry", "get", "names"]

_ENTRIES = (*EVENTS, *DEGENERATE, *LARGER)
_BY_NAME = {each.name: each for each in _ENTRIES}
assert len(_BY_NAME) == len(_ENTRIES), "names in the zoo must differ"


def entries() -> tuple[ZooEntry, ...]:
    """Every entry, in the order of the listings; nothing is built."""
    return _ENTRIES


def names() -> tuple[str, ...]:
    """The name of every entry.

    >>> "diabetes" in names()
    True
    """
    return tuple(_BY_NAME)


def entry(name: str) -> ZooEntry:
    """One entry, not built.

    Raises
    ------
    UnknownName
        If there is none of that name; close names are suggested.
    """
    if name not in _BY_NAME:
        close = did_you_mean(str(name), _BY_NAME) or f"; known: {', '.join(_BY_NAME)}"
        raise UnknownName(f"no problem {name!a:.60} in the zoo{close}")
    return _BY_NAME[name]


@cache
def get(name: str) -> DiagonalNetwork:
    """One problem, built when it is first asked for.

    Raises
    ------
    UnknownName
        If there is none of that name; close names are suggested.
    MissingDependency
        If it is real data and scikit-learn is not installed.

    Examples
    --------
    >>> print(get("non-unique-face"))
    A saddle on a face of minimisers
      diagonal linear network, n = 2 samples, d = 3 coordinates, rank 2
      names: x1, x2, x3
      data: exact; all entries are binary floats
      source: an example of this project: three columns in the plane
    """
    found = entry(name)
    return found.build().with_title(found.title, found.source)
