"""Where marks, columns and atoms stand: accents close, columns aligned, spaces as TeX has them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from agf_theory.typesetting.atoms import SCRIPTED, SIGNS, THIN, class_of, core, rows, set_space

__all__ = ["align_columns", "draw_bars_and_accents", "space_atoms"]

_ACCENTS = {"^": "ˆ", "~": "˜", "˙": "˙", "¨": "¨", "→": "→"}  # as written; close to the letter
# Styles stand in the formula itself: a notebook has no style sheet of ours.
_BAR = "margin:0 .05em;padding-top:.12em;border-top:max(.06em,1px) solid"
_LINE_OF_EQUATIONS = "padding:.25em 0"
_LINE_OF_A_SCRIPT = "padding:.1em 0"
_BEFORE_A_NAME = {"operator", "ordinary", "fraction", "bar", "sign", "closing"}
_AFTER_A_NAME = {"operator", "ordinary", "fraction", "bar", "sign"}
_BEFORE_A_DIFFERENCE = {"ordinary", "fraction", "bar", "closing", "fenced"}


def draw_bars_and_accents(formula: Element) -> None:
    """An accent belongs to its letter: it is set close, and at the size of the text. A bar is a line of its own.

    The glyphs of bars do not grow with what is under them, and some are so thin that a screen does not show them.
    """
    for element in formula.iter("mover"):
        mark = element[1]
        if mark.tag == "mo" and mark.text in {"¯", "―"}:
            element.tag, element.attrib = "mrow", {"style": _BAR}
            element.remove(mark)
        elif mark.tag == "mo" and mark.text in _ACCENTS:
            element.set("accent", "true")
            mark.text = _ACCENTS[mark.text]
            mark.attrib = {"stretchy": "false"}


def align_columns(formula: Element) -> None:
    """Columns are aligned by style; a table of equations has the spaces of one line, and full-sized parts."""
    stacked = {style[0] for style in formula.iter("mstyle") if len(style) and style.get("scriptlevel")}
    for table in formula.iter("mtable"):
        cells = [(cell, cell.attrib.pop("columnalign", None)) for row in table for cell in row]
        equations = any(side == "right" for _, side in cells)
        room = _LINE_OF_EQUATIONS if equations else _LINE_OF_A_SCRIPT if table in stacked else ""
        for cell, side in cells:
            if style := ";".join(filter(None, [side and f"text-align:{side}", room])):
                cell.set("style", style)
        table.attrib = {"displaystyle": "true"} if equations else {}


def space_atoms(formula: Element) -> None:
    """Space around signs, bars, names and fractions as TeX has it, which looks at the neighbours; less in scripts."""
    scripts = [script for element in formula.iter() if element.tag in SCRIPTED for script in element[1:]]
    small = {row for script in scripts for row in rows(script)}
    for row in rows(formula):
        _space_row(row, {"operator"} if row in small else {"operator", "fraction"})
    for script in scripts:
        for sign in script.iter("mo"):
            set_space(sign, "0")


def _space_row(row: Element, kept_apart: set[str]) -> None:
    previous = atom_before = None
    for child in list(row):
        kind, inner = class_of(child), core(child)
        if inner.tag == "mo" and inner.text in SIGNS:
            kind = _space_sign(inner, atom_before)
        if inner.text == "…" and previous == "binary":
            inner.text = "⋯"
        if kept_apart & {previous, kind} and _apart(previous, kind):
            row.insert(list(row).index(child), Element("mspace", width=THIN))
        previous = "closing" if kind == "fenced" else kind
        if kind != "space":  # a space does not make the sign of a number one of a difference
            atom_before = kind


def _apart(left: str | None, right: str) -> bool:
    """Whether a thin space keeps the name of a function or a fraction from what stands beside it.

    A fraction keeps no distance from delimiters, which bring room of their own in browsers, nor from a bar, which does
    not say on which side it is.
    """
    if "operator" in {left, right}:
        return left in _BEFORE_A_NAME and right in _AFTER_A_NAME
    return left in {"ordinary", "fraction", "closing"} and right in {"ordinary", "fraction"}


def _space_sign(sign: Element, before: str | None) -> str:
    """Whether it is of a number or of a difference is seen from what stands before it."""
    of_a_number = before not in _BEFORE_A_DIFFERENCE
    sign.set("form", "prefix" if of_a_number else "infix")
    set_space(sign, "0" if of_a_number else "0.2222em")
    return "sign" if of_a_number else "binary"
