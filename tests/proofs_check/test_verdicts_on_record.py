import pytest

from agf_theory.proofs_check import Level, Record, all_claims, get, verify_all

ATTAINED = {
    **{f"FRM-{k:02}": Level.PROVED for k in range(1, 8)},
    **{f"DIAG-{k:02}": Level.PROVED for k in (1, 2, 3, 4, 7, 8)},
    "DIAG-05": Level.EXACT,
    "DIAG-06": Level.EXACT,
    "DIAG-09": Level.CONVERGED,
    "DIAG-10": Level.CONVERGED,
    "FRM-08": Level.CONVERGED,
    "LIN-13": Level.CONVERGED,
    "LIN-15": Level.CONVERGED,  # the rate is proved, the law is observed
    **{f"LIN-{k:02}": Level.PROVED for k in (*range(1, 13), 14, 16, 18, 19, 20, 22, 23)},
    "LIN-17": Level.CERTIFIED,
    "LIN-21": Level.CONVERGED,
    **{f"MOD-{k:02}": Level.PROVED for k in (*range(1, 15), 16, 17)},
    "MOD-15": Level.SAMPLED,
    "MOD-19": Level.PROVED,
    "MOD-18": Level.SAMPLED,
    "MOD-21": Level.PROVED,
    "MOD-22": Level.CONVERGED,
    "MOD-20": Level.PROVED,  # the bounds; the number between them is open
    "ATT-10": Level.CONVERGED,
    **{f"ATT-{k:02}": Level.PROVED for k in (*range(1, 10), 11, 12, 13, 14, 15)},
    **{f"SN-{k:02}": Level.PROVED for k in range(1, 21)},
    **{f"TM-{k:02}": Level.PROVED for k in range(1, 14)},
}


def test_every_check_of_every_claim_is_on_record():
    record = Record.load()
    assert {claim.id: [check.name for check in claim.checks] for claim in all_claims()} == {
        claim_id: list(checks) for claim_id, checks in record.checks.items()
    }


def test_the_levels_on_record_are_those_the_briefs_call_attainable():
    record = Record.load()
    assert {claim.id: record.verdict(claim.id) for claim in all_claims()} == ATTAINED


@pytest.mark.parametrize("claim", [get("DIAG-04"), get("DIAG-08")], ids=["DIAG-04", "DIAG-08"])
def test_certified_evidence_stands_behind_the_proofs_the_briefs_want_in_balls_too(claim):
    results = {check["result"] for check in Record.load().checks[claim.id].values()}
    assert {"proved", "certified"} <= results


CLAIMS = [pytest.param(c, id=c.id) for c in all_claims()]


@pytest.mark.survey  # `make verify` is this very run
@pytest.mark.parametrize("claim", CLAIMS)
def test_a_run_of_the_quick_checks_finds_what_is_on_record(claim):
    assert Record.load().differences(verify_all((claim,), workers=0)) == ()
