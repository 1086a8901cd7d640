"""Names of coordinates: one printable line each, all different; and what was probably meant by a name not found."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import quoted

__all__ = ["column_names", "did_you_mean"]

_LONGEST = 200


def column_names(given: Iterable[Any] | None, count: int, what: str = "names") -> tuple[str, ...]:
    """The names as text; x1, x2, ... if none are given.

    Raises
    ------
    InputError
        If there are not ``count`` of them, two are equal, or one is empty, over 200 characters or not printable.
    """
    if given is None:
        return tuple(f"x{i}" for i in range(1, count + 1))
    if isinstance(given, str):
        raise InputError(f"{what}: a sequence of {count} names is required, got one text")
    names = tuple(str(name) for name in given)
    if len(names) != count:
        raise InputError(f"{what}: one name for each of the {count} columns is required, got {len(names)}")
    for position, name in enumerate(names, start=1):
        if not name or len(name) > _LONGEST or not name.isprintable():
            raise InputError(
                f"{what}: names of 1 to {_LONGEST} printable characters are required, "
                f"got {quoted(name)} for column {position}"
            )
    _require_different(names, what)
    return names


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A half-sentence that suggests the known names closest to an unknown one, or nothing.

    >>> did_you_mean("diabetis", ["diabetes", "linnerud"])
    "; did you mean 'diabetes'?"
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold()[:_LONGEST], by_folded, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(repr(by_folded[match]) for match in close)}?" if close else ""


def _require_different(names: tuple[str, ...], what: str) -> None:
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if name in seen:
            raise InputError(
                f"{what}: names that differ are required, got {quoted(name)} "
                f"for columns {seen[name]} and {position}; rename one"
            )
        seen[name] = position
