"""The one way text becomes a number: a small grammar, limits on its size, and no evaluation.

.. code-block:: text

    number   = sign? ( decimal | fraction )
    decimal  = ( digits ("." digits?)? | "." digits ) ( ("e" | "E") sign? digits )?
    fraction = digits "/" digits

ASCII only, spaces allowed around the number but not inside. Nothing is rounded: "0.1" is one tenth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from agf_theory.errors import InputError

__all__ = ["MAX_EXPONENT", "MAX_LENGTH", "Numeral", "parse_number", "quoted", "read_numeral"]

MAX_LENGTH = 4000
"""Longest text read as a number: below the 4300 digits at which Python itself refuses to convert an integer."""

MAX_EXPONENT = 5000
"""Largest power of ten (after the decimals are counted) that `parse_number` writes out; doubles end at 308."""

_LARGEST_EXPONENT_READ = 10**18  # as an integer, not yet as a power: callers can name a limit of their own

_DECIMAL = re.compile(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?", re.ASCII)
_FRACTION = re.compile(r"([+-]?[0-9]+)/([0-9]+)", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Numeral:
    """The number ``numerator / denominator * 10**exponent``, not yet multiplied out.

    Attributes
    ----------
    numerator, denominator : int
        At most `MAX_LENGTH` digits when read from text; the denominator is positive.
    exponent : int
        Up to 18 digits long: harmless as it stands, ruinous if raised to a power unchecked.
    """

    numerator: int
    denominator: int = 1
    exponent: int = 0

    def fraction(self) -> Fraction:
        """The number itself. Costs memory in proportion to ``abs(exponent)``: check that first."""
        if self.exponent >= 0:
            return Fraction(self.numerator * 10**self.exponent, self.denominator)
        return Fraction(self.numerator, self.denominator * 10**-self.exponent)


def parse_number(text: str, what: str = "") -> Fraction:
    """The exact value of an integer, a decimal (with exponent) or a fraction "p/q".

    Parameters
    ----------
    text : str
    what : str
        Name of the quantity, to begin the error message with; none if empty.

    Returns
    -------
    fractions.Fraction

    Raises
    ------
    InputError
        If the text is not a number of this grammar, is not finite, or exceeds `MAX_LENGTH` or `MAX_EXPONENT`.

    Examples
    --------
    >>> parse_number("-0.1"), parse_number("2.5e-3"), parse_number("6/4")
    (Fraction(-1, 10), Fraction(1, 400), Fraction(3, 2))
    """
    numeral = read_numeral(text, what)
    if abs(numeral.exponent) > MAX_EXPONENT:
        raise InputError(
            f"{_begun(what)}a power of ten between -{MAX_EXPONENT} and {MAX_EXPONENT} is required, got {quoted(text)}"
        )
    return numeral.fraction()


def read_numeral(text: str, what: str = "") -> Numeral:
    """Read the grammar of this module without multiplying out the power of ten.

    Raises
    ------
    InputError
        As `parse_number`, except that exponents of up to 18 digits pass.
    """
    if not isinstance(text, str):
        raise InputError(f"{_begun(what)}text is required, got {type(text).__name__}")
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"{_begun(what)}at most {MAX_LENGTH} characters are allowed, got {len(text)}, namely {quoted(text)}"
        )
    stripped = text.strip(" \t")
    if match := _DECIMAL.fullmatch(stripped):
        numeral = _decimal(match)
    elif match := _FRACTION.fullmatch(stripped):
        numeral = Numeral(int(match[1]), int(match[2]))
    else:
        raise InputError(_begun(what) + _complaint(stripped))
    if numeral.denominator == 0:
        raise InputError(f"{_begun(what)}a denominator other than zero is required, got {quoted(text)}")
    if abs(numeral.exponent) > _LARGEST_EXPONENT_READ:
        raise InputError(f"{_begun(what)}an exponent of at most 18 digits is required, got {quoted(text)}")
    return numeral


def quoted(text: str, limit: int = 40) -> str:
    r"""The text as it may stand in a one-line message: escaped, in quotes, and cut when long.

    >>> print(quoted("one\ntwo"))
    'one\ntwo'
    """
    return ascii(text) if len(text) <= limit else ascii(text[: limit - 3]) + "..."


def _decimal(match: re.Match[str]) -> Numeral:
    sign, whole, after_whole, bare, exponent = match.groups(default="")
    decimals = after_whole or bare
    return Numeral(int(sign + whole + decimals), 1, int(exponent or "0") - len(decimals))


def _begun(what: str) -> str:
    return f"{what}: " if what else ""


def _complaint(text: str) -> str:
    expected = "expected a number such as 12, -0.5, 1e-8 or 3/4"
    if not text:
        return f"{expected}, got an empty text (missing value?)"
    if _NOT_FINITE.fullmatch(text):
        return f"a finite number is required, got {quoted(text)}"
    return f"{expected}, got {quoted(text)}"
