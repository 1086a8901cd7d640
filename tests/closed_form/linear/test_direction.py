"""The direction of a neuron: by hand in two dimensions."""

import pytest
from sympy import Matrix, Rational, simplify, sqrt, symbols

from agf_theory.closed_form import derivation, framework, linear
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices


def test_an_aligned_neuron_does_not_turn():
    values = {sym.theta: Matrix([3, 3]), sym.form: Matrix([[0, 2], [2, 0]])}
    velocity = with_matrices(linear.linear_direction_velocity(), values).subs(sym.norm, 3 * sqrt(2))
    assert velocity.applyfunc(simplify).is_zero_matrix


@pytest.mark.parametrize("norm", [1, Rational(1, 10**8)])
def test_a_neuron_of_outgoing_weights_alone_turns_at_the_rate_of_the_residual_whatever_its_norm(norm):
    # a = norm, w = 0, R = 2: w grows at 2 norm, so the direction (1, 0) turns at rate 2.
    values = {sym.theta: Matrix([norm, 0]), sym.form: Matrix([[0, 2], [2, 0]])}
    velocity = with_matrices(linear.linear_direction_velocity(), values).subs({sym.norm: norm, sym.eta: 1})
    assert velocity == Matrix([0, 2])


def test_the_gradient_of_the_normalised_utility_by_differentiation():
    x, y = symbols("x y", positive=True)
    norm = sqrt(x**2 + y**2)
    utility = x**2 * y  # degree 3
    gradient = Matrix([utility.diff(z).subs({x: x / norm, y: y / norm}, simultaneous=True) for z in (x, y)])
    found = with_matrices(
        linear.normalised_utility_gradient(), {sym.theta: Matrix([x, y]), sym.gradient: gradient}
    ).subs(sym.norm, norm)
    expected = Matrix([(utility / norm**3).diff(z) for z in (x, y)])
    assert (found - expected).applyfunc(simplify).is_zero_matrix


def test_the_factor_makes_up_for_the_norm():
    unit, at_theta = (e.subs(sym.d, 2) for e in (framework.direction_velocity(), linear.normalised_utility_gradient()))
    difference = sym.eta * linear.normalised_utility_power() * at_theta - unit
    assert simplify(difference.as_explicit()).is_zero_matrix


def test_every_step_of_the_derivation_is_shown():
    assert derivation("LIN-08").check().proved


def test_the_published_exponent_is_caught_by_the_derivation():
    assert not derivation("LIN-08", normalised_utility_power=lambda: sym.norm ** (sym.kappa - 2)).check().proved
