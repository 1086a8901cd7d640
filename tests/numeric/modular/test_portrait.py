import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.modular import network_output, portrait
from agf_theory.problems import ModularAddition, zoo


def waves(p, k, *phases):
    return [np.cos(2 * np.pi * k * np.arange(p) / p + s)[None] for s in phases]


def test_an_aligned_neuron_is_pure_and_on_the_diagonal():
    problem = ModularAddition.from_spectrum(7, {1: 1, 2: (3, 4)})
    s_x = np.angle(3 + 4j)
    u, v, w = waves(7, 2, 0.4, 1.9, 0.4 + 1.9 - s_x)
    found = portrait(problem, u, v, w)
    np.testing.assert_allclose(found.powers, [[0, 3 * 7 / 2]], atol=1e-12)
    assert found.rest[0] == pytest.approx(0, abs=1e-12)
    assert found.incoming[0, 1] == pytest.approx(2.3)
    assert found.outgoing[0, 1] == pytest.approx(2.3)


def test_what_is_at_other_frequencies_is_the_rest():
    problem = ModularAddition([1, -1, 1, -1])
    found = portrait(problem, [[1, -1, 1, -1]], [[0, 0, 0, 0]], [[2, 0, 0, 0]])
    np.testing.assert_allclose(found.powers, [[4 + 1]])
    np.testing.assert_allclose(found.rest, [3])


def test_two_neurons_that_fit_the_nyquist_frequency_say_the_template_shifted():
    problem = zoo.get("parity", ModularAddition)
    size = (1 / (4 * problem.p * 2)) ** (1 / 3)
    chi = np.array([1.0, -1])
    u, v, w = size * np.array([chi, chi]), size * np.array([chi, -chi]), size * np.array([chi, -chi])
    for a, b in ((0, 0), (0, 1), (1, 1)):
        expected = np.roll(problem.template, a + b) * network_output(problem, u, v, w, 0, 0)[0]
        np.testing.assert_allclose(network_output(problem, u, v, w, a, b), expected, atol=1e-15)


def test_weights_of_another_modulus_are_refused():
    with pytest.raises(InputError, match=r"one shape \(H, 2\)"):
        portrait(zoo.get("parity", ModularAddition), np.ones((1, 3)), np.ones((1, 3)), np.ones((1, 3)))
