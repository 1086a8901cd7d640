"""`agf plot gallery`: the figures of the paper and of its slides, by name."""

from __future__ import annotations

import shlex
import textwrap
from typing import Annotated

import typer
from typer.core import TyperGroup

from agf_theory.cli.gallery import GALLERY, gallery_figure
from agf_theory.cli.output import to_stdout
from agf_theory.cli.progress import QuietOption
from agf_theory.errors import InputError

__all__ = ["gallery"]

_WIDTH = 80


def _names(incomplete: str) -> list[str]:
    return [figure.name for figure in GALLERY if figure.name.startswith(incomplete)]


def gallery(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Without it: the list.", show_default=False, autocompletion=_names),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help=".svg, .png or .pdf; by default NAME.svg.")
    ] = None,
    quiet: QuietOption = False,
) -> int:
    """Gallery: the paper's Figures 3 to 6 and the pictures of its slides, by name.

    Each is a command of agf plot with options of its own, which the list shows.
    """
    if name is None:
        if out is not None:
            raise InputError(f"--out {out}: the name of a figure is required, got none; agf plot gallery lists them")
        to_stdout(_listing())
        return 0
    verb, *options = shlex.split(gallery_figure(name).command)
    plot = context.parent.command if context.parent is not None else None
    assert isinstance(plot, TyperGroup), "one of the commands of `agf plot`"
    command = plot.commands[verb]
    written = [*options, "--out", out or f"{name}.svg", *(["--quiet"] if quiet else [])]
    with command.make_context(verb, written, parent=context.parent) as inner:
        status: int = command.invoke(inner)
    return status


def _listing() -> str:
    """Each figure with its title, what it shows, where it is from, and the command behind it."""
    lines = []
    for figure in GALLERY:
        lines.append(f"{figure.name}: {figure.title}")
        for text in (figure.shows, f"{figure.source}. {figure.data}"):
            lines += textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        words = textwrap.wrap(f"agf plot {figure.command}", _WIDTH - 6, break_on_hyphens=False)
        lines.append("  " + " \\\n    ".join(words))  # a backslash: the shell takes both lines for one
    return "\n".join([*lines, ""])
