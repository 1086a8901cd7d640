"""What a phase portrait shows: the loss over two coefficients, and the ways through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["PhasePortrait"]

Array = NDArray[np.float64]


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
    paths : tuple of (str, (T, 2) array)
        Of the flow: the initialisation scale as the user wrote it, and its points; from the largest scale to the
        smallest.
    level_label : str
        What the level lines are, for the legend.
    """

    names: tuple[str, str]
    loss: Callable[[Array], Array]
    saddles: Array
    paths: tuple[tuple[str, Array], ...] = ()
    level_label: str = r"levels of $\mathcal{L}$"
