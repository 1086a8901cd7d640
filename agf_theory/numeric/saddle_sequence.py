"""The saddle-to-saddle sequence: what every system's limiting or alternating dynamics returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.sequence_view import in_words, sequence_html, shown, wrapped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Event", "SaddleSequence", "UndecidedEvent", "events_between", "read_only"]


@dataclass(frozen=True)
class Event:
    """Who changes at one jump.

    Attributes
    ----------
    entered, left : tuple of int
        Neurons (coordinates, modes, heads, frequencies) that become active and that return to dormancy, ascending.
    """

    entered: tuple[int, ...]
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class UndecidedEvent:
    """A decision the arithmetic could not make; the sequence ends before it rather than guess.

    Attributes
    ----------
    jump : int
        Zero-based number of the jump that could not be computed.
    neurons : tuple of int
        The neurons whose order, sign or independence is in doubt.
    reason : str
        What was compared, the difference found and the error bound it had to exceed.
    """

    jump: int
    neurons: tuple[int, ...]
    reason: str

    def __str__(self) -> str:
        return f"jump {self.jump + 1}: {self.reason}"


@dataclass(frozen=True, eq=False)
class SaddleSequence:
    """Jump times, saddles and loss levels; one jump per saddle.

    Entry ``k`` of every sequence belongs to jump ``k``: ``saddles[k]`` is the point *reached* at ``jump_times[k]``,
    where the loss stays at ``loss_levels[k]`` until the next jump. The start (all neurons dormant) is not listed; its
    loss is `initial_loss`.

    Attributes
    ----------
    system, method, arithmetic : str
        Which system, which algorithm ("pesme_flammarion", "alternating_gradient_flows", "corrected_sequence") and
        which numbers ("exact": `fractions.Fraction`; "ball": `flint.arb`; "float").
    clock : str
        What one unit of time is, including the normalisation of the loss.
    names : tuple of str
        Names of the neurons.
    jump_times, loss_levels : (K,) read-only arrays
    saddles : (K, ...) read-only array
    active_sets : tuple of frozenset of int
        Active neurons after each jump.
    events : tuple of Event
    initial_loss : scalar
        Loss before the first jump.
    duals : (K, d) read-only array or None
        Log-scaled state at the jump times, on the straight line of the plateau that follows; where the method has it.
    jump_errors : (K,) read-only array or None
        Estimated size, at each jump, of what the method leaves out; None for methods that leave nothing out.
    unique : tuple of bool
        Whether the minimiser reached at each jump is the only one.
    certificates : tuple
        One machine-checkable certificate a saddle, where the arithmetic gives them; else empty.
    undecided : tuple of UndecidedEvent
        Empty if the sequence is complete; otherwise why it stops where it does.
    notes : tuple of str
        Plain statements the reader must see (ties, order changes, non-unique minimisers).
    """

    system: str
    method: str
    arithmetic: str
    clock: str
    names: tuple[str, ...]
    jump_times: NDArray[Any]
    saddles: NDArray[Any]
    loss_levels: NDArray[Any]
    active_sets: tuple[frozenset[int], ...]
    events: tuple[Event, ...]
    initial_loss: Any
    duals: NDArray[Any] | None = None
    jump_errors: NDArray[Any] | None = None
    unique: tuple[bool, ...] = ()
    certificates: tuple[Any, ...] = field(default=(), repr=False)
    undecided: tuple[UndecidedEvent, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.events)
        lengths = {len(self.jump_times), len(self.saddles), len(self.loss_levels), len(self.active_sets), count}
        assert lengths == {count}, f"one jump per saddle, got lengths {sorted(lengths)}"
        for array in (self.jump_times, self.saddles, self.loss_levels, self.duals, self.jump_errors):
            if array is not None:
                assert len(array) == count, f"one entry a jump, got {len(array)} for {count}"
                array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.events)

    @property
    def complete(self) -> bool:
        """Whether the sequence was followed to its end."""
        return not self.undecided

    def named(self, neurons: Sequence[int]) -> tuple[str, ...]:
        """Names of the given neurons, in the order given."""
        return tuple(self.names[i] for i in neurons)

    def to_frame(self) -> pd.DataFrame:
        """One row a jump: time, who entered, who left, loss level, number of active neurons, uniqueness."""
        import pandas as pd

        return pd.DataFrame(
            {
                "time": list(self.jump_times),
                "entered": [", ".join(self.named(event.entered)) for event in self.events],
                "left": [", ".join(self.named(event.left)) for event in self.events],
                "loss": list(self.loss_levels),
                "active": [len(active) for active in self.active_sets],
                "unique": list(self.unique) if self.unique else [True] * len(self),
            },
            index=pd.RangeIndex(1, len(self) + 1, name="jump"),
        )

    def __repr__(self) -> str:
        end = "" if self.complete else ", ends undecided"
        jumps = in_words(len(self), "jump")
        return f"<{type(self).__name__} {self.system}: {jumps} by {self.method} ({self.arithmetic}){end}>"

    def _repr_html_(self) -> str:
        return sequence_html(self)

    def __str__(self) -> str:
        head = f"{self.system}: {len(self)} jumps by {self.method} ({self.arithmetic})"
        lines = [head, f"clock: {self.clock}", f"initial loss {shown(self.initial_loss)}"]
        for k, event in enumerate(self.events):
            left = f"  - {', '.join(self.named(event.left))}" if event.left else ""
            entered = ", ".join(self.named(event.entered))
            lines.append(
                f"{k + 1:>4}  t = {shown(self.jump_times[k])}  loss {shown(self.loss_levels[k])}  + {entered}{left}"
            )
        return "\n".join([*lines, *wrapped("undecided", self.undecided), *wrapped("note", self.notes)])


def events_between(active_sets: Sequence[frozenset[int]]) -> tuple[Event, ...]:
    """Who enters and who leaves at each jump, from the active sets after it; before the first nobody is active.

    Examples
    --------
    >>> events_between([frozenset({1}), frozenset({0, 2})])
    (Event(entered=(1,), left=()), Event(entered=(0, 2), left=(1,)))
    """
    return tuple(
        Event(tuple(sorted(new - old)), tuple(sorted(old - new)))
        for old, new in pairwise([frozenset[int](), *active_sets])
    )


def read_only(values: Any, *, dtype: Any) -> NDArray[Any]:
    """A read-only array; object arrays keep `Fraction` and `arb` entries as they are."""
    array = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array
