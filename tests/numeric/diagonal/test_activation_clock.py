import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, UnknownName
from agf_theory.numeric.diagonal.activation_clock import ActivationClock
from agf_theory.problems import InitScale


@pytest.mark.parametrize(("convention", "factor"), [("paper", 2), ("slides", 1)])
@pytest.mark.parametrize("text", ["0.7", "0.1", "1e-8", "1e-150"])
def test_the_threshold_is_the_inverse_hyperbolic_cosine(text, convention, factor):
    with mpmath.workdps(400):
        expected = mpmath.acosh(1 / (factor * mpmath.mpf(text) ** 2))
    floats = ActivationClock.of(InitScale(text), convention=convention, balls=False)
    # the relative error of log(1/2α²), the difference of two logarithms, grows as the threshold closes
    assert floats.threshold == pytest.approx(float(expected), rel=1e-13)
    with ctx.workprec(200):
        balls = ActivationClock.of(InitScale(text), convention=convention, balls=True)
        assert balls.threshold.overlaps(arb(mpmath.nstr(expected, 60), float(expected) * 1e-58))
        assert balls.threshold.rad() < arb("1e-50")


@pytest.mark.parametrize("text", ["0.5", "1e-3", "1e-30"])
def test_at_the_threshold_the_norm_is_one(text):
    # ‖θ‖ = ‖θ(0)‖ exp(ηS) with ‖θ(0)‖ = √2 α (paper), α (slides)
    for convention, factor in (("paper", 2), ("slides", 1)):
        clock = ActivationClock.of(InitScale(text), convention=convention, balls=False)
        utility = clock.accumulated_utility(clock.threshold)
        assert np.log(factor) / 2 + clock.log_inverse * (utility - 1) == pytest.approx(0, abs=1e-13)


def test_a_neuron_at_rest_has_accumulated_nothing():
    clock = ActivationClock.of(InitScale("1e-3"), convention="paper", balls=False)
    assert clock.accumulated_utility(0.0) == 0
    assert clock.accumulated_utility(-3.0) == clock.accumulated_utility(3.0)
    balls = ActivationClock.of(InitScale("1e-3"), convention="paper", balls=True)
    assert balls.accumulated_utility(arb(3)).overlaps(arb(3).cosh().log() / (2 * balls.log_inverse))


@pytest.mark.parametrize(("gradient", "angle"), [(-0.5, 0.0), (0.5, 0.0), (-0.5, 2.0), (0.5, 2.0), (-2.0, -3.0)])
def test_the_jump_time_is_when_the_integrated_weights_reach_norm_one(gradient, angle):
    """The definition: u̇ = −η∂L v, v̇ = −η∂L u with a frozen residual, from angle ω to norm one."""
    scale = InitScale("1e-2")
    clock = ActivationClock.of(scale, convention="paper", balls=False)
    start = np.sqrt(2) * 1e-2 * np.array([np.cosh(angle / 2), np.sinh(angle / 2)])

    def active(_time, weights):
        return weights @ weights - 1

    active.terminal = True
    rate = -clock.log_inverse * gradient
    flow = solve_ivp(
        lambda _, w: rate * w[::-1], (0, 50), start, events=active, rtol=1e-12, atol=1e-16, method="DOP853"
    )
    assert clock.jump_time(gradient=gradient, angle=angle) == pytest.approx(flow.t_events[0][0], rel=1e-10)
    half = flow.t_events[0][0] / 2
    midway = clock.moved(angle, gradient=gradient, duration=half)
    u, v = solve_ivp(lambda _, w: rate * w[::-1], (0, half), start, rtol=1e-12, atol=1e-16).y[:, -1]
    assert midway == pytest.approx(np.log((u + v) ** 2 / 2e-4), rel=1e-8)


def test_a_neuron_that_first_shrinks_takes_longer_by_twice_its_angle():
    clock = ActivationClock.of(InitScale("1e-3"), convention="paper", balls=False)
    grows = clock.jump_time(gradient=-1.0, angle=2.0)
    shrinks = clock.jump_time(gradient=1.0, angle=2.0)
    assert shrinks - grows == pytest.approx(2 * 2.0 / (2 * clock.log_inverse), rel=1e-13)


@pytest.mark.parametrize("balls", [False, True])
def test_neurons_that_start_active_are_refused_at_the_edge(balls):
    for convention, below, above, bound in (
        ("paper", "0.70710678118", "0.70710678119", "1/√2"),
        ("slides", "0.999999", None, "1"),
    ):
        assert ActivationClock.of(InitScale(below), convention=convention, balls=balls).threshold > 0
        if above:
            with pytest.raises(
                HypothesisNotMet, match=f"alpha < {bound} in the {convention} convention, got alpha = {above}"
            ):
                ActivationClock.of(InitScale(above), convention=convention, balls=balls)


def test_an_unknown_convention_is_named():
    with pytest.raises(UnknownName, match="convention must be one of paper, slides, got 'book'"):
        ActivationClock.of(InitScale("0.1"), convention="book", balls=False)
