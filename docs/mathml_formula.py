"""Formulas as HTML: LaTeX is read by latex2mathml, and made fit for browsers by `mathml_repairs`."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from mathml_repairs import FormulaError, class_of, repair

# What latex2mathml does not know, in words it knows.
_SPELLINGS = (
    (re.compile(r"(?<!\\)\\\n"), r"\\ "),
    (re.compile(r"\\(begin|end)\{(?:aligned|alignedat|gathered)\}(?:\{\d+\})?"), r"\\\1{split}"),
    (re.compile(r"\\(begin|end)\{equation\*?\}"), ""),
    (re.compile(r"\\sim\b"), "∼ "),
    (re.compile(r"\\(arg|deg|dim|hom|ker|lg|sech|csch)\b"), r"\\operatorname{\1}"),
    (re.compile(r"\\([bB]igg?[lrm]?)\\\|"), r"\\\1‖"),
)
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)


def as_mathml(latex: str, *, display: str = "inline") -> Element:
    """The formula as a `math` element; FormulaError names what cannot be rendered."""
    for written, known in _SPELLINGS:
        latex = written.sub(known, latex)
    if r"\\" in _ENVIRONMENT.sub("", latex):
        latex = rf"\begin{{split}}{latex}\end{{split}}"
    try:
        formula = convert_to_element(latex.strip(), display=display)
    except Exception as reason:  # its errors have no class in common, and on some input it runs out of tokens
        raise FormulaError(f"{type(reason).__name__} {reason}".strip()) from reason
    repair(formula)
    return formula


def in_line(latex: str) -> str:
    """An inline formula as HTML: one `math` element for each piece up to a relation, with a possible break between.

    TeX breaks there, too; browsers do not break MathML by themselves, and a narrow screen would cut it.
    """
    formula = as_mathml(latex)
    (row,) = formula
    pieces = [Element("math")]
    for child in row:
        pieces[-1].append(child)
        if class_of(child) == "relation":
            pieces.append(Element("math"))
    written = [ET.tostring(piece, encoding="unicode") for piece in pieces if len(piece)]
    return "<wbr>".join(written)


def displayed(latex: str) -> str:
    """A displayed formula as HTML."""
    formula = as_mathml(latex, display="block")
    formula.attrib.pop("xmlns", None)
    return ET.tostring(formula, encoding="unicode")
