"""What the commands about jumps have to know of a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from agf_theory.cli.jump_panels import JumpPanels
from agf_theory.cli.methods import Method, Request

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.figures import Symbols
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.problems import InitScale
    from agf_theory.tables import Particulars

__all__ = ["FIGURE_ONLY", "TABLE_ONLY", "Options", "System"]

TABLE_ONLY: Final = object()  # among the annotations of an option: a figure has no such option
FIGURE_ONLY: Final = object()  # and a table has none such


@dataclass(frozen=True)
class Options:
    """Base of a system's options: a frozen dataclass, each field annotated with the typer option it is read from.

    ``--alpha``, ``--methods`` and where to write are not among them: every system has those.
    """

    def require_consistent(self, methods: str | None) -> None:
        """Look at what needs no file and no problem.

        Parameters
        ----------
        methods : str or None
            What ``--methods`` says.

        Raises
        ------
        InputError
            If options contradict one another.
        """

    def require_shown(self, panels: Sequence[str]) -> None:
        """Look at what must agree with the panels of a figure.

        Raises
        ------
        InputError
            If an option is about a panel that is not shown.
        """

    def request(self) -> Request:
        """Read the problem; called when all other options are known to be right."""
        raise NotImplementedError


def _as_it_is(_: Any, result: Any) -> Any:
    return result


def _none(_: Any) -> None:
    return None


@dataclass(frozen=True)
class System:
    """A system: its options, its methods, and how its problems and results are shown.

    Attributes
    ----------
    title : str
        "diagonal linear network".
    options : subclass of Options
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
    about_table, about_plot : str
        What ``--help`` says of the two commands.
    particulars : function of the request
        What is known of each name whatever the method, where the system has a table of that.
    in_table, in_figure : functions of (problem, result of a method)
        The result with neurons as the table counts them, and with vectors as saddles, as the figure draws them.
    panels : JumpPanels or None
        What the figure of the jumps may show, where users may choose.
    flow_figure : function of (problem, scale, flow, predictions by method) or None
        The system's own figure of one flow, where it has one.
    """

    title: str
    options: type[Options]
    methods: dict[str, Method]
    limit: str
    drawn: str
    facts: Callable[[Any], Mapping[str, Any]]
    names: Callable[[Any], Sequence[str]]
    symbols: Callable[[], Symbols]
    about_table: str
    about_plot: str
    rivals: tuple[str, ...] = ()
    particulars: Callable[[Any], Particulars | None] = field(default=_none)
    in_table: Callable[[Any, Any], Any] = field(default=_as_it_is)
    in_figure: Callable[[Any, Any], Any] = field(default=_as_it_is)
    panels: JumpPanels | None = None
    flow_figure: Callable[[Any, InitScale, Any, Mapping[str, SaddleSequence]], Figure] | None = None
