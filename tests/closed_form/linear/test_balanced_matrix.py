"""The matrix Riccati solution by hand, in limits, and against SymPy's own exponential of a matrix."""

import pytest
from sympy import Identity, Matrix, MatrixSymbol, Rational, cosh, exp, eye, limit, simplify, sinh, sqrt

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.errors import UnknownName

TERMS = pytest.mark.parametrize("term", linear.TERMS)


def test_the_rate_by_hand():
    assert with_values(linear.growth_rate(), **{"lambda": 6, "sigma_k": 4}) == 5
    assert with_values(linear.growth_rate(), **{"lambda": 0, "sigma_k": 4}) == 4


def test_the_growth_matrix_by_hand():
    M, J = Matrix([[0, 2], [2, 0]]), Matrix([[1, 0], [0, -1]])
    found = with_matrices(linear.growth_matrix().subs(sym.imbalance, 3), {sym.coupling: M, sym.signature: J})
    assert found == Matrix([[Rational(3, 2), 2], [2, Rational(-3, 2)]])
    rate = with_values(linear.growth_rate(), **{"lambda": 3, "sigma_k": 2})
    assert set(found.eigenvals()) == {rate, -rate}


def test_the_propagator_is_the_exponential_of_the_growth_matrix():
    F = Matrix([[Rational(3, 2), 2], [2, Rational(-3, 2)]])
    at = {sym.rate: Rational(5, 2)}
    even, odd = (linear.propagator(term).subs(at) for term in linear.TERMS)
    off = (F * sym.t).exp() - even * eye(2) - odd * F
    assert off.applyfunc(lambda entry: simplify(entry.rewrite(exp))) == Matrix.zeros(2, 2)


@TERMS
def test_the_integral_of_the_squared_propagator_starts_at_zero(term):
    assert linear.integrated_propagator(term).subs(sym.t, 0) == 0


@TERMS
def test_functions_of_the_growth_matrix_have_their_limits_at_rate_zero(term):
    t = sym.t
    expected = {"identity": (1, t), "growth": (t, t**2)}[term]
    found = [limit(function(term), sym.rate, 0) for function in (linear.propagator, linear.integrated_propagator)]
    assert tuple(found) == expected


@pytest.mark.parametrize("function", [linear.propagator, linear.integrated_propagator])
def test_a_term_is_one_of_two(function):
    with pytest.raises(UnknownName, match="term must be one of identity, growth"):
        function("square")


def test_one_neuron_of_a_scalar_network_follows_its_logistic_curve():
    """c = d = H = 1, λ = 0, σ = 1, a = w = ½: Q is s times the matrix of ones, and s' = 2 s (1 − s)."""
    P = cosh(sym.t) * eye(2) + sinh(sym.t) * Matrix([[0, 1], [1, 0]])
    P_2 = sinh(2 * sym.t) / 2 * eye(2) + (cosh(2 * sym.t) - 1) / 2 * Matrix([[0, 1], [1, 0]])
    start = Matrix([Rational(1, 2), Rational(1, 2)])
    values = {sym.propagator: P, sym.propagator_squared: P_2, sym.start: start}
    s = with_matrices(linear.balanced_solution(), values)[0, 1].rewrite(exp)
    assert simplify(s - 1 / (1 + 3 * exp(-2 * sym.t))) == 0


def test_the_equation_stands_still_at_the_best_map_and_at_zero():
    """σ = 2, λ = 3: with s = σ the eigenvector of F with rate 5/2 carries Q = 2ν φφᵀ."""
    F = Matrix([[Rational(3, 2), 2], [2, Rational(-3, 2)]])
    phi = Matrix([2, 1]) / sqrt(5)
    for Q in (5 * phi * phi.T, Matrix.zeros(2, 2)):
        assert with_matrices(linear.balanced_velocity(), {sym.growth: F, sym.outer: Q}) == Matrix.zeros(2, 2)


def test_the_solution_at_the_start_is_the_start():
    theta = MatrixSymbol("Theta_0", sym.size, sym.hidden)
    at_zero = {sym.propagator: Identity(sym.size), sym.propagator_squared: 0 * Identity(sym.size)}
    assert linear.balanced_solution().subs(at_zero).doit() == theta * theta.T
