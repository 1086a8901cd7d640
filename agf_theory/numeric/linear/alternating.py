"""Alternating gradient flows of a linear network, on effective neurons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import expm
from scipy.optimize import brentq

from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows
from agf_theory.numeric.linear.column_flow import ColumnFlow
from agf_theory.numeric.linear.critical_point import nearest_critical_point
from agf_theory.numeric.linear.gradient_flow import checked_start
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import CLOCK, Moments
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import InitScale, LinearNetwork

__all__ = ["EffectiveNeurons", "alternating_gradient_flows"]

Array = NDArray[np.float64]

TOLERANCE = 1e-11
NOTHING_LEFT = 1e-7
"""A residual below this part of Σ_yx grows nothing: the cost minimisation leaves that much by its own tolerance."""
SLOW = 1e-6
"""The flow of the active neurons is stopped when nothing moves faster than this part of σ_1: near enough for Newton's
method, and before rounding errors have grown where the saddle is unstable."""
FACTOR = (
    10.0  # log of the growth a column may have between two orthogonalisations: rounding grows to e^10 ulps, no more
)
LONGEST = 1e4  # of a cost minimisation, in units of 1/σ_1: a rate of relaxation ten thousand times smaller is no saddle


def alternating_gradient_flows(
    problem: LinearNetwork, init_scale: InitScale, *, start: ArrayLike | None = None, seed: int = 0
) -> SaddleSequence:
    r"""Algorithm 1 on the effective neurons of ε times a start.

    The neurons of a linear network as they are written down all align with one mode and activate together. Up to a
    rotation of the hidden space, which changes nothing the network does, they are orthogonal columns of [A; Wᵀ], and
    these activate one at a time.

    Parameters
    ----------
    problem, init_scale, start, seed
        As for `gradient_flow`.

    Returns
    -------
    SaddleSequence
        Times are flow time divided by log(1/ε); saddles are maps (c, d). As ε → 0 the times tend to those of
        `limiting_sequence`, with an error of order 1/log(1/ε).

    Raises
    ------
    InputError
        If the start is not of the problem's shape, or not finite.
    IntegrationFailed
        If a cost minimisation fails.

    Source
    ------
    [kunin2025], Algorithm 1, on effective neurons: this project.
    """
    system = EffectiveNeurons(problem, init_scale, checked_start(problem, start, seed))
    return run_alternating_gradient_flows(system, name="linear", most_jumps=problem.width + 1)


class EffectiveNeurons:
    """The orthogonal columns of [A; Wᵀ]; those at norm one and above are active. See `AlternatingSystem`."""

    clock = CLOCK
    arithmetic = "float"

    def __init__(self, problem: LinearNetwork, init_scale: InitScale, start: Array) -> None:
        self._flow = ColumnFlow(Moments.of(problem))
        self._scale = init_scale.log_inverse
        self._rate = float(np.linalg.norm(self._flow.moments.sigma_yx, 2))
        self._dormant = LogColumns.of(start, -self._scale)
        self._dormant.orthogonalise()
        self._active = LogColumns(np.zeros(0), np.zeros((len(start), 0)))
        self._names = tuple(f"neuron {k + 1}" for k in range(len(self._dormant.log_norms)))

    @property
    def names(self) -> Sequence[str]:
        """The effective neurons in the order of their activation."""
        return self._names

    def initial_loss(self) -> float:
        """Loss of the zero map."""
        return float(self._flow.moments.loss(np.zeros_like(self._flow.moments.best)))

    def notes(self) -> tuple[str, ...]:
        """None."""
        return ()

    def next_activation(self) -> Activation | None:
        """When the largest combination of dormant neurons reaches norm one under the frozen residual."""
        growth = self._growth()
        rate = float(np.linalg.norm(growth, 2))
        if not len(self._dormant.log_norms) or rate <= NOTHING_LEFT * self._rate:
            return None
        values, vectors = np.linalg.eigh(growth)
        overlaps = vectors.T @ self._dormant.directions

        def log_norm(time: float) -> float:
            # Rows and columns of very different size: the greatest is taken out before the rest is raised to a power.
            with np.errstate(divide="ignore"):
                logs = values[:, None] * time + self._dormant.log_norms + np.log(np.abs(overlaps))
            top = float(logs.max())
            return top + float(np.log(np.linalg.norm(np.sign(overlaps) * np.exp(logs - top), 2)))

        # Convex in time and negative at first: it is met once, and no later than a thousand times log(1/ε)/rate, or
        # the overlap with what grows is below every float.
        latest = 1e3 * (self._scale + 700) / rate
        if log_norm(latest) <= 0:
            return None
        time = float(brentq(log_norm, 0.0, latest, xtol=1e-14 * latest))
        return Activation(time / self._scale, (len(self._active.log_norms),))

    def grow_dormant(self, duration: float) -> None:
        """Exact flow of the dormant neurons under the frozen residual, in steps short enough to keep the small ones."""
        growth = self._growth()
        remaining = duration * self._scale
        steps = max(1, int(np.ceil(2 * np.linalg.norm(growth, 2) * remaining / FACTOR)))
        propagator = expm(growth * remaining / steps)
        for _ in range(steps):
            self._dormant.directions = propagator @ self._dormant.directions
            self._dormant.orthogonalise()

    def minimise_cost(self, activated: tuple[int, ...]) -> Saddle:
        """Flow of the active neurons to their next saddle; the dormant ones wait."""
        joined = LogColumns(
            np.append(self._active.log_norms, self._dormant.log_norms[0]),
            np.column_stack([self._active.directions, self._dormant.directions[:, :1]]),
        )
        joined.orthogonalise()
        run = self._flow.run(joined, duration=LONGEST / self._rate, tolerance=TOLERANCE, settled=SLOW)
        weights = run.last.directions * np.exp(run.last.log_norms)
        self._active = LogColumns.of(nearest_critical_point(self._flow.moments, weights), 0.0)
        self._dormant = LogColumns(self._dormant.log_norms[1:], self._dormant.directions[:, 1:])
        self._separate()
        count = len(self._active.log_norms)
        found = self._flow.map_of(self._active)
        return Saddle(found, float(self._flow.moments.loss(found)), frozenset(range(count)))

    def _separate(self) -> None:
        """Rotate what the dormant neurons share with the active ones into those: they are larger beyond comparison."""
        basis = self._active.directions
        self._dormant.directions = self._dormant.directions - basis @ (basis.T @ self._dormant.directions)
        self._dormant.orthogonalise()

    def _growth(self) -> Array:
        """M(R), the generator of the dormant flow."""
        moments = self._flow.moments
        current = self._flow.map_of(self._active) if len(self._active.log_norms) else np.zeros_like(moments.best)
        R = moments.residual(current)
        c, d = R.shape
        return np.block([[np.zeros((c, c)), R], [R.T, np.zeros((d, d))]])
