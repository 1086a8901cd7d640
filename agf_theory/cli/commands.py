"""The commands of a system, made of its options and of those that every table, or every figure, has."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Annotated, Any, Final, get_args, get_type_hints

import typer

from agf_theory.cli.draw_plot import FigureFileOption, draw_plot
from agf_theory.cli.jump_panels import show_option
from agf_theory.cli.problem_options import AlphaOption
from agf_theory.cli.progress import QuietOption
from agf_theory.cli.show_table import FormatOption, TableFileOption, show_table
from agf_theory.cli.system import FIGURE_ONLY, TABLE_ONLY, Options, System

__all__ = [
    "QUIET",
    "TABLE_FILE",
    "Parameters",
    "as_command",
    "own_parameters",
    "parameter",
    "plot_command",
    "table_command",
]

Parameters = dict[str, inspect.Parameter]


def parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """One keyword of a command."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


QUIET: Final = parameter("quiet", QuietOption, False)
TABLE_FILE: Final = (parameter("form", FormatOption, None), parameter("out", TableFileOption, None))


def table_command(_: str, system: System) -> Callable[..., int]:
    """`agf table SYSTEM`: its options, then ``--alpha``, ``--methods``, ``--format``, ``--out`` and ``--quiet``."""
    own = _without(FIGURE_ONLY, own_parameters(system.options))
    shared = [*_about_jumps(system), *TABLE_FILE, QUIET]

    def table(**given: Any) -> int:
        return show_table(system, _take(system, own, given), **given)

    return as_command(table, [*own.values(), *shared], system.about_table)


def plot_command(name: str, system: System) -> Callable[..., int]:
    """`agf plot SYSTEM`: its options but those of tables alone, ``--show``, and those of every figure."""
    own = _without(TABLE_ONLY, own_parameters(system.options))
    show = () if system.panels is None else (parameter("show", show_option(system.panels), None),)
    shared = [*_about_jumps(system), *show, parameter("out", FigureFileOption, f"{name}.svg"), QUIET]

    def plot(**given: Any) -> int:
        return draw_plot(system, _take(system, own, given), **given)

    return as_command(plot, [*own.values(), *shared], system.about_plot)


def _without(mark: object, own: Parameters) -> Parameters:
    """The options whose annotations do not hold a mark."""
    return {key: found for key, found in own.items() if mark not in get_args(found.annotation)}


def _about_jumps(system: System) -> list[inspect.Parameter]:
    known = typer.Option("--methods", metavar="LIST", help=f"Some of {','.join(system.methods)}, comma-separated.")
    return [parameter("alpha", AlphaOption, None), parameter("methods", Annotated[str | None, known], None)]


def own_parameters(options: Any) -> Parameters:
    """The fields of a frozen dataclass of options, each annotated with the typer option it is read from."""
    hints = get_type_hints(options, include_extras=True)
    return {each.name: parameter(each.name, hints[each.name], each.default) for each in fields(options)}


def _take(system: System, own: Iterable[str], given: dict[str, Any]) -> Options:
    """The system's options, taken out of all that is given."""
    options = system.options(**{name: given.pop(name) for name in own})
    options.require_consistent(given["methods"])
    return options


def as_command(function: Callable[..., int], parameters: list[inspect.Parameter], about: str) -> Callable[..., int]:
    """The function with the parameters and the docstring from which the command line makes options and help."""
    function.__doc__ = about
    function.__dict__["__signature__"] = inspect.Signature(parameters)
    return function
