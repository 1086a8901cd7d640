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

__all__ = ["Format", "VerifyOptions"]


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
    explain, certificates : str or None
        The claim to explain, and the folder to write certificates into.
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
    record: bool = False

    def __post_init__(self) -> None:
        if self.quick and self.full:
            raise InputError("--quick and --full exclude one another")
        if self.jobs < 0:
            raise InputError(f"--jobs: a number of processes is required (0: one a core), got {self.jobs}")
        if self.record and self.seed != 0:
            raise InputError(f"--record: the verdicts on record are those of seed 0, got --seed {self.seed}")
        if self.explain is not None:
            chosen = {
                "--mutants": self.mutants,
                "--record": self.record,
                "--certificates": self.certificates is not None,
            }
            self._require_alone(f"--explain {self.explain} runs that claim with its mutants and", chosen)

    def _require_alone(self, what: str, chosen: Mapping[str, bool]) -> None:
        excluded = [*(option for option, given in chosen.items() if given), *self.names]
        if excluded:
            raise InputError(f"{what} takes nothing else, got {excluded[0]}")

    @property
    def workers(self) -> int:
        """Processes at a time."""
        return self.jobs or os.cpu_count() or 1

    @property
    def cost(self) -> Cost:
        """Which checks are run."""
        from agf_theory.proofs_check import Cost

        return Cost.FULL if self.full else Cost.QUICK
