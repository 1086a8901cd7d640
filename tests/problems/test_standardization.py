from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.problems.exact_data import exact_array
from agf_theory.problems.standardization import centred_target, standardized_columns


def standardized(X):
    design = exact_array(X, what="X", dimensions=2)
    return standardized_columns(design, [f"x{i + 1}" for i in range(design.floats.shape[1])]).floats


def centred(y):
    return centred_target(exact_array(y, what="y", dimensions=1))


def test_columns_get_mean_zero_and_mean_square_one():
    assert standardized([[1.0, 0.0], [3.0, 8.0]]).tolist() == [[-1.0, -1.0], [1.0, 1.0]]


def test_the_divisor_is_the_number_of_rows():
    assert standardized([[0.0], [0.0], [3.0]])[2, 0] == pytest.approx(np.sqrt(2), rel=4e-16)  # centred -1, -1, 2


@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=2, max_size=2), min_size=2, max_size=8))
def test_any_columns_that_vary_get_mean_zero_and_mean_square_one(rows):
    assume(all(len(set(column)) > 1 for column in zip(*rows, strict=True)))
    result = standardized(rows)
    eps = np.finfo(float).eps  # a handful of roundings an entry; rounding the mean costs max|x| eps
    assert np.abs(result.mean(axis=0)).max() <= 5000 * eps
    assert np.abs((result**2).mean(axis=0) - 1).max() <= 5000 * eps


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_scaling_a_column_by_a_constant_changes_nothing(scale):
    column = np.array([[1.0], [2.0], [4.0]])
    assert standardized(column * scale) == pytest.approx(standardized(column), rel=1e-15)  # x * scale rounds once


def test_the_largest_doubles_do_not_overflow():
    assert standardized([[1.7e308], [-1.7e308]]).ravel().tolist() == [1.0, -1.0]


def test_rationals_are_centred_before_they_are_rounded():
    # The three numbers are one and the same double.
    assert standardized([["1e20"], ["100000000000000000001"], ["100000000000000000002"]]).ravel() == pytest.approx(
        [-np.sqrt(1.5), 0, np.sqrt(1.5)], rel=4e-16
    )


def test_rationals_of_tiny_spread_are_no_constant():
    tiny = Fraction(1, 10**2000)
    assert standardized([[1 - tiny], [1 + tiny]]).ravel().tolist() == [-1.0, 1.0]


@pytest.mark.parametrize("column", [[[3.0], [3.0]], [["1/3"], ["1/3"]], [[0], [0]], [[5.0]]])
def test_a_constant_column_is_refused_by_name(column):
    with pytest.raises(InputError, match="standardising column 'x1': values that differ are required, got a constant"):
        standardized(column)


def test_the_target_is_centred_and_not_scaled():
    assert centred([1.0, 2.0, 6.0]).floats.tolist() == [-2.0, -1.0, 3.0]
    assert centred(["1/3", "2/3", "0"]).floats.tolist() == [0.0, 1 / 3, -1 / 3]


def test_a_constant_target_becomes_zero():
    assert centred([4.0, 4.0]).floats.tolist() == [0.0, 0.0]
    assert centred(["1/3", "1/3"]).floats.tolist() == [0.0, 0.0]


def test_the_result_is_known_by_its_floats():
    assert centred(["1/3", "2/3"]).rationals is None


def test_a_difference_that_overflows_is_refused():
    with pytest.raises(InputError, match="centring y: .* rescale y"):
        centred([1.7e308, 1.7e308, 1.7e308, -1.7e308])
