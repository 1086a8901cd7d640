"""The systems that the commands about jumps serve: to add one is to add its module here."""

from __future__ import annotations

from typing import Final

import typer

from agf_theory.cli import diagonal, linear, modular
from agf_theory.errors import InputError

__all__ = ["verb_by_system"]


SYSTEMS: Final = {"diagonal": diagonal, "linear": linear, "modular": modular}


def verb_by_system(verb: str, help_text: str) -> typer.Typer:
    """The verb with one command a system, which the system's module defines under the verb's name."""
    group = typer.Typer(help=help_text, invoke_without_command=True, rich_markup_mode=None)

    @group.callback()
    def _without_system(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            raise InputError(f"a system is required after `agf {verb}`, got none; known: {', '.join(SYSTEMS)}")

    for name, module in SYSTEMS.items():
        group.command(name)(getattr(module, verb))
    return group
