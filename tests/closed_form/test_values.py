"""Numbers for symbols, by name."""

from fractions import Fraction

import pytest
from sympy import Rational, Symbol, acosh, cosh

from agf_theory.closed_form import diagonal, framework, symbols, with_values
from agf_theory.errors import InputError, UnknownName


def test_exact_numbers_give_exact_results():
    value = with_values(diagonal.jump_time(), alpha=Fraction(1, 2), c=0, eta=1, U=1)
    assert value == acosh(2) / 4


def test_a_float_is_the_binary_number_it_is():
    assert with_values(diagonal.maximal_normalised_utility(), g=0.1) == Rational(*(0.1).as_integer_ratio()) / 2


def test_values_come_as_a_mapping_too_and_may_be_expressions():
    y = Symbol("y", real=True)
    assert with_values(diagonal.squared_norm(), {"phi": y / 2, "alpha": 1}) == 2 * cosh(y)


def test_values_are_put_in_all_at_once():
    swapped = with_values(diagonal.dormant_angle(), eta=symbols.t + 1, t=symbols.eta, phi_0=0, g=-1)
    assert swapped == (symbols.t + 1) * symbols.eta


def test_a_number_for_the_degree_picks_the_branch():
    assert with_values(framework.norm(), kappa=3) == framework.norm(3)


def test_an_unknown_symbol_is_refused_with_the_close_one():
    with pytest.raises(UnknownName, match=r"symbol must be one of alpha, phi, got 'alfa'; did you mean 'alpha'"):
        with_values(diagonal.coefficient(), alfa=1)
    with pytest.raises(UnknownName, match=r"one of \(none\), got 'q'"):
        with_values(framework.limiting_threshold(3), q=1)


@pytest.mark.parametrize("value", ["1/2", None, True, 1j, [1]])
def test_what_is_no_number_is_refused_and_text_is_never_parsed(value):
    with pytest.raises(InputError, match="value of alpha must be a number"):
        with_values(diagonal.coefficient(), alpha=value)


@pytest.mark.parametrize(("name", "value"), [("alpha", -1), ("alpha", 0), ("eta", -2), ("beta", 0)])
def test_a_number_against_the_assumptions_of_its_symbol_is_refused(name, value):
    formula = {"beta": diagonal.pinned_level()}.get(name, diagonal.pinned_level_exact())
    with pytest.raises(InputError, match=f"value of {name} must be"):
        with_values(formula, {name: value})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_floats_that_are_no_numbers_are_refused(value):
    with pytest.raises(InputError, match="value of alpha must be finite"):
        with_values(diagonal.coefficient(), alpha=value)
