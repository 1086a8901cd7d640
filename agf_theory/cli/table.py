"""`agf table SYSTEM`: jump times by several methods, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.diagonal_methods import METHODS, Request, Result, chosen_methods, results
from agf_theory.cli.output import require_writable, stdout_encoding, terminal_width, to_stdout, write_whole
from agf_theory.cli.problem_options import (
    AlphaOption,
    ConventionOption,
    DataOption,
    DatasetOption,
    MethodsOption,
    ProblemOption,
    StandardizeOption,
    TargetOption,
    diagonal_problem,
    init_scales,
    require_convention,
)
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.problems import InitScale
    from agf_theory.tables import JumpTable, MethodRun

__all__ = ["diagonal", "table"]

_BY_ENDING = {
    ".txt": "text",
    ".md": "markdown",
    ".tex": "latex",
    ".csv": "csv",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}

table = typer.Typer(
    help="Jump times by several methods, side by side.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@table.callback()
def _without_system(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        raise InputError("a system is required after `agf table`, got none; known: diagonal")


@table.command("diagonal")
def diagonal(
    data: DataOption = None,
    target: TargetOption = None,
    dataset: DatasetOption = None,
    problem: ProblemOption = None,
    standardize: StandardizeOption = False,
    alpha: AlphaOption = None,
    convention: ConventionOption = "paper",
    methods: MethodsOption = None,
    exact: Annotated[bool, typer.Option("--exact", help="Rationals for pf, rigorous balls for agf.")] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="F", help="text, markdown, latex, csv, json or html; else by --out's ending."),
    ] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write there instead of printing.")] = None,
) -> int:
    """Diagonal linear networks: one row a jump, one column a method.

    pf: limiting sequence. agf: alternating gradient flows. corrected: all orders in 1/log(1/alpha). gf: gradient flow.
    Without --alpha: pf alone.
    """
    from agf_theory.tables import render, require_format

    scales = init_scales(alpha)
    keys = chosen_methods(methods, scales)
    require_convention(convention)
    file = None if out is None else require_writable(out)
    chosen = require_format(form or _format_of(file))
    request = Request(
        diagonal_problem(data=data, target=target, dataset=dataset, problem=problem, standardize=standardize),
        convention,
        exact,
    )
    made = _diagonal_table(request, keys, scales, standardize=standardize)
    if file is not None:
        write_whole(file, render(made, chosen).encode())
    else:
        to_stdout(render(made, chosen, width=terminal_width(), encoding=stdout_encoding()))
    return 0


def _format_of(file: Path | None) -> str:
    return "text" if file is None else _BY_ENDING.get(file.suffix.lower(), "text")


def _diagonal_table(
    request: Request, keys: tuple[str, ...], scales: tuple[InitScale, ...], *, standardize: bool
) -> JumpTable:
    from agf_theory.tables import Scale, jump_table

    problem = request.problem
    blocks = [
        (None if scale is None else Scale(scale.text, scale.log_inverse), [_run(result) for result in found])
        for scale, found in results(request, keys, scales)
    ]
    return jump_table(
        system="diagonal linear network",
        title=problem.title,
        facts={"n": problem.n, "d": problem.d, "standardised": standardize, "source": problem.source},
        options={
            "alphas": [scale.text for scale in scales],
            "convention": request.convention,
            "methods": list(keys),
            "exact": request.exact,
        },
        names=problem.names,
        blocks=blocks,
    )


def _run(result: Result) -> MethodRun:
    from agf_theory.tables import method_run, unavailable_run

    meaning = METHODS[result.key].meaning
    if result.value is None:
        return unavailable_run(result.key, meaning, str(result.reason))
    return method_run(result.key, meaning, result.value)
