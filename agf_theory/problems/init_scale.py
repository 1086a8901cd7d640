"""The initialisation scale α, carried by its logarithm so that it may lie far below the smallest float."""

from __future__ import annotations

import numbers
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Any, Never

import flint
import numpy as np

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.problems.number_parser import MAX_LENGTH, Numeral, quoted, read_numeral

__all__ = ["InitScale"]

_SMALLEST_EXPONENT = -1_000_000
_LARGEST_FRACTION_EXPONENT = 20_000  # `fraction` writes the number out: 8 kB here, half a megabyte at the smallest α
_CLOSEST_TO_ONE = -300  # log(1/alpha) is about 1 - alpha there, and times are divided by it: it must not underflow
_GUARD_BITS = 64
_WHAT = "initialisation scale"


@total_ordering
class InitScale:
    r"""The scale α of the initial weights, 0 < α < 1, exact, with :math:`\log(1/\alpha)`.

    The theory is asked about α = 1e-1000 and beyond, where α itself underflows; only :math:`\log(1/\alpha)` enters it.

    Parameters
    ----------
    value : str, int, float, Decimal, Fraction, flint.fmpq or InitScale
        Text is a decimal ("1e-1000", "0.25") or "p/q", read exactly. A float means its shortest decimal: 0.1 is 1/10.

    Attributes
    ----------
    text : str
        The scale as it was written.
    log_inverse : float
        :math:`\log(1/\alpha)`, the double nearest to the exact value.

    Raises
    ------
    InputError
        If the value is not a number with 1e-1000000 <= α <= 1 - 1e-300.

    Examples
    --------
    >>> InitScale("1e-1000").log_inverse
    2302.5850929940457
    >>> InitScale("1e-1000") < InitScale(0.1) == InitScale("1/10")
    True
    """

    __slots__ = ("_canonical", "_numeral", "log_inverse", "text")

    text: str
    log_inverse: float
    _numeral: Numeral
    _canonical: tuple[int, int, int, int]

    def __init__(self, value: str | float | Decimal | Fraction | flint.fmpq | InitScale) -> None:
        text = _as_text(value)
        numeral = read_numeral(text, _WHAT)
        _require_between_zero_and_one(numeral, text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "_numeral", numeral)
        object.__setattr__(self, "_canonical", _canonical(numeral))
        object.__setattr__(self, "log_inverse", _nearest_double(numeral))

    def log_inverse_ball(self) -> flint.arb:
        r"""A ball that encloses :math:`\log(1/\alpha)` at the current ``flint.ctx.prec``.

        Its relative radius is a few units in the last place of that precision, for α near 1 as for the smallest α.

        >>> with flint.ctx.workprec(100):
        ...     print(InitScale("1e-1000").log_inverse_ball())
        [2302.5850929940456840179914547 +/- 2.17e-26]
        """
        return _log_inverse_ball(self._numeral)

    @property
    def fraction(self) -> Fraction:
        """The exact value, written out.

        Raises
        ------
        HypothesisNotMet
            If α is below 1e-20000, where writing it out is of no use; work with `log_inverse` instead.
        """
        if abs(self._numeral.exponent) > _LARGEST_FRACTION_EXPONENT:
            raise HypothesisNotMet(
                f"{_WHAT}: only scales above 1e-{_LARGEST_FRACTION_EXPONENT} are written out as a fraction, "
                f"got {self}; use log_inverse or log_inverse_ball()"
            )
        return self._numeral.fraction()

    def __eq__(self, other: object) -> bool:
        return self._canonical == other._canonical if isinstance(other, InitScale) else NotImplemented

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, InitScale):
            return NotImplemented
        return self != other and _certainly_smaller(self._numeral, other._numeral)

    def __hash__(self) -> int:
        return hash(self._canonical)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"InitScale({self.text!r})"

    def __reduce__(self) -> tuple[type[InitScale], tuple[str]]:
        return (InitScale, (self.text,))

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"{_WHAT} is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{_WHAT} is immutable: {name} cannot be deleted")


def _as_text(value: object) -> str:
    if isinstance(value, InitScale):
        return value.text
    if isinstance(value, str):
        return value.strip(" \t")
    if isinstance(value, (bool, np.bool_)):
        raise InputError(f"{_WHAT}: a number with 0 < alpha < 1 is required, got the truth value {value}")
    if isinstance(value, np.floating):
        return str(value)  # the shortest decimal of its own width: np.float32(0.1) is one tenth
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, flint.fmpq):
        return _ratio_text(int(value.p), int(value.q))
    if isinstance(value, numbers.Rational):
        return _ratio_text(int(value.numerator), int(value.denominator))
    raise InputError(f"{_WHAT}: expected a number or text such as '1e-1000', got {type(value).__name__}")


def _ratio_text(numerator: int, denominator: int) -> str:
    if max(numerator.bit_length(), denominator.bit_length()) > 3 * MAX_LENGTH // 2:
        raise InputError(
            f"{_WHAT}: a fraction of at most {MAX_LENGTH} characters is allowed, got one of "
            f"{denominator.bit_length()} bits; write it as a decimal such as '1e-5000'"
        )
    return str(numerator) if denominator == 1 else f"{numerator}/{denominator}"


def _require_between_zero_and_one(numeral: Numeral, text: str) -> None:
    if numeral.numerator <= 0:
        raise InputError(f"{_WHAT}: 0 < alpha < 1 is required, got {quoted(text)}")
    if not _below_power_of_ten(numeral, 0):
        raise InputError(f"{_WHAT}: 0 < alpha < 1 is required, got {quoted(text)}")
    if _below_power_of_ten(numeral, _SMALLEST_EXPONENT):
        raise InputError(f"{_WHAT}: the smallest alpha allowed is 1e{_SMALLEST_EXPONENT}, got {quoted(text)}")
    if numeral.exponent > -MAX_LENGTH and 1 - numeral.fraction() < Fraction(1, 10**-_CLOSEST_TO_ONE):
        raise InputError(f"{_WHAT}: alpha <= 1 - 1e{_CLOSEST_TO_ONE} is required, got {quoted(text)}")


def _below_power_of_ten(numeral: Numeral, power: int) -> bool:
    """Whether the (positive) numeral is below 10**power; cheap however large its exponent is."""
    shift = numeral.exponent - power
    if abs(shift) > MAX_LENGTH:  # numerator and denominator have fewer digits than that, so the exponent decides
        return shift < 0
    return bool(numeral.numerator * 10 ** max(shift, 0) < numeral.denominator * 10 ** max(-shift, 0))


def _canonical(numeral: Numeral) -> tuple[int, int, int, int]:
    """The exponents of 2 and 5 and the coprime remaining ratio: the same for every way to write the number."""
    value = Fraction(numeral.numerator, numeral.denominator)
    numerator, denominator = value.numerator, value.denominator
    exponents = []
    for prime in (2, 5):
        numerator, above = _divided_out(numerator, prime)
        denominator, below = _divided_out(denominator, prime)
        exponents.append(numeral.exponent + above - below)
    return (exponents[0], exponents[1], numerator, denominator)


def _divided_out(number: int, prime: int) -> tuple[int, int]:
    count = 0
    while number % prime == 0:
        number //= prime
        count += 1
    return number, count


def _log_inverse_ball(numeral: Numeral) -> flint.arb:
    with flint.ctx.workprec(flint.ctx.prec + _GUARD_BITS):
        if _below_power_of_ten(numeral, -1):
            ratio = flint.arb(flint.fmpq(numeral.numerator, numeral.denominator))
            result = -(ratio * flint.arb(10) ** numeral.exponent).log()
        else:  # 1 - alpha is exact, so that nothing cancels as alpha approaches one
            gap = 1 - numeral.fraction()
            result = -(-flint.arb(flint.fmpq(gap.numerator, gap.denominator))).log1p()
    return +result


def _nearest_double(numeral: Numeral) -> float:
    precision = 128
    while True:
        with flint.ctx.workprec(precision):
            ball = _log_inverse_ball(numeral)
            low, high = float(ball.lower()), float(ball.upper())
        if low == high:
            return low
        precision *= 2


def _certainly_smaller(left: Numeral, right: Numeral) -> bool:
    """Whether left < right, for two numerals known to differ: raise the precision until the balls part."""
    precision = 64
    while True:
        with flint.ctx.workprec(precision):
            difference = _log_inverse_ball(left) - _log_inverse_ball(right)
        if not difference.contains(0):
            return bool(difference > 0)
        precision *= 2
