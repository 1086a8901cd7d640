"""Systems in which nothing jumps, on the command line: a table of quantities over a sweep, and its figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from agf_theory.cli.commands import QUIET, TABLE_FILE, as_command, own_parameters, parameter
from agf_theory.cli.draw_plot import FigureFileOption, figure_output
from agf_theory.cli.progress import shown_steps
from agf_theory.cli.show_table import table_output
from agf_theory.cli.system import TABLE_ONLY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.tables import QuantityTable

__all__ = ["QuantitySystem", "quantity_plot_command", "quantity_table_command"]


@dataclass(frozen=True)
class QuantitySystem:
    """A system without jumps.

    Attributes
    ----------
    options : frozen dataclass
        Each field annotated with the typer option it is read from; has a method ``require_consistent()``, which looks
        at what needs no problem and raises `InputError`.
    table : function of the options
    figure : function of the options
        The figure, and the title to print with its file.
    about_table, about_plot : str
        What ``--help`` says of the two commands.
    """

    options: type[Any]
    table: Callable[[Any], QuantityTable]
    figure: Callable[[Any], tuple[Figure, str]]
    about_table: str
    about_plot: str


def quantity_table_command(name: str, system: QuantitySystem) -> Callable[..., int]:
    """`agf table SYSTEM`: its options, then ``--format``, ``--out`` and ``--quiet``."""
    own = own_parameters(system.options)

    def table(*, form: str | None, out: str | None, quiet: bool, **given: Any) -> int:
        options = _checked(system, given)
        show = table_output(form, out)
        with shown_steps(f"table {name}", quiet=quiet):
            made = system.table(options)
        show(made)
        return 0

    return as_command(table, [*own.values(), *TABLE_FILE, QUIET], system.about_table)


def quantity_plot_command(name: str, system: QuantitySystem) -> Callable[..., int]:
    """`agf plot SYSTEM`: its options but those of tables alone, then ``--out`` and ``--quiet``."""
    own = [each for each in own_parameters(system.options).values() if TABLE_ONLY not in get_args(each.annotation)]

    def plot(*, out: str, quiet: bool, **given: Any) -> int:
        options = _checked(system, given)
        write = figure_output(out, quiet=quiet)
        with shown_steps(f"plot {name}", quiet=quiet):
            figure, title = system.figure(options)
        write(figure, title)
        return 0

    return as_command(plot, [*own, parameter("out", FigureFileOption, f"{name}.svg"), QUIET], system.about_plot)


def _checked(system: QuantitySystem, given: dict[str, Any]) -> Any:
    options = system.options(**given)
    options.require_consistent()
    return options
