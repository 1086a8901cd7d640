"""A counterexample as a file: plain JSON, exact numbers, read back without trust."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from agf_theory.errors import InputError
from agf_theory.problems.input_file import printable, read_bytes
from agf_theory.problems.number_parser import quoted

__all__ = ["Counterexample", "load", "stored_under"]

FORMAT = 1
LARGEST_FILE = 2**20
_FIELDS = {"format", "claim", "mutant", "instance", "refuted", "found_by"}


@dataclass(frozen=True)
class Counterexample:
    """An instance at which a formula contradicts the statement of a claim.

    Attributes
    ----------
    claim_id : str
    mutant : str or None
        Name of the mutant that fails there; None for the claim's own formula.
    instance : mapping of str to plain data
        As `Hypotheses.encode` gives it: exact numbers as texts.
    refuted : str
        What was contradicted, in words.
    found_by : str
        The command that finds it again.
    """

    claim_id: str
    mutant: str | None
    instance: Mapping[str, Any]
    refuted: str
    found_by: str

    @property
    def file_name(self) -> str:
        """Where it is stored below a folder: one file for each claim and mutant."""
        return f"{self.claim_id}-{self.mutant or 'itself'}.json"

    def text(self) -> str:
        """The content of its file."""
        record = {
            "format": FORMAT,
            "claim": self.claim_id,
            "mutant": self.mutant,
            "instance": self.instance,
            "refuted": self.refuted,
            "found_by": self.found_by,
        }
        return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def load(path: str | PathLike[str]) -> Counterexample:
    """Read a counterexample; the instance itself is checked by `Hypotheses.decode`.

    Raises
    ------
    MissingInput
        If the file is not there.
    InputError
        If it is no counterexample.
    """
    shown, content = printable(path), read_bytes(path, most=LARGEST_FILE)
    try:
        record = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{shown}: JSON is required, got {quoted(str(error), 80)}") from None
    if not isinstance(record, Mapping) or set(record) != _FIELDS:
        raise InputError(f"{shown}: an object with the fields {', '.join(sorted(_FIELDS))} is required")
    if record["format"] != FORMAT:
        raise InputError(f"{shown}: format {FORMAT} is required, got {quoted(str(record['format']))}")
    for name in ("claim", "refuted", "found_by", *(["mutant"] if record["mutant"] is not None else [])):
        if not isinstance(record[name], str):
            raise InputError(f"{shown}: {name} is required to be text, got {type(record[name]).__name__}")
    if not isinstance(record["instance"], Mapping):
        raise InputError(f"{shown}: instance is required to be an object, got {type(record['instance']).__name__}")
    return Counterexample(record["claim"], record["mutant"], record["instance"], record["refuted"], record["found_by"])


def stored_under(folder: Path, claim_id: str) -> tuple[Path, ...]:
    """The files of a claim in a folder, in the order of their names."""
    return tuple(sorted(folder.glob(f"{claim_id}-*.json")))
