"""`agf plot SYSTEM`: the figure of a saddle-to-saddle sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agf_theory.cli.diagonal_methods import Request, Result, chosen_methods, results
from agf_theory.cli.output import require_writable, write_whole
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
    from matplotlib.figure import Figure

    from agf_theory.figures import ScaleResults
    from agf_theory.problems import InitScale

__all__ = ["diagonal", "plot"]

plot = typer.Typer(
    help="Draw loss and coefficients over time.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@plot.callback()
def _without_system(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        raise InputError("a system is required after `agf plot`, got none; known: diagonal")


@plot.command("diagonal")
def diagonal(
    data: DataOption = None,
    target: TargetOption = None,
    dataset: DatasetOption = None,
    problem: ProblemOption = None,
    standardize: StandardizeOption = False,
    alpha: AlphaOption = None,
    convention: ConventionOption = "paper",
    methods: MethodsOption = None,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help=".svg, .png or .pdf.")] = "diagonal.svg",
) -> int:
    """Diagonal linear networks: loss above, coefficients below, 8.5 cm wide.

    The limit's staircase is always drawn; each --alpha adds the flow (gf) and the jumps predicted (corrected, agf).
    """
    from agf_theory.figures import figure_bytes, require_format

    scales = tuple(sorted(init_scales(alpha), reverse=True))
    keys = chosen_methods("pf,corrected,gf" if methods is None and scales else methods, scales)
    require_convention(convention)
    kind, file = require_format(out), require_writable(out)
    request = Request(
        diagonal_problem(data=data, target=target, dataset=dataset, problem=problem, standardize=standardize),
        convention,
    )
    write_whole(file, figure_bytes(_diagonal_figure(request, keys, scales), kind))
    typer.echo(f"{out}: {request.problem.title}")
    return 0


def _diagonal_figure(request: Request, keys: tuple[str, ...], scales: tuple[InitScale, ...]) -> Figure:
    from agf_theory.figures import Symbols, jump_figure

    limit: Any = None
    shown = []
    for scale, found in results(request, tuple(dict.fromkeys(("pf", *keys))), scales):
        limit = found[0].required()
        if scale is not None:
            shown.append(_scale_results(scale, found[1:]))
    symbols = Symbols(loss=r"loss $\mathcal{L}(\beta)$", coefficient=r"coefficients $\beta_i$")
    return jump_figure(limit, shown, symbols=symbols)


def _scale_results(scale: InitScale, found: list[Result]) -> ScaleResults:
    from agf_theory.figures import ScaleResults

    values: dict[str, Any] = {result.key: result.value for result in found if result.value is not None}
    for result in found:
        if result.reason is not None:
            typer.echo(f"agf: {result.key} at alpha = {scale.text} is not drawn: {result.reason}", err=True)
    flow = values.pop("gf", None)
    return ScaleResults(scale.text, flow, values)
