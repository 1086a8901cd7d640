"""Data with one column moved: scaled, and mixed with another; exact, and everything else as it was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from math import log2

from agf_theory.errors import InputError
from agf_theory.explore.given import MOST_BYTES, too_large
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import MAX_LENGTH, parse_number

__all__ = ["column_names", "moved_column"]

_LONGEST_DECIMAL = 30


def column_names(text: str) -> tuple[str, ...]:
    """The names in the first row; none if it cannot be read."""
    return tuple(_rows(text)[0]) if _rows(text) else ()


def moved_column(text: str, *, file: str, column: str, factor: str, toward: str, share: str) -> str:
    r"""The text with `column` replaced by factor · column + share · toward.

    Parameters
    ----------
    text : str
        Comma-separated, names in the first row. Where it is no such table it is returned as it is, for the reader of
        the command to say what is wrong with it.
    file : str
        Its name, for messages.
    column, toward : str
        Names of columns; without a `column` nothing is moved, without `toward` nothing is added.
    factor, share : str
        Numbers; 1 and 0 if empty. A share of another column moves the correlation of the two.

    Raises
    ------
    InputError
        If there is no such column, or a number is none; if the moved column grows beyond what is read as data.

    Examples
    --------
    >>> print(moved_column("a,b\n1,2\n1/3,4", file="d.csv", column="a", factor="1.5", toward="b", share="0.1"))
    a,b
    1.7,2
    0.9,4
    """
    by, added = (
        parse_number(factor or "1", "factor of a column"),
        parse_number(share or "0", "share of another column"),
    )
    rows = _rows(text)
    if not column or not rows or (by == 1 and (added == 0 or not toward)):
        return text
    at, other = _index(column, rows[0], file), _index(toward, rows[0], file) if toward else None
    length = 0
    for row in rows[1:]:
        try:
            value = by * parse_number(row[at]) + (0 if other is None else added * parse_number(row[other]))
        except (InputError, IndexError):
            return text
        row[at] = _written(value, f"{file}, column {column!r:.40}")
        length += len(row[at])
        if length > MOST_BYTES:  # 1e4000 has six characters, and 4001 digits once it is moved
            raise too_large(file)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")


def _rows(text: str) -> list[list[str]]:
    """Cells of every row that is not blank; none if the text is no table."""
    try:
        found = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error:
        return []
    return [[cell.strip() for cell in found[0]], *found[1:]] if found else []


def _index(name: str, header: Sequence[str], file: str) -> int:
    if name not in header:
        shown = ", ".join(repr(each)[:40] for each in header[:20])
        raise InputError(f"{file}: no column {name!r:.40} to move; the columns are {shown}{did_you_mean(name, header)}")
    return header.index(name)


def _written(value: Fraction, what: str) -> str:
    """A decimal where it ends and is short, else a fraction; exact."""
    # Python itself refuses to write integers of more than 4300 digits, and so does the reader of the data.
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_LENGTH * log2(10):
        raise InputError(f"{what}: numbers of at most {MAX_LENGTH} digits are required, got a longer one when moved")
    if 10**_LONGEST_DECIMAL % value.denominator:
        return f"{value.numerator}/{value.denominator}"
    places = next(places for places in range(_LONGEST_DECIMAL + 1) if 10**places % value.denominator == 0)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
