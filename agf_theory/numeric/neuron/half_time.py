"""When a neuron is half-way to its goal, read off a trajectory."""

from __future__ import annotations

import numpy as np

from agf_theory.numeric.neuron.crossings import SampledFlow
from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory
from agf_theory.problems import SingleNeuron

__all__ = ["half_time"]


def half_time(problem: SingleNeuron, flow: NeuronTrajectory) -> float | None:
    r"""First time at which the part of the map along the goal is half of it.

    Parameters
    ----------
    problem : SingleNeuron
        Its goal is the least squares solution of least norm, :math:`\beta_*=X^+y`; on whitened data :math:`X^\top y`.
    flow : NeuronTrajectory
        Of this problem.

    Returns
    -------
    float or None
        :math:`\min\{t:\ \beta(t)\cdot\beta_*=\tfrac12\|\beta_*\|^2\}` in flow time; None where the start is already
        beyond it, the flow ends before it, or the goal is zero. On whitened data it is passed once at most; on
        others the first time counts.

    Examples
    --------
    >>> from agf_theory.numeric.neuron import gradient_flow
    >>> lazy = SingleNeuron([[1, 0], [0, 1]], [1, 0], 100, [0, 0])
    >>> round(1e4 * half_time(lazy, gradient_flow(lazy)), 5)  # log 2 = 0.69315 at rate 10000
    0.69315
    """
    goal = np.linalg.lstsq(problem.X, problem.y, rcond=None)[0]
    squared = float(goal @ goal)
    if squared == 0:
        return None
    return SampledFlow.of(flow).first_crossing(lambda outer, inner: outer * (inner @ goal) / squared - 0.5)
