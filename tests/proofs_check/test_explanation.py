import json
from dataclasses import replace
from functools import partial

import pytest
import sympy

from agf_theory.proofs_check import (
    Cost,
    Hypotheses,
    Level,
    Mutant,
    Necessity,
    Quantity,
    Record,
    all_claims,
    explain,
    explanation_json,
    explanation_text,
    failure,
    formula_text,
    get,
    verify_all,
)


def holds_after_all(formula, witness):
    return failure(False, Level.EXACT, "it fails", witness)


@pytest.fixture
def claim(toy):
    """Every outcome once, a mutant that survives, a false witness of necessity."""
    quick = [toy.check(run) for run in (toy.proves, toy.doubles, toy.gives_up, toy.raises, toy.refutes)]
    slow = toy.check(toy.sleeps, time_limit=0.3)
    whole = toy.claim(*quick, slow, toy.check(toy.samples, cost=Cost.FULL), formula=lambda x: 2 * x)
    return replace(whole, necessity=(Necessity(Quantity("x", 0, 1), {"x": 2}, holds_after_all),), remark="A remark.")


@pytest.fixture
def explanation(claim):
    return explain(claim, Record(), workers=1)


def test_outcomes_are_told_apart_and_none_is_called_evidence(explanation):
    text = explanation_text(explanation)
    for name, outcome in (
        ("gives_up", "inconclusive"),
        ("raises", "error"),
        ("refutes", "refuted"),
        ("sleeps", "timeout"),
    ):
        (at,) = [k for k, line in enumerate(text.splitlines()) if line == f"{name}: {outcome}"]
        assert text.splitlines()[at + 1].startswith("  means       NO EVIDENCE: ")
    assert "  witness     x = 1" in text
    assert "  found       no result within 0.3 s" in text
    assert "  cost        quick, at most 0.3 s" in text


def test_what_is_stated_comes_first_and_what_was_left_out_is_named(explanation):
    text = explanation_text(explanation)
    assert text.splitlines()[:9] == [
        "TOY-01: a toy",
        "=" * 80,
        "  statement   A toy claim.",
        "  kind        equality",
        "  status      lemma",
        "  source      toys, p. 1",
        "  remark      A remark.",
        "  hypotheses  x real, x ≠ 0",
        "",
    ]
    assert "samples: not run, its cost is full; add --full" in text


def test_a_proof_covers_all_instances_and_exact_evidence_counts_its_own(explanation):
    lines = explanation_text(explanation).splitlines()
    assert [line for line in lines if line.startswith("  instances")] == [
        "  instances   all the hypotheses allow",
        "  instances   5",
    ]


def test_a_false_witness_of_necessity_is_a_complaint(explanation):
    text = explanation_text(explanation)
    assert "0 < x < 1: NOT SHOWN to be needed (refuted)" in text
    assert "TOY-01 not shown to be needed: 0 < x < 1 (refuted)" in explanation.complaints
    assert text.splitlines()[-1] == "  conclusion  not as recorded, or not all was shown"


def test_a_refuted_mutant_shows_check_witness_and_command_and_a_survivor_what_was_tried(toy):
    mutants = (Mutant("triple", lambda x: 3 * x, "3 for 2"), Mutant("equal", lambda x: x + x, "the same"))
    claim = toy.claim(toy.check(toy.doubles), formula=lambda x: 2 * x, mutants=mutants)
    explanation = explain(claim, Record().updated(verify_all([claim]), [claim]))
    text = explanation_text(explanation)
    assert "triple: refuted by the check 'doubles'\n  wrong       3 for 2\n  witness     x = " in text
    assert "  repeat      agf verify TOY-01 --check doubles --mutant triple --seed 0" in text
    assert "equal: SURVIVES\n  wrong       the same\n  tried       doubles: exact (the double)" in text
    assert explanation.complaints == ("TOY-01 mutant survives: equal",)


def test_a_verdict_as_recorded_has_no_complaint(toy):
    claim = toy.claim(toy.check(toy.proves))
    explanation = explain(claim, Record().updated(verify_all([claim]), [claim]))
    assert explanation.complaints == ()
    assert explanation_text(explanation).splitlines()[-2:] == ["  on record   proved", "  conclusion  as recorded"]


def test_json_has_everything_the_text_shows(explanation):
    content = json.loads(explanation_json(explanation))
    assert content["checks"]["gives_up"]["result"] == "inconclusive"
    assert content["checks"]["gives_up"]["time_limit"] == 20.0
    assert content["checks_left_out"] == ["samples"]
    assert content["necessity"][0]["shown"] is False
    assert (content["verdict"], content["on_record"]) == ("refuted", None)
    assert content["complaints"] == list(explanation.complaints)


@pytest.mark.parametrize(
    "claim_id", ["FRM-06", *(pytest.param(id, marks=pytest.mark.survey) for id in ("FRM-02", "DIAG-06", "DIAG-08"))]
)
def test_no_line_is_wider_than_eighty_columns(claim_id):
    explanation = explain(get(claim_id), Record.load())
    assert max(map(len, explanation_text(explanation).splitlines())) <= 80
    assert explanation.complaints == ()


def test_a_long_witness_is_cut_in_text_and_whole_in_json(toy):
    from agf_theory.proofs_check import Evidence

    def rambles(formula, context):
        return Evidence.refuted("no", {"x": "1" * 5000})

    explanation = explain(toy.claim(toy.check(rambles)), Record())
    assert "signs; --format json has all)" in explanation_text(explanation).replace("\n              ", " ")
    assert "1" * 5000 in explanation_json(explanation)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_formula_has_a_text_that_fits(claim):
    for label, text in formula_text(claim.formula):
        assert label
        assert text.startswith("computed by") or max(map(len, text.splitlines())) <= 76


def test_both_conventions_of_a_formula_are_shown():
    labels = [label for label, _ in formula_text(get("DIAG-04").formula)]
    assert labels == ["jump_time, paper", "jump_time, slides", "signed_start, paper", "signed_start, slides"]


def test_a_formula_that_is_a_number_or_needs_unknown_arguments_is_named(toy):
    assert formula_text(7) == [("int", "7")]
    assert formula_text(toy.check)[0][1].startswith("computed by ")


def test_every_check_says_what_it_does():
    assert [check.name for claim in all_claims() for check in claim.checks if not check.purpose] == []


def test_an_expression_is_printed_as_it_is():
    assert [text for _, text in formula_text(sympy.Symbol("x") / 2)] == ["x\n─\n2"]


def test_a_partial_function_is_named_by_the_function_within():
    ((label, text),) = formula_text(partial(explain, record=None))
    assert label == "explain"
    assert text.startswith("computed by agf_theory.proofs_check.explanation.explain: Run the checks of a claim")


def test_a_function_of_a_known_argument_that_is_no_formula_is_named():
    def of_a_degree(degree):
        """Counts."""
        return degree + 1

    def seven(dimension):
        return 7

    assert formula_text(of_a_degree)[0][1].endswith("of_a_degree: Counts.")
    assert formula_text(seven)[0][1].endswith(".seven")


def test_the_range_instances_are_drawn_from_is_shown_apart_from_the_hypotheses(toy):
    drawn = replace(toy.claim(), hypotheses=Hypotheses((Quantity("x", 0, drawn=(0, 3)),)))
    found = explain(drawn, Record())
    text, data = explanation_text(found), json.loads(explanation_json(found))
    assert "  hypotheses  0 < x\n  drawn from  0 < x < 3\n" in text
    assert (data["hypotheses"], data["drawn_from"]) == (["0 < x"], ["0 < x < 3"])
