"""Tuples and matrices of expressions, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sympy import ImmutableDenseMatrix, Matrix, Tuple

from agf_theory.closed_form.balls.enclosing import enclose
from agf_theory.closed_form.balls.enclosure import Enclosure
from agf_theory.closed_form.balls.values import Value
from agf_theory.errors import InputError

__all__ = ["enclose_entries"]


def enclose_entries(
    entries: Tuple | Matrix | ImmutableDenseMatrix, values: Mapping[Any, Value] | None = None, **accuracy: Any
) -> list[Enclosure] | list[list[Enclosure]]:
    """Enclosures of the entries of a tuple, or of an explicit matrix as rows; accuracy as for `enclose`.

    Raises
    ------
    InputError
        If it is neither; a matrix of symbolic shape has no entries.

    Examples
    --------
    >>> from sympy import Matrix, sqrt
    >>> [[float(entry.ball) for entry in row] for row in enclose_entries(Matrix([[1, sqrt(4)]]), digits=10)]
    [[1.0, 2.0]]
    """

    def row(parts: Iterable[Any]) -> list[Enclosure]:
        return [enclose(part, values, **accuracy) for part in parts]

    if isinstance(entries, Tuple):
        return row(entries)
    if isinstance(entries, Matrix | ImmutableDenseMatrix):
        return [row(entries.row(i)) for i in range(entries.rows)]
    raise InputError(f"entries: an explicit matrix or a tuple is required, got {type(entries).__name__}")
