"""Alternating gradient flows on linear attention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.attention.attention_field import AttentionField
from agf_theory.numeric.attention.attention_sequence import AttentionSequence
from agf_theory.numeric.attention.clock import CLOCK
from agf_theory.numeric.attention.component_strengths import component_names, eigenspaces
from agf_theory.numeric.attention.cost_minimum import minimised
from agf_theory.numeric.attention.dormant_head import DormantHead
from agf_theory.numeric.attention.dormant_heads import DormantHeads
from agf_theory.numeric.attention.limiting import TIE
from agf_theory.numeric.attention.starts import checked_heads
from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows
from agf_theory.numeric.saddle_sequence import SaddleSequence, events_between
from agf_theory.problems import AttentionStart, InitScale, LinearAttention
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["AttentionHeads", "alternating_gradient_flows"]

Array = NDArray[np.float64]

FITTED = 1e-6
"""Difference from zero or A_k, over A_k, within which a cost minimisation has learned a component or left it alone."""


def alternating_gradient_flows(
    problem: LinearAttention, init_scale: InitScale, *, start: AttentionStart | None = None, seed: int = 0
) -> AttentionSequence:
    r"""Algorithm 1 on the heads of α times a start.

    A dormant head follows its exact flow under the residual of the active ones and activates when its norm is one. The
    active heads then flow to the minimum of the loss, the new one from where it is; the dormant ones wait, and are
    carried on from jump to jump.

    Parameters
    ----------
    problem, init_scale, start, seed
        As for `gradient_flow`.

    Returns
    -------
    AttentionSequence
        Times are flow time multiplied by α. The norm at which a head activates is a convention, which moves the times
        by O(α): an active head rests at the norm √3 A_k^(1/3), below one where A_k < 3^(-3/2).

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start is not the problem's, or not small.
    IntegrationFailed
        If a cost minimisation fails, or ends where the active heads fit something else than components.

    Source
    ------
    [kunin2025], Algorithm 1.
    """
    require_problem(problem, LinearAttention)
    require_init_scale(init_scale)
    system = AttentionHeads(problem, init_scale, checked_heads(problem, start, seed, init_scale))
    found = run_alternating_gradient_flows(system, name="attention", most_jumps=problem.heads)
    return _by_component(problem, system, found)


class AttentionHeads:
    """The heads; those whose norm has reached one are active. See `AlternatingSystem`."""

    clock = CLOCK
    arithmetic = "float"

    def __init__(self, problem: LinearAttention, init_scale: InitScale, heads: Array) -> None:
        self.field = AttentionField.of(problem)
        self.scale = init_scale.log_inverse
        self.dormant = np.ones(len(heads), dtype=bool)
        self.state = DormantHeads(self.field, heads)
        self.active = np.zeros_like(heads)
        self.learned: list[frozenset[int]] = []
        self.norms: list[Array] = []
        self.margins: list[float] = []
        self._flows: dict[int, DormantHead] = {}
        self._crossed: tuple[int, ...] = ()
        self._notes: list[str] = []

    @property
    def names(self) -> Sequence[str]:
        """The heads, in the order of the start."""
        return [f"head {i + 1}" for i in range(len(self.dormant))]

    def initial_loss(self) -> float:
        """Half the trace of Σ."""
        return self.field.level(np.zeros(self.field.size, dtype=bool))

    def notes(self) -> tuple[str, ...]:
        """Saddles that are no minima, and what no head learns."""
        left = [f"λ{k + 1}" for k in np.flatnonzero(~self.state.learned & self.field.present)]
        why = "no dormant head ever has norm one" if self.dormant.any() else "every head is active"
        return (*self._notes, *([f"{', '.join(left)} not learned: {why}"] if left else []))

    def next_activation(self) -> Activation | None:
        """When the first dormant head has norm one under the residual of the active ones."""
        self._flows = {head: self.state.flow_of(head) for head in np.flatnonzero(self.dormant).tolist()}
        times = {head: flow.crossing_time(self.scale) for head, flow in self._flows.items()}
        least = min(times.values(), default=np.inf)
        if not np.isfinite(least):
            return None
        self.norms.append(np.where(self.dormant, self.state.norms, np.nan))
        self._crossed = tuple(head for head in times if times[head] - least <= TIE * least)
        later = [times[head] for head in times if head not in self._crossed]
        self.margins.append(min(later, default=np.inf) / least - 1 if len(self._crossed) == 1 else 0.0)
        if len(self._crossed) > 1:
            named = ", ".join(self.names[head] for head in self._crossed)
            self._notes.append(f"jump {len(self.norms)}: {named} have norm one at the same time, to {TIE:g} of it")
        return Activation(least, self._crossed)

    def grow_dormant(self, duration: float) -> None:
        """Move every dormant head on by its exact flow; the ones that activate to norm one."""
        for head in self._crossed:
            self.active[head] = self.state.at_norm_one(head, self._flows[head], duration)
        self.dormant[list(self._crossed)] = False
        self.state.advance(self.dormant, self._flows, duration)

    def minimise_cost(self, activated: tuple[int, ...]) -> Saddle:
        """Flow of the active heads to the minimum that they reach; the dormant ones wait."""
        moving = np.flatnonzero(~self.dormant)
        self.active[moving], stuck = minimised(self.field, self.active[moving])
        if stuck:
            self._notes.append(f"jump {len(self.learned) + 1}: the active heads rest at a saddle that others disturb")
        self._renew_residual(self.field.map_of(self.active[moving]))
        self.learned.append(frozenset(np.flatnonzero(self.state.learned).tolist()))
        strengths = np.where(self.state.learned, self.field.fitted, 0.0)
        unique = self.field.is_unique(self.state.learned) and not stuck
        return Saddle(strengths, self.field.loss(self.active[moving]), frozenset(map(int, moving)), unique)

    def _renew_residual(self, M: Array) -> None:
        """Components that are learned now, with axes of eigenspaces along what is learned."""
        rotation = np.eye(self.field.size)
        for space in eigenspaces(self.field.eigenvalues):
            block = (M[space, space] + M[space, space].T) / 2
            rotation[space, space] = np.linalg.eigh(block)[1][:, ::-1]
        self.state.turn(rotation)
        D = self.field.size
        self.active[:, 1 : D + 1] = self.active[:, 1 : D + 1] @ rotation
        self.active[:, D + 1 :] = self.active[:, D + 1 :] @ rotation
        field, turned = self.field, np.diag(rotation.T @ M @ rotation)
        shares = turned[field.present] / field.fitted[field.present]
        if (np.minimum(abs(shares), abs(shares - 1)) > FITTED).any():
            raise IntegrationFailed(f"a cost minimisation ended with strengths {shares} of those of its components")
        self.state.learned[field.present] = shares > 0.5


def _by_component(problem: LinearAttention, system: AttentionHeads, found: SaddleSequence) -> AttentionSequence:
    """The sequence of heads told by components."""
    kept = {name: getattr(found, name) for name in ("system", "method", "arithmetic", "clock", "jump_times")}
    return AttentionSequence(
        **kept,
        names=component_names(problem),
        saddles=found.saddles.reshape(len(found), problem.D),
        loss_levels=found.loss_levels,
        active_sets=tuple(system.learned),
        events=events_between(system.learned),
        initial_loss=found.initial_loss,
        unique=found.unique,
        notes=found.notes,
        winners=tuple(event.entered for event in found.events),
        margins=np.array(system.margins),
        dormant_norms=np.array(system.norms).reshape(len(found), problem.heads),
    )
