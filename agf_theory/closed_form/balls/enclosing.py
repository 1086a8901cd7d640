"""Balls at a precision that is raised until they are as narrow as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, log2
from typing import Any

from flint import arb, ctx, fmpq
from sympy import Expr

from agf_theory.closed_form.balls.enclosure import Enclosure
from agf_theory.closed_form.balls.evaluation import Evaluation
from agf_theory.closed_form.balls.number import Number
from agf_theory.closed_form.balls.shown import short_text
from agf_theory.closed_form.balls.values import Value
from agf_theory.errors import HypothesisNotMet, InputError, UndecidedError

__all__ = ["ball_at", "ball_value", "enclose", "enclosures", "most_bits", "sign_at"]

_GUARD_BITS = 32
_SIGN_PRECISIONS = (64, 512)  # bits; two distinct numbers that a formula gives at small rationals part long before


def ball_value(expression: Expr, values: Mapping[Any, Value]) -> arb:
    """A ball that contains the value of the expression, at the current precision.

    Parameters
    ----------
    expression : Expr
        Built from numbers, symbols, sums, products, powers and the functions of a closed list.
    values : mapping of Symbol to int, Fraction, flint.fmpq, flint.arb, InitScale or exact SymPy number

    Returns
    -------
    flint.arb; not finite where the expression is undefined, or where balls of this precision cannot tell

    Raises
    ------
    UndecidedError
        If the expression contains a floating-point number (a ball around it would promise too much), an unknown
        function, or a symbol without a value.

    Examples
    --------
    >>> from sympy import Symbol, cosh
    >>> x = Symbol("x")
    >>> ball_value(x**2 + cosh(0), {x: Fraction(1, 2)})
    1.25000000000000
    """
    evaluation = Evaluation(values)
    number = evaluation.number(expression)
    return Enclosure(arb(number), floats=tuple(evaluation.floats)).certified


def ball_at(expression: Expr, values: Mapping[Any, Value], precision: int) -> arb:
    """A ball that contains the value, at so many bits; not a number where `ball_value` refuses."""
    with ctx.workprec(precision):
        try:
            return ball_value(expression, values)
        except UndecidedError:
            return arb.nan()


def enclose(
    expression: Expr,
    values: Mapping[Any, Value] | None = None,
    *,
    digits: int | None = None,
    bits: int | None = None,
    width: Fraction | int | None = None,
    most: int | None = None,
) -> Enclosure:
    """A ball around the value of an expression, as narrow as wanted: the precision is raised until it is.

    Parameters
    ----------
    expression, values
        As in `ball_value`; floats are let in, and taint the result.
    digits, bits, width : one of the three
        Relative accuracy in decimal digits or in bits, or the absolute width of the ball.
    most : int, optional
        Bits of precision at which to give up; by default some hundred thousand.

    Returns
    -------
    Enclosure

    Raises
    ------
    HypothesisNotMet
        If the expression has no real value there.
    UndecidedError
        As `ball_value`; or if the ball is too wide still at the largest precision, as around a zero that is not exact.
    InputError
        If not exactly one of digits, bits and width is given, or it is not positive.

    Examples
    --------
    >>> from sympy import Symbol, cosh, exp, log
    >>> x = Symbol("x")
    >>> enclose(log(cosh(exp(x))), {x: 100}, digits=15).certified.str(15, radius=False)
    '2.68811714181614e+43'
    """
    wanted = _bits_wanted(digits, bits, width)
    enough = (lambda ball: 2 * ball.rad() <= _as_fmpq(width)) if width is not None else _accurate_to(wanted)
    found = None
    for found in enclosures(expression, values or {}, start=wanted, most=most or most_bits(wanted)):
        if found.exact is not None or enough(found.ball):
            return found
    assert found is not None
    raise UndecidedError(
        f"value of {short_text(expression)}: {_wish(digits, bits, width)} required, got the ball {found.ball.str(5)} "
        f"at {most or most_bits(wanted)} bits{_hint(found.ball)}"
    )


def enclosures(expression: Expr, values: Mapping[Any, Value], *, start: int, most: int) -> Iterator[Enclosure]:
    """Enclosures at rising precision, up to the one that is exact.

    Those before the last may not be finite.

    Raises
    ------
    HypothesisNotMet
        If the expression has no real value there.
    UndecidedError
        As `ball_value`; or if the last one is still not finite.
    """
    precision, widths = min(start + _GUARD_BITS, most), [arb.pos_inf()]
    while True:
        found, why_not = _at(precision, expression, values)
        if found is not None:
            yield found
            widths.append(found.ball.rad())
        if precision >= most or _saturated(widths):
            break
        precision = min(2 * precision, most)
    if found is None:
        raise UndecidedError(f"value of {short_text(expression)}: no finite ball at {precision} bits; {why_not}")


def _saturated(widths: list[arb]) -> bool:
    """Whether the last two doublings of the precision changed nothing: the width is that of a ball that was given."""
    return len(widths) > 3 and bool(2 * widths[-1] > widths[-3])


def _at(precision: int, expression: Expr, values: Mapping[Any, Value]) -> tuple[Enclosure | None, str]:
    """The enclosure at a precision, or None with the reason why there is none of finite width."""
    evaluation = Evaluation(values)
    with ctx.workprec(precision):
        number: Number = evaluation.number(expression)
        floats = tuple(evaluation.floats)
        if isinstance(number, fmpq):
            return Enclosure(arb(number), number, floats), ""
        if number.is_finite():
            return Enclosure(number, None, floats), ""
    if evaluation.outside and not evaluation.open_conditions:
        raise HypothesisNotMet(f"value of {short_text(expression)}: no real value for {evaluation.outside[0]}")
    return None, "a ball meets the edge of a domain, or a number is beyond every exponent"


def sign_at(expression: Expr, point: Mapping[Any, Value]) -> int | None:
    """Sign at a point: 1 or -1 if certain, 0 if balls still contain zero, None if there is no finite ball.

    None too for what is not evaluated: functions outside the closed list, floats, symbols without a value.
    """
    sign = None
    for precision in _SIGN_PRECISIONS:
        ball = ball_at(expression, point, precision)
        if ball.is_finite():
            sign = int(ball > 0) - int(ball < 0)
        if sign:
            break
    return sign


def most_bits(wanted: int) -> int:
    """Where to give up by default: four times what is wanted, and room for arguments that differ by 1e-30000."""
    return 4 * wanted + 2**17


def _bits_wanted(digits: int | None, bits: int | None, width: Fraction | int | None) -> int:
    given = [wish for wish in (digits, bits, width) if wish is not None]
    if len(given) != 1 or not given[0] > 0:
        raise InputError(
            f"one of digits, bits and width must be given, and be positive, got {_wish(digits, bits, width)}"
        )
    if width is not None:
        return max(1, Fraction(width).denominator.bit_length() - Fraction(width).numerator.bit_length())
    return bits if bits is not None else ceil((digits or 1) * log2(10))


def _accurate_to(bits: int) -> Any:
    return lambda ball: ball.rel_accuracy_bits() >= bits + 1


def _as_fmpq(width: Fraction | int) -> fmpq:
    return fmpq(*Fraction(width).as_integer_ratio())


def _wish(digits: int | None, bits: int | None, width: Fraction | int | None) -> str:
    wishes = {"digits": digits, "bits": bits, "width": width}
    return ", ".join(f"{name} = {wish}" for name, wish in wishes.items() if wish is not None) or "none of them"


def _hint(ball: arb) -> str:
    return "; it may be zero, which balls cannot show" if ball.contains(0) else ""
