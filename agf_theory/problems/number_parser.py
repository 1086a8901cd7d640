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
"""Largest power of ten `parse_number` writes out; doubles end at 308, so real data never come near it."""

_MAX_EXPONENT_DIGITS = 18  # the exponent itself is read as an integer, so that callers can name their own limit

_DECIMAL = re.compile(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?)([0-9]+))?", re.ASCII)
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


def parse_number(text: str, what: str = "number") -> Fraction:
    """The exact value of an integer, a decimal (with exponent) or a fraction "p/q".

    Parameters
    ----------
    text : str
    what : str
        Name of the quantity, to begin the error message with.

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
    if abs(numeral.exponent) > MAX_EXPONENT + MAX_LENGTH:
        raise InputError(f"{what}: a power of ten between -{MAX_EXPONENT} and {MAX_EXPONENT} is allowed, got {quoted(text)}")
    return numeral.fraction()


def read_numeral(text: str, what: str = "number") -> Numeral:
    """Read the grammar of this module without multiplying out the power of ten.

    Raises
    ------
    InputError
        As `parse_number`, except that exponents of up to 18 digits pass.
    """
    if not isinstance(text, str):
        raise InputError(f"{what}: expected text, got {type(text).__name__}")
    if len(text) > MAX_LENGTH:
        raise InputError(f"{what}: at most {MAX_LENGTH} characters are allowed, got {len(text)}: {quoted(text)}")
    stripped = text.strip(" \t")
    if match := _DECIMAL.fullmatch(stripped):
        return _decimal(match, what)
    if match := _FRACTION.fullmatch(stripped):
        numerator, denominator = int(match[1]), int(match[2])
        if denominator == 0:
            raise InputError(f"{what}: the denominator must not be zero, got {quoted(text)}")
        return Numeral(numerator, denominator)
    raise InputError(f"{what}: {_complaint(stripped)}")


def quoted(text: str, limit: int = 40) -> str:
    """The text as it may stand in a one-line message: escaped, in quotes, and cut when long.

    >>> quoted("one\\ntwo")
    "'one\\\\ntwo'"
    """
    return ascii(text) if len(text) <= limit else ascii(text[: limit - 3]) + "..."


def _decimal(match: re.Match[str], what: str) -> Numeral:
    sign, whole, after_whole, bare, exponent_sign, exponent_digits = match.groups(default="")
    exponent_digits = exponent_digits.lstrip("0") or "0"
    if len(exponent_digits) > _MAX_EXPONENT_DIGITS:
        raise InputError(
            f"{what}: an exponent of at most {_MAX_EXPONENT_DIGITS} digits is allowed, got {quoted(match.string)}"
        )
    decimals = after_whole or bare
    numerator = int(sign + whole + decimals)
    return Numeral(numerator, 1, int(exponent_sign + exponent_digits) - len(decimals))


def _complaint(text: str) -> str:
    expected = "expected a number such as 12, -0.5, 1e-8 or 3/4"
    if not text:
        return f"{expected}, got an empty text (missing value?)"
    if _NOT_FINITE.fullmatch(text):
        return f"a finite number is required, got {quoted(text)}"
    return f"{expected}, got {quoted(text)}"
