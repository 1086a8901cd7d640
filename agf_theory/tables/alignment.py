"""Which jumps of several methods share a row: those that lead from the same saddle to the same saddle."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from agf_theory.tables.method_run import MethodRun, Transition

__all__ = ["AlignedRow", "align", "longest_common_subsequence"]


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
    swaps or merges two jumps, its jumps get rows of their own and later agreement is found again. Times play no part.
    """
    rows: list[AlignedRow] = []
    for run in runs:
        rows = _merged(rows, run)
    return rows


def _merged(rows: list[AlignedRow], run: MethodRun) -> list[AlignedRow]:
    matches = longest_common_subsequence(
        [row.transition.key for row in rows], [transition.key for transition in run.transitions]
    )
    merged: list[AlignedRow] = []
    next_row = next_jump = 0
    for row, jump in [*matches, (len(rows), len(run.transitions))]:
        merged += rows[next_row:row]
        merged += [AlignedRow(run.transitions[k], {run.key: k}) for k in range(next_jump, jump)]
        if row < len(rows):
            rows[row].jumps[run.key] = jump
            merged.append(rows[row])
        next_row, next_jump = row + 1, jump + 1
    return merged


def longest_common_subsequence(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Index pairs, increasing in both, of a longest common subsequence.

    Examples
    --------
    >>> longest_common_subsequence("abcd", "acbd")
    [(0, 0), (1, 2), (3, 3)]
    """
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    pairs = [(i, i) for i in range(start)]
    return pairs + [(start + i, start + j) for i, j in _by_dynamic_programming(first[start:], second[start:])]


def _by_dynamic_programming(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[tuple[int, int]]:
    longest = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1 if first[i] == second[j] else max(longest[i + 1][j], longest[i][j + 1])
            )
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i][j + 1] >= longest[i + 1][j]:
            j += 1
        else:
            i += 1
    return pairs
