"""Centring and scaling of columns: what `standardize=True` does to a problem."""

from __future__ import annotations

import math
from collections.abc import Sequence

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.exact_data import ExactArray

__all__ = ["centred_target", "standardized_columns"]


def standardized_columns(design: ExactArray, names: Sequence[str]) -> ExactArray:
    """Columns of mean zero and mean square one, to rounding: (x - mean) / sqrt(mean((x - mean)**2)), divisor n.

    Raises
    ------
    InputError
        If a column is constant: there is nothing to scale.
    """
    columns = []
    for index, name in enumerate(names):
        centred, _ = _centred(design, index)
        if not centred.any():
            raise InputError(f"standardising column {name!r}: values that differ are required, got a constant; drop it")
        mean_square = math.fsum((centred * centred).tolist()) / len(centred)
        columns.append(centred / math.sqrt(mean_square))
    return ExactArray(np.ascontiguousarray(np.column_stack(columns)) + 0.0)


def centred_target(target: ExactArray) -> ExactArray:
    """The target less its mean; a constant target becomes zero.

    Raises
    ------
    InputError
        If a difference from the mean exceeds the largest double.
    """
    centred, exponent = _centred(target, 0)
    with np.errstate(over="ignore"):
        values = np.ldexp(centred, exponent) + 0.0
    if not np.isfinite(values).all():
        raise InputError("centring y: numbers up to 1.8e308 are allowed, got a larger difference; rescale y")
    return ExactArray(values)


def _centred(array: ExactArray, index: int) -> tuple[NDArray[np.float64], int]:
    """One column less its mean, as floats of size at most two times a power of two (given by its exponent).

    Rationals are centred exactly before they are rounded, so that a small spread about a large mean survives.
    """
    if array.rationals is not None:
        columns = array.floats.size // len(array.floats)
        exact = [flint.fmpq(value.numerator, value.denominator) for value in array.rationals[index::columns]]
        mean = sum(exact, flint.fmpq(0)) / len(exact)
        differences = [value - mean for value in exact]
        exponent = _exponent(max(abs(difference) for difference in differences))
        scale = flint.fmpq(2) ** -exponent
        return np.array([_nearest_double(difference * scale) for difference in differences]), exponent
    floats = array.floats.reshape(len(array.floats), -1)[:, index]
    exponent = math.frexp(float(np.abs(floats).max()))[1]
    scaled = np.ldexp(floats, -exponent)  # exact, and neither sums nor squares can overflow
    return scaled - math.fsum(scaled.tolist()) / len(scaled), exponent


def _exponent(size: flint.fmpq) -> int:
    """An exponent e with size < 2**(e + 1), tight within a factor of four."""
    return int(size.p).bit_length() - int(size.q).bit_length() if size else 0


def _nearest_double(value: flint.fmpq) -> float:
    return int(value.p) / int(value.q)  # Python rounds the quotient of two integers correctly
