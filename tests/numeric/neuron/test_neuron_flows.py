"""Single neurons integrated, enclosed by balls and as exact power series: three routes that have to agree."""

import sys

import flint
import numpy as np
import pytest

from agf_theory.errors import InputError, IntegrationFailed
from agf_theory.numeric.neuron import enclosed_flow, enclosed_weights, gradient_flow, weight_series
from agf_theory.numeric.neuron.reduced import ReducedNeuron
from agf_theory.problems import SingleNeuron, zoo

SMALL = SingleNeuron([[1, "1/2"], [0, 1]], [1, -1], "1/2", ["1/3", -1], (2, "1/3"))
MODERATE = ("balanced-neuron", "sign-change-neuron", "two-rates", "wide-balanced", "balanced-for-its-rates")


def problem(name):
    return zoo.get(name, SingleNeuron)


def test_the_example_ends_where_its_equation_of_degree_four_says():
    flow = gradient_flow(problem("underdetermined-sign-change"))
    a = -np.sqrt((-0.96 + np.sqrt(0.96**2 + 4)) / 2)  # a⁴ + 0.96 a² = 1, a < 0
    assert flow.maps[-1] == pytest.approx([-1, a], abs=1e-9)
    assert flow.inner[:, 1] == pytest.approx(np.ones(len(flow.times)), abs=1e-14)  # w - w₀ lies in the row space
    assert flow.settled


@pytest.mark.parametrize("name", MODERATE)
def test_what_is_conserved_stays(name):
    found = problem(name)
    flow = gradient_flow(found)
    of_outer, of_inner = found.rates
    kept = of_inner * flow.outer**2 - of_outer * (flow.inner**2).sum(axis=1)
    assert kept == pytest.approx(np.full(len(kept), found.delta), abs=1e-10 * (1 + abs(kept[0]) + flow.outer[0] ** 2))
    assert flow.imbalance == found.delta


def test_the_velocity_is_that_of_finite_differences_of_the_loss():
    reduced = ReducedNeuron.of(SMALL)

    def loss(a, w):
        return 0.5 * np.sum((SMALL.X @ (a * w) - SMALL.y) ** 2)

    a, w, step = SMALL.a0, SMALL.w0, 1e-6
    by_outer = (loss(a + step, w) - loss(a - step, w)) / (2 * step)
    by_inner = [(loss(a, w + step * e) - loss(a, w - step * e)) / (2 * step) for e in np.eye(2)]
    velocity = reduced.velocity(reduced.start)
    assert velocity[0] == pytest.approx(-2 * by_outer, rel=1e-8)
    assert reduced.vectors @ velocity[1:] == pytest.approx(-np.array(by_inner) / 3, rel=1e-8)


def test_the_jacobian_is_that_of_finite_differences_of_the_velocity():
    reduced = ReducedNeuron.of(SMALL)
    state, step = reduced.start, 1e-6
    columns = [
        (reduced.velocity(state + step * e) - reduced.velocity(state - step * e)) / (2 * step)
        for e in np.eye(len(state))
    ]
    assert reduced.jacobian(state) == pytest.approx(np.array(columns).T, abs=1e-8)


@pytest.mark.parametrize("name", ["balanced-neuron", "two-rates"])
def test_the_integrated_flow_lies_in_the_enclosure(name):
    found = problem(name)
    with flint.ctx.workprec(160):
        a, w = enclosed_weights(found, flint.fmpq(1, 4))
        assert max(float(each.rad()) for each in (a, *w)) < 1e-15
        seen = [float(each.mid()) for each in (a, *w)]
    outer, inner = gradient_flow(found, duration=0.25).weights_at(0.25)
    assert [float(outer), *inner] == pytest.approx(seen, abs=1e-11)


def test_the_enclosure_contains_what_the_series_says():
    a, w = weight_series(SMALL, 30)
    time = flint.fmpq(1, 50)
    with flint.ctx.workprec(160):
        enclosed = enclosed_weights(SMALL, time)
        for ball, series in zip((enclosed[0], *enclosed[1]), (a, *w), strict=True):
            summed = sum((c * time**n for n, c in enumerate(series)), flint.fmpq(0))
            assert (ball - flint.arb(summed)).contains(flint.arb(0, 1e-30)) or abs(ball - flint.arb(summed)) < 1e-20


def test_a_solution_that_is_known_is_enclosed():
    # One balanced input at the goal's side: s' = 2 s (2 - s), s(0) = 1, so s = 2/(1 + e^(-4t)).
    with flint.ctx.workprec(160):
        a, w = enclosed_weights(SingleNeuron([[1]], [2], 1, [1]), 1)
        s = 2 / (1 + flint.arb(-4).exp())
        assert (a * w[0]).overlaps(s)
        assert float((a * w[0]).rad()) < 1e-18


def test_the_time_zero_is_the_start():
    a, w = enclosed_weights(SMALL, 0)
    assert a == flint.arb(flint.fmpq(1, 2))
    assert w[1] == -1


def test_a_time_that_is_far_is_given_up(monkeypatch):
    monkeypatch.setattr(enclosed_flow, "MOST_STEPS", 20)
    with pytest.raises(IntegrationFailed, match="20 steps do not reach the time"):
        enclosed_weights(SMALL, 10**9)


@pytest.mark.parametrize("time", [-1, flint.arb("nan"), flint.arb(0, 1)])
def test_a_time_that_is_none_is_refused(time):
    with pytest.raises(InputError, match="time: a finite number that is not negative is required"):
        enclosed_weights(SMALL, time)


def test_a_start_without_motion_is_an_end():
    flow = gradient_flow(problem("resting-neuron"))
    assert (flow.settled, len(flow.times)) == (True, 1)
    assert flow.at(0.0) == pytest.approx([0, 0])


def test_starts_on_either_side_of_the_saddle_end_on_either_side():
    ends = [gradient_flow(problem(name)).outer[-1] for name in ("above-the-saddle", "below-the-saddle")]
    assert ends == pytest.approx([np.sqrt(2), -np.sqrt(2)], abs=1e-8)


def test_a_stiff_flow_is_followed_to_its_end(monkeypatch):
    monkeypatch.setattr(sys.modules[gradient_flow.__module__], "EXPLICIT", 200)
    flow = gradient_flow(problem("very-delayed-neuron"), tolerance=1e-8)
    assert flow.method == "DOP853 and Radau"
    assert flow.maps[-1] == pytest.approx([1, 0], abs=1e-5)


def test_dense_output_is_between_the_steps_and_nowhere_else():
    flow = gradient_flow(SMALL, duration=1.0)
    outer, inner = flow.weights_at([[0.0, 1.0]])
    assert (outer.shape, inner.shape) == ((1, 2), (1, 2, 2))
    assert outer[0] == pytest.approx([flow.outer[0], flow.outer[-1]])
    assert flow.at(0.5).shape == (2,)
    for outside in (-0.1, 1.1, np.nan):
        with pytest.raises(InputError, match="times must lie in"):
            flow.at(outside)


def test_a_trajectory_prints_and_becomes_a_table():
    flow = gradient_flow(SMALL)
    assert str(flow).startswith("neuron: gradient flow by DOP853, ")
    frame = flow.to_frame()
    assert list(frame.columns) == ["loss", "a", "w1", "w2"]
    assert frame["loss"].is_monotonic_decreasing
    with pytest.raises(ValueError, match="read-only"):
        flow.outer[0] = 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"tolerance": 1e-20}, "tolerance must lie in"),
        ({"duration": -1.0}, "duration must be positive and finite"),
        ({"duration": np.inf}, "duration must be positive and finite"),
    ],
)
def test_numbers_out_of_range_are_refused(options, expected):
    with pytest.raises(InputError, match=expected):
        gradient_flow(SMALL, **options)


def test_a_problem_without_a_start_is_refused():
    with pytest.raises(InputError, match="the weights at the start are required"):
        gradient_flow(SingleNeuron([[1]], [1]))


def test_data_whose_squares_overflow_are_refused():
    with pytest.raises(IntegrationFailed, match="squares of the data must be finite"):
        gradient_flow(SingleNeuron([[1e200]], [1], 1, [1]))


def test_a_flow_from_a_large_map_rests_at_the_goal_and_not_before():
    flow = gradient_flow(SingleNeuron([[1, 0], [0, 1]], [1, 0], 1000, [1000, 0]), tolerance=1e-9)
    assert np.abs(flow.maps[-1] - [1, 0]).max() < 1e-5


def test_a_slow_stage_far_downstream_is_no_saddle():
    with pytest.raises(IntegrationFailed, match="does not come to rest"):
        gradient_flow(SingleNeuron([[1, 0], [0, 1]], [1, 0], -1e5, [1e5, 1e3]), tolerance=1e-9)


def test_a_start_in_which_the_targets_are_lost_is_refused():
    with pytest.raises(IntegrationFailed, match="take smaller weights"):
        gradient_flow(SingleNeuron([[1, 0], [0, 1]], [1, 0], 1e60, [1e60, 0]))
