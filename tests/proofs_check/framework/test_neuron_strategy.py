"""What a search may meet: every kind of neuron that the hypotheses allow, and no other."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from agf_theory.proofs_check.framework.neurons import (
    DormantNeuron,
    HomogeneousNeuron,
    PolynomialUtility,
    RectifiedUtility,
    _rectified_utilities,
    exponents,
)
from agf_theory.proofs_check.hypotheses import Quantity

QUICK = settings(max_examples=400, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
UNSHRUNK = settings(QUICK, phases=[Phase.generate])
FEW = settings(QUICK, max_examples=80)
THEORY, MOVING = HomogeneousNeuron(), HomogeneousNeuron(moving=True)


def polynomial(neuron, *, degree=None, dimension=None):
    utility = neuron.utility
    return (
        isinstance(utility, PolynomialUtility)
        and degree in (None, utility.degree)
        and dimension in (None, utility.dimension)
    )


def rectified(neuron, *, degree):
    return isinstance(neuron.utility, RectifiedUtility) and neuron.utility.degree == degree


@pytest.mark.parametrize(
    "wanted",
    [
        lambda neuron: polynomial(neuron, dimension=5),
        lambda neuron: polynomial(neuron, degree=5),
        lambda neuron: polynomial(neuron, degree=2) and all(neuron.utility.coefficients.values()),
        lambda neuron: rectified(neuron, degree=2),
        lambda neuron: rectified(neuron, degree=3),
        lambda neuron: rectified(neuron, degree=2) and len(neuron.utility.samples) == 4,
        lambda neuron: rectified(neuron, degree=2) and len(neuron.utility.samples[0]) == 3,
        lambda neuron: any(c.denominator == 2 for c in getattr(neuron.utility, "coefficients", {}).values()),
        lambda neuron: any(c == -3 for c in getattr(neuron.utility, "coefficients", {}).values()),
    ],
)
def test_neurons_of_every_kind_are_found(wanted):
    assert wanted(find(THEORY.strategy(), wanted, settings=UNSHRUNK))


def test_half_of_the_moving_neurons_move_and_none_where_the_residual_is_frozen():
    moves = lambda neuron: neuron.drift is not None  # noqa: E731
    drifting = find(MOVING.strategy(), moves, settings=UNSHRUNK)
    assert drifting.drift.degree == drifting.utility.degree
    assert find(MOVING.strategy(), lambda neuron: not moves(neuron), settings=UNSHRUNK).drift is None


@FEW
@given(THEORY.strategy())
def test_a_neuron_is_dormant_differentiable_and_not_too_large(neuron):
    assert THEORY.holds({"neuron": neuron})
    assert 0 < neuron.norm < 1
    assert neuron.utility.kink_distance(neuron.direction) > 0
    assert 2 <= neuron.utility.dimension <= 5
    assert 2 <= neuron.utility.degree <= min(5, 8 - neuron.utility.dimension)
    assert neuron.drift is None
    if isinstance(neuron.utility, PolynomialUtility):
        assert list(neuron.utility.coefficients) == exponents(neuron.utility.degree, neuron.utility.dimension)


def test_the_simplest_neuron_has_two_parameters_and_the_least_degree():
    simplest = find(THEORY.strategy(), lambda neuron: True, settings=QUICK)
    assert (simplest.utility.degree, simplest.utility.dimension) == (2, 2)
    assert not any(simplest.utility.coefficients.values())


def test_degrees_may_be_limited():
    low = HomogeneousNeuron(degrees=Quantity("κ", 0), largest_degree=1, largest_dimension=2)
    assert find(low.strategy(), lambda neuron: True, settings=QUICK).utility.degree == 1


@pytest.mark.parametrize("seed", range(30))
def test_no_sample_of_a_rectified_utility_lies_on_its_kink(seed):
    direction = (Fraction(3, 5), Fraction(4, 5), Fraction(0))
    first, second = _rectified_utilities(Random(seed), 2, direction)
    assert first.kink_distance(direction) > 0
    assert first.samples == second.samples
    assert first.residuals != second.residuals
    assert len(first.samples) == len(first.residuals) == 4
    assert all(abs(entry) <= Fraction(8, 3) for x in first.samples for entry in x)


def test_a_direction_without_weights_into_the_neuron_takes_any_sample():
    flat, _ = _rectified_utilities(Random(0), 1, (Fraction(1), Fraction(0)))
    assert flat.kink_distance((1, 0)) == 0


@pytest.mark.parametrize(("degree", "norm", "direction"), [(1, 1, (1, 0)), (2, 0, (1, 0)), (2, 1, (1, 1))])
def test_each_condition_of_a_neuron_guards(degree, norm, direction):
    utility = PolynomialUtility(degree, 2, {})
    assert not THEORY.holds({"neuron": DormantNeuron(utility, direction, Fraction(norm))})
    assert THEORY.holds({"neuron": DormantNeuron(PolynomialUtility(2, 2, {}), (1, 0), Fraction(1))})
