import pytest

from agf_theory.numeric.saddle_sequence import UndecidedEvent
from agf_theory.tables import unavailable_run

PLAIN = [(1.0, [0], []), (2.0, [1], []), (3.0, [2], []), (4.0, [3], [])]


def statements(table):
    return [difference.statement for difference in table.blocks[0].differences]


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        (PLAIN, []),
        (
            [(1, [0], []), (2, [2], []), (3, [1], []), (4, [3], [])],
            ["gf: takes jumps 2–3 of pf in another order: +s1, then +bmi"],
        ),
        ([(1, [0], []), (2, [1, 2], []), (4, [3], [])], ["gf: merges jumps 2–3 of pf: +bmi +s1"]),
        (
            [(1, [0], []), (2, [4], []), (2.5, [1], [4]), (3, [2], []), (4, [3], [])],
            ["gf: splits jump 2 of pf: +bp, then +bmi −bp"],
        ),
        (
            [(1, [0], []), (2, [1, 4], []), (3, [2], [4]), (4, [3], [])],
            ["gf: takes jumps 2–3 of pf by another route: +bmi +bp, then +s1 −bp"],
        ),
        (
            [(1, [0], []), (2, [1], []), (3, [4], []), (4, [3], [])],
            ["gf: takes another path than pf from jumps 3–4 on: +bp, then +s5"],
        ),
        ([(1, [0], []), (2, [1], [])], ["gf: shows no jumps 3–4 of pf"]),
        (
            [(1, [0, 1], []), (3, [2, 3], [])],
            ["gf: merges jumps 1–2 of pf: +age +bmi", "gf: merges jumps 3–4 of pf: +s1 +s5"],
        ),
        ([*PLAIN, (5, [4], [])], ["gf: takes besides the jumps of pf: +bp"]),
        (
            [(1, [0], []), (2, [1], []), (3, [3], []), (4, [2], [])],
            ["gf: takes jumps 3–4 of pf in another order: +s5, then +s1"],
        ),
    ],
)
def test_a_difference_is_said_in_one_sentence(moves, expected, table_of, run_of, sequence_of):
    assert statements(table_of(run_of("pf", sequence_of(PLAIN)), run_of("gf", sequence_of(moves)))) == expected


def test_methods_with_the_same_difference_share_the_sentence(table_of, run_of, sequence_of):
    swapped = sequence_of([(1, [1], []), (2, [0], []), (3, [2], []), (4, [3], [])])
    table = table_of(run_of("pf", sequence_of(PLAIN)), run_of("corrected", swapped), run_of("gf", swapped))
    assert statements(table) == ["corrected, gf: takes jumps 1–2 of pf in another order: +bmi, then +age"]


def test_a_sequence_that_stops_undecided_is_not_said_to_differ(table_of, run_of, sequence_of):
    short = sequence_of(PLAIN[:2], undecided=(UndecidedEvent(2, (2, 3), "times agree to 1e-17"),))
    table = table_of(run_of("pf", sequence_of(PLAIN)), run_of("agf", short))
    assert statements(table) == []
    assert table.blocks[0].remarks == ("agf: stops undecided before jump 3: times agree to 1e-17",)


def test_a_method_may_go_on_where_the_reference_stops(table_of, run_of, sequence_of):
    short = sequence_of(PLAIN[:3], undecided=(UndecidedEvent(3, (3,), "tie"),))
    table = table_of(run_of("pf", short), run_of("gf", sequence_of(PLAIN)))
    assert statements(table) == ["gf: goes on where pf stops: +s5"]


def test_the_first_method_with_a_result_is_the_reference(table_of, run_of, sequence_of):
    swapped = sequence_of([(1, [1], []), (2, [0], []), (3, [2], []), (4, [3], [])])
    table = table_of(
        unavailable_run("corrected", "meaning", "two joiners at once"),
        run_of("agf", sequence_of(PLAIN)),
        run_of("gf", swapped),
    )
    assert statements(table) == ["gf: takes jumps 1–2 of agf in another order: +bmi, then +age"]
    assert table.blocks[0].remarks == ("corrected: no result: two joiners at once",)


def test_a_long_stretch_is_cut(table_of, run_of, sequence_of):
    names = [f"x{i}" for i in range(40)]
    plain = sequence_of([(float(i + 1), [i], []) for i in range(40)], names=names)
    turned = sequence_of([(float(i + 1), [39 - i], []) for i in range(40)], names=names)
    (statement,) = statements(table_of(run_of("pf", plain), run_of("gf", turned), names=names))
    assert statement.endswith("then +x35, then +x34, and 34 more")
