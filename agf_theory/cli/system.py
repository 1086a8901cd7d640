"""What the commands about jumps have to know of a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agf_theory.cli.methods import Method

if TYPE_CHECKING:
    from agf_theory.figures import Symbols
    from agf_theory.tables import Particulars

__all__ = ["System"]


def _as_it_is(_: Any, result: Any) -> Any:
    return result


def _none(_: Any) -> None:
    return None


@dataclass(frozen=True)
class System:
    """A system: its methods, and how its problems and results are shown.

    Attributes
    ----------
    title : str
        "diagonal linear network".
    methods : dict from key to Method
    limit : str
        The method whose staircase a figure always shows.
    rivals : tuple of str
        Methods whose staircase a figure shows beside it, where they are asked for and differ.
    drawn : str
        What a figure shows by default where there are scales, as an option would have it.
    facts : function of the problem
        Sizes to print under the title; JSON values only.
    names : function of the problem
        Names of the neurons in the table.
    symbols : function without arguments
        The system's symbols for the axes of a figure.
    particulars : function of the request
        What is known of each name whatever the method, where the system has a table of that.
    in_table, in_figure : functions of (problem, result of a method)
        The result with neurons as the table counts them, and with vectors as saddles, as the figure draws them.
    """

    title: str
    methods: dict[str, Method]
    limit: str
    drawn: str
    facts: Callable[[Any], Mapping[str, Any]]
    names: Callable[[Any], Sequence[str]]
    symbols: Callable[[], Symbols]
    rivals: tuple[str, ...] = ()
    particulars: Callable[[Any], Particulars | None] = field(default=_none)
    in_table: Callable[[Any, Any], Any] = field(default=_as_it_is)
    in_figure: Callable[[Any, Any], Any] = field(default=_as_it_is)
