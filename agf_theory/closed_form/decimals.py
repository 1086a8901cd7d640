"""Values of formulas as decimals that are right to the last digit, as text for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sympy import Basic, Expr, Tuple, oo

from agf_theory.closed_form.balls import Rounded, rounded
from agf_theory.closed_form.rendering import known_format, render
from agf_theory.errors import InputError
from agf_theory.typesetting import displayed

__all__ = ["decimal_text"]

_LATEX_COMMA = r", \  "
_FIRST_POSITIONAL = -5  # 0.0000123 is still written out, 1.23e-6 is not


def decimal_text(expression: Basic, digits: int, form: str = "unicode") -> str:
    r"""The value of an expression without symbols to so many significant digits, correctly rounded.

    Balls of rising precision decide each digit. A value that is not known to be rational, and lies within 1e-30 units
    of the last digit of the middle between two decimals, is rounded to either side.

    Parameters
    ----------
    expression : Expr, or a tuple of them
        Of real value. A rational zero, known exactly, is "0"; infinity is printed as it is.
    digits : int >= 1
    form : {"unicode", "latex", "python", "mathml"}

    Raises
    ------
    HypothesisNotMet
        If there is no real value.
    UndecidedError
        If the value cannot be told from zero, a float taints it, or a function is not known to the balls.
    InputError
        If the expression has no value at all, such as an equation.
    UnknownName
        If the format is none of these.

    Examples
    --------
    >>> from sympy import sqrt
    >>> decimal_text(sqrt(2) / 10**9, 12, "latex")
    '1.41421356237 \\cdot 10^{-9}'
    """
    if known_format(form) == "mathml":
        return displayed(decimal_text(expression, digits, "latex"))
    if isinstance(expression, Tuple):
        return _row([decimal_text(entry, digits, form) for entry in expression], form)
    if expression in (oo, -oo):
        return render(expression, form)
    if not isinstance(expression, Expr):
        raise InputError(
            f"digits: an expression with a number as its value is required, got {expression.func.__name__}"
        )
    return _WRITERS[form](rounded(expression, digits=digits))


def _plain(value: Rounded) -> str:
    if not value.digits:
        return "0"
    mantissa, power = _parts(value)
    return mantissa if power is None else f"{mantissa}e{power:+03d}"


def _latex(value: Rounded) -> str:
    if not value.digits:
        return "0"
    mantissa, power = _parts(value)
    return mantissa if power is None else rf"{mantissa} \cdot 10^{{{power}}}"


_WRITERS: Mapping[str, Callable[[Rounded], str]] = MappingProxyType(
    {"unicode": _plain, "python": _plain, "latex": _latex}
)


def _parts(value: Rounded) -> tuple[str, int | None]:
    """The decimal in positional notation, or with a power of ten where that has too many zeros."""
    sign, text, exponent = "-" if value.negative else "", value.digits, value.exponent
    if _FIRST_POSITIONAL <= exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{text}", None
    if 0 <= exponent < len(text):
        whole, part = text[: exponent + 1], text[exponent + 1 :]
        return f"{sign}{whole}{f'.{part}' if part else ''}", None
    return f"{sign}{text[0]}{f'.{text[1:]}' if len(text) > 1 else ''}", exponent


def _row(entries: list[str], form: str) -> str:
    if form == "latex":
        return rf"\left( {_LATEX_COMMA.join(entries)}\right)"
    return f"({', '.join(entries)})"
