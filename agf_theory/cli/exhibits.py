"""The tables and figures of a report: a standard problem of each system, by the commands that anybody can type."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from agf_theory.cli.collected import collected_results
from agf_theory.errors import AgfTheoryError

if TYPE_CHECKING:
    from agf_theory.report import Exhibit

__all__ = ["PROBLEMS", "exhibits_of"]

PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "diagonal": (
        "--problem orthogonal-design --alpha 1e-8 --methods pf,agf,corrected,gf",
        "--problem orthogonal-design --alpha 1e-8",
    ),
    "linear": ("--problem reversed --methods limit,recursion", "--problem reversed --alpha 1e-12"),
    "modular": ("--problem nyquist-dominant", "--problem nyquist-dominant"),
    "attention": ("--problem reference-run", "--problem reference-run"),
    "neuron": ("", "--problem delayed-rich-neuron"),
    "finite-width": ("--widths 10,100,1000", "--widths 10,100,1000"),
}
"""By system the options of `agf table` and `agf plot`: small problems, some seconds in all."""


def exhibits_of(systems: Iterable[str]) -> tuple[Exhibit, ...]:
    """A table and a figure of each of the systems that has them; what cannot be made says why."""
    return tuple(_exhibit(system, *PROBLEMS[system]) for system in systems if system in PROBLEMS)


def _exhibit(system: str, table_options: str, figure_options: str) -> Exhibit:
    from agf_theory.report import Exhibit

    table_command = ["table", system, *shlex.split(table_options)]
    figure_command = ["plot", system, *shlex.split(figure_options), "--out", f"{system}.svg"]
    missing = []
    found: dict[str, Any] = {"table": None, "figure": None}
    for what, command in (("table", table_command), ("figure", figure_command)):
        try:
            found[what] = _made(command, what)
        except AgfTheoryError as error:
            missing.append(f"agf {shlex.join(command)}: {error}")
    return Exhibit(
        system,
        table_command=f"agf {shlex.join(table_command)}",
        figure_command=f"agf {shlex.join(figure_command)}",
        table=found["table"],
        figure=found["figure"],
        missing=tuple(missing),
    )


def _made(command: list[str], what: str) -> Any:
    """What a command makes, handed over instead of printed or written."""
    from agf_theory.cli.application import app

    with collected_results() as collected:
        app(args=[*command, "--quiet"], prog_name="agf", standalone_mode=False)
    return getattr(collected, what)
