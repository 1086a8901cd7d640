import numpy as np
import pytest

from agf_theory.numeric.linear.conjecture import rates_at
from agf_theory.numeric.linear.moments import Moments
from agf_theory.problems import LinearNetwork

REVERSED = Moments.of(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]]))


def test_a_saddle_that_is_not_the_best_of_its_rank_is_left_by_its_own_neuron():
    found = rates_at(REVERSED, np.diag([0.5, 0.0]))
    assert found.escape == pytest.approx((np.sqrt(113) - 9) / 8)
    assert found.growth == pytest.approx((1.0,))
    assert found.separation == np.inf


def test_the_best_of_its_rank_is_not_left():
    found = rates_at(REVERSED, np.diag([0.0, 2.0]))
    assert found.escape == 0
    assert found.growth == pytest.approx((2.0,))
    assert 0 < found.settling < 2


def test_at_zero_nothing_is_active():
    found = rates_at(REVERSED, np.zeros((2, 2)))
    assert (found.escape, found.settling) == (0, np.inf)
    assert found.growth == pytest.approx((2, 1))
    assert found.separation == pytest.approx(1)


def test_at_the_minimum_nothing_grows():
    assert rates_at(REVERSED, REVERSED.best).growth == ()


def test_symmetries_are_no_rates():
    # Two active neurons: an orbit of four dimensions, and as many rates of rest.
    found = rates_at(REVERSED, REVERSED.best)
    assert found.escape == 0
    assert found.settling > 0.1
