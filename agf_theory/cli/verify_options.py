"""What `agf verify` was asked to do, validated in one place before anything runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.proofs_check import Cost

__all__ = ["Format", "VerifyOptions", "require_seed"]

_SEEDS = 2**63  # what certificates and the libraries beneath take


class Format(Enum):
    """How the verdicts are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class VerifyOptions:
    """The options of `agf verify`, as given; making one raises `InputError` where they do not fit together.

    Attributes
    ----------
    names : tuple of str
        Claims or systems; all for none.
    quick, full, mutants, record : bool
    jobs : int
        Processes at a time; 0 for one a core.
    seed : int
    explain, certificates, report : str or None
        The claim to explain, and the folders to write certificates and a report into.
    check, mutant : str or None
        One check of one claim, and one mutant of one claim, alone.
    resume, no_cache : bool
        Whether finished checks of earlier runs are used, and whether none are read or kept.
    quiet : bool
        Whether nothing but results and errors is printed.
    form : Format
    """

    names: tuple[str, ...] = ()
    quick: bool = False
    full: bool = False
    mutants: bool = False
    jobs: int = 0
    seed: int = 0
    explain: str | None = None
    form: Format = Format.TEXT
    certificates: str | None = None
    report: str | None = None
    record: bool = False
    check: str | None = None
    mutant: str | None = None
    resume: bool = False
    no_cache: bool = False
    quiet: bool = False

    def __post_init__(self) -> None:
        if self.quick and self.full:
            raise InputError("--quick and --full exclude one another")
        if self.jobs < 0:
            raise InputError(f"--jobs: a number of processes is required (0: one a core), got {self.jobs}")
        require_seed(self.seed)
        if self.record and self.seed != 0:
            raise InputError(f"--record: the verdicts on record are those of seed 0, got --seed {self.seed}")
        if self.resume and self.no_cache:
            raise InputError("--resume and --no-cache exclude one another")
        of_one = {"--check": self.check is not None, "--mutant": self.mutant is not None}
        of_many = {
            "--mutants": self.mutants,
            "--record": self.record,
            "--certificates": self.certificates is not None,
            "--report": self.report is not None,
        }
        if self.explain is not None:
            what = f"--explain {self.explain} runs that claim with its mutants and takes nothing else"
            _exclude(what, (*_given(of_many | of_one), *self.names))
        elif self._writes_twice_into_one_folder():
            raise InputError(f"--certificates and --report: two folders are required, got {self.report!a} for both")
        elif single := _given(of_one):
            if len(self.names) != 1:
                got = " ".join(self.names) or "none"
                raise InputError(f"{single[0]}: the id of one claim is required before it, got {got}")
            _exclude(f"{single[0]} runs that alone", _given(of_many))

    def _writes_twice_into_one_folder(self) -> bool:
        given = (self.certificates, self.report)
        names = [name for name in given if name is not None and "\0" not in name]  # such a name is refused later
        return len(names) == len(given) and len(set(map(os.path.realpath, names))) == 1

    @property
    def workers(self) -> int:
        """Processes at a time."""
        return self.jobs or os.cpu_count() or 1

    @property
    def cost(self) -> Cost:
        """Which checks are run."""
        from agf_theory.proofs_check import Cost

        return Cost.FULL if self.full else Cost.QUICK


def require_seed(seed: int) -> None:
    """Raise `InputError` for a seed that is negative or too large."""
    if not 0 <= seed < _SEEDS:
        raise InputError(f"--seed: an integer from 0 to {_SEEDS - 1} is required, got {seed}")


def _given(chosen: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(option for option, given in chosen.items() if given)


def _exclude(what: str, others: tuple[str, ...]) -> None:
    if others:
        raise InputError(f"{what}, got {others[0]}")
