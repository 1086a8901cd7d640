"""Where the record and the literature part: errata, and what was published in the place of other claims."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agf_theory.proofs_check import Status
from agf_theory.report.content import ClaimEntry, ErratumEntry, MutantEntry

__all__ = ["disagreements", "errata"]

_PUBLISHED = re.compile(r"\bpublish|\bas printed\b|\bin the source\b", re.IGNORECASE)
"""What a mutant that stands for the published version says of itself, in its name or its description."""


def errata(claims: Iterable[ClaimEntry]) -> tuple[ErratumEntry, ...]:
    """The claims of status erratum: each states what holds, and its remark what was published."""
    return tuple(ErratumEntry(claim, _published(claim)) for claim in claims if claim.status == str(Status.ERRATUM))


def disagreements(claims: Iterable[ClaimEntry]) -> tuple[ErratumEntry, ...]:
    """The other claims among whose mutants is a published version: it is refuted like any mutant."""
    entries = (ErratumEntry(claim, _published(claim)) for claim in claims if claim.status != str(Status.ERRATUM))
    return tuple(entry for entry in entries if entry.published)


def _published(claim: ClaimEntry) -> tuple[MutantEntry, ...]:
    return tuple(mutant for mutant in claim.mutants if _PUBLISHED.search(f"{mutant.name} {mutant.description}"))
