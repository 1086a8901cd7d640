"""`agf plot evidence`."""

import json

import pytest


@pytest.fixture
def drawn(monkeypatch):
    """What the figure was asked to show."""
    from agf_theory import figures

    seen = []
    original = figures.evidence_figure
    monkeypatch.setattr(figures, "evidence_figure", lambda content: (seen.append(content), original(content))[1])
    return seen


def test_every_claim_is_drawn_with_the_verdict_on_record(agf, tmp_path, drawn):
    from agf_theory.proofs_check import Record, all_claims

    outcome = agf("plot", "evidence", "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == f"{tmp_path / 'f.svg'}: {len(all_claims())} claims, verdicts on record\n"
    (content,) = drawn
    shown = {f"{system.letters}-{each.number}": each for system in content.systems for each in system.claims}
    assert list(shown) == [claim.id for claim in all_claims()]
    record = Record.load()
    assert all(shown[claim.id].verdict == str(record.verdict(claim.id)) for claim in all_claims())
    assert all(system.refuted is None for system in content.systems)


def test_what_became_of_mutants_is_read_from_a_run_of_them(agf, tmp_path, drawn):
    def mutant(claim, refuted_by, equivalent=None):
        return {"claim": claim, "refuted_by": refuted_by, "equivalent": equivalent}

    file = tmp_path / "run.json"
    mutants = [mutant("FRM-01", "a check"), mutant("FRM-02", None, "a symmetry"), mutant("FRM-08", None)]
    file.write_text(json.dumps({"mutants": mutants}))
    assert agf("plot", "evidence", "framework", "--mutants", file, "--out", tmp_path / "f.svg").status == 0
    ((system,),) = [content.systems for content in drawn]
    assert system.mutants_in_words == "1 of 2 mutants of 3 claims refuted, 1 equivalent"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"mutants": [1]}', '{"mutants": []}', '{"mutants": [{}]}'])
def test_a_file_that_is_no_run_of_mutants_is_one_line(complaint, tmp_path, content):
    (tmp_path / "run.json").write_text(content)
    assert complaint("plot", "evidence", "framework", "--mutants", "run.json").startswith("--mutants run.json: ")


def test_a_file_that_is_not_there_and_a_system_that_is_none_are_one_line(complaint):
    assert "there is no such file" in complaint("plot", "evidence", "--mutants", "run.json")
    assert "unknown claim or system 'x'" in complaint("plot", "evidence", "x")
