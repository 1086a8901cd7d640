"""What TeX calls the class of an atom: it decides how far the atom stands from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

__all__ = [
    "BARS", "BINARY", "CLOSING", "LARGE", "OPENING", "ORDINARY", "PUNCTUATION", "SCRIPTED", "SIGNS", "THIN",
    "class_of", "core", "is_name", "is_word", "rows", "set_space",
]  # fmt: skip

SCRIPTED = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
_ROWS = {"mrow", "mtd", "mstyle", "msqrt", "mpadded", "mphantom"}
ORDINARY = set("∂∇∞∅∀∃/…⊤⊥′")
"""Signs that are no operators, whatever block of Unicode they stand in."""
SIGNS = set("−+±∓-")
LARGE = set("∑∏∫∬∮⋃⋂⨁⨂")
BARS = set("|‖∥")
OPENING, CLOSING = set("([{⟨⌈⌊"), set(")]}⟩⌉⌋")
PUNCTUATION = set(",;")
BINARY = {*"−+±∓×⋅·∘⊗⊕⊙∗*∩∪∧∨÷", "mod"}
THIN = "0.1667em"
_CLASSES = (
    ("large", LARGE), ("opening", OPENING), ("closing", CLOSING), ("punctuation", PUNCTUATION),
    ("binary", BINARY), ("ordinary", ORDINARY | {"!"}), ("bar", BARS),
)  # fmt: skip


def class_of(element: Element) -> str:
    """One of ordinary, operator, large, relation, binary, opening, closing, bar, punctuation, fraction, fenced, space.

    An operator is the name of a function, a large one a sum or an integral. Fenced is what begins and ends with
    delimiters: an opening one for what stands before it, a closing one for what follows.
    """
    atom = core(element)
    text = atom.text or ""
    if is_name(atom):
        return "operator"
    if atom.tag == "mo":
        return next((kind for kind, members in _CLASSES if text in members), "relation")
    if len(atom) > 1 and atom.tag == "mrow" and atom[0].text in OPENING and atom[-1].text in CLOSING:
        return "fenced"
    if atom.tag == "mfrac" and atom.get("linethickness") != "0":
        return "fraction"
    blank = atom.tag == "mspace" or (atom.tag == "mtext" and not text.strip())
    return "space" if blank else "ordinary"


def core(element: Element) -> Element:
    """The element that decides how its script, its accent or its group is spaced."""
    while len(element) and (element.tag in SCRIPTED or (element.tag in {"mrow", "mstyle"} and len(element) == 1)):
        element = element[0]
    return element


def is_name(element: Element) -> bool:
    """Whether it is the name of a function: a word, with or without scripts."""
    atom = core(element)
    return atom.tag in {"mi", "mo"} and is_word(atom.text or "") and atom.text not in BINARY


def is_word(text: str) -> bool:
    """Whether it is made of letters and longer than a symbol."""
    return len(text) > 1 and text.isascii() and text[0].isalpha()


def rows(formula: Element) -> Iterator[Element]:
    """Every element that sets its children one beside the other."""
    yield from [element for element in formula.iter() if element.tag in _ROWS]  # a list: steps put in groups


def set_space(element: Element, width: str) -> None:
    """The same space on both sides of an operator."""
    element.set("lspace", width)
    element.set("rspace", width)
