import numpy as np
import pytest

from agf_theory.figures.time_axis import TimeAxis, time_axis


def test_jumps_within_a_decade_are_shown_linearly_from_zero():
    axis = time_axis([0.5, 1.0, 2.5])
    assert not axis.logarithmic
    assert axis.start == 0
    assert axis.end == pytest.approx(2.8)


def test_jumps_over_decades_are_shown_on_a_logarithmic_axis():
    axis = time_axis([0.02, 1.0, 200.0])
    assert axis.logarithmic
    assert 0 < axis.start < 0.02
    assert axis.end > 200


@pytest.mark.parametrize("times", [[], [float("nan")], [0.0]])
def test_without_jumps_there_is_still_an_axis(times):
    assert time_axis(times) == TimeAxis(False, 0.0, 1.0)


def test_a_single_jump_has_room_on_both_sides():
    axis = time_axis([3.0])
    assert axis.start < 3.0 < axis.end


def test_stairs_have_a_corner_before_and_after_every_jump():
    times, values = TimeAxis(False, 0.0, 3.0).stairs(np.array([0.0, 1.0, 2.0]), np.array([5.0, 4.0, 3.0]))
    assert times.tolist() == [0, 1, 1, 2, 2, 3]
    assert values.tolist() == [5, 5, 4, 4, 3, 3]
