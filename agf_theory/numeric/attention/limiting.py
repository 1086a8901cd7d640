"""The limiting saddle-to-saddle sequence of linear attention as the initialisation vanishes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.attention.attention_field import AttentionField
from agf_theory.numeric.attention.attention_sequence import AttentionSequence
from agf_theory.numeric.attention.clock import CLOCK
from agf_theory.numeric.attention.component_strengths import component_names
from agf_theory.numeric.attention.dormant_head import DormantHead
from agf_theory.numeric.attention.dormant_heads import DormantHeads
from agf_theory.numeric.attention.starts import checked_heads
from agf_theory.numeric.saddle_sequence import UndecidedEvent, events_between, read_only
from agf_theory.problems import AttentionStart, LinearAttention
from agf_theory.problems.required import require_problem

__all__ = ["TIE", "limiting_sequence"]

Array = NDArray[np.float64]

TIE = 1e-9
"""Relative difference of two times of blow-up below which floats do not say which comes first."""


def limiting_sequence(
    problem: LinearAttention, *, start: AttentionStart | None = None, seed: int = 0
) -> AttentionSequence:
    r"""Jump times, saddles and winning heads as the initialisation scale tends to zero.

    On each plateau every dormant head follows its exact flow under the frozen residual; the first to become infinite
    learns the greatest component not yet learned. The others are carried on: between two jumps they move by as much as
    they measure, in norm and in direction.

    Parameters
    ----------
    problem : LinearAttention
    start : AttentionStart, optional
        By default that of the problem, drawn from the seed where it has none.
    seed : int

    Returns
    -------
    AttentionSequence
        Times are flow time multiplied by α; saddles are strengths (D,), A_k where component k is learned. It ends
        early, with the reason in `undecided`, where two times of blow-up are not told apart, and where the first head
        has no part at all along the greatest component that another head could learn: in the limit it then rests at a
        saddle of the active heads, which any dormant head with such a part disturbs. Where no head has such a part, the
        component is left out, which a note says.

    Raises
    ------
    InputError
        If the problem is of another kind, or the start is not the problem's, or zero.

    Hypotheses
    ----------
    That the jumps of gradient flow tend to these is a conjecture; levels and order of the components are theorems about
    minima over so many heads.

    Source
    ------
    [kunin2025], linear transformers; exact flow between jumps: this project.
    """
    require_problem(problem, LinearAttention)
    field = AttentionField.of(problem)
    return _Sequence(field, checked_heads(problem, start, seed)).run(component_names(problem))


class _Sequence:
    """The recursion, a jump at a time."""

    def __init__(self, field: AttentionField, heads: Array) -> None:
        self.field = field
        self.dormant = np.ones(len(heads), dtype=bool)
        self.state = DormantHeads(field, heads)
        self.time = 0.0
        self.times: list[float] = []
        self.learned: list[frozenset[int]] = []
        self.winners: list[tuple[int, ...]] = []
        self.norms: list[Array] = []
        self.margins: list[float] = []
        self.undecided: list[UndecidedEvent] = []
        self.notes: list[str] = []

    def run(self, names: tuple[str, ...]) -> AttentionSequence:
        while self._jump():
            pass
        self._say_what_is_left(names)
        masks = np.array([[k in learned for k in range(self.field.size)] for learned in self.learned], dtype=bool)
        masks = masks.reshape(len(self.times), self.field.size)
        return AttentionSequence(
            system="attention",
            method="limiting_sequence",
            arithmetic="float",
            clock=CLOCK,
            names=names,
            jump_times=read_only(self.times, dtype=float),
            saddles=read_only(np.where(masks, self.field.fitted, 0.0), dtype=float),
            loss_levels=read_only([self.field.level(mask) for mask in masks], dtype=float),
            active_sets=tuple(self.learned),
            events=events_between(self.learned),
            initial_loss=self.field.level(np.zeros(self.field.size, dtype=bool)),
            unique=tuple(self.field.is_unique(mask) for mask in masks),
            undecided=tuple(self.undecided),
            notes=tuple(self.notes),
            winners=tuple(self.winners),
            margins=np.array(self.margins),
            dormant_norms=np.array(self.norms).reshape(len(self.times), len(self.dormant)),
        )

    def _jump(self) -> bool:
        """Whether there was one."""
        flows = {head: self.state.flow_of(head) for head in np.flatnonzero(self.dormant).tolist()}
        order = sorted(flows, key=lambda head: flows[head].blow_up_time)
        if not order or not np.isfinite(flows[order[0]].blow_up_time):
            return False
        first, duration = order[0], flows[order[0]].blow_up_time
        if self._is_tied(order, flows) or self._is_exceptional(first, flows[first]):
            return False
        self.margins.append(min((flows[head].blow_up_time for head in order[1:]), default=np.inf) / duration - 1)
        self.norms.append(np.where(self.dormant, self.state.norms, np.nan))
        direction = self.state.aligned(first, flows[first])[1 : self.field.size + 1]
        self.dormant[first] = False
        self.state.advance(self.dormant, flows, duration)
        self.state.learn(direction)
        self.time += duration
        self.times.append(self.time)
        self.winners.append((first,))
        self.learned.append(frozenset(np.flatnonzero(self.state.learned).tolist()))
        return True

    def _is_tied(self, order: list[int], flows: dict[int, DormantHead]) -> bool:
        times = [flows[head].blow_up_time for head in order[:2]]
        if len(times) < 2 or times[1] - times[0] > TIE * times[0]:
            return False
        self._undecide(
            tuple(order[:2]),
            f"heads {order[0] + 1} and {order[1] + 1} become infinite at times {times[0]:.12g} and {times[1]:.12g}, "
            f"which differ by less than {TIE:g} of them",
        )
        return True

    def _is_exceptional(self, first: int, flow: DormantHead) -> bool:
        """Whether the first head lacks a greater component that another one has."""
        leading = self.state.leading(first, flow)
        greater = np.flatnonzero(self.state.rates > self.state.rates[leading].max())
        D = self.field.size
        keys, queries = self.state.heads[:, 1 : D + 1], self.state.heads[:, D + 1 :]
        had = [int(k) for k in greater if (keys[:, k] != 0).any() or (queries[:, k] != 0).any()]
        if not had:
            return False
        self._undecide(
            (first,),
            f"head {first + 1} is the first to become infinite, along λ{int(np.flatnonzero(leading)[0]) + 1} and with "
            f"no part along λ{had[0] + 1}, which heads have: it rests at a saddle that they disturb",
        )
        return True

    def _undecide(self, heads: tuple[int, ...], reason: str) -> None:
        self.undecided.append(UndecidedEvent(len(self.times), heads, reason))

    def _say_what_is_left(self, names: tuple[str, ...]) -> None:
        left = [names[k] for k in np.flatnonzero(~self.state.learned & self.field.present)]
        if not left or self.undecided:
            return
        why = "no dormant head ever becomes infinite" if self.dormant.any() else "every head is active"
        self.notes.append(f"{', '.join(left)} not learned: {why}")
