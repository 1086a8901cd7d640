"""Expressions as text for people and programs: unicode, LaTeX, Python, MathML."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

from sympy import Basic, pretty

from agf_theory.closed_form.bounded_evaluation import digits_of, largest_integer
from agf_theory.closed_form.notation import as_latex
from agf_theory.errors import InputError, UnknownName
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import quoted
from agf_theory.typesetting import displayed

__all__ = ["FORMATS", "known_format", "render"]

_PRINTERS: Mapping[str, Callable[[Basic], str]] = MappingProxyType(
    {
        "unicode": lambda expression: str(pretty(expression, use_unicode=True, wrap_line=False)),
        "latex": as_latex,
        "python": str,
        "mathml": lambda expression: displayed(as_latex(expression)),
    }
)
FORMATS: tuple[str, ...] = tuple(_PRINTERS)


def render(expression: Basic, form: str = "unicode") -> str:
    r"""An expression as text.

    Parameters
    ----------
    expression : SymPy expression, relation or matrix expression
    form : {"unicode", "latex", "python", "mathml"}

    Raises
    ------
    UnknownName
        If the format is none of these.
    InputError
        If the expression holds an integer of more digits than Python writes out (4300, unless it was told otherwise).

    Examples
    --------
    >>> from agf_theory.closed_form import diagonal
    >>> render(diagonal.maximal_normalised_utility(), "latex")
    '\\frac{\\left|{g}\\right|}{2}'
    """
    printer = _PRINTERS[known_format(form)]
    most = sys.get_int_max_str_digits()
    if most and (digits := digits_of(largest_integer(expression))) > most:
        raise InputError(
            f"exact result: integers of at most {most} digits are written out, got one of about {digits}; "
            "ask for its decimal value instead"
        )
    return printer(expression)


def known_format(form: str) -> str:
    """The format, if it is one; raises `UnknownName` otherwise."""
    if form not in _PRINTERS:
        raise UnknownName(
            f"format must be one of {', '.join(FORMATS)}, got {quoted(str(form))}{did_you_mean(str(form), FORMATS)}"
        )
    return form
