"""The symbols of the theory in LaTeX, where SymPy does not read their names as a mathematician would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sympy import Basic, MatrixSymbol, Symbol, latex
from sympy.printing.latex import LatexPrinter

__all__ = ["as_latex"]

_ACCENTS: Mapping[str, str] = MappingProxyType({"hat": r"\hat", "bar": r"\bar"})
_INDICES: Mapping[str, str] = MappingProxyType(
    {
        "perp": r"\perp",
        "par": r"\parallel",
        "infty": r"\infty",
        "plus": "+",
        "minus": "-",
        "pm": r"\pm",
        "max": r"\max",
        "ahead": r"\text{ahead}",
    }
)
_READABLE = re.compile(r"[A-Za-z]+(?:[0-9]+|(?:[_^][-A-Za-z0-9*+()]+)*)")


class _Printer(LatexPrinter):  # type: ignore[misc]
    """SymPy's own, with the letters that are used for the identity and log Γ, and no commands in names of functions."""

    def _print_Identity(self, expression: Any) -> str:
        return "I"  # the double-struck letter is a narrow box on a screen

    def _hprint_Function(self, func: str) -> str:
        return str(super()._hprint_Function(func)) if _READABLE.fullmatch(func) else _as_text(func)

    def _print_polygamma(self, expression: Any, exp: str | None = None) -> str:
        order, argument = expression.args
        sign = r"\psi" if order == 0 else rf"\psi^{{\left({self._print(order)}\right)}}"
        printed = rf"{sign}{{\left({self._print(argument)}\right)}}"
        return printed if exp is None else rf"\left({printed}\right)^{{{exp}}}"


def as_latex(expression: Basic) -> str:
    r"""The expression in LaTeX: ``beta_hat`` as \hat{\beta}, ``a_perp`` as a_\perp, ``nabla_U`` as \nabla U.

    A name with other signs than those of names is printed as text.

    Examples
    --------
    >>> from sympy import Symbol
    >>> print(as_latex(Symbol("w_perp") ** 2 + Symbol("x_hat")))
    w_{\perp}^{2} + \hat{x}
    """
    found = expression.atoms(Symbol, MatrixSymbol)
    names = {symbol: name for symbol in found if (name := _name(symbol.name)) is not None}
    return str(_Printer({"symbol_names": names}).doprint(expression)).replace("+ -", "- ")


def _name(name: str) -> str | None:
    """The name in LaTeX; None where SymPy reads it well."""
    if not _READABLE.fullmatch(name):
        return _as_text(name)
    head, *rest = name.split("_")
    if name == "nabla_U":
        return r"{\nabla U}"  # of the utility; with a matrix below, by that matrix
    if head == "nabla" and len(rest) == 1:
        return rf"\nabla_{{{rest[0]}}}"
    if head == "tr" and rest:
        return rf"\operatorname{{tr}}({' '.join(map(_letter, rest))})"
    accent = _ACCENTS.get(rest[0]) if len(rest) == 1 else None
    if accent is not None:
        return rf"{accent}{{{_letter(head)}}}"
    if len(rest) == 2 and rest[0] in _ACCENTS:
        return rf"{_ACCENTS[rest[0]]}{{{_letter(head)}}}_{{{rest[1]}}}"
    if len(rest) == 1 and rest[0] in _INDICES:
        return rf"{_letter(head)}_{{{_INDICES[rest[0]]}}}"
    return None


def _letter(name: str) -> str:
    return str(latex(Symbol(name)))


def _as_text(name: str) -> str:
    """Signs that LaTeX would act on are left out: a name is never a command."""
    shown = "".join(character if character not in "\\{}$%&#_^~" else " " for character in name)
    return rf"\text{{{shown}}}"
