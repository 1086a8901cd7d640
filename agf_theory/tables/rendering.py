"""A table in the format asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agf_theory.errors import UnknownName
from agf_theory.tables.as_csv import as_csv
from agf_theory.tables.as_html import as_html
from agf_theory.tables.as_json import as_json
from agf_theory.tables.as_latex import as_latex
from agf_theory.tables.as_markdown import as_markdown
from agf_theory.tables.as_text import as_text
from agf_theory.tables.jump_table import JumpTable

__all__ = ["FORMATS", "render", "require_format"]

_PLAIN: Final[dict[str, Callable[[JumpTable], str]]] = {
    "markdown": as_markdown,
    "latex": as_latex,
    "csv": as_csv,
    "html": as_html,
}
FORMATS: Final = ("text", "markdown", "latex", "csv", "json", "html")


def require_format(name: str) -> str:
    """The name itself.

    Raises
    ------
    UnknownName
        If no format has this name.
    """
    if name not in FORMATS:
        raise UnknownName(f"format must be one of {', '.join(FORMATS)}, got {name!r}")
    return name


def render(table: JumpTable, name: str = "text", *, width: int = 80, encoding: str = "utf-8") -> str:
    """The table in one of `FORMATS`.

    Parameters
    ----------
    table : JumpTable
    name : str
    width : int
        Cells of a line; text only.
    encoding : str
        Of the reader. Text spells what it lacks in ASCII, JSON escapes it; the other formats are written in UTF-8.

    Raises
    ------
    UnknownName
        If no format has this name.
    """
    if require_format(name) == "text":
        return as_text(table, width=width, encoding=encoding)
    if name == "json":
        return as_json(table, ascii_only=encoding.lower().replace("-", "") != "utf8")
    return _PLAIN[name](table)
