from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Float, Integer, Rational, Symbol, Tuple, cosh, exp, oo, sinh, sqrt

from agf_theory.closed_form import decimal_text
from agf_theory.closed_form.balls import rounded
from agf_theory.errors import InputError, UndecidedError
from agf_theory.typesetting import displayed

x = Symbol("x")
TIMES_A_BILLION = "<mo>·</mo><msup><mn>10</mn><mn>9</mn></msup>"


@given(st.fractions(max_denominator=10**6), st.integers(1, 12))
def test_a_rational_is_rounded_half_to_even(value, digits):
    text = decimal_text(Rational(value.numerator, value.denominator), digits)
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    assert Decimal(text) == context.divide(Decimal(value.numerator), Decimal(value.denominator))


@given(st.integers(1, 10**12), st.integers(1, 40))
def test_a_root_is_rounded_to_the_nearest_decimal(number, digits):
    text = decimal_text(sqrt(Integer(number), evaluate=False), digits)
    assert Decimal(text) == Context(prec=digits).sqrt(Decimal(number))


def test_ties_carries_and_signs():
    assert rounded(x, {x: Fraction(25, 1000)}, digits=1) == (False, "2", -2)
    assert rounded(x, {x: Fraction(-9996, 10)}, digits=3) == (True, "100", 3)
    # not known to be rational: either side of the tie is right
    assert rounded(sqrt(x) ** 3 / sqrt(x), {x: Fraction(1, 8)}, digits=2).digits in ("12", "13")


@pytest.mark.parametrize(
    ("expression", "digits", "form", "text"),
    [
        (Rational(1, 8), 5, "python", "0.12500"),
        (Integer(0), 5, "python", "0"),
        (Integer(0), 5, "latex", "0"),
        (Integer(0), 5, "mathml", '<math display="block"><mrow><mn>0</mn></mrow></math>'),
        (Integer(123), 3, "unicode", "123"),
        (Integer(123), 1, "unicode", "1e+02"),
        (-exp(-(10**20)), 4, "python", "-7.711e-43429448190325182766"),
        (Rational(1, 10**5), 2, "python", "0.000010"),
        (Rational(1, 10**6), 2, "latex", r"1.0 \cdot 10^{-6}"),
        (sqrt(2), 3, "latex", "1.41"),
        (Integer(10) ** 9, 2, "mathml", f'<math display="block"><mrow><mn>1.0</mn>{TIMES_A_BILLION}</mrow></math>'),
        (Tuple(sqrt(2), Integer(1)), 2, "python", "(1.4, 1.0)"),
        (Tuple(sqrt(2), Integer(1)), 2, "latex", r"\left( 1.4, \  1.0\right)"),
        (Tuple(sqrt(2), Integer(1)), 2, "mathml", displayed(r"\left(1.4,\ 1.0\right)")),
        (oo, 3, "unicode", "∞"),
    ],
    ids=str,
)
def test_every_format(expression, digits, form, text):
    assert decimal_text(expression, digits, form) == text


def test_ten_thousand_digits_agree_with_fewer():
    text = decimal_text(cosh(Rational(1, 3)), 10_000)
    assert len(text) == 10_001
    assert text.startswith(decimal_text(cosh(Rational(1, 3)), 50)[:-1])


def test_what_has_no_certain_digits_is_refused():
    with pytest.raises(UndecidedError, match="5 digits of the value are not certain: .* may be zero"):
        decimal_text(cosh(1) ** 2 - sinh(1) ** 2 - 1, 5)
    with pytest.raises(UndecidedError, match="promises too much"):
        decimal_text(Float(0.1), 5)
    with pytest.raises(InputError, match="an expression with a number as its value is required, got Equality"):
        decimal_text(Eq(x, 1), 5)
