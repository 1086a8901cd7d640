"""One method's result as a column of a table: its jumps in order, whatever system and method they come from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agf_theory.numeric.saddle_sequence import SaddleSequence

if TYPE_CHECKING:
    from agf_theory.numeric.trajectory import Trajectory

__all__ = ["MethodRun", "Transition", "method_run", "unavailable_run"]


@dataclass(frozen=True)
class Transition:
    """One jump from one saddle to the next.

    Attributes
    ----------
    entered, left : tuple of int
        Neurons that become active and that return to dormancy.
    active : frozenset of int
        Active neurons afterwards. With `entered` and `left` it fixes both saddles, so two methods take the same
        transition exactly when all three agree.
    time, loss : scalar
        Jump time in the table's clock, and the loss level reached: `Fraction`, `flint.arb` or float.
        A time that is not finite was not resolved.
    error : float or None
        Estimated error of a time read off a trajectory.
    unique : bool
        Whether the saddle reached is the only minimiser.
    saddle : mapping from neuron to its value, zeros left out
        Empty if the system's saddles are not vectors.
    """

    entered: tuple[int, ...]
    left: tuple[int, ...]
    active: frozenset[int]
    time: Any
    loss: Any
    error: float | None = None
    unique: bool = True
    saddle: Mapping[int, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """What must agree for two methods' jumps to share a row."""
        return frozenset(self.entered), frozenset(self.left), self.active

    @property
    def resolved(self) -> bool:
        """Whether the jump has a time."""
        return not isinstance(self.time, float) or math.isfinite(self.time)


@dataclass(frozen=True)
class MethodRun:
    """A method, what it is, and the jumps it found.

    Attributes
    ----------
    key, meaning : str
        Head of the column ("pf") and the line that explains it.
    arithmetic : str
        "exact", "ball", "float" or, for a method that gave no result, "none".
    clock : str
    transitions : tuple of Transition
    initial_loss : scalar or None
    stops : tuple of str
        Why the sequence stops where it does, if it could not be followed to its end.
    notes : tuple of str
    absent : str or None
        Why the method has no result at all.
    timeless : bool
        Whether the method says which jumps there are, and of none of them when.
    """

    key: str
    meaning: str
    arithmetic: str
    clock: str
    transitions: tuple[Transition, ...]
    initial_loss: Any
    stops: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    absent: str | None = None
    timeless: bool = False

    @property
    def complete(self) -> bool:
        """Whether the method followed the dynamics to its end."""
        return self.absent is None and not self.stops


def method_run(key: str, meaning: str, result: SaddleSequence | Trajectory) -> MethodRun:
    """The column of a method, from the result of any system.

    Parameters
    ----------
    key, meaning : str
        Head of the column and its explanation.
    result : SaddleSequence or Trajectory
    """
    if isinstance(result, SaddleSequence):
        transitions = _transitions_of_sequence(result)
        return MethodRun(
            key,
            meaning,
            result.arithmetic,
            result.clock,
            transitions,
            result.initial_loss,
            stops=tuple(str(event) for event in result.undecided),
            notes=result.notes,
            timeless=bool(transitions) and not any(transition.resolved for transition in transitions),
        )
    return MethodRun(
        key,
        meaning,
        "float",
        result.clock,
        _transitions_of_trajectory(result),
        float(result.losses[0]),
        notes=tuple(result.notes),
    )


def unavailable_run(key: str, meaning: str, reason: str) -> MethodRun:
    """The column of a method that cannot be applied to this problem, with the reason."""
    return MethodRun(key, meaning, "none", "", (), None, absent=reason)


def _transitions_of_sequence(sequence: SaddleSequence) -> tuple[Transition, ...]:
    unique = sequence.unique or (True,) * len(sequence)
    return tuple(
        Transition(
            event.entered,
            event.left,
            sequence.active_sets[k],
            sequence.jump_times[k],
            sequence.loss_levels[k],
            unique=unique[k],
            saddle=_non_zero(sequence.saddles[k]) if sequence.saddles.ndim == 2 else {},
        )
        for k, event in enumerate(sequence.events)
    )


def _transitions_of_trajectory(trajectory: Trajectory) -> tuple[Transition, ...]:
    active: frozenset[int] = frozenset()
    transitions = []
    for jump in trajectory.jumps():
        entered, left = tuple(jump.entered), tuple(jump.left)
        active = active.union(entered).difference(left)
        values = {i: jump.coefficients[i] for i in sorted(active)}
        transitions.append(
            Transition(entered, left, active, float(jump.time), float(jump.loss), float(jump.error), saddle=values)
        )
    return tuple(transitions)


def _non_zero(saddle: Any) -> dict[int, Any]:
    return {i: value for i, value in enumerate(saddle) if value != 0}
