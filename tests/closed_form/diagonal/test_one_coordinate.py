"""One coordinate: the exact learning curve, against integration and its limits."""

import mpmath
import pytest
from sympy import Rational, exp, lambdify, limit, oo, simplify

from agf_theory.closed_form import diagonal, with_values
from agf_theory.closed_form import symbols as sym

CONVENTIONS = pytest.mark.parametrize("convention", diagonal.CONVENTIONS)
LARGE = {"alpha": Rational(4, 5), "eta": Rational(1, 2), "G": 2}


def number(expression, digits=30):
    return mpmath.mpf(str(expression.evalf(digits)))


@CONVENTIONS
@pytest.mark.parametrize("b", [3, -3, Rational(1, 10)])
def test_the_curve_against_integration_of_the_raw_weights(convention, b):
    """du/dt = eta (b - G uv) v, dv/dt = eta (b - G uv) u at a large alpha, where no asymptotics help."""
    with mpmath.workdps(20):
        alpha, eta, curvature, rate = (mpmath.mpf(4) / 5, mpmath.mpf(1) / 2, 2, mpmath.mpf(str(Rational(b).evalf(30))))
        start = mpmath.sqrt(2) * alpha if convention == "paper" else alpha

        def flow(_, z):
            pull = eta * (rate - curvature * z[0] * z[1])
            return [pull * z[1], pull * z[0]]

        u, v = mpmath.odefun(flow, 0, [start, mpmath.mpf(0)], tol=1e-15)(mpmath.mpf(3) / 4)
        curve = with_values(diagonal.one_coordinate_coefficient(convention), b=b, t=Rational(3, 4), **LARGE)
        assert abs(u * v - number(curve)) < 1e-12


@CONVENTIONS
def test_dual_and_coefficient_of_the_curve_belong_together(convention):
    at = {"b": 3, "t": Rational(1, 3), **LARGE}
    dual = with_values(diagonal.one_coordinate_dual(convention), at)
    from_dual = diagonal.coefficient(convention).subs({sym.phi: dual / 2, sym.alpha: Rational(4, 5)})
    assert (
        abs(number(from_dual - with_values(diagonal.one_coordinate_coefficient(convention), at)))
        < mpmath.mpf(10) ** -20
    )


@CONVENTIONS
def test_the_curve_starts_at_zero_is_odd_in_b_and_ends_at_the_plateau(convention):
    curve = diagonal.one_coordinate_coefficient(convention)
    assert curve.subs(sym.t, 0) == 0
    assert simplify(curve.subs(sym.b, -sym.b) + curve) == 0
    late = with_values(curve, b=3, t=200, **LARGE)
    assert abs(number(late) - mpmath.mpf(3) / 2) < mpmath.mpf(10) ** -20


def test_the_rate_by_hand():
    assert with_values(diagonal.one_coordinate_rate(), b=3, G=4, alpha=1) == 5
    assert with_values(diagonal.one_coordinate_rate("slides"), b=3, G=8, alpha=1) == 5
    assert limit(diagonal.one_coordinate_rate().subs(sym.b, -3), sym.alpha, 0) == 3


@CONVENTIONS
@pytest.mark.parametrize("b", [3, -3])
def test_the_coefficient_at_the_time_of_a_level_is_that_level(convention, b):
    curve = diagonal.one_coordinate_coefficient(convention)
    curve = lambdify(sym.t, with_values(curve, b=b, **LARGE), "mpmath")
    for level in (Rational(1, 10), Rational(1, 2), Rational(99, 100)):
        time = with_values(diagonal.one_coordinate_level_time(convention), ell=level, b=b, **LARGE)
        with mpmath.workdps(30):
            assert abs(curve(number(time)) - number(level * b / 2)) < mpmath.mpf(10) ** -20


@CONVENTIONS
def test_the_effective_jump_time_is_the_area_above_the_curve(convention):
    curve = with_values(diagonal.one_coordinate_coefficient(convention), b=-3, **LARGE)
    with mpmath.workdps(25):
        beta = lambdify(sym.t, curve, "mpmath")
        area = mpmath.quad(lambda time: 1 + beta(time) * 2 / 3, [0, 1, 4, 40])
        exact = number(with_values(diagonal.one_coordinate_effective_jump_time(convention), b=-3, **LARGE))
        assert mpmath.almosteq(area, exact, rel_eps=1e-15)


@CONVENTIONS
def test_the_jump_time_to_all_orders_misses_the_effective_one_by_the_fourth_power_of_alpha(convention):
    scale = {"paper": 1, "slides": 4}[convention]
    for eta in (3, 6):
        at = {"b": 3, "G": 2}
        exact = with_values(diagonal.one_coordinate_effective_jump_time(convention), alpha=exp(-eta), eta=eta, **at)
        formula = with_values(diagonal.one_coordinate_jump_time(convention), epsilon=Rational(1, eta), **at)
        leading = mpmath.exp(-4 * eta) / (8 * eta * 3 * mpmath.mpf("2.25") * scale)
        assert abs(number(exact - formula, 60) / leading - 1) < mpmath.exp(-4 * eta)


def test_the_jump_time_is_the_corrected_one_from_zero():
    one = with_values(diagonal.one_coordinate_jump_time(), b=-3, G=2)
    corrected = with_values(diagonal.corrected_jump_time(), T=0, s=0, g=3, beta=Rational(-3, 2))
    assert simplify(one - corrected) == 0


def test_the_jump_time_by_hand():
    assert with_values(diagonal.one_coordinate_jump_time(), b=2, G=4, epsilon=1) == Rational(1, 2)
    assert with_values(diagonal.one_coordinate_jump_time("slides"), b=-1, G=4, epsilon=1) == 1


@CONVENTIONS
@pytest.mark.parametrize("b", [3, -3])
def test_the_curve_around_its_jump_tends_to_the_logistic_like_alpha_squared(convention, b):
    gaps = []
    for eta in (4, 8):
        x = Rational(1, 7)
        time = with_values(diagonal.one_coordinate_jump_time(convention), b=b, G=2, epsilon=Rational(1, eta)) + x / eta
        curve = diagonal.one_coordinate_coefficient(convention).subs(
            {sym.b: b, sym.G: 2, sym.alpha: exp(-eta), sym.eta: eta, sym.t: time}
        )
        logistic = with_values(diagonal.one_coordinate_logistic(), b=b, G=2, x=x)
        gaps.append(abs(number(curve - logistic, 60)))
    assert abs(gaps[1] / gaps[0] / mpmath.exp(-2 * 4) - 1) < 0.01  # the next order is alpha**2 times as small


def test_the_logistic_is_half_way_at_the_jump_and_has_its_limits():
    logistic = diagonal.one_coordinate_logistic().subs({sym.b: -3, sym.G: 2})
    assert logistic.subs(sym.x, 0) == Rational(-3, 4)
    assert limit(logistic, sym.x, oo) == Rational(-3, 2)
    assert limit(logistic, sym.x, -oo) == 0


@CONVENTIONS
def test_half_the_plateau_is_crossed_before_the_jump_time_by_order_alpha_squared(convention):
    """The gap is -G*m/(2*eta*b**2), m the product scale: only the area above the curve is exact to alpha**4."""
    for eta in (4, 7):
        half = with_values(
            diagonal.one_coordinate_level_time(convention), ell=Rational(1, 2), b=3, G=2, alpha=exp(-eta), eta=eta
        )
        jump = with_values(diagonal.one_coordinate_jump_time(convention), b=3, G=2, epsilon=Rational(1, eta))
        leading = -2 * number(diagonal.product_scale(convention).subs(sym.alpha, exp(-eta))) / (2 * eta * 9)
        assert abs(number(half - jump, 40) / leading - 1) < eta * mpmath.exp(
            -2 * eta
        )  # next: alpha**4, and alpha**4*eta
