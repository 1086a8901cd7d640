"""The table of jumps of any system: options in, one table out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agf_theory.cli.collected import collecting
from agf_theory.cli.methods import Request, Result, chosen_methods, results
from agf_theory.cli.output import require_writable, stdout_encoding, terminal_width, to_stdout, write_whole
from agf_theory.cli.problem_options import init_scales
from agf_theory.cli.progress import shown_steps
from agf_theory.cli.shell_names import formats_of_tables
from agf_theory.cli.system import Options, System

if TYPE_CHECKING:
    from agf_theory.problems import InitScale
    from agf_theory.tables import JumpTable, MethodRun, QuantityTable

__all__ = ["FormatOption", "TableFileOption", "show_table", "table_output"]

FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="F",
        help="text, markdown, latex, csv, json or html; else by --out's ending.",
        autocompletion=formats_of_tables,
    ),
]
TableFileOption = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write there instead of printing.")]

_BY_ENDING = {
    ".txt": "text",
    ".md": "markdown",
    ".tex": "latex",
    ".csv": "csv",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}


def show_table(
    system: System,
    options: Options,
    *,
    alpha: Sequence[str] | None,
    methods: str | None,
    form: str | None,
    out: str | None,
    quiet: bool = False,
) -> int:
    """Print or write the table, and return the exit status. Options are looked at before the problem is read.

    Parameters
    ----------
    system : System
    options : Options
        Those of the system.
    alpha, methods, form, out, quiet
        The others, as given.
    """
    scales = init_scales(alpha)
    keys = chosen_methods(system.methods, methods, scales)
    show = table_output(form, out)
    with shown_steps("reading the problem", quiet=quiet) as begin:
        made = _table(system, options.request(), keys, scales, begin)
    show(made)
    return 0


def table_output(form: str | None, out: str | None) -> Callable[[JumpTable | QuantityTable], None]:
    """Where a table goes, and in which format: looked at before the table is made.

    Parameters
    ----------
    form, out
        The options, as given.

    Raises
    ------
    UnknownName
        If there is no such format.
    MissingInput, InputError
        If the file cannot be written.
    """
    from agf_theory.tables import render, require_format

    collected = collecting()
    if collected is not None:
        return collected.take_table
    file = None if out is None else require_writable(out)
    chosen = require_format(form or _format_of(file))

    def show(made: JumpTable | QuantityTable) -> None:
        if file is not None:
            write_whole(file, render(made, chosen).encode())
        else:
            to_stdout(render(made, chosen, width=terminal_width(), encoding=stdout_encoding()))

    return show


def _format_of(file: Path | None) -> str:
    return "text" if file is None else _BY_ENDING.get(file.suffix.lower(), "text")


def _table(
    system: System,
    request: Request,
    keys: Sequence[str],
    scales: Sequence[InitScale],
    begin: Callable[[str], None],
) -> JumpTable:
    from agf_theory.tables import Scale, jump_table

    problem = request.problem
    blocks = [
        (
            None if scale is None else Scale(scale.text, scale.log_inverse),
            [_run(system, problem, result) for result in found],
        )
        for scale, found in results(system.methods, request, keys, scales, begin)
    ]
    facts: Mapping[str, Any] = system.facts(problem)
    return jump_table(
        system=system.title,
        title=problem.title,
        facts={**facts, "standardised": request.standardized, "source": problem.source},
        options={"alphas": [scale.text for scale in scales], "methods": list(keys), **request.settings},
        names=system.names(problem),
        blocks=blocks,
        particulars=system.particulars(request),
    )


def _run(system: System, problem: Any, result: Result) -> MethodRun:
    from agf_theory.tables import method_run, unavailable_run

    meaning = system.methods[result.key].meaning
    if result.value is None:
        return unavailable_run(result.key, meaning, str(result.reason))
    return method_run(result.key, meaning, system.in_table(problem, result.value))
