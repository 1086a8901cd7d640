import shlex
from dataclasses import replace
from fractions import Fraction

import pytest

from agf_theory.proofs_check import (
    Level,
    Necessity,
    Outcome,
    Quantity,
    Relation,
    all_claims,
    failure,
    get,
    show_necessity,
)

CARRIED = [(claim.id, k) for claim in all_claims() for k in range(len(claim.necessity))]
WITHOUT_HYPOTHESIS = {"DIAG-03", "LIN-08", "LIN-09", "LIN-23"}
"""Claims of every value of their variables: there is nothing to drop, and the remark says so."""
SHOWN_BY_FLOWS = {
    **dict.fromkeys(("DIAG-09", "DIAG-10", "LIN-13", "SN-09"), Level.CONVERGED),
    **dict.fromkeys(("LIN-12", "LIN-21", "ATT-10", "SN-08"), Level.SAMPLED),
}
"""What happens without the hypothesis has no closed form here: a flow is integrated, over decades or at one scale."""


def only(claim, **changed):
    """The claim with the one witness of necessity given."""
    (verdict,) = show_necessity([replace(claim, necessity=(Necessity(**changed),))])
    return verdict


def at(claim_id, k, **witness):
    """The k-th necessity of a claim, at a witness that differs; not guarded by the hypothesis."""
    claim = get(claim_id)
    necessity = claim.necessity[k]
    return necessity.fails(claim.formula, {**necessity.witness, **witness})


def test_every_claim_with_a_hypothesis_carries_necessity():
    restricted = {claim.id for claim in all_claims() if any(c.restricts for c in claim.hypotheses.conditions)}
    assert {claim_id for claim_id, _ in CARRIED} >= restricted - WITHOUT_HYPOTHESIS
    assert all("No hypothesis to drop" in get(claim_id).remark for claim_id in WITHOUT_HYPOTHESIS)


def _case(claim_id, k):
    """`make verify` shows every one; here one of each system is looked at, and the others in surveys."""
    first = claim_id == next(other for other, _ in CARRIED if get(other).system == get(claim_id).system) and k == 0
    return pytest.param(claim_id, k, marks=[] if first else [pytest.mark.survey])


@pytest.mark.parametrize(("claim_id", "k"), [_case(*case) for case in CARRIED])
def test_each_hypothesis_on_record_as_needed_is_needed(claim_id, k):
    claim = get(claim_id)
    (verdict,) = show_necessity([replace(claim, necessity=(claim.necessity[k],))])
    assert verdict.shown, verdict.evidence.detail
    name = shlex.quote(f"without {claim.necessity[k].dropped}")
    assert verdict.evidence.command == f"agf verify {claim_id} --check {name} --seed 0"
    assert verdict.evidence.level >= SHOWN_BY_FLOWS.get(claim_id, Level.CERTIFIED)


@pytest.mark.parametrize(
    ("claim_id", "k", "witness"),
    [
        ("FRM-01", 0, {"l": 0}),
        ("FRM-01", 1, {"θ": (1, 2, 3)}),
        ("FRM-02", 0, {"l": 0}),
        ("FRM-02", 1, {"θ": (1, 2, 3)}),
        ("FRM-03", 0, {"l": 0}),
        ("FRM-04", 0, {"l": 0}),
        ("FRM-05", 0, {"l": 0}),
        ("FRM-05", 1, {"N_0": Fraction(1, 2)}),
        ("FRM-05", 2, {"c": 0}),
        ("FRM-05", 2, {"y": 2}),
        ("FRM-05", 3, {"direction": (1, 0)}),
        ("FRM-06", 0, {"κ": 2}),
        ("FRM-06", 0, {"x dormant": (1, 0)}),
        ("FRM-07", 0, {"σ": (0, 1)}),
        ("FRM-07", 1, {"rates": (2, 2)}),
        ("FRM-08", 0, {"κ": 2}),
        ("DIAG-01", 0, {"(u, v)(0)": (2, 1)}),
        ("DIAG-01", 1, {"α": Fraction(1, 2)}),
        ("DIAG-01", 2, {"rates": (2, 2)}),
        ("DIAG-02", 0, {"g": (-1, -1)}),
        ("DIAG-02", 0, {"t": 0}),
        ("DIAG-04", 3, {"g": 1}),
        ("DIAG-04", 4, {"g": (-1, -2)}),
        ("DIAG-05", 0, {"s(0)": ["1/2"]}),
        ("DIAG-05", 0, {"s(0)": ["-1"]}),
        ("DIAG-07", 0, {"leavers": "go on"}),
        ("DIAG-07", 0, {"problem": "one-coordinate"}),
        ("DIAG-04", 1, {"α": Fraction(7, 10)}),
        ("DIAG-04", 2, {"φ_0": 0}),
        ("DIAG-04", 0, {"η": 1}),
        ("DIAG-06", 0, {"s(0)": ["0", "1/2"]}),
        ("DIAG-06", 0, {"s(0)": ["1/10", "1/10"]}),
        ("DIAG-08", 0, {"problem": "one-coordinate"}),
        ("DIAG-08", 0, {"leavers": "go on"}),
        ("DIAG-08", 1, {"α": Fraction(7, 10)}),
        ("DIAG-09", 0, {"problem": "exact-tie"}),
        ("DIAG-09", 0, {"problem": "reactivation"}),
        ("DIAG-10", 0, {"problem": "deactivation-2d"}),
    ],
)
def test_a_false_witness_at_which_the_statement_holds_is_caught(claim_id, k, witness):
    evidence = at(claim_id, k, **witness)
    assert evidence.result is Outcome.REFUTED
    assert "does not fail at the witness" in evidence.detail


def test_a_corrected_sequence_that_stops_shows_nothing():
    assert at("DIAG-10", 0, problem="exact-tie").result is Outcome.INCONCLUSIVE


def test_a_flow_with_another_number_of_jumps_shows_nothing_of_a_rate():
    formula = replace(get("DIAG-09").formula, path=lambda problem: get("DIAG-09").formula.path(problem)[:-1])
    necessity = get("DIAG-09").necessity[0]
    assert necessity.fails(formula, necessity.witness).result is Outcome.INCONCLUSIVE


def fails_always(formula, witness):
    return failure(True, Level.EXACT, "fails", witness)


def test_a_witness_that_meets_the_hypothesis_is_caught(toy):
    verdict = only(toy.claim(), dropped=Quantity("x", 0, 1), witness={"x": Fraction(1, 2)}, fails=fails_always)
    assert not verdict.shown
    assert verdict.evidence.detail == "the witness meets the hypothesis that is dropped"
    assert verdict.complaint == "TOY-01 not shown to be needed: 0 < x < 1 (refuted)"


def test_a_witness_that_breaks_another_hypothesis_too_is_caught(toy):
    verdict = only(
        toy.claim(),
        dropped=Quantity("x", 0, 1),
        witness={"x": 2, "y": 2},
        fails=fails_always,
        kept=(Relation("y < x", lambda instance: instance["y"] < instance["x"]),),
    )
    assert verdict.evidence.detail == "the witness breaks another hypothesis too: y < x"


@pytest.mark.parametrize("temper", ["gives_up", "cannot_decide", "raises", "returns_true"])
def test_no_outcome_without_a_level_shows_necessity(toy, temper):
    verdict = only(toy.claim(), dropped=Quantity("x", 0, 1), witness={"x": 2}, fails=getattr(toy, temper))
    assert not verdict.shown


def test_a_witness_that_takes_too_long_is_a_timeout(toy):
    slow = Necessity(Quantity("x", 0, 1), {"x": 2}, toy.sleeps, time_limit=0.3)
    (verdict,) = show_necessity([replace(toy.claim(), necessity=(slow,))], workers=1)
    assert verdict.evidence.result is Outcome.TIMEOUT


def test_hypotheses_shown_needed_are_distinct_within_a_claim(toy):
    twice = Necessity(Quantity("x", 0, 1), {"x": 2}, fails_always)
    with pytest.raises(AssertionError, match="dropped hypothesis names must be distinct"):
        replace(toy.claim(), necessity=(twice, twice))
