"""LaTeX as MathML: read by latex2mathml, and made fit for browsers by the repairs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

from agf_theory.errors import FormulaError
from agf_theory.typesetting.atoms import class_of
from agf_theory.typesetting.repairs import repair

__all__ = ["displayed", "in_line"]

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
_GROUP = re.compile(r"\{[^{}]*\}")


def displayed(latex: str) -> str:
    r"""A formula on a line of its own, as one `math` element.

    Parameters
    ----------
    latex : str
        What stands between the dollars of a displayed formula.

    Raises
    ------
    FormulaError
        If something in it would not be shown.

    Examples
    --------
    >>> displayed(r"\frac{x}{2}")
    '<math display="block"><mrow><mfrac><mi>x</mi><mn>2</mn></mfrac></mrow></math>'
    """
    return _written(_read(latex, display="block"))


def in_line(latex: str) -> str:
    r"""A formula within a line of text, as one `math` element for each piece up to a relation.

    Between the pieces a line may break. TeX breaks there, too; browsers do not break MathML by themselves, and a narrow
    screen would cut it.

    Parameters
    ----------
    latex : str
        What stands between the dollars.

    Raises
    ------
    FormulaError
        If something in it would not be shown.

    Examples
    --------
    >>> in_line("x=y")
    '<math><mi>x</mi><mo>=</mo></math><wbr><math><mi>y</mi></math>'
    """
    (row,) = _read(latex, display="inline")
    pieces = [Element("math")]
    for child in row:
        pieces[-1].append(child)
        if class_of(child) == "relation":
            pieces.append(Element("math"))
    return "<wbr>".join(_written(piece) for piece in pieces if len(piece))


def _read(latex: str, *, display: str) -> Element:
    """The formula as a repaired `math` element with one row in it."""
    from latex2mathml.converter import convert_to_element  # a tenth of a second, for its table of symbols

    for spelling, known in _SPELLINGS:
        latex = spelling.sub(known, latex)
    if _has_rows(latex):
        latex = rf"\begin{{split}}{latex}\end{{split}}"
    try:
        formula = convert_to_element(latex.strip(), display=display)
    except Exception as reason:  # its errors have no class in common, and on some input it runs out of tokens
        raise FormulaError(f"{type(reason).__name__} {reason}".strip()) from reason
    repair(formula)
    formula.attrib.pop("xmlns", None)  # HTML needs none
    return formula


def _has_rows(latex: str) -> bool:
    """Whether a line of it ends outside of every environment and group."""
    end = "\N{NULL}"
    outside = re.sub(r"\\[{}]", "", _ENVIRONMENT.sub("", latex).replace(r"\\", end))
    while _GROUP.search(outside):
        outside = _GROUP.sub("", outside)
    return end in outside


def _written(formula: Element) -> str:
    return tostring(formula, encoding="unicode")
