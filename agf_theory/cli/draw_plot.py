"""The figure of jumps of any system: options in, one file out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agf_theory.cli.methods import Request, Result, chosen_methods, results
from agf_theory.cli.output import require_writable, write_whole
from agf_theory.cli.problem_options import init_scales
from agf_theory.cli.system import System

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.figures import ScaleResults
    from agf_theory.problems import InitScale

__all__ = ["FigureFileOption", "draw_plot"]

FigureFileOption = Annotated[str, typer.Option("--out", metavar="FILE", help=".svg, .png or .pdf.")]


def draw_plot(
    system: System, request: Callable[[], Request], *, alpha: Sequence[str] | None, methods: str | None, out: str
) -> int:
    """Write the figure, and return the exit status. Options are looked at before the problem is read.

    Parameters
    ----------
    system : System
    request : function without arguments
        Reads the problem; called when all other options are known to be right.
    alpha, methods, out
        The options as given.
    """
    from agf_theory.figures import figure_bytes, require_format

    scales = tuple(sorted(init_scales(alpha), reverse=True))
    keys = chosen_methods(system.methods, system.drawn if methods is None and scales else methods, scales)
    kind, file = require_format(out), require_writable(out)
    asked = request()
    write_whole(file, figure_bytes(_figure(system, asked, keys, scales), kind))
    typer.echo(f"{out}: {asked.problem.title}")
    return 0


def _figure(system: System, request: Request, keys: Sequence[str], scales: Sequence[InitScale]) -> Figure:
    from agf_theory.figures import jump_figure

    stairs: dict[str, Any] = {}
    shown = []
    for scale, found in results(system.methods, request, tuple(dict.fromkeys((system.limit, *keys))), scales):
        found[0].required()
        drawable = {
            result.key: system.in_figure(request.problem, result.value) for result in found if result.value is not None
        }
        stairs = {key: drawable.pop(key) for key in (system.limit, *system.rivals) if key in drawable}
        _warn(found, scale)
        if scale is not None:
            shown.append(_scale_results(scale, drawable))
    limit = stairs.pop(system.limit)
    return jump_figure(limit, shown, symbols=system.symbols(), rivals=stairs)


def _scale_results(scale: InitScale, drawable: dict[str, Any]) -> ScaleResults:
    from agf_theory.figures import ScaleResults

    flow = drawable.pop("gf", None)
    return ScaleResults(scale.text, flow, drawable)


def _warn(found: Sequence[Result], scale: InitScale | None) -> None:
    where = "" if scale is None else f" at alpha = {scale.text}"
    for result in found:
        if result.reason is not None:
            typer.echo(f"agf: {result.key}{where} is not drawn: {result.reason}", err=True)
