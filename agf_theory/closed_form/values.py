"""Giving numbers to the symbols of a formula by name."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from sympy import Basic, Expr, Rational, Symbol

from agf_theory.closed_form.bounded_evaluation import FORMULA_LIMITS, digits_of, largest_integer
from agf_theory.closed_form.substitution import substituted
from agf_theory.errors import InputError, UnknownName
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import quoted

__all__ = ["with_values"]

_MOST_DIGITS_SHOWN = 60


def with_values(expression: Basic, values: Mapping[str, Any] | None = None, **more: Any) -> Basic:
    """The expression with numbers in the place of symbols.

    The symbols of the theory carry assumptions, so SymPy's own ``expression.subs({"U": 2})`` finds no symbol of that
    name; this function goes by name.

    Parameters
    ----------
    expression : SymPy expression
    values, **more : name = number
        int, Fraction, float (taken as the binary number it is) or SymPy expression. Text is never parsed.

    Returns
    -------
    SymPy expression; exact if the numbers are

    Raises
    ------
    UnknownName
        If the expression has no symbol of that name.
    InputError
        If a value is no number, contradicts the assumptions of its symbol, or makes integers of the result too large.

    Examples
    --------
    >>> from agf_theory.closed_form import diagonal
    >>> with_values(diagonal.accumulated_utility(), U=1, c=0, eta=Fraction(1, 2))
    log(cosh(2*t))
    """
    named = {**(values or {}), **more}
    symbols = {symbol.name: symbol for symbol in expression.free_symbols if isinstance(symbol, Symbol)}
    replaced = {_symbol(name, symbols): _number(name, value, symbols) for name, value in named.items()}
    return substituted(expression, replaced, FORMULA_LIMITS)


def _symbol(name: str, symbols: Mapping[str, Symbol]) -> Symbol:
    if name in symbols:
        return symbols[name]
    known = ", ".join(sorted(symbols)) or "(none)"
    raise UnknownName(f"symbol must be one of {known}, got {quoted(name)}{did_you_mean(name, symbols)}")


def _number(name: str, value: Any, symbols: Mapping[str, Symbol]) -> Expr:
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction, Expr)):
        raise InputError(f"value of {name} must be a number or a SymPy expression, got {value!r}")
    if isinstance(value, float) and not isfinite(value):
        raise InputError(f"value of {name} must be finite, got {value}")
    number = value if isinstance(value, Expr) else Rational(*Fraction(value).as_integer_ratio())
    assumptions = symbols[name].assumptions0
    refused = next((key for key, holds in assumptions.items() if getattr(number, f"is_{key}") not in (None, holds)), "")
    if refused:
        required = refused if assumptions[refused] else f"not {refused}"
        raise InputError(f"value of {name} must be {required}, got {_shown(number)}")
    return number


def _shown(number: Expr) -> str:
    if (digits := digits_of(largest_integer(number))) > _MOST_DIGITS_SHOWN:
        return f"a number with an integer of about {digits} digits"
    text = str(number)
    return text if len(text) <= _MOST_DIGITS_SHOWN else f"{text[: _MOST_DIGITS_SHOWN - 3]}..."
