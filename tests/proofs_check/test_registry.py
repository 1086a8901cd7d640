import pytest

from agf_theory.errors import UnknownName
from agf_theory.proofs_check import Claim, all_claims, claims_of, get, selected, systems

IDS = [*(f"FRM-{k:02}" for k in range(1, 8)), *(f"DIAG-{k:02}" for k in range(1, 11))]
LINEAR = [f"LIN-{k:02}" for k in range(1, 24)]
MODULAR = [f"MOD-{k:02}" for k in range(1, 23)]
NEURON = [f"SN-{k:02}" for k in range(1, 21)]
FINITE_WIDTH = [f"TM-{k:02}" for k in range(1, 14)]
ATTENTION = [f"ATT-{k:02}" for k in range(1, 16)]


def test_every_claim_of_the_two_briefs_is_there_in_their_order():
    listed = [claim.id for claim in all_claims() if claim.system in ("framework", "diagonal")]
    assert [id for id in listed if id != "FRM-08"] == IDS


def test_claims_on_linear_networks_are_in_their_order():
    listed = [claim.id for claim in claims_of("linear")]
    assert listed == sorted(listed)
    assert set(listed) <= set(LINEAR)


def test_claims_on_modular_addition_are_in_their_order():
    listed = [claim.id for claim in claims_of("modular")]
    assert listed == sorted(listed)
    assert set(listed) <= set(MODULAR)


def test_claims_on_linear_attention_are_in_their_order():
    listed = [claim.id for claim in all_claims() if claim.system == "attention"]
    assert listed == sorted(listed)
    assert set(listed) <= set(ATTENTION)


def test_claims_on_single_neurons_are_in_their_order():
    listed = [claim.id for claim in claims_of("neuron")]
    assert listed == sorted(listed)
    assert set(listed) <= set(NEURON)


def test_claims_on_one_dimensional_data_are_all_there_in_their_order():
    assert [claim.id for claim in claims_of("finite-width")] == FINITE_WIDTH


def test_ids_name_their_system():
    assert {claim.id.split("-")[0] for claim in claims_of("framework")} == {"FRM"}
    assert {claim.id.split("-")[0] for claim in claims_of("diagonal")} == {"DIAG"}
    assert {claim.id.split("-")[0] for claim in claims_of("linear")} == {"LIN"}
    assert {claim.id.split("-")[0] for claim in claims_of("modular")} == {"MOD"}
    assert systems()[:4] == ("framework", "diagonal", "linear", "modular")


def test_a_claim_is_found_by_id_in_either_case():
    assert get("diag-04") is get("DIAG-04")


def test_an_unknown_id_comes_with_the_close_ones():
    with pytest.raises(UnknownName, match="unknown claim 'DIAG-4'; did you mean DIAG-04"):
        get("DIAG-4")


def test_an_unknown_system_comes_with_the_close_ones():
    with pytest.raises(UnknownName, match="unknown system 'diagonals'; did you mean diagonal"):
        claims_of("diagonals")


def test_a_name_close_to_nothing_comes_with_all_there_are():
    with pytest.raises(
        UnknownName, match="unknown claim or system 'zzz'; known: framework, diagonal, linear, modular, .*FRM-01"
    ):
        selected(["zzz"])


def test_no_name_selects_every_claim():
    assert selected([]) == all_claims()


def test_ids_and_systems_select_each_claim_once_in_order():
    chosen = [claim.id for claim in selected(["diagonal", "DIAG-04", "frm-02"])]
    assert chosen == ["FRM-02", *(claim.id for claim in claims_of("diagonal"))]


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_claim_states_one_sentence_and_has_a_quick_check(claim: Claim):
    assert claim.statement.endswith(".")
    assert ". " not in claim.statement
    assert any(str(check.cost) == "quick" for check in claim.checks)
    assert claim.source.key
    assert repr(claim) == f"Claim({claim.id}: {claim.title})"


def test_check_names_are_distinct_within_a_claim(toy):
    with pytest.raises(AssertionError, match="check names must be distinct"):
        toy.claim(toy.check(toy.proves), toy.check(toy.proves))
