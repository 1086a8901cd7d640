import json

import pytest

from agf_theory.proofs_check.search import Counterexample

FAST = ("search", "DIAG-03", "--examples", "40")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_search_that_finds_nothing_says_how_many_instances_it_tried(agf):
    outcome = agf(*FAST)
    assert outcome.status == 0
    assert "DIAG-03: maximal normalised utility" in outcome.out
    assert " tried" in outcome.out
    assert "no counterexample" in outcome.out


def test_a_counterexample_is_printed_stored_and_tried_again(agf, tmp_path):
    outcome = agf(*FAST, "--mutant", "half-dropped")
    assert outcome.status == 1
    assert "agf search DIAG-03 --mutant half-dropped --examples 40 --seed 0" in outcome.out
    replay = outcome.out.split("repeat")[1].split()
    assert replay[:3] == ["agf", "search", "DIAG-03"]
    again = agf(*replay[1:])
    assert again.status == 1
    assert "half-dropped" in again.out
    assert "refuted: not the larger eigenvalue" in again.out
    assert "the claim           exact" in again.out
    assert [path.name for path in tmp_path.rglob("*.json")] == ["DIAG-03-half-dropped.json"]


def test_a_counterexample_to_what_holds_by_now_no_longer_fails(agf, tmp_path):
    path = tmp_path / "old.json"
    path.write_text(Counterexample("DIAG-03", None, {"g": "1"}, "once", "by hand").text(), encoding="utf-8")
    outcome = agf("search", "DIAG-03", "--replay", path, "--format", "json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["tried"]["the claim"]["result"] == "exact"


def test_the_result_as_json_holds_exact_numbers(agf, tmp_path):
    outcome = agf(*FAST, "--mutant", "sign-of-g", "--format", "json", "--out", tmp_path / "a" / "b")
    found = json.loads(outcome.out)
    assert found["counterexample"]["instance"] == {"g": "1"}
    assert found["errors"] == 0
    assert (tmp_path / "a" / "b" / "DIAG-03-sign-of-g.json").exists()


def test_keep_stores_it_where_verifications_look(agf, tmp_path, monkeypatch):
    import agf_theory.proofs_check.search as searches

    monkeypatch.setattr(searches, "STORED", tmp_path / "kept")
    assert agf(*FAST, "--mutant", "root-two", "--keep").status == 1
    assert (tmp_path / "kept" / "DIAG-03-root-two.json").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("DIAG-99",), "unknown claim 'DIAG-99'"),
        (("DIAG-03", "--mutant", "half-droped"), "no mutant 'half-droped'; did you mean 'half-dropped'"),
        (("DIAG-03", "--examples", "0"), "--examples: a positive number is required, got 0"),
        (("DIAG-03", "--seed", "-1"), "--seed: an integer from 0"),
        (("DIAG-03", "--time-limit", "nan"), "--time-limit: a positive number of seconds is required, got nan"),
        (("DIAG-03", "--keep", "--out", "here"), "--keep and --out exclude one another"),
        (("DIAG-03", "--out", ""), "--out: the name of a folder is required"),
        (("DIAG-03", "--replay", "nowhere.json"), "no such file"),
        (("DIAG-03", "--replay", "x.json", "--mutant", "root-two"), "excludes --mutant"),
    ],
)
def test_wrong_input_is_one_line_and_status_two(complaint, arguments, why):
    assert why in complaint("search", *arguments)


def test_a_file_in_the_place_of_the_folder_is_refused(complaint, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert "a folder is required, got a file" in complaint("search", "DIAG-03", "--out", "taken")


@pytest.mark.parametrize(
    ("instance", "why"),
    [
        ({"g": "one"}, "g: expected a number"),
        ({"g": 1}, "g: text is required, got int"),
        ({"g": "1e999999"}, "a power of ten"),
        ({"g": "__import__('os')"}, "expected a number"),
        ({"h": "1"}, "the variables g are required, got h"),
        ({}, "the variables g are required, got none"),
    ],
)
def test_a_stored_instance_that_is_malformed_is_one_line_and_status_two(complaint, tmp_path, instance, why):
    path = tmp_path / "bad.json"
    path.write_text(Counterexample("DIAG-03", None, instance, "", "").text(), encoding="utf-8")
    assert why in complaint("search", "DIAG-03", "--replay", path)


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (None, "an object with X and y is required"),
        ({"X": "1", "y": ["1"]}, "X as a list of rows"),
        ({"X": [["1"]], "y": ["1", "2"]}, "one entry for each of the 1 rows"),
        ({"X": [["1", "2"], ["3"]], "y": ["1", "2"]}, "X"),
        ({"X": [["1/0"]], "y": ["1"]}, "a denominator other than zero"),
        ({"X": [["1"] * 10_001], "y": ["1"]}, "at most 10000 numbers are allowed"),
        ({"X": [], "y": []}, "X"),
    ],
)
def test_a_stored_problem_that_is_malformed_is_one_line_and_status_two(complaint, tmp_path, problem, why):
    path = tmp_path / "bad.json"
    path.write_text(Counterexample("DIAG-05", None, {"problem": problem}, "", "").text(), encoding="utf-8")
    assert why in complaint("search", "DIAG-05", "--replay", path)


def test_a_counterexample_to_another_claim_is_refused(complaint, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(Counterexample("DIAG-05", None, {}, "", "").text(), encoding="utf-8")
    assert "a counterexample to DIAG-03 is required, got one to 'DIAG-05'" in complaint(
        "search", "DIAG-03", "--replay", path
    )
