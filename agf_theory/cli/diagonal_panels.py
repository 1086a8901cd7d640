"""Accumulated utilities and phase portrait of diagonal linear networks, for their figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from agf_theory.cli.jump_panels import JumpPanels
from agf_theory.cli.lists import column_names
from agf_theory.cli.methods import Request
from agf_theory.errors import InputError, UnknownName

if TYPE_CHECKING:
    from agf_theory.figures import PhasePortrait
    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["PANELS", "pair_of"]

_MOST_LISTED: Final = 12


def _limiting_utilities(problem: DiagonalNetwork, limit: SaddleSequence) -> AccumulatedUtilities:
    from agf_theory.numeric import diagonal

    return diagonal.limiting_utilities(problem, limit)


def _flow_utilities(request: Request, flow: Trajectory, scale: InitScale) -> AccumulatedUtilities:
    from agf_theory.numeric import diagonal

    return diagonal.flow_utilities(flow, scale, convention=request.settings["convention"])


def pair_of(given: str | None, problem: DiagonalNetwork) -> tuple[int, int]:
    """The positions of the two coefficients of a phase portrait.

    Parameters
    ----------
    given : str or None
        ``--coefficients``, as given.
    problem : DiagonalNetwork

    Raises
    ------
    InputError
        If there are not two coefficients, or which two of them is not said.
    UnknownName
        If a name is none of the problem's.
    """
    if problem.d < 2:
        raise InputError(f"--show phase: two coefficients are required, got d = {problem.d}; leave phase out")
    if given is None:
        if problem.d > 2:
            raise InputError(
                f"--show phase: two coefficients are required, got d = {problem.d}; name two of them, "
                f"--coefficients {','.join(problem.names[:2])}"
            )
        return 0, 1
    names = column_names(given, "--coefficients")
    if len(set(names)) != 2 or len(names) != 2:
        raise InputError(f"--coefficients: two different names are required, got {given!r:.60}")
    for name in names:
        if name not in problem.names:
            more = ", ..." if problem.d > _MOST_LISTED else ""
            known = ", ".join(problem.names[:_MOST_LISTED]) + more
            raise UnknownName(f"--coefficients: names of {known} are required, got {name!r:.40}")
    first, second = (problem.names.index(name) for name in names)
    return first, second


def _portrait(
    problem: DiagonalNetwork, pair: tuple[int, int], limit: SaddleSequence, flows: Mapping[str, Trajectory]
) -> PhasePortrait:
    from agf_theory.figures import PhasePortrait

    return PhasePortrait.of(problem, pair, limit, flows)


PANELS: Final = JumpPanels(
    names={name: name for name in ("loss", "coefficients", "excess", "utilities", "phase")},
    limiting_utilities=_limiting_utilities,
    flow_utilities=_flow_utilities,
    pair=lambda options, problem: pair_of(options.coefficients, problem),
    portrait=_portrait,
)
