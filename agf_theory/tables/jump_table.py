"""The table of jumps: what every format prints, independent of the system and of the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agf_theory.tables.alignment import AlignedRow, align
from agf_theory.tables.differences import Difference, differences
from agf_theory.tables.method_run import MethodRun, Transition
from agf_theory.tables.particulars import Particulars

__all__ = ["JumpTable", "Scale", "TableBlock", "TableRow", "jump_table"]


@dataclass(frozen=True)
class Scale:
    """The initialisation scale of a block: α as the user wrote it, and log(1/α)."""

    text: str
    log_inverse: float


@dataclass(frozen=True)
class TableRow:
    """One transition, and when each method takes it.

    Attributes
    ----------
    number : int or None
        The reference's number of the jump, from one; None if the reference does not take it.
    transition : Transition
        As the first method that takes it has it: who enters and leaves, the loss level, the saddle.
    by_method : mapping from method key to Transition
        A method that does not take this transition is missing.
    jumps : mapping from method key to int
        The number, from one, of this jump for each method that takes it.
    differences : tuple of int
        Which of the block's differences speak about this row.
    """

    number: int | None
    transition: Transition
    by_method: Mapping[str, Transition]
    jumps: Mapping[str, int]
    differences: tuple[int, ...] = ()


@dataclass(frozen=True)
class TableBlock:
    """The rows for one initialisation scale (None: the limit alone).

    Attributes
    ----------
    scale : Scale or None
    runs : tuple of MethodRun
        In the order of the columns.
    rows : tuple of TableRow
    initial_loss : scalar
    differences : tuple of Difference
    remarks : tuple of str
        What the methods say about themselves: notes, early stops, absences, jumps without a time.
    """

    scale: Scale | None
    runs: tuple[MethodRun, ...]
    rows: tuple[TableRow, ...]
    initial_loss: Any
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class JumpTable:
    """A table of jump times by several methods.

    Attributes
    ----------
    system : str
    title : str
        The problem, in one line.
    facts : mapping
        Sizes and settings of the problem ("n": 442, "d": 10).
    options : mapping
        What the user asked for; JSON values only.
    names : tuple of str
        Names of the neurons.
    clock : str
        What one unit of time is, with the normalisation of the loss.
    blocks : tuple of TableBlock
        One per initialisation scale.
    particulars : Particulars or None
        What is known of each name whatever the method.
    """

    system: str
    title: str
    facts: Mapping[str, Any]
    options: Mapping[str, Any]
    names: tuple[str, ...]
    clock: str
    blocks: tuple[TableBlock, ...]
    particulars: Particulars | None = None

    def __repr__(self) -> str:
        return f"<JumpTable {self.system}: {self.title}>"

    def __str__(self) -> str:
        from agf_theory.tables.as_text import as_text

        return as_text(self, width=80)

    def _repr_html_(self) -> str:
        from agf_theory.tables.as_html import jump_fragment

        return jump_fragment(self)


def jump_table(
    *,
    system: str,
    title: str,
    facts: Mapping[str, Any],
    options: Mapping[str, Any],
    names: Sequence[str],
    blocks: Iterable[tuple[Scale | None, Sequence[MethodRun]]],
    particulars: Particulars | None = None,
) -> JumpTable:
    """Align the methods' results, one block per initialisation scale.

    Parameters
    ----------
    blocks : iterable of (scale, runs)
        At least one run with a result in every block.
    particulars : Particulars, optional
        With the same names.
    """
    built = tuple(_block(scale, tuple(runs), names) for scale, runs in blocks)
    clock = next(run.clock for block in built for run in block.runs if run.absent is None)
    return JumpTable(system, title, dict(facts), dict(options), tuple(names), clock, built, particulars)


def _block(scale: Scale | None, runs: tuple[MethodRun, ...], names: Sequence[str]) -> TableBlock:
    present = [run for run in runs if run.absent is None]
    aligned = align(present)
    found = differences(aligned, runs, names)
    rows = tuple(_row(index, row, present, found) for index, row in enumerate(aligned))
    return TableBlock(scale, runs, rows, present[0].initial_loss, found, _remarks(runs, present[0].clock))


def _row(index: int, row: AlignedRow, present: Sequence[MethodRun], found: Sequence[Difference]) -> TableRow:
    by_method = {run.key: run.transitions[row.jumps[run.key]] for run in present if run.key in row.jumps}
    reference = row.jumps.get(present[0].key)
    return TableRow(
        None if reference is None else reference + 1,
        row.transition,
        by_method,
        {key: jump + 1 for key, jump in row.jumps.items()},
        tuple(k for k, difference in enumerate(found) if index in difference.rows),
    )


def _remarks(runs: Sequence[MethodRun], clock: str) -> tuple[str, ...]:
    said: dict[str, list[str]] = {}
    for run in runs:
        for text in _own_remarks(run, clock):
            said.setdefault(text, []).append(run.key)
    return tuple(f"{', '.join(keys)}: {text}" for text, keys in said.items())


def _own_remarks(run: MethodRun, clock: str) -> list[str]:
    if run.absent is not None:
        return [f"no result: {run.absent}"]
    remarks = list(run.notes)
    remarks += [f"stops undecided before {stop}" for stop in run.stops]
    if run.clock != clock:
        remarks.append(f"its clock is {run.clock}")
    unresolved = [k + 1 for k, transition in enumerate(run.transitions) if not transition.resolved]
    if unresolved and not run.timeless:
        remarks.append(f"no time could be read off for {_jumps(unresolved)} (marked ?)")
    return remarks


def _jumps(numbers: Sequence[int]) -> str:
    return f"jump{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
