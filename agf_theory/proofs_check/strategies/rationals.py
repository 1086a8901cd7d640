"""Rational numbers, the simplest first."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import ceil, floor

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = ["simple_rationals"]

FEWEST = 24
"""Numbers to choose from at least, where an interval is so short that it takes large denominators."""


@cache  # the library looks through every new strategy once, which takes longer than to draw from it
def simple_rationals(
    low: Fraction | int = -3,
    high: Fraction | int = 3,
    *,
    low_included: bool = True,
    high_included: bool = True,
    nonzero: bool = False,
    denominators: int = 4,
) -> SearchStrategy[Fraction]:
    """Fractions of an interval with small denominators, all equally likely.

    A number is one choice of the library, made from a list ordered by simplicity: small denominators first, then small
    numerators, then positive ones. So 0 (or 1, or 1/2) is what every number shrinks to, and one entry of a matrix costs
    one choice.

    Parameters
    ----------
    low, high : Fraction or int
        Ends of the interval.
    low_included, high_included : bool
    nonzero : bool
        Zero is left out.
    denominators : int
        The largest, unless the interval then holds fewer than 24 numbers.

    Raises
    ------
    ValueError
        If the interval is empty.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(simple_rationals(0, 1, low_included=False, high_included=False), lambda x: True)
    Fraction(1, 2)
    """
    if low > high or (low == high and not (low_included and high_included)):
        raise ValueError(f"an interval with a number in it is required, got {low} to {high}")
    chosen = _simplest(Fraction(low), Fraction(high), denominators)
    ends = {*([] if low_included else [low]), *([] if high_included else [high]), *([0] if nonzero else [])}
    return st.sampled_from([number for number in chosen if number not in ends])


@cache
def _simplest(low: Fraction, high: Fraction, denominators: int) -> tuple[Fraction, ...]:
    numbers: set[Fraction] = {low, high}
    denominator = 1
    # Three more than asked for: both ends and zero may be left out.
    while denominator <= denominators or (low < high and len(numbers) < FEWEST + 3):
        numbers |= {
            Fraction(numerator, denominator)
            for numerator in range(ceil(low * denominator), floor(high * denominator) + 1)
        }
        denominator += 1
    return tuple(sorted(numbers, key=lambda number: (number.denominator, abs(number), number < 0)))
