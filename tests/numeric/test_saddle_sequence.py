from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from flint import arb

from agf_theory.numeric import Event, SaddleSequence, UndecidedEvent
from agf_theory.numeric.saddle_sequence import read_only


def sequence(**changes):
    fields = {
        "system": "toy",
        "method": "by hand",
        "arithmetic": "exact",
        "clock": "seconds",
        "names": ("age", "bmi", "bp"),
        "jump_times": read_only([Fraction(2, 3), Fraction(2)], dtype=object),
        "saddles": read_only([[0, Fraction(1, 2), 0], [1, 0, 1]], dtype=object),
        "loss_levels": read_only([Fraction(1, 4), Fraction(0)], dtype=object),
        "active_sets": (frozenset({1}), frozenset({0, 2})),
        "events": (Event((1,)), Event((0, 2), (1,))),
        "initial_loss": Fraction(5, 2),
    }
    return SaddleSequence(**{**fields, **changes})


def test_it_shows_itself_in_one_line_and_as_a_table_with_escaped_names(fragment):
    shown = sequence(names=("<b>", "bmi", "bp"), notes=("a & b",))
    assert repr(shown) == "<SaddleSequence toy: 2 jumps by by hand (exact)>"
    found = fragment(shown)
    assert found.rows == [
        ["jump", "time", "entered", "left", "loss", "active"],
        ["0", "", "", "", "5/2", "0"],
        ["1", "2/3", "bmi", "", "1/4", "1"],
        ["2", "2", "<b>, bp", "bmi", "0", "2"],
    ]
    assert "a & b" in found.text


def test_a_long_number_is_shown_in_short_with_the_whole_in_a_tooltip(fragment):
    third = Fraction(10**30 + 1, 3 * 10**30)
    shown = sequence(jump_times=read_only([third, Fraction(2)], dtype=object))
    assert fragment(shown).rows[2][1] == "0.333333333"
    assert f'title="{third}"' in shown._repr_html_()


def test_an_unfinished_sequence_says_so_in_both(fragment):
    undecided = UndecidedEvent(jump=2, neurons=(1,), reason="who is first")
    assert repr(sequence(undecided=(undecided,))).endswith(", ends undecided>")
    assert "undecided: jump 3: who is first" in fragment(sequence(undecided=(undecided,))).text


def test_a_table_too_long_to_read_is_cut_and_says_by_how_many(fragment):
    count = 250
    long = sequence(
        jump_times=np.arange(count, dtype=float),
        saddles=np.zeros((count, 3)),
        loss_levels=np.zeros(count),
        active_sets=(frozenset(),) * count,
        events=(Event(()),) * count,
    )
    assert len(fragment(long).rows) == 202
    assert "50 more, in to_frame()" in fragment(long).text


def test_its_length_is_the_number_of_jumps():
    assert len(sequence()) == 2


def test_names_are_given_in_the_order_asked_for():
    assert sequence().named((2, 0)) == ("bp", "age")


def test_a_sequence_is_complete_unless_an_event_is_undecided():
    undecided = UndecidedEvent(jump=2, neurons=(1,), reason="who is first: 1e-17 against an error of 1e-16")
    assert sequence().complete
    assert not sequence(undecided=(undecided,)).complete
    assert str(undecided) == "jump 3: who is first: 1e-17 against an error of 1e-16"


def test_the_frame_has_a_row_a_jump_with_exact_numbers():
    frame = sequence(unique=(True, False)).to_frame()
    expected = pd.DataFrame(
        {
            "time": [Fraction(2, 3), Fraction(2)],
            "entered": ["bmi", "age, bp"],
            "left": ["", "bmi"],
            "loss": [Fraction(1, 4), Fraction(0)],
            "active": [1, 2],
            "unique": [True, False],
        },
        index=pd.RangeIndex(1, 3, name="jump"),
    )
    pd.testing.assert_frame_equal(frame, expected)
    assert sequence().to_frame()["unique"].tolist() == [True, True]


def test_its_text_tells_every_jump_and_every_warning():
    undecided = UndecidedEvent(jump=2, neurons=(1,), reason="a tie")
    lines = str(sequence(undecided=(undecided,), notes=("mind the gap",))).splitlines()
    assert lines == [
        "toy: 2 jumps by by hand (exact)",
        "clock: seconds",
        "initial loss 5/2",
        "   1  t = 2/3  loss 1/4  + bmi",
        "   2  t = 2  loss 0  + age, bp  - bmi",
        "undecided: jump 3: a tie",
        "note: mind the gap",
    ]


def test_numbers_of_every_kind_are_shown_short():
    long = Fraction(10**30 + 1, 3 * 10**30)
    shown = str(sequence(jump_times=read_only([long, arb(1) / 3], dtype=object), initial_loss=0.1))
    assert "t = 0.333333333 " in shown
    assert "t = 0.333333333333 " in shown
    assert "initial loss 0.1\n" in shown


def test_its_arrays_cannot_be_written_to():
    made = sequence(saddles=np.zeros((2, 3)), duals=np.zeros((2, 3)), jump_errors=np.zeros(2))
    for array in (made.jump_times, made.saddles, made.loss_levels, made.duals, made.jump_errors):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_its_fields_cannot_be_replaced():
    with pytest.raises(AttributeError, match="cannot assign"):
        sequence().names = ()


def test_lengths_that_disagree_are_refused():
    with pytest.raises(AssertionError, match=r"one jump per saddle, got lengths \[1, 2\]"):
        sequence(events=(Event((1,)),))
    with pytest.raises(AssertionError, match="one entry a jump, got 3 for 2"):
        sequence(jump_errors=np.zeros(3))


def test_read_only_keeps_exact_entries_as_they_are():
    array = read_only([[Fraction(1, 3)], [arb(2)]], dtype=object)
    assert array.shape == (2, 1)
    assert isinstance(array[0, 0], Fraction)
    assert isinstance(array[1, 0], arb)
