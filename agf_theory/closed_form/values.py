"""Giving numbers to the symbols of a formula by name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from math import isfinite
from typing import Any

from sympy import Basic, Expr, Rational, Symbol

from agf_theory.errors import InputError, UnknownName

__all__ = ["with_values"]


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
        If a value is no number, or contradicts the assumptions of its symbol.

    Examples
    --------
    >>> from agf_theory.closed_form import diagonal
    >>> with_values(diagonal.accumulated_utility(), U=1, c=0, eta=Fraction(1, 2))
    log(cosh(2*t))
    """
    named = {**(values or {}), **more}
    symbols = {symbol.name: symbol for symbol in expression.free_symbols if isinstance(symbol, Symbol)}
    replaced = {_symbol(name, symbols): _number(name, value, symbols) for name, value in named.items()}
    at_once = any(number.free_symbols for number in replaced.values())  # slower, and only expressions can meet
    return expression.subs(replaced, simultaneous=at_once)


def _symbol(name: str, symbols: Mapping[str, Symbol]) -> Symbol:
    if name in symbols:
        return symbols[name]
    close = get_close_matches(name, symbols, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise UnknownName(f"symbol must be one of {', '.join(sorted(symbols)) or '(none)'}, got {name!r}{hint}")


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
        raise InputError(f"value of {name} must be {required}, got {value}")
    return number
