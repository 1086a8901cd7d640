"""Counterexamples that were found stay: every verification of a claim replays those on file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from agf_theory.errors import InputError
from agf_theory.proofs_check.claims import Check, Claim
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.search.counterexample import Counterexample, load, stored_under
from agf_theory.proofs_check.search.trial import named_mutant, trial

__all__ = ["STORED", "stored_counterexamples", "with_stored_counterexamples"]

STORED = Path(__file__).parents[1] / "counterexamples"
"""The folder in the package that holds them."""

NAME = "stored counterexamples"


def with_stored_counterexamples(claim: Claim, folder: Path = STORED) -> Claim:
    """The claim with one check more, if there are counterexamples on file: the replay of them."""
    if not stored_under(folder, claim.id):
        return claim
    check = Check(NAME, partial(replay, claim, folder), time_limit=120.0)
    return replace(claim, checks=(*claim.checks, check))


def stored_counterexamples(claim: Claim, folder: Path = STORED) -> tuple[Counterexample, ...]:
    """Those on file for a claim.

    Raises
    ------
    InputError
        If a file is malformed, or speaks of another claim.
    """
    found = tuple(load(path) for path in stored_under(folder, claim.id))
    for one in found:
        if one.claim_id != claim.id:
            raise InputError(f"{folder}: the file {one.file_name} is required to be about {claim.id}")
    return found


def replay(claim: Claim, folder: Path, formula: Any, context: Context) -> Evidence:
    """Instances at which a mutant, or the claim itself, once failed: the statement holds there, the mutant still fails.

    A mutant that a stored instance no longer refutes makes the check inconclusive, not the claim refuted. Where a
    mutant claims more than the claim, its instance may lie where the claim says nothing.
    """
    links = []
    for stored in stored_counterexamples(claim, folder):
        mutant = None if stored.mutant is None else named_mutant(claim, stored.mutant)
        instance = claim.under(mutant).hypotheses.decode(stored.instance)
        if context.hypotheses.holds(instance):
            found = trial(claim, formula, instance)
            if found.level is None:
                return found
            links.append(found)
        else:  # of a mutant that claims more: the claim says nothing there, and of the mutant there is a witness alone
            links.append(Evidence.of(Level.SAMPLED, "outside the hypotheses", instances=1))
        if mutant is not None and formula is claim.formula and context.hypotheses is claim.hypotheses:
            failed = trial(claim, mutant.formula, instance)
            if failed.result is not Outcome.REFUTED:
                return Evidence.inconclusive(f"{stored.mutant} is no longer refuted at its stored counterexample")
    joint = weakest(links)
    if joint.level is None:
        return joint
    return Evidence.of(joint.level, "the statement holds where mutants fail", instances=len(links))
