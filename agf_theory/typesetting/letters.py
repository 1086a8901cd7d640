"""Letters and signs as the characters and elements that browsers know."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import unescape
from itertools import pairwise
from types import MappingProxyType
from xml.etree.ElementTree import Element

from agf_theory.errors import FormulaError
from agf_theory.typesetting.atoms import BINARY, CLOSING, OPENING, ORDINARY, PUNCTUATION, THIN, is_word, rows, set_space

__all__ = ["join_negations", "join_words", "plain_characters"]

_ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        "bold": "BOLD", "double-struck": "DOUBLE-STRUCK", "script": "SCRIPT", "fraktur": "FRAKTUR",
        "bold-italic": "BOLD ITALIC", "bold-script": "BOLD SCRIPT", "sans-serif": "SANS-SERIF",
        "monospace": "MONOSPACE",
    }
)  # fmt: skip
_NAMED: Mapping[str, str] = MappingProxyType(
    {r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\langle": "⟨", r"\rangle": "⟩"}
)
_RELATIONS = frozenset(":∼⟺⟹⟸⟶⟵⟷")  # that no dictionary of operators takes for relations
_WITH_LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "det", "gcd", "arg max", "arg min", "lim sup", "lim inf"))
_BOX = "border:1px solid;padding:.3em"


def plain_characters(formula: Element) -> None:
    """Letters of an alphabet as characters; ordinary signs as ordinary; no attributes that browsers have dropped."""
    for element in formula.iter():
        _write_out(element)
        if element.get("width") == "negativethinmathspace":
            element.set("width", f"-{THIN}")
        if element.tag == "menclose" and element.get("notation") == "box":
            element.tag, element.attrib = "mrow", {"style": _BOX}
        if element.tag in {"mi", "mo"}:
            _classify(element)


def _write_out(element: Element) -> None:
    """The text of an element, without names of characters and without an alphabet."""
    text = unescape(element.text or "")
    text = _NAMED.get(text, text)
    alphabet = element.attrib.pop("mathvariant", "")
    if alphabet in _ALPHABETS:
        text = "".join(_letter(_ALPHABETS[alphabet], letter) for letter in text)
    elif alphabet == "normal" and element.tag == "mi":
        element.set("mathvariant", "normal")
    element.text = text or None


def _classify(element: Element) -> None:
    text = (element.text or "").replace("\N{THIN SPACE}", " ").replace("\N{SIX-PER-EM SPACE}", " ")
    element.text = text or None
    if element.tag == "mo" and text in ORDINARY - {"/"}:
        element.tag = "mi"
    if element.tag == "mi" and "Α" <= text <= "Ω":
        element.set("mathvariant", "normal")  # Greek capitals are upright
    if text in OPENING | CLOSING | PUNCTUATION:
        element.tag = "mo"
    if element.tag == "mo" and text in {"/", "."}:
        set_space(element, "0")
    if text in BINARY | _RELATIONS and (element.tag == "mi") != is_word(text):  # \bmod is a sign, \pmod has a word
        element.tag = "mo"
        set_space(element, "0.2778em" if text in _RELATIONS else "0.2222em")


def _letter(alphabet: str, letter: str) -> str:
    name = unicodedata.name(letter)
    kind = next((kind for kind in ("CAPITAL LETTER ", "SMALL LETTER ", "DIGIT ") if kind in name), None)
    if kind is None:
        return letter
    wanted = f"{alphabet} {kind.replace('LETTER ', '')}{name.rpartition(kind)[2]}"
    for candidate in (f"MATHEMATICAL {wanted}", wanted, wanted.replace("FRAKTUR", "BLACK-LETTER")):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    raise FormulaError(f"no {alphabet.lower()} {letter!r}")


def join_words(formula: Element) -> None:
    """Names of functions are upright words, with what is to be below them below."""
    for row in rows(formula):
        upright = [child for child in row if child.tag == "mi" and child.get("mathvariant") == "normal"]
        if row.tag == "mrow" and len(row) == len(upright) > 1:
            word = Element("mi")
            word.text = "".join(letter.text or "" for letter in upright)
            row[:] = [word]
    for element in formula.iter():
        text = element.text or ""
        if element.tag in {"mi", "mo"} and is_word(text) and text not in BINARY:
            element.tag, element.attrib = "mi", {}
    for element in formula.iter():
        if element.tag in {"msub", "munder", "msubsup", "munderover"} and element[0].text in _WITH_LIMITS:
            element.tag = "munder" if len(element) == 2 else "munderover"
            element[0].tag = "mo"  # under it where there is room, beside it in a line
            element[0].attrib = {"movablelimits": "true", "lspace": "0", "rspace": "0"}


def join_negations(formula: Element) -> None:
    r"""`\not` and a relation are one character, and so are a colon and an equals sign."""
    for row in rows(formula):
        for slash, relation in pairwise(list(row)):
            if (slash.text, relation.text) == (":", "="):
                relation.text = ":="
                row.remove(slash)
            if slash.tag == "mpadded" and len(slash) == 1 and slash[0].text == "⧸" and relation.tag == "mo":
                relation.text = unicodedata.normalize("NFC", f"{relation.text}\u0338")
                row.remove(slash)
