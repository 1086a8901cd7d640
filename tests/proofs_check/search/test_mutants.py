"""Mutants of claims over data: a search finds where they fail, soon, and on little data."""

import pytest

from agf_theory.proofs_check import all_claims
from agf_theory.proofs_check.search import search

CLAIMS = [claim for claim in all_claims() if claim.probes and claim.probes[0].examples >= 200]
MUTANTS = [(claim, mutant) for claim in CLAIMS for mutant in claim.mutants if "series" not in mutant.name]
CHEAP = ("DIAG-02", "DIAG-03", "FRM-04", "FRM-06")


@pytest.mark.parametrize("claim", [c for c in CLAIMS if c.id in CHEAP], ids=lambda claim: claim.id)
def test_no_counterexample_to_a_claim_itself_is_found(claim):
    result = search(claim, examples=25)
    assert result.clean


@pytest.mark.parametrize(
    ("claim", "mutant"),
    [
        pytest.param(c, m, id=f"{c.id}-{m.name}", marks=() if c.id in CHEAP else pytest.mark.survey)
        for c, m in MUTANTS
        if c.id not in ("DIAG-06", "DIAG-07", "DIAG-08")
    ],
)
def test_a_mutant_is_found_to_be_wrong_and_the_counterexample_is_small(claim, mutant):
    result = search(claim, formula=mutant, starts=1)
    assert result.found, f"{claim.id}: no counterexample to {mutant.name} in {result.tried} instances"
    problem = result.counterexample.instance.get("problem")
    if problem is not None:
        assert len(problem["X"][0]) <= 3
