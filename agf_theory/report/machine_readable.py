"""The run for programs: what `agf verify --format json` prints, with what it was made with."""

from __future__ import annotations

import json
from collections.abc import Sequence

from agf_theory.proofs_check import Difference, MutantVerdict, NecessityVerdict, Record, Run, as_json
from agf_theory.report.content import Provenance

__all__ = ["machine_readable"]

SCHEMA = "agf-report"
VERSION = 1


def machine_readable(
    run: Run,
    record: Record,
    differences: Sequence[Difference],
    necessity: Sequence[NecessityVerdict],
    mutants: Sequence[MutantVerdict] | None,
    made_of: Provenance,
) -> str:
    """JSON; identical between two runs except for the fields "made", "elapsed" and "seconds".

    The field "mutants" is null if none were run.
    """
    found = json.loads(as_json(run, record, differences, mutants or (), necessity))
    if mutants is None:
        found["mutants"] = None
    head = {
        "schema": SCHEMA,
        "version": VERSION,
        "command": made_of.command,
        "made": made_of.made,
        "elapsed": made_of.elapsed,
        "code": made_of.code,
        "versions": dict(made_of.versions),
        "not_run": list(made_of.not_run),
    }
    return json.dumps({**head, **found}, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
