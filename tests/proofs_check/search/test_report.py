"""What a search prints, from results made by hand: no search is run."""

import json
from dataclasses import replace

from agf_theory.proofs_check import Evidence, Level, Mutant
from agf_theory.proofs_check.search.counterexample import Counterexample
from agf_theory.proofs_check.search.engine import SearchResult
from agf_theory.proofs_check.search.report import instance_lines, replay_json, replay_text, result_json, result_text

FOUND = Counterexample("TOY-01", "triple", {"x": "3", "A": [["1", "2"], ["3", "4"]]}, "not the double", "agf search")


def result(toy, **changed):
    nothing = SearchResult(toy.claim(), None, 12, 0, 0, None, None, "", 0, False)
    return replace(nothing, **changed)


def labelled(text):
    return [(line[2:22].strip(), line[22:]) for line in text.splitlines()[1:]]


def test_a_search_without_a_counterexample_says_so(toy):
    text = result_text(result(toy), replay="agf search --replay FILE")
    assert text.splitlines()[0] == "TOY-01: a toy"
    assert labelled(text) == [("instances", "12 tried"), ("found", "no counterexample")]


def test_a_counterexample_is_shown_with_what_it_contradicts_and_how_to_find_it_again(toy):
    mutant = Mutant("triple", None, "3 for 2")
    witness = {"x": "3", "violated": "already said", "values": ["9", ["6", "7"]]}
    found = result(toy, mutant=mutant, counterexample=FOUND, witness=witness, shrunk_by=5)
    lines = [
        ("mutant", "triple: 3 for 2"),
        ("instances", "12 tried, 5 more to shrink"),
        ("found", "a counterexample, shrunk"),
        ("x", "3"),
        ("A", "(1, 2)"),
        ("", "(3, 4)"),
        ("contradicts", "not the double"),
        ("values", "(9, (6, 7))"),
        ("find again", "agf search"),
    ]
    assert labelled(result_text(found)) == lines
    assert labelled(result_text(found, replay="agf replay")) == [*lines, ("repeat", "agf replay")]


def test_a_witness_that_is_one_number_adds_no_line(toy):
    found = result(toy, counterexample=FOUND, witness="3")
    assert [label for label, _ in labelled(result_text(found))][-2:] == ["contradicts", "find again"]


def test_what_was_left_undecided_went_wrong_or_was_cut_short_is_told(toy):
    text = result_text(result(toy, undecided=4, errors=2, error="ZeroDivisionError", stopped=True))
    assert labelled(text) == [
        ("instances", "12 tried, 4 of them undecided, stopped when the time was over"),
        ("errors", "2, the first: ZeroDivisionError"),
        ("found", "no counterexample"),
    ]


def test_a_program_reads_the_same(toy):
    assert json.loads(result_json(result(toy))) == {
        "claim": "TOY-01",
        "mutant": None,
        "instances": 12,
        "undecided": 0,
        "errors": 0,
        "first_error": None,
        "stopped": False,
        "shrunk_by": 0,
        "counterexample": None,
        "witness": None,
    }
    found = json.loads(result_json(result(toy, mutant=Mutant("triple", None, ""), counterexample=FOUND, error="e")))
    assert (found["mutant"], found["first_error"]) == ("triple", "e")
    assert found["counterexample"] == json.loads(FOUND.text())


def test_a_replay_shows_what_each_formula_comes_to_at_the_stored_instance(toy):
    tried = {
        "claim": Evidence.of(Level.EXACT, "the double", instances=1),
        "triple": Evidence.refuted("not the double", {"violated": "9 = 6"}),
    }
    assert labelled(replay_text(toy.claim(), FOUND, tried)) == [
        ("x", "3"),
        ("A", "(1, 2)"),
        ("", "(3, 4)"),
        ("claim", "exact: the double"),
        ("triple", "refuted: not the double: 9 = 6"),
        ("found by", "agf search"),
    ]
    record = json.loads(replay_json(FOUND, tried))
    assert {name: entry["result"] for name, entry in record.pop("tried").items()} == {
        "claim": "exact",
        "triple": "refuted",
    }
    assert record == json.loads(FOUND.text())


def test_nested_data_are_shown_field_by_field():
    lines = [(line[2:22].strip(), line[22:]) for line in instance_lines("problem", {"X": [["1"], ["2"]], "y": []})]
    assert lines == [("X", "(1)"), ("", "(2)"), ("y", "()")]
