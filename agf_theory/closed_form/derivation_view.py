"""How a derivation shows itself: text of 80 columns for a terminal, HTML with MathML for a notebook.

What was not checked is never said to be: without findings each step names the obligation it still owes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sympy import Basic

from agf_theory.closed_form.rendering import render
from agf_theory.markup import block, escaped, heading, paragraph, scrolled

if TYPE_CHECKING:
    from agf_theory.closed_form.derivation import Derivation, DerivationReport, Step
    from agf_theory.closed_form.obligations import Finding, Obligation

__all__ = ["derivation_html", "derivation_text", "report_html", "step_html"]

_WIDTH = 80
_INDENT = "    "


def derivation_text(derivation: Derivation) -> str:
    """Title, source and steps, each line at most 80 columns wide."""
    return "\n".join(_lines(derivation))


def derivation_html(derivation: Derivation) -> str:
    """The steps with their justifications, and the obligations they owe."""
    unchecked = [(step, f"obligation: {_words(step.obligation)}; not checked here") for step in derivation.steps]
    return _page(derivation, _owed(derivation), unchecked)


def report_html(report: DerivationReport) -> str:
    """The same steps, each with what its obligation found."""
    found = [(each.step, _found(each.finding)) for each in report.steps]
    return _page(report.derivation, report.summary, found)


def step_html(step: Step) -> str:
    """One step on its own."""
    return block(_step(step, f"obligation: {_words(step.obligation)}; not checked here"))


def _lines(derivation: Derivation) -> Iterator[str]:
    yield from textwrap.wrap(f"{derivation.name}: {derivation.title}", _WIDTH)
    yield from textwrap.wrap(f"Source: {derivation.source}", _WIDTH)
    yield from textwrap.wrap(_owed(derivation), _WIDTH)
    for number, step in enumerate(derivation.steps, start=1):
        yield ""
        yield from textwrap.wrap(f"{number}. {step.label}. {step.justification}", _WIDTH, subsequent_indent="   ")
        yield from _formula(step.statement)
        for relation in step.where:
            yield from _formula(relation, "where ")


def _owed(derivation: Derivation) -> str:
    count = len(derivation.steps)
    owed = "1 step, not checked here: check() discharges its obligation" if count == 1 else ""
    return owed or f"{count} steps, none of them checked here: check() discharges their obligations"


def _formula(formula: Basic, before: str = "") -> list[str]:
    """As mathematics is set, if that fits; else on lines as Python writes it."""
    room = _WIDTH - len(_INDENT)
    drawn = render(formula, "unicode").splitlines()
    if not before and max(map(len, drawn)) <= room:
        return [f"{_INDENT}{line}".rstrip() for line in drawn]
    written = f"{before}{render(formula, 'python')}"
    return textwrap.wrap(written, _WIDTH, initial_indent=_INDENT, subsequent_indent=2 * _INDENT)


def _page(derivation: Derivation, summary: str, steps: Sequence[tuple[Step, str]]) -> str:
    items = "".join(f'<li style="margin:.5em 0">{_step(step, said)}</li>' for step, said in steps)
    return block(
        heading(f"{derivation.name}: {derivation.title}", f"source: {derivation.source}"),
        paragraph(summary),
        f'<ol style="padding-left:2em">{items}</ol>',
    )


def _step(step: Step, said: str) -> str:
    where = "".join(render(relation, "mathml") for relation in step.where)
    assumed = f"<small>where</small>{scrolled(where)}" if where else ""
    statement = scrolled(render(step.statement, "mathml"))
    words = f"<strong>{escaped(step.label)}.</strong> {escaped(step.justification)}"
    return f"{words}{statement}{assumed}<small>{escaped(said)}</small>"


def _found(finding: Finding) -> str:
    point = ", ".join(f"{symbol} = {value}" for symbol, value in (finding.point or {}).items())
    return f"{finding.outcome.value}: {finding.how}{f'; at {point}' if point else ''}"


def _words(obligation: Obligation) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(obligation).__name__).lower()
