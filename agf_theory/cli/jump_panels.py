"""The panels that the figure of a system's jumps may show, and the option that chooses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agf_theory.cli.methods import Request
from agf_theory.errors import InputError, UnknownName

if TYPE_CHECKING:
    from agf_theory.figures import PhasePortrait
    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.problems import InitScale

__all__ = ["JumpPanels", "chosen_panels", "show_option"]


@dataclass(frozen=True)
class JumpPanels:
    """What may be shown, by the names that users type, and where its numbers come from.

    Attributes
    ----------
    names : mapping
        From the name on the command line to that of the figure's panel.
    limiting_utilities : function of (problem, limiting sequence)
    flow_utilities : function of (request, flow, scale)
    pair : function of (options, problem), or None
        The two coefficients of the phase portrait; raises `InputError` where they are not given and not the only ones.
    portrait : function of (problem, pair, limiting sequence, flows), or None
        Flows by the texts of their scales, from the largest to the smallest.
    """

    names: Mapping[str, str]
    limiting_utilities: Callable[[Any, Any], AccumulatedUtilities]
    flow_utilities: Callable[[Request, Any, InitScale], AccumulatedUtilities]
    pair: Callable[[Any, Any], tuple[int, int]] | None = None
    portrait: Callable[[Any, tuple[int, int], Any, Mapping[str, Any]], PhasePortrait] | None = None


def show_option(panels: JumpPanels) -> Any:
    """The typer option ``--show`` of a system."""
    names = list(panels.names)
    option = typer.Option(
        "--show", metavar="LIST", help=f"Some of {','.join(names)}; by default {','.join(names[:2])}."
    )
    return Annotated[str | None, option]


def chosen_panels(panels: JumpPanels, text: str | None) -> Sequence[str]:
    """The figure's panels that are asked for; the first two if nothing is said.

    Raises
    ------
    UnknownName
        If a name is not one of the panels.
    InputError
        If no panel is named.
    """
    if text is None:
        return list(panels.names.values())[:2]
    names = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    known = ", ".join(panels.names)
    if not names:
        raise InputError(f"--show needs some of {known}, comma-separated, got {text!r:.40}")
    for name in names:
        if name not in panels.names:
            raise UnknownName(f"--show takes {known}, comma-separated, got {name!r:.40}")
    return [panels.names[name] for name in names]
