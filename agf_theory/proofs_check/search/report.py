"""What a search found, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.evidence import Evidence
from agf_theory.proofs_check.search.counterexample import Counterexample
from agf_theory.proofs_check.search.engine import SearchResult, in_words

__all__ = ["instance_lines", "replay_json", "replay_text", "result_json", "result_text"]

_WIDTH = 20


def result_text(result: SearchResult, *, replay: str = "") -> str:
    """Lines for a terminal; `replay` is the command that tries the stored counterexample again."""
    lines = [f"{result.claim.id}: {result.claim.title}"]
    if result.mutant is not None:
        lines += _labelled("mutant", f"{result.mutant.name}: {result.mutant.description}")
    found = result.counterexample
    lines += _labelled("instances", _tried(result))
    if result.error:
        lines += _labelled("errors", f"{result.errors}, the first: {result.error}")
    if found is None:
        lines += _labelled("found", "no counterexample")
    else:
        lines += _labelled("found", "a counterexample, shrunk")
        for name, value in found.instance.items():
            lines += instance_lines(name, value)
        lines += _labelled("contradicts", found.refuted)
        for name, value in _further(result.witness, found.instance):
            lines += _labelled(name, value)
        lines += _labelled("find again", found.found_by)
        if replay:
            lines += _labelled("repeat", replay)
    return "\n".join(lines)


def result_json(result: SearchResult) -> str:
    """The same as JSON."""
    found = result.counterexample
    record = {
        "claim": result.claim.id,
        "mutant": None if result.mutant is None else result.mutant.name,
        "instances": result.tried,
        "undecided": result.undecided,
        "errors": result.errors,
        "first_error": result.error or None,
        "stopped": result.stopped,
        "shrunk_by": result.shrunk_by,
        "counterexample": None if found is None else json.loads(found.text()),
        "witness": result.witness,
    }
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False)


def replay_text(claim: Claim, stored: Counterexample, tried: Mapping[str, Evidence]) -> str:
    """Lines for a terminal: the stored instance, and what the claim and the mutant come to there."""
    lines = [f"{claim.id}: {claim.title}"]
    for name, value in stored.instance.items():
        lines += instance_lines(name, value)
    for name, found in tried.items():
        lines += _labelled(name, f"{found.result}: {in_words(found)}")
    return "\n".join([*lines, *_labelled("found by", stored.found_by)])


def replay_json(stored: Counterexample, tried: Mapping[str, Evidence]) -> str:
    """The same as JSON."""
    results = {name: found.as_record() for name, found in tried.items()}
    return json.dumps({**json.loads(stored.text()), "tried": results}, indent=1, ensure_ascii=False, allow_nan=False)


def instance_lines(name: str, value: Any) -> list[str]:
    """One variable of an instance: nested data field by field, matrices row by row."""
    if isinstance(value, Mapping):
        return [line for field, entry in value.items() for line in instance_lines(str(field), entry)]
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return _labelled(name, *(_row(row) for row in value))
    return _labelled(name, _row(value))


def _tried(result: SearchResult) -> str:
    parts = [f"{result.tried} tried"]
    if result.undecided:
        parts.append(f"{result.undecided} of them undecided")
    if result.found:
        parts.append(f"{result.shrunk_by} more to shrink")
    if result.stopped:
        parts.append("stopped when the time was over")
    return ", ".join(parts)


def _further(witness: Any, instance: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the witness says beyond the instance and the words already printed."""
    if not isinstance(witness, Mapping):
        return []
    known = {"problem", "X", "y", "violated", *instance}
    return [(str(name), _row(value)) for name, value in witness.items() if name not in known]


def _row(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"({', '.join(map(_row, value))})"
    return str(value)


def _labelled(label: str, *texts: str) -> list[str]:
    first, *rest = texts
    return [f"  {label:<{_WIDTH}}{first}", *(f"  {'':<{_WIDTH}}{text}" for text in rest)]
