"""Greedy low-rank learning of a linear network: one neuron at a time along the top singular direction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.adapted import AdaptedMoments
from agf_theory.numeric.linear.decoupled import balanced_factors, singular_pairs
from agf_theory.numeric.linear.moments import CLOCK
from agf_theory.numeric.linear.settling import settled
from agf_theory.numeric.linear.stability import not_robust
from agf_theory.numeric.linear.unfinished import unfinished
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, read_only
from agf_theory.problems import LinearNetwork
from agf_theory.problems.required import require_problem

__all__ = ["greedy_low_rank"]

Array = NDArray[np.float64]

SMALL = 1e-7
"""Norm of a neuron that is appended: its square, 1e-14, leaves the saddle below it as it was, to that precision."""
NOTHING_LEFT = 1e-7  # see `alternating`
SAME = 1e-9
"""Relative difference of singular values below which floats do not say which direction is the top one."""


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
        that jumps next is the one that grows fastest now; growth on earlier plateaus is forgotten. `unique` says
        whether the top singular value is simple. The notes name every saddle that its own neurons leave when
        disturbed, with the rate: blocks are kept apart here, so that rounding does not.

    Raises
    ------
    InputError
        If the problem is of another kind.
    IntegrationFailed
        If a flow fails.

    Source
    ------
    [li2020], Algorithm 1 (greedy low-rank learning); its asymmetric form: this project.
    """
    require_problem(problem, LinearNetwork)
    adapted = AdaptedMoments.of(problem)
    moments = adapted.moments
    rate = float(np.linalg.norm(moments.sigma_yx, 2))
    current = np.zeros_like(moments.best)
    found: list[Array] = []
    simple: list[bool] = []
    while len(found) < problem.width:
        top = singular_pairs(adapted.kept_apart(moments.residual(current)))
        if not len(top.sigma) or top.sigma[0] <= NOTHING_LEFT * rate:
            break
        simple.append(len(top.sigma) == 1 or bool(top.sigma[0] - top.sigma[1] > SAME * top.sigma[0]))
        direction = np.concatenate([top.left[:, 0], top.right[:, 0]]) / np.sqrt(2)
        active = singular_pairs(current, floor=1e-9 * float(np.linalg.norm(current, 2)))
        weights = np.column_stack([balanced_factors(active), SMALL * direction])
        weights = settled(moments, weights, at_least=-2 * np.log(SMALL) / float(top.sigma[0]))
        c = len(current)
        current = adapted.kept_apart(weights[:c] @ weights[c:].T)
        found.append(current)
    count = len(found)
    notes = (*not_robust(adapted, found), *unfinished(count, min(problem.rank, problem.width), NOTHING_LEFT))
    saddles = adapted.original(np.array(found)) if found else np.zeros((0, *moments.best.shape))
    return SaddleSequence(
        system="linear",
        method="greedy_low_rank",
        arithmetic="float",
        clock=CLOCK,
        names=tuple(f"neuron {k + 1}" for k in range(problem.width)),
        jump_times=read_only([np.nan] * count, dtype=float),
        saddles=read_only(saddles, dtype=float),
        loss_levels=read_only([float(moments.loss(each)) for each in found], dtype=float),
        active_sets=tuple(frozenset(range(k + 1)) for k in range(count)),
        events=tuple(Event((k,)) for k in range(count)),
        initial_loss=float(moments.loss(np.zeros_like(moments.best))),
        unique=tuple(simple),
        notes=("greedy low-rank learning has an order and levels, no times", *notes),
    )
