"""What a phase portrait shows: the loss over two coefficients, and the ways through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import DiagonalNetwork

__all__ = ["PhasePortrait"]

Array = NDArray[np.float64]

_FINER: Final = 8  # times the steps of the integrator, for smooth paths


@dataclass(frozen=True, eq=False)
class PhasePortrait:
    """Two coefficients: level lines of the loss, saddles of the limit in their order, paths of the flow.

    Attributes
    ----------
    names : two str
        Of the coefficients.
    loss : function of points (..., 2)
        The loss, or what is written under `level_label`.
    saddles : (K + 1, 2)
        The start and the point after each jump of the limit.
    orbits : tuple of (N, 2) arrays
        The ways from each saddle to the next in the limit; straight lines are drawn where there are none.
    paths : tuple of (str, (T, 2) array)
        Of the flow: the initialisation scale as the user wrote it, and its points; from the largest scale to the
        smallest.
    level_label : str
        What the level lines are, for the legend.
    """

    names: tuple[str, str]
    loss: Callable[[Array], Array]
    saddles: Array
    orbits: tuple[Array, ...] = ()
    paths: tuple[tuple[str, Array], ...] = ()
    level_label: str = r"levels of $\mathcal{L}$"

    @classmethod
    def of(
        cls,
        problem: DiagonalNetwork,
        pair: tuple[int, int],
        limit: SaddleSequence,
        flows: Mapping[str, Trajectory] | None = None,
    ) -> Self:
        """Put together what is shown of two coefficients of a diagonal linear network.

        Parameters
        ----------
        problem : DiagonalNetwork
        pair : two different positions in 0..d-1
            With more than two coefficients, level lines are those of the least loss over the others.
        limit : SaddleSequence
            The limiting sequence.
        flows : mapping from the text of a scale to Trajectory
            From the largest scale to the smallest.

        Raises
        ------
        InputError
            If the pair is none of the problem.
        """
        from agf_theory.numeric import diagonal

        two = list(pair)
        saddles = [[0.0, 0.0], *([float(saddle[i]) for i in pair] for saddle in limit.saddles)]
        least = "" if problem.d == 2 else "the least "
        return cls(
            loss=diagonal.loss_of_two(problem, pair),
            names=(problem.names[pair[0]], problem.names[pair[1]]),
            saddles=np.array(saddles),
            orbits=tuple(orbit[:, two] for orbit in diagonal.saddle_orbits(problem, limit)),
            paths=tuple((alpha, _path(flow)[:, two]) for alpha, flow in (flows or {}).items()),
            level_label=rf"levels of {least}$\mathcal{{L}}$",
        )


def _path(flow: Trajectory) -> Array:
    steps = np.arange(len(flow.times))
    return flow.at(np.interp(np.linspace(0, steps[-1], _FINER * int(steps[-1]) + 1), steps, flow.times))
