"""Refined jump times of commuting moments: the plateau clock with the overlaps that survive earlier jumps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from agf_theory.errors import HypothesisNotMet, UndecidedError
from agf_theory.numeric.linear.gradient_flow import checked_start
from agf_theory.numeric.linear.moments import CLOCK, Moments
from agf_theory.numeric.linear.structure import structure
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, UndecidedEvent, read_only
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["half_strength_times", "hidden_overlaps", "refined_sequence"]

Array = NDArray[np.float64]

SMALLEST_GAP = 1e-6
"""Of neighbouring σ, relative to the largest: modes closer than that are not resolved before log(1/ε) = 1e6."""


@dataclass(frozen=True, eq=False)
class _Modes:
    """Singular modes of Σ_yx that Σ_xx does not couple, in the order of σ: u (c, K), v (d, K), variances Λ (K,)."""

    sigma: Array
    variances: Array
    left: Array
    right: Array


def _modes(problem: LinearNetwork) -> _Modes:
    found = structure(problem)
    if not found.commuting:
        raise HypothesisNotMet(
            "refined jump times need commuting moments, Σ_xx Σ_yxᵀΣ_yx = Σ_yxᵀΣ_yx Σ_xx, got a commutator that is not "
            "zero; alternating_gradient_flows has no such condition"
        )
    if len(found.sigma) > 1 and not found.smallest_gap > SMALLEST_GAP:
        raise HypothesisNotMet(
            f"refined jump times need distinct singular values, got two within {found.smallest_gap:.2g} of the largest"
        )
    blocks = sorted(found.blocks, key=lambda block: block.modes[0])
    empty = {"left": np.zeros((problem.c, 0)), "right": np.zeros((problem.d, 0))}  # nothing to learn: no modes
    left, right = (np.column_stack([empty[side], *(getattr(b, side)[:, 0] for b in blocks)]) for side in empty)
    variances = np.array([b.right[:, 0] @ problem.sigma_xx @ b.right[:, 0] for b in blocks])
    return _Modes(found.sigma, variances, left, right)


def hidden_overlaps(problem: LinearNetwork, start: ArrayLike) -> Array:
    r"""What is left of each mode's overlap with the hidden space after the earlier ones have taken theirs.

    .. math:: r_{kk}=\big\|P^\perp_{z_1,\dots,z_{k-1}}z_k\big\|,\qquad z_k=\frac{A^\top u_k+Wv_k}{\sqrt2}\in\mathbb R^H

    Parameters
    ----------
    problem : LinearNetwork
        Commuting moments, distinct singular values.
    start : (c + d, H) array
        Θ̂ = [A; Wᵀ].

    Returns
    -------
    (K,) array
        K = min(rank, H), in the order of σ, largest first.

    Raises
    ------
    InputError
        If the start is not of the problem's shape.
    HypothesisNotMet
        If the moments do not commute or two singular values coincide.

    Source
    ------
    Claim LIN-21 (this project).
    """
    modes, theta = _modes(problem), checked_start(problem, start, 0)
    z = (theta[: problem.c].T @ modes.left + theta[problem.c :].T @ modes.right) / np.sqrt(2)
    return np.asarray(np.abs(np.diag(np.linalg.qr(z, mode="r"))))


def refined_sequence(
    problem: LinearNetwork, init_scale: InitScale, *, start: ArrayLike | None = None, seed: int = 0
) -> SaddleSequence:
    r"""Jump times with their O(1) terms, for commuting moments in any order.

    .. math:: t_k=\frac1{\sigma_k}\Big[\log\frac1\varepsilon+\log\frac1{r_{kk}}+\frac12\log\frac{2\sigma_k}{\Lambda_k}
              \Big]

    Parameters
    ----------
    problem, init_scale, start, seed
        As for `gradient_flow`. Commuting moments, distinct singular values.

    Returns
    -------
    SaddleSequence
        Jump times are those at which the strength u_k·Bv_k passes half its final value, as flow time over log(1/ε);
        saddles are maps (c, d). `jump_errors` estimates what is left out, powers of ε, by the largest of them.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start is not of the problem's shape, or not finite.
    HypothesisNotMet
        If the moments do not commute or two singular values coincide.
    UndecidedError
        If a mode has no overlap with the start beyond that of the modes before it.

    Source
    ------
    Claim LIN-21 (this project).

    Examples
    --------
    >>> import numpy as np
    >>> problem = LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]])
    >>> start = np.vstack([np.eye(2), np.eye(2)])
    >>> refined_sequence(problem, InitScale("1e-10"), start=start).jump_times.round(6)
    array([0.507526, 1.      ])
    """
    require_problem(problem, LinearNetwork)
    require_init_scale(init_scale)
    modes, theta = _modes(problem), checked_start(problem, start, seed)
    overlaps = hidden_overlaps(problem, theta)
    count, scale = len(overlaps), init_scale.log_inverse
    if count and not overlaps.min() > np.linalg.norm(theta) * 1e3 * np.finfo(float).eps:
        k = int(overlaps.argmin())
        raise UndecidedError(
            f"overlap of mode {k + 1}: more than rounding is required beyond those of the modes before it, got "
            f"{overlaps[k]:.2g}; such a start is exceptional, take another seed"
        )
    sigma, variances = modes.sigma[:count], modes.variances[:count]
    times = (scale - np.log(overlaps) + np.log(2 * sigma / variances) / 2) / sigma
    moments = Moments.of(problem)
    strengths = sigma / variances
    steps = np.einsum("k,ck,dk->kcd", strengths, modes.left[:, :count], modes.right[:, :count])
    order = np.argsort(times, kind="stable")
    undecided: tuple[UndecidedEvent, ...] = ()
    if count < problem.rank:
        reason = f"{count} hidden neurons for {problem.rank} modes: whether the last saddle is left is not decided"
        undecided = (UndecidedEvent(count, (count,), reason),)
    notes = () if (order == np.arange(count)).all() else ("modes cross: O(1) terms outweigh the gaps at this scale",)
    saddles = np.cumsum(steps[order], axis=0)
    falls = modes.sigma**2 / modes.variances / 2
    # From what is left upwards: differences from the first loss would end in its rounding.
    left = [moments.noise + float(np.delete(falls, order[:k]).sum()) for k in range(count + 1)]
    return SaddleSequence(
        system="linear",
        method="refined_sequence",
        arithmetic="float",
        clock=CLOCK,
        names=tuple(f"mode {k + 1}" for k in range(problem.rank)),
        jump_times=read_only(times[order] / scale, dtype=float),
        saddles=read_only(saddles, dtype=float),
        loss_levels=read_only(left[1:], dtype=float),
        active_sets=tuple(frozenset(map(int, order[: k + 1])) for k in range(count)),
        events=tuple(Event((int(k),)) for k in order),
        initial_loss=left[0],
        jump_errors=read_only(_left_out(sigma, variances, times)[order] / scale, dtype=float),
        unique=(True,) * count,
        undecided=undecided,
        notes=notes,
    )


def _left_out(sigma: Array, variances: Array, times: Array) -> Array:
    """Size of the corrections to t_k: squares of amplitudes, relative to one or to that of mode k itself.

    A slower mode has at t_k an amplitude smaller by exp(−σ_j (t_j − t_k)). What mode k shares with an earlier one in
    the hidden space grows, from t_j on, at the rate g only, the larger eigenvalue of the flow linearised there.
    """
    errors = np.exp(-2 * sigma * times)
    for k in range(len(sigma)):
        for j in range(len(sigma)):
            if j < k:
                rest = variances[k] * sigma[j] / variances[j]
                mean, off = (sigma[j] + rest) / 2, (sigma[j] - rest) / 2
                rate = np.hypot(off, sigma[k]) - mean
                errors[k] += np.exp(-2 * (sigma[k] - rate) * max(times[k] - times[j], 0.0))
            elif j > k:
                errors[k] += np.exp(-2 * sigma[j] * max(times[j] - times[k], 0.0))
    return np.asarray(errors / (2 * sigma))


def half_strength_times(problem: LinearNetwork, flow: Trajectory) -> Array:
    """Times at which the strengths u_k·B v_k of a flow pass half their final values σ_k/Λ_k; NaN where one never does.

    Parameters
    ----------
    problem : LinearNetwork
        Commuting moments, distinct singular values.
    flow : Trajectory
        Of `gradient_flow`.

    Returns
    -------
    (K,) array
        Flow time divided by log(1/ε), in the order of σ; as exact as the flow's dense output.
    """
    modes = _modes(problem)
    count = min(len(modes.sigma), problem.width)
    found = np.full(count, np.nan)
    maps = flow.at(flow.times)
    for k in range(count):
        u, v, half = modes.left[:, k], modes.right[:, k], modes.sigma[k] / modes.variances[k] / 2
        above = np.flatnonzero(np.einsum("c,tcd,d->t", u, maps, v) > half)
        if len(above) and above[0]:
            span = flow.times[above[0] - 1], flow.times[above[0]]
            crossing = brentq(lambda t, u=u, v=v, half=half: float(u @ flow.at(t) @ v) - half, *span, xtol=1e-15)
            found[k] = float(crossing)
    return found
