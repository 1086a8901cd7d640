"""Which jumps of several methods share a row: those that lead from the same saddle to the same saddle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from agf_theory.tables.method_run import MethodRun, Transition

__all__ = ["AlignedRow", "align", "best_matching"]

First = TypeVar("First")
Second = TypeVar("Second")


@dataclass
class AlignedRow:
    """One transition, and the number of the jump (from zero) by which each method takes it.

    Attributes
    ----------
    transition : Transition
        As the first method that takes it has it.
    jumps : dict from method key to int
        A method without an entry does not take this transition.
    """

    transition: Transition
    jumps: dict[str, int] = field(default_factory=dict)


def align(runs: Sequence[MethodRun]) -> list[AlignedRow]:
    """Rows of the table: every transition of every method, those that agree in one row, in order for each method.

    Jumps are matched by who enters, who leaves and who is active afterwards, never by their number: if one method
    swaps or merges two jumps, its jumps get rows of their own, right after those that lead to the same saddle, and
    later agreement is found again. Times play no part.
    """
    rows: list[AlignedRow] = []
    for run in runs:
        rows = _merged(rows, run)
    return rows


def _merged(rows: list[AlignedRow], run: MethodRun) -> list[AlignedRow]:
    transitions = run.transitions
    merged: list[AlignedRow] = []
    next_row = next_jump = 0
    for i, j in [*_meetings(rows, transitions), (len(rows), len(transitions))]:
        own = [AlignedRow(transitions[k], {run.key: k}) for k in range(next_jump, min(j + 1, len(transitions)))]
        merged += rows[next_row:i]
        if i < len(rows) and rows[i].transition.key == transitions[j].key:
            rows[i].jumps[run.key] = j
            merged += [*own[:-1], rows[i]]
        else:
            merged += [*rows[i : i + 1], *own]
        next_row, next_jump = i + 1, j + 1
    return merged


def _meetings(rows: Sequence[AlignedRow], transitions: Sequence[Transition]) -> list[tuple[int, int]]:
    """Which row and which jump lead to the same saddle: as many shared jumps as possible, then other meetings."""
    # Small numbers for keys and saddles: sets of a thousand neurons are compared once, not a million times.
    numbers: dict[object, int] = {}
    left, right = (
        [(numbers.setdefault(t.key, len(numbers)), numbers.setdefault(t.active, len(numbers))) for t in side]
        for side in ([row.transition for row in rows], transitions)
    )
    start = _shared_start(left, right)
    end = _shared_start(left[start:][::-1], right[start:][::-1])
    rest = left[start : len(left) - end], right[start : len(right) - end]
    most = min(map(len, rest)) + 1

    def worth(a: tuple[int, int], b: tuple[int, int]) -> int:
        return most if a == b else int(a[1] == b[1])

    pairs = [(i, i) for i in range(start)]
    pairs += [(start + i, start + j) for i, j in best_matching(*rest, worth)]
    return pairs + [(len(left) - k, len(right) - k) for k in range(end, 0, -1)]


def _shared_start(first: Sequence[object], second: Sequence[object]) -> int:
    return next(
        (k for k, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def best_matching(
    first: Sequence[First], second: Sequence[Second], worth: Callable[[First, Second], int]
) -> list[tuple[int, int]]:
    """Index pairs, increasing in both sequences, of the greatest total worth.

    Parameters
    ----------
    worth : function of (item of first, item of second)
        Zero for items that may not be paired.

    Examples
    --------
    >>> best_matching("abcd", "acbd", lambda a, b: a == b)
    [(0, 0), (2, 1), (3, 3)]
    """
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    worths = [[worth(a, b) for b in second] for a in first]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            paired = best[i + 1][j + 1] + worths[i][j] if worths[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if best[i][j] == best[i + 1][j]:  # the later of equally good rows: columns then start in their order
            i += 1
        elif worths[i][j] and best[i][j] == best[i + 1][j + 1] + worths[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        else:
            j += 1
    return pairs
