"""Hyperbolic coordinates, against the raw flow of the two weights."""

import mpmath
import pytest
from sympy import Integer, Rational, diff, exp, limit, log, oo, simplify

from agf_theory.closed_form import diagonal, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import UnknownName

HALF = Rational(1, 2)
CONVENTIONS = pytest.mark.parametrize("convention", diagonal.CONVENTIONS)


def number(expression):
    return mpmath.mpf(str(expression.evalf(30)))


@CONVENTIONS
def test_the_weights_give_conserved_quantity_coefficient_and_norm(convention):
    u, v = diagonal.weight_u(convention), diagonal.weight_v(convention)
    for left, right in (
        (u**2 - v**2, diagonal.conserved_quantity(convention)),
        (u * v, diagonal.coefficient(convention)),
        (u**2 + v**2, diagonal.squared_norm(convention)),
    ):
        assert simplify((left - right).rewrite(exp)) == 0


def test_the_initialisations_by_hand():
    assert with_values(diagonal.weight_u("paper"), phi=0, alpha=HALF) ** 2 == HALF
    assert with_values(diagonal.weight_u("slides"), phi=0, alpha=HALF) == HALF
    assert with_values(diagonal.weight_v("slides"), phi=0, alpha=HALF) == 0
    assert with_values(diagonal.conserved_quantity("paper"), alpha=HALF) == HALF
    assert with_values(diagonal.conserved_quantity("slides"), alpha=HALF) == Rational(1, 4)


@CONVENTIONS
def test_coefficient_and_weight_v_are_odd_and_norm_and_weight_u_even(convention):
    for formula, sign in (
        (diagonal.coefficient, -1),
        (diagonal.weight_v, -1),
        (diagonal.squared_norm, 1),
        (diagonal.weight_u, 1),
    ):
        assert formula(convention).subs(sym.phi, -sym.phi) == sign * formula(convention)


@CONVENTIONS
def test_the_mirror_map_inverts_the_coefficient_and_derives_from_the_entropy(convention):
    angle = diagonal.hyperbolic_angle(convention)
    assert diagonal.coefficient(convention).subs(sym.phi, angle) == sym.x
    assert simplify(diff(diagonal.hyperbolic_entropy(convention), sym.x) - angle) == 0


def test_the_entropy_is_least_at_zero():
    entropy = diagonal.hyperbolic_entropy().subs(sym.alpha, 1)
    assert entropy.subs(sym.x, 0) == -HALF
    assert entropy.subs(sym.x, 2).evalf() > -HALF


@CONVENTIONS
def test_the_dual_variable_and_the_coefficient_are_inverse(convention):
    coefficient = diagonal.coefficient_from_dual(convention)
    for s in (Rational(2, 3), Rational(-5, 4), Rational(0)):
        value = coefficient.subs({sym.s: s, sym.eta: 3})
        back = diagonal.dual_from_coefficient(convention).subs({sym.x: value, sym.eta: 3})
        assert abs(number(back) - number(s)) < mpmath.mpf(10) ** -13


@CONVENTIONS
def test_the_logarithmic_scale_is_the_hyperbolic_coefficient(convention):
    for s in (Rational(3, 4), Rational(-1, 3)):
        scaled = diagonal.coefficient_from_dual(convention).subs({sym.s: s, sym.eta: 2})
        plain = diagonal.coefficient(convention).subs({sym.phi: 2 * s, sym.alpha: exp(-2)})
        assert simplify((scaled - plain).rewrite(exp)) == 0


def test_at_dual_one_the_coefficient_is_one_half_or_one_quarter_in_the_limit():
    for convention, value in (("paper", HALF), ("slides", HALF / 2)):
        assert limit(diagonal.coefficient_from_dual(convention).subs(sym.s, 1), sym.eta, oo) == value


def test_the_logarithmic_scale_neither_underflows_nor_overflows_at_alpha_1e_minus_10000():
    eta = Integer(23026)  # log(1e10000), nearly
    value = diagonal.coefficient_from_dual().subs({sym.s: 1 + log(6) / (2 * eta), sym.eta: eta})
    assert abs(number(value) - 3) < mpmath.mpf(10) ** -14  # exactly 3 up to alpha**4; evalf carries fifteen digits
    level = diagonal.dual_from_coefficient().subs({sym.x: 3, sym.eta: eta})
    assert abs(number(level) - number(1 + log(6) / (2 * eta))) < mpmath.mpf(10) ** -14


@CONVENTIONS
def test_the_velocity_of_the_coefficient_is_minus_the_rate_times_squared_norm_times_gradient(convention):
    at_angle = diagonal.coefficient_velocity(convention).subs(sym.x, diagonal.coefficient(convention))
    by_norm = -sym.eta * sym.g * diagonal.squared_norm(convention)
    ratio = (at_angle / by_norm).subs({sym.phi: Rational(3, 7), sym.alpha: HALF})
    assert abs(number(ratio) - 1) < mpmath.mpf(10) ** -25


def test_the_velocity_tends_to_the_lotka_volterra_form():
    assert limit(diagonal.coefficient_velocity().subs(sym.x, 3), sym.alpha, 0) == -6 * sym.eta * sym.g


@CONVENTIONS
def test_the_raw_flow_of_two_weights_under_a_changing_gradient_stays_on_the_coordinates(convention):
    """du/dt = -g v, dv/dt = -g u with g(t) = cos(3t) - 1, integrated without the hyperbolic coordinates."""
    alpha = mpmath.mpf(1) / 5
    with mpmath.workdps(20):
        start = mpmath.sqrt(2) * alpha if convention == "paper" else alpha
        g = lambda t: mpmath.cos(3 * t) - 1  # noqa: E731
        flow = mpmath.odefun(lambda t, z: [-g(t) * z[1], -g(t) * z[0]], 0, [start, mpmath.mpf(0)], tol=1e-15)
        u, v = flow(1)
        at = {sym.phi: 1 - mpmath.sin(3) / 3, sym.alpha: Rational(1, 5)}
        assert abs(u - number(diagonal.weight_u(convention).subs(at))) < 1e-12
        assert abs(v - number(diagonal.weight_v(convention).subs(at))) < 1e-12
        assert abs(u * v - number(diagonal.coefficient(convention).subs(at))) < 1e-12


def test_an_unknown_convention_is_refused_with_the_close_one():
    with pytest.raises(UnknownName, match="convention must be 'paper' or 'slides', got 'slide'; did you mean 'slides'"):
        diagonal.product_scale("slide")
    with pytest.raises(UnknownName, match="got 7$"):
        diagonal.coefficient_from_dual(7)
