"""Greedy low-rank learning: one neuron at a time along the top singular direction of the residual."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.column_flow import ColumnFlow
from agf_theory.numeric.linear.gradient_flow import SETTLED
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import CLOCK, Moments
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, read_only
from agf_theory.problems import LinearNetwork

__all__ = ["greedy_low_rank"]

Array = NDArray[np.float64]

TOLERANCE = 1e-11
SMALL = -16.0
"""Log-norm of a neuron that is appended: its square, 1e-14, leaves the saddle below it as it was, to that precision."""
NOTHING_LEFT = 1e-7  # see `alternating`
LONGEST = 1e4


def greedy_low_rank(problem: LinearNetwork) -> SaddleSequence:
    r"""The sequence of saddles of greedy low-rank learning, without times.

    Start at zero. While the residual R has a positive singular value: append a small neuron along its top pair of
    singular vectors, and follow the flow to rest. An asymmetric network is the symmetric algorithm for [A; Wᵀ], whose
    gradient has eigenvalues ±σ_j(R).

    Parameters
    ----------
    problem : LinearNetwork
        At most `width` neurons are appended.

    Returns
    -------
    SaddleSequence
        Jump times are not a number: the algorithm has none. Its order is that of gradient flow only where the neuron
        that jumps next is the one that grows fastest now; growth on earlier plateaus is forgotten.

    Raises
    ------
    IntegrationFailed
        If a flow fails.

    Source
    ------
    [li2020], Algorithm 1 (greedy low-rank learning); its asymmetric form: this project.
    """
    flow = ColumnFlow(Moments.of(problem))
    moments = flow.moments
    rate = float(np.linalg.norm(moments.sigma_yx, 2))
    columns = LogColumns(np.zeros(0), np.zeros((problem.c + problem.d, 0)))
    found: list[Array] = []
    current = np.zeros_like(moments.best)
    while len(found) < problem.width:
        U, sigma, Vt = np.linalg.svd(moments.residual(current))
        if sigma[0] <= NOTHING_LEFT * rate:
            break
        direction = np.concatenate([U[:, 0], Vt[0]]) / np.sqrt(2)
        columns = LogColumns(np.append(columns.log_norms, SMALL), np.column_stack([columns.directions, direction]))
        columns.orthogonalise()
        duration = LONGEST / rate + 2 * abs(SMALL) / float(sigma[0])
        run = flow.run(columns, duration=duration, tolerance=TOLERANCE, settled=SETTLED * TOLERANCE)
        columns, current = run.last, run.maps[-1]
        found.append(current)
    count = len(found)
    return SaddleSequence(
        system="linear",
        method="greedy_low_rank",
        arithmetic="float",
        clock=CLOCK,
        names=tuple(f"neuron {k + 1}" for k in range(problem.width)),
        jump_times=read_only([np.nan] * count, dtype=float),
        saddles=read_only(found or np.zeros((0, *moments.best.shape)), dtype=float),
        loss_levels=read_only([float(moments.loss(each)) for each in found], dtype=float),
        active_sets=tuple(frozenset(range(k + 1)) for k in range(count)),
        events=tuple(Event((k,)) for k in range(count)),
        initial_loss=float(moments.loss(np.zeros_like(moments.best))),
        unique=(True,) * count,
        notes=("greedy low-rank learning has an order and levels, no times",),
    )
