"""Decimals that are right to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log2
from typing import Any, NamedTuple

from flint import arb, fmpq, fmpz
from sympy import Expr

from agf_theory.closed_form.balls.enclosing import enclosures, most_bits
from agf_theory.closed_form.balls.enclosure import Enclosure
from agf_theory.closed_form.balls.values import Value
from agf_theory.errors import UndecidedError

__all__ = ["Rounded", "rounded"]

_TIE_DIGITS = 30  # a value this many digits beyond the last nearer to a tie than that is rounded to either side


class Rounded(NamedTuple):
    """The decimal 0 (no digits), or ± d.ddd... times a power of ten."""

    negative: bool
    digits: str
    exponent: int


def rounded(expression: Expr, values: Mapping[Any, Value] | None = None, *, digits: int) -> Rounded:
    """The value of an expression, correctly rounded to so many significant digits.

    Half to even, for a rational value that is known exactly. A value that is not known to be rational, and lies within
    1e-30 units of the last digit of the middle between two decimals, is rounded to either side.

    Raises
    ------
    HypothesisNotMet, UndecidedError
        As `enclose`. A float taints the value, which then has no certain digits.

    Examples
    --------
    >>> from sympy import Rational, sqrt
    >>> rounded(sqrt(Rational(2, 10**6)), digits=5)
    Rounded(negative=False, digits='14142', exponent=-3)
    """
    wanted = ceil(digits * log2(10))
    ball = None
    for found in enclosures(expression, values or {}, start=wanted, most=most_bits(wanted)):
        ball = found.certified
        decimal = _of_fraction(found.exact, digits) if found.exact is not None else _of_ball(found, digits)
        if decimal is not None:
            return decimal
    assert ball is not None
    hint = "; it may be zero, which balls cannot show" if ball.contains(0) else ""
    raise UndecidedError(f"{digits} digits of the value are not certain: it lies in {ball.str(5)}{hint}")


def _of_fraction(value: fmpq, digits: int) -> Rounded:
    if value == 0:
        return Rounded(False, "", 0)
    top, bottom = abs(value.p), value.q
    exponent = _length(top) - _length(bottom)
    if top * fmpz(10) ** max(-exponent, 0) < bottom * fmpz(10) ** max(exponent, 0):
        exponent -= 1
    shift = digits - 1 - exponent
    scaled, rest = divmod(top * fmpz(10) ** max(shift, 0), bottom * fmpz(10) ** max(-shift, 0))
    twice, whole = 2 * rest, bottom * fmpz(10) ** max(-shift, 0)
    scaled += int(twice > whole or (twice == whole and scaled % 2 == 1))
    return _carried(value < 0, scaled, exponent, digits)


def _of_ball(found: Enclosure, digits: int) -> Rounded | None:
    """The rounding on which both ends of the ball agree, or of its middle where only a tie can keep them apart."""
    ball: arb = found.ball
    if ball.rel_accuracy_bits() < digits * log2(10):
        return None
    middle, radius, exponent = ball.mid_rad_10exp(digits + 2 * _TIE_DIGITS)
    ends = [_of_integer(end, exponent, digits) for end in (middle - radius, middle + radius)]
    if ends[0] == ends[1]:
        return ends[0]
    close = _length(abs(middle)) - _length(radius) >= digits + _TIE_DIGITS
    return _of_integer(middle, exponent, digits) if close else None


def _of_integer(number: fmpz, power: fmpz, digits: int) -> Rounded:
    """A nonzero integer times a power of ten."""
    size, length = abs(number), _length(number)
    cut = fmpz(10) ** max(length - digits, 0)
    kept, rest = divmod(size * fmpz(10) ** max(digits - length, 0), cut)
    kept += int(2 * rest > cut or (2 * rest == cut and kept % 2 == 1))
    return _carried(number < 0, kept, int(power) + length - 1, digits)


def _carried(negative: bool, kept: fmpz, exponent: int, digits: int) -> Rounded:
    text = str(kept)
    return Rounded(bool(negative), text[:digits], exponent + len(text) - digits)


def _length(number: fmpz) -> int:
    return len(str(abs(number)))
