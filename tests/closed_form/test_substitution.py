"""Numbers and expressions in the place of symbols: what SymPy's own substitution gives, where that ends."""

import pytest
from sympy import Function, Integer, Integral, Order, Piecewise, Rational, Symbol, Tuple, log, oo, symbols

from agf_theory.closed_form import formula_names, framework, lookup
from agf_theory.closed_form.bounded_evaluation import FORMULA_LIMITS
from agf_theory.closed_form.substitution import substituted
from agf_theory.errors import InputError

x, y, z = symbols("x y z", positive=True)


def put(expression, values):
    return substituted(expression, values, FORMULA_LIMITS)


def _one_in_seven(name, k):
    return pytest.param(name, marks=[pytest.mark.survey] * (k % 7 != 0))


@pytest.mark.parametrize("name", [_one_in_seven(name, k) for k, name in enumerate(formula_names())])
def test_it_agrees_with_sympys_own_on_every_formula(name):
    formula = lookup(name)()
    # Distinct numbers that meet the assumptions of every symbol: positive, and integers where they have to be.
    numbers = {
        symbol: Integer(k) if symbol.is_integer else Rational(k, 7)
        for k, symbol in enumerate(sorted(formula.free_symbols, key=str), start=15)
        if isinstance(symbol, Symbol)
    }
    assert put(formula, numbers) == formula.subs(numbers)
    for symbol, number in numbers.items():
        assert put(formula, {symbol: number}) == formula.subs(symbol, number)


def test_symbols_are_replaced_all_at_once():
    assert put(x - 2 * y, {x: y, y: x}) == y - 2 * x


def test_bound_symbols_stay():
    f = Function("f")
    assert put(Integral(f(x) * y, (x, 0, z)), {y: Integer(2), z: Integer(3)}) == Integral(2 * f(x), (x, 0, 3))
    assert put(Integral(x * y, (x, 0, z)), {y: z, z: y}) == Integral(x * z, (x, 0, y))


def test_what_sympy_cannot_put_in_is_refused():
    with pytest.raises(InputError, match="Order: SymPy cannot put these values in"):
        put(Order(x**2), {x: y})


def test_a_branch_that_is_excluded_is_not_looked_at():
    formula = Piecewise((1, x < 2), (1 / (x - 3), x < 5), (2 ** (x * 10**7), True))
    assert put(formula, {x: Integer(4)}) == 1
    assert put(formula, {x: Integer(1)}) == 1
    with pytest.raises(InputError, match="a power with at most"):
        put(formula, {x: Integer(9)})
    assert put(framework.limiting_threshold(), {Symbol("kappa", positive=True): Integer(2)}) == 1


def test_what_would_not_end_is_refused_wherever_it_stands():
    for formula in (x**y, Tuple(1, x**y), log(x**y), Integral(x**y, (z, 0, 1)), Piecewise((x**y, z > 1), (0, True))):
        with pytest.raises(InputError, match="a power with at most 19728 digits"):
            put(formula, {x: Integer(2), y: Integer(10) ** 9})


def test_what_has_none_of_the_symbols_is_left_alone():
    assert put(2**z + oo, {x: Integer(1)}) == oo
    assert put(z, {x: Integer(1)}) is z
