"""A template in a file: numbers, as many as the modulus, in any arrangement."""

from __future__ import annotations

import re
from fractions import Fraction
from os import PathLike

from agf_theory.errors import InputError
from agf_theory.problems.input_file import printable, read_bytes
from agf_theory.problems.number_parser import parse_number

__all__ = ["read_template"]

_MOST_BYTES = 2**22
_MOST_NUMBERS = 10_000
_SEPARATORS = re.compile(r"[\s,;]+")


def read_template(path: str | PathLike[str]) -> list[Fraction]:
    """The numbers of a text file, exact, separated by spaces, commas, semicolons or line breaks.

    Parameters
    ----------
    path : path
        At most 4 MiB, UTF-8; lines that begin with # are left out.

    Raises
    ------
    MissingInput
        If the file is not there.
    InputError
        If it is not text, holds something that is no number (the message names the line), none, or more than 10 000.
    """
    file = printable(path)
    try:
        text = read_bytes(path, most=_MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: UTF-8 text is required, got the byte 0x{error.object[error.start]:02x}") from None
    if "\0" in text:
        raise InputError(f"{file}: a text file is required, got binary data")
    numbers: list[Fraction] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip().startswith("#"):
            numbers += [parse_number(word, f"{file}, line {number}") for word in _SEPARATORS.split(line) if word]
        if len(numbers) > _MOST_NUMBERS:
            raise InputError(f"{file}: at most {_MOST_NUMBERS} numbers are allowed, got more")
    if not numbers:
        raise InputError(f"{file}: the numbers of a template are required, got none")
    return numbers
