"""What latex2mathml leaves to be done so that a browser sets a formula as TeX does.

Browsers know MathML Core: letters of an alphabet are characters of their own, columns are aligned by style, a sign or a
bar is spaced by what stands beside it, and a function's name by us. What is still LaTeX after all repairs is an error.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

_CORE = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mover", "munderover",
    "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
}  # fmt: skip
_TOKENS = {"mi", "mn", "mo", "mtext"}
_ROWS = {"mrow", "mtd", "mstyle", "msqrt", "mpadded", "mphantom"}
_SCRIPTED = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
_TALL = {"mfrac", "mtable", "munder", "munderover", "msqrt", "mroot"}
_ALPHABETS = {
    "bold": "BOLD", "double-struck": "DOUBLE-STRUCK", "script": "SCRIPT", "fraktur": "FRAKTUR",
    "bold-italic": "BOLD ITALIC", "bold-script": "BOLD SCRIPT", "sans-serif": "SANS-SERIF", "monospace": "MONOSPACE",
}  # fmt: skip
_ORDINARY = set("∂∇∞∅∀∃/…⊤⊥′")  # signs that are no operators, whatever block of Unicode they stand in
_SIGNS = set("−+±∓-")
_RELATIONS = set(":∼⟺⟹⟸⟶⟵⟷")  # that no dictionary of operators takes for relations
_LARGE = set("∑∏∫∬∮⋃⋂⨁⨂")
_BARS = set("|‖∥")
_OPENING, _CLOSING = set("([{⟨⌈⌊"), set(")]}⟩⌉⌋")
_PUNCTUATION = set(",;")
_BINARY = set("−+±∓×⋅·∘⊗⊕⊙∗*∩∪∧∨÷")
_ACCENTS = {"^": "ˆ", "~": "˜", "˙": "˙", "¨": "¨", "→": "→"}  # as written; close to the letter
_WITH_LIMITS = {"lim", "max", "min", "sup", "inf", "det", "gcd", "arg max", "arg min", "lim sup", "lim inf"}
_NAMED = {r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\langle": "⟨", r"\rangle": "⟩"}
_THIN = "0.1667em"


class FormulaError(Exception):
    """A formula cannot be rendered in full."""


def repair(formula: Element) -> None:
    """Repair a `math` element of latex2mathml in place; FormulaError if something of it would not be shown."""
    for element in formula.iter():
        if element.text:
            element.text = html.unescape(element.text)
    for step in (_characters, _words, _negations, _groups, _delimiters, _accents, _tables, _spaces):
        step(formula)
    _require_core(formula)


def class_of(element: Element) -> str:
    """What TeX calls the class of an atom: ordinary, operator, relation, binary, opening, closing, punctuation."""
    core = _core(element)
    if _is_name(core):
        return "operator"
    if core.tag == "mo":
        text = core.text or ""
        for kind, members in (
            ("operator", _LARGE), ("opening", _OPENING), ("closing", _CLOSING), ("punctuation", _PUNCTUATION),
            ("binary", _BINARY), ("ordinary", _ORDINARY | _BARS | set("!")),
        ):  # fmt: skip
            if text in members:
                return kind
        return "relation"
    return "space" if core.tag == "mspace" else "ordinary"


def _core(element: Element) -> Element:
    """The element that decides how its script, its accent or its group is spaced."""
    while len(element) and (element.tag in _SCRIPTED or (element.tag in {"mrow", "mstyle"} and len(element) == 1)):
        element = element[0]
    return element


def _rows(formula: Element) -> Iterator[Element]:
    yield from [element for element in formula.iter() if element.tag in _ROWS]  # a list: steps put in groups


def _characters(formula: Element) -> None:
    """Letters of an alphabet as characters; ordinary signs as ordinary; no attributes that browsers have dropped."""
    for element in formula.iter():
        element.text = _NAMED.get(element.text or "", element.text)
        if element.get("width") == "negativethinmathspace":
            element.set("width", f"-{_THIN}")
        alphabet = element.attrib.pop("mathvariant", None)
        if alphabet in _ALPHABETS and element.text:
            element.text = "".join(_letter(_ALPHABETS[alphabet], letter) for letter in element.text)
        elif alphabet == "normal" and element.tag == "mi":
            element.set("mathvariant", "normal")
        if element.tag == "mo" and element.text in _ORDINARY - set("/"):
            element.tag = "mi"
        if element.tag == "mi" and element.text and "Α" <= element.text <= "Ω":
            element.set("mathvariant", "normal")  # Greek capitals are upright
        if element.text in {"/", "."} and element.tag == "mo":
            _space(element, "0")
        if element.tag == "mi" and element.text in _RELATIONS | _BINARY:
            element.tag = "mo"
            _space(element, "0.2778em" if element.text in _RELATIONS else "0.2222em")
        if element.tag == "menclose" and element.get("notation") == "box":
            element.tag, element.attrib = "mrow", {"class": "boxed"}


def _space(element: Element, width: str) -> None:
    element.set("lspace", width)
    element.set("rspace", width)


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


def _words(formula: Element) -> None:
    """Names of functions are upright words, marked so that they are spaced as functions."""
    for row in _rows(formula):
        upright = [child for child in row if child.tag == "mi" and child.get("mathvariant") == "normal"]
        if row.tag == "mrow" and len(row) == len(upright) > 1:
            word = Element("mi")
            word.text = "".join(letter.text or "" for letter in upright)
            row[:] = [word]
    for element in formula.iter():
        text = element.text or ""
        if element.tag in {"mi", "mo"} and len(text) > 1 and text.isascii() and text[0].isalpha():
            element.tag, element.attrib = "mi", {"class": "name"}
    for element in formula.iter():
        if element.tag in {"msub", "munder", "msubsup", "munderover"} and element[0].text in _WITH_LIMITS:
            element.tag = "munder" if len(element) == 2 else "munderover"
            element[0].tag = "mo"  # under it where there is room, beside it in a line
            element[0].attrib = {"class": "name", "movablelimits": "true", "lspace": "0", "rspace": "0"}


def _negations(formula: Element) -> None:
    r"""`\not` and a relation are one character, and so are a colon and an equals sign."""
    for row in _rows(formula):
        for slash, relation in pairwise(list(row)):
            if (slash.text, relation.text) == (":", "="):
                relation.text = ":="
                row.remove(slash)
            if slash.tag == "mpadded" and len(slash) == 1 and slash[0].text == "⧸" and relation.tag == "mo":
                relation.text = unicodedata.normalize("NFC", f"{relation.text}\u0338")
                row.remove(slash)


def _groups(formula: Element) -> None:
    """A delimiter is as tall as what it belongs to, and no taller: a matrix, a binomial, a line."""
    for row in _rows(formula):
        children = list(row)
        for before, middle, after in zip(children, children[1:], children[2:], strict=False):
            held = middle.tag == "mtable" or middle.get("linethickness") == "0"
            if held and before.text in _OPENING | _BARS and after.tag == "mo":
                group = Element("mrow")
                group.extend((before, middle, after))
                before.attrib, after.attrib = {"stretchy": "true"}, {"stretchy": "true"}
                row[list(row).index(before)] = group
                row.remove(middle)
                row.remove(after)
        for child in list(row):
            _gather(row, child)
        if len(row) and {"prefix", "postfix"} == {row[0].get("form"), row[-1].get("form")} and not _is_tall(row):
            row[0].attrib, row[-1].attrib = {"stretchy": "false"}, {"stretchy": "false"}


def _delimiters(formula: Element) -> None:
    """Delimiters have no space around them, and grow only where they are told to."""
    for element in formula.iter("mo"):
        text = element.text or ""
        if text in _OPENING | _CLOSING | _BARS:
            if not set(element.attrib) & {"form", "stretchy", "minsize"}:
                element.set("stretchy", "false")
            _space(element, "0")
        if element.get("minsize") == "1.2em":
            del element.attrib["minsize"], element.attrib["maxsize"]
            element.set("stretchy", "false")
            element.set("mathsize", "120%")  # a stretched one is as wide as the largest of its kind


def _is_tall(row: Element) -> bool:
    return any(child.tag in _TALL or child.text in _LARGE for child in row.iter())


def _gather(row: Element, closing: Element) -> None:
    r"""`\Big)^2`: what is between the delimiters takes the script, for a script's own delimiter does not grow."""
    size = closing[0].get("minsize") if closing.tag in _SCRIPTED else None
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


def _accents(formula: Element) -> None:
    """An accent belongs to its letter: it is set close, and at the size of the text. A bar is a line of its own.

    The glyphs of bars do not grow with what is under them, and some are so thin that a screen does not show them.
    """
    for element in formula.iter("mover"):
        mark = element[1]
        if mark.tag == "mo" and mark.text in {"¯", "―"}:
            element.tag, element.attrib = "mrow", {"class": "bar"}
            element.remove(mark)
        elif mark.tag == "mo" and mark.text in _ACCENTS:
            element.set("accent", "true")
            mark.text = _ACCENTS[mark.text]
            mark.attrib = {"stretchy": "false"}


def _tables(formula: Element) -> None:
    """Columns are aligned by style; a table of equations has the spaces of one line, and full-sized parts."""
    for table in formula.iter("mtable"):
        aligned = False
        for cell in table.iter("mtd"):
            side = cell.attrib.pop("columnalign", None)
            aligned = aligned or side == "right"
            if side:
                cell.set("style", f"text-align: {side}")
        table.attrib.clear()
        if aligned:
            table.set("class", "aligned")
            table.set("displaystyle", "true")


def _spaces(formula: Element) -> None:
    """Space around signs, bars and names as TeX has it, which looks at the neighbours; none in scripts."""
    for row in _rows(formula):
        previous = None
        for child in list(row):
            kind = class_of(child)
            core = _core(child)
            if core.tag == "mo" and core.text in _SIGNS:
                sign = previous in {None, "relation", "binary", "opening", "punctuation", "operator"}
                core.set("form", "prefix" if sign else "infix")
                _space(core, "0" if sign else "0.2222em")
                kind = "ordinary" if sign else "binary"
            if core.text == "…" and previous == "binary":
                core.text = "⋯"
            beside_a_name = _is_name(child) or previous == "operator"
            if beside_a_name and {previous, kind} <= {"operator", "ordinary", "closing"}:
                row.insert(list(row).index(child), Element("mspace", width=_THIN))
            previous = "large" if kind == "operator" and not _is_name(child) else kind
    for element in formula.iter():
        for script in element[1:] if element.tag in _SCRIPTED else ():
            for sign in script.iter("mo"):
                _space(sign, "0")


def _is_name(element: Element) -> bool:
    return _core(element).get("class") == "name"


def _require_core(formula: Element) -> None:
    for element in formula.iter():
        text = element.text or ""
        if element.tag not in _CORE:
            raise FormulaError(f"<{element.tag}> is not shown by every browser")
        if (
            element.tag in _TOKENS
            and element.tag != "mtext"
            and set(text) & set("\\&{}$") - set("{}" if len(text) == 1 else "")
        ):
            raise FormulaError(f"unknown: {text}")
        if element.get("linebreak"):
            raise FormulaError("a line break outside of an environment")
