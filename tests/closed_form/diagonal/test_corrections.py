"""Levels and kicks, against the exact formulas and against integration of two coordinates."""

import math

import mpmath
import pytest
from sympy import Matrix, MatrixSymbol, Rational, exp, limit, log, simplify, sqrt

from agf_theory.closed_form import diagonal, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices

CONVENTIONS = pytest.mark.parametrize("convention", diagonal.CONVENTIONS)


def number(expression, digits=30):
    return mpmath.mpf(str(expression.evalf(digits)))


def test_pinned_levels_by_hand():
    assert with_values(diagonal.pinned_level(), beta=Rational(1, 2), epsilon=1) == 1
    assert with_values(diagonal.pinned_level("slides"), beta=Rational(-1, 4), epsilon=1) == 1
    assert simplify(with_values(diagonal.pinned_level(), beta=-2, epsilon=1) - 1 - log(4) / 2) == 0


@CONVENTIONS
def test_the_pinned_level_is_the_dual_variable_up_to_the_fourth_power_of_alpha(convention):
    scale = {"paper": 1, "slides": 4}[convention]  # m = alpha**2/sqrt(scale)
    for eta in (4, 8):
        exact = diagonal.pinned_level_exact(convention).subs({sym.beta: 3, sym.alpha: exp(-eta), sym.eta: eta})
        gap = number(exact - with_values(diagonal.pinned_level(convention), beta=3, epsilon=Rational(1, eta)), 60)
        leading = mpmath.exp(-4 * eta) / (8 * eta * 9 * scale)
        assert abs(gap / leading - 1) < mpmath.exp(-4 * eta)


@CONVENTIONS
def test_the_exact_level_gives_the_coefficient_back(convention):
    numbers = {sym.beta: 3, sym.alpha: exp(-2), sym.eta: 2}
    level = diagonal.pinned_level_exact(convention).subs(numbers)
    back = diagonal.coefficient_from_dual(convention).subs({sym.s: level, sym.eta: 2})
    assert abs(number(back) - 3) < mpmath.mpf(10) ** -20


def test_the_pinned_level_tends_to_one():
    assert limit(diagonal.pinned_level().subs(sym.beta, 7), sym.epsilon, 0) == 1


def test_duplicate_directions_are_pinned_at_the_entropys_minimiser():
    """X = ((1, 0, 1/2), (0, 1, 1/2)), y = (1, 3): the flow keeps s_1 + s_2 = 2 s_3, so beta_3 = 2(sqrt(13) - 2)/3."""
    third = 2 * (sqrt(13) - 2) / 3
    levels = [diagonal.pinned_level().subs(sym.beta, b) for b in (1 - third / 2, 3 - third / 2, third)]
    assert abs(number((levels[0] + levels[1] - 2 * levels[2]).subs(sym.epsilon, 1))) < mpmath.mpf(10) ** -25


def test_the_corrected_jump_time_tends_to_the_limiting_one_like_epsilon():
    at = {sym.T: 1, sym.s: Rational(1, 2), sym.g: -2, sym.beta: 3}
    time = diagonal.corrected_jump_time().subs(at)
    assert time.subs(sym.epsilon, 0) == 1 + diagonal.hitting_time().subs(at)
    assert simplify(time.diff(sym.epsilon) - log(6) / 4) == 0


def test_the_corrected_jump_time_is_even_in_the_sign_of_the_coordinate():
    here = diagonal.corrected_jump_time().subs({sym.T: 0, sym.s: Rational(1, 3), sym.g: -2, sym.beta: 3})
    there = diagonal.corrected_jump_time().subs({sym.T: 0, sym.s: Rational(-1, 3), sym.g: 2, sym.beta: -3})
    assert simplify(here - there) == 0


@CONVENTIONS
def test_the_active_kick_goes_from_one_pinned_level_to_the_next(convention):
    for beta, previous in ((3, 2), (-3, -2)):
        levels = [with_values(diagonal.pinned_level(convention), beta=b) for b in (beta, previous)]
        kick = with_values(diagonal.active_kick(), beta=beta, beta_0=previous)
        assert simplify((1 if beta > 0 else -1) * (levels[0] - levels[1]) - kick) == 0


def test_a_coefficient_that_stays_is_not_kicked():
    assert with_values(diagonal.active_kick(), beta=3, beta_0=3) == 0


@CONVENTIONS
def test_a_leaver_goes_from_its_pinned_level_to_its_intercept(convention):
    for previous in (2, -2):
        pinned = with_values(diagonal.pinned_level(convention), beta=previous)
        kick = with_values(diagonal.leaver_kick(), beta_0=previous)
        assert simplify((1 if previous > 0 else -1) * (diagonal.leaver_level(convention) - pinned) - kick) == 0


def test_a_leaver_whose_intercept_is_its_coefficient_is_not_kicked():
    assert with_values(diagonal.leaver_kick(), beta_0=2, I=log(2)) == 0


def matrices(dormant_active, active, kick):
    return {
        MatrixSymbol("G_DA", sym.d, sym.A): Matrix(dormant_active),
        MatrixSymbol("G_AA", sym.A, sym.A): Matrix(active),
        MatrixSymbol("Delta_s_A", sym.A, 1): Matrix(kick),
    }


def test_the_dormant_kick_by_hand():
    # G_AA = ((2, 0), (0, 4)), kick (1, 2): J = (1/2, 1/2); G_DA = (3, 5) moves by 4.
    kick = with_matrices(diagonal.dormant_kick(), matrices([[3, 5]], [[2, 0], [0, 4]], [1, 2]))
    assert kick == Matrix([4])


def test_uncorrelated_dormant_coordinates_are_not_kicked():
    assert with_matrices(diagonal.dormant_kick(), matrices([[0, 0]], [[2, 1], [1, 4]], [1, 2])) == Matrix([0])


def dual_flow(gram, moment, *, eta, until, steps):
    """Dual variables at the end of ds/dt = b - G beta(s), s(0) = 0, by the classical Runge-Kutta rule."""

    def rate(s):
        beta = [math.exp(-2 * eta) * math.sinh(2 * eta * value) for value in s]
        return [b - sum(g * x for g, x in zip(row, beta, strict=True)) for b, row in zip(moment, gram, strict=True)]

    def moved(s, slope, step):
        return [value + step * rise for value, rise in zip(s, slope, strict=True)]

    s, step = [0.0] * len(moment), until / steps
    for _ in range(steps):
        first = rate(s)
        second = rate(moved(s, first, step / 2))
        third = rate(moved(s, second, step / 2))
        fourth = rate(moved(s, third, step))
        s = [
            value + step / 6 * (a + 2 * b + 2 * c + d)
            for value, a, b, c, d in zip(s, first, second, third, fourth, strict=True)
        ]
    return s


def test_the_first_jump_and_its_level_against_the_integrated_dual_flow():
    """G = ((1, 1/4), (1/4, 1)), b = (1, 1/2), alpha near 1e-8: coordinate 1 joins near t = 1, coordinate 2 drifts."""
    eta = 18
    s = dual_flow([[1, 0.25], [0.25, 1]], [1, 0.5], eta=eta, until=1.5, steps=3000)
    small = Rational(1, eta)
    jump = number(with_values(diagonal.corrected_jump_time(), T=0, s=0, g=-1, beta=1, epsilon=small))
    drift = jump / 2 + (mpmath.mpf("1.5") - jump) / 4  # gradient 1/2 before the jump, 1/2 - 1/4 after it, no kick
    # What is left is coordinate 2's own growth, exp(2*eta*(s_2 - 1)) divided by its rate, 2e-7 here.
    assert abs(s[0] - number(with_values(diagonal.pinned_level(), beta=1, epsilon=small))) < 1e-6
    assert abs(s[1] - drift) < 1e-6
    assert abs(s[1] - (0.5 + 0.125)) > 4e-3  # the limiting sequence, without the correction of the jump time


def test_the_kick_of_a_second_jump_against_the_integrated_dual_flow():
    """Third coordinate stays dormant and is kicked when the second joins and moves the first."""
    eta, until = 30, 4.0
    gram = [[1, 0.5, 0.25], [0.5, 1, 0.375], [0.25, 0.375, 1]]
    beta = (Rational(3, 5), Rational(4, 5))
    moment = [1.0, 1.1, 0.3]
    s = dual_flow(gram, moment, eta=eta, until=until, steps=12000)
    small = Rational(1, eta)
    # By hand: coordinate 2 joins first (beta = 11/10), then coordinate 1, at beta = G_AA**-1 b = (3/5, 4/5).
    first = number(
        with_values(diagonal.corrected_jump_time(), T=0, s=0, g=Rational(-11, 10), beta=Rational(11, 10), epsilon=small)
    )
    residuals = [1 - 0.5 * 1.1, 0.3 - 0.375 * 1.1]
    at_first = [first * 1.0, first * 0.3]
    second = with_values(
        diagonal.corrected_jump_time(),
        T=Rational(str(first)),
        s=Rational(str(at_first[0])),
        g=-Rational(str(residuals[0])),
        beta=beta[0],
        epsilon=small,
    )
    second = number(second)
    kick_of_active = with_values(diagonal.active_kick(), beta=beta[1], beta_0=Rational(11, 10), epsilon=small)
    kick = with_matrices(
        diagonal.dormant_kick(),
        matrices([[Rational(1, 4), Rational(3, 8)]], [[1, Rational(1, 2)], [Rational(1, 2), 1]], [0, kick_of_active]),
    )[0]
    last = 0.3 - 0.25 * 0.6 - 0.375 * 0.8
    drift = at_first[1] + (second - first) * residuals[1] + (mpmath.mpf(until) - second) * last
    assert abs(s[2] - (drift + number(kick))) < 1e-6
    assert abs(number(kick)) > 3e-4  # so a missing or reversed kick shows
