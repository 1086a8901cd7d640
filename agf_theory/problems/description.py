"""How a problem prints: a title and a few indented lines that fit a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from agf_theory.errors import InputError
from agf_theory.markup import block, bullets, heading

__all__ = ["ShownByItsText", "described", "listed", "one_line"]

_WIDTH = 80
_MOST_NAMES = 40


def described(title: str, lines: Sequence[str]) -> str:
    """The title, and below it each line indented and wrapped."""
    paragraphs = [textwrap.fill(title, _WIDTH)]
    paragraphs += [textwrap.fill(f"  {line}", _WIDTH, subsequent_indent="    ") for line in lines]
    return "\n".join(paragraphs)


class ShownByItsText:
    """Base of what prints as `described` makes it: a notebook shows the same title and lines."""

    def _repr_html_(self) -> str:
        title, _, below = f"{self}\n".partition("\n  ")
        lines = [" ".join(line.split()) for line in re.split(r"\n  (?! )", below)]
        return block(heading(" ".join(title.split())), bullets(filter(None, lines)))


def listed(names: Sequence[str]) -> str:
    """The names, separated by commas; of more than 40 the first twenty and the last."""
    return ", ".join(names if len(names) <= _MOST_NAMES else (*names[:20], "...", names[-1]))


def one_line(text: str | None, what: str) -> str:
    """The text itself, empty if there is none.

    Raises
    ------
    InputError
        If it would print as more than one line.
    """
    if not str(text).isprintable():
        raise InputError(f"{what}: one line of printable text is required, got {text!a:.60}")
    return text or ""
