"""What `agf explore` computes: the commands `agf table` and `agf plot` themselves, with files and results in memory."""

from __future__ import annotations

import contextlib
import io
import json
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import typer

from agf_theory.cli.application import run
from agf_theory.cli.collected import Collected, collected_results
from agf_theory.cli.commands import plot_command, table_command
from agf_theory.cli.methods import Method, Request
from agf_theory.cli.quantity_system import quantity_plot_command, quantity_table_command
from agf_theory.cli.system import System
from agf_theory.cli.systems import QUANTITY_SYSTEMS, SYSTEMS

if TYPE_CHECKING:
    from agf_theory.explore import Inquiry, Part
    from agf_theory.problems import InitScale

__all__ = ["LIBRARIES", "explored"]

LIBRARIES: Final = (
    "agf_theory.cli.exploration",
    "agf_theory.explore",
    "agf_theory.figures",
    "agf_theory.numeric",
    "agf_theory.tables",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "scipy.integrate",
)
_ENDINGS: Final = {"csv": "csv", "latex": "tex", "json": "json", "text": "txt"}
_COLUMN_AND_A_HALF: Final = 5.0  # inches: figures are one column of a paper wide, or two
_SAID: Final = "agf: "


def explored(asked: Inquiry) -> Iterator[Part]:
    """The table, then the figure; each method is asked once for both.

    Whatever the commands would complain about becomes the line of a part. What is nobody's input leaves its traceback
    on standard error. Want of memory is for whoever set the limit, and raised.
    """
    from agf_theory.problems.input_file import files_in_memory

    name = asked.table[1]
    application = _application(name)
    with files_in_memory(dict(asked.files)):
        yield _part("table", application, asked.table)
        yield _part("figure", application, asked.plot)


def _application(name: str) -> typer.Typer:
    """`agf` with two verbs and one system."""
    application = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    if name in SYSTEMS:
        system = _remembering(SYSTEMS[name])
        commands = {"table": table_command(name, system), "plot": plot_command(name, system)}
    else:
        quantities = QUANTITY_SYSTEMS[name]
        commands = {"table": quantity_table_command(name, quantities), "plot": quantity_plot_command(name, quantities)}
    for verb, command in commands.items():
        group = typer.Typer(rich_markup_mode=None)
        group.callback()(_nothing)  # with a callback, a group of one command keeps the name of the command
        group.command(name)(command)
        application.add_typer(group, name=verb)
    return application


def _nothing() -> None:
    pass


def _remembering(system: System) -> System:
    """The same system, whose methods compute nothing twice."""
    return replace(
        system,
        methods={key: replace(method, compute=_remembered(method)) for key, method in system.methods.items()},
    )


def _remembered(method: Method) -> Callable[[Request, Any], Any]:
    known: dict[Any, Any] = {}

    def compute(request: Request, scale: InitScale | None) -> Any:
        asked = (request.problem, json.dumps(request.settings, sort_keys=True), scale)
        if asked not in known:
            known[asked] = method.compute(request, scale)
        return known[asked]

    return compute


def _part(what: Any, application: typer.Typer, arguments: tuple[str, ...]) -> Part:
    from agf_theory.explore import Part, defect

    said = io.StringIO()
    try:
        with collected_results() as found, contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            status = run(application, arguments)
        lines = [line.removeprefix(_SAID) for line in said.getvalue().splitlines() if line.startswith(_SAID)]
        if status:
            return Part(what, line=lines[-1] if lines else f"exit status {status}")
        made = _table(found) if what == "table" else _figure(found)
        return replace(made, remarks=tuple(lines))
    except MemoryError:
        raise
    except Exception as error:  # the page shows a line whatever happens, and the next question is answered
        traceback.print_exc()
        return Part(what, line=defect(error))


def _table(found: Collected) -> Part:
    from agf_theory.explore import Part
    from agf_theory.tables import html_content, render

    made = found.table
    assert made is not None, "the command ended well"
    files = {f"table.{ending}": render(made, form).encode() for form, ending in _ENDINGS.items()}
    return Part("table", title=f"{made.system}: {made.title}", content=html_content(made), files=files)


def _figure(found: Collected) -> Part:
    from agf_theory.explore import Part
    from agf_theory.figures import figure_bytes

    made = found.figure
    assert made is not None, "the command ended well"
    files = {f"figure.{kind}": figure_bytes(made, kind) for kind in ("svg", "pdf")}
    return Part("figure", wide=made.get_figwidth() > _COLUMN_AND_A_HALF, files=files)
