"""A dormant coordinate: utility, accumulated utility, threshold, jump time."""

import mpmath
import pytest
from sympy import Rational, acosh, cosh, diff, exp, lambdify, limit, log, oo, simplify, sqrt

from agf_theory.closed_form import diagonal, framework, with_values
from agf_theory.closed_form import symbols as sym

HALF = Rational(1, 2)
CONVENTIONS = pytest.mark.parametrize("convention", diagonal.CONVENTIONS)


def number(expression):
    return mpmath.mpf(str(expression.evalf(30)))


def test_utility_of_weights_by_hand():
    assert with_values(diagonal.normalised_utility(), g=-5, u=1, v=2) == 2
    assert with_values(diagonal.normalised_utility(), g=-5, u=1, v=-2) == -2


def test_utility_does_not_depend_on_the_scale_of_the_weights():
    utility = diagonal.normalised_utility()
    assert simplify(utility.subs({sym.u: 3 * sym.u, sym.v: 3 * sym.v}, simultaneous=True) - utility) == 0


@CONVENTIONS
def test_utility_along_the_flow_is_that_of_the_weights(convention):
    weights = {sym.u: diagonal.weight_u(convention), sym.v: diagonal.weight_v(convention)}
    difference = diagonal.normalised_utility().subs(weights) - diagonal.utility_along_flow()
    assert simplify(difference.rewrite(exp)) == 0


@pytest.mark.parametrize("g", [3, -3, Rational(1, 7)])
def test_the_maximiser_attains_the_maximum_and_the_circle_has_no_more(g):
    largest = with_values(diagonal.maximal_normalised_utility(), g=g)
    u, v = diagonal.utility_maximiser().subs(sym.g, g)
    assert simplify(u**2 + v**2) == 1
    at_maximiser = diagonal.normalised_utility().subs({sym.g: g, sym.u: u, sym.v: v})
    assert simplify(at_maximiser - largest) == 0
    around = [
        with_values(diagonal.normalised_utility(), g=g, u=Rational(a), v=Rational(b))
        for a in range(-2, 3)
        for b in range(-2, 3)
        if a or b
    ]
    assert max(around) == largest
    assert min(around) == -largest


def test_the_utility_tends_to_its_maximum_along_the_flow_of_either_sign():
    for g in (2, -2):
        along = (
            diagonal.utility_along_flow()
            .subs(sym.phi, diagonal.dormant_angle())
            .subs({sym.g: g, sym.phi_0: Rational(1, 3), sym.eta: 1})
        )
        assert limit(along.rewrite(exp), sym.t, oo) == 1


def test_accumulated_utility_has_the_four_symbols_of_its_formula():
    accumulated = diagonal.accumulated_utility()
    assert accumulated.free_symbols == {sym.U, sym.t, sym.c, sym.eta}
    assert accumulated == log(cosh(4 * sym.eta * sym.U * sym.t + sym.c) / cosh(sym.c)) / (2 * sym.eta)


def test_accumulated_utility_by_hand():
    value = with_values(diagonal.accumulated_utility(), U=HALF, t=1, c=0, eta=HALF)
    assert value == log(cosh(1))


def test_accumulated_utility_starts_at_zero_and_grows_at_the_maximal_rate_in_the_end():
    accumulated = diagonal.accumulated_utility()
    assert accumulated.subs(sym.t, 0) == 0
    assert limit(diff(accumulated, sym.t).rewrite(exp).subs({sym.c: -3, sym.eta: 1, sym.U: 2}), sym.t, oo) == 4


def test_accumulated_utility_of_a_neuron_that_shrinks_first_returns_to_zero_when_it_is_back():
    # c = -1: the angle is back at its start, mirrored, when 4*eta*U*t = 2.
    assert with_values(diagonal.accumulated_utility(), c=-1, eta=1, U=1, t=HALF) == 0
    assert with_values(diagonal.accumulated_utility(), c=-1, eta=1, U=1, t=Rational(1, 4)).evalf() < 0


@pytest.mark.parametrize(
    ("g", "phi_0"), [(3, Rational(-1, 5)), (-3, Rational(-1, 5)), (Rational(-1, 2), Rational(1, 7))]
)
def test_accumulated_utility_against_the_integral_of_twice_the_utility(g, phi_0):
    eta, t = Rational(3, 2), Rational(4, 5)
    along = (
        diagonal.utility_along_flow()
        .subs(sym.phi, diagonal.dormant_angle())
        .subs({sym.g: g, sym.phi_0: phi_0, sym.eta: eta})
    )
    with mpmath.workdps(30):
        integral = mpmath.quad(lambdify(sym.t, 2 * along, "mpmath"), [0, number(t)])
        numbers = {
            "U": abs(Rational(g)) / 2,
            "eta": eta,
            "t": t,
            "c": diagonal.signed_start().subs({sym.g: g, sym.phi_0: phi_0}),
        }
        assert mpmath.almosteq(integral, number(with_values(diagonal.accumulated_utility(), numbers)), rel_eps=1e-20)


@CONVENTIONS
def test_the_norm_is_one_at_the_activation_angle(convention):
    assert diagonal.squared_norm(convention).subs(sym.phi, diagonal.activation_angle(convention)) == 1
    assert diagonal.squared_norm(convention).subs(sym.phi, -diagonal.activation_angle(convention)) == 1


def test_the_activation_angle_is_zero_at_the_edge_of_its_hypothesis():
    assert diagonal.activation_angle("paper").subs(sym.alpha, 1 / sqrt(2)) == 0
    assert diagonal.activation_angle("slides").subs(sym.alpha, 1) == 0
    assert diagonal.activation_angle("slides").subs(sym.alpha, HALF) == acosh(4) / 2


@CONVENTIONS
def test_the_threshold_is_that_of_the_framework_for_the_present_norm(convention):
    present = sqrt(diagonal.squared_norm(convention).subs(sym.phi, sym.c / 2))
    numbers = {sym.alpha: Rational(1, 10), sym.c: Rational(3, 2), sym.eta: 2}
    gap = diagonal.activation_threshold(convention) - framework.threshold(2).subs(sym.norm_0, present)
    assert abs(number(gap.subs(numbers))) < mpmath.mpf(10) ** -25


@CONVENTIONS
@pytest.mark.parametrize("c", [0, Rational(3, 2), Rational(-3, 2)])
def test_the_accumulated_utility_at_the_jump_time_is_the_threshold(convention, c):
    numbers = {sym.alpha: Rational(1, 10), sym.c: c, sym.eta: 2, sym.U: 3}
    at_jump = diagonal.accumulated_utility().subs(sym.t, diagonal.jump_time(convention))
    assert abs(number((at_jump - diagonal.activation_threshold(convention)).subs(numbers))) < mpmath.mpf(10) ** -25


def test_jump_time_by_hand_at_the_start():
    # alpha = 1/2: 1/(2*alpha**2) = 2; |g| = 2, eta = 1.
    assert with_values(diagonal.jump_time(), alpha=HALF, c=0, eta=1, U=1) == acosh(2) / 4
    assert with_values(diagonal.jump_time("slides"), alpha=HALF, c=0, eta=1, U=1) == acosh(4) / 4


@CONVENTIONS
def test_a_neuron_at_the_threshold_against_the_wind_takes_the_longest(convention):
    threshold = 2 * diagonal.activation_angle(convention)
    fresh = diagonal.jump_time(convention).subs(sym.c, 0)
    returning = diagonal.jump_time(convention).subs(sym.c, -threshold)
    assert simplify(returning - 2 * fresh) == 0
    assert diagonal.jump_time(convention).subs(sym.c, threshold) == 0


@CONVENTIONS
@pytest.mark.parametrize(("g", "phi_0"), [(-2, 0), (-2, Rational(1, 2)), (2, Rational(1, 2)), (2, Rational(-1, 2))])
def test_jump_time_against_integration_of_the_raw_weights(convention, g, phi_0):
    """The norm of (u, v), integrated under a frozen gradient, is one at the jump time; sign flips included."""
    at = {sym.alpha: Rational(1, 4), sym.phi: phi_0}
    start = [number(weight(convention).subs(at)) for weight in (diagonal.weight_u, diagonal.weight_v)]
    c = diagonal.signed_start().subs({sym.g: g, sym.phi_0: phi_0})
    time = with_values(diagonal.jump_time(convention), alpha=Rational(1, 4), c=c, eta=1, U=1)
    with mpmath.workdps(20):
        flow = mpmath.odefun(lambda t, z: [-g * z[1], -g * z[0]], 0, start, tol=1e-15)
        u, v = flow(number(time))
        assert abs(u**2 + v**2 - 1) < 1e-12
        before = flow(number(time) * mpmath.mpf("0.999"))
        assert before[0] ** 2 + before[1] ** 2 < 1


@CONVENTIONS
@pytest.mark.parametrize(("g", "phi_0", "sigma"), [(-2, HALF, 1), (2, HALF, -1), (2, -HALF, 1), (-2, -HALF, -1)])
def test_the_signed_start_from_angle_and_from_norm_agree(convention, g, phi_0, sigma):
    norm = sqrt(diagonal.squared_norm(convention).subs({sym.phi: phi_0, sym.alpha: Rational(1, 4)}))
    from_norm = diagonal.signed_start(convention).subs({sym.norm_0: norm, sym.alpha: Rational(1, 4), sym.sigma: sigma})
    from_angle = diagonal.signed_start().subs({sym.g: g, sym.phi_0: phi_0})
    assert abs(number(from_norm - from_angle)) < mpmath.mpf(10) ** -20


def test_the_jump_time_has_the_bounds_of_the_framework():
    alpha = Rational(1, 100)
    norm = sqrt(diagonal.squared_norm().subs({sym.phi: Rational(1, 2), sym.alpha: alpha}))
    time = with_values(diagonal.jump_time(), alpha=alpha, c=1, eta=1, U=1)
    lower = framework.jump_time_lower_bound(2).subs({sym.norm_0: norm, sym.eta: 1, sym.U: 1})
    start = diagonal.utility_along_flow().subs({sym.g: -2, sym.phi: Rational(1, 2)})
    upper = framework.jump_time_upper_bound(2).subs({sym.norm_0: norm, sym.eta: 1, sym.U_0: start})
    assert number(lower) < number(time) < number(upper)
