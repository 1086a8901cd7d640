"""First crossings along a trajectory: none is lost between two steps of the integrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory

__all__ = ["SampledFlow"]

Array = NDArray[np.float64]
Gain = Callable[[Array, Array], Array]

_INSIDE = np.linspace(0, 1, 5)[:-1]
"""Shares of a step at which dense output is looked at: the weights hardly bend within a step of the integrator."""


@dataclass(frozen=True, eq=False)
class SampledFlow:
    """A trajectory with its weights at four times in each step, looked up once for all questions.

    Attributes
    ----------
    flow : NeuronTrajectory
    times : (S,) increasing
    outer : (S,)
    inner : (S, d)
    """

    flow: NeuronTrajectory
    times: Array
    outer: Array
    inner: Array

    @classmethod
    def of(cls, flow: NeuronTrajectory) -> SampledFlow:
        """Sample a trajectory."""
        widths = np.diff(flow.times)
        times = np.append((flow.times[:-1, None] + widths[:, None] * _INSIDE).ravel(), flow.times[-1])
        return cls(flow, times, *flow.weights_at(times))

    def first_crossing(self, gain: Gain) -> float | None:
        """First time at which a quantity that is negative at the start reaches zero.

        The greatest value is sought wherever the quantity rises and falls again below zero: a visit above zero that is
        shorter than the sampling counts, and the first of several crossings is taken.

        Parameters
        ----------
        gain : (S,) outer weights, (S, d) inner weights -> (S,)

        Returns
        -------
        float or None
            None where the quantity is not negative at the start, or stays negative.
        """
        times, values = self.times, gain(self.outer, self.inner)
        if not values[0] < 0:
            return None
        peaks = 1 + np.flatnonzero((values[1:-1] < 0) & (values[1:-1] >= values[:-2]) & (values[1:-1] >= values[2:]))
        above = np.flatnonzero(values >= 0)
        last = int(above[0]) if len(above) else len(times)

        def at(time: float) -> float:
            outer, inner = self.flow.weights_at(np.array([time]))
            return float(gain(outer, inner)[0])

        for peak in peaks[peaks < last]:
            top = _top(at, times[peak - 1], times[peak + 1])
            if at(top) >= 0:
                return _between(at, times[peak - 1], top)
        return None if last == len(times) else _between(at, times[last - 1], times[last])


def _top(at: Callable[[float], float], low: float, high: float) -> float:
    options = {"xatol": 1e-9 * (high - low)}
    return float(minimize_scalar(lambda time: -at(time), bounds=(low, high), method="bounded", options=options).x)


def _between(at: Callable[[float], float], low: float, high: float) -> float:
    """Dense output may miss the value at a step by the integrator's tolerance: then the ends have one sign."""
    return float(brentq(at, low, high, xtol=1e-14 * high)) if at(low) < 0 < at(high) else float(high)
