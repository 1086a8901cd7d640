"""Where methods take different jumps, said plainly: another order, one jump for several, another path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agf_theory.tables.alignment import AlignedRow
from agf_theory.tables.method_run import MethodRun, Transition

__all__ = ["Difference", "differences", "who"]

_MOST_NAMES = 6


@dataclass(frozen=True)
class Difference:
    """A stretch of rows in which methods part from the reference.

    Attributes
    ----------
    statement : str
        One sentence.
    rows : frozenset of int
        The rows it speaks about.
    """

    statement: str
    rows: frozenset[int]


def differences(rows: Sequence[AlignedRow], runs: Sequence[MethodRun], names: Sequence[str]) -> tuple[Difference, ...]:
    """Every stretch in which a method and the reference (the first method that has a result) take different jumps.

    A stretch ends as soon as both sides are at one saddle again: they differ in it in order, in number or in route.
    If that never comes, the method is on another path from there on. A method that ends undecided is not reported here
    but by its own statement.
    """
    present = [run for run in runs if run.absent is None]
    found: dict[tuple[str, frozenset[int]], list[str]] = {}
    for run in present[1:]:
        for statement, where in _differences_of(rows, present[0], run, names):
            found.setdefault((statement, where), []).append(run.key)
    in_reading_order = sorted(found.items(), key=lambda item: min(item[0][1]))
    return tuple(Difference(f"{', '.join(keys)}: {text}", where) for (text, where), keys in in_reading_order)


def _differences_of(
    rows: Sequence[AlignedRow], reference: MethodRun, run: MethodRun, names: Sequence[str]
) -> list[tuple[str, frozenset[int]]]:
    found = []
    gap: list[int] = []
    at = {reference.key: frozenset[int](), run.key: frozenset[int]()}
    for index, row in enumerate(rows):
        taking = at.keys() & row.jumps.keys()
        if len(taking) == 1:
            gap.append(index)
        at |= dict.fromkeys(taking, row.transition.active)
        if taking and at[reference.key] == at[run.key]:
            found.append((_about(rows, gap, reference, run, names, closed=True), frozenset(gap)))
            gap = []
    found.append((_about(rows, gap, reference, run, names, closed=False), frozenset(gap)))
    return [(text, where) for text, where in found if text]


def _about(
    rows: Sequence[AlignedRow],
    gap: Sequence[int],
    reference: MethodRun,
    run: MethodRun,
    names: Sequence[str],
    *,
    closed: bool,
) -> str:
    theirs = [rows[i] for i in gap if reference.key in rows[i].jumps]
    ours = [rows[i] for i in gap if run.key in rows[i].jumps]
    return _statement(reference, theirs, run, ours, names, closed=closed)


def _statement(
    reference: MethodRun,
    theirs: Sequence[AlignedRow],
    run: MethodRun,
    ours: Sequence[AlignedRow],
    names: Sequence[str],
    *,
    closed: bool,
) -> str:
    if not theirs and not ours:
        return ""
    spoken = _spoken([row.transition for row in ours], names)
    numbers = _numbers([row.jumps[reference.key] for row in theirs])
    if not theirs:
        if not closed and not reference.complete:
            return f"goes on where {reference.key} stops: {spoken}"
        return f"takes besides the jumps of {reference.key}: {spoken}"
    if not ours:
        return "" if run.stops else f"shows no {numbers} of {reference.key}"
    if not closed:
        return f"takes another path than {reference.key} from {numbers} on: {spoken}"
    if len(ours) < len(theirs):
        return f"merges {numbers} of {reference.key}: {spoken}"
    if len(ours) > len(theirs):
        return f"splits {numbers} of {reference.key}: {spoken}"
    moves = [
        sorted((sorted(row.transition.entered), sorted(row.transition.left)) for row in side) for side in (ours, theirs)
    ]
    manner = "in another order" if moves[0] == moves[1] else "by another route"
    return f"takes {numbers} of {reference.key} {manner}: {spoken}"


def _numbers(jumps: Sequence[int]) -> str:
    if not jumps:
        return ""
    first, last = jumps[0] + 1, jumps[-1] + 1
    return f"jump {first}" if first == last else f"jumps {first}–{last}"


def _spoken(transitions: Sequence[Transition], names: Sequence[str]) -> str:
    shown = [" ".join(who(transition, names)) for transition in transitions[:_MOST_NAMES]]
    more = len(transitions) - len(shown)
    return ", then ".join(shown) + (f", and {more} more" if more else "")


def who(transition: Transition, names: Sequence[str]) -> tuple[str, ...]:
    """Names with their signs: "+name" for every neuron that enters, then "−name" for every one that leaves."""
    return tuple(f"+{names[i]}" for i in transition.entered) + tuple(f"−{names[i]}" for i in transition.left)
