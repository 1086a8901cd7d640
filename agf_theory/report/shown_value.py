"""Figures, witnesses and times as one line of text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["LONGEST", "shown_figures", "shown_seconds", "shown_value"]

LONGEST = 600
"""Signs of one figure or witness on the page; report.json has them all."""


def shown_value(value: Any, longest: int = LONGEST) -> str:
    """Plain data on one line, cut where it grows too long for a reader.

    Examples
    --------
    >>> shown_value({"scale": "1/2", "gradient": [1, 2]})
    'scale = 1/2; gradient = [1, 2]'
    """
    text = _text(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}… ({len(text)} signs; report.json has all)"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {_text(entry)}" for key, entry in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shown_figures(figures: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Names and values."""
    return tuple((name, shown_value(value)) for name, value in figures.items())


def shown_seconds(seconds: float) -> str:
    """A time in the unit that suits it.

    Examples
    --------
    >>> shown_seconds(0.34), shown_seconds(75), shown_seconds(7260)
    ('0.3 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
