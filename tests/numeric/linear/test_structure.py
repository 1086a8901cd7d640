"""Blocks of modes in floats: what singular and ill-conditioned inputs, ties and slow modes do to them."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from random import Random

import flint
import numpy as np
import pytest

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear import (
    alternating_gradient_flows,
    gradient_flow,
    greedy_low_rank,
    limiting_sequence,
    refined_sequence,
    structure,
)
from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.singular_bases import singular_bases
from agf_theory.problems import InitScale, LinearNetwork


def turned(sigma: list[str], variances: list[str], seed: int) -> LinearNetwork:
    """Commuting moments, exactly: modes along rational bases that are not those of the coordinates."""
    random, n = Random(seed), len(sigma)

    def rotation() -> flint.fmpq_mat:
        skew = flint.fmpq_mat(n, n)
        for i in range(n):
            for j in range(i):
                skew[i, j] = flint.fmpq(random.randint(1, 3), 2)
                skew[j, i] = -skew[i, j]
        one = flint.fmpq_mat(np.eye(n, dtype=int).tolist())
        return (one - skew) * (one + skew).inv()

    def diagonal(values: list[str]) -> flint.fmpq_mat:
        numbers = [Fraction(value) for value in values]
        return flint.fmpq_mat(
            [[flint.fmpq(x.numerator, x.denominator) if i == j else 0 for j in range(n)] for i, x in enumerate(numbers)]
        )

    left, right = rotation(), rotation()
    return LinearNetwork(
        right * diagonal(variances) * right.transpose(), left * diagonal(sigma) * right.transpose(), width=n
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_a_singular_input_does_not_see_joins_no_blocks(seed: int) -> None:
    # The variance of the third direction is rounding; a coupling relative to it was anything, and joined the modes.
    problem = turned(["2", "1", "0"], ["4", "1/2", "0"], seed)
    found = limiting_sequence(problem)
    assert found.jump_times == pytest.approx([0.5, 1.0], rel=1e-12)
    assert found.loss_levels == pytest.approx([1.0, 0.0], abs=1e-12)
    assert [block.modes for block in structure(problem).blocks] == [(0,), (1,)]
    assert np.diag(singular_bases(problem).couplings) == pytest.approx([4.0, 0.5, 0.0], abs=1e-13)


@pytest.mark.parametrize("power", [2, 3, 4, 5])
def test_ill_conditioned_inputs_give_the_staircase_of_balls(power: int) -> None:
    problem = turned(["2", "1"], [f"1e{power}", f"1e-{power}"], 3)
    floats, balls = limiting_sequence(problem), limiting_sequence(problem, arithmetic="ball")
    assert floats.jump_times == pytest.approx([float(time.mid()) for time in balls.jump_times], rel=1e-9)
    levels = [float(level.mid()) for level in (balls.initial_loss, *balls.loss_levels)]
    assert [floats.initial_loss, *floats.loss_levels] == pytest.approx(levels, rel=1e-9)


@pytest.mark.parametrize("power", [6, 8, 10, 13])
def test_variances_that_floats_lose_are_no_ground_for_blocks(power: int) -> None:
    problem = turned(["2", "1"], [f"1e{power}", f"1e-{power}"], 3)
    for method in (limiting_sequence, lambda each: refined_sequence(each, InitScale("1e-8"))):
        with pytest.raises(UndecidedError, match="variances of the input that floats tell from rounding are required"):
            method(problem)


def test_axes_decide_exactly_whatever_the_variances_are() -> None:
    problem = LinearNetwork([["1e10", 0], [0, "1e-10"]], [["2e5", 0], [0, "1e-5"]])
    found = limiting_sequence(problem)
    assert found.jump_times == pytest.approx([5e-6, 1e5], rel=1e-12)
    assert [found.initial_loss, *found.loss_levels] == pytest.approx([2.5, 0.5, 0.0], rel=1e-12)


def test_the_recursion_inverts_ill_conditioned_inputs_to_all_digits() -> None:
    problem = LinearNetwork([[1, 1], [1, "1.0000000000001"]], [[2, 1], [1, "1.00000000000005"]])
    floats, balls = (limiting_sequence(problem, rule="recursion", arithmetic=kind) for kind in ("float", "ball"))
    levels = [float(level.mid()) for level in (balls.initial_loss, *balls.loss_levels)]
    assert [floats.initial_loss, *floats.loss_levels] == pytest.approx(levels, rel=1e-10)
    best = Moments.of(problem).best @ problem.sigma_xx
    assert best == pytest.approx(problem.sigma_yx, abs=1e-2)  # a product of numbers of 1e13


def test_commuting_moments_of_which_floats_see_otherwise_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    source = import_module("agf_theory.numeric.linear.structure")
    bases = singular_bases(turned(["2", "1"], ["4", "1/2"], 0))
    bases.couplings[0, 1] = bases.couplings[1, 0] = 0.1
    monkeypatch.setattr(source, "singular_bases", lambda problem: bases)
    with pytest.raises(UndecidedError, match="the moments commute, exactly, and floats find couplings"):
        source.structure(turned(["2", "1"], ["4", "1/2"], 0))


def test_equal_falls_leave_the_recursion_open_and_it_says_so() -> None:
    tied = LinearNetwork([[4, 0], [0, 1]], [[2, 0], [0, 1]])
    recursion, blocks = limiting_sequence(tied, rule="recursion"), limiting_sequence(tied)
    assert recursion.unique == (False, True)
    assert "μ 1 and μ 2 of the whole coincide" in recursion.notes[-1]
    assert blocks.unique == (True, True)
    assert not any("coincide" in note for note in blocks.notes)


def test_nothing_to_learn_has_no_refined_times() -> None:
    found = refined_sequence(LinearNetwork([[1, 0], [0, 1]], [[0, 0], [0, 0]], [[2, 0], [0, 0]]), InitScale("1e-8"))
    assert len(found) == 0
    assert found.initial_loss == 1.0


def test_levels_of_refined_times_end_at_the_noise_floor() -> None:
    problem = turned(["2", "1"], ["4", "1/2"], 1)
    levels = refined_sequence(problem, InitScale("1e-50")).loss_levels
    assert levels == pytest.approx([1.0, 0.0], rel=1e-12)
    assert levels[-1] == 0.0


def test_modes_too_slow_to_be_followed_are_named() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, "1e-9"]])
    scale = InitScale("1e-20")
    for found in (greedy_low_rank(problem), alternating_gradient_flows(problem, scale), gradient_flow(problem, scale)):
        assert any(note.startswith("1 of 2 modes learned: what is left grows nothing") for note in found.notes)
    whole = LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, "1/2"]])
    assert not any("modes learned" in note for note in gradient_flow(whole, scale).notes)
