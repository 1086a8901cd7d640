"""Expressions and numbers in messages: short, whatever their size."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq
from sympy import Basic

from agf_theory.closed_form.balls.number import Number

__all__ = ["number_text", "short_text"]

_LONGEST_NUMBER = 24


def short_text(expression: Basic) -> str:
    """The expression as SymPy writes it, its middle left out where it is long."""
    try:
        text = str(expression)
    except ValueError:  # Python writes no integer of more than 4300 digits
        return f"{expression.func.__name__} of numbers too long to be written here"
    return text if len(text) <= 80 else f"{text[:60]} ... {text[-16:]}"


def number_text(number: Number) -> str:
    """A rational as a fraction if that is short; else twelve digits."""
    if isinstance(number, fmpq) and max(number.p.bit_length(), number.q.bit_length()) < 4 * _LONGEST_NUMBER:
        text = str(Fraction(int(number.p), int(number.q)))
        if len(text) <= _LONGEST_NUMBER:
            return text
    return str(arb(number).str(12))
