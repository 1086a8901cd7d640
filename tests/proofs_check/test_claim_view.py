"""How claims, evidence and verdicts show themselves."""

from dataclasses import replace

import pytest

from agf_theory.proofs_check import Evidence, Level, Run, all_claims, combine, get, verify
from agf_theory.proofs_check.claims import Cost
from agf_theory.proofs_check.search import search


@pytest.fixture(scope="module")
def verdict():
    return verify(get("DIAG-03"))


def test_every_claim_is_one_short_line_and_text_of_eighty_columns(fragment):
    for claim in all_claims():
        assert len(repr(claim)) <= 80
        text = str(claim)
        assert max(map(len, text.splitlines())) <= 80
        assert " ".join(claim.statement.split()) in " ".join(text.split())
        assert claim.statement in fragment(claim).text


def test_a_claim_is_escaped(fragment):
    claim = replace(get("DIAG-03"), statement="<script>alert(1)</script> & more")
    assert "<script>alert(1)</script> & more" in fragment(claim).text
    assert "<script" not in claim._repr_html_()


def test_a_verdict_shows_its_level_and_everything_it_rests_on(verdict, fragment):
    assert repr(verdict) == "<Verdict DIAG-03: proved, 3 checks>"
    shown = fragment(verdict)
    assert shown.text.startswith("DIAG-03: proved")
    assert [row[:3] for row in shown.rows[1:]] == [
        ["missing square", "proved", "all"],
        ["derivation", "proved", "all"],
        ["eigenvalues", "exact", "20"],
    ]
    text = str(verdict)
    assert max(map(len, text.splitlines())) <= 80
    assert "eigenvalues exact, 20 instances: " in text
    assert all("repeat agf verify DIAG-03 --check" in row[3] for row in shown.rows[1:])


def test_what_gave_no_evidence_is_never_shown_as_a_foundation(fragment):
    evidence = {"one": Evidence.timeout("killed <after> 1 s"), "two": Evidence.of(Level.EXACT, "fine", instances=1)}
    found = combine(get("DIAG-03"), evidence)
    assert "NO EVIDENCE, timeout: killed <after> 1 s" in str(found)
    assert fragment(found).rows[2][:3] == ["one", "timeout", ""]


def test_a_refutation_shows_its_witness(fragment):
    claim = get("DIAG-03")
    found = verify(claim, formula=claim.mutants[0])
    assert repr(found) == "<Verdict DIAG-03: refuted, 3 checks>"
    assert 'witness {"g": ' in fragment(found).text


def test_evidence_says_on_how_many_instances_and_what_repeats_it(fragment):
    found = Evidence.of(Level.SAMPLED, "close", instances=12, worst="1e-9").repeated_by("agf verify X-01")
    assert repr(found) == "<Evidence sampled, 12 instances>"
    assert fragment(found).rows == [["found", "close"], ["figures", "worst = 1e-9"], ["repeat", "agf verify X-01"]]
    assert str(found).splitlines()[0] == "sampled, 12 instances"
    assert repr(Evidence.of(Level.PROVED, "all")) == "<Evidence proved, for all that the hypotheses allow>"
    assert repr(Evidence.refuted("no", {"x": "9" * 900})) == "<Evidence refuted>"
    assert str(Evidence.refuted("no", {"x": "9" * 900})).endswith("...")


def test_a_run_is_a_table_of_its_verdicts(verdict, fragment):
    run = Run((verdict,), Cost.QUICK, 0, {})
    assert repr(run) == "<Run of 1 claim: quick, seed 0>"
    assert fragment(run).rows[1][:4] == ["DIAG-03", "maximal normalised utility", "lemma", "proved"]
    assert str(run).startswith("claim   what it says")


def test_a_search_shows_what_it_found(fragment):
    claim = get("DIAG-03")
    assert repr(search(claim, examples=5)).startswith("<SearchResult DIAG-03: no counterexample, ")
    found = search(claim, formula=claim.mutants[0], examples=40)
    assert repr(found).startswith("<SearchResult DIAG-03: a counterexample, ")
    assert "find again" in fragment(found).text
    assert str(found) in fragment(found).text
