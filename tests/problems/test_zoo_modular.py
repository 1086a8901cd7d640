"""What the modular problems of the zoo claim, recomputed here from their spectra."""

from fractions import Fraction

import numpy as np
import pytest

from agf_theory.problems import ModularAddition, zoo


def problem(name):
    return zoo.get(name, ModularAddition)


def squared_utilities(name):
    """Square of the greatest utility on each class over 4 p, exact: m_k² of the maximiser theorem."""
    found = problem(name)
    squares = {k: real**2 + imaginary**2 for k, (real, imaginary) in found.rational_spectrum.items()}
    mean = squares.get(0, 0)
    share = {"dc": 3, "generic": Fraction(1, 2), "nyquist": 1}  # at zero the mean itself is added: 1 + 3 = 2²
    return {k: square**2 * (mean + share[found.frequency_class(k)] * square) for k, square in squares.items()}


def winners(name):
    values = squared_utilities(name)
    return {k for k, value in values.items() if value == max(values.values())}


@pytest.mark.parametrize(
    ("name", "p", "classes", "first"),
    [
        ("three-frequencies", 20, (1, 3, 5), {1}),
        ("nyquist-dominant", 8, (1, 3, 4), {4}),
        ("nyquist-at-0.89", 8, (1, 4), {1}),
        ("nyquist-at-0.90", 8, (1, 4), {4}),
        ("tied-frequencies", 7, (1, 2), {1, 2}),
        ("close-frequencies", 11, (1, 2), {1}),
        ("raw-one-hot", 6, (0, 1, 2, 3), {0}),
        ("mean-below-a-frequency", 5, (0, 1), {1}),
        ("quarter-of-8", 8, (2,), {2}),
        ("one-hot-3", 3, (1,), {1}),
        ("one-hot-4", 4, (1, 2), {2}),
        ("one-hot-5", 5, (1, 2), {1, 2}),
        ("one-hot-6", 6, (1, 2, 3), {3}),
        ("one-hot-7", 7, (1, 2, 3), {1, 2, 3}),
        ("one-hot-8", 8, (1, 2, 3, 4), {4}),
        ("one-hot-12", 12, (1, 2, 3, 4, 5, 6), {6}),
        ("modulo-1009", 1009, (1, 7, 100, 504), {1, 7}),
    ],
)
def test_the_class_of_greatest_utility_is_the_stated_one(name, p, classes, first):
    found = problem(name)
    assert (found.p, found.classes) == (p, classes)
    assert winners(name) == first


def test_the_reference_task_has_the_energies_and_levels_it_states():
    found = problem("three-frequencies")
    assert found.width == 18
    assert [found.energy(k) for k in found.classes] == [10, 2.5, 0.625]
    levels = np.cumsum([found.energy(k) for k in reversed(found.classes)])[::-1] / found.p
    assert levels.tolist() == [21 / 32, 5 / 32, 1 / 32]


def test_the_raw_one_hot_template_ranks_mean_nyquist_and_generic():
    values = squared_utilities("raw-one-hot")
    assert {k: values[k] for k in (0, 3, 1)} == {0: 4, 3: 2, 1: 1.5}


def test_the_nyquist_pair_stands_on_both_sides_of_the_threshold():
    for name, ratio in (("nyquist-at-0.89", 0.89), ("nyquist-at-0.90", 0.9)):
        spectrum = problem(name).spectrum
        assert abs(spectrum[4]) / abs(spectrum[1]) == pytest.approx(ratio, rel=1e-15)
        assert (ratio > 2 ** (-1 / 6)) is (winners(name) == {4})


@pytest.mark.parametrize(("name", "quarters"), [("quarter-of-8", {2}), ("quarter-of-4", {1}), ("one-hot-12", {3})])
def test_quarter_frequencies_are_where_they_are_said_to_be(name, quarters):
    found = problem(name)
    assert {k for k in found.classes if 4 * k % found.p == 0 and found.frequency_class(k) == "generic"} == quarters


def test_the_template_of_decimals_is_centred_and_known_exactly():
    found = problem("rational-template")
    assert sum(found.rational_template) == 0
    assert found.classes == (1, 2)
    assert found.rational_spectrum is None


def test_parity_is_the_nyquist_frequency_alone():
    found = problem("parity")
    assert [found.frequency_class(k) for k in found.classes] == ["nyquist"]
    assert found.width == 2
