"""How the mutants fared, or that they were not run."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from agf_theory.proofs_check import Claim, Mutant, MutantVerdict, Origin
from agf_theory.report.content import MutantCount, MutantEntry
from agf_theory.report.shown_value import shown_value

__all__ = ["NOT_RUN", "mutant_counts", "mutant_entries", "mutants_not_run"]

NOT_RUN = "not run"
_LONGEST, _LONGEST_BRIEF = 300, 60
"""Signs of one witness: there are thousands of mutants."""


def mutant_entries(verdicts: Sequence[MutantVerdict]) -> tuple[MutantEntry, ...]:
    """One entry a mutant: those that survive first, then the refuted, then the equivalent."""
    entries = [_entry(verdict) for verdict in verdicts]
    return tuple(sorted(entries, key=lambda entry: ("survives", "refuted", "equivalent").index(entry.fate)))


def _entry(verdict: MutantVerdict) -> MutantEntry:
    by = verdict.refuted_by
    brief = by is not None and verdict.mutant.origin is Origin.BRED
    tried = "; ".join(f"{name}: {evidence.result} ({evidence.detail})" for name, evidence in verdict.evidence.items())
    return MutantEntry(
        claim=verdict.claim.id,
        name=verdict.mutant.name,
        origin=str(verdict.mutant.origin),
        description=_change(verdict.mutant) if brief else verdict.mutant.description,
        fate="refuted" if by is not None else "equivalent" if verdict.equivalent else "survives",
        by=by or "",
        witness=_beginning(verdict.witness) if brief else shown_value(verdict.witness, _LONGEST),
        reason=verdict.equivalence if verdict.equivalent else tried if by is None else "",
        command=verdict.command if by is None else verdict.evidence[by].command,
        brief=brief,
    )


def _change(mutant: Mutant) -> str:
    """The description without the label of the formula, which the name has already."""
    label, _, _ = mutant.name.removeprefix("bred: ").rpartition(": ")
    return mutant.description.removeprefix(f"{label}: ")


def _beginning(witness: object) -> str:
    """Without the words on how much was cut: they would be longer than what is left."""
    text = shown_value(witness)
    return text if len(text) <= _LONGEST_BRIEF else f"{text[: _LONGEST_BRIEF - 1]}…"


def mutants_not_run(claim: Claim, seed: int) -> tuple[MutantEntry, ...]:
    """The mutants somebody wrote, which this run left out."""
    return tuple(_left_out(claim, mutant, seed) for mutant in claim.mutants)


def _left_out(claim: Claim, mutant: Mutant, seed: int) -> MutantEntry:
    return MutantEntry(
        claim=claim.id,
        name=mutant.name,
        origin=str(mutant.origin),
        description=mutant.description,
        fate=NOT_RUN,
        by="",
        witness="",
        reason="",
        command=f"agf verify {claim.id} --mutant {shlex.quote(mutant.name)} --seed {seed}",
    )


def mutant_counts(verdicts: Sequence[MutantVerdict]) -> tuple[MutantCount, ...]:
    """One row a claim, in the order of the claims."""
    by_claim: dict[str, list[MutantVerdict]] = {}
    for verdict in verdicts:
        by_claim.setdefault(verdict.claim.id, []).append(verdict)
    return tuple(
        MutantCount(
            claim,
            refuted=sum(v.refuted_by is not None for v in fared),
            equivalent=sum(v.equivalent for v in fared),
            surviving=sum(v.survives for v in fared),
        )
        for claim, fared in by_claim.items()
    )
