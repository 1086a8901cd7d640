r"""Accumulated utilities of the effective neurons of a linear network, in the limit and along its flow.

A dormant effective neuron aligned with a mode of the residual grows at the rate σ of that mode,
:math:`\dot{\mathcal S}=2\hat{\mathcal U}=\sigma`, in units of log(1/ε).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
from agf_theory.numeric.linear.modes import LOWERED
from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.structure import Block, structure
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import LinearNetwork

__all__ = ["flow_utilities", "limiting_utilities"]

Array = NDArray[np.float64]

_SAME: Final = 1e-6
"""Of the threshold: some thousand roundings, times plateaus up to a million times the first."""


def limiting_utilities(problem: LinearNetwork, sequence: SaddleSequence) -> AccumulatedUtilities:
    r"""Accumulated utilities as the initialisation vanishes: piecewise linear, the threshold is one.

    In each block of modes the neuron that activates k-th grows, on the plateau after the i-th jump of the block, at the
    rate of the (k − i)-th singular value of the residual in that block.

    Parameters
    ----------
    problem : LinearNetwork
    sequence : SaddleSequence
        Of `limiting_sequence` by blocks.

    Returns
    -------
    AccumulatedUtilities
        Of the neurons that activate, in the order in which they do; in floats.

    Raises
    ------
    InputError
        If the sequence is no limiting sequence by blocks: its jumps are not where these utilities reach one.
    UndecidedError
        If a coupling of modes cannot be told from rounding.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks, in blocks: this project.

    Examples
    --------
    >>> from agf_theory.numeric.linear import limiting_sequence
    >>> problem = LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])
    >>> limiting_utilities(problem, limiting_sequence(problem)).values.tolist()
    [[0.0, 0.0], [1.0, 0.5], [1.0, 1.0]]
    """
    maps = _floats(sequence.saddles)
    times = np.array([0.0, *(float(time) for time in sequence.jump_times)])
    jumps = {mode: jump for jump, event in enumerate(sequence.events) for mode in event.entered}
    curves = []
    for block in structure(problem).blocks if len(sequence) else ():
        jumps_of_block = sorted(jumps[mode] for mode in block.modes if mode in jumps)
        growth = _growth(Moments.of(problem), block, maps)
        curves += [(jump, _curve(growth, jumps_of_block, k, times)) for k, jump in enumerate(jumps_of_block)]
    curves.sort(key=lambda pair: pair[0])
    values = np.array([curve for _, curve in curves]).T.reshape(len(times), len(curves))
    for k, (jump, _) in enumerate(curves):
        if not abs(values[jump + 1, k] - 1) < _SAME:
            raise InputError(
                "accumulated utilities in the limit need its sequence by blocks, whose neurons activate where theirs "
                f"is 1, got {values[jump + 1, k]:.6g} at jump {jump + 1}"
            )
    values = np.where(_after(curves, len(times)), 1.0, values)
    return AccumulatedUtilities(
        clock=sequence.clock,
        names=_names(len(curves)),
        times=times,
        values=values,
        thresholds=np.ones(len(curves)),
        dormant=~_after(curves, len(times)),
        at_rest=sequence.complete,
    )


def _growth(moments: Moments, block: Block, maps: Array) -> list[Array]:
    """Singular values of the residual in a block, descending, on each plateau; the first is before any jump."""
    zero = np.zeros((1, *moments.sigma_yx.shape))
    residuals = [moments.residual(each) for each in np.concatenate([zero, maps])]
    return [
        np.asarray(np.linalg.svd(block.left.T @ each @ block.right, compute_uv=False), dtype=float)
        for each in residuals
    ]


def _curve(growth: list[Array], jumps: list[int], k: int, times: Array) -> Array:
    """The accumulated utility at each time of the neuron of a block that activates k-th."""
    values = [0.0]
    for plateau, duration in enumerate(np.diff(times)):
        before = sum(jump < plateau for jump in jumps)  # of the block's neurons are active on this plateau
        rate = float(growth[plateau][k - before]) if k >= before else 0.0
        values.append(values[-1] + rate * float(duration))
    return np.array(values)


def _after(curves: list[tuple[int, Array]], count: int) -> NDArray[np.bool_]:
    """Whether a neuron has activated, at each time."""
    return np.array([[time > jump for jump, _ in curves] for time in range(count)], dtype=bool).reshape(count, -1)


def _floats(maps: NDArray[Any]) -> Array:
    values = [float(entry.mid() if hasattr(entry, "mid") else entry) for entry in maps.ravel()]
    return np.array(values, dtype=float).reshape(maps.shape)


def flow_utilities(flow: Trajectory) -> AccumulatedUtilities:
    """Accumulated utilities of the effective neurons along gradient flow, the largest neuron first.

    Parameters
    ----------
    flow : Trajectory
        Of `gradient_flow`.

    Returns
    -------
    AccumulatedUtilities
        At the times of the flow; each neuron has its own threshold, as each starts with a norm of its own.

    Raises
    ------
    HypothesisNotMet
        If a neuron starts with norm one or more.

    Source
    ------
    [kunin2025], Section 3, on effective neurons: this project.
    """
    start = flow.dual[0]
    if not (start < 0).all():
        raise HypothesisNotMet(
            f"accumulated utilities need neurons of initial norm below one, got exponent {-float(start.max()):.3g} of "
            "the initialisation; take a smaller one"
        )
    return AccumulatedUtilities(
        clock=flow.clock,
        names=_names(len(start)),
        times=np.array(flow.times),
        values=np.asarray(flow.dual - start),
        thresholds=np.asarray(-start),
        dormant=np.asarray(flow.dual < 0),
        at_rest=not flow.notes,
    )


def _names(count: int) -> tuple[str, ...]:
    return tuple(f"θ{k + 1}".translate(LOWERED) for k in range(count))
