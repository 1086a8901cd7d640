"""How claims, evidence and verdicts show themselves: a line, text of 80 columns for a terminal, HTML for a notebook."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from agf_theory.markup import block, escaped, fields, heading, paragraph, scrolled, table

if TYPE_CHECKING:
    from agf_theory.proofs_check.claims import Claim
    from agf_theory.proofs_check.evidence import Evidence
    from agf_theory.proofs_check.verdict import Verdict

__all__ = [
    "claim_html",
    "claim_text",
    "evidence_html",
    "evidence_line",
    "evidence_text",
    "verdict_html",
    "verdict_text",
]

_WIDTH = 80
_LABEL = 12
_LONGEST = 600
"""Signs of one figure or witness that are shown; as_record() has them all."""


def claim_text(claim: Claim) -> str:
    """What is stated, by whom, under what, and how it is put to the test."""
    return _text(f"{claim.id}: {claim.title}", _of_claim(claim))


def claim_html(claim: Claim) -> str:
    """The same for a notebook."""
    return _html(f"{claim.id}: {claim.title}", _of_claim(claim))


def evidence_line(evidence: Evidence) -> str:
    """Level or outcome, and on how many instances: "exact, 12 instances"."""
    if evidence.level is None:
        return str(evidence.result)
    count = evidence.instances
    on = "for all that the hypotheses allow" if count is None else f"{count} instance{'s' * (count != 1)}"
    return f"{evidence.result}, {on}"


def evidence_text(evidence: Evidence) -> str:
    """What was found, with figures, witness and the command that repeats it."""
    return _text(evidence_line(evidence), _of_evidence(evidence))


def evidence_html(evidence: Evidence) -> str:
    """The same for a notebook."""
    return _html(evidence_line(evidence), _of_evidence(evidence))


def verdict_text(verdict: Verdict) -> str:
    """The level, and every check it rests on; then those that gave no evidence."""
    rows = [(name, f"{evidence_line(found)}: {found.detail}") for name, found in verdict.support.items()]
    rows += [(name, f"NO EVIDENCE, {found.result}: {found.detail}") for name, found in verdict.shortfall.items()]
    return _text(f"{verdict.claim.id}: {verdict.result} ({verdict.claim.title})", rows)


def verdict_html(verdict: Verdict) -> str:
    """The same for a notebook, with the figures and witnesses and what repeats each check."""
    rows = []
    for name, found in {**verdict.support, **verdict.shortfall}.items():
        shown = [escaped(found.detail), *(f"<br><small>{escaped(text)}</small>" for text in _further(found))]
        count = "all" if found.instances is None and found.level is not None else found.instances
        result = escaped(found.result) if found.level is not None else f"<strong>{escaped(found.result)}</strong>"
        rows.append([escaped(name), result, escaped("" if count is None else count), "".join(shown)])
    claim = verdict.claim
    rests = table(("rests on", "evidence", "instances", "what was found"), rows) if rows else paragraph("no check ran")
    title = f"{claim.id}: {verdict.result}"
    return block(heading(title, claim.statement, f"{claim.status}; source: {claim.source}"), rests)


def _of_claim(claim: Claim) -> Iterator[tuple[str, str]]:
    for label in ("statement", "kind", "status", "source", "remark"):
        yield label, str(getattr(claim, label))
    for k, condition in enumerate(claim.hypotheses.conditions or ("none",)):
        yield "" if k else "hypotheses", str(condition)
    for k, text in enumerate(claim.hypotheses.ranges_drawn):
        yield "" if k else "drawn from", text
    for k, check in enumerate(claim.checks):
        purpose = f": {check.purpose}" if check.purpose else ""
        yield "" if k else "checks", f"{check.name} ({check.cost}){purpose}"
    yield "mutants", ", ".join(mutant.name for mutant in claim.mutants)
    yield "to run it", f"verify(get({claim.id!r})), or agf verify {claim.id}"


def _of_evidence(evidence: Evidence) -> Iterator[tuple[str, str]]:
    yield "found", evidence.detail
    for k, (name, value) in enumerate(evidence.figures.items()):
        yield "" if k else "figures", f"{name} = {_compact(value)}"
    if evidence.witness is not None:
        yield "witness", _compact(evidence.witness)
    yield "repeat", evidence.command


def _further(evidence: Evidence) -> Iterator[str]:
    yield from (f"{label} {text}".strip() for label, text in _of_evidence(evidence) if label != "found" and text)


def _compact(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _text(title: str, rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    lines = textwrap.wrap(title, _WIDTH)
    for label, text in rows:
        if text:
            lines += _labelled(label, text)
    return "\n".join(lines)


def _labelled(label: str, text: str) -> list[str]:
    """The label in a column of its own; on a line of its own where it is longer than that."""
    room = {"initial_indent": " " * (_LABEL + 2), "subsequent_indent": " " * (_LABEL + 2)}
    lines = textwrap.wrap(text, _WIDTH, **room)  # type: ignore[arg-type]
    if len(label) > _LABEL - 1:
        return [f"  {label}", *lines]
    return [f"  {label:<{_LABEL}}{lines[0].strip()}", *lines[1:]]


def _html(title: str, rows: Iterator[tuple[str, str]]) -> str:
    return block(heading(title), scrolled(fields((label, escaped(text)) for label, text in rows)))
