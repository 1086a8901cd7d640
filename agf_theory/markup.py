"""Fragments of HTML that objects show themselves with in a notebook.

Escaped, without scripts, and in the colours of the page around them, so that they read well in light and dark. Every
floor uses these; they hold no mathematics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["block", "bullets", "escaped", "fields", "heading", "paragraph", "preformatted", "scrolled", "table"]

_LINE = "1px solid rgba(128,128,128,.35)"
_CELL = f"padding:.2em .8em .2em 0;text-align:left;vertical-align:top;border:0;border-bottom:{_LINE}"
_TEXT = "margin:.4em 0;overflow-x:auto;background:none;font-size:.8125em;line-height:1.5"
_SHORT = 14  # signs of a cell that no line break may fall into: an id, a number
_TABLE = "border-collapse:collapse;margin:.4em 0;font-variant-numeric:tabular-nums"


def escaped(value: object) -> str:
    """The value as text, with the signs that HTML reads as its own written out.

    >>> escaped("a < b")
    'a &lt; b'
    """
    return escape(str(value))


def block(*parts: str) -> str:
    """One fragment made of several; empty ones are left out."""
    return f"<div>{''.join(parts)}</div>"


def heading(title: object, *lines: object) -> str:
    """A title, and lines below it."""
    below = "".join(f"<br><small>{escaped(line)}</small>" for line in lines if str(line))
    return f'<p style="margin:.4em 0"><strong>{escaped(title)}</strong>{below}</p>'


def paragraph(text: object) -> str:
    """A paragraph of plain text."""
    return f'<p style="margin:.4em 0">{escaped(text)}</p>'


def bullets(texts: Iterable[object]) -> str:
    """A list of plain texts; nothing if there are none."""
    items = "".join(f"<li>{escaped(text)}</li>" for text in texts)
    return f'<ul style="margin:.4em 0;padding-left:1.4em">{items}</ul>' if items else ""


def preformatted(text: object) -> str:
    """Text that keeps its lines and columns."""
    return f'<pre style="{_TEXT}">{escaped(text)}</pre>'


def scrolled(content: str) -> str:
    """HTML that is scrolled sideways where it is wider than the page."""
    return f'<div style="overflow-x:auto;padding:.2em 0">{content}</div>'


def table(heads: Sequence[object], rows: Iterable[Sequence[str]]) -> str:
    """A table: plain heads, and rows of cells that are HTML already."""
    titles = "".join(f'<th scope="col" style="{_CELL}">{escaped(head)}</th>' for head in heads)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return scrolled(f'<table style="{_TABLE}"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>')


def _cells(row: Sequence[str]) -> str:
    return "".join(
        f'<td style="{_CELL}{";white-space:nowrap" if len(cell) <= _SHORT else ""}">{cell}</td>' for cell in row
    )


def fields(pairs: Iterable[tuple[object, str]]) -> str:
    """A table of two columns: what a value is, and the value as HTML; lines without a value are left out."""
    rows = "".join(
        f'<tr><th scope="row" style="{_CELL}">{escaped(name)}</th><td style="{_CELL}">{value}</td></tr>'
        for name, value in pairs
        if value
    )
    return scrolled(f'<table style="{_TABLE}"><tbody>{rows}</tbody></table>')
