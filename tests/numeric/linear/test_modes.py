from dataclasses import replace

import numpy as np
import pytest

from agf_theory.numeric import linear
from agf_theory.numeric.linear.modes import Modes, by_modes, by_singular_values
from agf_theory.problems import InitScale, LinearNetwork, zoo

REVERSED = zoo.get("reversed", LinearNetwork)


@pytest.fixture(scope="module")
def flow():
    return linear.gradient_flow(REVERSED, InitScale("1e-20"))


def entered(result):
    return [event.entered for event in result.events]


def test_modes_are_ordered_by_what_they_take_off_the_loss():
    modes = Modes.of(REVERSED)
    assert modes.falls == pytest.approx([2, 1])
    assert np.abs(modes.left) == pytest.approx(np.array([[0, 1], [1, 0]]), abs=1e-15)
    assert modes.names == ("μ1", "μ2")


def test_the_best_map_holds_all_of_every_mode_and_zero_none():
    problem = zoo.get("irreducible", LinearNetwork)
    modes = Modes.of(problem)
    best = problem.sigma_yx @ np.linalg.inv(problem.sigma_xx)
    assert modes.shares(best) == pytest.approx(np.ones(3))
    assert modes.shares(np.zeros((4, 3, 3))).tolist() == np.zeros((4, 3)).tolist()
    first = np.outer(modes.left[:, 0], modes.left[:, 0]) @ best
    assert modes.shares(first) == pytest.approx([1, 0, 0], abs=1e-12)
    assert modes.learned(first, 1) == {0}
    assert modes.level(frozenset({0})) == pytest.approx(modes.moments.loss(first))


def test_levels_contain_the_noise_floor():
    assert Modes.of(zoo.get("noise-floor", LinearNetwork)).level(frozenset({0, 1})) == pytest.approx(0.75)


def test_without_signal_there_are_no_modes():
    problem = zoo.get("no-signal", LinearNetwork)
    assert Modes.of(problem).names == ()
    assert len(by_modes(problem, linear.limiting_sequence(problem))) == 0


def test_the_recursion_and_the_limit_of_the_reversed_problem_learn_opposite_modes_first():
    limit = by_modes(REVERSED, linear.limiting_sequence(REVERSED))
    conjecture = by_modes(REVERSED, linear.limiting_sequence(REVERSED, rule="recursion"))
    assert entered(limit) == [(1,), (0,)]
    assert entered(conjecture) == [(0,), (1,)]


def test_jumps_of_the_flow_carry_the_modes_and_how_much_of_each_is_learned(flow):
    first, second = by_modes(REVERSED, flow).jumps()
    assert (first.entered, second.entered) == ((1,), (0,))
    assert first.coefficients == pytest.approx([0, 1], abs=1e-6)
    assert second.coefficients == pytest.approx([1, 1], abs=1e-6)
    assert (first.time, first.loss) == (flow.jumps()[0].time, flow.jumps()[0].loss)
    assert by_modes(REVERSED, flow).notes == flow.notes


def test_a_plateau_that_is_no_saddle_yet_is_said_to_be_none():
    problem = zoo.get("irreducible", LinearNetwork)
    (note,) = by_modes(problem, linear.gradient_flow(problem, InitScale("1e-8"))).notes
    assert note.startswith("does not come to rest at a saddle half-way to the next jump: after jump ")
    assert "after jump 2 loss 0.75" in note
    assert note.endswith("at the saddle 0.73958")


def test_a_flow_that_trades_one_mode_for_another_says_who_leaves():
    problem = zoo.get("nearly-reversed-0.1", LinearNetwork)
    events = [
        (jump.entered, jump.left)
        for jump in by_modes(problem, linear.gradient_flow(problem, InitScale("1e-8"))).jumps()
    ]
    assert events == [((1,), ()), ((0,), ())]


def test_saddles_become_singular_values(flow):
    limit = by_singular_values(REVERSED, linear.limiting_sequence(REVERSED))
    assert limit.saddles == pytest.approx(np.array([[0.5, 0], [2, 0.5]]))
    assert limit.names == ("s₁", "s₂")


def test_a_flow_in_singular_values_is_sampled_more_finely_between_the_same_ends(flow):
    finer = by_singular_values(REVERSED, flow)
    assert len(finer.times) == 6 * (len(flow.times) - 1) + 1
    assert finer.times[::6] == pytest.approx(flow.times, abs=1e-15)
    assert finer.losses[::6] == pytest.approx(flow.losses, abs=1e-9)  # of the integrator, 1e-10 a step
    assert finer.coefficients[::6] == pytest.approx(flow.coefficients, abs=1e-8)
    assert {len(finer.dual), len(finer.utilities), len(finer.coefficients)} == {len(finer.times)}
    assert finer.jump_times().tolist() == flow.jump_times().tolist()


def test_more_than_nine_singular_values_have_names():
    problem = LinearNetwork(np.eye(11), np.diag(np.arange(11, 0, -1)))
    names = by_singular_values(problem, linear.limiting_sequence(problem)).names
    assert names[8:] == ("s₉", "s₁₀", "s₁₁")


@pytest.mark.parametrize("arithmetic", ["exact", "ball"])
def test_saddles_in_fractions_and_balls_are_named_as_those_in_floats_are(arithmetic):
    exact = linear.limiting_sequence(REVERSED, arithmetic=arithmetic)
    assert entered(by_modes(REVERSED, exact)) == [(1,), (0,)]
    assert by_modes(REVERSED, exact).jump_times is exact.jump_times
    assert by_singular_values(REVERSED, exact).saddles == pytest.approx(np.array([[0.5, 0], [2, 0.5]]))


def test_half_crossings_lie_at_the_flank_even_where_jumps_are_close():
    problem = LinearNetwork(np.eye(3), [[1, 0, 0], [0, "99/100", 0], [0, 0, "98/100"]])
    flow = linear.gradient_flow(problem, InitScale("1e-6"))
    halves, steps = flow.jump_times("half"), flow.dual
    for k, half in enumerate(halves):
        settled = steps[-1, k] * InitScale("1e-6").log_inverse
        first = int(np.argmax(steps[:, k] * InitScale("1e-6").log_inverse > settled - np.log(2) / 2))
        assert flow.times[first - 1] * 0.9 <= half <= flow.times[first] * 1.1


def test_a_jump_whose_plateau_was_not_seen_has_no_time(flow):
    first, second = flow.jumps()
    for seen in (replace(second, time=1.6 * second.half_crossing), replace(second, error=np.inf)):
        found = by_modes(REVERSED, replace(flow, find_jumps=lambda seen=seen: (first, seen))).jumps()
        assert found[0].time == first.time
        assert np.isnan(found[1].time)
    unseen = replace(flow, find_jumps=lambda: (first, replace(second, error=np.inf)))
    assert [jump.time for jump in by_singular_values(REVERSED, unseen).jumps()] == [first.time]
