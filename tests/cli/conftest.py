"""Running `agf` inside the test's own process, as the console script would."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agf_theory.cli import main


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture
def agf(capsys, monkeypatch):
    """`agf("table", "diagonal")` gives status, standard output and standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


@pytest.fixture
def complaint(agf, tmp_path, monkeypatch):
    """Run `agf` on bad input: the one line it complains with. Fails unless the status is 2 and nothing is written."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        before = sorted(tmp_path.rglob("*"))
        outcome = agf(*arguments)
        assert outcome.status == 2
        assert outcome.out == ""
        assert sorted(tmp_path.rglob("*")) == before
        assert outcome.err.startswith("agf: ")
        assert outcome.err.count("\n") == 1
        assert outcome.err.endswith("\n")
        assert "Traceback" not in outcome.err
        return outcome.err.removeprefix("agf: ").rstrip("\n")

    return run


@pytest.fixture
def table_csv(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("age,bmi,outcome\n1,0,1\n0,1,3\n1/2,0.5,0\n", encoding="utf-8")
    return path
