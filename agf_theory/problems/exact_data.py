"""Tables of numbers as users write them, turned into the doubles and the exact rationals they stand for."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number

__all__ = ["ExactArray", "exact_array"]

_T = TypeVar("_T")

_LARGEST_EXACT_INTEGER = 2**53
_SMALLEST_NORMAL = 2.0**-1022


@dataclass(frozen=True, eq=False)
class ExactArray:
    """A vector or matrix of numbers, known exactly.

    Attributes
    ----------
    floats : (n,) or (n, d) read-only float array
        The double nearest to each number.
    rationals : tuple of Fraction in row order, or None
        The numbers themselves where some are not doubles; None if the doubles are the numbers.
    """

    floats: NDArray[np.float64]
    rationals: tuple[Fraction, ...] | None = None

    def __post_init__(self) -> None:
        self.floats.flags.writeable = False

    def matrix(self) -> flint.fmpq_mat:
        """The exact numbers as a new FLINT matrix; a vector becomes one column."""
        if self.rationals is None:
            entries = [flint.fmpq(*value.as_integer_ratio()) for value in self.floats.ravel().tolist()]
        else:
            entries = [flint.fmpq(value.numerator, value.denominator) for value in self.rationals]
        rows = self.floats.shape[0]
        return flint.fmpq_mat(rows, self.floats.size // rows, entries)


def exact_array(values: Any, *, what: str, dimensions: int) -> ExactArray:
    """Read a vector (``dimensions=1``) or matrix (``dimensions=2``) without losing a digit.

    Parameters
    ----------
    values : array, nested sequences, pandas Series or DataFrame, flint.fmpq_mat
        Entries may be int, float, Fraction, Decimal, flint.fmpq, numeric text ("0.1" is one tenth, "1/3" a third),
        mixed. Binary floats count as exactly the numbers they are.
    what : str
        Name to begin error messages with.

    Raises
    ------
    InputError
        If the shape is wrong, rows differ in length, there are no entries, or an entry is not a finite real number that
        doubles can represent to full precision.
    """
    if np.ma.isMaskedArray(values) and np.ma.getmaskarray(values).any():
        raise InputError(f"{what}: every entry is required, got a masked array; drop the masked rows or fill them in")
    if isinstance(values, np.ndarray) and values.dtype.names is not None:
        raise InputError(f"{what}: plain numbers are required, got records; pass one array, or a DataFrame")
    if isinstance(values, np.ndarray) and values.dtype.kind == "f" and values.dtype.itemsize <= 8:
        return _from_floats(_shaped(np.array(values, dtype=np.float64, order="C"), what, dimensions), what)
    flat, shape = _flattened(_nested(values, dimensions), what, dimensions)
    if _are_doubles(flat):
        return _from_floats(np.array(flat, dtype=np.float64).reshape(shape), what)
    fractions = list(_each(_as_fraction, flat, what, shape))
    return _from_fractions(fractions, shape, what)


def _from_floats(floats: NDArray[np.float64], what: str) -> ExactArray:
    finite = np.isfinite(floats)
    if not finite.all():
        index = int(np.argmin(finite.ravel()))
        value = floats.ravel()[index]
        raise InputError(f"{_place(what, index, floats.shape)}: a finite number is required, got {value}")
    return ExactArray(floats + 0.0)  # adding zero turns -0.0 into 0.0: equal numbers get equal bytes


def _from_fractions(fractions: Sequence[Fraction], shape: tuple[int, ...], what: str) -> ExactArray:
    doubles = list(_each(_nearest_double, fractions, what, shape))
    floats = np.array(doubles, dtype=np.float64).reshape(shape)
    all_doubles = all(
        double.as_integer_ratio() == (value.numerator, value.denominator)
        for double, value in zip(doubles, fractions, strict=True)
    )
    return ExactArray(floats, None if all_doubles else tuple(fractions))


def _each(convert: Callable[[Any], _T], values: Iterable[Any], what: str, shape: tuple[int, ...]) -> Iterator[_T]:
    """Convert every entry; where one that cannot be converted stands is worked out only then."""
    for index, value in enumerate(values):
        try:
            yield convert(value)
        except InputError as error:
            raise InputError(f"{_place(what, index, shape)}: {error}") from None


def _nearest_double(value: Fraction) -> float:
    try:
        nearest = float(value)
    except OverflowError:
        raise InputError("numbers up to 1.8e308 are allowed, got a larger one; rescale the data") from None
    if value and abs(nearest) < _SMALLEST_NORMAL and Fraction(nearest) != value:
        raise InputError("nonzero numbers must be at least 2.3e-308 in size, or doubles lose them; rescale the data")
    return nearest


def _as_fraction(value: Any) -> Fraction:
    if type(value) is Fraction:
        return value
    if isinstance(value, (str, Decimal)):
        return parse_number(str(value))
    if isinstance(value, (bool, np.bool_)):
        raise InputError(f"a number is required, got the truth value {value}; write 0 or 1")
    if isinstance(value, np.timedelta64):  # an integer to numpy
        raise InputError(_unsuitable(value))
    if isinstance(value, (int, np.integer)):
        return Fraction(int(value))
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            raise InputError(f"a finite number is required, got {float(value)}")
        return Fraction(*value.as_integer_ratio())
    if isinstance(value, (flint.fmpz, flint.fmpq, numbers.Rational)):
        return Fraction(int(value.numerator), int(value.denominator))
    raise InputError(_unsuitable(value))


def _unsuitable(value: Any) -> str:
    if isinstance(value, (complex, np.complexfloating)):
        return f"a real number is required, got the complex number {value}"
    if value is None or type(value).__name__ in {"NAType", "NaTType", "MaskedConstant"}:
        return "a number is required, got a missing value; drop the row or fill it in"
    return f"a real number (int, float, Fraction, 'p/q') is required, got {type(value).__name__}"


def _nested(values: Any, dimensions: int) -> Any:
    """Nested lists of the entries, without the rounding that a common dtype would bring."""
    if isinstance(values, (flint.fmpq_mat, flint.fmpz_mat)):
        return list(values.entries()) if dimensions == 1 and values.ncols() == 1 else values.tolist()
    if hasattr(values, "to_numpy"):  # column by column: pandas itself would round integers that stand beside floats
        return np.asarray(values.astype(object), dtype=object).tolist()
    return np.asarray(values).astype(object).tolist() if hasattr(values, "__array__") else values


def _are_doubles(flat: list[Any]) -> bool:
    """Whether all entries are plain floats, or integers that doubles hold exactly."""
    if not set(map(type, flat)) <= {int, float}:
        return False
    return all(abs(value) <= _LARGEST_EXACT_INTEGER for value in flat if type(value) is int)


def _flattened(values: Any, what: str, dimensions: int) -> tuple[list[Any], tuple[int, ...]]:
    """All entries in row order, and the shape they were in."""
    if not _is_sequence(values):
        raise InputError(
            f"{what}: {_wanted_shape(dimensions)} is required, got {type(values).__name__}{_way_out(values)}"
        )
    if dimensions == 1:
        if any(_is_sequence(entry) for entry in values):
            raise InputError(f"{what}: {_wanted_shape(1)} is required, got a table; pass one column of it")
        return _nonempty(list(values), what), (len(values),)
    rows = [_row(row, number, what) for number, row in enumerate(values, start=1)]
    lengths = [len(row) for row in rows]
    for number, length in enumerate(lengths, start=1):
        if length != lengths[0]:
            raise InputError(
                f"{what}: rows of equal length are required, got {lengths[0]} in row 1 and {length} in row {number}"
            )
    return _nonempty([entry for row in rows for entry in row], what), (len(rows), lengths[0])


def _row(row: Any, number: int, what: str) -> list[Any]:
    if not _is_sequence(row):
        raise InputError(
            f"{what}: {_wanted_shape(2)} is required, got {type(row).__name__} as row {number}; "
            "one column is written [[1], [2], ...]"
        )
    return list(row)


def _is_sequence(values: Any) -> bool:
    if isinstance(values, np.ndarray):
        return values.ndim > 0
    return isinstance(values, Sequence) and not isinstance(values, (str, bytes, bytearray, memoryview))


def _way_out(values: Any) -> str:
    if hasattr(values, "toarray"):
        return "; pass X.toarray()"
    return "; pass list(...)" if isinstance(values, Iterable) and not isinstance(values, (str, bytes)) else ""


def _shaped(array: NDArray[np.float64], what: str, dimensions: int) -> NDArray[np.float64]:
    if array.ndim != dimensions:
        way_out = "; pass one column of it" if dimensions == 1 and array.ndim == 2 else ""
        raise InputError(f"{what}: {_wanted_shape(dimensions)} is required, got shape {array.shape}{way_out}")
    if array.size == 0:
        raise InputError(f"{what}: at least one entry is required, got shape {array.shape}")
    return array


def _nonempty(flat: list[Any], what: str) -> list[Any]:
    if not flat:
        raise InputError(f"{what}: at least one entry is required, got none")
    return flat


def _wanted_shape(dimensions: int) -> str:
    return "one number a row" if dimensions == 1 else "a table with one row a sample and one column a coordinate"


def _place(what: str, index: int, shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"{what}, row {index + 1}"
    return f"{what}, row {index // shape[1] + 1}, column {index % shape[1] + 1}"
