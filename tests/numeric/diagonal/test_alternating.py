import re
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric.diagonal import alternating_gradient_flows, pesme_flammarion
from agf_theory.numeric.diagonal.ball_alternating import BallAlternatingFlow
from agf_theory.numeric.diagonal.float_alternating import FloatAlternatingFlow
from agf_theory.numeric.framework import run_alternating_gradient_flows
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

SCALES = ("0.6", "0.1", "1e-3", "1e-8", "1e-100")
EVENTFUL = (
    "deactivation-2d",
    "sign-change",
    "reactivation",
    "waits-at-threshold",
    "two-leavers",
    "two-leavers-degenerate",
    "exact-tie",
    "tie-one-stays-at-zero",
    "non-unique-face",
    "duplicate-columns",
    "opposite-columns",
    "collinear-columns",
    "zero-column",
    "one-by-one",
)


def exact_ball(value):
    return arb(fmpq(value.numerator, value.denominator))


def ball_of(digits):
    """A ball around a number of order one given to 55 digits."""
    return arb(digits, 1e-54)


def test_two_coordinates_by_hand():
    # ρ(1/10) = arccosh(50)/(2 log 10) = 0.99997828…, times 2/3 and 2
    sequence = alternating_gradient_flows(DiagonalNetwork([[1, 0], [0, 1]], [1, 3]), InitScale("1/10"))
    assert sequence.jump_times == pytest.approx(np.arccosh(50) / (2 * np.log(10)) * np.array([2 / 3, 2]), rel=1e-14)
    assert sequence.saddles.tolist() == [[0, 3], [1, 3]]
    assert sequence.initial_loss == 2.5
    assert sequence.loss_levels == pytest.approx([0.25, 0], abs=1e-30)


@pytest.mark.parametrize("convention", ["paper", "slides"])
@pytest.mark.parametrize("name", EVENTFUL)
def test_balls_enclose_the_limit_on_a_rescaled_clock(name, convention, clock_ratio):
    problem = zoo.get(name)
    limit = pesme_flammarion(problem, arithmetic="exact")
    for text in SCALES:
        scale = InitScale(text)
        sequence = alternating_gradient_flows(problem, scale, arithmetic="ball", convention=convention)
        assert sequence.events == limit.events
        assert sequence.unique == limit.unique
        for k in range(len(limit)):
            with ctx.workprec(300):
                predicted = exact_ball(limit.jump_times[k]) * ball_of(clock_ratio(scale, convention))
                assert predicted.overlaps(sequence.jump_times[k])
                assert sequence.jump_times[k].rad() < arb("1e-30")
                for ball, value in zip(sequence.saddles[k], limit.saddles[k], strict=True):
                    assert ball.contains(exact_ball(value))
                assert sequence.loss_levels[k].contains(exact_ball(limit.loss_levels[k]))


@settings(max_examples=40)
@given(data=st.data())
def test_balls_enclose_the_limit_on_every_drawn_design(data, small_designs, clock_ratio):
    problem = data.draw(small_designs)
    scale = InitScale(data.draw(st.sampled_from(SCALES)))
    limit = pesme_flammarion(problem, arithmetic="exact")
    sequence = alternating_gradient_flows(problem, scale, arithmetic="ball")
    assert sequence.events == limit.events
    assert sequence.unique == limit.unique
    with ctx.workprec(300):
        for ball, time in zip(sequence.jump_times, limit.jump_times, strict=True):
            assert ball.overlaps(exact_ball(time) * ball_of(clock_ratio(scale)))
            assert ball.rad() < arb("1e-30")


@settings(max_examples=60)
@given(data=st.data())
def test_floats_follow_the_limit_on_a_rescaled_clock(data, small_designs, clock_ratio):
    problem = data.draw(small_designs)
    scale = InitScale(data.draw(st.sampled_from(SCALES)))
    limit = pesme_flammarion(problem, arithmetic="exact")
    sequence = alternating_gradient_flows(problem, scale)
    assert len(sequence) == len(limit)
    ratio = float(clock_ratio(scale))
    # condition of small designs below 1e8, see the limiting sequence's tests
    assert sequence.jump_times == pytest.approx([ratio * float(t) for t in limit.jump_times], rel=1e-8)
    assert sequence.loss_levels == pytest.approx([float(v) for v in limit.loss_levels], abs=1e-8)
    fits = [problem.X @ np.array([float(v) for v in row]) for row in limit.saddles]
    for saddle, fit in zip(sequence.saddles, fits, strict=True):
        assert problem.X @ saddle == pytest.approx(fit, abs=1e-8)
    for events, expected, single in zip(sequence.events, limit.events, limit.unique, strict=True):
        if single and all(limit.unique):
            assert events == expected


@pytest.mark.parametrize("name", ["diabetes", "gaussian", "wide", "square", "ar1", "badly-scaled", "sparse-noiseless"])
def test_floats_follow_the_limit_on_larger_problems(name, clock_ratio):
    problem, scale = zoo.get(name), InitScale("1e-8")
    limit, sequence = pesme_flammarion(problem), alternating_gradient_flows(problem, scale)
    assert sequence.events == limit.events
    ratio = float(clock_ratio(scale))
    times = np.array([float(t) for t in limit.jump_times])
    assert sequence.jump_times == pytest.approx(ratio * times, rel=1e-9)  # conditions below 1e6


def test_the_paper_s_clock_is_right_to_the_fourth_power_and_the_slides_one_only_to_a_logarithm():
    problem = zoo.get("deactivation-2d")
    limit = pesme_flammarion(problem, arithmetic="exact")
    exponents = (1, 2, 3, 4)
    errors = []
    for exponent in exponents:
        with ctx.workprec(200):
            times = alternating_gradient_flows(problem, InitScale(f"1e-{exponent}"), arithmetic="ball").jump_times
            errors.append(
                [float(abs(time / exact_ball(t) - 1)) for time, t in zip(times, limit.jump_times, strict=True)]
            )
    # ρ = 1 − α⁴/(2 log(1/α)) + …: fourth power after division by the logarithm
    fitted = np.polyfit(exponents, np.log10(np.array(errors) * np.array(exponents)[:, None]), 1)[0]
    assert fitted == pytest.approx(-4, abs=0.01)
    slides = [alternating_gradient_flows(problem, InitScale(f"1e-{k}"), convention="slides") for k in (4, 40, 400)]
    constant = [
        (seq.jump_times[0] / float(limit.jump_times[0]) - 1) * k for seq, k in zip(slides, (4, 40, 400), strict=True)
    ]
    assert constant == pytest.approx([np.log10(2) / 2] * 3, rel=1e-6)


def test_a_dormant_neuron_stays_at_the_threshold_where_activation_left_it():
    problem = zoo.get("deactivation-2d")
    system = FloatAlternatingFlow(problem, InitScale("1e-3"))
    utilities = []
    run_alternating_gradient_flows(
        system, name="diagonal", most_jumps=9, record=lambda system: utilities.append(system.accumulated_utilities())
    )
    # at the threshold ‖θ‖ = ‖θ(0)‖ exp(ηS) = 1 with ‖θ(0)‖ = √2 α
    threshold = 1 - np.log(np.sqrt(2)) / np.log(1000)
    assert utilities[0][0] == pytest.approx(threshold, rel=1e-12)
    assert utilities[1] == pytest.approx([threshold] * 2, rel=1e-12)  # x1 has just left


def test_resetting_a_dormant_neuron_gives_other_jump_times():
    """The mutant of claim DIAG-08: back to the initial scale instead of the threshold."""

    class Reset(FloatAlternatingFlow):
        def return_to_dormancy(self, neuron, sign):
            self.angles[neuron] = 0.0

    for name in ("deactivation-2d", "sign-change", "reactivation"):
        problem, scale = zoo.get(name), InitScale("1e-8")
        right = alternating_gradient_flows(problem, scale)
        wrong = run_alternating_gradient_flows(Reset(problem, scale), name="diagonal", most_jumps=20)
        assert np.abs(wrong.jump_times[-1] / right.jump_times[-1] - 1) > 0.01
        assert wrong.jump_times[0] == right.jump_times[0]


def test_forgetting_who_waits_misses_the_return_without_a_hit():
    class Forgetful(FloatAlternatingFlow):
        def return_to_dormancy(self, neuron, sign):
            super().return_to_dormancy(neuron, sign)
            self.waiting.clear()

    problem, scale = zoo.get("waits-at-threshold"), InitScale("1e-8")
    right = alternating_gradient_flows(problem, scale)
    wrong = run_alternating_gradient_flows(Forgetful(problem, scale), name="diagonal", most_jumps=20)
    assert right.events[2].entered == (0, 1)
    assert wrong.events[2].entered != (0, 1)


def test_clipping_once_instead_of_minimising_gives_another_saddle():
    class ClipOnce(FloatAlternatingFlow):
        def _minimise(self, candidates):
            names = list(candidates)
            values = np.linalg.lstsq(self.problem.X[:, names], self.problem.y, rcond=None)[0]
            return {i: v for i, v in zip(names, values, strict=True) if v * candidates[i] > 0}, True

    problem, scale = zoo.get("deactivation-2d"), InitScale("1e-8")
    right = alternating_gradient_flows(problem, scale)
    wrong = run_alternating_gradient_flows(ClipOnce(problem, scale), name="diagonal", most_jumps=20)
    assert wrong.saddles[0] == pytest.approx(right.saddles[0])
    assert np.abs(wrong.saddles[1] - right.saddles[1]).max() > 0.1


def test_ties_are_said():
    for arithmetic, reason in (("float", "to within the rounding errors"), ("ball", "enclosures overlap at 200 bits")):
        sequence = alternating_gradient_flows(zoo.get("exact-tie"), InitScale("1e-8"), arithmetic=arithmetic)
        assert sequence.events[1].entered == (1, 2)
        (note,) = sequence.notes
        assert "jump 2: x2, x3 reach the threshold together" in note
        assert re.search(reason, note)


def test_a_leaver_on_the_verge_is_said_by_floats_and_known_by_balls():
    """Noiseless data: x1 ends at exactly zero with a gradient of exactly zero."""
    rows = [["-0.192", "-0.016"], ["1.114", "0.904"], ["-1.374", "-0.186"]]
    problem = DiagonalNetwork(rows, ["0.016", "-0.904", "0.186"])
    floats, balls = (alternating_gradient_flows(problem, InitScale("1e-8"), arithmetic=a) for a in ("float", "ball"))
    assert floats.events == balls.events
    assert floats.events[1].left == (0,)
    assert balls.notes == ()
    assert floats.notes[0].startswith("jump 2: x1 taken to wait at the threshold")


def test_uniqueness_in_floats_is_that_of_rationals():
    # third column = half the sum of the others: unique with opposite signs allowed, not with these
    for rows, target in (
        ([[1, 1, 1], [-1, -1, 0]], [-2, 0]),  # x1, x2 wait: no mixture of them lies in the span of x3
        ([[1, 0, "1/2"], [0, 1, "1/2"]], [1, 3]),
        ([[1, 1, 0], [2, 2, 1], [0, 0, 1]], [1, 3, 2]),
        ([[1, -1, 0], [0, 0, 1]], [1, 1]),
    ):
        problem = DiagonalNetwork(rows, target)
        limit = pesme_flammarion(problem, arithmetic="exact")
        assert alternating_gradient_flows(problem, InitScale("1e-8")).unique == limit.unique


def test_ties_are_recognised_where_rounding_errors_have_grown(clock_ratio):
    """The last four columns depend on each other: three of them tie, to 1e-12 of the duration after three jumps."""
    rows = [
        ["-0.626", "-0.527", "0.46", "-0.804", "-1.823", "-1.269"],
        ["-1.112", "1.466", "1.16", "1.837", "-3.061", "-3.803"],
        ["-0.05", "-0.649", "1.99", "1.354", "-2.027", "-6.033"],
        ["-0.264", "-1.389", "-0.065", "-1.62", "-0.365", "0.097"],
        ["0.897", "0.716", "0.082", "-2.103", "-2.086", "3.552"],
        ["0.235", "0.327", "-0.564", "0.445", "1.481", "1.245"],
        ["0.225", "-1.091", "-0.508", "0.509", "2.841", "-0.359"],
    ]
    problem = DiagonalNetwork(rows, ["1.216", "0.374", "-2.332", "0.122", "-1.227", "-2.173", "-0.088"])
    limit, sequence = pesme_flammarion(problem), alternating_gradient_flows(problem, InitScale("1e-8"))
    assert sequence.events == limit.events
    ratio = float(clock_ratio(InitScale("1e-8")))
    assert sequence.jump_times == pytest.approx([ratio * float(t) for t in limit.jump_times], rel=1e-10)
    assert "jump 4: x2, x3, x5 reach the threshold together" in sequence.notes[0]


def test_a_near_tie_within_reach_of_floats_keeps_its_order():
    sequence = alternating_gradient_flows(zoo.get("near-tie"), InitScale("1e-8"))
    assert [event.entered for event in sequence.events] == [(0,), (1,)]
    assert sequence.notes == ()


def test_a_tie_below_floats_is_one_in_floats_said_in_a_note_and_two_jumps_in_balls():
    problem, scale = zoo.get("tie-below-floats"), InitScale("1e-8")
    floating = alternating_gradient_flows(problem, scale)
    assert [event.entered for event in floating.events] == [(0, 1)]
    assert "reach the threshold together" in floating.notes[0]
    balls = alternating_gradient_flows(problem, scale, arithmetic="ball")
    assert [event.entered for event in balls.events] == [(0,), (1,)]


def test_more_bits_give_narrower_balls():
    problem, scale = zoo.get("two-leavers"), InitScale("1e-8")
    coarse, fine = (
        alternating_gradient_flows(problem, scale, arithmetic="ball", precision=bits) for bits in (100, 400)
    )
    for wide, narrow in zip(coarse.jump_times, fine.jump_times, strict=True):
        assert wide.overlaps(narrow)
        assert narrow.rad() < wide.rad() * 2.0**-280


@pytest.mark.parametrize("name", ["orthogonal-target", "zero-target", "zero-design"])
@pytest.mark.parametrize("arithmetic", ["float", "ball"])
def test_nothing_to_learn_gives_no_jump(name, arithmetic):
    problem = zoo.get(name)
    sequence = alternating_gradient_flows(problem, InitScale("1e-8"), arithmetic=arithmetic)
    assert (len(sequence), sequence.saddles.shape) == (0, (0, problem.d))


@pytest.mark.parametrize("arithmetic", ["float", "ball"])
def test_scales_beyond_floats_and_close_to_the_edge(arithmetic):
    problem = zoo.get("one-coordinate")
    limit = Fraction(2, 7)
    tiny = alternating_gradient_flows(problem, InitScale("1e-100000"), arithmetic=arithmetic)
    assert float(tiny.jump_times[0]) == pytest.approx(float(limit), rel=1e-14)
    edge = alternating_gradient_flows(problem, InitScale("0.7071"), arithmetic=arithmetic)
    # arccosh(1 + δ) ≈ √(2δ), δ = 1/(2·0.7071²) − 1 = 1.92e-5
    assert float(edge.jump_times[0]) == pytest.approx(
        float(limit) * np.arccosh(1 / (2 * 0.7071**2)) / (2 * np.log(1 / 0.7071)), rel=1e-9
    )
    with pytest.raises(HypothesisNotMet, match="alpha < 1/√2 in the paper convention, got alpha = 0.7072"):
        alternating_gradient_flows(problem, InitScale("0.7072"), arithmetic=arithmetic)
    slides = alternating_gradient_flows(problem, InitScale("0.99"), convention="slides", arithmetic=arithmetic)
    assert float(slides.jump_times[0]) > 0


def test_bad_options_are_named():
    problem, scale = zoo.get("one-coordinate"), InitScale("1e-8")
    with pytest.raises(InputError, match="arithmetic must be 'float' or 'ball', got 'exact'"):
        alternating_gradient_flows(problem, scale, arithmetic="exact")
    for bits in (63, 100_001):
        with pytest.raises(InputError, match=f"between 64 and 100000 bits, got {bits}"):
            alternating_gradient_flows(problem, scale, arithmetic="ball", precision=bits)
    with pytest.raises(InputError, match="convention must be one of paper, slides, got 'other'"):
        alternating_gradient_flows(problem, scale, convention="other")


def test_the_precision_in_force_is_left_as_it_was():
    before = ctx.prec
    alternating_gradient_flows(zoo.get("one-coordinate"), InitScale("1e-8"), arithmetic="ball", precision=333)
    assert ctx.prec == before


def test_ball_system_states_its_own_arithmetic():
    assert BallAlternatingFlow(zoo.get("one-coordinate"), InitScale("1e-8")).arithmetic == "ball"


def test_a_wide_ball_ties_only_with_what_the_narrowest_bound_cannot_exclude():
    system = BallAlternatingFlow(zoo.get("one-coordinate"), InitScale("1e-8"))
    wide, first, later = arb(5, 4), arb("1.5", "0.5"), arb("3.5", "0.4")
    together, neurons = system._earliest({0: wide, 1: first, 2: later})
    assert neurons == (0, 1)
    assert together.contains(wide)
    assert together.contains(first)
