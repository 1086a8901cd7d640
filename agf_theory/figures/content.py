"""What a figure of jumps shows: the limit, and for each initialisation scale what the methods say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory

__all__ = [
    "ScaleResults",
    "Staircase",
    "Symbols",
    "alpha_label",
    "clock_label",
    "half_way",
    "needs_logarithm",
    "spread_in_decades",
    "staircase",
]

_DECADES_FOR_LOGARITHM = 1.5  # on a linear axis of 6 cm, jumps further apart than that would fall on one another

# What clocks are made of, in the paper's symbols.
_IN_SYMBOLS = {
    "t / log(1/α)": r"$t\,/\,\log(1/\alpha)$",
    "t α": r"$t\,\alpha$",
    "‖Xβ−y‖²/(2n)": r"$\frac{1}{2n}\|X\beta-y\|^2$",
    "E‖y−AWx‖²/2": r"$\frac{1}{2}\mathbb{E}\|y-AWx\|^2$",
    "E‖x_{a+b}−f‖²/2": r"$\frac{1}{2}\mathbb{E}\|x_{a+b}-f\|^2$",
    "E(y_q − ŷ)²/2": r"$\frac{1}{2}\mathbb{E}(y_q-\hat{y})^2$",
}


@dataclass(frozen=True)
class Symbols:
    """The paper's symbols for one system, in matplotlib's mathematics.

    Attributes
    ----------
    loss, coefficient : str
        Labels of the vertical axes.
    """

    loss: str = r"loss $\mathcal{L}$"
    coefficient: str = "coefficients"


@dataclass(frozen=True)
class ScaleResults:
    """What is known at one initialisation scale.

    Attributes
    ----------
    alpha : str
        The scale as the user wrote it.
    flow : Trajectory or None
        The integrated gradient flow.
    predictions : dict from method key to SaddleSequence
        "agf" and "corrected", where asked for.
    utilities : AccumulatedUtilities or None
        Along the flow.
    """

    alpha: str
    flow: Trajectory | None = None
    predictions: dict[str, SaddleSequence] = field(default_factory=dict)
    utilities: AccumulatedUtilities | None = None


@dataclass(frozen=True)
class Staircase:
    """A sequence as numbers to draw: plateau k lasts from ``times[k]`` to ``times[k + 1]``.

    Attributes
    ----------
    times : (K + 1,)
        Zero, then the jump times.
    losses : (K + 1,)
    coefficients : (K + 1, d)
    """

    times: NDArray[np.float64]
    losses: NDArray[np.float64]
    coefficients: NDArray[np.float64]

    def agrees(self, other: Staircase) -> bool:
        """Whether the two are one staircase to the eye: a thousandth of the largest time, loss and coefficient."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in ("times", "losses", "coefficients")]
        return all(
            a.shape == b.shape and bool(np.abs(a - b).max(initial=0.0) <= 1e-3 * np.abs(b).max(initial=0.0))
            for a, b in pairs
        )


def staircase(sequence: SaddleSequence) -> Staircase:
    """The sequence in floats, its start included."""
    saddles = _floats(sequence.saddles).reshape(len(sequence), len(sequence.names))
    return Staircase(
        np.concatenate([[0.0], _floats(sequence.jump_times)]),
        np.concatenate([[float(sequence.initial_loss)], _floats(sequence.loss_levels)]),
        np.concatenate([np.zeros((1, saddles.shape[1])), saddles]),
    )


def _floats(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.array([float(value) for value in values.ravel()], dtype=np.float64)


def alpha_label(alpha: str) -> str:
    r"""The scale as mathematics: powers of ten as such, anything else as it was written.

    Examples
    --------
    >>> alpha_label("1e-8"), alpha_label("2.5e-3"), alpha_label("1/3")
    ('$\\alpha=10^{-8}$', '$\\alpha=2.5\\times10^{-3}$', '$\\alpha=1/3$')
    """
    match = re.fullmatch(r"([0-9.]+)[eE]([+-]?[0-9]+)", alpha)
    if match is None:
        shown = alpha if len(alpha) <= 12 else alpha[:12] + r"\ldots"
        return rf"$\alpha={shown}$"
    mantissa = "" if match[1] == "1" else rf"{match[1]}\times"
    return rf"$\alpha={mantissa}10^{{{int(match[2])}}}$"


def clock_label(clock: str) -> str:
    r"""The clock for an axis: times and losses as mathematics, anything else as it is.

    Examples
    --------
    >>> clock_label("t α for loss E(y_q − ŷ)²/2")
    '$t\\,\\alpha$ for loss $\\frac{1}{2}\\mathbb{E}(y_q-\\hat{y})^2$'
    """
    for text, mathematics in _IN_SYMBOLS.items():
        clock = clock.replace(text, mathematics)
    return clock


def spread_in_decades(values: Sequence[float] | NDArray[np.float64]) -> float:
    """How many powers of ten lie between the smallest and the largest positive value; zero if there are none."""
    positive = [float(value) for value in values if value > 0]
    return float(np.log10(max(positive) / min(positive))) if positive else 0.0


def needs_logarithm(values: Sequence[float] | NDArray[np.float64]) -> bool:
    """Whether positive values lie too far apart for a linear axis."""
    return spread_in_decades(values) > _DECADES_FOR_LOGARITHM


def half_way(levels: NDArray[np.float64], *, logarithmic: bool) -> NDArray[np.float64]:
    """Half-way down each drop as the eye sees it, (K,) for levels (K + 1,).

    Examples
    --------
    >>> half_way(np.array([100.0, 1.0, 0.0]), logarithmic=False).tolist()
    [50.5, 0.5]
    >>> half_way(np.array([100.0, 1.0, 0.0]), logarithmic=True).tolist()
    [10.0, 0.1]
    """
    if logarithmic and np.all(levels[:-1] > 0):
        # A drop to zero has no middle on this axis: its mark sits a decade below where it starts.
        return np.asarray(np.sqrt(levels[:-1] * np.maximum(levels[1:], levels[:-1] / 100)))
    return np.asarray((levels[:-1] + levels[1:]) / 2)
