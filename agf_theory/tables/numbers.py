"""How numbers print: rationals as "p/q", balls as midpoint±radius, floats; short for the eye or complete for a file."""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

__all__ = ["complete", "is_ball", "json_value", "known_digits", "rational_text", "short"]

_BALL = re.compile(r"\[(?:(?P<midpoint>\S+) )?\+/- (?P<radius>\S+)\]")
_ENOUGH = Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=10**17, Emin=-(10**17))


def rational_text(value: Fraction | int) -> str:
    """The rational as "p/q", or "p" if it is an integer, however many digits it has."""
    # Not str(): Python refuses to write integers of more than 4300 digits, and exact paths have longer ones.
    numerator, denominator = (str(Decimal(part)) for part in (value.numerator, value.denominator))
    return numerator if denominator == "1" else f"{numerator}/{denominator}"


def is_ball(value: Any) -> bool:
    """Whether the value is an Arb ball, told without importing FLINT."""
    return hasattr(value, "mid") and hasattr(value, "rad")


def short(value: Any, *, digits: int = 6, width: int = 11, error: float | None = None) -> str:
    """The value in at most `digits` significant digits.

    Parameters
    ----------
    value : Fraction, flint.arb, int or float
    digits : int
        Significant digits; fewer are printed if `error` says that fewer are known.
    width : int
        A rational that fits prints as "p/q"; a longer one as "≈" and its decimal value.
    error : float, optional
        Estimated error of the value.

    Returns
    -------
    str
        "?" if the value is not finite. A ball prints as the first digits of its midpoint, "…" and "±" its radius.

    Examples
    --------
    >>> short(Fraction(7, 12)), short(Fraction(10**9 + 7, 3 * 10**9)), short(0.1234567), short(0.1234567, error=2e-3)
    ('7/12', '≈0.333333', '0.123457', '0.12')
    """
    if isinstance(value, Fraction | int):
        text = rational_text(value)
        return text if len(text) <= width else f"≈{_decimal_text(_quotient(Fraction(value)), digits)}"
    if is_ball(value):
        midpoint, radius = _ball_parts(value)
        if midpoint is None:
            return "?"
        shown = _decimal_text(Decimal(midpoint), _digits_outside(midpoint, radius, digits))
        return shown if radius == "0" else f"{shown}{'…' if len(midpoint) > len(shown) else ''}±{_rounded_up(radius)}"
    number = float(value)
    if not math.isfinite(number):
        return "?"
    return _decimal_text(Decimal(number), known_digits(number, error, digits))


def known_digits(value: float, error: float | None, digits: int) -> int:
    """How many significant digits, at most `digits` and at least one, an estimated error leaves meaningful."""
    if value == 0 or not error or not math.isfinite(error):
        return digits
    return max(1, min(digits, 1 + math.floor(math.log10(abs(value) / abs(error))))) if abs(error) < abs(value) else 1


def _digits_outside(midpoint: str, radius: str, digits: int) -> int:
    """How many digits of the midpoint the radius leaves meaningful."""
    if Decimal(midpoint) == 0 or Decimal(radius) == 0:
        return digits
    return max(1, min(digits, 1 + Decimal(midpoint).adjusted() - Decimal(radius).adjusted()))


def complete(value: Any) -> str:
    """The value with nothing left out: "p/q", "midpoint±radius" enclosing the ball, or the shortest float text.

    Empty if there is no value or it is not finite.
    """
    if value is None:
        return ""
    if isinstance(value, Fraction | int):
        return rational_text(value)
    if is_ball(value):
        midpoint, radius = _ball_parts(value)
        return "" if midpoint is None else f"{midpoint}±{radius}"
    return repr(float(value)) if math.isfinite(value) else ""


def json_value(value: Any) -> Any:
    """The value for JSON: a number, "p/q", {"midpoint": ..., "radius": ...} of decimal strings, or None."""
    if value is None:
        return None
    if isinstance(value, Fraction | int):
        return rational_text(value)
    if is_ball(value):
        midpoint, radius = _ball_parts(value)
        return None if midpoint is None else {"midpoint": midpoint, "radius": radius}
    return float(value) if math.isfinite(value) else None


def _ball_parts(ball: Any) -> tuple[str | None, str]:
    """Decimal midpoint and radius that enclose the ball: FLINT counts the rounding of the midpoint in the radius."""
    if not ball.is_finite():
        return None, ""
    text = ball.str(_digits_of_ball(ball), more=True)
    match = _BALL.fullmatch(text)
    return (match["midpoint"] or "0", match["radius"]) if match else (text, "0")


def _digits_of_ball(ball: Any) -> int:
    bits = max(ball.rel_accuracy_bits(), 0) if not ball.is_exact() else ball.bits()
    return max(17, math.ceil(min(int(bits), 10**6) * math.log10(2)) + 3)


def _quotient(value: Fraction) -> Decimal:
    return _ENOUGH.divide(Decimal(value.numerator), Decimal(value.denominator))


def _decimal_text(value: Decimal, digits: int) -> str:
    if value == 0:
        return "0"
    with localcontext(_ENOUGH):
        # Rounding by "e" first keeps trailing zeros: every entry of a column then shows the digits it is good for.
        text = f"{Decimal(f'{value:.{digits - 1}e}'):.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    return mantissa + (f"e{int(exponent)}" if mark else "")


def _rounded_up(radius: str) -> str:
    with localcontext(_ENOUGH) as context:
        context.prec, context.rounding = 1, ROUND_CEILING
        return f"{+Decimal(radius):.1g}".replace("e+", "e")
