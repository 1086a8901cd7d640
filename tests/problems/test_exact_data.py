from decimal import Decimal
from fractions import Fraction

import flint
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import sympy
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.problems.exact_data import exact_array

doubles = st.floats(allow_nan=False, allow_infinity=False)
ordinary_fractions = st.fractions(max_denominator=10**20).filter(lambda x: abs(x) < 10**300)


def entries(array):
    """The exact numbers, in row order."""
    return [Fraction(int(entry.p), int(entry.q)) for entry in array.matrix().entries()]


def vector(values):
    return exact_array(values, what="y", dimensions=1)


def matrix(values):
    return exact_array(values, what="X", dimensions=2)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(0.1)),
        ("0.1", Fraction(1, 10)),
        ("-1/3", Fraction(-1, 3)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.1"), Fraction(1, 10)),
        (flint.fmpq(1, 3), Fraction(1, 3)),
        (flint.fmpz(7), Fraction(7)),
        (sympy.Rational(1, 3), Fraction(1, 3)),
        (np.int64(2**60 + 1), Fraction(2**60 + 1)),
        (np.float32(0.1), Fraction(float(np.float32(0.1)))),
        (np.longdouble(1) + np.longdouble(2) ** -60, 1 + Fraction(1, 2**60)),
        (10**20 + 1, Fraction(10**20 + 1)),
        (5e-324, Fraction(5e-324)),
    ],
)
def test_entries_of_every_kind_are_read_exactly_also_side_by_side(entry, value):
    assert entries(vector([entry])) == [value]
    assert entries(matrix([[entry, 0.5], ["1/7", 2]])) == [value, Fraction(1, 2), Fraction(1, 7), Fraction(2)]


@pytest.mark.parametrize(
    "values",
    [
        [[1.5, 2.0], [3.0, 4.0]],
        ((1.5, 2), (3, 4)),
        [np.array([1.5, 2.0]), [3, 4]],
        np.array([[1.5, 2.0], [3.0, 4.0]]),
        np.asfortranarray([[1.5, 2.0], [3.0, 4.0]]),
        np.array([[1.5, 2.0], [3.0, 4.0]], dtype=np.float16),
        np.array([[1.5, 2.0], [3.0, 4.0]], dtype=np.longdouble),
        np.array([["1.5", "2"], ["3", "4"]]),
        np.array([[1.5, "2"], [Fraction(3), flint.fmpq(4)]], dtype=object),
        np.ma.masked_array([[1.5, 2.0], [3.0, 4.0]]),
        pd.DataFrame({"a": [1.5, 3], "b": [2, 4]}),
        pd.DataFrame({"a": ["3/2", 3], "b": pd.array([2, 4], dtype="Int64")}),
        flint.fmpq_mat(2, 2, [flint.fmpq(3, 2), 2, 3, 4]),
    ],
)
def test_tables_of_every_kind_are_read_alike(values):
    array = matrix(values)
    assert np.array_equal(array.floats, [[1.5, 2.0], [3.0, 4.0]])
    assert array.rationals is None


@pytest.mark.parametrize(
    "values",
    [
        [1, 2],
        (1.0, "2"),
        range(1, 3),
        np.array([1, 2]),
        pd.Series([1, 2]),
        flint.fmpq_mat(2, 1, [1, 2]),
        flint.fmpz_mat(2, 1, [1, 2]),
    ],
)
def test_vectors_of_every_kind_are_read_alike(values):
    assert vector(values).floats.tolist() == [1.0, 2.0]


def test_integers_beyond_the_doubles_are_kept_exactly():
    big = 2**53 + 1
    for values in ([big, 1], np.array([big, 1]), pd.Series([big, 1])):
        assert entries(vector(values)) == [Fraction(big), Fraction(1)]


def test_a_column_of_integers_beside_floats_is_not_rounded():
    assert entries(matrix(pd.DataFrame({"a": [2**53 + 1], "b": [0.5]}))) == [Fraction(2**53 + 1), Fraction(1, 2)]


def test_rationals_are_only_kept_where_doubles_will_not_do():
    assert vector(["0.5", Fraction(3, 4)]).rationals is None
    assert vector(["0.5", "0.1"]).rationals == (Fraction(1, 2), Fraction(1, 10))


def test_the_sign_of_zero_is_dropped():
    assert not np.signbit(vector(np.array([-0.0])).floats).any()


def test_the_array_given_is_neither_kept_nor_changed():
    given_array = np.array([1.0, -0.0])
    array = vector(given_array)
    given_array[0] = 7
    assert array.floats.tolist() == [1.0, 0.0]
    with pytest.raises(ValueError, match="read-only"):
        array.floats[0] = 2


@given(st.lists(doubles, min_size=1, max_size=6))
def test_floats_are_exactly_the_numbers_they_are(values):
    assert entries(vector(values)) == entries(vector(np.array(values))) == [Fraction(value) for value in values]


@given(st.lists(ordinary_fractions, min_size=1, max_size=6))
def test_rationals_come_back_unchanged_with_the_nearest_doubles(values):
    array = vector([f"{value.numerator}/{value.denominator}" for value in values])
    assert entries(array) == values
    assert array.floats.tolist() == [float(value) + 0.0 for value in values]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (float("nan"), "a finite number is required, got nan"),
        (np.float32("inf"), "a finite number is required, got inf"),
        (Decimal("NaN"), "a finite number is required, got 'NaN'"),
        ("nan", "a finite number is required, got 'nan'"),
        ("", "missing value"),
        (None, "got a missing value; drop the row or fill it in"),
        (pd.NA, "got a missing value"),
        (pd.NaT, "got a missing value"),
        (True, "got the truth value True; write 0 or 1"),
        (np.False_, "got the truth value False; write 0 or 1"),
        (1 + 2j, "got the complex number"),
        (np.complex64(1), "got the complex number"),
        ("one", "expected a number such as 12, -0.5, 1e-8 or 3/4, got 'one'"),
        (b"1", "is required, got bytes"),
        ({}, "is required, got dict"),
        (flint.arb("0.1"), "is required, got arb"),
        (pd.Timestamp("2020-01-01"), "is required, got Timestamp"),
        (10**400, "numbers up to 1.8e308 are allowed, got a larger one"),
        ("-1e309", "numbers up to 1.8e308 are allowed"),
        (Fraction(1, 10**400), "nonzero numbers must be at least 2.3e-308 in size"),
        ("1.1e-310", "nonzero numbers must be at least 2.3e-308 in size"),
    ],
)
def test_an_entry_that_is_no_finite_real_number_is_refused_with_its_place(entry, message):
    with pytest.raises(InputError, match=f"X, row 2, column 2: .*{message}"):
        matrix([[1, 2], [3, entry]])
    with pytest.raises(InputError, match=f"y, row 3: .*{message}"):
        vector([1, 2, entry])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_float_array_with_an_entry_that_is_not_finite_is_refused_with_its_place(value):
    with pytest.raises(InputError, match=f"X, row 2, column 1: a finite number is required, got {value}"):
        matrix(np.array([[1.0, 2.0], [value, 4.0]]))


@pytest.mark.parametrize(
    "values", [np.array([[True]]), [[np.complex128(1)]], np.array([["2020-01-01"]], dtype="M8[D]"), np.array([[b"1"]])]
)
def test_arrays_of_an_unsuitable_kind_are_refused(values):
    with pytest.raises(InputError, match="X, row 1, column 1: .* is required, got"):
        matrix(values)


def test_a_masked_entry_is_refused():
    masked = np.ma.masked_array([[1.0, 2.0]], mask=[[False, True]])
    with pytest.raises(InputError, match="got a masked array; drop the masked rows"):
        matrix(masked)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [[]],
        [[], []],
        np.empty((0, 3)),
        np.empty((3, 0)),
        np.empty((0, 2), dtype=int),
        flint.fmpq_mat(0, 2),
        pd.DataFrame(),
    ],
)
def test_an_empty_table_is_refused(values):
    with pytest.raises(InputError, match="X: at least one entry is required"):
        matrix(values)


def test_an_empty_vector_is_refused():
    for values in ([], np.array([]), pd.Series([], dtype=float)):
        with pytest.raises(InputError, match="y: at least one entry is required"):
            vector(values)


def test_ragged_rows_are_refused_with_the_row():
    with pytest.raises(InputError, match="rows of equal length are required, got 2 in row 1 and 1 in row 3"):
        matrix([[1, 2], [3, 4], [5]])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1, 2], r"got int as row 1; one column is written \[\[1\], \[2\], ...\]"),
        (["12", "34"], "got str as row 1"),
        (np.array([1.0, 2.0]), r"got shape \(2,\)"),
        (np.array([1, 2]), "got int as row 1"),
        (np.ones((2, 2, 2)), r"got shape \(2, 2, 2\)"),
        (np.array(1.0), r"got shape \(\)"),
        (np.array(1), "got int"),
        (3.0, "got float"),
        ("text", "got str$"),
        (None, "got NoneType"),
        ({1, 2}, r"got set; pass list\(...\)"),
        (([i] for i in range(3)), r"got generator; pass list\(...\)"),
        (scipy.sparse.csr_matrix(np.eye(2)), r"got csr_matrix; pass X.toarray\(\)"),
    ],
)
def test_what_is_no_table_is_refused_with_a_way_out(values, message):
    with pytest.raises(
        InputError, match=f"X: a table with one row a sample and one column a coordinate is required, {message}"
    ):
        matrix(values)


@pytest.mark.parametrize(
    "values", [[[1], [2]], np.ones((2, 1)), np.ones((2, 1), dtype=int), flint.fmpq_mat(2, 2, [1, 2, 3, 4])]
)
def test_a_table_is_no_vector(values):
    with pytest.raises(InputError, match="y: one number a row is required, got .*; pass one column of it"):
        vector(values)


def test_an_entry_that_is_itself_a_list_is_refused():
    with pytest.raises(InputError, match="X, row 1, column 1: .* got list"):
        matrix([[[1]]])
