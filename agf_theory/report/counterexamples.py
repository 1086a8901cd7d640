"""Counterexamples with the commands that reproduce them: against claims, against mutants, and without a hypothesis."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from agf_theory.proofs_check import Claim, Verdict
from agf_theory.proofs_check.evidence import Outcome
from agf_theory.proofs_check.search import stored_counterexamples
from agf_theory.proofs_check.search.regression import NAME as REPLAY
from agf_theory.report.content import Contradiction
from agf_theory.report.shown_value import shown_value

__all__ = ["contradictions"]


def contradictions(verdicts: Sequence[Verdict], seed: int) -> tuple[Contradiction, ...]:
    """What contradicts the claims themselves, if anything does, then what a search found and the package keeps."""
    against = [found for verdict in verdicts for found in _refutations(verdict)]
    kept = [found for verdict in verdicts for found in _stored(verdict.claim, seed)]
    return (*against, *kept)


def _refutations(verdict: Verdict) -> Iterator[Contradiction]:
    for evidence in verdict.shortfall.values():
        if evidence.result is Outcome.REFUTED:
            yield Contradiction(
                verdict.claim.id, "the claim", evidence.detail, shown_value(evidence.witness), (evidence.command,)
            )


def _stored(claim: Claim, seed: int) -> Iterator[Contradiction]:
    for stored in stored_counterexamples(claim):
        against = "the claim" if stored.mutant is None else f"mutant {stored.mutant}"
        replay = f"agf verify {claim.id} --check {shlex.quote(REPLAY)} --seed {seed}"
        yield Contradiction(claim.id, against, stored.refuted, shown_value(stored.instance), (replay, stored.found_by))
