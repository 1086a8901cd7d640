"""An explanation for people at 80 columns, and for programs as JSON."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from agf_theory.proofs_check.claims import Check, Claim
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, plain
from agf_theory.proofs_check.explanation import Explanation
from agf_theory.proofs_check.formula_text import formula_text
from agf_theory.proofs_check.mutation import MutantVerdict
from agf_theory.proofs_check.necessity import NecessityVerdict

__all__ = ["MEANING", "check_text", "explanation_json", "explanation_text"]

WIDTH = 80
LABEL = 12
LONGEST = 600
"""Signs of one figure or witness that are printed; JSON has them all."""

MEANING = {
    Level.FORMAL: "a proof assistant's kernel accepted it",
    Level.PROVED: "an exact symbolic argument for all values the hypotheses allow",
    Level.EXACT: "exact arithmetic on the stated instances",
    Level.CERTIFIED: "balls enclose the statement on the stated instances",
    Level.CONVERGED: "the limit is observed over decades, with its rate",
    Level.SAMPLED: "floating point on random instances, within a reasoned tolerance",
    Outcome.REFUTED: "NO EVIDENCE: a witness contradicts the statement",
    Outcome.INCONCLUSIVE: "NO EVIDENCE: nothing was decided, in neither direction",
    Outcome.TIMEOUT: "NO EVIDENCE: killed at its time limit; says nothing on the claim",
    Outcome.ERROR: "NO EVIDENCE: the check crashed; says nothing on the claim",
}
"""What each level and each outcome says, in a few words."""


def explanation_text(explanation: Explanation) -> str:
    """The explanation in sections, each line at most 80 columns wide."""
    return "\n".join(_lines(explanation))


def check_text(check: Check, evidence: Evidence) -> str:
    """One check and what it found, each line at most 80 columns wide."""
    return "\n".join(_check(check, evidence))


def _lines(explanation: Explanation) -> Iterator[str]:
    claim, run = explanation.claim, explanation.run
    yield from _stated(claim)
    yield from _section("under test")
    yield from _under_test(claim)
    yield from _section(f"checks ({run.cost}, seed {run.seed})")
    checks = {check.name: check for check in claim.checks}
    for name, evidence in explanation.verdict.evidence.items():
        yield from _check(checks[name], evidence)
    for check in explanation.left_out:
        yield from _wrapped(f"{check.name}: not run, its cost is {check.cost}; add --{check.cost}")
    if claim.mutants:
        yield from _section("mutants: wrong versions, each of which some check must refute")
        yield from chain.from_iterable(map(_mutant, explanation.mutants))
    if claim.necessity:
        yield from _section("necessity: hypotheses without which the statement fails")
        yield from chain.from_iterable(map(_necessity, explanation.necessity))
    yield from _section("verdict")
    yield from _verdict(explanation)


def _stated(claim: Claim) -> Iterator[str]:
    yield from _wrapped(f"{claim.id}: {claim.title}")
    yield "=" * WIDTH
    for label in ("statement", "kind", "status", "source", "remark"):
        if text := str(getattr(claim, label)):
            yield from _labelled(label, text)
    for k, condition in enumerate(claim.hypotheses.conditions or ("none",)):
        yield from _labelled("" if k else "hypotheses", str(condition))
    for k, text in enumerate(claim.hypotheses.ranges_drawn):
        yield from _labelled("" if k else "drawn from", text)


def _under_test(claim: Claim) -> Iterator[str]:
    for label, text in formula_text(claim.formula):
        yield from _wrapped(label)
        for line in text.split("\n"):
            yield from [f"    {line}".rstrip()] if len(line) <= WIDTH - 4 else _wrapped(line, "    ")


def _check(check: Check, evidence: Evidence) -> Iterator[str]:
    yield from _wrapped(f"{check.name}: {evidence.result}")
    yield from _labelled("means", MEANING[evidence.result])
    if check.purpose:
        yield from _labelled("does", check.purpose)
    yield from _findings(evidence, "found")
    yield from _labelled("cost", f"{check.cost}, at most {check.time_limit:g} s")
    yield from _repeat(evidence.command)


def _findings(evidence: Evidence, label: str) -> Iterator[str]:
    yield from _labelled(label, evidence.detail)
    # An argument for all values has no instances; an outcome may have come before the first.
    if evidence.instances is not None:
        yield from _labelled("instances", str(evidence.instances))
    elif evidence.level is not None:
        yield from _labelled("instances", "all the hypotheses allow")
    for k, (name, value) in enumerate(evidence.figures.items()):
        yield from _labelled("" if k else "figures", _figure(name, value))
    if evidence.witness is not None:
        yield from _labelled("witness", _compact(evidence.witness))


def _mutant(verdict: MutantVerdict) -> Iterator[str]:
    by = verdict.refuted_by
    yield from _wrapped(f"{verdict.mutant.name}: {'SURVIVES' if by is None else f'refuted by the check {by!r}'}")
    yield from _labelled("wrong", verdict.mutant.description)
    for name, evidence in verdict.evidence.items():
        if name != by:
            yield from _labelled("tried", f"{name}: {evidence.result} ({evidence.detail})")
    if by is not None:
        yield from _labelled("witness", _compact(verdict.witness))
        yield from _repeat(verdict.evidence[by].command)


def _necessity(verdict: NecessityVerdict) -> Iterator[str]:
    evidence = verdict.evidence
    shown = "needed" if verdict.shown else "NOT SHOWN to be needed"
    yield from _wrapped(f"{verdict.necessity.dropped}: {shown} ({evidence.result})")
    yield from _labelled("without it", evidence.detail)
    yield from _labelled("witness", _compact(dict(verdict.necessity.witness)))
    for hypothesis in verdict.necessity.kept:
        yield from _labelled("kept", str(hypothesis))
    for k, (name, value) in enumerate(evidence.figures.items()):
        yield from _labelled("" if k else "figures", _figure(name, value))
    yield from _repeat(evidence.command)


def _verdict(explanation: Explanation) -> Iterator[str]:
    verdict, run = explanation.verdict, explanation.run
    known = explanation.record.verdict(verdict.claim.id, run.cost)
    yield from _labelled("found", f"{verdict.result}: {MEANING[verdict.result]}")
    yield from _labelled("rests on", ", ".join(verdict.support) or "nothing")
    for name, evidence in verdict.shortfall.items():
        yield from _labelled(str(evidence.result), f"{name}: {evidence.detail}")
    yield from _labelled("on record", "nothing" if known is None else str(known))
    complaints = explanation.complaints
    for complaint in complaints:
        yield from _labelled("differs", complaint)
    yield from _labelled("conclusion", "not as recorded, or not all was shown" if complaints else "as recorded")


def explanation_json(explanation: Explanation) -> str:
    """Everything the text shows, uncut; identical between two runs except for the field "seconds"."""
    claim, run, verdict = explanation.claim, explanation.run, explanation.verdict
    known = explanation.record.verdict(claim.id, run.cost)
    checks = {check.name: check for check in claim.checks}
    content: dict[str, Any] = {
        "id": claim.id,
        "system": claim.system,
        "title": claim.title,
        "statement": claim.statement,
        "kind": str(claim.kind),
        "status": str(claim.status),
        "source": str(claim.source),
        "remark": claim.remark,
        "hypotheses": list(map(str, claim.hypotheses.conditions)),
        "drawn_from": list(claim.hypotheses.ranges_drawn),
        "formula": [{"name": label, "text": text} for label, text in formula_text(claim.formula)],
        "cost": str(run.cost),
        "seed": run.seed,
        "checks": {name: _declared(checks[name]) | e.as_record() for name, e in verdict.evidence.items()},
        "checks_left_out": [check.name for check in explanation.left_out],
        "mutants": [_mutant_entry(mutant) for mutant in explanation.mutants],
        "necessity": [necessity.as_record() for necessity in explanation.necessity],
        "verdict": str(verdict.result),
        "on_record": None if known is None else str(known),
        "complaints": list(explanation.complaints),
        "seconds": {name: round(value, 3) for name, value in sorted(run.seconds.items())},
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)


def _declared(check: Check) -> dict[str, Any]:
    return {"does": check.purpose, "cost": str(check.cost), "time_limit": check.time_limit}


def _mutant_entry(verdict: MutantVerdict) -> dict[str, Any]:
    return {
        "name": verdict.mutant.name,
        "description": verdict.mutant.description,
        "refuted_by": verdict.refuted_by,
        "checks": {name: evidence.as_record() for name, evidence in verdict.evidence.items()},
    }


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title
    yield "-" * WIDTH


def _labelled(label: str, text: str) -> Iterator[str]:
    head = f"  {label}".ljust(LABEL + 2)
    yield from _wrapped(text, " " * (LABEL + 2), head) if text else (head.rstrip(),)


def _repeat(command: str) -> Iterator[str]:
    """A command that can be copied as it stands: broken between its words alone, as a shell reads it."""
    head, room = "  repeat".ljust(LABEL + 2), WIDTH - LABEL - 4
    line = ""
    for word in map(shlex.quote, shlex.split(command)):
        if line and len(line) + 1 + len(word) > room:
            yield f"{head}{line} \\"
            head, line = " " * (LABEL + 2), word
        else:
            line = f"{line} {word}".lstrip()
    yield f"{head}{line}"


def _wrapped(text: str, indent: str = "", first: str | None = None) -> Sequence[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent, break_on_hyphens=False
    )


def _figure(name: str, value: Any) -> str:
    return f"{name}{': ' if isinstance(value, Mapping) else ' = '}{_compact(value)}"


def _compact(value: Any) -> str:
    """Data on one line: as JSON, cut where it grows too long for a reader."""
    data = plain(value)
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    if isinstance(data, Mapping):
        text = "; ".join(f"{key} = {_compact(entry)}" for key, entry in data.items())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}… ({len(text)} signs; --format json has all)"
