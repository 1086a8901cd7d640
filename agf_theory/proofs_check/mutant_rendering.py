"""How the mutants fared, for people and for programs: a count for each claim, and one by one where that matters."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from agf_theory.proofs_check.claims import Origin
from agf_theory.proofs_check.evidence import Level, Outcome
from agf_theory.proofs_check.grid import WIDTH, Grid
from agf_theory.proofs_check.mutation import MutantVerdict

__all__ = ["mutant_entry", "mutant_summary", "mutant_table", "mutants_in_words", "witness_table"]

LONGEST_WITNESS = 87


def mutant_table(verdicts: Sequence[MutantVerdict]) -> Grid:
    """One row a claim: how many mutants of each origin, how many are equivalent, refuted, surviving; the last row: all.

    Every mutant is one of written, bred, from hypotheses, and one of equivalent, refuted, surviving.
    """
    titles = ("claim", "written", "bred", "hypotheses", "equivalent", "refuted", "surviving")
    grid = Grid(*((title, 10) for title in titles), coloured=6)
    for claim_id in dict.fromkeys(verdict.claim.id for verdict in verdicts):
        _count(grid, claim_id, [verdict for verdict in verdicts if verdict.claim.id == claim_id])
    _count(grid, "all", verdicts)
    return grid


def _count(grid: Grid, title: str, verdicts: Sequence[MutantVerdict]) -> None:
    origins = [sum(v.mutant.origin is origin for v in verdicts) for origin in Origin]
    fates = [
        sum(v.equivalent for v in verdicts),
        sum(v.refuted_by is not None for v in verdicts),
        sum(v.survives for v in verdicts),
    ]
    # On a terminal a refuted mutant is good news.
    result = Outcome.REFUTED if fates[-1] else Level.PROVED
    grid.add(title, *map(str, (*origins, *fates)), result=result)


def witness_table(verdicts: Sequence[MutantVerdict]) -> Grid:
    """One row a mutant: its claim, what is wrong with it, the check that refutes it, and the witness."""
    grid = Grid(("claim", 8), ("mutant", 24), ("refuted by", 16), ("witness", 29), coloured=2)
    for verdict in verdicts:
        fate = verdict.refuted_by or ("equivalent" if verdict.equivalent else "SURVIVES")
        result = Outcome.REFUTED if verdict.survives else Level.PROVED
        grid.add(verdict.claim.id, verdict.mutant.description, fate, _shown(verdict), result=result)
    return grid


def _shown(verdict: MutantVerdict) -> str:
    if verdict.refuted_by is not None:
        text = json.dumps(verdict.witness, ensure_ascii=False)
        return text if len(text) <= LONGEST_WITNESS else text[: LONGEST_WITNESS - 1] + "…"
    return verdict.equivalence or "; ".join(f"{name}: {e.result}" for name, e in verdict.evidence.items())


def mutant_summary(verdicts: Sequence[MutantVerdict]) -> str:
    """The equivalent mutants, one reason after the other, each with its mutants; nothing if there are none."""
    by_reason: dict[str, list[str]] = {}
    for verdict in verdicts:
        if verdict.equivalent:
            by_reason.setdefault(verdict.equivalence, []).append(f"{verdict.claim.id} {verdict.mutant.name}")
    if not by_reason:
        return ""
    lines = ["equivalent mutants, and why they are no wrong versions"]
    for reason, names in by_reason.items():
        lines += textwrap.wrap(reason, WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += [line for name in names for line in _item(name)]
    return "\n".join(lines)


def _item(name: str) -> list[str]:
    return textwrap.wrap(name, WIDTH, initial_indent="    ", subsequent_indent="      ")


def mutants_in_words(verdicts: Sequence[MutantVerdict]) -> Iterator[str]:
    """A survivor a line, with what it is and the command that repeats it."""
    for verdict in verdicts:
        if verdict.survives:
            yield f"{verdict.claim.id} mutant survives: {verdict.mutant.name}"
            yield f"  {verdict.mutant.description}"
            yield f"  {verdict.command}"


def mutant_entry(verdict: MutantVerdict) -> dict[str, Any]:
    """One mutant as plain data, in a fixed order."""
    return {
        "claim": verdict.claim.id,
        "name": verdict.mutant.name,
        "origin": str(verdict.mutant.origin),
        "description": verdict.mutant.description,
        "refuted_by": verdict.refuted_by,
        "equivalent": verdict.equivalence if verdict.equivalent else None,
        "survives": verdict.survives,
        "checks": {name: evidence.as_record() for name, evidence in verdict.evidence.items()},
    }
