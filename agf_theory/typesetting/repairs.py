"""What latex2mathml leaves to be done so that a browser sets a formula as TeX does.

Browsers know MathML Core: letters of an alphabet are characters of their own, columns are aligned by style, a sign or a
bar is spaced by what stands beside it, and a function's name by us. What is still LaTeX after all repairs is an error.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from agf_theory.errors import FormulaError
from agf_theory.typesetting.delimiters import fit_delimiters, group_by_delimiters
from agf_theory.typesetting.letters import join_negations, join_words, plain_characters
from agf_theory.typesetting.spacing import align_columns, draw_bars_and_accents, space_atoms

__all__ = ["repair"]

_ELEMENTS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mover", "munderover",
    "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
}  # fmt: skip
_ATTRIBUTES = {
    "xmlns", "display", "displaystyle", "scriptlevel", "mathvariant", "mathsize", "form", "fence", "stretchy",
    "lspace", "rspace", "minsize", "maxsize", "movablelimits", "accent", "linethickness", "width", "height", "depth",
    "style",
}  # fmt: skip
_SYMBOLS = {"mi", "mn", "mo"}


def repair(formula: Element) -> None:
    """Repair a `math` element of latex2mathml in place; `FormulaError` if something of it would not be shown."""
    for step in (
        plain_characters, join_words, join_negations, group_by_delimiters, fit_delimiters, draw_bars_and_accents,
        align_columns, space_atoms,
    ):  # fmt: skip
        step(formula)
    _require_core(formula)
    for row in formula:
        _ungroup(row)


def _require_core(formula: Element) -> None:
    for element in formula.iter():
        text = element.text or ""
        if element.tag not in _ELEMENTS:
            raise FormulaError(f"<{element.tag}> is not shown by every browser")
        if element.tag in _SYMBOLS and set(text) & set("\\&{}$") - set("{}" if len(text) == 1 else ""):
            raise FormulaError(f"unknown: {text}")
        if element.get("linebreak"):
            raise FormulaError("a line break outside of an environment")
        if unknown := sorted(set(element.attrib) - _ATTRIBUTES):
            raise FormulaError(f"<{element.tag} {unknown[0]}> is not known to every browser")


def _ungroup(element: Element) -> None:
    """A group of one needs no group around it; the one at the top stays, for what may stand in `math` alone."""
    for index, child in enumerate(element):
        _ungroup(child)
        if child.tag == "mrow" and len(child) == 1 and not child.attrib:
            element[index] = child[0]
