"""The figure of modular addition: options in, one file out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from agf_theory.cli.draw_plot import draw_plot
from agf_theory.cli.methods import Request, Result, chosen_methods, results
from agf_theory.cli.output import require_writable, write_whole
from agf_theory.cli.problem_options import init_scales
from agf_theory.cli.system import System
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.figures import FourierContent
    from agf_theory.numeric.modular import ModularTrajectory
    from agf_theory.problems import InitScale, ModularAddition

__all__ = ["draw_fourier"]

_FLOW = "gf"
_MOST_PLATEAUS = 4


def draw_fourier(
    system: System, request: Callable[[], Request], *, alpha: Sequence[str] | None, methods: str | None, out: str
) -> int:
    """Write the figure of one scale, or without any the staircase of the limit, and return the exit status.

    Parameters
    ----------
    system : System
    request : function without arguments
        Reads the problem; called when all other options are known to be right.
    alpha, methods, out
        The options as given.

    Raises
    ------
    InputError
        If there are several scales: weights and outputs are those of one.
    """
    scales = init_scales(alpha)
    if not scales:
        return draw_plot(system, request, alpha=alpha, methods=methods, out=out)
    if len(scales) > 1:
        given = ", ".join(scale.text for scale in scales)
        raise InputError(f"--alpha: one scale a figure is required, whose weights are drawn, got {given:.60}")
    from agf_theory.figures import figure_bytes, fourier_figure, require_format

    keys = chosen_methods(system.methods, system.drawn if methods is None else methods, scales)
    kind, file = require_format(out), require_writable(out)
    asked, order = request(), tuple(dict.fromkeys((_FLOW, *keys)))
    ((_, found),) = results(system.methods, asked, order, scales)
    _warn(found[1:])
    write_whole(file, figure_bytes(fourier_figure(_content(asked.problem, scales[0], found)), kind))
    typer.echo(f"{out}: {asked.problem.title}")
    return 0


def _content(problem: ModularAddition, scale: InitScale, found: Sequence[Result]) -> FourierContent:
    import numpy as np

    from agf_theory.figures import FourierContent
    from agf_theory.numeric.modular import frequency_names, portrait

    flow: ModularTrajectory = found[0].required()
    return FourierContent(
        alpha=scale.text,
        names=frequency_names(problem),
        energies=np.array([problem.energy(k) for k in problem.classes]),
        flow=flow,
        predictions={result.key: result.required() for result in found[1:] if result.reason is None},
        target=problem.template,
        outputs=_outputs(problem, flow),
        portrait=portrait(problem, *flow.weights_at(float(flow.times[-1]))),
    )


def _outputs(problem: ModularAddition, flow: ModularTrajectory) -> tuple[Any, ...]:
    """Before the first jump, on the plateaus between, and at the end; evenly chosen where there are many."""
    from agf_theory.figures import Output
    from agf_theory.numeric.modular import frequency_names, network_output

    names, jumps = frequency_names(problem), flow.jumps()
    moments = [("start", 0.0)]
    moments += [(f"after {', '.join(names[k] for k in jump.entered)}", jump.plateau_time) for jump in jumps[:-1]]
    moments.append(("end", float(flow.times[-1])))
    step = max(len(moments) - 1, 1) / (_MOST_PLATEAUS - 1)
    if len(moments) > _MOST_PLATEAUS:
        moments = [moments[round(i * step)] for i in range(_MOST_PLATEAUS)]
    return tuple(Output(label, network_output(problem, *flow.weights_at(at), 0, 0)) for label, at in moments)


def _warn(found: Sequence[Result]) -> None:
    for result in found:
        if result.reason is not None:
            typer.echo(f"agf: {result.key} is not drawn: {result.reason}", err=True)
