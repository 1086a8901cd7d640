import json

import pytest

from agf_theory.tables import unavailable_run
from agf_theory.tables.as_json import SCHEMA, SCHEMA_VERSION, as_json


def strict(text):
    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def is_value(value):
    if isinstance(value, dict):
        return set(value) == {"midpoint", "radius"} and all(isinstance(v, str) for v in value.values())
    return value is None or isinstance(value, (float, str))


def test_the_document_is_as_the_schema_says(four_methods, hostile):
    for table in (four_methods, hostile):
        document = strict(as_json(table))
        assert list(document) == [
            "schema",
            "schema_version",
            "system",
            "problem",
            "options",
            "clock",
            "runs",
            "rows",
            "notes",
        ]
        assert (document["schema"], document["schema_version"]) == (SCHEMA, SCHEMA_VERSION) == (SCHEMA, 1)
        for run in document["runs"]:
            assert list(run) == [
                "alpha",
                "log_inverse_alpha",
                "method",
                "meaning",
                "arithmetic",
                "jumps",
                "complete",
                "initial_loss",
                "notes",
            ]
        for row in document["rows"]:
            assert list(row) == [
                "alpha",
                "jump",
                "entered",
                "left",
                "active",
                "loss",
                "unique",
                "saddle",
                "times",
                "jumps",
                "errors",
                "notes",
            ]
            assert all(is_value(value) for value in [row["loss"], *row["saddle"].values(), *row["times"].values()])
            assert row["times"].keys() == row["jumps"].keys() == row["errors"].keys()


def test_a_method_that_takes_no_such_jump_has_null(four_methods):
    row = strict(as_json(four_methods))["rows"][3]
    assert row["jump"] is None
    assert row["times"] == {"pf": None, "agf": None, "corrected": 1.1, "gf": None}
    assert row["jumps"] == {"pf": None, "agf": None, "corrected": 2, "gf": None}


def test_numbers_that_are_not_finite_become_null(table_of, run_of, trajectory_of):
    document = strict(as_json(table_of(run_of("gf", trajectory_of([(float("nan"), [0], [])], error=float("inf"))))))
    assert document["rows"][0]["times"] == {"gf": None}
    assert document["rows"][0]["jumps"] == {"gf": 1}
    assert document["rows"][0]["errors"] == {"gf": None}


def test_rationals_are_strings_and_balls_have_midpoint_and_radius(hostile):
    row = strict(as_json(hostile))["rows"][0]
    assert row["times"]["pf"] == "1/3"
    assert row["times"]["agf"]["midpoint"].startswith("0.33333")
    assert row["saddle"]["naïve–α"] == "3/2"


def test_a_method_without_a_result_says_why(table_of, run_of, sequence_of):
    table = table_of(run_of("pf", sequence_of([(1.0, [0], [])])), unavailable_run("corrected", "m", "two joiners"))
    document = strict(as_json(table))
    assert document["runs"][1]["complete"] is False
    assert document["runs"][1]["arithmetic"] == "none"
    assert document["runs"][1]["notes"] == ["two joiners"]
    assert document["rows"][0]["times"]["corrected"] is None
    assert {"alpha": "1e-8", "note": "corrected: no result: two joiners"} in document["notes"]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_ascii_on_request(hostile, ascii_only):
    text = as_json(hostile, ascii_only=ascii_only)
    assert text.isascii() is ascii_only
    assert strict(text)["problem"]["names"][2] == "naïve–α"
