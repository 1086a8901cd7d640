import pytest
from flint import fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.numeric.diagonal.rational_vector import RationalVector


def vector(numerators, denominator=1):
    return RationalVector([fmpz(n) for n in numerators], fmpz(denominator))


def test_a_common_factor_is_divided_out():
    values = vector([6, -4, 0], 8)
    assert (values.numerators, values.denominator) == ((3, -2, 0), 4)
    assert list(values) == [fmpq(3, 4), fmpq(-1, 2), fmpq(0)]


def test_a_vector_of_zeros_has_denominator_one():
    assert vector([0, 0], 12).denominator == 1
    assert list(RationalVector.zeros(3)) == [fmpq(0)] * 3


def test_entries_are_read_like_a_sequence_s():
    values = vector([1, 2, 3], 2)
    assert (len(values), values[1], values[-1]) == (3, fmpq(1), fmpq(3, 2))
    assert values[1:] == [fmpq(1), fmpq(3, 2)]
    with pytest.raises(IndexError, match="out of range"):
        values[3]


integers = st.integers(-50, 50)


pairs = st.lists(integers, min_size=2, max_size=2)
positive = st.integers(1, 50)


@given(a=pairs, b=pairs, p=integers, q=positive, one=positive, other=positive)
def test_minus_is_subtraction_entry_by_entry_in_lowest_terms(a, b, p, q, one, other):
    factor = fmpq(p, q)
    difference = vector(a, one).minus(factor, vector(b, other))
    assert list(difference) == [fmpq(x, one) - factor * fmpq(y, other) for x, y in zip(a, b, strict=True)]
    common = difference.denominator
    for value in difference.numerators:
        common = common.gcd(value)
    assert (difference.denominator > 0, common) == (True, 1)
