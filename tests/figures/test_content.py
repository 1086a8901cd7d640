from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from agf_theory.figures.content import alpha_label, needs_logarithm, spread_in_decades, staircase


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1e-8", r"$\alpha=10^{-8}$"),
        ("1E-1000", r"$\alpha=10^{-1000}$"),
        ("2.5e-3", r"$\alpha=2.5\times10^{-3}$"),
        ("0.5", r"$\alpha=0.5$"),
        ("1/3", r"$\alpha=1/3$"),
        ("0.12345678901234", r"$\alpha=0.1234567890\ldots$"),
    ],
)
def test_scales_are_written_as_mathematics(text, label):
    assert alpha_label(text) == label


def test_a_staircase_begins_at_rest(sequence):
    stairs = staircase(sequence)
    assert stairs.times.tolist() == [0, 0.5, 1.0, 2.5]
    assert stairs.losses.tolist() == [3.0, 2.0, 1.0, 0.9]
    assert stairs.coefficients[0].tolist() == [0, 0, 0]
    assert stairs.coefficients[-1].tolist() == [0, -2, 0.5]


@pytest.mark.parametrize("number", [Fraction(1, 3), arb(1) / 3])
def test_rationals_and_balls_become_floats(sequence, number):
    values = np.array([number] * 3, dtype=object)
    exact = type(sequence)(**{**vars(sequence), "jump_times": values})
    assert staircase(exact).times[1:].tolist() == [1 / 3] * 3


def test_a_sequence_without_jumps_is_flat(sequence_of):
    stairs = staircase(sequence_of([], [1.0], np.zeros((0, 2)), names=("a", "b")))
    assert stairs.times.tolist() == [0]
    assert stairs.coefficients.shape == (1, 2)


def test_spread_counts_decades_of_positive_values():
    assert spread_in_decades([0, 1, 1000]) == pytest.approx(3)
    assert spread_in_decades([0.0]) == 0


def test_a_logarithm_is_needed_where_values_span_decades():
    assert needs_logarithm([1.0, 50.0])
    assert not needs_logarithm([0.0, 1.0, 20.0])
