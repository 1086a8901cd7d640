"""Several columns of one table set apart as targets."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.csv_reader import read_csv
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import quoted

__all__ = ["read_csv_targets", "required_targets"]


def required_targets(targets: Any) -> tuple[str, ...]:
    """The names, without spaces around them.

    Raises
    ------
    InputError
        If there is none, one is no text, or two are equal.
    """
    if isinstance(targets, str) or not isinstance(targets, Sequence):
        raise InputError(f"targets: a sequence of column names is required, got {targets!r:.60}")
    if not targets:
        raise InputError("targets: at least one column name is required, got none")
    for name in targets:
        if not isinstance(name, str):
            raise InputError(f"targets: names of columns are required, got {name!r:.60}")
    names = tuple(name.strip() for name in targets)
    for position, name in enumerate(names):
        if name in names[:position]:
            raise InputError(f"targets: columns that differ are required, got {quoted(name)} twice")
    return names


def read_csv_targets(path: str | PathLike[str], targets: Sequence[str], *, delimiter: str) -> LabelledData:
    """A table read by `read_csv` whose `y` is (n, c), one column for each target in the order given.

    Raises
    ------
    MissingInput
        If the file or a target column is not there.
    InputError
        If the file is no such table, a target is named twice, or no other column is left.
    """
    wanted = required_targets(targets)
    data = read_csv(path, target=wanted[0], delimiter=delimiter)
    assert data.names is not None, "a table read from CSV has names"
    file = data.title.removesuffix(f": {wanted[0]}")
    at = [_column(name, data.names, file) for name in wanted[1:]]
    kept = [i for i in range(len(data.names)) if i not in at]
    if not kept:
        raise InputError(f"{file}: a column besides the targets is required, got none")
    shown = ", ".join(wanted)
    return LabelledData(
        [[row[i] for i in kept] for row in data.X],
        [[value, *(row[i] for i in at)] for value, row in zip(data.y, data.X, strict=True)],
        tuple(data.names[i] for i in kept),
        f"{file}: {shown}",
        f"{file}, target{'s' if at else ''} {shown}",
    )


def _column(name: str, names: Sequence[str], file: str) -> int:
    if name not in names:
        shown = ", ".join(quoted(each) for each in names[:20]) + (", ..." if len(names) > 20 else "")
        raise MissingInput(
            f"{file}: no column {quoted(name)} to be a target; the other columns are {shown}{did_you_mean(name, names)}"
        )
    return names.index(name)
