"""The survivors accounted for: what survivors.md says about each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["reasons"]


@cache
def reasons() -> dict[str, tuple[str, str]]:
    """Kind and reason by the mutant's key, from the rows of the tables of survivors.md."""
    text = Path(__file__).with_name("survivors.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")
    ]
    return {key.strip("`"): (kind, reason) for key, kind, reason in rows}
