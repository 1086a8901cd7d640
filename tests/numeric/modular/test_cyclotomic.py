import cmath
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, discrete_fourier_transform
from agf_theory.numeric.modular.exact_network import loss_sum, shifted_products, utility_sum

ORDERS = (1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 20, 60)
INTEGERS = st.lists(st.integers(-4, 4), min_size=2, max_size=6)


def value(number):
    ball = number.ball()
    return complex(float(ball.real.mid()), float(ball.imag.mid()))


@pytest.mark.parametrize("n", ORDERS)
def test_powers_of_the_root_of_unity_are_where_they_should_be(n):
    field = CyclotomicField(n)
    for k in range(-n, 2 * n):
        assert value(field.root(k)) == pytest.approx(cmath.exp(2j * cmath.pi * k / n), abs=1e-14)
    assert field.root(n) == 1
    assert sum((field.root(k) for k in range(n)), field(0)) == (1 if n == 1 else 0)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(ORDERS), INTEGERS, INTEGERS, INTEGERS)
def test_it_is_a_field(n, first, second, third):
    field = CyclotomicField(n)
    a, b, c = (field.element({k**2: entry for k, entry in enumerate(entries)}) for entries in (first, second, third))
    assert a * (b + c) == a * b + a * c
    assert (a * b).conjugate() == a.conjugate() * b.conjugate()
    assert value(a * b - c) == pytest.approx(value(a) * value(b) - value(c), abs=1e-11)
    assert a - a == 0
    if not a.is_zero():
        assert a * a.inverse() == 1
        assert a**-3 * a**3 == 1
    assert a**2 == a * a
    assert 2 - a == -(a - 2)
    assert a.real_part() + a.real_part() == a + a.conjugate()


def test_rational_numbers_are_recognised():
    field = CyclotomicField(12)
    assert (field.root(1) + field.root(-1)) ** 2 == 3
    assert ((field.root(1) + field.root(-1)) ** 2).rational() == 3
    assert field.root(1).rational() is None
    assert field(Fraction(2, 3)).rational() == Fraction(2, 3)
    assert field(0).rational() == 0


def test_zero_has_no_inverse():
    with pytest.raises(ZeroDivisionError, match="cyclotomic"):
        CyclotomicField(5)(0).inverse()


def test_numbers_of_two_fields_do_not_mix():
    with pytest.raises(InputError, match=r"one field is required, got numbers of CyclotomicField\(5\)"):
        CyclotomicField(5).root(1) + CyclotomicField(7).root(1)


@pytest.mark.parametrize("order", [0, -1, 2.0, True, 20_001])
def test_an_order_that_is_no_positive_integer_is_refused(order):
    with pytest.raises(InputError, match="order: a whole number from 1 to 20000 is required"):
        CyclotomicField(order)


@settings(deadline=None, max_examples=20)
@given(INTEGERS, st.integers(1, 3))
def test_the_exact_transform_is_the_transform(entries, multiple):
    field = CyclotomicField(multiple * len(entries))
    exact = [value(number) for number in discrete_fourier_transform([Fraction(e, 3) for e in entries], field)]
    assert exact == pytest.approx(np.fft.fft(np.array(entries) / 3), abs=1e-12)


def test_a_field_without_the_roots_has_no_transform():
    with pytest.raises(InputError, match="a length that divides the order 6 is required, got 4"):
        discrete_fourier_transform([1, 2, 3, 4], CyclotomicField(6))


@settings(deadline=None, max_examples=10)
@given(st.integers(2, 5), st.integers(0, 10**6))
def test_utility_and_loss_are_those_of_arrays(p, seed):
    rng = np.random.default_rng(seed)
    x, y, u, v, w = rng.integers(-3, 4, (5, p))
    shifts = np.array([np.roll(x, a) for a in range(p)])
    square = (shifts @ u)[:, None] + (shifts @ v)[None, :]
    sums = np.add.outer(np.arange(p), np.arange(p)) % p
    out = (shifts @ w)[sums]
    exact = [[flint.fmpq(int(entry)) for entry in vector] for vector in (x, y, u, v, w)]
    assert shifted_products(exact[2], exact[0]) == (shifts @ u).tolist()
    assert utility_sum(exact[0], *exact[2:]) == int((square**2 * out).sum())
    error = np.array([np.roll(y, c) for c in range(p)])[sums] - (square**2)[..., None] * w
    assert loss_sum(exact[0], exact[1], [tuple(exact[2:])]) == int((error**2).sum())
