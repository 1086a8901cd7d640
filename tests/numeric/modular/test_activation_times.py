import sys
from fractions import Fraction

import numpy as np
import pytest

from agf_theory.errors import HypothesisNotMet, InputError, UnknownName
from agf_theory.numeric.modular import activation_bounds, activation_times, blow_up_times, opening_neurons
from agf_theory.numeric.modular.enclosed_times import enclosed_blow_up_times
from agf_theory.numeric.modular.starts import random_start
from agf_theory.problems import ModularAddition, zoo


@pytest.fixture
def reference():
    return zoo.get("three-frequencies", ModularAddition)


def test_each_frequency_opens_at_the_least_blow_up_time_of_a_neuron_still_dormant(reference):
    times = blow_up_times(reference, *random_start(reference, 0))
    found = activation_times(reference)
    openers = opening_neurons(reference)
    assert [event.entered for event in found.events] == [(0,), (1,), (2,)]
    assert found.jump_times[0] == times.min()
    dormant = [i for i in range(18) if i != openers[1]]
    assert found.jump_times[1] == times[dormant][:, 1:].min()
    assert len(set(openers.values())) == 3


def test_levels_and_saddles_are_those_of_the_frequencies_left(reference):
    found = activation_times(reference)
    assert found.initial_loss == 6.5625
    assert found.loss_levels.tolist() == [1.5625, 0.3125, 0]
    np.testing.assert_allclose(found.saddles, [[10, 0, 0], [10, 2.5, 0], [10, 2.5, 0.625]], rtol=1e-14)


def test_times_are_inverse_to_the_scale_of_the_start(reference):
    start = random_start(reference, 4)
    once, half = (activation_times(reference, start=start * c).jump_times for c in (1, 0.5))
    np.testing.assert_allclose(half, 2 * once, rtol=1e-12)


def test_balls_enclose_the_floats_and_levels_are_fractions(reference):
    balls, floats = activation_times(reference, arithmetic="ball"), activation_times(reference)
    assert [float(ball.mid()) for ball in balls.jump_times] == pytest.approx(floats.jump_times.tolist(), rel=1e-12)
    assert all(ball.rel_accuracy_bits() > 100 for ball in balls.jump_times)
    assert balls.loss_levels.tolist() == [Fraction(25, 16), Fraction(5, 16), 0]


def test_a_spectrum_that_is_irrational_has_levels_in_balls():
    found = activation_times(zoo.get("rational-template", ModularAddition), arithmetic="ball")
    assert found.initial_loss.overlaps(found.initial_loss + 0)
    assert float(found.initial_loss.mid()) == pytest.approx(0.5 * (0.49 + 0.09 + 0.01 + 0.36 + 0.01))


def test_balls_that_do_not_decide_end_the_sequence(reference, monkeypatch):
    real = enclosed_blow_up_times

    def blurred(*arguments):
        times = real(*arguments)
        times[0][1] = None
        return times

    monkeypatch.setattr(sys.modules["agf_theory.numeric.modular.activation_times"], "enclosed_blow_up_times", blurred)
    found = activation_times(reference, arithmetic="ball")
    assert not found.complete
    assert len(found) == 0
    assert "no neuron is certainly the first" in found.undecided[0].reason


def test_one_neuron_opens_one_frequency_and_leaves_the_others():
    found = activation_times(zoo.get("three-frequencies", ModularAddition).with_width(1))
    assert [event.entered for event in found.events] == [(0,)]
    assert found.notes == (
        "no dormant neuron is left to open ξ=3, ξ=5",
        "levels are those of exact fits: 16 neurons pure at their frequencies do, here are fewer",
    )


def test_a_neuron_that_never_blows_up_opens_nothing():
    problem = ModularAddition([1, -1]).with_width(1)
    wrong_sign = np.array([[[1.0, -1]], [[1.0, -1]], [[-1.0, 1]]])
    assert len(activation_times(problem, start=wrong_sign)) == 0


def test_an_inversion_of_the_order_is_noted():
    problem = zoo.get("close-frequencies", ModularAddition)
    orders = {activation_times(problem, seed=seed).events[0].entered: seed for seed in range(12)}
    assert set(orders) == {(0,), (1,)}
    said = "the order is not that of |x̂|: some neuron starts better aligned with a weaker frequency"
    assert said in activation_times(problem, seed=orders[1,]).notes
    assert said not in activation_times(problem, seed=orders[0,]).notes


def test_times_after_the_first_are_called_estimates(reference):
    assert activation_times(reference).notes[0].startswith("times after the first are estimates")
    assert activation_times(zoo.get("one-hot-3", ModularAddition)).notes == ()


def test_bounds_are_below_the_times_of_the_same_jumps(reference):
    times, bounds = activation_times(reference, seed=2), activation_bounds(reference, seed=2)
    assert bounds.events == times.events
    assert (bounds.jump_times < times.jump_times).all()


def test_what_it_cannot_be_asked(reference):
    with pytest.raises(HypothesisNotMet, match="need a centred template"):
        activation_times(zoo.get("raw-one-hot", ModularAddition))
    with pytest.raises(InputError, match="shape \\(3, 18, 20\\)"):
        activation_times(reference, start=np.ones((3, 2, 20)))
    with pytest.raises(InputError, match="finite"):
        activation_times(reference, start=np.full((3, 18, 20), np.nan))
    with pytest.raises(UnknownName, match="float or ball, got 'exact'"):
        activation_times(reference, arithmetic="exact")
