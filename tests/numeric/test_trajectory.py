import numpy as np
import pandas as pd
import pytest

from agf_theory.errors import UnknownName
from agf_theory.numeric import Jump, Trajectory

JUMP = Jump(
    time=0.7,
    error=1e-9,
    half_crossing=0.72,
    entered=(1,),
    left=(0,),
    coefficients=np.array([0.0, 2.0]),
    dual=np.array([0.5, 1.1]),
    plateau_time=0.9,
    loss=0.25,
)


def trajectory(find_jumps=lambda: (JUMP,), **changes):
    fields = {
        "system": "toy",
        "method": "by hand",
        "clock": "seconds",
        "names": ("age", "bmi"),
        "times": np.array([0.0, 1.0]),
        "losses": np.array([2.5, 0.25]),
        "coefficients": np.array([[0.0, 0.0], [0.0, 2.0]]),
        "dual": np.zeros((2, 2)),
        "utilities": np.zeros((2, 2)),
        "at": lambda times: np.multiply.outer(np.asarray(times), [0.0, 2.0]),
        "find_jumps": find_jumps,
    }
    return Trajectory(**{**fields, **changes})


def test_jumps_are_looked_for_once():
    calls = []
    found = trajectory(lambda: calls.append(1) or (JUMP,))
    assert found.jumps() is found.jumps()
    assert calls == [1]


def test_jump_times_by_either_rule_and_their_errors():
    found = trajectory()
    assert found.jump_times().tolist() == [0.7]
    assert found.jump_times("half").tolist() == [0.72]
    assert found.jump_errors().tolist() == [1e-9]


def test_an_unknown_rule_is_named_with_those_there_are():
    with pytest.raises(UnknownName, match="must be one of extrapolated, half, got 'peak'"):
        trajectory().jump_times("peak")


def test_the_frame_has_the_loss_and_a_column_a_name():
    frame = trajectory().to_frame()
    expected = pd.DataFrame(
        {"loss": [2.5, 0.25], "age": [0.0, 0.0], "bmi": [0.0, 2.0]}, index=pd.Index([0.0, 1.0], name="time")
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_a_column_that_is_itself_named_loss_is_kept():
    frame = trajectory(names=("loss", "bmi")).to_frame()
    assert list(frame.columns) == ["loss", "loss", "bmi"]


def test_its_text_tells_the_run_and_every_jump():
    assert str(trajectory(notes=("mind the gap",))).splitlines() == [
        "toy: gradient flow by by hand, 2 steps to t = 1",
        "clock: seconds",
        "loss 2.5 -> 0.25",
        "   1  t = 0.7  loss 0.25  + bmi  - age",
        "note: mind the gap",
    ]


def test_to_show_itself_it_reads_off_no_jumps(fragment):
    def expensive():
        raise AssertionError("jumps are read off")

    shown = trajectory(expensive)
    assert repr(shown) == "<Trajectory toy: 2 steps by by hand, to t = 1>"
    assert "Jumps are not read off yet" in fragment(shown).text


def test_jumps_that_were_read_off_are_a_table(fragment):
    shown = trajectory()
    assert repr(shown.jumps()) == "(<Jump at t = 0.7 to loss 0.25: entered (1,), left (0,)>,)"
    assert fragment(shown).rows[1] == ["1", "0.7", "1.0e-09", "bmi", "age", "0.25"]


def test_its_arrays_cannot_be_written_to():
    made = trajectory()
    for array in (made.times, made.losses, made.coefficients, made.dual, made.utilities):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
