"""Verdicts for people and for programs: a table at 80 columns, plain or coloured, and JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome
from agf_theory.proofs_check.mutation import MutantVerdict
from agf_theory.proofs_check.necessity import NecessityVerdict
from agf_theory.proofs_check.record import Difference, Record
from agf_theory.proofs_check.verdict import Verdict
from agf_theory.proofs_check.verification import Run

__all__ = ["as_json", "conclusion", "listing_table", "mutant_table", "render", "verdict_table"]

WIDTH = 80
_STYLES = {
    Level: "green",
    Outcome.REFUTED: "bold red",
    Outcome.INCONCLUSIVE: "yellow",
    Outcome.TIMEOUT: "yellow",
    Outcome.ERROR: "bold magenta",
}


class Grid:
    """A table of text cells whose columns have fixed widths; the last column is the widest a terminal of 80 allows.

    Attributes
    ----------
    columns : sequence of (title, width)
    rows : list of sequences of str
    results : list of Level, Outcome or None
        What colours each row's evidence on a terminal.
    """

    def __init__(self, *columns: tuple[str, int], coloured: int) -> None:
        self.columns = columns
        self.coloured = coloured
        self.rows: list[tuple[str, ...]] = []
        self.results: list[Level | Outcome | None] = []
        assert sum(width + 1 for _, width in columns) - 1 <= WIDTH, "the table must fit 80 columns"

    def add(self, *cells: str, result: Level | Outcome | None) -> None:
        self.rows.append(cells)
        self.results.append(result)

    def plain(self) -> str:
        """Text alone, each line at most 80 columns wide."""
        lines = [" ".join(title.ljust(width) for title, width in self.columns).rstrip()]
        lines.append(" ".join("-" * width for _, width in self.columns))
        for cells in self.rows:
            lines.extend(self._wrapped(cells))
        return "\n".join(lines)

    def rich(self) -> Table:
        """The same for a terminal, with colours."""
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for title, width in self.columns:
            table.add_column(title, width=width, overflow="fold")
        for cells, result in zip(self.rows, self.results, strict=True):
            shown = [Text(cell) for cell in cells]
            shown[self.coloured].stylize(_style(result))
            table.add_row(*shown)
        return table

    def _wrapped(self, cells: Sequence[str]) -> Iterator[str]:
        columns = [textwrap.wrap(cell, width) or [""] for cell, (_, width) in zip(cells, self.columns, strict=True)]
        for k in range(max(map(len, columns))):
            parts = (
                (lines[k] if k < len(lines) else "").ljust(width)
                for lines, (_, width) in zip(columns, self.columns, strict=True)
            )
            yield " ".join(parts).rstrip()


def render(grid: Grid, *, terminal: bool) -> str:
    """The grid as text: with colours for a terminal, else without."""
    if not terminal:
        return grid.plain()
    console = Console(force_terminal=True, width=WIDTH)
    with console.capture() as capture:
        console.print(grid.rich())
    return capture.get().rstrip("\n")


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


def mutant_table(verdicts: Sequence[MutantVerdict]) -> Grid:
    """One row a mutant: its claim, what is wrong with it, the check that refutes it, and the witness."""
    grid = Grid(("claim", 8), ("mutant", 24), ("refuted by", 16), ("witness", 29), coloured=2)
    for verdict in verdicts:
        by = verdict.refuted_by
        witness = "; ".join(f"{name}: {e.result}" for name, e in verdict.evidence.items())
        if by is not None:
            witness = _shortened(json.dumps(verdict.witness, ensure_ascii=False), 87)
        # On a terminal a refuted mutant is good news.
        result = Level.PROVED if by is not None else Outcome.REFUTED
        grid.add(verdict.claim.id, verdict.mutant.description, by or "SURVIVES", witness, result=result)
    return grid


def conclusion(
    run: Run,
    differences: Sequence[Difference],
    mutants: Sequence[MutantVerdict],
    necessity: Sequence[NecessityVerdict] = (),
) -> str:
    """What the run comes to: one line, after the differences, surviving mutants and hypotheses not shown needed."""
    lines = [str(difference) for difference in differences]
    surviving = [m for m in mutants if m.survives]
    lines += [f"{m.claim.id} mutant survives: {m.mutant.name}" for m in surviving]
    lines += [n.complaint for n in necessity if not n.shown]
    differing = len({difference.claim_id for difference in differences})
    claims = f"{len(run.verdicts)} claim{'s' * (len(run.verdicts) != 1)}"
    outcome = f"{differing} differ{'s' * (differing == 1)} from the record" if differing else "all as recorded"
    bred = f"; {len(mutants)} mutants: {f'{len(surviving)} survive' if surviving else 'all refuted'}" if mutants else ""
    return "\n".join([*lines, f"{claims}: {outcome}{bred}"])


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
        "mutants": [_mutant_entry(verdict) for verdict in mutants],
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


def _mutant_entry(verdict: MutantVerdict) -> dict[str, Any]:
    return {
        "claim": verdict.claim.id,
        "name": verdict.mutant.name,
        "description": verdict.mutant.description,
        "refuted_by": verdict.refuted_by,
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


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _style(result: Level | Outcome | None) -> str:
    return _STYLES[Level] if isinstance(result, Level) else _STYLES.get(result, "dim")
