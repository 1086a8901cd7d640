"""The systems that the commands about jumps serve: to add one is to add its module here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import typer

from agf_theory.cli import attention, diagonal, finite_width, linear, modular, neuron
from agf_theory.cli.commands import plot_command, table_command
from agf_theory.cli.examples import GroupWithExamples, VerbWithExamples
from agf_theory.cli.plot_evidence import evidence
from agf_theory.cli.plot_gallery import gallery
from agf_theory.cli.quantity_system import QuantitySystem, quantity_plot_command, quantity_table_command
from agf_theory.cli.system import System
from agf_theory.errors import InputError

__all__ = ["QUANTITY_SYSTEMS", "SYSTEMS", "add_verbs"]

SYSTEMS: Final = {
    "diagonal": diagonal.SYSTEM,
    "linear": linear.SYSTEM,
    "modular": modular.SYSTEM,
    "attention": attention.SYSTEM,
}
QUANTITY_SYSTEMS: Final = {
    "neuron": neuron.SYSTEM,
    "finite-width": finite_width.SYSTEM,
}
FIGURES: Final[dict[str, Callable[..., int]]] = {"gallery": gallery, "evidence": evidence}


def add_verbs(app: typer.Typer) -> None:
    """Add `table` and `plot`, each with one command a system; `plot` also with figures of no one system."""
    _add(app, "table", table_command, quantity_table_command, "Predictions by several methods, side by side.")
    _add(app, "plot", plot_command, quantity_plot_command, "Draw predictions and flow.", FIGURES)


def _add(
    app: typer.Typer,
    verb: str,
    command: Callable[[str, System], Callable[..., int]],
    quantity_command: Callable[[str, QuantitySystem], Callable[..., int]],
    about: str,
    others: Mapping[str, Callable[..., int]] = MappingProxyType({}),
) -> None:
    known = (*SYSTEMS, *QUANTITY_SYSTEMS)
    also = f"; or {', '.join(others)}" if others else ""
    group = typer.Typer(cls=GroupWithExamples, help=about, invoke_without_command=True, rich_markup_mode=None)

    @group.callback()
    def _without_system(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            raise InputError(f"a system is required after `agf {verb}`, got none; known: {', '.join(known)}{also}")

    for name, system in SYSTEMS.items():
        _add_system(group, name, command(name, system))
    for name, quantities in QUANTITY_SYSTEMS.items():
        _add_system(group, name, quantity_command(name, quantities))
    for name, other in others.items():
        _add_system(group, name, other)
    app.add_typer(group, name=verb)


def _add_system(group: typer.Typer, name: str, command: Callable[..., int]) -> None:
    # What `--help` begins with says of which system it is, before a colon, and then what is shown of it.
    short = (command.__doc__ or "").partition(":")[0]
    group.command(name, cls=VerbWithExamples, short_help=f"{short}.")(command)
