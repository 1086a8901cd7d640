import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from agf_theory.proofs_check import (
    Check,
    Cost,
    Difference,
    Evidence,
    Level,
    MutantVerdict,
    Origin,
    Record,
    Run,
    combine,
    get,
    refute_mutants,
    show_necessity,
    verify_all,
)
from agf_theory.report import machine_readable, page_of, provenance, report_of

CLAIM = get("FRM-06")
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def run():
    return verify_all([CLAIM])


@pytest.fixture(scope="module")
def needed():
    return show_necessity([CLAIM])


@pytest.fixture(scope="module")
def fared():
    return refute_mutants(CLAIM)


def _made_of(run, *, mutants=False, names=("FRM-06",)):
    return provenance(run, names, mutants=mutants, made=NOW, elapsed=61.2, figures=False)


def _report(run, needed=(), mutants=None, differences=()):
    return report_of(run, Record.load(), differences, needed, mutants, _made_of(run, mutants=mutants is not None))


def test_a_claim_is_told_with_everything_it_rests_on(run, needed):
    report = _report(run, needed)
    (claim,) = report.claims
    assert (claim.id, claim.result, claim.on_record, claim.status) == ("FRM-06", "proved", "proved", "lemma")
    assert claim.references[0].startswith("D. Kunin")
    assert [check.name for check in claim.checks] == [check.name for check in CLAIM.checks]
    assert claim.checks[0].command == "agf verify FRM-06 --check 'no force at zero' --seed 0"
    assert [h.text for h in claim.hypotheses] == [str(h) for h in CLAIM.hypotheses.conditions]
    assert claim.necessity[0].shown
    assert "<math" in claim.formulas[0].mathml
    assert report.conclusion == "1 claim: all as recorded"


def test_mutants_are_told_with_the_check_that_refutes_them_and_its_witness(run, fared, read_page):
    report = _report(run, mutants=fared)
    (count,) = report.mutants
    assert (count.refuted, count.surviving, count.total) == (len(fared), 0, len(fared))
    first = next(entry for entry in report.claims[0].mutants if entry.name == "degree-minus-two")
    assert (first.fate, first.by) == ("refuted", "rational networks")
    assert first.witness.startswith("scale = 1/2")
    assert first.command in read_page(page_of(report)).text


def test_bred_mutants_are_listed_by_the_check_that_refutes_them(run, fared, read_page):
    bred = [verdict for verdict in fared if verdict.mutant.origin is Origin.BRED]
    assert bred
    entries = {entry.name: entry for entry in _report(run, mutants=fared).claims[0].mutants}
    assert all("→" in entries[verdict.mutant.name].description for verdict in bred)
    text = read_page(page_of(_report(run, mutants=fared))).text
    for check in {verdict.refuted_by for verdict in bred}:
        refuted = [verdict for verdict in bred if verdict.refuted_by == check]
        assert f"Bred, refuted by {check} ({len(refuted)})" in text
        assert refuted[0].evidence[check].command in text


def test_mutants_that_were_not_run_are_said_to_be_not_run(run, read_page):
    report = _report(run)
    assert {entry.fate for entry in report.claims[0].mutants} == {"not run"}
    assert any("add --mutants" in line for line in report.provenance.not_run)
    assert "written by hand, not run" in read_page(page_of(report)).text


def test_a_mutant_that_survives_and_one_that_is_equivalent_are_told_apart(run):
    survivor, equivalent = (
        MutantVerdict(CLAIM, CLAIM.mutants[0], {"c": Evidence.inconclusive("no idea")}, why, "agf verify")
        for why in ("", "the same in other words")
    )
    entries = _report(run, mutants=[equivalent, survivor]).claims[0].mutants
    assert [(entry.fate, entry.reason) for entry in entries] == [
        ("survives", "c: inconclusive (no idea)"),
        ("equivalent", "the same in other words"),
    ]


def test_what_contradicts_a_claim_is_among_the_counterexamples_with_its_command(read_page):
    refuting = Check("refuting", lambda formula, context: Evidence.refuted("it fails", {"x": Fraction(1, 2)}))
    claim = replace(CLAIM, checks=(refuting,), necessity=(), mutants=())
    run = verify_all([claim])
    differences = (Difference("FRM-06", "refuting", "nothing", "refuted"),)
    report = _report(run, differences=differences)
    (found,) = report.counterexamples
    assert (found.against, found.witness, found.commands) == (
        "the claim",
        "x = 1/2",
        ("agf verify FRM-06 --check refuting --seed 0",),
    )
    assert report.complaints == ("FRM-06 refuting: recorded nothing, found refuted",)
    text = read_page(page_of(report)).text
    assert "differs from the record" in text
    assert "1 differs from the record" in text


def test_stored_counterexamples_have_the_command_that_replays_them_and_the_one_that_finds_them():
    claim = get("DIAG-08")
    verdict = combine(claim, {claim.checks[0].name: Evidence.of(Level.EXACT, "so", instances=1)})
    (found,) = _report(Run((verdict,), Cost.QUICK, 3, {})).counterexamples
    assert found.commands == (
        "agf verify DIAG-08 --check 'stored counterexamples' --seed 3",
        "agf search DIAG-08 --mutant leavers-reset --examples 200 --seed 0",
    )


def test_errata_and_published_versions_of_other_claims_have_their_section():
    claims = [get("LIN-08"), get("MOD-02"), CLAIM]
    verdicts = tuple(combine(c, {c.checks[0].name: Evidence.of(Level.PROVED, "so")}) for c in claims)
    report = _report(Run(verdicts, Cost.QUICK, 0, {}))
    assert [entry.claim.id for entry in report.errata] == ["LIN-08"]
    assert [mutant.name for mutant in report.errata[0].published] == ["as-published"]
    assert [entry.claim.id for entry in report.disagreements] == ["MOD-02"]


def test_a_page_of_real_claims_is_well_formed_and_loads_nothing(run, needed, fared, read_page):
    found = read_page(page_of(_report(run, needed, fared)))
    assert len(found.ids) == len(set(found.ids))
    assert [target for tag, target in found.links if tag != "a" or target[1:] not in found.ids] == []
    assert "math" in found.tags


def test_the_data_say_what_was_run_and_with_what(run, needed):
    report = json.loads(machine_readable(run, Record.load(), (), needed, None, _made_of(run)))
    assert (report["schema"], report["version"], report["seed"], report["mutants"]) == ("agf-report", 1, 0, None)
    assert report["command"] == "agf verify FRM-06 --quick --seed 0 --report DIR"
    assert (report["made"], report["elapsed"]) == ("2026-01-02 03:04 UTC", "1 min 1 s")
    assert {"agf-theory", "python", "sympy", "numpy"} <= set(report["versions"])
    assert report["claims"][0]["checks"]["no force at zero"]["result"] == "proved"
    assert report["necessity"][0]["shown"] is True


def test_nothing_names_the_machine_or_the_user(run, tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "somebody-in-particular")
    page = page_of(_report(run)) + machine_readable(run, Record.load(), (), (), None, _made_of(run))
    import platform

    assert platform.node() not in page or len(platform.node()) < 4
    assert "somebody-in-particular" not in page
    assert str(tmp_path.anchor + "tmp") not in page
