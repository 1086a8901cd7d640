"""What a text must look like before it is read as an expression: its signs, its length, its nesting.

All of it is decided on the characters, one after the other, so that a text of any size costs no more than reading it.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import quoted

__all__ = ["DEEPEST_BRACKETS", "LONGEST_TEXT", "at", "plain_text"]

LONGEST_TEXT = 1000
"""Characters: the longest formula of the theory has 330, and every hundred roots cost SymPy up to two seconds."""

DEEPEST_BRACKETS = 50
"""Brackets within brackets: SymPy's constructors and printers recurse, and Python's stack holds a thousand calls."""

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|//|[-+*/(),])"
    r"|(?P<space>[ \t]+)"
    r"|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
# Constructs of Python, by the sign that gives them away, and the way out where there is one.
_NO_SIGN_OF_OURS = {
    "^": "'^' is no operator here; powers are written **",
    "//": "'//' is no operator here; a fraction is written with one /",
    ".": "attributes are not allowed",
    "[": "subscripts and lists are not allowed",
    "]": "subscripts and lists are not allowed",
    "{": "sets and dictionaries are not allowed",
    "}": "sets and dictionaries are not allowed",
    "'": "strings are not allowed",
    '"': "strings are not allowed",
    "`": "strings are not allowed",
    "=": "keyword arguments, assignments and comparisons are not allowed",
    "<": "comparisons are not allowed",
    ">": "comparisons are not allowed",
    "!": "comparisons and factorials are not allowed; gamma(n + 1) is n!",
    ":": "lambda, slices and assignments are not allowed",
    ";": "only one expression is allowed",
    "\n": "only one line is allowed",
    "\r": "only one line is allowed",
    "\0": "the sign NUL is not allowed",
}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int


def plain_text(text: str, what: str, allowed: str) -> str:
    """The text in a form of the same length that Python's own parser can take apart: leading zeros become spaces.

    Parameters
    ----------
    text : str
    what : str
        Begins every message; may be empty.
    allowed : str
        Ends messages about a construct: what may be written instead.

    Raises
    ------
    InputError
        If the text is empty, longer than `LONGEST_TEXT`, nested deeper than `DEEPEST_BRACKETS`, or holds a sign or word
        that no expression has.
    """
    if not isinstance(text, str):
        raise InputError(f"{what}text is required, got {type(text).__name__}")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"{what}at most {LONGEST_TEXT} characters are allowed, got {len(text)}: {quoted(text)}")
    if not text.strip(" \t"):
        raise InputError(f"{what}an expression is required, got an empty text")
    plain, depth = [], 0
    for token, before in _with_predecessor(text):
        _require_ours(token, before, what, allowed)
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0:
            raise InputError(f"{what}a '(' for every ')' is required, got one ')' too many {at(token.start, text)}")
        if depth > DEEPEST_BRACKETS:
            raise InputError(f"{what}at most {DEEPEST_BRACKETS} brackets within brackets are allowed, got more")
        plain.append(_without_leading_zeros(token.text) if token.kind == "number" else token.text)
    return "".join(plain)


def at(position: int, text: str) -> str:
    """Where in the text, as messages say it: the position counted from one, and what stands there.

    >>> at(2, "1 ? 2")
    "at position 3 ('? 2')"
    """
    rest = text[position:]
    return f"at position {position + 1} ({quoted(rest, 24)})" if rest else "at its end"


def _with_predecessor(text: str) -> Iterator[tuple[_Token, _Token | None]]:
    before = None
    for match in _TOKEN.finditer(text):
        token = _Token(str(match.lastgroup), match.group(), match.start())
        yield token, before
        before = token


def _require_ours(token: _Token, before: _Token | None, what: str, allowed: str) -> None:
    complaint = _complaint(token, before)
    if complaint:
        source = (before.text if before is not None and before.kind == "number" else "") + token.text
        raise InputError(f"{what}{complaint}, got {quoted(source, 24)} at position {token.start + 1}; {allowed}")


def _complaint(token: _Token, before: _Token | None) -> str:
    if token.kind == "other" or token.text == "//":
        unknown = "this sign is not allowed" if token.text.isascii() else "only ASCII signs are allowed"
        return _NO_SIGN_OF_OURS.get(token.text, unknown)
    if before is not None and before.kind == "number" and token.kind in ("name", "number"):
        return "a number must be decimal and end before a letter, '_' or another point (2*x, not 2x)"
    if token.kind == "name" and keyword.iskeyword(token.text):
        return f"the word {token.text!r} of Python is not allowed"
    if token.kind == "name" and token.text.startswith("__"):
        return "names that begin with two underscores are not allowed"
    return ""


def _without_leading_zeros(number: str) -> str:
    digits = re.match(r"0+(?=[0-9])", number)
    zeros = len(digits[0]) if digits else 0
    return " " * zeros + number[zeros:]
