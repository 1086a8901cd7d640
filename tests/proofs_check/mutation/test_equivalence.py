import pytest
import sympy
from sympy import Eq, Function, Rational, Symbol, cosh, exp, log, sinh, sqrt

from agf_theory.proofs_check import Level, Outcome
from agf_theory.proofs_check.mutation.equivalence import certainly_differs, has_a_value, proved_equal
from agf_theory.proofs_check.parts import Part

x = Symbol("x", real=True)
p = Symbol("p", positive=True)
sign = Symbol("sign", real=True, nonzero=True)


def part(expression, **domain):
    return Part("", expression, lambda e: e, **domain)


@pytest.mark.parametrize(
    ("original", "mutant"),
    [
        ((x + 1) ** 2, x**2 + 2 * x + 1),
        (cosh(2 * x), 2 * sinh(x) ** 2 + 1),
        (-cosh(x), -cosh(-x)),
        (cosh(x), (exp(x) + exp(-x)) / 2),
        (log(p**2), 2 * log(p)),
        (sqrt(p**2 + 2 * p + 1), p + 1),
        (Eq(x, p, evaluate=False), Eq(x + 1, p + 1, evaluate=False)),
    ],
)
def test_an_equal_expression_is_proved_equal_and_never_told_apart(original, mutant):
    assert not certainly_differs(part(original), mutant)
    assert proved_equal(part(original), mutant).result is Level.PROVED


@pytest.mark.parametrize(
    ("original", "mutant"),
    [
        (x, x + Rational(1, 10**40)),
        (cosh(x), sinh(x)),
        (Eq(x, p, evaluate=False), Eq(x, 2 * p, evaluate=False)),
        (p * Function("h")(x), p**2 * Function("h")(x)),
        (sympy.Or(x < 0, p > 1), sympy.And(x < 0, p > 1)),
        (x < p, x < 2 * p),
    ],
)
def test_a_difference_however_small_tells_two_apart_and_is_never_proved_zero(original, mutant):
    assert certainly_differs(part(original), mutant)
    assert proved_equal(part(original), mutant).result is Outcome.INCONCLUSIVE


def test_what_is_equal_inside_the_hypotheses_only_is_equal_there_and_told_apart_elsewhere():
    inside = {p: (Rational(2), None)}
    assert proved_equal(part(p, within=inside), 2 + sympy.Abs(p - 2)).level is Level.PROVED
    assert not certainly_differs(part(p, within=inside), 2 + sympy.Abs(p - 2))
    assert certainly_differs(part(p, within={p: (0, 1)}), 2 + sympy.Abs(p - 2))


def test_a_symbol_of_few_values_is_looked_at_in_each_of_them():
    assert proved_equal(part(sign * x, values={sign: (1, -1)}), sign**3 * x).level is Level.PROVED
    assert certainly_differs(part(sign * x, values={sign: (1, -1)}), sign**2 * x)


def test_a_multiple_is_equal_where_a_multiple_says_the_same():
    assert proved_equal(part(x**2 - 1, up_to_factor=True), 3 * x**2 - 3).level is Level.PROVED
    assert not certainly_differs(part(x**2 - 1, up_to_factor=True), 3 * x**2 - 3)
    assert certainly_differs(part(x**2 - 1, up_to_factor=True), 3 * x**2 - 1)
    assert proved_equal(part(x**2 - 1), 3 * x**2 - 3).level is None


def test_equal_as_far_as_balls_tell_is_not_proved():
    # They are equal, but none of the simplifications takes a nested root apart.
    original, mutant = x * (sqrt(2) + sqrt(3)), x * sqrt(5 + 2 * sqrt(6))
    assert not certainly_differs(part(original), mutant)
    assert proved_equal(part(original), mutant).result is Outcome.INCONCLUSIVE


def test_a_matrix_mutant_is_told_apart_by_exact_matrices():
    n = Symbol("n", integer=True, positive=True)
    a, b = (sympy.MatrixSymbol(name, n, 1) for name in "ab")
    expression = (sympy.Identity(n) - a * a.T) * b
    assert certainly_differs(part(expression), (sympy.Identity(n) + a * a.T) * b)
    assert not certainly_differs(part(expression), expression)
    assert proved_equal(part(a - b), -(b - a)).level is Level.PROVED
    assert proved_equal(part(expression), b).level is None


@pytest.mark.parametrize("mutant", [1 / (p - 3), log(-p), sympy.acosh(-1 / p**2)])
def test_a_mutant_that_is_no_real_number_at_a_legal_point_is_refuted_there(mutant):
    found = has_a_value(part(p, within={p: (2, None)}), mutant)
    assert found.result is Outcome.REFUTED
    assert "p" in found.witness


def test_a_mutant_with_a_value_is_not_refuted_for_it():
    assert has_a_value(part(p), p**2).result is Outcome.INCONCLUSIVE
    assert has_a_value(part(Eq(x, p)), Eq(x, 2 * p)).result is Outcome.INCONCLUSIVE


def test_nothing_at_all_is_no_multiple():
    assert certainly_differs(part(x**2 - 1, up_to_factor=True), sympy.Integer(0))
