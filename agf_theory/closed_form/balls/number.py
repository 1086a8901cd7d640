"""Numbers an evaluation works with: exact rationals as long as it can, balls from there on."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

__all__ = [
    "Number",
    "ball",
    "both",
    "exactly",
    "is_good",
    "less",
    "less_or_equal",
    "settled",
    "sign_of",
    "whole",
]

Number: TypeAlias = fmpq | arb

_MOST_EXACT_BITS = 2**16  # a rational that outgrows this is carried on as a ball: exact, it would soon fill the memory
_WHOLE_BITS = 64


def ball(value: Fraction | int | fmpq | arb) -> arb:
    """The smallest ball around a rational number at the current precision; a ball stays as it is.

    >>> ball(Fraction(1, 4))
    0.250000000000000
    """
    if isinstance(value, arb):
        return value
    return arb(value if isinstance(value, fmpq) else fmpq(*Fraction(value).as_integer_ratio()))


def settled(number: Number) -> Number:
    """The number in the form it is best carried on in.

    A ball of radius zero around a small integer is that integer; a rational with very long terms becomes a ball.
    """
    if isinstance(number, fmpq):
        return number if _bits(number) <= _MOST_EXACT_BITS else arb(number)
    if number.is_exact() and number.is_integer() and abs(number) < 2**_WHOLE_BITS:
        return fmpq(fmpz(int(number.fmpz())))
    return number


def _bits(number: fmpq) -> int:
    return int(max(int(number.p.bit_length()), int(number.q.bit_length())))


def whole(number: Number) -> int | None:
    """The integer that the number is, if it is known exactly and is one."""
    return int(number.p) if isinstance(number, fmpq) and number.q == 1 else None


def exactly(number: Number, value: int) -> bool:
    """Whether the number is this integer, for certain."""
    return isinstance(number, fmpq) and bool(number == value)


def less(left: Number | int, right: Number | int) -> bool | None:
    """Whether left < right; None if balls cannot tell."""
    if not isinstance(left, arb) and not isinstance(right, arb):
        return bool(fmpq(left) < fmpq(right))
    low, high = arb(left), arb(right)
    return True if low < high else False if low >= high else None


def less_or_equal(left: Number | int, right: Number | int) -> bool | None:
    """Whether left <= right; None if balls cannot tell."""
    above = less(right, left)
    return None if above is None else not above


def both(*answers: bool | None) -> bool | None:
    """Three-valued "and": False if any answer is no, None if none is no and any is open."""
    return False if False in answers else None if None in answers else True


def sign_of(number: Number) -> int | None:
    """1, 0 or -1; None if a ball cannot tell. Zero only of a number that is known exactly."""
    if isinstance(number, fmpq):
        return (number > 0) - (number < 0)
    return 1 if number > 0 else -1 if number < 0 else None


def is_good(number: Number) -> bool:
    """Whether at least the size of the number is known: it is exact, or a finite ball that excludes zero well."""
    return isinstance(number, fmpq) or bool(number.is_finite() and number.rel_accuracy_bits() > min(8, ctx.prec // 2))
