from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from agf_theory.errors import InputError
from agf_theory.proofs_check import Quantity
from agf_theory.proofs_check.framework.neuron_record import neuron_from_record, neuron_record
from agf_theory.proofs_check.framework.neurons import (
    DormantNeuron,
    HomogeneousNeuron,
    RectifiedUtility,
)

PLAIN = {"utility": {"degree": "2", "terms": [["1", ["2", "0"]]]}, "direction": ["1", "0"], "norm": "1/2"}
RECTIFIED = {"power": "1", "samples": [["1"]], "residuals": ["1"]}


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(HomogeneousNeuron(degrees=Quantity("κ", 0), moving=True).strategy())
def test_a_neuron_is_read_back_as_it_was_stored_and_meets_its_hypothesis(neuron):
    hypothesis = HomogeneousNeuron(degrees=Quantity("κ", 0), moving=True)
    read = hypothesis.decode(hypothesis.encode(neuron))
    assert hypothesis.holds({"neuron": read})
    assert neuron_record(read) == neuron_record(neuron)
    assert (read.direction, read.norm, read.drift is None) == (neuron.direction, neuron.norm, neuron.drift is None)
    assert read.utility.value(read.theta) == neuron.utility.value(neuron.theta)
    assert read.utility.kink_distance(read.direction) > 0


def test_a_rectified_neuron_with_a_moving_residual_is_stored_whole():
    still, moving = (RectifiedUtility(2, ((Fraction(1),),), (Fraction(r),)) for r in (1, 2))
    neuron = DormantNeuron(still, (Fraction(3, 5), Fraction(4, 5)), Fraction(1, 3), moving)
    assert neuron_from_record(neuron_record(neuron), "neuron") == neuron


def test_another_utility_cannot_be_stored():

    neuron = DormantNeuron(object(), (Fraction(1),), Fraction(1))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a polynomial or rectified utility is required, got object"):
        neuron_record(neuron)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"utility": None}, "utility: an object with power, residuals, samples is required"),
        ({"utility": RECTIFIED | {"samples": [["1", "2"]]}}, "samples of 1 numbers, each with a residual"),
        ({"utility": RECTIFIED | {"residuals": []}}, "each with a residual"),
        ({"utility": {"degree": "2", "terms": [["1"]]}}, "each term is a coefficient and a list of exponents"),
        ({"utility": {"degree": "2", "terms": [["1", ["1", "0"]]]}}, "2 exponents of sum 2 are required"),
        ({"utility": {"degree": "2", "terms": "1"}}, "a list of at most 1000 entries is required"),
        ({"utility": {"degree": "1/2", "terms": []}}, "an integer between 1 and 1000 is required, got 1/2"),
        ({"utility": {"degree": "10000", "terms": []}}, "an integer between 1 and 1000"),
        ({"direction": ["1", "x"]}, "direction: expected a number"),
        ({"norm": 1}, "norm: text is required, got int"),
        ({"drift": {"degree": "3", "terms": []}}, "a drift of degree 2, as the utility, is required, got 3"),
        ({"more": 1}, "an object with direction, norm, utility is required"),
    ],
)
def test_a_record_that_is_malformed_names_what_is_wrong(changed, why):
    with pytest.raises(InputError, match=why):
        neuron_from_record(PLAIN | changed, "neuron")


def test_a_record_that_is_no_object_is_refused():
    with pytest.raises(InputError, match="neuron: an object with direction, norm, utility is required"):
        neuron_from_record([], "neuron")
