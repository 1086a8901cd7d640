"""The limiting sequence: hand-worked values, symmetries, three arithmetics, and what it leaves undecided."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError, UndecidedError
from agf_theory.numeric.linear import limiting_sequence
from agf_theory.problems import LinearNetwork, zoo


def random_problem(seed: int, *, width: int | None = None) -> LinearNetwork:
    rng = np.random.default_rng(seed)
    c, d = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    factor = rng.integers(-4, 5, (d, d)) + 5 * np.eye(d, dtype=int)
    # Definite even where the factor is singular: the cross moments need no range then.
    inputs = factor @ factor.T + np.eye(d, dtype=int)
    return LinearNetwork(inputs.tolist(), rng.integers(-6, 7, (c, d)).tolist(), width=width)


def test_whitened_modes_jump_at_the_inverse_of_their_singular_values() -> None:
    found = limiting_sequence(zoo.get("whitened"))
    assert found.jump_times == pytest.approx([1 / 2, 1 / 1.2, 1 / 0.7], rel=1e-14)
    assert found.loss_levels == pytest.approx([(1.2**2 + 0.7**2) / 2, 0.7**2 / 2, 0], abs=1e-15)
    assert found.complete


def test_commuting_modes_in_reversed_order_are_learned_in_the_order_of_growth(reversed_order: LinearNetwork) -> None:
    found = limiting_sequence(reversed_order, arithmetic="exact")
    assert list(found.jump_times) == [Fraction(1, 2), Fraction(1)]
    assert list(found.loss_levels) == [Fraction(1), Fraction(0)]
    assert found.saddles[0].tolist() == [[Fraction(1, 2), 0], [0, 0]]
    assert found.initial_loss == Fraction(3, 2)


def test_the_published_recursion_says_otherwise_there(reversed_order: LinearNetwork) -> None:
    found = limiting_sequence(reversed_order, rule="recursion", arithmetic="exact")
    assert list(found.jump_times) == [Fraction(1, 2), Fraction(3, 4)]
    assert list(found.loss_levels) == [Fraction(1, 2), Fraction(0)]
    assert found.saddles[0].tolist() == [[0, 0], [0, Fraction(2)]]


def test_the_second_counterexample_has_the_figures_of_the_theory(reducible: LinearNetwork) -> None:
    assert limiting_sequence(reducible).jump_times == pytest.approx([0.5, 0.829513, 1.615970], abs=5e-7)
    assert limiting_sequence(reducible).loss_levels == pytest.approx([1.925, 0.308325, 0], abs=5e-7)
    whole = limiting_sequence(reducible, rule="recursion")
    assert whole.jump_times == pytest.approx([0.5, 0.69862, 1.5932], abs=5e-5)
    assert whole.loss_levels == pytest.approx([0.8083, 0.3083, 0], abs=5e-5)
    assert whole.initial_loss == pytest.approx(2.425, abs=5e-4)


def test_the_third_counterexample_has_the_figures_of_the_theory(greedy_differs: LinearNetwork) -> None:
    found = limiting_sequence(greedy_differs)
    assert found.jump_times == pytest.approx([0.5, 0.714286, 0.764975], abs=5e-7)
    assert found.loss_levels == pytest.approx([0.6981, 0.4531, 0], abs=5e-5)
    assert found.initial_loss == pytest.approx(1.9593, abs=5e-5)
    whole = limiting_sequence(greedy_differs, rule="recursion")
    assert whole.jump_times == pytest.approx([0.5, 0.65898, 0.85714], abs=5e-6)
    assert whole.loss_levels[1] == pytest.approx(0.2450, abs=5e-5)


@pytest.mark.parametrize("name", ["whitened", "co-ordered", "reversed", "reducible", "greedy-differs", "irreducible"])
@pytest.mark.parametrize("rule", ["blocks", "recursion"])
def test_balls_enclose_narrowly_what_floats_approximate(name: str, rule: str) -> None:
    balls = limiting_sequence(zoo.get(name), rule=rule, arithmetic="ball")  # type: ignore[arg-type]
    floats = limiting_sequence(zoo.get(name), rule=rule)  # type: ignore[arg-type]
    assert len(balls) == len(floats)
    assert [event.entered for event in balls.events] == [event.entered for event in floats.events]
    for ball, number in zip(balls.jump_times, floats.jump_times, strict=True):
        assert float(ball.rad()) < 1e-28 * number
        assert float(ball.mid()) == pytest.approx(number, rel=1e-12)
    assert all(float(level.rad()) < 1e-28 for level in (balls.initial_loss, *balls.loss_levels, *balls.saddles.ravel()))
    assert [float(level.mid()) for level in balls.loss_levels] == pytest.approx(list(floats.loss_levels), abs=1e-13)
    got = np.array([[[float(e.mid()) for e in row] for row in each] for each in balls.saddles])
    assert got == pytest.approx(floats.saddles, abs=1e-12)


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=25)
def test_balls_agree_with_floats_on_random_rational_moments(seed: int) -> None:
    problem = random_problem(seed)
    try:
        floats, balls = limiting_sequence(problem), limiting_sequence(problem, arithmetic="ball")
    except UndecidedError:
        return
    if floats.complete and balls.complete:
        got = [float(time.mid()) for time in balls.jump_times]
        # Floats lose what separates close μ: eigenvectors err by an ulp over the gap.
        assert got == pytest.approx(list(floats.jump_times), rel=1e-6)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@settings(deadline=None, max_examples=25)
def test_rotations_of_inputs_and_outputs_change_no_time_and_no_level(
    rotated: Callable[[LinearNetwork, int], LinearNetwork], seed: int, turn: int
) -> None:
    problem = random_problem(seed)
    other = rotated(problem, turn)
    assume(other.rank == problem.rank)  # turned in floats, moments of lower rank have rounding for singular values
    plain, turned = (limiting_sequence(each, rule="recursion") for each in (problem, other))
    if plain.complete and turned.complete:
        assert turned.jump_times == pytest.approx(plain.jump_times, rel=1e-6)
        assert turned.loss_levels == pytest.approx(plain.loss_levels, rel=1e-6, abs=1e-9 * plain.initial_loss)


def test_larger_moments_of_the_input_leave_times_and_lower_the_maps(greedy_differs: LinearNetwork) -> None:
    scaled = LinearNetwork((4 * greedy_differs.sigma_xx).tolist(), greedy_differs.sigma_yx.tolist())
    plain, other = limiting_sequence(greedy_differs), limiting_sequence(scaled)
    assert other.jump_times == pytest.approx(plain.jump_times, rel=1e-13)
    assert other.saddles == pytest.approx(plain.saddles / 4, abs=1e-14)


def test_a_factor_of_the_cross_moments_divides_the_times(greedy_differs: LinearNetwork) -> None:
    scaled = LinearNetwork(greedy_differs.sigma_xx.tolist(), (3 * greedy_differs.sigma_yx).tolist())
    plain, other = limiting_sequence(greedy_differs), limiting_sequence(scaled)
    assert other.jump_times == pytest.approx(plain.jump_times / 3, rel=1e-13)
    assert other.loss_levels == pytest.approx(9 * plain.loss_levels, rel=1e-12, abs=1e-14)


def test_modes_that_tie_jump_together_in_fractions_and_are_undecided_in_floats() -> None:
    problem = zoo.get("repeated-growth")
    exact = limiting_sequence(problem, arithmetic="exact")
    assert [event.entered for event in exact.events] == [(0, 1), (2,)]
    assert list(exact.jump_times) == [Fraction(1, 2), Fraction(1)]
    for arithmetic in ("float", "ball"):
        found = limiting_sequence(problem, arithmetic=arithmetic)  # type: ignore[arg-type]
        assert not found.complete
        assert not len(found)
        assert found.undecided[0].neurons == (0, 1)
        assert "do not tell apart" in str(found.undecided[0])


def test_blocks_that_tie_are_undecided_in_floats_and_what_comes_before_stays() -> None:
    problem = LinearNetwork([[1, 0, 0], [0, 1, 0], [0, 0, 3]], [[2, 0, 0], [0, 1, 0], [0, 0, 1]])
    found = limiting_sequence(problem)
    assert found.jump_times == pytest.approx([0.5])
    assert found.undecided[0].jump == 1


def test_jumps_that_nearly_tie_are_announced() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, "0.999"]])
    assert any("jumps 1 and 2 differ by a relative 0.001" in note for note in limiting_sequence(problem).notes)


def test_enough_neurons_for_the_best_map_of_their_number_end_the_sequence_there() -> None:
    found = limiting_sequence(LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]], width=1))
    assert found.complete
    assert found.jump_times == pytest.approx([0.5])
    assert found.loss_levels == pytest.approx([0.5])


def test_too_few_neurons_at_an_unstable_saddle_are_undecided(reversed_order: LinearNetwork) -> None:
    problem = LinearNetwork(reversed_order.sigma_xx.tolist(), reversed_order.sigma_yx.tolist(), width=1)
    for arithmetic in ("float", "ball", "exact"):
        found = limiting_sequence(problem, arithmetic=arithmetic)  # type: ignore[arg-type]
        assert len(found) == 1
        assert "leave at rate 0.203768" in str(found.undecided[0])


def test_two_modes_that_tie_need_two_neurons() -> None:
    found = limiting_sequence(LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 2]], width=1), arithmetic="exact")
    assert not len(found)
    assert "1 hidden neurons are left for 2 modes" in str(found.undecided[0])


@pytest.mark.parametrize("arithmetic", ["float", "ball", "exact"])
def test_nothing_to_learn_is_an_empty_sequence(arithmetic: str) -> None:
    found = limiting_sequence(zoo.get("no-signal"), arithmetic=arithmetic)  # type: ignore[arg-type]
    assert len(found) == 0
    assert found.complete


def test_moments_of_one_input_or_one_output_have_one_jump() -> None:
    narrow = limiting_sequence(LinearNetwork([[2]], [[1], [2], [2]]), arithmetic="exact")
    assert list(narrow.jump_times) == [Fraction(1, 3)]
    assert narrow.saddles[0].tolist() == [[Fraction(1, 2)], [1], [1]]
    wide = limiting_sequence(LinearNetwork([[2, 1], [1, 2]], [[3, 4]]))
    assert wide.jump_times == pytest.approx([1 / 5])
    assert wide.saddles[0] == pytest.approx(np.array([[2 / 3, 5 / 3]]))


def test_singular_moments_of_the_input_go_by_the_pseudo_inverse_and_the_noise_stays() -> None:
    problem = LinearNetwork([[1, 0], [0, 0]], [[2, 0]], [[5]])
    found = limiting_sequence(problem, arithmetic="exact")
    assert (found.jump_times[0], found.initial_loss, found.loss_levels[0]) == (
        Fraction(1, 2),
        Fraction(5, 2),
        Fraction(1, 2),
    )


def test_last_levels_are_sums_of_what_is_left_not_differences_of_large_numbers() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[10**6, 0], [0, "1e-6"]])
    assert limiting_sequence(problem).loss_levels[0] == pytest.approx(0.5e-12, rel=1e-12)


def test_repeated_falls_within_a_block_are_refused() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 2]])
    with pytest.raises(UndecidedError, match="isolated ones at 4096 bits"):
        limiting_sequence(problem, rule="recursion", arithmetic="ball")
    with pytest.raises(UndecidedError, match="rational and distinct"):
        limiting_sequence(problem, rule="recursion", arithmetic="exact")


def test_irrational_singular_values_are_not_exact() -> None:
    with pytest.raises(UndecidedError, match="use arithmetic='ball'"):
        limiting_sequence(LinearNetwork([[2, 1], [1, 2]], [[1, 3]]), arithmetic="exact")


def test_irrational_blocks_are_split_in_balls_and_refused_in_fractions() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[1, 1], [0, 2]])  # whitened: one block a mode, σ² = 3 ± √5
    found = limiting_sequence(problem, arithmetic="ball")
    assert [float(t.mid()) for t in found.jump_times] == pytest.approx([(3 + 5**0.5) ** -0.5, (3 - 5**0.5) ** -0.5])
    with pytest.raises(UndecidedError, match="rational"):
        limiting_sequence(problem, arithmetic="exact")


def test_a_coupling_that_could_be_rounding_is_refused_where_it_would_join_two_blocks() -> None:
    problem = LinearNetwork([[1, "1e-10"], ["1e-10", 1]], [[2, 0], [0, 1]])
    with pytest.raises(UndecidedError, match="to tell it from rounding"):
        limiting_sequence(problem)
    assert len(limiting_sequence(problem, arithmetic="ball")) == 2


def test_wrong_options_are_named() -> None:
    problem = zoo.get("whitened")
    with pytest.raises(InputError, match="rule must be one of blocks, recursion, got 'closed'"):
        limiting_sequence(problem, rule="closed")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="arithmetic must be one of float, ball, exact, got 'mp'"):
        limiting_sequence(problem, arithmetic="mp")  # type: ignore[arg-type]


def test_exact_blocks_of_many_inputs_are_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match="use arithmetic='float'"):
        limiting_sequence(LinearNetwork(np.eye(24, dtype=int).tolist(), [[1] * 24]), arithmetic="ball")
