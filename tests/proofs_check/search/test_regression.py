from dataclasses import replace

import pytest

from agf_theory.errors import InputError
from agf_theory.proofs_check import (
    Evidence,
    Hypotheses,
    Job,
    Level,
    Mutant,
    Outcome,
    Probe,
    Quantity,
    all_claims,
    run_here,
)
from agf_theory.proofs_check.search import STORED, Counterexample, stored_counterexamples, with_stored_counterexamples


def double(formula, instance):
    if formula(instance["x"]) != 2 * instance["x"]:
        return Evidence.refuted("not the double", {"x": instance["x"]}, instances=1)
    return Evidence.of(Level.EXACT, "the double", instances=1)


@pytest.fixture
def doubling(toy):
    return replace(
        toy.claim(formula=lambda x: 2 * x, mutants=(Mutant("square", lambda x: x * x, "x² for 2x"),)),
        hypotheses=Hypotheses((Quantity("x", 0),)),
        probes=(Probe("double", double),),
    )


@pytest.fixture
def store(tmp_path):
    def write(number, mutant="square", claim="TOY-01"):
        stored = Counterexample(claim, mutant, {"x": number}, "not the double", "by hand")
        (tmp_path / f"TOY-01-{number.replace('/', '-')}.json").write_text(stored.text(), encoding="utf-8")
        return tmp_path

    return write


def replayed(claim, folder, formula=None):
    (check,) = with_stored_counterexamples(claim, folder).checks
    return run_here(Job(claim, check, formula or claim.formula, 0))


def test_a_claim_without_stored_counterexamples_stays_as_it_is(doubling, tmp_path):
    assert with_stored_counterexamples(doubling, tmp_path) is doubling


def test_the_claim_holds_where_its_mutant_fails(doubling, store):
    store("1")
    found = replayed(doubling, store("3/2"))
    assert found.result is Level.EXACT
    assert found.instances == 2


def test_a_mutant_is_refuted_at_its_stored_counterexample(doubling, store):
    assert replayed(doubling, store("1"), doubling.mutants[0].formula).result is Outcome.REFUTED


def test_a_claim_that_fails_at_a_stored_instance_is_refuted(doubling, store):
    found = replayed(doubling, store("1", mutant=None), lambda x: 3 * x)
    assert found.result is Outcome.REFUTED


def test_a_mutant_that_a_stored_instance_no_longer_refutes_is_no_evidence(doubling, store):
    found = replayed(doubling, store("2"))  # 2² = 2·2
    assert found.result is Outcome.INCONCLUSIVE
    assert "square is no longer refuted" in found.detail


@pytest.mark.parametrize(("number", "why"), [("-1", "the claim needs 0 < x"), ("one", "expected a number")])
def test_a_stored_instance_that_is_none_of_the_claim_is_an_error(doubling, store, number, why):
    found = replayed(doubling, store(number))
    assert found.result is Outcome.ERROR
    assert why in found.detail


def test_a_file_about_another_claim_is_refused(doubling, store):
    with pytest.raises(InputError, match="is required to be about TOY-01"):
        stored_counterexamples(doubling, store("1", claim="TOY-02"))


def test_a_mutant_that_no_longer_exists_is_an_error(doubling, store):
    found = replayed(doubling, store("1", mutant="cube"))
    assert found.result is Outcome.ERROR
    assert "TOY-01 has no mutant 'cube'" in found.detail


@pytest.mark.parametrize(
    "claim", [claim for claim in all_claims() if stored_counterexamples(claim)], ids=lambda c: c.id
)
def test_every_counterexample_on_file_meets_the_hypotheses_of_its_claim_and_names_its_mutant(claim):
    mutants = {mutant.name: mutant for mutant in claim.mutants}
    for stored in stored_counterexamples(claim):
        wider = None if stored.mutant is None else mutants[stored.mutant].hypotheses
        (wider or claim.hypotheses).decode(stored.instance)
    assert any(check.name == "stored counterexamples" for check in claim.checks)


def test_every_file_on_file_belongs_to_a_claim():
    ids = {claim.id for claim in all_claims()}
    assert all("-".join(path.name.split("-")[:2]) in ids for path in STORED.glob("*.json"))
