"""One check of one claim, run again: what every printed command does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from agf_theory.errors import UnknownName
from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.claims import Claim, Cost, Mutant
from agf_theory.proofs_check.evidence import Outcome
from agf_theory.proofs_check.explanation_text import check_text
from agf_theory.proofs_check.mutation import breed
from agf_theory.proofs_check.necessity import as_check
from agf_theory.proofs_check.record import Record
from agf_theory.proofs_check.registry import unknown_name
from agf_theory.proofs_check.runner import Finding
from agf_theory.proofs_check.verdict import combine
from agf_theory.proofs_check.verification import Run

__all__ = ["Repetition", "mutant_named", "single_job"]


def single_job(claim: Claim, check: str, *, mutant: str | None = None, seed: int = 0) -> Job:
    """The job that a check of that name is: on the claim, at a witness of necessity, or on a mutant of the claim.

    Raises
    ------
    UnknownName
        If the claim has no such check or mutant; close names are suggested.
    """
    checks = {each.name: each for each in claim.checks}
    at_witnesses = {each.name: each for each in map(as_check, claim.necessity)}
    known = checks if mutant is not None else checks | at_witnesses
    if check not in known:
        raise UnknownName(unknown_name(f"check of {claim.id}", check, known))
    formula = claim.formula if mutant is None else mutant_named(claim, mutant).formula
    return Job(claim, known[check], formula, seed, mutant or "", necessity=check not in checks)


def mutant_named(claim: Claim, name: str) -> Mutant:
    """The written or bred mutant of that name; raises `UnknownName` with the names that come close."""
    found = {mutant.name: mutant for mutant in (*claim.mutants, *(bred.mutant for bred in breed(claim)))}
    if name not in found:
        raise UnknownName(unknown_name(f"mutant of {claim.id}", name, found))
    return found[name]


@dataclass(frozen=True)
class Repetition:
    """What one check found when it was run again, and what it should have.

    Attributes
    ----------
    finding : Finding
    record : Record
    """

    finding: Finding
    record: Record

    @property
    def complaint(self) -> str:
        """One line if the check found something else than it should; else nothing.

        On the claim that is what is on record; a witness of necessity has to show its hypothesis to be needed, and a
        mutant to be refuted.
        """
        job, evidence = self.finding.job, self.finding.evidence
        if job.mutant:
            return "" if evidence.result is Outcome.REFUTED else f"this check does not refute the mutant {job.mutant}"
        if job.necessity:
            return "" if evidence.level is not None else "the hypothesis is not shown to be needed"
        alone = replace(job.claim, checks=(job.check,))
        run = Run((combine(alone, {job.check.name: evidence}),), Cost.FULL, job.seed, {})
        return "; ".join(str(difference) for difference in self._recorded().differences(run))

    def _recorded(self) -> Record:
        """What is on record of this check."""
        job = self.finding.job
        checks = self.record.checks.get(job.claim.id, {})
        return Record({job.claim.id: {name: entry for name, entry in checks.items() if name == job.check.name}})

    def as_text(self) -> str:
        """For people, each line at most 80 columns wide but for a long complaint."""
        shown = check_text(self.finding.job.check, self.finding.evidence)
        return f"{shown}\n\n{self.complaint or self._as_it_should_be()}"

    def _as_it_should_be(self) -> str:
        job = self.finding.job
        if job.mutant:
            return f"mutant {job.mutant}: refuted, as it should be"
        return "needed, as stated" if job.necessity else "as recorded"

    def as_json(self) -> str:
        """For programs; identical between two runs except for the field "seconds"."""
        job = self.finding.job
        content: Mapping[str, Any] = {
            "claim": job.claim.id,
            "check": job.check.name,
            "mutant": job.mutant,
            "seed": job.seed,
            "evidence": self.finding.evidence.as_record(),
            "complaint": self.complaint,
            "seconds": {job.check.name: round(self.finding.seconds, 3)},
        }
        return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
