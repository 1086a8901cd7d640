r"""Accumulated utilities of the coordinates of a diagonal linear network, in the limit and along its flow.

A coordinate's neuron has the norm ‖θ_i‖² = ‖θ_i(0)‖² cosh 2ηs_i with η = log(1/α), whatever the residual does, so that
:math:`\mathcal S_i = \log\cosh(2\eta s_i)/(2\eta)`, which tends to |s_i| as α → 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
from agf_theory.numeric.diagonal.activation_clock import ActivationClock
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.problems.required import require_init_scale

__all__ = ["flow_utilities", "limiting_utilities"]

Array = NDArray[np.float64]


def limiting_utilities(problem: DiagonalNetwork, sequence: SaddleSequence) -> AccumulatedUtilities:
    r"""Accumulated utilities in the limit α → 0: |s_i|, with :math:`\dot s=-\nabla\mathcal L` at each saddle.

    Active coordinates stay at the threshold; one that returns to dormancy starts from there.

    Parameters
    ----------
    problem : DiagonalNetwork
    sequence : SaddleSequence
        Its limiting sequence.

    Returns
    -------
    AccumulatedUtilities
        In floats, on the clock of the sequence: corners at the start, at the jumps, and where some s_i passes zero.

    Raises
    ------
    InputError
        If the sequence is none of the limit: at finite α the threshold is another.

    Source
    ------
    [pesme2023], Algorithm 1.

    Examples
    --------
    >>> from agf_theory.numeric.diagonal import pesme_flammarion
    >>> problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"])
    >>> found = limiting_utilities(problem, pesme_flammarion(problem))
    >>> found.times.round(4).tolist(), found.values.round(4).tolist()
    ([0.0, 0.6667, 2.0], [[0.0, 0.0], [0.3333, 1.0], [1.0, 1.0]])
    """
    if sequence.method != "pesme_flammarion":
        raise InputError(f"accumulated utilities in the limit need its own sequence, got one by {sequence.method}")
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n
    times, points, dormant = [0.0], [np.zeros(problem.d)], [np.ones(problem.d, dtype=bool)]
    saddle, active = np.zeros(problem.d), frozenset[int]()
    for jump, time in enumerate(float(each) for each in sequence.jump_times):
        slope = linear - gram @ saddle
        slope[list(active)] = 0.0
        for corner in [*_zeros(points[-1], slope, times[-1], time), time]:
            points.append(points[-1] + (corner - times[-1]) * slope)
            times.append(corner)
            dormant.append(dormant[-1])
        saddle, active = np.array([float(each) for each in sequence.saddles[jump]]), sequence.active_sets[jump]
        _require_threshold(points[-1][list(active)], jump)
        points[-1][list(active)] = np.sign(saddle[list(active)])
        dormant[-1] = np.array([i not in active for i in range(problem.d)])
    return AccumulatedUtilities(
        clock=sequence.clock,
        names=problem.names,
        times=np.array(times),
        values=np.abs(points),
        thresholds=np.ones(problem.d),
        dormant=np.array(dormant),
        at_rest=sequence.complete,
    )


_FINER: Final = 16  # times the steps of the integrator, which may be as long as a plateau: |s| has a corner at zero
_SAME: Final = 1e-6
"""Of the threshold: some thousand roundings, times plateaus up to a million times the first."""


def _require_threshold(reached: Array, jump: int) -> None:
    off = float(np.abs(np.abs(reached) - 1).max(initial=0.0))
    if not off < _SAME:
        raise InputError(
            f"accumulated utilities in the limit need the sequence of the same problem: at jump {jump + 1} those of "
            f"active coordinates must be 1, got one off by {off:.3g}"
        )


def _zeros(point: Array, slope: Array, start: float, end: float) -> list[float]:
    """When coordinates pass through zero strictly between two times: there |s| has a corner."""
    shrinking = point * slope < 0
    instants = start - point[shrinking] / slope[shrinking]
    return sorted({float(instant) for instant in instants if start < instant < end})


def flow_utilities(flow: Trajectory, init_scale: InitScale, *, convention: str = "paper") -> AccumulatedUtilities:
    r"""Accumulated utilities along gradient flow: logarithms of the norms of the neurons, over log(1/α).

    Parameters
    ----------
    flow : Trajectory
        Of `gradient_flow`, from this scale and by this convention.
    init_scale : InitScale
    convention : {"paper", "slides"}

    Returns
    -------
    AccumulatedUtilities
        At the times of the flow, and between them where a step is long: s is interpolated, of which a dormant neuron's
        moves linearly.

    Raises
    ------
    InputError
        If the scale is of another kind.
    HypothesisNotMet
        If the neurons start with norm one or more.

    Source
    ------
    [kunin2025], Section 4.
    """
    require_init_scale(init_scale)
    clock = ActivationClock.of(init_scale, convention=convention, balls=False)
    steps = np.arange(len(flow.times))
    between = np.linspace(0, steps[-1], _FINER * int(steps[-1]) + 1)
    angles = 2 * clock.log_inverse * np.column_stack([np.interp(between, steps, dual) for dual in flow.dual.T])
    values = (np.logaddexp(angles, -angles) - np.log(2)) / (2 * clock.log_inverse)
    threshold = float(clock.accumulated_utility(clock.threshold))
    return AccumulatedUtilities(
        clock=flow.clock,
        names=flow.names,
        times=np.interp(between, steps, flow.times),
        values=np.asarray(values),
        thresholds=np.full(values.shape[1], threshold),
        dormant=np.asarray(values < threshold),
        at_rest=not flow.notes,
    )
