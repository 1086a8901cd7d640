"""Where the record and the literature part: errata, and what was published in the place of other claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agf_theory.proofs_check import Status
from agf_theory.report.content import ClaimEntry, ErratumEntry, MutantEntry

__all__ = ["PUBLISHED", "disagreements", "errata"]

PUBLISHED: Mapping[str, tuple[str, ...]] = {
    "DIAG-02": ("eta-one",),
    "LIN-08": ("as-published",),
    "LIN-09": ("floor-dropped",),
    "LIN-13": ("published",),
    "LIN-14": ("recursion-right",),
    "LIN-23": ("always-smooth",),
    "MOD-02": ("published",),
    "MOD-05": ("published",),
    "MOD-11": ("nyquist-as-generic",),
    "MOD-16": ("six-always",),
    "MOD-21": ("published",),
    "MOD-22": ("least-blow-up-time",),
    "ATT-09": ("one-dropped",),
    "SN-05": ("bernoulli-always", "riccati-always"),
    "SN-11": ("sign-of-the-start",),
    "TM-11": ("nothing-aligns",),
}
"""By claim, the mutants that are what a source says, or what it is usually taken to say."""


def errata(claims: Iterable[ClaimEntry]) -> tuple[ErratumEntry, ...]:
    """The claims of status erratum: each states what holds, and its remark what was published."""
    return tuple(ErratumEntry(claim, _published(claim)) for claim in claims if claim.status == str(Status.ERRATUM))


def disagreements(claims: Iterable[ClaimEntry]) -> tuple[ErratumEntry, ...]:
    """The other claims among whose mutants is a published version: it is refuted like any mutant."""
    entries = (ErratumEntry(claim, _published(claim)) for claim in claims if claim.status != str(Status.ERRATUM))
    return tuple(entry for entry in entries if entry.published)


def _published(claim: ClaimEntry) -> tuple[MutantEntry, ...]:
    names = PUBLISHED.get(claim.id, ())
    return tuple(mutant for mutant in claim.mutants if mutant.name in names)
