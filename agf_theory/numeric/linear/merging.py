"""Staircases of blocks that do not feel one another, merged in time into one sequence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from agf_theory.numeric.linear.moments import CLOCK
from agf_theory.numeric.linear.staircase import Staircase
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, UndecidedEvent, read_only

__all__ = ["Merger", "merged"]

SAME_FALL = 1e-9
"""Difference of two μ of a block, relative to its largest, at which floats do not say which direction is whose."""

NEAR = 1e-2
"""Relative difference of two jump times below which they are announced as near: plateaus that short are resolved only
where log(1/ε) is in the thousands."""


@dataclass(frozen=True, eq=False)
class Merger:
    """The staircases of a problem's blocks, and how their numbers compare.

    Attributes
    ----------
    pieces : sequence of Staircase
        One a block, maps in the coordinates of the problem.
    modes : sequence of sequences of int
        Numbers of the modes of each block, σ descending.
    noise : scalar
        Least loss.
    zero : array (c, d)
        The map at the start.
    before : function of two times
        True if the first is certainly smaller; None if that is not decided; False if they are equal.
    arithmetic : str
    width : int
        Number of hidden neurons.
    escape : function of a map
        Rate at which the active neurons leave a saddle, zero if they do not.
    """

    pieces: Sequence[Staircase]
    modes: Sequence[Sequence[int]]
    noise: Any
    zero: Any
    before: Callable[[Any, Any], bool | None]
    arithmetic: str
    width: int
    escape: Callable[[Any], float]


Jump = tuple[int, int]  # block, number within it


def merged(given: Merger, notes: Sequence[str]) -> SaddleSequence:
    """One sequence in the order of time.

    Jumps at the same time, where the arithmetic knows that they are, are one jump of several modes. Where it cannot
    tell, or where hidden neurons run out at a saddle that is unstable, the sequence ends and says so.
    """
    jumps, undecided = _in_time(given)
    jumps, undecided = _with_neurons_enough(given, jumps, undecided)
    current, left = [given.zero for _ in given.pieces], [list(piece.falls) for piece in given.pieces]
    start = _level(given.noise, left)
    times, maps, levels, entered = [], [], [], []
    for together in jumps:
        for b, k in together:
            current[b], left[b][k] = given.pieces[b].maps[k], None
        times.append(given.pieces[together[0][0]].times[together[0][1]])
        maps.append(sum(current[1:], current[0]))
        levels.append(_level(given.noise, left))
        entered.append(tuple(sorted(given.modes[b][k] for b, k in together)))
    dtype: Any = float if given.arithmetic == "float" else object
    count = len(entered)
    before = [frozenset(mode for modes in entered[: k + 1] for mode in modes) for k in range(count)]
    return SaddleSequence(
        system="linear",
        method="limiting_sequence",
        arithmetic=given.arithmetic,
        clock=CLOCK,
        names=tuple(f"mode {j + 1}" for j in range(sum(map(len, given.modes)))),
        jump_times=read_only(times, dtype=dtype),
        saddles=read_only(maps or np.zeros((0, *given.zero.shape)), dtype=dtype),
        loss_levels=read_only(levels, dtype=dtype),
        active_sets=tuple(before),
        events=tuple(Event(modes) for modes in entered),
        initial_loss=start,
        unique=tuple(not any(_tied(given, jump) for jump in together) for together in jumps),
        undecided=undecided,
        notes=(*notes, *_near(times), *_ties(given)),
    )


def _tied(given: Merger, jump: Jump) -> bool:
    """Whether floats leave open which map the jump leads to: fractions and balls refuse a block with such a tie."""
    b, k = jump
    falls = given.pieces[b].falls
    return given.arithmetic == "float" and k + 1 < len(falls) and falls[k] - falls[k + 1] <= SAME_FALL * falls[0]


def _ties(given: Merger) -> tuple[str, ...]:
    return tuple(
        f"μ {k + 1} and μ {k + 2} of {'the whole' if len(given.pieces) == 1 else f'block {b + 1}'} coincide: which "
        "directions are learned first is not determined, and later times depend on the choice"
        for b, piece in enumerate(given.pieces)
        for k in range(len(piece.falls))
        if _tied(given, (b, k))
    )


def _level(noise: Any, left: list[list[Any]]) -> Any:
    """From the smallest fall up: the last levels are not what is left of the first."""
    present = [fall for falls in left for fall in falls if fall is not None]
    return sum(sorted(present, key=_middle), noise)


def _in_time(given: Merger) -> tuple[list[list[Jump]], tuple[UndecidedEvent, ...]]:
    all_jumps = [(b, k) for b, piece in enumerate(given.pieces) for k in range(len(piece.times))]
    ordered = sorted(all_jumps, key=lambda jump: (_middle(_time(given, jump)), jump))
    found: list[list[Jump]] = []
    for position, jump in enumerate(ordered):
        if not position:
            found.append([jump])
            continue
        earlier = given.before(_time(given, ordered[position - 1]), _time(given, jump))
        if earlier is None:
            return _undecided(given, found, jump)
        if earlier:
            found.append([jump])
        else:
            found[-1].append(jump)
    return found, ()


def _undecided(
    given: Merger, found: list[list[Jump]], jump: Jump
) -> tuple[list[list[Jump]], tuple[UndecidedEvent, ...]]:
    """The sequence ends before the jump whose place is in doubt, and the one it may be confused with."""
    *kept, last = found
    modes = sorted(given.modes[b][k] for b, k in (*last, jump))
    times = [_time(given, last[-1]), _time(given, jump)]
    gap = abs(_middle(times[1]) - _middle(times[0]))
    names = ", ".join(str(mode + 1) for mode in modes)
    way_out = "arithmetic='exact' or 'ball'" if given.arithmetic == "float" else "arithmetic='exact'"
    reason = (
        f"modes {names} jump at times that {given.arithmetic} numbers do not tell apart, {float(gap):.2g} at "
        f"{float(_middle(times[0])):.9g}; {way_out} may"
    )
    return kept, (UndecidedEvent(len(kept), tuple(modes), reason),)


def _with_neurons_enough(
    given: Merger, jumps: list[list[Jump]], undecided: tuple[UndecidedEvent, ...]
) -> tuple[list[list[Jump]], tuple[UndecidedEvent, ...]]:
    kept: list[list[Jump]] = []
    for together in jumps:
        used = sum(map(len, kept))
        if used + len(together) <= given.width:
            kept.append(together)
            continue
        modes = tuple(sorted(given.modes[b][k] for b, k in together))
        if used < given.width:
            reason = f"{given.width - used} hidden neurons are left for {len(together)} modes that jump together"
            return kept, (UndecidedEvent(len(kept), modes, reason),)
        rate = given.escape(_reached(given, kept))
        if not rate > 0:
            return kept, ()  # the best map of its rank: it is not left
        reason = (
            f"{given.width} hidden neurons, all active, at a saddle that they leave at rate {rate:.6g} when disturbed: "
            "an aligned start never does, so that the limit is not one of the moments alone"
        )
        return kept, (UndecidedEvent(len(kept), modes, reason),)
    return kept, undecided


def _reached(given: Merger, jumps: list[list[Jump]]) -> Any:
    last = {b: k for together in jumps for b, k in together}
    return sum((given.pieces[b].maps[k] for b, k in last.items()), given.zero)


def _near(times: list[Any]) -> tuple[str, ...]:
    gaps = [float(_middle(b - a)) / float(_middle(b)) for a, b in pairwise(times)]
    return tuple(
        f"jumps {k} and {k + 1} differ by a relative {gap:.2g}: the plateau between them shows where log(1/ε) is far "
        "above the inverse of that"
        for k, gap in enumerate(gaps, start=1)
        if gap < NEAR
    )


def _time(given: Merger, jump: Jump) -> Any:
    return given.pieces[jump[0]].times[jump[1]]


def _middle(value: Any) -> Any:
    return _Point(value.mid()) if hasattr(value, "mid") else value


class _Point:
    """The midpoint of a ball, an exact number with an order."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Point) -> bool:
        return bool(self.value < other.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Point) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]

    def __sub__(self, other: _Point) -> _Point:
        return _Point((self.value - other.value).mid())

    def __abs__(self) -> _Point:
        return _Point(abs(self.value))

    def __float__(self) -> float:
        return float(self.value)
