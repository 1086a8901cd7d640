import json
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.tables.numbers import complete, json_value, known_digits, rational_text, short

HUGE = Fraction(10**6000 + 1, 3 * 10**5999)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.500000"),
        (1.0, "1.00000"),
        (1234567.0, "1.23457e6"),
        (1e-300, "1.00000e-300"),
        (0.0, "0"),
        (-2.5e-7, "-2.50000e-7"),
        (float("nan"), "?"),
        (float("inf"), "?"),
        (Fraction(7, 12), "7/12"),
        (Fraction(3), "3"),
        (7, "7"),
        (Fraction(10**30, 7), "≈1.42857e29"),
        (HUGE, "≈3.33333"),
        (Fraction(1, 3 * 10**5000), "≈3.33333e-5001"),
        (arb("nan"), "?"),
        (arb(3) / 4, "0.750000"),
        (arb(0), "0"),
        (arb(0.5, 0.1), "0.5…±0.2"),
        (arb(0, 1), "0±2"),
    ],
)
def test_short_form(value, text):
    assert short(value) == text


def test_a_ball_shows_no_digit_beyond_its_radius():
    assert short(arb("0.123456789", "0.002")) == "0.123…±0.003"


@pytest.mark.parametrize(
    ("value", "error", "digits"),
    [
        (0.123456, None, 6),
        (0.123456, 0.0, 6),
        (0.123456, 1e-3, 3),
        (0.123456, 1.0, 1),
        (0.0, 0.1, 6),
        (5.0, float("nan"), 6),
    ],
)
def test_an_error_limits_the_digits(value, error, digits):
    assert known_digits(value, error, 6) == digits


def test_rationals_of_any_length_are_written_whole():
    text = complete(HUGE)
    numerator, _, denominator = text.partition("/")
    assert len(text) == 6001 + 1 + 6000
    assert Decimal(numerator) == HUGE.numerator
    assert Decimal(denominator) == HUGE.denominator
    assert json_value(HUGE) == text


@settings(deadline=None)
@given(st.fractions())
def test_rational_text_is_pythons_own_below_its_limit(value):
    assert rational_text(value) == str(value)


@settings(deadline=None)
@given(st.fractions(min_value=-100, max_value=100), st.sampled_from([53, 200, 1000]))
def test_a_written_ball_encloses_the_ball(value, precision):
    with ctx.workprec(precision):
        ball = (arb(value.numerator) / value.denominator).exp()
        parts = json_value(ball)
        assert set(parts) == {"midpoint", "radius"}
        assert complete(ball) == f"{parts['midpoint']}±{parts['radius']}"
    with ctx.workprec(4 * precision):
        assert arb(parts["midpoint"], parts["radius"]).contains(ball)


@settings(deadline=None)
@given(st.floats(min_value=1e-308, max_value=1e308), st.integers(1, 9))
def test_short_floats_are_rounded_correctly(value, digits):
    with localcontext() as context:
        context.prec = 30
        assert (
            abs(Decimal(short(value, digits=digits)) - Decimal(value))
            <= Decimal(value) * Decimal(10) ** (1 - digits) / 2
        )


@pytest.mark.parametrize("value", [None, float("nan"), float("-inf"), arb("inf")])
def test_what_is_no_number_is_null_in_json_and_empty_in_csv(value):
    assert json.dumps(json_value(value)) == "null"
    assert complete(value) == ""


def test_floats_stay_numbers_in_json_and_keep_every_bit():
    assert json_value(0.1) == 0.1
    assert complete(0.1) == "0.1"
