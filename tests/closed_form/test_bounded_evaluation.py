"""What would take SymPy minutes, or more memory than there is, is refused before it begins."""

import pytest
import sympy
from sympy import Add, Eq, Integer, Mul, Pow, Rational, Symbol, asinh, cosh, exp, log, pi, sqrt

from agf_theory.closed_form.bounded_evaluation import (
    FORMULA_LIMITS,
    TEXT_LIMITS,
    built,
    digits_of,
    largest_integer,
    require_moderate,
)
from agf_theory.errors import InputError

x, y = sympy.symbols("x y", positive=True)
TEN = Integer(10)
ODD = TEN**250 + 7


@pytest.mark.parametrize(
    ("function", "arguments", "value"),
    [
        (Pow, (2, 100), 2**100),
        (Pow, (10, -5000), Rational(1, 10**5000)),
        (Pow, (-1, 10**100), 1),
        (Pow, (1, 10**100), 1),
        (Pow, (8, Rational(1, 3)), 2),
        (Pow, (Rational(3, TEN**5000), Rational(1, 2)), sqrt(3) / TEN**2500),
        (Pow, (x, 10**100), x ** (10**100)),
        (Pow, (exp(x), 10**4), exp(10**4 * x)),
        (exp, (3 * log(2),), 8),
        (exp, (x * log(2) / 2,), exp(x * log(2) / 2)),
        (exp, (log(2) + log(3) / 2,), 2 * sqrt(3)),
        (cosh, (asinh(2),), sqrt(5)),
        (cosh, (TEN**5000,), cosh(TEN**5000)),
        (sympy.gamma, (Integer(6),), 120),
        (sympy.binomial, (Integer(6), Integer(3)), 20),
        (Add, (x**16, Integer(1)), x**16 + 1),
        (Mul, (sqrt(2), sqrt(3)), sqrt(6)),
        (Mul, (2 ** Rational(1, 3), 2 ** Rational(1, 5)), 2 ** Rational(8, 15)),
        (Eq, (x, y), Eq(x, y)),
    ],
)
def test_what_is_moderate_is_built_as_sympy_builds_it(function, arguments, value):
    assert built(function, *map(sympy.S, arguments), limits=TEXT_LIMITS) == value


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (Pow, (2, 10**9), "a power with at most 19728 digits is required, got one of up to 602060001 digits"),
        (Pow, (2, 10**1000), "far more digits"),
        (Pow, (1 + Rational(1, 10**300), TEN**300), "a power with at most 19728 digits"),
        (Pow, (sqrt(2), 10**9), "a power with at most 19728 digits"),
        (Pow, (2**pi, 10**9), "a power with at most 19728 digits"),
        (Pow, (3 * x, 10**9), "a power with at most 19728 digits"),
        (Pow, (2, y + 10**9), "a power with at most 19728 digits"),
        (Pow, (2, 10**9 * log(3) / log(2)), "a power with at most 19728 digits"),
        (Pow, (2, TEN**300 * log(1 + Rational(1, 10**300)) / log(2)), "a power with at most 19728 digits"),
        (Pow, (Rational(3, 2), Rational(1, ODD)), "a power with at most 19728 digits"),
        (Pow, (ODD * 10**60 + 1, Rational(1, 3)), "a root of an integer with at most 301 significant digits"),
        (Pow, (3, 10**4), "an integer with at most 301 significant digits is required, got one of up to 4772 digits"),
        (Pow, (2, sympy.zoo), "a finite real number is required, got one that could not be bounded"),
        (exp, (10**9 * log(2),), "a power with at most 19728 digits"),
        (exp, (x + 10**9 * log(2),), "a power with at most 19728 digits"),
        (exp, (TEN**300 * log(1 + Rational(1, 10**300)),), "a power with at most 19728 digits"),
        (Mul, (2 ** Rational(1, 10**4 + 7), 2 ** Rational(1, 10**4 + 9)), "a root of a power"),
        (Mul, (sqrt(ODD), sqrt(ODD + 2)), "a root of an integer"),
        (Mul, (TEN**10000, TEN**10000), "an integer with at most 19728 digits is required, got one of up to 20001"),
        (Add, (1, Rational(1, TEN**5000)), "an integer with at most 301 significant digits"),
        (Add, (x ** (10**12), 1), "a polynomial of degree at most 16 is required here, got 1000000000000|far more"),
        (Add, (x**-20, 1), "a polynomial of degree at most 16 is required here, got 20"),
        (Add, (((x + 1) ** 5 * y) ** 4, 1), "a polynomial of degree at most 16 is required here, got 24"),
        (sympy.Max, (x**17, y), "a polynomial of degree at most 16"),
        (cosh, (sympy.sinh(1) ** (10**17 - x),), "a polynomial of degree at most 16 is required here, got"),
        (sympy.sign, (1 + x ** (10**17 * y),), "a polynomial of degree at most 16 is required here, got"),
        (cosh, (asinh(TEN**5000),), "an argument of cosh with at most 301 digits"),
        (sympy.gamma, (10**6,), "gamma: an argument of at most 500 in size"),
        (sympy.binomial, (2 * 10**9, 10**9), "binomial: an argument of at most 500 in size"),
        (sympy.asin, (sympy.sin(10**300),), "asin: SymPy cannot build it from these arguments"),
    ],
)
def test_what_is_not_is_refused(function, arguments, message):
    with pytest.raises(InputError, match=message):
        built(function, *map(sympy.S, arguments), limits=TEXT_LIMITS)


def test_a_formula_may_hold_more_than_a_text():
    alpha = Rational(1, 10**300)
    assert built(Pow, 1 + alpha**4, Rational(1, 2), limits=FORMULA_LIMITS).is_positive
    with pytest.raises(InputError, match="a root of an integer"):
        built(Pow, 1 + alpha**4, Rational(1, 2), limits=TEXT_LIMITS)


def test_an_integer_is_measured_without_its_factors_two_and_five():
    require_moderate(sympy.Tuple(x, TEN**5000, Rational(3, 2**5000 * 5**7)), TEXT_LIMITS)
    require_moderate(Integer(0) * x, TEXT_LIMITS)
    with pytest.raises(InputError, match="significant digits is required, got one of up to 349 digits"):
        require_moderate(x + TEN**5000 * 7**412, TEXT_LIMITS)


def test_digits_are_counted_from_bits():
    assert largest_integer(x + Rational(1, 1000)) == 10
    assert largest_integer(x) == 0
    assert all(len(str(n)) <= digits_of(n.bit_length()) <= len(str(n)) + 1 for n in (1, 9, 10, 2**64, 10**100))


def test_a_symbol_called_like_a_number_is_none():
    assert built(Pow, Symbol("2"), Integer(10) ** 9, limits=TEXT_LIMITS) == Symbol("2") ** 10**9
