"""A mutant that claims more than its claim: the search, the replay and the checks look where the claim says nothing."""

from dataclasses import replace

import pytest

from agf_theory.proofs_check import (
    Claim,
    Evidence,
    Hypotheses,
    Kind,
    Level,
    Mutant,
    Outcome,
    Probe,
    Source,
    Status,
    refute_mutants,
    verify,
)
from agf_theory.proofs_check.hypotheses import Quantity
from agf_theory.proofs_check.search import search, with_stored_counterexamples


def root_is_real(bound, instance):
    if instance["x"] < bound:
        return Evidence.refuted("no real root", dict(instance), instances=1)
    return Evidence.of(Level.EXACT, "a real root", instances=1)


WIDER = Mutant("everywhere", 0, "negative numbers too", hypotheses=Hypotheses((Quantity("x"),)))
CLAIM = Claim(
    id="TOY-01",
    system="toy",
    title="real roots",
    statement="A positive number has a real root.",
    kind=Kind.EXISTENCE,
    status=Status.THEOREM,
    source=Source("this test"),
    hypotheses=Hypotheses((Quantity("x", 0),)),
    formula=0,
    checks=(),
    mutants=(WIDER,),
    probes=(Probe("root", root_is_real),),
)


@pytest.fixture
def stored(tmp_path):
    found = search(CLAIM, formula=WIDER, examples=50).counterexample
    (tmp_path / found.file_name).write_text(found.text(), encoding="utf-8")
    return with_stored_counterexamples(CLAIM, tmp_path)


def test_the_claim_is_searched_on_its_own_domain_and_the_mutant_on_its_own():
    assert not search(CLAIM, examples=50).found
    result = search(CLAIM, formula=WIDER, examples=50)
    assert result.claim is CLAIM
    assert dict(result.counterexample.instance) == {"x": "-1"}
    assert result.counterexample.found_by.startswith("agf search TOY-01 --mutant everywhere")


def test_a_mutant_without_hypotheses_of_its_own_leaves_those_of_the_claim():
    assert CLAIM.under(None) is CLAIM
    assert CLAIM.under(replace(WIDER, hypotheses=None)) is CLAIM
    assert CLAIM.under(WIDER).hypotheses is WIDER.hypotheses


def test_a_stored_instance_outside_the_claim_is_no_evidence_for_more_than_the_mutant(stored):
    assert verify(stored).result is Level.SAMPLED


def test_the_stored_instance_refutes_the_mutant(stored):
    (fared,) = [each for each in refute_mutants(stored) if each.mutant is WIDER]
    assert fared.refuted_by == "stored counterexamples"
    assert verify(stored, formula=WIDER).result is Outcome.REFUTED


def test_a_mutant_that_fails_no_more_is_told(stored, tmp_path):
    harmless = replace(CLAIM, mutants=(replace(WIDER, formula=-10),))
    assert verify(with_stored_counterexamples(harmless, tmp_path)).result is Outcome.INCONCLUSIVE
