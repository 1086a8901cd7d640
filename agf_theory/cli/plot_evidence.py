"""`agf plot evidence`: all claims by system, with verdict and status, in one figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.draw_plot import FigureFileOption, figure_output
from agf_theory.cli.progress import QuietOption, shown_steps
from agf_theory.cli.shell_names import claims_and_systems
from agf_theory.errors import InputError, MissingInput

if TYPE_CHECKING:
    from agf_theory.figures import MutantFate

__all__ = ["evidence"]


def evidence(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID|SYSTEM",
            help="Only these claims.",
            show_default=False,
            autocompletion=claims_and_systems,
        ),
    ] = None,
    mutants: Annotated[
        str | None,
        typer.Option(
            "--mutants", metavar="FILE", help="What became of the mutants: from agf verify --mutants --format json."
        ),
    ] = None,
    out: FigureFileOption = "evidence.svg",
    quiet: QuietOption = False,
) -> int:
    """Evidence: every claim by system, coloured by the verdict on record, lettered by its status, 8.5 cm wide."""
    from agf_theory.figures import EvidenceContent, evidence_figure
    from agf_theory.proofs_check import Record, selected

    write = figure_output(out, quiet=quiet)
    fates = [] if mutants is None else _fates(mutants)
    with shown_steps("plot evidence", quiet=quiet):
        claims = selected(names or ())
        figure = evidence_figure(EvidenceContent.of(claims, Record.load(), fates))
    write(figure, f"{len(claims)} claim{'s' * (len(claims) != 1)}, verdicts on record")
    return 0


def _fates(file: str) -> list[MutantFate]:
    """What a run with mutants printed of them.

    Raises
    ------
    MissingInput
        If there is no such file.
    InputError
        If it is not the output of such a run.
    """
    from agf_theory.figures import MutantFate

    path = Path(file)
    if not path.is_file():
        raise MissingInput(f"--mutants {file}: there is no such file; write it with agf verify --mutants --format json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["mutants"]
        fates = [
            MutantFate(str(each["claim"]), each["refuted_by"] is not None, each["equivalent"] is not None)
            for each in found
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"--mutants {file}: the output of agf verify --mutants --format json is required, but it cannot be read: "
            f"{type(error).__name__}: {error}"
        ) from None
    if not fates:
        raise InputError(f"--mutants {file}: it holds no mutants; run agf verify with --mutants")
    return fates
