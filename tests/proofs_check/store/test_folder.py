import os
import time
from pathlib import Path

import pytest

from agf_theory.proofs_check.store.folder import MOST_BYTES, cache_folder, prune


@pytest.mark.parametrize(
    ("own", "xdg", "expected"),
    [
        ("/somewhere", "/cache", "/somewhere/checks"),
        ("", "/cache", "/cache/agf_theory/checks"),
        ("", "relative", "/somebody/.cache/agf_theory/checks"),
        ("", "", "/somebody/.cache/agf_theory/checks"),
    ],
)
def test_the_folder_is_ones_own_or_that_of_caches(monkeypatch, own, xdg, expected):
    for name, value in (("AGF_THEORY_CACHE", own), ("XDG_CACHE_HOME", xdg), ("HOME", "/somebody")):
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(expected)


@pytest.fixture
def records(tmp_path):
    """`records("a-1", "a-2", size=5)`: the later, the newer."""

    def write(*names, size=10):
        for age, name in enumerate(reversed(names)):
            path = tmp_path / f"{name}.json"
            path.write_bytes(b"x" * size)
            os.utime(path, (time.time() - 60 * age, time.time() - 60 * age))
        return tmp_path

    return write


def left(folder):
    return sorted(entry.name.removesuffix(".json") for entry in folder.iterdir())


def test_of_each_task_the_newest_versions_stay(records):
    folder = records("a-1", "b-1", "a-2", "a-3", "b-2")
    prune(folder, in_use=(), versions=2)
    assert left(folder) == ["a-2", "a-3", "b-1", "b-2"]


def test_the_oldest_go_when_there_are_too_many_bytes(records):
    folder = records("a-1", "b-1", "c-1", "d-1")
    prune(folder, in_use=(), most=25)
    assert left(folder) == ["c-1", "d-1"]


def test_what_this_run_kept_stays_however_old_the_clock_makes_it_look(records):
    folder = records("a-1", "a-2", "a-3", "b-1")
    prune(folder, in_use={"a-1.json"}, versions=1, most=5)
    assert left(folder) == ["a-1"]


def test_unfinished_files_go_when_no_run_can_be_writing_them(records):
    folder = records("a-1")
    for name, age in (("old", 2 * 86400), ("new", 60)):
        path = folder / f".unfinished-{name}"
        path.write_bytes(b"")
        os.utime(path, (time.time() - age, time.time() - age))
    prune(folder, in_use=())
    assert left(folder) == [".unfinished-new", "a-1"]


def test_what_is_no_record_is_left_alone(records):
    folder = records("a-1", "a-2")
    (folder / "a-3.json").mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "a-0.json").symlink_to("a-1.json")
    prune(folder, in_use=(), versions=1)
    assert left(folder) == ["a-0", "a-2", "a-3", "notes.txt"]


def test_a_missing_folder_and_a_record_that_vanishes_are_no_failure(records, monkeypatch):
    prune(Path("/nowhere"), in_use=())
    folder = records("a-1", "a-2")
    asked = []

    def gone(self, missing_ok=False):
        asked.append(self.name)
        raise FileNotFoundError

    monkeypatch.setattr("pathlib.Path.unlink", gone)
    prune(folder, in_use=(), versions=1)
    assert asked == ["a-1.json"]


def test_the_cache_has_room_for_thousands_of_records_and_not_for_a_disk():
    assert 10_000 * 2**12 < MOST_BYTES < 2**30
