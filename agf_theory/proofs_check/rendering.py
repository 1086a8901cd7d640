"""Verdicts for people and for programs: a table at 80 columns, plain or coloured, and JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.evidence import Evidence
from agf_theory.proofs_check.grid import Grid
from agf_theory.proofs_check.mutant_rendering import mutant_entry, mutants_in_words
from agf_theory.proofs_check.mutation import MutantVerdict
from agf_theory.proofs_check.necessity import NecessityVerdict
from agf_theory.proofs_check.record import Difference, Record
from agf_theory.proofs_check.verdict import Verdict
from agf_theory.proofs_check.verification import Run

__all__ = ["as_json", "conclusion", "listing_table", "verdict_table"]


def verdict_table(run: Run) -> Grid:
    """One row a claim: id, what it says in a few words, status, evidence, and what that rests on."""
    grid = Grid(("claim", 7), ("what it says", 22), ("status", 11), ("evidence", 12), ("rests on", 24), coloured=3)
    for verdict in run.verdicts:
        claim = verdict.claim
        grid.add(
            claim.id, claim.title, str(claim.status), str(verdict.result), _rests_on(verdict), result=verdict.result
        )
    return grid


def listing_table(claims: Sequence[Claim], record: Record) -> Grid:
    """One row a claim: id, statement, status, source, evidence on record."""
    grid = Grid(("claim", 8), ("statement", 34), ("status", 11), ("source", 13), ("on record", 10), coloured=4)
    for claim in claims:
        known = record.verdict(claim.id)
        shown = "nothing" if known is None else str(known)
        grid.add(claim.id, claim.statement, str(claim.status), str(claim.source), shown, result=known)
    return grid


def conclusion(
    run: Run,
    differences: Sequence[Difference],
    mutants: Sequence[MutantVerdict],
    necessity: Sequence[NecessityVerdict] = (),
) -> str:
    """What the run comes to: one line, after the differences, surviving mutants and hypotheses not shown needed."""
    lines = [str(difference) for difference in differences]
    lines += mutants_in_words(mutants)
    lines += [n.complaint for n in necessity if not n.shown]
    differing = len({difference.claim_id for difference in differences})
    claims = f"{len(run.verdicts)} claim{'s' * (len(run.verdicts) != 1)}"
    outcome = f"{differing} differ{'s' * (differing == 1)} from the record" if differing else "all as recorded"
    return "\n".join([*lines, f"{claims}: {outcome}{_counted(mutants)}"])


def _counted(mutants: Sequence[MutantVerdict]) -> str:
    if not mutants:
        return ""
    surviving, equivalent = sum(m.survives for m in mutants), sum(m.equivalent for m in mutants)
    fate = f"{surviving} survive" if surviving else "all others refuted" if equivalent else "all refuted"
    return f"; {len(mutants)} mutants: {f'{equivalent} equivalent, ' if equivalent else ''}{fate}"


def as_json(
    run: Run,
    record: Record,
    differences: Sequence[Difference],
    mutants: Sequence[MutantVerdict],
    necessity: Sequence[NecessityVerdict] = (),
) -> str:
    """The whole run as JSON; identical between two runs except for the field "seconds"."""
    content: dict[str, Any] = {
        "cost": str(run.cost),
        "seed": run.seed,
        "claims": [_claim_entry(verdict, record, run) for verdict in run.verdicts],
        "differences": [vars(difference) for difference in differences],
        "mutants": [mutant_entry(verdict) for verdict in mutants],
        "necessity": [verdict.as_record() for verdict in necessity],
        "seconds": {name: round(value, 3) for name, value in sorted(run.seconds.items())},
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)


def _claim_entry(verdict: Verdict, record: Record, run: Run) -> dict[str, Any]:
    claim = verdict.claim
    known = record.verdict(claim.id, run.cost)
    return {
        "id": claim.id,
        "system": claim.system,
        "statement": claim.statement,
        "kind": str(claim.kind),
        "status": str(claim.status),
        "source": str(claim.source),
        "hypotheses": [str(condition) for condition in claim.hypotheses.conditions],
        "remark": claim.remark,
        "verdict": str(verdict.result),
        "on_record": None if known is None else str(known),
        "checks": {name: evidence.as_record() for name, evidence in verdict.evidence.items()},
    }


def _rests_on(verdict: Verdict) -> str:
    parts = [f"{name}{_footing(e, verdict)}" for name, e in (*verdict.support.items(), *verdict.shortfall.items())]
    return ", ".join(parts) or "no check"


def _footing(evidence: Evidence, verdict: Verdict) -> str:
    """What a check adds to its name: its result if that is not the verdict's, and how many instances it saw."""
    result = "" if evidence.result is verdict.result else f"{evidence.result}"
    instances = "" if evidence.instances is None else f"{evidence.instances}"
    shown = " ".join(filter(None, (instances, result)))
    return f" ({shown})" if shown else ""
