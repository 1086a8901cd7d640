"""Accumulated utilities over time: how far each neuron is on its way to activation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["AccumulatedUtilities"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AccumulatedUtilities:
    r"""The accumulated utility of each neuron, :math:`\mathcal S_i` with ‖θ_i(t)‖ = ‖θ_i(0)‖ exp(η S_i(t)).

    Attributes
    ----------
    clock : str
        What one unit of time is.
    names : tuple of str
        Of the neurons.
    times : (T,) increasing
        Of a limiting sequence: the corners; between them every curve is a straight line.
    values : (T, d)
        S_i.
    thresholds : (d,)
        c_i, positive: the neuron has norm one where S_i = c_i. In the limit of a vanishing initialisation, one.
    dormant : (T, d) of bool
        Whether a neuron is dormant from a time on, until the next; of a flow, whether its norm is below one.
    at_rest : bool
        Whether nothing changes after the last time.

    Source
    ------
    [kunin2025], Section 3.
    """

    clock: str
    names: tuple[str, ...]
    times: Array
    values: Array
    thresholds: Array
    dormant: NDArray[np.bool_]
    at_rest: bool = True

    def __post_init__(self) -> None:
        for array in (self.times, self.values, self.thresholds, self.dormant):
            array.flags.writeable = False

    @property
    def shares(self) -> Array:
        """S_i / c_i, (T, d): one where the threshold is reached, whatever the initialisation."""
        return np.asarray(self.values / self.thresholds)
