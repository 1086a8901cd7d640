"""Text that a terminal can show: no control characters, ASCII spellings where its encoding lacks the sign."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

__all__ = ["cell_len", "ellipsised", "padded", "spelled", "visible", "wrapped"]

_ASCII = {
    "−": "-",
    "–": "-",
    "—": "-",
    "…": "..",
    "≈": "~",
    "±": "+/-",
    "×": "x",
    "·": "*",
    "‖": "||",
    "²": "^2",
    "√": "sqrt ",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "∞": "inf",
    "ℓ": "l",
    "½": "1/2",
    "α": "alpha",
    "β": "beta",
    "ε": "epsilon",
    "η": "eta",
    "κ": "kappa",
    "μ": "mu",
    "ξ": "xi",
    "θ": "theta",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "Σ": "Sigma",
    "⁺": "^+",
    "ᵀ": "^T",
    "’": "'",
    "“": '"',
    "”": '"',
}


def spelled(text: str, encoding: str) -> str:
    r"""The text with what `encoding` cannot write spelled in ASCII, or as a backslash escape.

    Examples
    --------
    >>> spelled("‖Xβ − y‖², naïve", "ascii")
    '||Xbeta - y||^2, na\\xefve'
    """
    return "".join(_spelled_character(character, encoding) for character in visible(text))


def _spelled_character(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _ASCII.get(character) or character.encode("ascii", "backslashreplace").decode("ascii")
    return character


def visible(text: str) -> str:
    r"""The text with control characters, line breaks and bidirectional marks written as escapes.

    Examples
    --------
    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("ascii", "backslashreplace").decode("ascii") for c in map(_escaped, text)
    )


def _escaped(character: str) -> str:
    return character if character.isprintable() else repr(character)[1:-1]


def ellipsised(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in at most `width` terminal cells: what does not fit is left out in the middle.

    Names of columns often differ at their ends only, so both ends are kept.

    Examples
    --------
    >>> ellipsised("pixel_intensity_0017", 10)
    'pixel…0017'
    """
    if cell_len(text) <= width:
        return text
    room = max(width - cell_len(ellipsis), 1)
    tail = _head(text[::-1], room // 2)[::-1]
    return _head(text, room - cell_len(tail)) + ellipsis + tail


def _head(text: str, cells: int) -> str:
    count = next((k for k in range(len(text)) if cell_len(text[: k + 1]) > cells), len(text))
    return text[:count]


def padded(text: str, width: int, *, right: bool) -> str:
    """The text filled with spaces to `width` terminal cells, set flush right or left."""
    space = " " * max(width - cell_len(text), 0)
    return space + text if right else text + space


def wrapped(text: str, width: int, *, first: str = "", then: str = "") -> list[str]:
    """Lines of at most `width` terminal cells, broken at spaces, or inside a word longer than a line.

    Parameters
    ----------
    first, then : str
        What the first line and the lines after it begin with.
    """
    lines, line, empty = [], first, True
    for word in _words(text.split(), width - max(cell_len(first), cell_len(then))):
        if not empty and cell_len(line) + 1 + cell_len(word) > width:
            lines.append(line)
            line, empty = then, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    return [*lines, line.rstrip()]


def _words(words: list[str], width: int) -> Iterator[str]:
    room = max(width, 2)  # the widest character takes two cells
    for word in words:
        rest = word
        while cell_len(rest) > room:
            piece = _head(rest, room)
            yield piece
            rest = rest[len(piece) :]
        yield rest
