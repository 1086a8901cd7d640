from dataclasses import replace

import pytest

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import UnknownName
from agf_theory.proofs_check import (
    Cost,
    Evidence,
    Hypotheses,
    Level,
    Mutant,
    Origin,
    Outcome,
    all_claims,
    refute_all_mutants,
    refute_mutants,
    verify,
)
from agf_theory.proofs_check.parts import without_arguments

TRIPLE = Mutant("triple", lambda x: 3 * x, "3 for 2")
BROKEN = Mutant("broken", None, "cannot even be called")
EQUAL = Mutant("equal", lambda x: x + x, "a sum for a product: the same function")


def written(claim, **options):
    return refute_all_mutants([claim], origins=(Origin.WRITTEN,), **options)


def test_a_mutant_is_refuted_with_a_witness_by_the_first_check_that_can(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles), toy.check(toy.refutes), mutants=(TRIPLE,))
    (verdict,) = written(claim)
    assert verdict.refuted_by == "doubles"
    assert set(verdict.witness) == {"x"}
    assert list(verdict.evidence) == ["proves", "doubles"]


def test_a_mutant_that_no_check_refutes_survives(toy):
    (verdict,) = written(toy.claim(toy.check(toy.doubles), mutants=(EQUAL,)))
    assert verdict.survives
    assert verdict.witness is None


def test_a_crash_refutes_no_mutant(toy):
    (verdict,) = written(toy.claim(toy.check(toy.doubles), mutants=(BROKEN,)))
    assert verdict.survives
    assert verdict.evidence["doubles"].outcome is Outcome.ERROR


def test_a_mutant_only_full_checks_refute_survives_a_quick_run(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles, cost=Cost.FULL), mutants=(TRIPLE,))
    assert written(claim)[0].survives
    assert not written(claim, cost=Cost.FULL)[0].survives


def test_mutants_fare_alike_in_processes_of_their_own(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.doubles), mutants=(TRIPLE, EQUAL))
    here, there = written(claim), written(claim, workers=2)
    assert [v.refuted_by for v in here] == [v.refuted_by for v in there] == ["doubles", None]


def vacuous(formula, context):
    return Evidence.of(Level.PROVED, "whatever you say")


def is_the_double(formula, context):
    if formula() == 2 * sym.x:
        return Evidence.of(Level.PROVED, "the double")
    return Evidence.refuted("not the double", {"formula": str(formula())})


@pytest.fixture
def bred(toy):
    """A claim about 2x with the given check: every mutant of it is bred."""

    def made(check):
        formula = lambda: 2 * sym.x  # noqa: E731
        return replace(
            toy.claim(toy.check(check), formula=formula), hypotheses=Hypotheses(), parts=without_arguments(formula)
        )

    return made


def test_every_bred_mutant_survives_a_vacuous_check(bred):
    fared = refute_mutants(bred(vacuous))
    assert len(fared) > 5
    assert all(verdict.survives for verdict in fared)


def test_every_bred_mutant_is_refuted_by_a_check_that_looks(bred):
    assert all(verdict.refuted_by == "is_the_double" for verdict in refute_mutants(bred(is_the_double)))


def test_an_equivalent_mutant_is_recognised_and_not_put_to_the_test(toy):
    formula = lambda: sym.x**2 + sym.alpha**2 * (sym.x + 0)  # noqa: E731
    claim = replace(
        toy.claim(toy.check(vacuous), formula=formula),
        hypotheses=Hypotheses(),
        parts=without_arguments(lambda: abs(sym.x)),
    )
    equivalent = [verdict for verdict in refute_mutants(claim) if verdict.equivalent]
    assert [verdict.mutant.name for verdict in equivalent] == ["bred: sign of the argument"]
    assert equivalent[0].equivalence == "equal to the original: the same in SymPy's standard form"
    assert not equivalent[0].evidence


def test_one_mutant_can_be_run_alone_by_the_command_it_names(bred):
    first, *_ = refute_mutants(bred(vacuous))
    assert first.command == "agf verify TOY-01 --mutant 'bred: sign flipped' --seed 0"
    assert [v.mutant.name for v in refute_all_mutants([bred(vacuous)], only=first.mutant.name)] == [first.mutant.name]


def test_an_unknown_mutant_is_named_with_those_that_come_close(bred):
    with pytest.raises(UnknownName, match=r"unknown mutant 'bred: sign'; did you mean 'bred: sign flipped'"):
        refute_all_mutants([bred(vacuous)], only="bred: sign")


def test_only_the_origins_asked_for_are_run(bred):
    claim = replace(bred(vacuous), mutants=(Mutant("three", lambda: 3 * sym.x, "3 for 2"),))
    origins = lambda *which: {v.mutant.origin for v in refute_all_mutants([claim], origins=which)}  # noqa: E731
    assert origins(Origin.WRITTEN) == {Origin.WRITTEN}
    assert origins(Origin.BRED) == {Origin.BRED}


def test_claims_without_mutants_have_none_to_refute(toy):
    claim = replace(toy.claim(toy.check(toy.proves)), hypotheses=Hypotheses())
    assert refute_mutants(claim) == ()


def test_verify_takes_another_formula_or_a_mutant_in_the_place_of_the_claims_own(toy):
    claim = toy.claim(toy.check(toy.doubles), formula=lambda x: 2 * x, mutants=(TRIPLE,))
    results = [verify(claim, formula=f).result for f in (None, TRIPLE, lambda x: x)]
    assert [str(result) for result in results] == ["exact", "refuted", "refuted"]


@pytest.mark.survey  # `agf verify --mutants` in small
@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_mutant_of_every_claim_is_refuted_with_a_witness_and_crashes_no_check(claim):
    for mutant in claim.mutants:
        found = verify(claim, formula=mutant).evidence
        assert any(evidence.outcome is Outcome.REFUTED for evidence in found.values()), mutant.name
        for name, evidence in found.items():
            assert evidence.outcome is not Outcome.ERROR, (mutant.name, name, evidence.detail)
            assert evidence.outcome is not Outcome.REFUTED or evidence.witness


def test_every_claim_but_those_the_briefs_leave_without_has_mutants():
    assert {claim.id for claim in all_claims() if not claim.mutants} <= {"FRM-08"}
