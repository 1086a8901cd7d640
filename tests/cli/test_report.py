"""`agf verify --report DIR`: a page and its data, beside what is printed."""

import errno
import json
import re

import pytest
from report_commands import printed_commands

from agf_theory.cli.exhibits import PROBLEMS, exhibits_of
from agf_theory.cli.systems import QUANTITY_SYSTEMS, SYSTEMS
from agf_theory.errors import MissingDependency


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the first test that runs FRM-06 keeps its checks, for the others to go on from."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def cache(kept, monkeypatch):
    monkeypatch.setenv("AGF_THEORY_CACHE", str(kept))


def test_a_report_is_written_beside_what_is_printed(agf, tmp_path):
    folder = tmp_path / "report"
    outcome = agf("verify", "FRM-06", "--jobs", "1", "--resume", "--report", folder)
    assert outcome.status == 0
    assert "1 claim: all as recorded" in outcome.out
    assert f"report in {folder / 'index.html'}" in outcome.err
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert data["command"] == "agf verify FRM-06 --quick --seed 0 --report DIR"
    assert [claim["verdict"] for claim in data["claims"]] == ["proved"]
    printed = {one.command for one in printed_commands(page)}
    found = [*data["claims"][0]["checks"].values(), *(each["evidence"] for each in data["necessity"])]
    assert len(found) == 4
    assert {evidence["command"] for evidence in found} <= printed
    assert data["command"] in printed
    assert not [command for command in printed if "</" in command or "&lt;" in command]


def test_a_report_is_written_when_a_verdict_differs_too(agf, tmp_path, monkeypatch):
    from agf_theory.proofs_check import Record

    monkeypatch.setattr(Record, "load", classmethod(lambda cls: cls()))
    outcome = agf("verify", "FRM-06", "--jobs", "1", "--quiet", "--resume", "--report", tmp_path / "report")
    assert outcome.status == 1
    assert outcome.err == ""
    assert "differs from the record" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


def test_a_disk_that_is_full_costs_the_report_and_not_the_verdicts(agf, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "report.json")

    monkeypatch.setattr("agf_theory.report.write_report", full)
    outcome = agf("verify", "FRM-06", "--jobs", "1", "--quiet", "--resume", "--report", tmp_path / "report")
    assert outcome.status == 2
    assert "1 claim: all as recorded" in outcome.out
    assert outcome.err == "agf: report.json: No space left on device\n"


def test_a_report_of_an_interrupted_run_is_not_written(agf, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("agf_theory.proofs_check.verify_all", interrupted)
    outcome = agf("verify", "FRM-06", "--report", tmp_path / "report")
    assert outcome.status == 130
    assert not (tmp_path / "report").exists()


def test_a_folder_with_something_else_is_refused_before_anything_is_run(complaint, tmp_path, monkeypatch):
    monkeypatch.setattr("agf_theory.proofs_check.verify_all", None)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").write_text("")
    assert "a new folder, or one with an earlier report, is required" in complaint("verify", "--report", "full")


@pytest.mark.parametrize("other", ["both", "./both", "link"])
def test_certificates_and_a_report_take_two_folders(complaint, tmp_path, other):
    (tmp_path / "link").symlink_to("both")
    line = complaint("verify", "FRM-06", "--certificates", "both", "--report", other)
    assert line == f"--certificates and --report: two folders are required, got '{other}' for both"


def test_a_report_goes_with_a_whole_run_alone(complaint):
    assert complaint("verify", "FRM-06", "--check", "derivation", "--report", "x").endswith("got --report")
    assert complaint("verify", "--explain", "FRM-06", "--report", "x").endswith("got --report")


def test_every_system_with_a_table_has_an_exhibit():
    assert set(PROBLEMS) == {*SYSTEMS, *QUANTITY_SYSTEMS}


def test_an_exhibit_is_what_its_commands_print_and_draw(agf):
    (exhibit,) = exhibits_of(["framework", "attention"])
    assert exhibit.table_command == "agf table attention --problem reference-run"
    assert exhibit.missing == ()
    # What is printed and what is on the page are made of one table.
    printed = agf(*exhibit.table_command.split()[1:]).out
    assert exhibit.table.title in printed
    assert "<table>" in exhibit.table_html
    ids = re.findall(r' id="([^"]*)"', exhibit.svg)
    assert ids
    assert all(identifier.startswith("figure-attention-") for identifier in ids)


def test_an_exhibit_that_cannot_be_made_says_why(monkeypatch):
    def missing(*_, **__):
        raise MissingDependency("a library is needed; install it")

    monkeypatch.setattr("agf_theory.cli.exhibits._made", missing)
    (exhibit,) = exhibits_of(["modular"])
    assert exhibit.table is None
    assert exhibit.missing[0] == "agf table modular --problem nyquist-dominant: a library is needed; install it"
