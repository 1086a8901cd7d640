"""The figure of any system: options in, one file out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.collected import collecting
from agf_theory.cli.jump_figure import FLOW, JumpFigure, warn_of_missing
from agf_theory.cli.jump_panels import chosen_panels
from agf_theory.cli.methods import Request, chosen_methods, results
from agf_theory.cli.output import require_writable, write_whole
from agf_theory.cli.problem_options import init_scales
from agf_theory.cli.progress import shown_steps
from agf_theory.cli.system import Options, System
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.problems import InitScale

__all__ = ["FigureFileOption", "draw_plot", "figure_output"]

FigureFileOption = Annotated[str, typer.Option("--out", metavar="FILE", help=".svg, .png or .pdf.")]


def draw_plot(
    system: System,
    options: Options,
    *,
    alpha: Sequence[str] | None,
    methods: str | None,
    out: str,
    quiet: bool = False,
    show: str | None = None,
) -> int:
    """Write the figure, and return the exit status. Options are looked at before the problem is read.

    The figure is that of the limit, with what the methods say at each scale; where the system has a figure of its own
    and there is a scale, it is that.

    Parameters
    ----------
    system : System
    options : Options
        Those of the system.
    alpha, methods, out, quiet, show
        The others, as given.

    Raises
    ------
    InputError
        If there are several scales, and the system's figure is of one.
    """
    scales = tuple(sorted(init_scales(alpha), reverse=True))
    one_flow = bool(scales) and system.flow_figure is not None
    if one_flow and len(scales) > 1:
        given = ", ".join(scale.text for scale in scales)
        raise InputError(f"--alpha: one scale a figure is required, whose weights are drawn, got {given:.60}")
    shown = None if system.panels is None else chosen_panels(system.panels, show)
    options.require_shown(shown or ())
    keys = chosen_methods(system.methods, system.drawn if methods is None and scales else methods, scales)
    write = figure_output(out, quiet=quiet)
    with shown_steps("reading the problem", quiet=quiet) as begin:
        asked = options.request()
        figure = (
            _flow_figure(system, asked, keys, scales[0], begin)
            if one_flow
            else JumpFigure(system, options, asked, shown).draw(keys, scales, begin)
        )
    write(figure, asked.problem.title)
    return 0


def figure_output(out: str, *, quiet: bool = False) -> Callable[[Figure, str], None]:
    """Where a figure of some title goes: looked at before it is drawn.

    Parameters
    ----------
    out, quiet
        The options, as given.

    Raises
    ------
    UnknownName, MissingInput, InputError
        If its ending is none of a figure, or the file cannot be written.
    """
    from agf_theory.figures import figure_bytes, require_format

    collected = collecting()
    if collected is not None:
        return collected.take_figure
    kind, file = require_format(out), require_writable(out)

    def write(figure: Figure, title: str) -> None:
        write_whole(file, figure_bytes(figure, kind))
        if not quiet:
            typer.echo(f"{out}: {title}")

    return write


def _flow_figure(
    system: System, request: Request, keys: Sequence[str], scale: InitScale, begin: Callable[[str], None]
) -> Figure:
    assert system.flow_figure is not None, "asked before"
    ((_, found),) = results(system.methods, request, tuple(dict.fromkeys((FLOW, *keys))), (scale,), begin)
    flow = found[0].required()
    warn_of_missing(found, None)
    predictions = {result.key: result.required() for result in found[1:] if result.reason is None}
    return system.flow_figure(request.problem, scale, flow, predictions)
