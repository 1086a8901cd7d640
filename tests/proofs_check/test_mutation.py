import pytest

from agf_theory.proofs_check import Cost, Mutant, Outcome, all_claims, refute_mutants, verify

TRIPLE = Mutant("triple", lambda x: 3 * x, "3 for 2")
BROKEN = Mutant("broken", None, "cannot even be called")
EQUAL = Mutant("equal", lambda x: x + x, "a sum for a product: the same function")


def test_a_mutant_is_refuted_with_a_witness_by_the_first_check_that_can(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles), toy.check(toy.refutes), mutants=(TRIPLE,))
    (verdict,) = refute_mutants(claim)
    assert verdict.refuted_by == "doubles"
    assert set(verdict.witness) == {"x"}
    assert list(verdict.evidence) == ["proves", "doubles"]


def test_a_mutant_that_no_check_refutes_survives(toy):
    (verdict,) = refute_mutants(toy.claim(toy.check(toy.doubles), mutants=(EQUAL,)))
    assert verdict.survives
    assert verdict.witness is None


def test_a_crash_refutes_no_mutant(toy):
    (verdict,) = refute_mutants(toy.claim(toy.check(toy.doubles), mutants=(BROKEN,)))
    assert verdict.survives
    assert verdict.evidence["doubles"].outcome is Outcome.ERROR


def test_a_mutant_only_full_checks_refute_survives_a_quick_run(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles, cost=Cost.FULL), mutants=(TRIPLE,))
    assert refute_mutants(claim)[0].survives
    assert not refute_mutants(claim, cost=Cost.FULL)[0].survives


def test_mutants_fare_alike_in_processes_of_their_own(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles), mutants=(TRIPLE, EQUAL))
    here, there = refute_mutants(claim), refute_mutants(claim, workers=2)
    assert [v.refuted_by for v in here] == [v.refuted_by for v in there] == ["doubles", None]


def test_claims_without_mutants_have_none_to_refute(toy):
    assert refute_mutants(toy.claim(toy.check(toy.proves))) == ()


def test_verify_takes_another_formula_or_a_mutant_in_the_place_of_the_claims_own(toy):
    claim = toy.claim(toy.check(toy.doubles), formula=lambda x: 2 * x, mutants=(TRIPLE,))
    results = [verify(claim, formula=f).result for f in (None, TRIPLE, lambda x: x)]
    assert [str(result) for result in results] == ["exact", "refuted", "refuted"]


SLOW = ("FRM-08", "DIAG-09", "DIAG-10")  # they integrate gradient flow
CLAIMS = [pytest.param(c, id=c.id, marks=[pytest.mark.full] * (c.id in SLOW)) for c in all_claims()]


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_mutant_of_every_claim_is_refuted_with_a_witness_and_crashes_no_check(claim):
    for mutant in claim.mutants:
        found = verify(claim, formula=mutant).evidence
        assert any(evidence.outcome is Outcome.REFUTED for evidence in found.values()), mutant.name
        for name, evidence in found.items():
            assert evidence.outcome is not Outcome.ERROR, (mutant.name, name, evidence.detail)
            assert evidence.outcome is not Outcome.REFUTED or evidence.witness


def test_every_claim_but_those_the_briefs_leave_without_has_mutants():
    assert {claim.id for claim in all_claims() if not claim.mutants} <= {"FRM-08"}
