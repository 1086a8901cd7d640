"""Delimiters that are as tall as what they hold, and no taller."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from agf_theory.typesetting.atoms import BARS, CLOSING, LARGE, OPENING, SCRIPTED, rows, set_space

__all__ = ["fit_delimiters", "group_by_delimiters"]

_TALL = {"mfrac", "mtable", "munder", "munderover"}
_ROOTS = {"msqrt", "mroot"}
_BIG = {"stretchy": "false", "mathsize": "120%"}
"""A stretched one would be as wide as the largest of its kind."""


def group_by_delimiters(formula: Element) -> None:
    """A delimiter is as tall as what it belongs to, and no taller: a matrix, a binomial, a line."""
    for row in rows(formula):
        _hold(row)
        for child in list(row):
            _gather(row, child)
        if len(row) and {"prefix", "postfix"} == {row[0].get("form"), row[-1].get("form")}:
            _fit(row)


def fit_delimiters(formula: Element) -> None:
    """Delimiters have no space around them, and grow only where they are told to."""
    for element in formula.iter("mo"):
        if element.text and element.text in OPENING | CLOSING | BARS:
            if not set(element.attrib) & {"form", "stretchy", "minsize"}:
                element.set("stretchy", "false")
            set_space(element, "0")
        if element.get("minsize") == "1.2em":
            del element.attrib["minsize"], element.attrib["maxsize"]
            element.attrib |= _BIG


def _fit(row: Element) -> None:
    """Delimiters that may grow do so around what is tall, and little around a root."""
    if any(child.tag in _TALL or child.text in LARGE for child in row.iter()):
        return
    attributes = _BIG if any(child.tag in _ROOTS for child in row.iter()) else {"stretchy": "false"}
    row[0].attrib, row[-1].attrib = dict(attributes), dict(attributes)


def _hold(row: Element) -> None:
    """What stands around a matrix or a binomial becomes a group with it."""
    children = list(row)
    for before, middle, after in zip(children, children[1:], children[2:], strict=False):
        held = middle.tag == "mtable" or middle.get("linethickness") == "0"
        if held and before.text in OPENING | BARS and after.tag == "mo":
            group = Element("mrow")
            group.extend((before, middle, after))
            before.attrib, after.attrib = {"stretchy": "true"}, {"stretchy": "true"}
            row[list(row).index(before)] = group
            row.remove(middle)
            row.remove(after)


def _gather(row: Element, closing: Element) -> None:
    r"""`\Big)^2`: what is between the delimiters takes the script, for a script's own delimiter does not grow."""
    size = closing[0].get("minsize") if closing.tag in SCRIPTED else None
    if size is None or size == "1.2em":
        return
    before = list(row)[: list(row).index(closing)]
    opening = next((child for child in reversed(before) if child.get("minsize") == size), None)
    if opening is None:  # a bar after what is evaluated
        return
    group = Element("mrow")
    group.extend([*before[before.index(opening) :], closing[0]])
    closing[0] = group
    for child in group[:-1]:
        row.remove(child)
