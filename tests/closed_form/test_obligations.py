"""Each kind of obligation: what it shows, what it refutes, and where it says that it cannot tell."""

import pytest
from sympy import (
    Derivative,
    Eq,
    Function,
    Ge,
    Gt,
    Identity,
    Integral,
    Le,
    Limit,
    MatrixSymbol,
    Rational,
    Symbol,
    cos,
    cosh,
    exp,
    oo,
    sin,
    sinh,
    sqrt,
    tanh,
)

from agf_theory.closed_form.obligations import (
    FundamentalTheorem,
    LimitValue,
    MatrixIdentity,
    Nonnegative,
    Outcome,
    Rewriting,
    SameSquare,
)

x, y = Symbol("x", real=True), Symbol("y", real=True)
p, q = Symbol("p", positive=True), Symbol("q", positive=True)
n = Symbol("n", integer=True, positive=True)
f = Function("f", real=True)
EXPONENTIALS = Rewriting(("evaluation", "exponentials"))


def same(left, right):
    return Eq(left, right, evaluate=False)


def test_a_true_identity_is_proved_and_says_by_which_tactic():
    found = EXPONENTIALS.discharge(same(sinh(2 * x), 2 * sinh(x) * cosh(x)))
    assert found.outcome is Outcome.PROVED
    assert found.residual == 0
    assert "exponentials" in found.how


def test_a_false_identity_is_refuted_at_an_exact_point_where_it_fails():
    found = EXPONENTIALS.discharge(same(sinh(2 * x), 2 * sinh(x)))
    assert found.outcome is Outcome.REFUTED
    assert all(value.is_Rational for value in found.point.values())
    assert abs((sinh(2 * x) - 2 * sinh(x)).subs(found.point).evalf(30)) > Rational(1, 100)


def test_a_false_identity_between_undefined_functions_is_refuted_by_an_example_function():
    assert Rewriting().discharge(same(Derivative(f(x) ** 2, x), f(x) * f(x).diff(x))).outcome is Outcome.REFUTED
    assert Rewriting().discharge(same(Derivative(f(x) ** 2, x), 2 * f(x) * f(x).diff(x))).outcome is Outcome.PROVED


def test_a_true_identity_out_of_reach_of_its_tactics_is_inconclusive_not_refuted():
    found = Rewriting(("evaluation",)).discharge(same(tanh(x) * cosh(x), sinh(x)))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.residual != 0
    assert found.point is None


def test_a_tiny_error_is_refuted():
    error = 1 + Rational(1, 10**30)
    assert EXPONENTIALS.discharge(same(sinh(2 * x), 2 * sinh(x) * cosh(x) * error)).outcome is Outcome.REFUTED


def test_a_statement_with_the_same_expression_on_both_sides_states_nothing():
    found = Rewriting().discharge(same(sinh(x), sinh(x)))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "nothing is stated" in found.how


def test_hypotheses_no_point_meets_leave_a_statement_inconclusive():
    found = Rewriting().discharge(same((x + 1) ** 2, x**2 + 2 * x + 1), (p < 0,))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "no exact point" in found.how


def test_hypotheses_that_are_met_are_used_for_the_points():
    statement = same(sqrt(1 - 2 * p) * sqrt(1 + 2 * p), sqrt(1 - 4 * p**2))
    found = Rewriting(("common denominator", "radicals")).discharge(statement, (2 * p < 1,))
    assert found.outcome is Outcome.PROVED


def test_an_inequality_is_no_equality_and_the_other_way_round():
    assert "needs a statement of kind Equality" in Rewriting().discharge(Ge(x**2, 0, evaluate=False)).how
    assert "GreaterThan" in Nonnegative(x**2).discharge(same(x**2, 0)).how
    assert Nonnegative(x**2).discharge(Le(0, x**2, evaluate=False)).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("claimed", "outcome"),
    [(x**2 / 2, Outcome.PROVED), (x**2, Outcome.REFUTED), (x**2 / 2 + 1, Outcome.REFUTED)],
)
def test_an_integral_needs_the_derivative_and_the_value_at_the_lower_limit(claimed, outcome):
    assert FundamentalTheorem().discharge(same(Integral(y, (y, 0, x)), claimed)).outcome is outcome


@pytest.mark.parametrize("left", [x, Integral(y, (y, 0, 2 * x)), Integral(y, (y, 0, 1))])
def test_the_fundamental_theorem_wants_an_integral_up_to_a_symbol(left):
    assert "no integral up to a symbol" in FundamentalTheorem().discharge(same(left, 1 + x)).how


@pytest.mark.parametrize(("value", "outcome"), [(1, Outcome.PROVED), (2, Outcome.REFUTED)])
def test_a_limit_is_computed_and_compared(value, outcome):
    assert LimitValue().discharge(same(Limit(tanh(p), p, oo), value)).outcome is outcome


@pytest.mark.parametrize(("value", "outcome"), [(2 * p, Outcome.REFUTED), (p, Outcome.INCONCLUSIVE)])
def test_a_limit_that_is_found_for_numbers_alone_can_be_refuted_but_not_shown(monkeypatch, value, outcome):
    found = Limit.doit

    def going_round_in_circles(limit, **hints):
        if limit.free_symbols:
            raise RecursionError
        return found(limit, **hints)

    monkeypatch.setattr(Limit, "doit", going_round_in_circles)
    finding = LimitValue().discharge(same(Limit(p * tanh(x), x, oo), value))
    assert finding.outcome is outcome
    assert (finding.point is not None) == (outcome is Outcome.REFUTED)


@pytest.mark.parametrize("left", [Limit(exp(p), p, oo), Limit(f(p), p, oo)])
def test_a_limit_that_is_infinite_or_unknown_is_inconclusive(left):
    assert LimitValue().discharge(same(left, 0)).outcome is Outcome.INCONCLUSIVE


def test_a_limit_obligation_wants_a_limit():
    assert "no limit" in LimitValue().discharge(same(x, 0)).how


def test_an_inequality_is_proved_by_a_certificate_that_equals_the_difference():
    found = Nonnegative((x - y) ** 2).discharge(Ge(x**2 + y**2, 2 * x * y, evaluate=False))
    assert found.outcome is Outcome.PROVED
    assert "nonnegative" in found.how


def test_a_false_inequality_is_refuted_at_an_exact_point():
    found = Nonnegative((x - y) ** 2).discharge(Ge(x**2 + y**2, 3 * x * y, evaluate=False))
    assert found.outcome is Outcome.REFUTED
    assert (x**2 + y**2 - 3 * x * y).subs(found.point) < 0


def test_a_certificate_that_is_not_the_difference_proves_nothing():
    found = Nonnegative(2 * (x - y) ** 2).discharge(Ge(x**2 + y**2, 2 * x * y, evaluate=False))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "does not fit" in found.how


def test_a_certificate_whose_sign_is_not_plain_proves_nothing():
    found = Nonnegative(x**2 + y**2 - 2 * x * y).discharge(Ge(x**2 + y**2, 2 * x * y, evaluate=False))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "cannot be read off" in found.how


def test_a_strict_inequality_needs_a_positive_certificate():
    assert Nonnegative(x**2).discharge(Gt(x**2, 0, evaluate=False)).outcome is Outcome.INCONCLUSIVE
    assert Nonnegative(p**2).discharge(Gt(p**2, 0, evaluate=False)).outcome is Outcome.PROVED


def test_a_strict_inequality_between_equal_sides_is_not_proved():
    statement = Gt(sinh(2 * p), 2 * sinh(p) * cosh(p), evaluate=False)
    assert Nonnegative(p, ("exponentials",)).discharge(statement).outcome is Outcome.INCONCLUSIVE


def test_undefined_functions_count_as_real_in_a_certificate():
    statement = Ge(f(x).diff(x) ** 2 + 1, 2 * f(x).diff(x), evaluate=False)
    assert Nonnegative((f(x).diff(x) - 1) ** 2).discharge(statement).outcome is Outcome.PROVED


def test_nonnegative_numbers_with_the_same_square_are_equal():
    assert SameSquare().discharge(same(sqrt(1 + p**2), p * sqrt(1 + p**-2))).outcome is Outcome.PROVED
    assert SameSquare().discharge(same(sqrt(1 + p**2), p * sqrt(2 + p**-2))).outcome is Outcome.REFUTED


def test_the_same_square_is_not_enough_without_signs():
    found = SameSquare().discharge(same(x, sqrt(x**2)))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "nonnegative" in found.how


def test_matrix_algebra_shows_an_identity_for_every_shape():
    a, b, c = MatrixSymbol("a", n, n), MatrixSymbol("b", n, 1), MatrixSymbol("c", n, 1)
    assert MatrixIdentity().discharge(same((b.T * a.I * c).subs(c, a * b), b.T * b)).outcome is Outcome.PROVED


def test_a_false_matrix_identity_is_refuted_by_exact_matrices():
    a, b = MatrixSymbol("a", n, n), MatrixSymbol("b", n, 1)
    found = MatrixIdentity().discharge(same(a * b, b))
    assert found.outcome is Outcome.REFUTED
    assert set(found.point) == {a, b}


def test_a_matrix_obligation_wants_matrices_and_says_what_it_cannot_show():
    a = MatrixSymbol("a", n, n)
    assert "no matrix expressions" in MatrixIdentity().discharge(same(x, y)).how
    found = MatrixIdentity().discharge(same((a + Identity(n)).I * a, a * (a + Identity(n)).I))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "did not reach zero" in found.how


def test_a_function_outside_the_balls_is_inconclusive():
    assert Rewriting().discharge(same(cos(p) ** 2 + sin(p) ** 2, 1)).outcome is Outcome.INCONCLUSIVE
