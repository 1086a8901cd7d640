"""One claim as the page shows it: what it states, what was run, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Basic

from agf_theory.closed_form import render
from agf_theory.proofs_check import (
    Check,
    Claim,
    Cost,
    Difference,
    Evidence,
    MutantVerdict,
    NecessityVerdict,
    Record,
    Run,
    Verdict,
)
from agf_theory.proofs_check.explanation_text import MEANING
from agf_theory.proofs_check.formula_text import formula_parts
from agf_theory.report.bibliography import references
from agf_theory.report.content import CheckEntry, ClaimEntry, FormulaEntry, HypothesisEntry, LeftOut, NecessityEntry
from agf_theory.report.mutant_entries import mutant_entries, mutants_not_run
from agf_theory.report.shown_value import shown_figures, shown_seconds, shown_value

__all__ = ["claim_entry"]


def claim_entry(
    verdict: Verdict,
    run: Run,
    record: Record,
    differences: Sequence[Difference],
    necessity: Sequence[NecessityVerdict],
    mutants: Sequence[MutantVerdict] | None,
) -> ClaimEntry:
    """Everything about one claim; of `necessity` and `mutants` only what is about it is taken.

    Parameters
    ----------
    verdict : Verdict
    run, record
        The run it belongs to, and what it is compared with.
    differences, necessity, mutants
        Of the whole run; no mutants were run where these are None.
    """
    claim = verdict.claim
    known = record.verdict(claim.id, run.cost)
    witnesses = [found for found in necessity if found.claim is claim]
    needed = {str(found.necessity.dropped) for found in witnesses if found.shown}
    full = " --full" * (run.cost is Cost.FULL)
    return ClaimEntry(
        id=claim.id,
        system=claim.system,
        title=claim.title,
        statement=claim.statement,
        kind=str(claim.kind),
        status=str(claim.status),
        source=str(claim.source),
        references=references(str(claim.source)),
        remark=claim.remark,
        hypotheses=tuple(HypothesisEntry(text, text in needed) for text in map(str, claim.hypotheses.conditions)),
        drawn_from=claim.hypotheses.ranges_drawn,
        formulas=_formulas(claim),
        result=str(verdict.result),
        means=MEANING[verdict.result],
        on_record="nothing" if known is None else str(known),
        rests_on=tuple(verdict.support),
        differences=tuple(str(found) for found in differences if found.claim_id == claim.id),
        checks=tuple(_check(check, verdict, run) for check in claim.checks if check.name in verdict.evidence),
        left_out=tuple(
            LeftOut(check.name, f"its cost is {check.cost}; add --{check.cost}")
            for check in claim.checks
            if check.name not in verdict.evidence
        ),
        necessity=tuple(map(_necessity, witnesses)),
        mutants=mutants_not_run(claim, run.seed)
        if mutants is None
        else mutant_entries([found for found in mutants if found.claim is claim]),
        mutants_command=f"agf verify {claim.id} --mutants --seed {run.seed}",
        command=f"agf verify {claim.id}{full} --seed {run.seed}",
    )


def _formulas(claim: Claim) -> tuple[FormulaEntry, ...]:
    return tuple(
        FormulaEntry(label.replace("_", " "), render(found, "mathml"), "")
        if isinstance(found, Basic)
        else FormulaEntry(label.replace("_", " "), "", found)
        for label, found in formula_parts(claim.formula)
    )


def _check(check: Check, verdict: Verdict, run: Run) -> CheckEntry:
    evidence = verdict.evidence[check.name]
    seconds = run.seconds.get(f"{verdict.claim.id}/{check.name}")
    took = "" if seconds is None else f"; took {shown_seconds(seconds)}"
    return CheckEntry(
        name=check.name,
        result=str(evidence.result),
        means=MEANING[evidence.result],
        does=check.purpose,
        detail=evidence.detail,
        instances=_instances(evidence),
        figures=shown_figures(evidence.figures),
        witness=shown_value(evidence.witness),
        cost=f"{check.cost}, at most {check.time_limit:g} s{took}",
        command=evidence.command,
    )


def _instances(evidence: Evidence) -> str:
    """An argument for all values has no instances; an outcome may have come before the first."""
    if evidence.instances is not None:
        return str(evidence.instances)
    return "" if evidence.level is None else "all the hypotheses allow"


def _necessity(found: NecessityVerdict) -> NecessityEntry:
    return NecessityEntry(
        claim=found.claim.id,
        dropped=str(found.necessity.dropped),
        shown=found.shown,
        result=str(found.evidence.result),
        detail=found.evidence.detail,
        witness=shown_value(found.as_record()["at"]),
        figures=shown_figures(found.evidence.figures),
        command=found.evidence.command,
    )
