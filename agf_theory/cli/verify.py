"""`agf verify`: run the checks of claims and compare the verdicts with those on record."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.output import to_stdout
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from agf_theory.proofs_check import Cost, Finding, MutantVerdict, Progress, Run

__all__ = ["verify"]


class Format(Enum):
    """How the verdicts are printed."""

    TEXT = "text"
    JSON = "json"


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID or SYSTEM]...", help="Claims or systems; all without any.", show_default=False),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only the quick checks (the default).")] = False,
    full: Annotated[bool, typer.Option("--full", help="The costly checks too.")] = False,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Demand that every mutant is refuted, with a witness.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", help="Processes at a time; by default one a core.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Of all random instances.")] = 0,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ID", help="One claim: what its word is worth, with everything it rests on."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the verdicts.")] = Format.TEXT,
    certificates: Annotated[
        str | None,
        typer.Option(
            "--certificates", metavar="DIR", help="Write certificates into a new folder, for the independent checker."
        ),
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Put the verdicts on record.")] = False,
) -> int:
    """Run the checks of claims and compare the verdicts with those on record.

    Exit status: 0 all as recorded; 1 a verdict differs, a mutant survives or a hypothesis is not shown to be needed;
    2 the input is wrong.
    """
    from agf_theory.proofs_check import (
        Cost,
        Record,
        all_claims,
        as_json,
        conclusion,
        mutant_table,
        refute_all_mutants,
        render,
        require_new_folder,
        selected,
        show_necessity,
        verdict_table,
        verify_all,
    )

    if quick and full:
        raise InputError("--quick and --full exclude one another")
    if jobs < 0:
        raise InputError(f"--jobs: a number of processes is required (0: one a core), got {jobs}")
    if record and seed != 0:
        raise InputError(f"--record: the verdicts on record are those of seed 0, got --seed {seed}")
    if explain is not None and (names or mutants or record or certificates is not None):
        chosen = {"--mutants": mutants, "--record": record, "--certificates": certificates is not None}
        excluded = next((option for option, given in chosen.items() if given), names[0] if names else "")
        raise InputError(f"--explain {explain} runs that claim with its mutants and takes nothing else, got {excluded}")
    workers = jobs or os.cpu_count() or 1
    cost = Cost.FULL if full else Cost.QUICK
    if explain is not None:
        return _explain(explain, cost, seed, workers, form)
    claims = selected(names or ())
    on_record = Record.load()
    folder = None if certificates is None else require_new_folder(certificates)
    with _progress() as progress:
        run = verify_all(
            claims, cost=cost, seed=seed, workers=workers, progress=progress, certificates=folder is not None
        )
        needed = show_necessity(claims, seed=seed, workers=workers, progress=progress)
        fared: tuple[MutantVerdict, ...] = ()
        if mutants:
            fared = refute_all_mutants(claims, cost=cost, seed=seed, workers=workers, progress=progress)
    _write_certificates(run, folder)
    if record:
        on_record = on_record.updated(run, all_claims())
        on_record.save()
    differences = on_record.differences(run)
    if form is Format.JSON:
        print(as_json(run, on_record, differences, fared, needed))
    else:
        tables = [verdict_table(run), *([mutant_table(fared)] if fared else [])]
        for table in tables:
            print(render(table, terminal=sys.stdout.isatty()), end="\n\n")
        print(conclusion(run, differences, fared, needed))
    failed = any(mutant.survives for mutant in fared) or not all(verdict.shown for verdict in needed)
    return 1 if differences or failed else 0


def _explain(claim_id: str, cost: Cost, seed: int, workers: int, form: Format) -> int:
    from agf_theory.proofs_check import Record, explain, explanation_json, explanation_text, get

    claim, on_record = get(claim_id), Record.load()
    with _progress() as progress:
        explanation = explain(claim, on_record, cost=cost, seed=seed, workers=workers, progress=progress)
    render = explanation_json if form is Format.JSON else explanation_text
    to_stdout(f"{render(explanation)}\n")
    return 1 if explanation.complaints else 0


def _write_certificates(run: Run, folder: Path | None) -> None:
    from agf_theory.proofs_check import write_certificates

    if folder is not None:
        files = write_certificates(run, folder)
        print(f"{len(files)} files of certificates in {folder}", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Progress]:
    """What tells the reader how far the run is: a bar on a terminal, plain lines elsewhere; never on stdout."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    # Without a thread of its own for refreshing: the checks' processes are forked from this one.
    with Bar(console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("verifying", total=None)

        def advance(finding: Finding, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=str(finding.job), refresh=True)

        yield advance


def _line(finding: Finding, done: int, total: int) -> None:
    print(f"[{done}/{total}] {finding.job}: {finding.evidence.result} ({finding.seconds:.1f} s)", file=sys.stderr)
