"""What a claim puts to the test, in print: its expressions, or the name of the computation."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

import sympy

__all__ = ["formula_parts", "formula_text"]

_WIDTH = 74
_EXAMPLES = {"convention": ("paper", "slides"), "degree": (None,), "dimension": (2,), "order": (1,)}
"""What is put in for arguments that are no symbols: every convention, any degree, one dimension and order."""


def formula_text(formula: Any) -> list[tuple[str, str]]:
    """Pairs of a label and a text of one or more lines, at most 74 columns wide; one pair a formula.

    Expressions are printed in two dimensions. Anything else is named: a function by its module and first docstring
    line, a plain value by its text.

    Examples
    --------
    >>> from agf_theory.closed_form import diagonal
    >>> for label, text in formula_text(diagonal.maximal_normalised_utility):
    ...     print(label)
    ...     print(text)
    maximal_normalised_utility
    │g│
    ───
     2
    """
    return [
        (label, _pretty(found) if isinstance(found, sympy.Basic) else found) for label, found in formula_parts(formula)
    ]


def formula_parts(formula: Any) -> list[tuple[str, sympy.Basic | str]]:
    """Pairs of a label and an expression, or a text where there is no expression; one pair a formula."""
    if is_dataclass(formula) and not isinstance(formula, type):
        return [
            (entry.name.strip() if label == "" else f"{entry.name}{label}", found)
            for entry in fields(formula)
            for label, found in _described(getattr(formula, entry.name))
        ]
    return [(f"{_name(formula)}{label}", found) for label, found in _described(formula)]


def _described(formula: Any) -> list[tuple[str, sympy.Basic | str]]:
    expressions: list[tuple[str, sympy.Basic | str]] = list(_expressions(formula))
    if expressions:
        return expressions
    if not callable(formula):
        return [("", _plain(formula))]
    function = _inner(formula)
    purpose = (inspect.getdoc(function) or "").partition("\n")[0]
    where = f"{function.__module__}.{function.__name__}"
    return [("", f"computed by {where}" + (f": {purpose}" if purpose else ""))]


def _expressions(formula: Any) -> Iterator[tuple[str, Any]]:
    """The expressions a formula stands for, by what was put in; none if it is a computation."""
    if isinstance(formula, sympy.Basic):
        yield "", formula
        return
    if not callable(formula):
        return
    asked = {
        p.name: _meaning(p.name, formula)
        for p in inspect.signature(formula).parameters.values()
        if p.default is p.empty or p.name == "convention"
    }
    if None in asked.values():
        return
    for label, arguments in _choices(asked):
        try:
            found = formula(**arguments)
        except (TypeError, AttributeError):  # not a function of these after all
            return
        if not isinstance(found, sympy.Basic):
            return
        yield label, found


def _choices(asked: Mapping[str, str | None]) -> list[tuple[str, dict[str, Any]]]:
    """Labels and arguments, for every combination of what may be put in."""
    choices: list[tuple[str, dict[str, Any]]] = [("", {})]
    for name, kind in asked.items():
        choices = [
            (f"{label}{_shown(kind, value)}", {**arguments, name: value})
            for label, arguments in choices
            for value in _EXAMPLES[str(kind)]
        ]
    return choices


def _shown(kind: str | None, value: Any) -> str:
    if value is None:
        return ""
    return f", {value}" if kind == "convention" else f", {kind} {value}"


def _meaning(name: str, formula: Callable[..., Any]) -> str | None:
    """Which kind of argument a parameter is: by its name, or by the letter used for it."""
    if name in _EXAMPLES:
        return name
    return {"c": "convention", "k": "order"}.get(name) if _inner(formula).__name__ == "<lambda>" else None


def _pretty(expression: Any) -> str:
    return "\n".join(
        line.rstrip() for line in str(sympy.pretty(expression, use_unicode=True, num_columns=_WIDTH)).split("\n")
    )


def _plain(value: Any) -> str:
    """A mapping has one line an entry; long lines are broken at spaces."""
    lines = [f"{key}: {entry}" for key, entry in value.items()] if isinstance(value, Mapping) else [str(value)]
    return "\n".join(textwrap.fill(line, _WIDTH, subsequent_indent="  ") for line in lines)


def _inner(formula: Any) -> Any:
    while isinstance(formula, partial):
        formula = formula.func
    return formula


def _name(formula: Any) -> str:
    return str(getattr(_inner(formula), "__name__", type(formula).__name__)).strip("_")
