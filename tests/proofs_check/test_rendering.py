import json
from dataclasses import replace

import pytest

from agf_theory.proofs_check import (
    Cost,
    Evidence,
    Mutant,
    Origin,
    Record,
    all_claims,
    as_json,
    conclusion,
    listing_table,
    mutant_summary,
    mutant_table,
    refute_all_mutants,
    render,
    verdict_table,
    verify_all,
    witness_table,
)

MUTANTS = (Mutant("triple", lambda x: 3 * x, "3 for 2"), Mutant("equal", lambda x: x + x, "the same"))


def written(claim):
    return refute_all_mutants([claim], origins=(Origin.WRITTEN,))


@pytest.fixture
def claims(toy):
    return (
        toy.claim(toy.check(toy.doubles), toy.check(toy.samples), formula=lambda x: 2 * x, mutants=MUTANTS),
        toy.claim(toy.check(toy.gives_up), toy.check(toy.raises, cost=Cost.FULL), id="TOY-02"),
        toy.claim(id="TOY-03"),
    )


@pytest.fixture
def run(claims):
    return verify_all(claims, cost=Cost.FULL, workers=0)


def test_the_verdict_table_says_what_each_verdict_rests_on(run):
    text = render(verdict_table(run), terminal=False)
    assert text.splitlines()[2:] == [
        "TOY-01  a toy                  lemma       exact        doubles (5), samples (5",
        "                                                        sampled)",
        "TOY-02  a toy                  lemma       error        gives_up (inconclusive),",
        "                                                        raises",
        "TOY-03  a toy                  lemma       inconclusive no check",
    ]


def test_every_table_fits_eighty_columns(run, claims):
    grids = [verdict_table(run), witness_table(written(claims[0])), listing_table(all_claims(), Record.load())]
    for grid in grids:
        assert max(map(len, render(grid, terminal=False).splitlines())) <= 80


def test_a_terminal_gets_colours_and_the_same_words(run):
    plain, coloured = (render(verdict_table(run), terminal=terminal) for terminal in (False, True))
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert "TOY-02" in coloured


def test_the_listing_shows_what_is_on_record(run, claims):
    record = Record().updated(run, claims[:1])
    lines = render(listing_table(claims, record), terminal=False).splitlines()
    assert lines[2].split()[-1] == "exact"
    assert lines[-1].split()[-1] == "nothing"


def test_the_mutant_table_names_check_and_witness_or_says_that_one_survives(claims):
    text = render(witness_table(written(claims[0])), terminal=False)
    assert 'doubles          {"x":' in text
    assert "SURVIVES         doubles: exact; samples:" in text


def test_a_long_witness_is_cut(toy):
    def rambles(formula, context):
        return Evidence.refuted("no", {"x": "1" * 500})

    claim = toy.claim(toy.check(rambles), mutants=MUTANTS[:1])
    assert "…" in render(witness_table(written(claim)), terminal=False)


def test_the_conclusion_is_one_line_when_all_is_well(claims):
    run = verify_all(claims, workers=0)
    record = Record().updated(run, claims)
    assert conclusion(run, record.differences(run), ()) == "3 claims: all as recorded"


def test_the_conclusion_lists_differences_and_survivors(run, claims):
    fared = written(claims[0])
    text = conclusion(run, Record().differences(run), fared)
    assert text.splitlines()[0] == "TOY-01 doubles: recorded nothing, found exact"
    assert text.splitlines()[-4:] == [
        "TOY-01 mutant survives: equal",
        "  the same",
        "  agf verify TOY-01 --mutant equal --seed 0",
        "3 claims: 2 differ from the record; 2 mutants: 1 survive",
    ]


def test_one_claim_differs_in_the_singular(toy):
    run = verify_all((toy.claim(toy.check(toy.proves)),), workers=0)
    assert conclusion(run, Record().differences(run), ()).endswith("1 claim: 1 differs from the record")


def test_refuted_mutants_are_counted(claims, run, toy):
    fared = written(toy.claim(toy.check(toy.doubles), mutants=MUTANTS[:1]))
    assert conclusion(run, (), fared) == "3 claims: all as recorded; 1 mutants: all refuted"


def test_the_mutants_of_a_claim_are_counted_by_origin_and_by_fate(claims):
    text = render(mutant_table(refute_all_mutants(claims[:1])), terminal=False)
    titles, _, row, total = text.splitlines()
    assert titles.split() == ["claim", "written", "bred", "hypotheses", "equivalent", "refuted", "surviving"]
    # "triple" is refuted; "equal" survives, and so does the hypothesis x ≠ 0, which twice zero does not need.
    assert row.split() == ["TOY-01", "2", "0", "1", "0", "1", "2"]
    assert total.split() == ["all", "2", "0", "1", "0", "1", "2"]


def test_equivalent_mutants_are_listed_by_their_reason(claims):
    argued = replace(claims[0], equivalent={"equal": "x + x = 2 x"})
    assert mutant_summary(written(argued)).splitlines() == [
        "equivalent mutants, and why they are no wrong versions",
        "  x + x = 2 x",
        "    TOY-01 equal",
    ]
    assert mutant_summary(written(claims[0])) == ""
    fared = written(argued)
    assert "equivalent" in render(witness_table(fared), terminal=False)
    assert conclusion(verify_all([argued], workers=0), (), fared).endswith(
        "2 mutants: 1 equivalent, all others refuted"
    )


def test_json_holds_everything_and_timings_in_a_field_of_their_own(run, claims):
    record = Record().updated(run, claims[:1])
    content = json.loads(as_json(run, record, record.differences(run), written(claims[0])))
    first, second, _ = content["claims"]
    assert (first["verdict"], first["on_record"], second["on_record"]) == ("exact", "exact", None)
    assert first["hypotheses"] == ["x real, x ≠ 0"]
    assert set(first["checks"]["doubles"]) == {"result", "detail", "instances", "figures", "witness", "command"}
    assert [m["refuted_by"] for m in content["mutants"]] == ["doubles", None]
    assert [d["claim_id"] for d in content["differences"]] == ["TOY-02", "TOY-02"]
    assert set(content["seconds"]) == {"TOY-01/doubles", "TOY-01/samples", "TOY-02/gives_up", "TOY-02/raises"}
