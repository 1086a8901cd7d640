import numpy as np
import pytest

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear import pre_flight
from agf_theory.problems import InitScale, LinearNetwork

REVERSED = LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])


def coupled(rho):
    return LinearNetwork([[4, rho], [rho, "1/2"]], [[2, 0], [0, 1]])


def test_commuting_moments_in_another_order_are_told():
    found = pre_flight(REVERSED)
    assert (found.commuting, found.co_ordered, found.reducible, found.exact, found.blocks) == (
        True,
        False,
        True,
        True,
        2,
    )
    assert found.smallest_gaps == pytest.approx((0.5, 0.5))


def test_commuting_moments_in_one_order_are_told():
    assert pre_flight(LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]])).co_ordered


def test_both_staircases_are_there_with_the_plateaus_of_either():
    found = pre_flight(REVERSED)
    assert found.recursion.jump_times == pytest.approx([0.5, 0.75])
    assert found.merged.jump_times == pytest.approx([0.5, 1.0])
    assert [plateau.rates.escape for plateau in found.plateaus] == [0, 0, 0]
    assert [plateau.rates.escape for plateau in found.merged_plateaus] == pytest.approx([0, (113**0.5 - 9) / 8, 0])
    assert [plateau.level for plateau in found.merged_plateaus] == pytest.approx([1.5, 1.0, 0.0])


def test_plateaus_last_in_proportion_to_the_logarithm_of_the_scale():
    assert pre_flight(REVERSED).resolution(InitScale("1e-100")) == pytest.approx([115.13, 115.13], abs=0.01)


def test_weak_couplings_cast_a_shadow_until_they_are_felt():
    (shadow,) = pre_flight(coupled("1/100")).shadows
    assert shadow.sequence.jump_times == pytest.approx([0.5, 1.0])
    # log(1/coupling) over the escape rate and the length of the plateau
    assert shadow.crossover == pytest.approx(np.log(100 * 2**0.5) / ((113**0.5 - 9) / 8 * 0.5))


def test_a_cut_that_changes_nothing_casts_none():
    assert pre_flight(LinearNetwork([[1, "1/10000"], ["1/10000", 1]], [[2, 0], [0, 1]])).shadows == ()


def test_the_crossover_of_dormant_neurons_is_that_of_their_rates():
    # Block A1, A2 beside B: after A1 the neuron of B leads, and A2 grows faster.
    inputs = [[4, "1/2", "1/100000"], ["1/2", "1/2", 0], ["1/100000", 0, 4]]
    shadow = pre_flight(LinearNetwork(inputs, np.diag([2, 1, 1.4]).tolist())).shadows[0]
    assert shadow.sequence.jump_times == pytest.approx([0.5, 1 / 1.4, 0.764975], abs=1e-6)
    assert 10 < shadow.crossover < 1000


def test_a_coupling_lost_in_doubles_is_not_decided():
    with pytest.raises(UndecidedError, match="more than 1e-12 of their variances"):
        pre_flight(coupled("1e-15"))


def test_it_prints_in_eighty_columns():
    for problem in (REVERSED, coupled("1/100"), LinearNetwork(np.eye(12).tolist(), np.diag(range(1, 13)).tolist())):
        assert max(map(len, str(pre_flight(problem)).splitlines())) <= 80


def test_nothing_to_learn_is_resolved_at_once():
    found = pre_flight(LinearNetwork([[1, 0], [0, 1]], [[0, 0]]))
    assert (found.wanted, found.resolution(InitScale("1e-8")), found.smallest_gaps) == (1.0, (), (1.0, 1.0))


def test_tied_neurons_are_never_resolved():
    assert pre_flight(LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, 1]])).wanted == np.inf
