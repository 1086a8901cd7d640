r"""One jump of the α → 0 limit seen from inside: the Lotka–Volterra orbit from a saddle to the next.

On the scale of a jump, active coordinates obey :math:`\dot\beta_i = 2|\beta_i|(b - G\beta)_i`, free of α. The orbit
leaves the old saddle along its unstable direction (the joiner's) and ends at the new one; a coordinate that leaves
decays exponentially in the end, and the intercept of that decay is the one number of the jump that the two saddles do
not determine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, IntegrationFailed

__all__ = ["leaver_intercepts", "unstable_direction"]

Array = NDArray[np.float64]

START = 32.0  # joiner's initial size in powers of 1/e below its final one: its square is far below rounding
DECAYED = 36.0  # leavers' final size likewise: the rest of their decay is exponential to rounding
TOLERANCE = 1e-12


def leaver_intercepts(gram: Array, linear: Array, before: Array, after: Array, leavers: Sequence[int]) -> Array:
    r"""Intercepts :math:`I_l` of the leavers' final decay at the effective jump time.

    Parameters
    ----------
    gram, linear : (k, k), (k,)
        G and b restricted to the old active set and the joiner.
    before, after : (k,)
        Old saddle (the joiner's entry zero) and new one (the leavers' entries zero).
    leavers : positions in 0..k-1

    Returns
    -------
    (len(leavers),) array
        log|β_l| along its final straight line, extrapolated back to the instant at which the joiner's initial straight
        line meets its final value.

    Raises
    ------
    HypothesisNotMet
        If a leaver does not decay at the new saddle (its gradient vanishes there).
    IntegrationFailed
        If the orbit does not arrive.
    """
    joiner = int(np.flatnonzero(before == 0)[0])
    signs = np.where(before != 0, np.sign(before), np.sign(after))
    start_rate = float(2 * signs[joiner] * (linear - gram @ before)[joiner])
    final_rates = 2 * signs * (linear - gram @ after)
    if not (start_rate > 0 and (final_rates[list(leavers)] < 0).all()):
        raise HypothesisNotMet(
            "a leaver's intercept needs a growing joiner and decaying leavers; a gradient vanishes here"
        )
    start = unstable_direction(gram, before, signs, joiner, start_rate, np.log(abs(after[joiner])) - START)

    def velocity(_time: float, logs: Array) -> Array:
        return np.asarray(2 * signs * (linear - gram @ (signs * np.exp(logs))))

    def jacobian(_time: float, logs: Array) -> Array:
        return np.asarray(-2 * signs[:, None] * gram * (signs * np.exp(logs)))

    survivors = [i for i in range(len(before)) if i not in leavers]
    target = np.log(np.abs(after[survivors]))

    def arrived(_time: float, logs: Array) -> float:
        decayed = float((logs[list(leavers)] - start[list(leavers)]).max()) + DECAYED
        settled = float(np.abs(logs[survivors] - target).max()) - 1e-10
        return max(decayed, settled * DECAYED)

    arrived.terminal = True  # type: ignore[attr-defined]
    horizon = 1e6 * (START + DECAYED) * (1 / start_rate + float((-1 / final_rates[list(leavers)]).max()))
    orbit = solve_ivp(
        velocity, (0, horizon), start, method="LSODA", jac=jacobian, rtol=TOLERANCE, atol=TOLERANCE, events=arrived
    )
    if orbit.status != 1 or not np.isfinite(orbit.y).all():
        raise IntegrationFailed(f"the orbit between two saddles did not arrive: {orbit.message}")
    meeting = START / start_rate
    end = list(leavers)
    return np.asarray(orbit.y[end, -1] + final_rates[end] * (meeting - orbit.t[-1]))


def unstable_direction(gram: Array, before: Array, signs: Array, joiner: int, rate: float, joiner_log: float) -> Array:
    """Logarithms of a point on the unstable manifold, to first order in the joiner."""
    active = [i for i in range(len(before)) if i != joiner]
    size = signs[joiner] * np.exp(joiner_log)
    scaled = 2 * np.abs(before[active])[:, None] * gram[np.ix_(active, active)]
    response = -np.linalg.solve(
        rate * np.eye(len(active)) + scaled, 2 * np.abs(before[active]) * gram[active, joiner] * size
    )
    logs = np.empty(len(before))
    logs[active] = np.log(np.abs(before[active] + response))
    logs[joiner] = joiner_log
    return logs
