"""What the overview of the evidence shows: every claim, by system, with status and verdict on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from agf_theory.proofs_check import Claim, Record

__all__ = ["ClaimCell", "EvidenceContent", "MutantFate", "SystemEvidence"]


@dataclass(frozen=True)
class ClaimCell:
    """One claim.

    Attributes
    ----------
    number : str
        Its id without the letters, as "08".
    status : str
        "theorem", "conjecture", ...: what the source holds it to be.
    verdict : str
        A level, an outcome, or "nothing" if there is no verdict on record.
    """

    number: str
    status: str
    verdict: str


@dataclass(frozen=True)
class MutantFate:
    """What became of one mutant.

    Attributes
    ----------
    claim : str
        Id of its claim.
    refuted, equivalent : bool
        Whether some check refutes it; whether it is proved to be no wrong version. If neither, it survives.
    """

    claim: str
    refuted: bool
    equivalent: bool = False


@dataclass(frozen=True)
class SystemEvidence:
    """The claims of one system.

    Attributes
    ----------
    name, letters : str
        As "diagonal", and what its ids begin with.
    claims : tuple of ClaimCell
    mutants : int
        Wrong versions: those written with the claims or, where it is known what became of them, all that were put to
        the test.
    equivalent, refuted : int or None
        How many of them are proved no wrong versions, and how many some check refutes; None if that is not known.
    tested : int
        How many of the claims they belong to, where that is known.
    """

    name: str
    letters: str
    claims: tuple[ClaimCell, ...]
    mutants: int
    equivalent: int | None = None
    refuted: int | None = None
    tested: int = 0

    @property
    def mutants_in_words(self) -> str:
        """How the mutants fared; the record keeps verdicts on claims, so that it alone tells only how many there are.

        Examples
        --------
        >>> SystemEvidence("neuron", "SN", (), 73).mutants_in_words
        '73 mutants'
        >>> SystemEvidence("neuron", "SN", (), 75, equivalent=2, refuted=73).mutants_in_words
        '73 of 73 mutants refuted, 2 equivalent'
        >>> claims = tuple(ClaimCell(number, "theorem", "proved") for number in ("01", "02"))
        >>> SystemEvidence("neuron", "SN", claims, 5, equivalent=0, refuted=5, tested=1).mutants_in_words
        '5 of 5 mutants of 1 claim refuted'
        """
        if self.refuted is None or self.equivalent is None:
            return f"{self.mutants} mutants"
        also = f", {self.equivalent} equivalent" if self.equivalent else ""
        some = f" of {self.tested} claim{'s' * (self.tested != 1)}" if self.tested < len(self.claims) else ""
        return f"{self.refuted} of {self.mutants - self.equivalent} mutants{some} refuted{also}"


@dataclass(frozen=True)
class EvidenceContent:
    """All systems, in the order of the registry."""

    systems: tuple[SystemEvidence, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim], record: Record, fates: Sequence[MutantFate] = ()) -> Self:
        """Put together what is on record of the claims.

        Parameters
        ----------
        claims : sequence of Claim
        record : Record
        fates : sequence of MutantFate
            What became of the mutants, where they were put to the test; the record keeps verdicts on claims alone.
        """
        names = dict.fromkeys(claim.system for claim in claims)
        return cls(tuple(_system([c for c in claims if c.system == name], record, fates) for name in names))


def _system(claims: Sequence[Claim], record: Record, fates: Sequence[MutantFate]) -> SystemEvidence:
    first, there = claims[0], {claim.id for claim in claims}
    known = [fate for fate in fates if fate.claim in there]
    cells = tuple(
        ClaimCell(claim.id.rpartition("-")[2], str(claim.status), str(record.verdict(claim.id) or "nothing"))
        for claim in claims
    )
    letters = first.id.rpartition("-")[0]
    if not known:
        return SystemEvidence(first.system, letters, cells, sum(len(claim.mutants) for claim in claims))
    return SystemEvidence(
        first.system,
        letters,
        cells,
        len(known),
        equivalent=sum(fate.equivalent for fate in known),
        refuted=sum(fate.refuted for fate in known),
        tested=len({fate.claim for fate in known}),
    )
