"""The page on errata says what the claims say, and shows a counterexample for each published version."""

import errata_from_claims
import pytest

from agf_theory.proofs_check import Status, all_claims, get


def test_every_erratum_names_the_published_version_it_refutes():
    errata = {claim.id for claim in all_claims() if claim.status is Status.ERRATUM}
    assert errata <= set(errata_from_claims.PUBLISHED)


@pytest.mark.parametrize("claim_id", errata_from_claims.PUBLISHED)
def test_a_published_version_is_a_mutant_of_its_claim(claim_id):
    assert set(errata_from_claims.PUBLISHED[claim_id]) <= {mutant.name for mutant in get(claim_id).mutants}


def test_an_entry_has_what_is_said_what_holds_a_counterexample_and_a_command(monkeypatch):
    monkeypatch.setattr(errata_from_claims, "all_claims", lambda: [get("MOD-05")])
    text = errata_from_claims.disagreements(errata=True)
    assert "[kunin2025](#kunin2025)" in text
    assert "- *counterexample:* `template = p = 8" in text
    assert "`agf verify MOD-05 --mutant published --seed 0`" in text
    assert errata_from_claims.disagreements(errata=False) == ""


def test_a_version_that_no_check_refutes_is_no_erratum(monkeypatch):
    survivor = type("Survivor", (), {"claim": get("MOD-05"), "mutant": get("MOD-05").mutants[0], "refuted_by": None})()
    monkeypatch.setattr(errata_from_claims, "_REFUTED", {"MOD-05": (survivor,)})
    monkeypatch.setattr(errata_from_claims, "all_claims", lambda: [get("MOD-05")])
    with pytest.raises(AssertionError, match="not refuted"):
        errata_from_claims.disagreements(errata=True)


def test_new_results_are_claims_whose_source_is_this_project():
    assert "**DIAG-08** (theorem, proved" in errata_from_claims.new_results("diagonal")
    assert "DIAG-02" not in errata_from_claims.new_results("diagonal")
