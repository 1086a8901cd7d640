"""Growth of a dormant neuron, against integration at high precision and polynomials worked by hand."""

import mpmath
import pytest
from sympy import Matrix, MatrixSymbol, Rational, exp, limit, oo, simplify, sqrt, symbols

from agf_theory.closed_form import framework, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.growth import coordinates
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.errors import HypothesisNotMet


def test_utility_is_norm_to_the_degree_times_normalised_utility():
    assert with_values(framework.utility(), N=3, kappa=2, U=Rational(1, 3)) == 3


def test_norm_growth_by_hand_for_the_product_of_two_weights():
    # U = x*y at (1, 2): gradient (2, 1), norm sqrt(5), d||theta||/dt = <theta, gradient>/norm = 4/sqrt(5).
    value = with_values(framework.norm_growth(), N=sqrt(5), kappa=2, eta=1, U=Rational(2, 5))
    assert simplify(value - 4 / sqrt(5)) == 0


def test_norm_growth_vanishes_with_the_utility_and_is_linear_in_the_rate():
    growth = framework.norm_growth()
    assert growth.subs(sym.U, 0) == 0
    assert growth.subs(sym.eta, 2 * sym.eta) == 2 * growth


def test_direction_velocity_by_hand_for_the_product_of_two_weights():
    # U = x*y at (1, 2): u = theta/norm turns with P(2, 1)/norm = ((2, 1) - 4/5 (1, 2))/sqrt(5) = (6, -3)/(5 sqrt(5)).
    vectors = {
        MatrixSymbol("theta", sym.d, 1): Matrix([1, 2]),
        MatrixSymbol("nabla_U", sym.d, 1): Matrix([2, 1]) / sqrt(5),
    }
    velocity = with_matrices(framework.direction_velocity(), vectors).subs(
        {sym.norm: sqrt(5), sym.kappa: 2, sym.eta: 1}
    )
    assert simplify(velocity - Matrix([6, -3]) / (5 * sqrt(5))) == Matrix([0, 0])


def test_direction_velocity_is_orthogonal_to_theta_and_vanishes_at_a_maximiser():
    theta, gradient = Matrix([3, 4]), Matrix([7, -2])
    point = {sym.norm: 5, sym.kappa: 3, sym.eta: 2}

    def velocity(at):
        vectors = {MatrixSymbol("theta", sym.d, 1): theta, MatrixSymbol("nabla_U", sym.d, 1): at}
        return with_matrices(framework.direction_velocity(), vectors).subs(point)

    assert (theta.T * velocity(gradient))[0] == 0
    assert velocity(gradient) != Matrix([0, 0])
    assert velocity(2 * theta) == Matrix([0, 0])


def test_accumulated_utility_of_a_constant_utility_is_linear():
    accumulated = framework.accumulated_utility().replace(sym.utility, lambda _: sym.U).doit()
    assert accumulated == sym.kappa * sym.U * sym.t


def test_the_general_homogeneous_function_contains_the_polynomials():
    x, y = coordinates(2)
    product = framework.homogeneous_function(2).replace(
        lambda node: node.func.__name__ == "h", lambda node: node.args[0]
    )
    assert simplify(product.subs(sym.kappa, 2) - x * y) == 0
    assert len(framework.homogeneous_function(4).free_symbols) == 5


def test_norm_at_the_start_is_the_initial_norm():
    for degree in (2, 3, 5):
        assert framework.norm(degree).subs(sym.S, 0) == sym.norm_0


def test_norm_of_degree_three_by_hand():
    # N_0 = 1/2, eta*S = 1: 1/(2 - 1) = 1.
    assert with_values(framework.norm(3), N_0=Rational(1, 2), eta=1, S=1) == 1


def test_norm_above_degree_two_tends_to_the_exponential():
    q = symbols("q", positive=True)
    above = framework.norm().args[1].expr.subs(sym.kappa, 2 + q)
    numbers = {sym.norm_0: Rational(1, 3), sym.S: Rational(1, 2), sym.eta: 1}
    assert simplify(limit(above.subs(numbers), q, 0, "+") - exp(Rational(1, 2)) / 3) == 0


@pytest.mark.parametrize("degree", [2, 3, 4])
def test_norm_against_integration_of_the_growth_law(degree):
    # Utility 1/(1 + t), rate 1/2, from norm 1/4 to time 1: S = degree*log(2).
    with mpmath.workdps(30):
        law = mpmath.odefun(
            lambda t, norm: mpmath.mpf(degree) / 2 * norm ** (degree - 1) / (1 + t), 0, mpmath.mpf(1) / 4, tol=1e-20
        )
        value = framework.norm(degree).subs({sym.norm_0: Rational(1, 4), sym.eta: Rational(1, 2)})
        predicted = value.subs(sym.S, degree * mpmath.log(2)).evalf(30)
        assert mpmath.almosteq(law(1), mpmath.mpf(str(predicted)), rel_eps=1e-17)  # tol with three digits in hand


def test_norm_is_infinite_at_the_blow_up_and_not_before():
    blown = framework.blow_up(3)
    assert limit(framework.norm(3).subs(sym.norm_0, 1).subs(sym.eta, 1), sym.S, 1, "-") == oo
    assert with_values(blown, N_0=1, eta=1) == 1


@pytest.mark.parametrize("formula", [framework.norm, framework.threshold, framework.conserved_quantity])
def test_degrees_below_two_are_refused(formula):
    with pytest.raises(HypothesisNotMet, match="degree of homogeneity must be at least 2, got 1"):
        formula(1)
