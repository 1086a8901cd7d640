import json

import pytest

from agf_theory.errors import InputError, MissingInput
from agf_theory.proofs_check.search import Counterexample, load

STORED = Counterexample(
    "DIAG-05", "clip-once", {"problem": {"X": [["1", "-1/2"]], "y": ["1"]}}, "jump 1", "agf search DIAG-05"
)


@pytest.fixture
def file(tmp_path):
    """Write a record with some fields changed, and give the path."""

    def write(**changed):
        path = tmp_path / "stored.json"
        path.write_text(json.dumps(json.loads(STORED.text()) | changed), encoding="utf-8")
        return path

    return write


def test_what_is_stored_is_read_back(tmp_path):
    path = tmp_path / STORED.file_name
    path.write_text(STORED.text(), encoding="utf-8")
    assert path.name == "DIAG-05-clip-once.json"
    assert load(path) == STORED


def test_a_counterexample_to_the_claim_itself_says_so_in_its_name():
    assert Counterexample("DIAG-05", None, {}, "", "").file_name == "DIAG-05-itself.json"


def test_a_file_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(MissingInput, match="no such file"):
        load(tmp_path / "nowhere.json")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"NaN", b"null", b"[]", b"{}", b'{"format": 1}', b"1e999999"]
)
def test_a_file_that_is_no_record_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.json: ") as complaint:
        load(path)
    assert "\n" not in str(complaint.value)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"format": 2}, "format 1 is required, got '2'"),
        ({"claim": 5}, "claim is required to be text, got int"),
        ({"mutant": []}, "mutant is required to be text, got list"),
        ({"found_by": None}, "found_by is required to be text, got NoneType"),
        ({"instance": [1]}, "instance is required to be an object, got list"),
        ({"more": 1}, "an object with the fields"),
    ],
)
def test_a_field_that_is_wrong_is_named(file, changed, why):
    with pytest.raises(InputError, match=why):
        load(file(**changed))


def test_a_file_too_large_is_refused(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(InputError, match="at most 1 MiB"):
        load(path)
