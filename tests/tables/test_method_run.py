from fractions import Fraction

from agf_theory.numeric.saddle_sequence import UndecidedEvent


def test_a_sequence_keeps_its_exact_numbers(run_of, sequence_of):
    run = run_of("pf", sequence_of([(Fraction(1, 3), [0], []), (Fraction(2), [1], [0])], arithmetic="exact"))
    assert [t.time for t in run.transitions] == [Fraction(1, 3), Fraction(2)]
    assert [t.active for t in run.transitions] == [{0}, {1}]
    assert run.transitions[1].saddle == {1: Fraction(1)}
    assert run.initial_loss == Fraction(1)
    assert run.complete
    assert run.arithmetic == "exact"


def test_an_undecided_sequence_is_not_complete(run_of, sequence_of):
    run = run_of("pf", sequence_of([], undecided=(UndecidedEvent(0, (0, 1), "a tie within rounding"),)))
    assert not run.complete
    assert run.stops == ("jump 1: a tie within rounding",)


def test_a_trajectory_tells_who_is_active_by_its_events(run_of, trajectory_of):
    run = run_of("gf", trajectory_of([(1.0, [1], []), (2.0, [0, 2], [1])], notes=("short",)))
    assert [t.active for t in run.transitions] == [{1}, {0, 2}]
    assert [t.error for t in run.transitions] == [1e-9, 1e-9]
    assert run.transitions[1].saddle == {0: 0.0, 2: 1.0}
    assert run.notes == ("short",)


def test_a_jump_without_a_finite_time_is_unresolved(run_of, trajectory_of):
    run = run_of("gf", trajectory_of([(float("nan"), [1], []), (2.0, [0], [])]))
    assert [t.resolved for t in run.transitions] == [False, True]


def test_saddles_that_are_not_vectors_are_left_out(run_of, sequence_of):
    sequence = sequence_of([(1.0, [0], [])])
    matrices = sequence.saddles.reshape(1, 5, 1).copy()
    replaced = type(sequence)(**{**vars(sequence), "saddles": matrices})
    assert run_of("pf", replaced).transitions[0].saddle == {}
