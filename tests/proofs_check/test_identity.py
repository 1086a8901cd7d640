from fractions import Fraction
from random import Random

import pytest
import sympy

from agf_theory.proofs_check import Level, Outcome
from agf_theory.proofs_check.identity import random_point, vanishes

x, y = sympy.symbols("x y", positive=True)


def test_a_true_identity_is_proved():
    found = vanishes((x + y) ** 2 - x**2 - 2 * x * y - y**2, what="binomial", random=Random(0))
    assert found.level is Level.PROVED


def test_a_subtle_falsehood_is_refuted_with_a_point():
    tiny = sympy.Rational(1, 10**40)
    found = vanishes((x + y) ** 2 - x**2 - 2 * x * y - y**2 + tiny, what="binomial", random=Random(0))
    assert found.outcome is Outcome.REFUTED
    assert set(found.witness) == {"x", "y", "residual"}


def test_a_simplification_that_gives_up_refutes_nothing():
    found = vanishes(
        sympy.expand((x + 1) ** 2) - (x + 1) ** 2, what="binomial", random=Random(0), tactics=(lambda e: e,)
    )
    assert found.outcome is Outcome.INCONCLUSIVE


def test_an_identity_between_undefined_functions_has_no_points_but_may_be_proved():
    h = sympy.Function("h")
    assert vanishes(h(x) - h(x), what="same", random=Random(0)).level is Level.PROVED
    assert vanishes(h(x) - h(y), what="other", random=Random(0)).outcome is Outcome.INCONCLUSIVE


def test_points_of_the_caller_are_used():
    found = vanishes(x - 1, what="x is one", random=Random(0), points=lambda random: {x: Fraction(1)})
    assert found.outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("interval", [(2, None), (0, Fraction(1, 2)), (-3, -2)])
def test_random_points_respect_the_ranges(interval):
    low, high = interval
    for seed in range(30):
        value = random_point(x + y, Random(seed), {x: interval})[x]
        assert low < value
        assert high is None or value < high


def test_a_range_without_upper_end_is_respected_by_a_symbol_of_either_sign():
    either = sympy.Symbol("r", real=True)
    random = Random(0)
    assert all(random_point(either, random, {either: (2, None)})[either] > 2 for _ in range(40))


def test_random_points_respect_the_assumptions():
    k, z = sympy.Symbol("k", integer=True, positive=True), sympy.Symbol("z", real=True)
    points = [random_point(k + z, Random(seed), {}) for seed in range(30)]
    assert all(p[k].denominator == 1 and p[k] > 0 for p in points)
    assert {p[z] > 0 for p in points} == {True, False}
