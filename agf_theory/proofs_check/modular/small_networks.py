"""Networks of two neurons modulo three, trained on all nine pairs: when each neuron leaves the origin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from agf_theory.errors import IntegrationFailed

__all__ = ["crossing_times"]

Array = NDArray[np.float64]

CROSSED = 0.3
"""Norm at which a neuron counts as active: a fraction of the norms at the end, and far above the start."""


def crossing_times(template: Sequence[float], start: Array, scale: float, until: float) -> Array:
    """When each neuron has norm 0.3, in flow time multiplied by the scale.

    Parameters
    ----------
    template : (p,)
    start : (3, H, p)
        u, v, w at unit scale.
    scale : float
    until : float
        Latest time looked at, in the same units.
    """
    inputs = np.array([np.roll(template, a) for a in range(len(template))])
    p, H = len(template), start.shape[1]
    targets = inputs[np.add.outer(np.arange(p), np.arange(p)) % p]

    def velocity(_: float, flat: Array) -> Array:
        u, v, w = flat.reshape(3, H, p)
        sums = (u @ inputs.T)[:, :, None] + (v @ inputs.T)[:, None, :]
        residual = targets - np.einsum("iab,ic->abc", sums**2, w)
        pull = 2 * sums * np.einsum("abc,ic->iab", residual, w) / p**2
        into_w = np.einsum("iab,abc->ic", sums**2, residual) / p**2
        return np.stack([pull.sum(2) @ inputs, pull.sum(1) @ inputs, into_w]).ravel()

    events = [_reaches(i, H, p) for i in range(H)]
    run: Any = solve_ivp(
        velocity, (0, until / scale), scale * start.ravel(), method="LSODA", rtol=1e-8, atol=1e-12, events=events
    )
    if run.status != 0 or any(len(found) == 0 for found in run.t_events):
        raise IntegrationFailed(f"small network: every neuron active by time {until} is required, got {run.message}")
    return np.array([found[0] * scale for found in run.t_events])


def _reaches(i: int, H: int, p: int) -> Any:
    def event(_: float, flat: Array) -> float:
        return float(np.linalg.norm(flat.reshape(3, H, p)[:, i]) - CROSSED)

    return event
