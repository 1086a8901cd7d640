import copy
import json
from fractions import Fraction

import numpy as np
import pytest

from agf_theory.proofs_check import Evidence, Level, Outcome, weakest


def test_levels_are_ordered_from_formal_down_to_sampled():
    order = [Level.FORMAL, Level.PROVED, Level.EXACT, Level.CERTIFIED, Level.CONVERGED, Level.SAMPLED]
    assert sorted(order, reverse=True) == order
    assert max(Level.SAMPLED, Level.EXACT) is Level.EXACT


def test_a_level_cannot_be_compared_with_an_outcome():
    with pytest.raises(TypeError, match="not supported between instances"):
        _ = Level.EXACT < Outcome.REFUTED


@pytest.mark.parametrize("level", [Level.EXACT, Level.CERTIFIED, Level.CONVERGED, Level.SAMPLED])
def test_evidence_on_no_instance_is_inconclusive(level):
    assert Evidence.of(level, "compared", instances=0).outcome is Outcome.INCONCLUSIVE
    assert Evidence.of(level, "compared").outcome is Outcome.INCONCLUSIVE


def test_evidence_on_no_instance_cannot_even_be_built_by_hand():
    with pytest.raises(AssertionError, match="needs at least one instance"):
        Evidence(Level.EXACT, "compared", instances=0)


def test_a_refutation_needs_a_witness():
    with pytest.raises(AssertionError, match="needs a witness"):
        Evidence(Outcome.REFUTED, "no reason")


def test_evidence_is_not_a_boolean():
    with pytest.raises(TypeError, match="not a boolean"):
        bool(Evidence.of(Level.PROVED, "zero"))


def test_either_a_level_or_an_outcome_never_both():
    proved, refuted = Evidence.of(Level.PROVED, "zero"), Evidence.refuted("one", {"x": 1})
    assert (proved.level, proved.outcome) == (Level.PROVED, None)
    assert (refuted.level, refuted.outcome) == (None, Outcome.REFUTED)


def test_figures_and_witness_become_plain_data():
    figures = {"third": Fraction(1, 3), "array": np.array([1.5, np.inf]), "flag": True, "nested": {"pair": (1, None)}}
    evidence = Evidence(Level.PROVED, "zero", figures, witness=np.float64(0.5))
    expected = {"third": "1/3", "array": [1.5, "inf"], "flag": True, "nested": {"pair": [1, None]}}
    assert dict(evidence.figures) == expected
    assert evidence.witness == 0.5
    json.dumps(evidence.as_record(), allow_nan=False)


def test_an_object_of_another_kind_becomes_its_text():
    assert Evidence(Level.PROVED, "zero", {"level": Level.EXACT}).figures["level"] == "exact"


def test_evidence_survives_being_taken_apart_and_rebuilt():
    evidence = Evidence.refuted("no", {"x": Fraction(1, 2)}, instances=3, residual=0.5).repeated_by("agf verify TOY-01")
    assert copy.copy(evidence).as_record() == evidence.as_record()


def test_figures_cannot_be_changed_afterwards():
    with pytest.raises(TypeError, match="does not support item assignment"):
        Evidence.of(Level.PROVED, "zero", residual=0).figures["residual"] = 1


def test_a_chain_is_as_weak_as_its_weakest_link():
    links = [Evidence.of(Level.PROVED, "a"), Evidence.of(Level.SAMPLED, "b", instances=4, error=0.1)]
    joined = weakest(links)
    assert joined.level is Level.SAMPLED
    assert (joined.instances, joined.detail, dict(joined.figures)) == (4, "a; b", {"error": 0.1})


def test_a_refuted_link_refutes_the_chain_whatever_else_went_wrong():
    links = [Evidence.error("crash"), Evidence.inconclusive("gave up"), Evidence.refuted("no", {"x": 1})]
    assert weakest(links).outcome is Outcome.REFUTED


def test_an_inconclusive_link_leaves_the_chain_inconclusive():
    assert weakest([Evidence.of(Level.PROVED, "a"), Evidence.inconclusive("b")]).outcome is Outcome.INCONCLUSIVE


def test_a_chain_without_links_shows_nothing():
    assert weakest([]).outcome is Outcome.INCONCLUSIVE
