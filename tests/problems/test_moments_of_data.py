import flint
import numpy as np
import pandas as pd
import pytest

from agf_theory.errors import InputError
from agf_theory.problems.moments_of_data import second_moments


def moments(X, Y, *, standardize=False, input_names=None):
    return second_moments(X, Y, standardize=standardize, input_names=input_names)


def test_moments_are_means_of_products_and_exact():
    inputs, cross, outputs = moments([["0.1", 1], ["0.2", 0], [0, 1]], [["1/3"], [0], [1]])
    assert inputs == flint.fmpq_mat([[flint.fmpq(5, 300), flint.fmpq(1, 30)], [flint.fmpq(1, 30), flint.fmpq(2, 3)]])
    assert cross == flint.fmpq_mat([[flint.fmpq(1, 90), flint.fmpq(4, 9)]])
    assert outputs == flint.fmpq_mat([[flint.fmpq(10, 27)]])


@pytest.mark.parametrize(
    "Y", [[1, 2], (1, 2), np.array([1, 2]), pd.Series([1, 2]), [[1], [2]], pd.DataFrame({"y": [1, 2]}), ["1", 2]]
)
def test_one_output_may_be_flat(Y):
    assert moments([[1], [3]], Y)[1] == flint.fmpq_mat([[flint.fmpq(7, 2)]])


@pytest.mark.parametrize(
    ("Y", "expected"),
    [
        ([[1], [2, 3]], "Y"),
        ([np.ones((2, 2)), np.ones((2, 3))], "Y"),
        ([[1, 2], 3], "Y"),
        ([], "Y"),
        (3, "Y"),
        ("12", "Y"),
        ([1, 2, 3], "one row for each of the 2 rows of X is required, got 3"),
        ([1, np.nan], "Y.*finite"),
        ([1, True], "truth value"),
        (np.ones((2, 1, 1)), "Y"),
    ],
)
def test_what_is_no_table_of_outputs_is_refused(Y, expected):
    with pytest.raises(InputError, match=expected):
        moments([[1], [3]], Y)


def test_rows_under_other_labels_are_not_paired_in_silence():
    X = pd.DataFrame({"x": [1, 2]}, index=["a", "b"])
    with pytest.raises(InputError, match="the same index as that of X is required"):
        moments(X, pd.Series([1, 2], index=["b", "a"]))


def test_standardised_moments_are_correlations_and_outputs_are_only_centred():
    rng = np.random.default_rng(1)
    X, Y = rng.normal(5, 3, (50, 2)), rng.normal(-2, 4, (50, 2))
    inputs, cross, outputs = (
        np.array([[int(e.p) / int(e.q) for e in row] for row in m.tolist()]) for m in moments(X, Y, standardize=True)
    )
    assert inputs == pytest.approx(np.corrcoef(X.T), rel=1e-12)  # sums of 50 terms of size one
    assert outputs == pytest.approx(np.cov(Y.T, bias=True), rel=1e-12)
    assert cross == pytest.approx(((Y - Y.mean(0)).T @ ((X - X.mean(0)) / X.std(0))) / 50, rel=1e-9)


def test_a_small_spread_of_rational_outputs_about_a_large_mean_survives():
    outputs = moments([[0], [1]], [["1e20"], ["100000000000000000001"]], standardize=True)[2]
    assert outputs == flint.fmpq_mat([[flint.fmpq(1, 4)]])


def test_a_constant_input_cannot_be_scaled():
    with pytest.raises(InputError, match="standardising column 'b': values that differ are required"):
        moments([[0, 1], [1, 1]], [1, 2], standardize=True, input_names=["a", "b"])
