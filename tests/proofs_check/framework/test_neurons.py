from fractions import Fraction
from random import Random

import numpy as np
import pytest

from agf_theory.errors import HypothesisNotMet
from agf_theory.proofs_check import Hypotheses
from agf_theory.proofs_check.framework.neurons import (
    DormantNeuron,
    HomogeneousNeuron,
    PolynomialUtility,
    RectifiedUtility,
    exponents,
)

SQUARE = PolynomialUtility(2, 2, {(2, 0): Fraction(3), (1, 1): Fraction(1)})
RECTIFIED = RectifiedUtility(1, ((Fraction(1),), (Fraction(-1),)), (Fraction(2), Fraction(4)))


def test_a_polynomial_utility_is_worked_by_hand():
    assert SQUARE.value((2, 5)) == 22
    assert SQUARE.gradient((2, 5)) == (17, 2)


def test_a_rectified_utility_sees_only_the_samples_it_is_active_on():
    assert RECTIFIED.value((3, 5)) == 15  # (2·3·5)/2
    assert RECTIFIED.gradient((3, 5)) == (5, 3)
    assert RECTIFIED.value((3, -5)) == 30
    assert (RECTIFIED.degree, RECTIFIED.dimension) == (2, 2)


def test_kinks_are_where_a_drive_vanishes():
    assert RECTIFIED.kink_distance((3, Fraction(1, 4))) == 0.25
    assert SQUARE.kink_distance((0, 0)) == float("inf")


@pytest.mark.parametrize("seed", range(10))
def test_gradients_are_those_of_the_value(seed):
    neuron = HomogeneousNeuron().draw(Random(seed), 4)
    theta, step = np.array([float(t) for t in neuron.theta]), 1e-6
    for i, slope in enumerate(neuron.utility.gradient(theta)):
        shift = step * np.eye(len(theta))[i]
        difference = (neuron.utility.value(theta + shift) - neuron.utility.value(theta - shift)) / (2 * step)
        assert difference == pytest.approx(float(slope), rel=1e-5, abs=1e-6)


def test_directions_are_unit_vectors_exactly():
    for seed in range(20):
        neuron = HomogeneousNeuron().draw(Random(seed), 4)
        assert sum(entry**2 for entry in neuron.direction) == 1


@pytest.mark.parametrize(
    "neuron",
    [
        DormantNeuron(SQUARE, (Fraction(1), Fraction(1)), Fraction(1)),
        DormantNeuron(SQUARE, (Fraction(1), Fraction(0)), Fraction(0)),
        DormantNeuron(PolynomialUtility(1, 2, {(1, 0): Fraction(1)}), (Fraction(1), Fraction(0)), Fraction(1)),
    ],
    ids=["direction no unit vector", "at zero", "degree one"],
)
def test_the_hypothesis_guards(neuron):
    with pytest.raises(HypothesisNotMet, match="homogeneous of degree κ, 2 ≤ κ, and differentiable"):
        Hypotheses((HomogeneousNeuron(),)).guard({"neuron": neuron})


def test_degree_above_one_is_necessary_for_critical_points_at_zero():
    """κ = 1: the gradient at zero is that anywhere else, and does not vanish."""
    linear = PolynomialUtility(1, 2, {(1, 0): Fraction(1)})
    assert linear.gradient((0, 0)) == (1, 0)


def test_monomials_of_a_degree_are_all_there():
    assert len(exponents(4, 3)) == 15
