import itertools
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.tables.alignment import align, best_matching


def is_subsequence(part, whole):
    rest = iter(whole)
    return all(item in rest for item in part)


def test_methods_that_agree_share_every_row(run_of, sequence_of):
    moves = [(1.0, [0], []), (2.0, [1], []), (3.0, [2], [0])]
    rows = align([run_of("pf", sequence_of(moves)), run_of("agf", sequence_of(moves))])
    assert [row.jumps for row in rows] == [{"pf": 0, "agf": 0}, {"pf": 1, "agf": 1}, {"pf": 2, "agf": 2}]


def test_jumps_are_matched_by_saddles_and_not_by_number(run_of, sequence_of):
    full = [(1.0, [0], []), (2.0, [1], []), (3.0, [2], []), (4.0, [3], [])]
    merged = [(1.0, [0], []), (2.5, [1, 2], []), (4.0, [3], [])]
    rows = align([run_of("pf", sequence_of(full)), run_of("gf", sequence_of(merged))])
    assert [row.jumps for row in rows] == [{"pf": 0, "gf": 0}, {"pf": 1}, {"pf": 2}, {"gf": 1}, {"pf": 3, "gf": 2}]


def test_the_same_entrant_at_another_saddle_is_another_jump(run_of, sequence_of):
    rows = align(
        [
            run_of("pf", sequence_of([(1.0, [0], []), (2.0, [1], [])])),
            run_of("corrected", sequence_of([(1.0, [1], []), (2.0, [0], [])])),
        ]
    )
    assert [row.jumps for row in rows] == [{"pf": 0}, {"pf": 1}, {"corrected": 0}, {"corrected": 1}]


def test_two_methods_that_both_differ_from_the_first_share_their_rows(run_of, sequence_of):
    swapped = [(1.0, [1], []), (2.0, [0], [])]
    rows = align(
        [
            run_of("pf", sequence_of([(1.0, [0], []), (2.0, [1], [])])),
            run_of("corrected", sequence_of(swapped)),
            run_of("gf", sequence_of(swapped)),
        ]
    )
    assert [row.jumps for row in rows[2:]] == [{"corrected": 0, "gf": 0}, {"corrected": 1, "gf": 1}]


def test_a_merged_jump_stands_where_the_methods_meet_again(run_of, sequence_of):
    full = [(1.0, [0], []), (2.0, [1], []), (3.0, [2], []), (4.0, [3], [])]
    merged = [(1.5, [0, 1], []), (3.5, [2, 3], [])]
    rows = align([run_of("pf", sequence_of(full)), run_of("gf", sequence_of(merged))])
    assert [row.jumps for row in rows] == [{"pf": 0}, {"pf": 1}, {"gf": 0}, {"pf": 2}, {"pf": 3}, {"gf": 1}]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=4, max_size=4))
def test_no_matching_is_worth_more(table):
    rows = [[*row, 0, 0, 0, 0][:4] for row in table]
    pairs = best_matching(range(4), range(4), lambda i, j: rows[i][j])
    best = max(
        sum(rows[i][j] for i, j in zip(left, right, strict=True))
        for size in range(5)
        for left in itertools.combinations(range(4), size)
        for right in itertools.combinations(range(4), size)
    )
    assert sum(rows[i][j] for i, j in pairs) == best
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))


def test_hundreds_of_jumps_align_in_a_moment(run_of, sequence_of):
    names = [f"x{i}" for i in range(300)]
    plain = [(float(i), [i], []) for i in range(300)]
    swapped = [*plain[:150], plain[151], plain[150], *plain[152:]]
    runs = [
        run_of(key, sequence_of(moves, names=names)) for key, moves in (("pf", plain), ("agf", plain), ("gf", swapped))
    ]
    rows = align(runs)
    assert len(rows) == 302
    assert sum(len(row.jumps) == 3 for row in rows) == 298


def test_no_methods_give_no_rows():
    assert align([]) == []


@settings(deadline=None, max_examples=200)
@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_common_subsequence_is_one_and_none_is_longer(first, second):
    pairs = best_matching(first, second, lambda a, b: a == b)
    assert all(first[i] == second[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))
    best = max(
        len(part)
        for size in range(len(first) + 1)
        for part in itertools.combinations(first, size)
        if is_subsequence(part, second)
    )
    assert len(pairs) == best


moves = st.lists(st.sampled_from([(0, ()), (1, ()), (2, ()), (0, (1,)), (1, (0,))]), max_size=6)


@settings(deadline=None, max_examples=200)
@given(st.lists(moves, min_size=1, max_size=4))
def test_every_method_reads_its_own_jumps_in_order_and_each_once(methods):
    runs = [
        SimpleNamespace(key=str(k), transitions=[SimpleNamespace(key=move, active=move[0]) for move in sequence])
        for k, sequence in enumerate(methods)
    ]
    rows = align(runs)
    for run in runs:
        numbers = [row.jumps[run.key] for row in rows if run.key in row.jumps]
        assert numbers == list(range(len(run.transitions)))
        assert all(
            row.transition.key == run.transitions[row.jumps[run.key]].key for row in rows if run.key in row.jumps
        )
    assert all(row.jumps for row in rows)
