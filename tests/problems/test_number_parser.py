from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import MAX_EXPONENT, MAX_LENGTH, Numeral, parse_number, quoted, read_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("007", Fraction(7)),
        ("+12", Fraction(12)),
        ("1.", Fraction(1)),
        (".5", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        ("-2.50", Fraction(-5, 2)),
        ("1e3", Fraction(1000)),
        ("1.5E-3", Fraction(3, 2000)),
        ("1e+0002", Fraction(100)),
        ("6/4", Fraction(3, 2)),
        ("-6/4", Fraction(-3, 2)),
        ("  3\t", Fraction(3)),
    ],
)
def test_numbers_of_the_grammar_are_read_exactly(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "abc", "1,5", "1_000", "0x10", "1e", "e5", ".", "+", "--1", "1 2", "1.2.3", "1e1.5", "1/2/3", "1.5/2", "1/-2",
        "1/", "/2", "１２", "٣", "−1", "½", "1\n", "\n1", "1e5j", "True", "None", "()", "__import__('os')", "9**9**9",
        "1\x00",
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_line_that_shows_it(text):
    with pytest.raises(InputError, match="cell: expected a number such as") as caught:
        parse_number(text, "cell")
    assert str(caught.value).isprintable()
    assert str(caught.value).isascii()


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_an_empty_text_is_called_a_missing_value(text):
    with pytest.raises(InputError, match="missing value"):
        parse_number(text)


@pytest.mark.parametrize("text", ["nan", "NaN", "-inf", "+Infinity"])
def test_numbers_that_are_not_finite_are_refused_as_such(text):
    with pytest.raises(InputError, match="a finite number is required"):
        parse_number(text)


def test_a_zero_denominator_is_refused():
    with pytest.raises(InputError, match="denominator other than zero is required, got '1/0'"):
        parse_number("1/0")


def test_something_other_than_text_is_refused():
    with pytest.raises(InputError, match="text is required, got float"):
        parse_number(1.5)


@pytest.mark.parametrize("text", ["1" * (MAX_LENGTH + 1), "0." + "0" * 10**6, "1/" + "3" * 10**6])
def test_an_overlong_text_is_refused_without_being_shown_in_full(text):
    with pytest.raises(InputError, match=f"at most {MAX_LENGTH} characters") as caught:
        parse_number(text)
    assert len(str(caught.value)) < 200


def test_the_longest_text_allowed_is_read():
    assert parse_number("9" * MAX_LENGTH) == 10**MAX_LENGTH - 1
    assert parse_number("." + "9" * (MAX_LENGTH - 1)) == 1 - Fraction(1, 10 ** (MAX_LENGTH - 1))


@pytest.mark.parametrize(
    "text", ["1e5001", "1e-5001", "1.5e-5000", "0e99999999", "1e-99999999", "1e999999999999999999"]
)
def test_a_power_of_ten_beyond_the_limit_is_refused(text):
    with pytest.raises(InputError, match=f"power of ten between -{MAX_EXPONENT} and {MAX_EXPONENT} is required"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1e9999999999999999999", "1e-" + "9" * 3000])
def test_even_the_exponent_has_a_limit(text):
    with pytest.raises(InputError, match="exponent of at most 18 digits"):
        read_numeral(text)


def test_the_largest_power_of_ten_allowed_is_read():
    assert parse_number(f"1e{MAX_EXPONENT}") == 10**MAX_EXPONENT


def test_a_numeral_keeps_a_huge_exponent_as_an_integer():
    assert read_numeral("1.25e-99999999") == Numeral(125, 1, -100000001)


@settings(deadline=None)
@given(st.fractions())
def test_a_fraction_written_as_text_is_read_back(value):
    assert parse_number(f"{value.numerator}/{value.denominator}") == value


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40))
def test_a_decimal_written_as_text_is_read_back(value):
    assert parse_number(str(value)) == Fraction(value)


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_decimal_of_a_float_rounds_to_that_float(value):
    assert float(parse_number(repr(value))) == value


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_as_python_reads_it_or_refused(text):
    try:
        value = parse_number(text)
    except InputError:
        return
    assert value == Fraction(text)


def test_long_text_is_cut_when_quoted():
    assert quoted("a" * 41) == "'" + "a" * 37 + "'..."
