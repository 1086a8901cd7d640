"""Every quick check gives the evidence on file: on the claim, on its mutants, without instances, and each necessity.

The files are written by `python tests/proofs_check/evidence/record.py CLAIM`. A claim may be without one.
"""

import json
from collections import Counter
from functools import cache

import pytest
from evidence_snapshot import FOLDER, STORED, as_entry, differences, entries, on_file, rounded, taken, written

from agf_theory.proofs_check import Evidence, Job, Level, Outcome, all_claims, get, run_here

FILES = {path.stem: on_file(path.stem) for path in sorted(FOLDER.glob("*.json"))}
RENEW = "see what changed and why, then: python tests/proofs_check/evidence/record.py {}"
PREFIX = {
    "claim": "says",
    "checks": "finds",
    "without instances": "without instances",
    "necessity": "fails",
    "mutants": "mutant",
}


def cases():
    """What is on file, so that what is no longer there is missed; ids of ASCII letters alone, or a number."""
    for claim_id, file in FILES.items():
        for section, prefix in PREFIX.items():
            for number, name in enumerate(file.get(section, {}), start=1):
                # every check on every mutant takes minutes: `make coverage` runs them
                survey = section == "mutants" or f"{section}: {name}" in file["slow"]
                shown = name if name.isascii() else number
                yield pytest.param(
                    claim_id, section, name, id=f"{claim_id} {prefix} {shown}", marks=[pytest.mark.survey] * survey
                )


@cache
def there(claim_id):
    return {(entry.section, entry.name): entry for entry in entries(get(claim_id))}


@pytest.mark.parametrize(("claim_id", "section", "name"), list(cases()))
def test_what_is_found_is_what_is_on_file(claim_id, section, name):
    place, renew = f"{section}: {name}", RENEW.format(claim_id)
    entry = there(claim_id).get((section, name))
    assert entry, f"{claim_id}, {place} is on file, and no longer there; {renew}"
    found = differences(FILES[claim_id][section][name], json.loads(json.dumps(entry.take())), place)
    assert not found, "\n".join([f"{claim_id} is not as on file; {renew}", *found])


WITH_FILE = [pytest.param(claim, id=claim.id) for claim in all_claims() if claim.id in FILES]


@pytest.mark.parametrize("claim", WITH_FILE)
def test_everything_there_is_of_a_claim_with_a_file_is_on_it(claim):
    file = FILES[claim.id]
    on_it = {(section, name) for section in PREFIX for name in file.get(section, ())}
    missing = [f"{section}: {name}" for section, name in there(claim.id) if (section, name) not in on_it]
    asks_for_none = [place for place in missing if place.startswith("without instances: ")]
    assert missing == asks_for_none, RENEW.format(claim.id)


def about_instances(entry):
    return entry["result"] in {str(level) for level in Level if level.about_instances}


@pytest.mark.parametrize("claim", WITH_FILE)
def test_on_file_every_check_of_the_claim_is_evidence_and_every_necessity_is_shown(claim):
    file = FILES[claim.id]
    results = [entry["result"] for section in ("checks", "necessity") for entry in file.get(section, {}).values()]
    assert set(results) <= {str(level) for level in Level}


@pytest.mark.parametrize("claim", WITH_FILE)
def test_on_file_a_check_that_is_given_no_instance_rests_on_fewer_or_decides_nothing(claim):
    """A check may have instances of its own, such as problems with a name."""
    file = FILES[claim.id]
    for name, entry in file.get("without instances", {}).items():
        if about_instances(entry):
            assert entry["instances"] < file["checks"][name]["instances"], name
        else:
            assert entry["result"] in ("proved", "inconclusive"), name


def refuted_by_a_stored_counterexample(claim, mutant):
    (check,) = (check for check in claim.checks if check.name == STORED)
    return run_here(Job(claim, check, mutant.formula, 0)).result is Outcome.REFUTED


@pytest.mark.parametrize("claim", WITH_FILE)
def test_on_file_every_mutant_is_refuted_with_a_witness_and_none_is_an_error(claim):
    refuted = Counter({mutant.name: 0 for mutant in claim.mutants})
    for name, entry in FILES[claim.id].get("mutants", {}).items():
        refuted[name.split(" / ")[0]] += entry["result"] == "refuted"
        assert entry["result"] not in ("error", "timeout"), name
        assert entry["result"] != "refuted" or entry["witness"], name
    for mutant in claim.mutants:
        assert refuted[mutant.name] or refuted_by_a_stored_counterexample(claim, mutant), mutant.name


@pytest.mark.parametrize(
    ("recorded", "found"),
    [
        ({"worst": 3.2e-13}, {"worst": 4.1e-13}),
        ({"rate": 1.0}, {"rate": 1.0009}),
        ({"jumps": [1, 2.5]}, {"jumps": [1, 2.500001]}),
        ({"miss": "[-0.75735931 +/- 2.89e-9]"}, {"miss": "[-0.75735930 +/- 3.10e-9]"}),
        ({"norm": "3/7", "widest": 0.0}, {"norm": "3/7", "widest": 0.0}),
    ],
)
def test_what_another_machine_may_change_is_no_difference(recorded, found):
    assert differences(recorded, found) == []


@pytest.mark.parametrize(
    ("recorded", "found", "line"),
    [
        ({"worst": 3.2e-13}, {"worst": 4.1e-12}, "/worst: on file 3.2e-13, found 4.1e-12"),
        ({"worst": 3.2e-13}, {"worst": 0.0}, "/worst: on file 3.2e-13, found 0.0"),
        ({"rate": 1.0}, {"rate": 1.002}, "/rate: on file 1.0, found 1.002"),
        ({"rate": 1.0}, {"rate": 1}, ""),
        ({"rate": 1.0}, {"rate": "1.0"}, "/rate: on file 1.0, found '1.0'"),
        ({"rate": 1.0}, {"rate": True}, "/rate: on file 1.0, found True"),
        ({"count": 1}, {"count": True}, "/count: on file 1, found True"),
        ({"rate": 1.0}, {"slope": 1.0}, "/rate: only on file"),
        ({"jumps": [1, 2]}, {"jumps": [1, 2, 3]}, "/jumps: on file [1, 2], found [1, 2, 3]"),
        ({"norm": "3/7"}, {"norm": "3/8"}, "/norm: on file '3/7', found '3/8'"),
        ({"power": "0.995 of α"}, {"power": "0.895 of α"}, "/power: on file '0.995 of α', found '0.895 of α'"),
        ({"power": "0.995 of α"}, {"power": "0.995 of ε"}, "/power: on file '0.995 of α', found '0.995 of ε'"),
        ({"power": "0.5 and 0.5"}, {"power": "0.5 and 0.7"}, "/power: on file '0.5 and 0.5', found '0.5 and 0.7'"),
    ],
)
def test_a_difference_is_told_with_its_place(recorded, found, line):
    assert differences(recorded, found)[:1] == ([line] if line else [])


def test_a_figure_that_is_found_and_not_on_file_is_a_difference():
    assert differences({"a": 1}, {"a": 1, "b": 2}) == ["/b: only found"]


def test_floats_are_written_with_six_digits_and_empty_fields_not_at_all():
    entry = as_entry(Evidence.of(Level.SAMPLED, "drawn", instances=3, worst=0.123456789, counts=[1]))
    assert rounded(entry) == {
        "result": "sampled",
        "detail": "drawn",
        "instances": 3,
        "figures": {"worst": 0.123457, "counts": [1]},
    }


def test_certificates_are_counted_by_kind():
    evidence = Evidence.of(Level.PROVED, "a square").certified_by("missing-square", [{"sign": 1}])
    assert as_entry(evidence)["certificates"] == {"missing-square": 1}


def test_a_file_is_json_with_a_line_an_entry(toy):
    file = taken(toy.claim(toy.check(toy.samples), toy.check(toy.proves, name="by symbols")))
    text = written(file)
    assert json.loads(text) == file
    assert [line.split('": ')[0].strip(' "') for line in text.splitlines() if line.startswith("  ")] == [
        *("statement", "instances", "samples", "by symbols", "samples"),
    ]
    assert file["without instances"]["samples"]["result"] == "inconclusive"
    assert written({"slow": []}) == '{\n "slow": []\n}\n'


def test_what_agrees_is_kept_to_the_letter(toy):
    claim = toy.claim(toy.check(toy.samples))
    known = taken(claim)
    known["checks"]["samples"]["detail"] = "drawn 0.5000001"
    assert taken(toy.claim(toy.check(toy.samples)), known)["checks"]["samples"]["detail"] == "drawn"
    values = known["claim"]["instances"]
    assert taken(claim, known)["claim"]["instances"] is values


def test_a_check_that_gives_evidence_of_nothing_is_seen(toy):
    def vacuous(formula, context):
        list(context.instances(3))
        return Evidence.of(Level.EXACT, "fine", instances=3)

    file = taken(toy.claim(toy.check(vacuous)))
    assert file["without instances"]["vacuous"]["instances"] == file["checks"]["vacuous"]["instances"]
