"""What the figure of modular addition shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.style import COLORS

if TYPE_CHECKING:
    from agf_theory.numeric.modular import Portrait
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory

__all__ = ["FourierContent", "Output", "frequency_colors"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Output:
    """The answer of the net to one pair of inputs.

    Attributes
    ----------
    label : str
        When.
    values : (p,)
    """

    label: str
    values: Array


@dataclass(frozen=True, eq=False)
class FourierContent:
    """A flow on modular addition, what was predicted of it, and what it ended with.

    Attributes
    ----------
    alpha : str
        The initialisation scale as the user wrote it.
    names : tuple of str
        Of the frequencies.
    energies : (C,)
        Squared norms of the template's parts.
    flow : Trajectory
        With the powers of the output by frequency as coefficients.
    predictions : mapping from method key to SaddleSequence
        By frequency: "formula", "bound", "agf", those that are to be shown.
    target : (p,)
        What the net should say.
    outputs : tuple of Output
        What it says, before the first jump and on plateaus.
    portrait : Portrait
        Of the weights at the end.
    """

    alpha: str
    names: tuple[str, ...]
    energies: Array
    flow: Trajectory
    predictions: Mapping[str, SaddleSequence]
    target: Array
    outputs: tuple[Output, ...]
    portrait: Portrait


def frequency_colors(energies: Array) -> list[str]:
    """A colour for each frequency, the strongest first in the palette."""
    rank = np.empty(len(energies), dtype=int)
    rank[np.argsort(-energies, kind="stable")] = np.arange(len(energies))
    return [COLORS[k % len(COLORS)] for k in rank]
