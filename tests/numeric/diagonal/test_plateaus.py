import numpy as np
import pytest

from agf_theory.numeric.diagonal import gradient_flow, pesme_flammarion
from agf_theory.problems import DiagonalNetwork, InitScale, zoo


def jumps_of(problem, text, **options):
    return gradient_flow(problem, InitScale(text), **options).jumps()


def test_one_jump_has_its_plateau_after_it():
    (jump,) = jumps_of(zoo.get("one-coordinate"), "1e-30")
    assert (jump.entered, jump.left) == ((0,), ())
    assert jump.coefficients == pytest.approx([1.4], rel=1e-9)
    assert jump.plateau_time > jump.time
    assert jump.loss == pytest.approx(0.05, rel=1e-8)  # residual (2/5, -1/5): (0.16 + 0.04)/4


def test_a_flow_stopped_before_anything_happens_has_no_jump():
    assert jumps_of(zoo.get("one-coordinate"), "1e-30", duration=0.05) == ()


def test_a_flow_stopped_on_a_plateau_has_the_jumps_before_it():
    problem = zoo.get("deactivation-2d")
    whole = jumps_of(problem, "1e-30")
    middle = (whole[0].time + whole[1].time) / 2
    (first,) = jumps_of(problem, "1e-30", duration=middle)
    assert first.time == pytest.approx(whole[0].time, abs=first.error + whole[0].error)


def test_two_joiners_closer_than_a_plateau_are_one_jump():
    (jump,) = jumps_of(zoo.get("near-tie"), "1e-8")
    assert jump.entered == (0, 1)


def test_the_fastest_of_several_joiners_gives_the_time():
    # from the origin s moves at the rate b, so that s = tb is met at t = s/b; x1, with b = 1, is ahead of x2
    problem = DiagonalNetwork([[1, 0], [0, 1]], [2, 1.9])
    (jump,) = jumps_of(problem, "1e-4")
    assert jump.entered == (0, 1)
    assert jump.time == pytest.approx(float(jump.dual[0]), rel=1e-9)
    assert abs(jump.time - float(jump.dual[1]) / 0.95) > 1e-3


def test_a_zero_column_takes_part_in_no_jump():
    problem = zoo.get("zero-column")
    (zero,) = (i for i in range(problem.d) if not problem.X[:, i].any())
    jumps = jumps_of(problem, "1e-30")
    assert jumps
    assert all(zero not in jump.entered + jump.left for jump in jumps)


def test_equal_columns_jump_together():
    assert (0, 1) in [jump.entered for jump in jumps_of(zoo.get("duplicate-columns"), "1e-30")]


@pytest.mark.parametrize("name", ["deactivation-2d", "two-leavers", "sign-change", "reactivation", "wide"])
def test_who_enters_and_leaves_is_the_limit_s_at_small_scales(name):
    limit = pesme_flammarion(zoo.get(name))
    jumps = jumps_of(zoo.get(name), "1e-200")
    assert [(jump.entered, jump.left) for jump in jumps] == [(event.entered, event.left) for event in limit.events]
    for jump, saddle in zip(jumps, limit.saddles, strict=True):
        assert jump.coefficients == pytest.approx([float(v) for v in saddle], abs=1e-7)


@pytest.mark.parametrize("scale", [0.1, 1.0, 1e6])
def test_jumps_are_found_whatever_the_units_of_the_columns(scale):
    problem = zoo.get("deactivation-2d")
    scaled = DiagonalNetwork(problem.X * np.array([1.0, scale]), problem.y)
    assert [(jump.entered, jump.left) for jump in jumps_of(scaled, "1e-200")] == [
        (event.entered, event.left) for event in pesme_flammarion(scaled).events
    ]


def test_a_plateau_shorter_than_the_jump_before_it_is_not_made_up():
    # x2 a million times slower: x1's way from 1 to -1, of length two, passes within x2's jump of width 1e6/log(1/α)
    problem = zoo.get("deactivation-2d")
    slow = DiagonalNetwork(problem.X * np.array([1.0, 1e-6]), problem.y)
    assert [(jump.entered, jump.left) for jump in jumps_of(slow, "1e-200")] == [((0,), ()), ((1,), ())]


def test_announced_errors_cover_what_a_finer_integration_changes():
    problem, scale = zoo.get("reactivation"), InitScale("1e-30")
    coarse, fine = (gradient_flow(problem, scale, tolerance=tolerance) for tolerance in (1e-8, 1e-12))
    assert (np.abs(coarse.jump_times() - fine.jump_times()) <= coarse.jump_errors() + fine.jump_errors()).all()
    assert (fine.jump_errors() < 1e-3).all()


def test_the_half_crossing_is_where_the_joiner_first_has_half_its_value():
    problem = zoo.get("two-leavers")
    trajectory = gradient_flow(problem, InitScale("1e-30"))
    for jump in trajectory.jumps():
        (joiner,) = jump.entered
        half = trajectory.at(jump.half_crossing)[joiner]
        assert half == pytest.approx(jump.coefficients[joiner] / 2, rel=1e-6)


def test_a_change_that_lowers_the_loss_by_no_more_than_rounding_is_no_jump():
    # x2 lowers the loss, 1/3 at the start, by the square of its label over six: by 2e-13, and by 2e-15
    def jumps(second):
        problem = DiagonalNetwork([["1", "0"], ["0", "1"], ["0", "0"]], ["1", second, "1"])
        return jumps_of(problem, "1e-30", tolerance=1e-12)

    assert [jump.entered for jump in jumps("1e-6")] == [(0,), (1,)]
    assert [jump.entered for jump in jumps("1e-7")] == [(0,)]


def test_a_plateau_is_looked_at_between_the_jumps_and_not_at_a_dip_of_the_noise():
    problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "1e-6"])
    first, second = jumps_of(problem, "1e-30", tolerance=1e-12)
    assert 0.2 * second.time < first.plateau_time < 0.8 * second.time
