"""Expressions as presentation MathML that browsers draw without help, offline.

SymPy's own MathML writes ``44^k`` for 4·4^k, ``piecewise(…)`` for cases and ``nabla`` for ∇; its LaTeX is what people
read. MathML is therefore made of that LaTeX, and a notebook and a page show one formula in one way.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, tostring

from sympy import Basic

from agf_theory.closed_form.notation import as_latex

__all__ = ["as_mathml"]

_WORD = re.compile(r"[A-Za-z]{2,}")
_THIN = "0.167em"
_TALL = ("mfrac", "mtable", "munder", "munderover", "mroot")
_ENDS = ("mi", "mn", "msub", "msup", "msubsup", "msqrt", "mroot", "mfrac", "mover")
"""What a named function right after it would run into, as in α cosh φ."""


def as_mathml(expression: Basic) -> str:
    """The expression as a ``math`` element, on a line of its own.

    Examples
    --------
    >>> from sympy import Symbol
    >>> print(as_mathml(Symbol("x") / 2))
    <math display="block"><mrow><mfrac><mi>x</mi><mn>2</mn></mfrac></mrow></math>
    """
    from latex2mathml.converter import convert_to_element  # a tenth of a second, for its table of symbols

    root = convert_to_element(as_latex(expression), display="block")
    root.attrib.pop("xmlns", None)  # HTML needs none
    _mend(root)
    return tostring(root, encoding="unicode")


def _mend(element: Element) -> None:
    """Signs in the place of their names, functions set as functions, groups of one without a group around them."""
    element.text = unescape(element.text) if element.text else None
    if side := element.attrib.pop("columnalign", None):  # browsers know it as a style alone, and would centre cases
        element.set("style", f"text-align: {side}")
    for index, child in enumerate(list(element)):
        _mend(child)
        # A fraction that is the only child of math would be as wide as the page.
        if child.tag == "mrow" and len(child) == 1 and element.tag != "math":
            element[index] = child[0]
    if element.tag == "mo" and _WORD.fullmatch(element.text or "") and element.text != "mod":
        element.tag = "mi"
        element.attrib.clear()
    if element.tag in ("mrow", "math", "mtd", "msqrt", "mstyle"):
        _fit_brackets(element)
        _space_functions(element)


def _fit_brackets(row: Element) -> None:
    """Around what is no taller than a line brackets do not stretch: browsers leave room for the largest size."""
    if any(found.tag in _TALL for found in row.iter()):
        return
    for sign in row.findall("mo"):
        if sign.get("fence") == "true":
            sign.set("stretchy", "false")


def _space_functions(row: Element) -> None:
    for index in range(len(row) - 1, 0, -1):
        before, word = row[index - 1], _function(row[index])
        if word and (before.tag in _ENDS or _closes(before)):
            space = Element("mspace", {"width": _THIN})
            row.insert(index, space)


def _function(element: Element) -> bool:
    """Whether it is the name of a function, with or without a power."""
    if element.tag in ("msup", "msub", "msubsup") and len(element):
        return _function(element[0])
    return element.tag == "mi" and bool(_WORD.fullmatch(element.text or ""))


def _closes(element: Element) -> bool:
    if element.tag == "mrow" and len(element):
        return _closes(element[-1])
    return element.tag == "mo" and element.text in (")", "]", "|", "}")
