"""The page: content into a template that escapes whatever it is given."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from agf_theory.report.content import Report
from agf_theory.report.exhibit import Exhibit
from agf_theory.report.overview import overview
from agf_theory.report.typography import with_scripts, with_whole_options
from agf_theory.tables.characters import visible

__all__ = ["page_of"]


def page_of(report: Report, exhibits: Sequence[Exhibit] = ()) -> str:
    """One page of HTML that needs nothing else: style and script stand in it, mathematics is MathML.

    Every text is escaped; control characters are written as escapes. Markup comes from three places of ours alone: the
    MathML of formulas, the HTML of tables and the SVG of figures, each escaped where it is made.
    """
    environment = _environment()
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    return environment.get_template("report.html.j2").render(
        report=report,
        exhibits=exhibits,
        overview=overview(report),
        style=Markup(style),
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("agf_theory.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["ours"] = Markup
    environment.filters["scripts"] = with_scripts
    environment.filters["options"] = with_whole_options
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None, "made with one"
    return environment.loader.get_source(environment, name)[0]


def _shown(value: Any) -> Any:
    """Text without control characters, line by line; our own markup, numbers and nothing as they are."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(map(visible, value.split("\n")))
    return value
