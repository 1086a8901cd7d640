"""`agf verify`: run the checks of claims and compare the verdicts with those on record."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.finished_checks import finished_checks
from agf_theory.cli.output import to_stdout
from agf_theory.cli.progress import QuietOption, shown_progress
from agf_theory.cli.report import planned_report
from agf_theory.cli.shell_names import claim_ids, claims_and_systems
from agf_theory.cli.verify_options import Format, VerifyOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from agf_theory.proofs_check import Claim, Difference, MutantVerdict, NecessityVerdict, Record, Run

__all__ = ["verify"]


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID|SYSTEM",
            help="Claims or systems; all without any.",
            show_default=False,
            autocompletion=claims_and_systems,
        ),
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
        typer.Option(
            "--explain",
            metavar="ID",
            help="One claim: what its word is worth, with everything it rests on.",
            autocompletion=claim_ids,
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the verdicts.")] = Format.TEXT,
    certificates: Annotated[
        str | None,
        typer.Option(
            "--certificates", metavar="DIR", help="Write certificates into a new folder, for the independent checker."
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="DIR", help="Write one page with everything into DIR: open DIR/index.html."),
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Put the verdicts on record.")] = False,
    check: Annotated[
        str | None, typer.Option("--check", metavar="NAME", help="Run this check of one claim, alone.")
    ] = None,
    mutant: Annotated[
        str | None, typer.Option("--mutant", metavar="NAME", help="Run this mutant of one claim, alone.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on: use the finished checks of earlier runs of the same code.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Keep no finished checks; without it they are kept for --resume.")
    ] = False,
    quiet: QuietOption = False,
) -> int:
    """Run the checks of claims and compare the verdicts with those on record.

    Every check is run, and kept when it has finished, in AGF_THEORY_CACHE or the user's folder of caches; --resume
    runs only what is not kept. A report is written when the run has ended, whatever it found; an interrupted run writes
    none, and goes on with --resume.

    Exit status: 0 all as recorded; 1 a verdict differs, a mutant survives or a hypothesis is not shown to be needed;
    2 the input is wrong; 130 interrupted.
    """
    options = VerifyOptions(
        names=tuple(names or ()),
        quick=quick,
        full=full,
        mutants=mutants,
        jobs=jobs,
        seed=seed,
        explain=explain,
        form=form,
        certificates=certificates,
        report=report,
        record=record,
        check=check,
        mutant=mutant,
        resume=resume,
        no_cache=no_cache,
        quiet=quiet,
    )
    if options.explain is not None:
        return _explain(options)
    if options.check is not None:
        return _repeat(options)
    return _verify(options) if options.mutant is None else _one_mutant(options)


@dataclass(frozen=True)
class Found:
    """Everything one run found."""

    run: Run
    needed: tuple[NecessityVerdict, ...]
    mutants: tuple[MutantVerdict, ...]


def _verify(options: VerifyOptions) -> int:
    from agf_theory.proofs_check import Record, all_claims, require_new_folder, selected

    claims, on_record = selected(options.names), Record.load()
    folder = None if options.certificates is None else require_new_folder(options.certificates)
    report = None if options.report is None else planned_report(options)
    found = _run(claims, options)
    _write_certificates(found.run, folder, options)
    if options.record:
        on_record = on_record.updated(found.run, all_claims())
        on_record.save()
    differences = (*on_record.differences(found.run), *on_record.vanished(all_claims()))
    try:
        if report is not None:
            mutants = found.mutants if options.mutants else None
            report.write(found.run, on_record, differences, found.needed, mutants)
    finally:  # a full disk costs the report, and not what hours of checks have found
        status = _print(found, on_record, differences, options)
    return status


def _run(claims: tuple[Claim, ...], options: VerifyOptions) -> Found:
    from agf_theory.proofs_check import refute_all_mutants, show_necessity, verify_all

    cost, seed, workers = options.cost, options.seed, options.workers
    with finished_checks(claims, options) as store, shown_progress(quiet=options.quiet) as progress:
        run = verify_all(
            claims,
            cost=cost,
            seed=seed,
            workers=workers,
            progress=progress,
            certificates=options.certificates is not None,
            store=store,
        )
        needed = show_necessity(claims, seed=seed, workers=workers, progress=progress, store=store)
        fared: tuple[MutantVerdict, ...] = ()
        if options.mutants:
            fared = refute_all_mutants(claims, cost=cost, seed=seed, workers=workers, progress=progress, store=store)
    return Found(run, needed, fared)


def _print(found: Found, on_record: Record, differences: Sequence[Difference], options: VerifyOptions) -> int:
    """Print what was found, and return the exit status."""
    from agf_theory.proofs_check import (
        as_json,
        conclusion,
        mutant_summary,
        mutant_table,
        render,
        verdict_table,
    )

    if options.form is Format.JSON:
        to_stdout(f"{as_json(found.run, on_record, differences, found.mutants, found.needed)}\n")
    else:
        tables = [verdict_table(found.run), *([mutant_table(found.mutants)] if found.mutants else [])]
        shown = [render(table, terminal=sys.stdout.isatty()) for table in tables]
        said = conclusion(found.run, differences, found.mutants, found.needed)
        to_stdout("\n\n".join(filter(None, (*shown, mutant_summary(found.mutants), said))) + "\n")
    failed = any(mutant.survives for mutant in found.mutants) or not all(verdict.shown for verdict in found.needed)
    return 1 if differences or failed else 0


def _repeat(options: VerifyOptions) -> int:
    from agf_theory.proofs_check import Record, Repetition, get, run_jobs, single_job

    claim, on_record = get(options.names[0]), Record.load()
    job = single_job(claim, options.check or "", mutant=options.mutant, seed=options.seed)
    with finished_checks([claim], options) as store, shown_progress(quiet=options.quiet) as progress:
        (finding,) = run_jobs([job], workers=1, progress=progress, store=store)
    found = Repetition(finding, on_record)
    to_stdout(f"{found.as_json() if options.form is Format.JSON else found.as_text()}\n")
    return 1 if found.complaint else 0


def _one_mutant(options: VerifyOptions) -> int:
    from agf_theory.proofs_check import (
        Record,
        Run,
        as_json,
        get,
        mutant_summary,
        refute_all_mutants,
        render,
        witness_table,
    )

    claim = get(options.names[0])
    cost, seed, workers = options.cost, options.seed, options.workers
    with finished_checks([claim], options) as store, shown_progress(quiet=options.quiet) as progress:
        fared = refute_all_mutants(
            [claim], cost=cost, seed=seed, workers=workers, progress=progress, store=store, only=options.mutant
        )
    if options.form is Format.JSON:
        to_stdout(f"{as_json(Run((), cost, seed, {}), Record(), (), fared)}\n")
    else:
        shown = render(witness_table(fared), terminal=sys.stdout.isatty())
        to_stdout("\n\n".join(filter(None, (shown, mutant_summary(fared)))) + "\n")
    return 1 if any(verdict.survives for verdict in fared) else 0


def _explain(options: VerifyOptions) -> int:
    from agf_theory.proofs_check import Record, explain, explanation_json, explanation_text, get

    claim, on_record = get(options.explain or ""), Record.load()
    with finished_checks([claim], options) as store, shown_progress(quiet=options.quiet) as progress:
        explanation = explain(
            claim,
            on_record,
            cost=options.cost,
            seed=options.seed,
            workers=options.workers,
            progress=progress,
            store=store,
        )
    render = explanation_json if options.form is Format.JSON else explanation_text
    to_stdout(f"{render(explanation)}\n")
    return 1 if explanation.complaints else 0


def _write_certificates(run: Run, folder: Path | None, options: VerifyOptions) -> None:
    from agf_theory.proofs_check import write_certificates

    if folder is None:
        return
    files = write_certificates(run, folder)
    if not options.quiet:
        print(f"{len(files)} files of certificates in {folder}", file=sys.stderr)
