"""The verdict on a claim: its checks combined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from agf_theory.proofs_check.claim_view import verdict_html, verdict_text
from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome

__all__ = ["Verdict", "combine", "joint_result"]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the checks that ran say together.

    Attributes
    ----------
    claim : Claim
    result : Level or Outcome
        The strongest level any check gave; refuted if any check refuted; without evidence the outcome.
    evidence : mapping of check name to Evidence
        Everything the result rests on, in the order of the claim's checks, and every check that gave no evidence.
    """

    claim: Claim
    result: Level | Outcome
    evidence: Mapping[str, Evidence]

    def __repr__(self) -> str:
        checks = len(self.evidence)
        return f"<Verdict {self.claim.id}: {self.result}, {checks} check{'s' * (checks != 1)}>"

    def __str__(self) -> str:
        return verdict_text(self)

    def _repr_html_(self) -> str:
        return verdict_html(self)

    @property
    def support(self) -> dict[str, Evidence]:
        """The checks that gave evidence, strongest first."""
        found = [(name, e, e.level) for name, e in self.evidence.items() if e.level is not None]
        strongest_first = sorted(found, key=lambda item: item[2], reverse=True)
        return {name: evidence for name, evidence, _ in strongest_first}

    @property
    def shortfall(self) -> dict[str, Evidence]:
        """The checks that gave no evidence: refuted, inconclusive, timeout or error."""
        return {name: evidence for name, evidence in self.evidence.items() if evidence.level is None}


def combine(claim: Claim, evidence: Mapping[str, Evidence]) -> Verdict:
    """The verdict on `claim` from the evidence of its checks, by name."""
    return Verdict(claim, joint_result(found.result for found in evidence.values()), MappingProxyType(dict(evidence)))


def joint_result(results: Iterable[Level | Outcome]) -> Level | Outcome:
    """What several checks of one claim say together.

    Refuted wins over everything: if another check gave evidence for the claim, the two contradict one another, and
    the reader must see it. Next comes the strongest level. Without evidence the claim is in error, timed out or
    inconclusive, in this order; a claim none of whose checks ran is inconclusive.

    Examples
    --------
    >>> print(joint_result([Level.SAMPLED, Level.PROVED, Outcome.TIMEOUT]))
    proved
    >>> print(joint_result([]))
    inconclusive
    """
    found = tuple(results)
    levels = [result for result in found if isinstance(result, Level)]
    if Outcome.REFUTED in found:
        return Outcome.REFUTED
    if levels:
        return max(levels)
    return next((outcome for outcome in (Outcome.ERROR, Outcome.TIMEOUT) if outcome in found), Outcome.INCONCLUSIVE)
