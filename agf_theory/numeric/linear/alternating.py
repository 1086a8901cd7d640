"""Alternating gradient flows of a linear network, on effective neurons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows
from agf_theory.numeric.linear.adapted import AdaptedMoments
from agf_theory.numeric.linear.decoupled import balanced_factors, singular_pairs
from agf_theory.numeric.linear.dormant_columns import DormantColumns, GrowthModes, modes_of
from agf_theory.numeric.linear.gradient_flow import checked_start
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import CLOCK
from agf_theory.numeric.linear.settling import settled
from agf_theory.numeric.linear.stability import not_robust
from agf_theory.numeric.linear.unfinished import unfinished
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["EffectiveNeurons", "alternating_gradient_flows"]

Array = NDArray[np.float64]

NOTHING_LEFT = 1e-7
"""A residual below this part of Σ_yx grows nothing: the cost minimisation leaves that much by its own tolerance."""


def alternating_gradient_flows(
    problem: LinearNetwork, init_scale: InitScale, *, start: ArrayLike | None = None, seed: int = 0
) -> SaddleSequence:
    r"""Algorithm 1 on the effective neurons of ε times a start.

    The neurons of a linear network as they are written down all align with one mode and activate together. The hidden
    space may be rotated, which changes nothing the network does, so that each mode belongs to one neuron alone; these
    activate one at a time. A dormant neuron is kept in numbers of unlimited exponent.

    Parameters
    ----------
    problem, init_scale, start, seed
        As for `gradient_flow`.

    Returns
    -------
    SaddleSequence
        Times are flow time divided by log(1/ε); saddles are maps (c, d). As ε → 0 the times tend to those of
        `limiting_sequence`, with an error of order 1/log(1/ε). The notes name every saddle that its own neurons leave
        when disturbed, with the rate.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start is not of the problem's shape, or not finite.
    IntegrationFailed
        If a cost minimisation fails.
    UndecidedError
        If the overlap of a dormant neuron with a mode cannot be told from zero.

    Source
    ------
    [kunin2025], Algorithm 1, on effective neurons: this project.
    """
    require_problem(problem, LinearNetwork)
    require_init_scale(init_scale)
    system = EffectiveNeurons(problem, init_scale, checked_start(problem, start, seed))
    found = run_alternating_gradient_flows(system, name="linear", most_jumps=problem.width + 1)
    maps = system.adapted.original(found.saddles) if len(found) else np.zeros((0, problem.c, problem.d))
    missing = unfinished(len(found), min(problem.rank, problem.width), NOTHING_LEFT)
    return replace(found, saddles=maps, notes=(*found.notes, *missing))


class EffectiveNeurons:
    """The neurons in triangular gauge; those that have reached norm one are active. See `AlternatingSystem`.

    All in adapted coordinates.
    """

    clock = CLOCK
    arithmetic = "float"

    def __init__(self, problem: LinearNetwork, init_scale: InitScale, start: Array) -> None:
        self.adapted = AdaptedMoments.of(problem)
        self._scale = init_scale.log_inverse
        self._rate = float(np.linalg.norm(self.adapted.moments.sigma_yx, 2))
        self._map = np.zeros((problem.c, problem.d))
        self._maps: list[Array] = []
        self._ties: list[int] = []
        columns = LogColumns.of(self.adapted.columns(start), 0.0)  # as many as there are independent neurons
        self._dormant = DormantColumns(columns.directions * np.exp(columns.log_norms), -self._scale, self._modes())
        self._names = tuple(f"neuron {k + 1}" for k in range(self._dormant.width))

    @property
    def names(self) -> Sequence[str]:
        """The effective neurons in the order of their activation."""
        return self._names

    def initial_loss(self) -> float:
        """Loss of the zero map."""
        return float(self.adapted.moments.loss(np.zeros_like(self._map)))

    def notes(self) -> tuple[str, ...]:
        """The saddles that are not robust, and the jumps of neurons that grow at the same rate as another."""
        ties = (f"jump {k}: several modes grow at one rate; the start decides which comes first" for k in self._ties)
        return (*not_robust(self.adapted, self._maps), *ties)

    def next_activation(self) -> Activation | None:
        """When the largest combination of dormant neurons reaches norm one under the frozen residual."""
        time = self._dormant.activation()
        return None if time is None else Activation(time / self._scale, (len(self._maps),))

    def grow_dormant(self, duration: float) -> None:
        """Exact flow of the dormant neurons under the frozen residual."""
        if self._dormant.grow(duration * self._scale):
            self._ties.append(len(self._maps) + 1)

    def minimise_cost(self, activated: tuple[int, ...]) -> Saddle:
        """Flow of the active neurons to their next saddle; the dormant ones wait."""
        joining = self._in_its_block(*self._dormant.take())
        weights = np.column_stack([balanced_factors(singular_pairs(self._map, floor=self._floor())), joining])
        weights = settled(self.adapted.moments, weights)
        c = len(self._map)
        self._map = self.adapted.kept_apart(weights[:c] @ weights[c:].T)
        self._maps.append(self._map)
        pairs = singular_pairs(self._map, floor=self._floor())
        active = np.vstack([pairs.left, pairs.right]) / np.sqrt(2)
        self._dormant.meet(active, self._modes())
        return Saddle(self._map, float(self.adapted.moments.loss(self._map)), frozenset(range(len(pairs.sigma))))

    def _in_its_block(self, neuron: Array, mode: Array) -> Array:
        """Without what the neuron shares with other blocks than that of its largest mode.

        That share vanishes with the initialisation; another neuron, larger there, is still dormant.
        """
        labels = self.adapted.labels
        return np.where(labels == labels[int(np.abs(mode).argmax())], neuron, 0.0)

    def _floor(self) -> float:
        return 1e-9 * float(np.linalg.norm(self._map, 2))

    def _modes(self) -> GrowthModes:
        R = self.adapted.moments.residual(self._map)
        # Between blocks the residual is zero, and a sum of rounding errors is not.
        return modes_of(self.adapted.kept_apart(R), floor=NOTHING_LEFT * self._rate)
