"""Jump times of dormant neurons: the brief's figures, integration at high precision, and the bounds."""

from fractions import Fraction

import mpmath
import pytest
from sympy import Rational, Symbol, limit, log, oo, sqrt

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import enclose

# Singular values 2, 1.2, 0.5; projections on growing and on decaying eigenvectors, and on the kernel (not normalised).
SPECTRUM = [
    (Fraction(rate), Fraction(z))
    for rate, z in (
        *(("2", "0.3"), ("1.2", "0.5"), ("0.5", "-0.2"), ("0", "0.25")),
        *(("-0.5", "0.6"), ("-1.2", "0.1"), ("-2", "0.4")),
    )
]


def real(number):
    return mpmath.mpf(number.numerator) / number.denominator


def jump_time(scale):
    """Norm one by bracketed search in 60 digits, and the leading time."""
    with mpmath.workdps(60):
        terms = [(real(rate), real(z) * mpmath.mpf(scale)) for rate, z in SPECTRUM]
        log_norm = lambda t: mpmath.log(sum(z**2 * mpmath.exp(2 * rate * t) for rate, z in terms))  # noqa: E731
        leading = -mpmath.log(mpmath.mpf(scale) * real(SPECTRUM[0][1])) / 2
        return mpmath.findroot(log_norm, (leading - 1, leading), solver="anderson"), leading


def expansion(scale, others):
    """The formula with the first few of the other eigenvalues."""
    values = {sym.alpha: Fraction(scale), sym.sigma_1: 2, sym.z_1: SPECTRUM[0][1]}
    for j, (rate, z) in enumerate(SPECTRUM[1 : 1 + others], start=2):
        values[Symbol(f"lambda_{j}", real=True)] = rate
        values[Symbol(f"z_{j}", nonnegative=True)] = abs(z)
    expression = linear.dormant_jump_time(others).subs(sym.log_inverse, -log(sym.alpha))
    return mpmath.mpf(enclose(expression, values, digits=40).certified.str(40, radius=False))


def test_the_correction_at_a_millionth_is_the_one_worked_before():
    """-4.2008e-6 by the exact time and by the formula with the second singular value alone."""
    exact, leading = jump_time("1e-6")
    assert mpmath.nstr(exact - leading, 5) == "-4.2008e-6"
    with mpmath.workdps(60):
        assert mpmath.nstr(expansion("1e-6", 1) - leading, 5) == "-4.2008e-6"


@pytest.mark.parametrize("scale", ["1e-3", "1e-6", "1e-9"])
def test_with_all_terms_the_rest_is_of_second_order(scale):
    exact, leading = jump_time(scale)
    with mpmath.workdps(60):
        q = 4 * (leading - expansion(scale, 6))
        assert abs(exact - expansion(scale, 6)) < q**2 / 2


def test_the_exact_time_lies_between_the_bounds():
    exact, leading = jump_time("1e-2")
    at = {sym.log_inverse: log(100), sym.sigma_1: 2, sym.z_1: Rational(3, 10)}
    q = Rational(str(4 * (leading - expansion("1e-2", 6))))
    bounds = (linear.dormant_jump_time_lower(), linear.dormant_jump_time_upper())
    earliest, latest = (mpmath.mpf(str(bound.subs({**at, sym.later_terms: q}).evalf(30))) for bound in bounds)
    assert earliest < exact < latest
    assert latest - earliest < 1e-2


def test_bounds_by_hand():
    at = {"L": 5, "sigma_1": Rational(1, 2), "z_1": 1}
    assert with_values(linear.dormant_jump_time_lower(), q=Rational(3, 16), **at) == 10 - log(Rational(4, 3))
    assert with_values(linear.dormant_jump_time_upper(), q=3, **at) == 10 - log(4)


def test_the_jump_time_of_an_aligned_neuron_is_the_earliest():
    assert linear.dormant_jump_time(0).subs(sym.z_1, 1) == linear.aligned_jump_time()
    assert with_values(linear.aligned_jump_time(), L=8, sigma_1=2) == 4


def test_a_later_term_vanishes_with_the_scale_below_the_top_and_not_at_it():
    term = linear.dormant_later_term().subs({sym.sigma_1: 2, sym.z_1: Rational(1, 2)})
    (eigenvalue,) = (symbol for symbol in term.free_symbols if symbol.name == "lambda_2")
    assert limit(term.subs(eigenvalue, 1), sym.log_inverse, oo) == 0
    assert term.subs(eigenvalue, 2).diff(sym.log_inverse) == 0


def test_the_kernel_gives_a_term_of_second_order_in_the_scale():
    term = linear.dormant_later_term()
    (eigenvalue,) = (symbol for symbol in term.free_symbols if symbol.name == "lambda_2")
    kernel = term.subs(eigenvalue, 0)
    assert kernel.subs(sym.log_inverse, log(10)) == kernel.subs(sym.log_inverse, 0) / 100


def test_the_overlap_counts_both_layers_and_every_repeated_singular_vector():
    names = {"alpha_1": Rational(3, 5), "omega_1": Rational(4, 5)}
    assert with_values(linear.initial_overlap(), names) == 7 * sqrt(2) / 10
    assert with_values(linear.initial_overlap(2), alpha_2=1, omega_2=-1, **names) == 7 * sqrt(2) / 10


def test_at_the_smallest_scales_the_formula_has_its_digits():
    values = {sym.log_inverse: 10**20, sym.sigma_1: 2, sym.z_1: Rational(3, 10)}
    ball = enclose(linear.dormant_jump_time(0), values, digits=30).certified
    assert ball.str(22, radius=False) == "50000000000000000000.60"
