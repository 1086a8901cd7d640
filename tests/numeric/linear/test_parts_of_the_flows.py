"""The parts that flows and sequences are made of, each on its own: columns, dormant neurons, blocks, balls, saddles."""

from __future__ import annotations

import flint
import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.linear.column_flow import ColumnFlow, Run
from agf_theory.numeric.linear.dormant_columns import DormantColumns, modes_of
from agf_theory.numeric.linear.exact_blocks import exact_blocks
from agf_theory.numeric.linear.exact_moments import ExactMoments
from agf_theory.numeric.linear.jumps import jumps_of_columns, maps_on_plateaus
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.stability import escape_rate
from agf_theory.numeric.linear.symmetric_balls import as_balls, eigenvalues, spectral_projector
from agf_theory.problems import LinearNetwork, zoo


def outer(columns: LogColumns) -> np.ndarray:
    theta = columns.directions * np.exp(columns.log_norms)
    return theta @ theta.T


@pytest.mark.parametrize("spread", [0.0, 1.0, 5.0, 17.0, 19.0, 40.0])
def test_rotated_columns_are_orthogonal_and_the_network_is_the_same(spread: float) -> None:
    rng = np.random.default_rng(3)
    columns = LogColumns(-spread * np.arange(3.0), rng.standard_normal((5, 3)))
    before = outer(columns)
    columns.orthogonalise()
    assert columns.directions.T @ columns.directions == pytest.approx(np.eye(3), abs=1e-13)
    assert outer(columns) == pytest.approx(before, abs=1e-14 * np.abs(before).max())
    assert (np.diff(columns.log_norms) <= 0).all()


def test_a_column_smaller_than_any_float_loses_its_share_of_the_large_one_alone() -> None:
    columns = LogColumns(np.array([0.0, -2000.0]), np.array([[1.0, 0.6], [0.0, 0.8]]))
    columns.orthogonalise()
    assert columns.directions == pytest.approx(np.eye(2), abs=1e-15)
    assert columns.log_norms == pytest.approx([0.0, -2000.0 + np.log(0.8)])


def test_columns_that_vanish_in_their_gauge_are_dropped() -> None:
    start = np.outer([1.0, 2.0, 2.0], [1.0, -1.0, 0.5, 3.0])
    columns = LogColumns.of(start, -100.0)
    assert len(columns.log_norms) == 1
    assert columns.log_norms[0] == pytest.approx(np.log(np.linalg.norm(start)) - 100)


@pytest.mark.parametrize("log_inverse", [5.0, 1e3, 1e5])
def test_a_dormant_neuron_on_a_growing_mode_is_active_at_its_exponent(log_inverse: float) -> None:
    modes = modes_of(np.diag([2.0, 1.0]), floor=0.0)
    start = np.array([1.0, 0.0, 1.0, 0.0])[:, None] / np.sqrt(2)
    dormant = DormantColumns(start, -log_inverse, modes)
    time = dormant.activation()
    assert time == pytest.approx(log_inverse / 2, rel=1e-13)
    dormant.grow(time)
    taken, mode = dormant.take()
    assert np.abs(taken) == pytest.approx(start.ravel(), abs=1e-9 * log_inverse)
    assert np.abs(mode) == pytest.approx(start.ravel())
    assert dormant.width == 0


def test_a_neuron_that_only_decays_is_never_active() -> None:
    start = np.array([1.0, 0.0, -1.0, 0.0])[:, None]
    assert DormantColumns(start, -3.0, modes_of(np.diag([2.0, 1.0]), floor=0.0)).activation() is None


@pytest.mark.parametrize(
    ("name", "count"),
    [("reversed", 2), ("whitened", None), ("reducible", 2), ("greedy-differs", 2), ("irreducible", 1)],
)
def test_blocks_are_counted_over_the_rationals(name: str, count: int | None) -> None:
    problem = zoo.get(name, LinearNetwork)
    found = exact_blocks(ExactMoments.of(problem))
    assert found.count == (problem.rank if count is None else count)
    assert sum(int(factor.degree()) for factor, _ in found.values) == found.count


def test_copies_of_a_block_are_told_and_large_problems_refused() -> None:
    one = [[1, 0], [0, 1]]
    assert exact_blocks(ExactMoments.of(LinearNetwork(one, one))).alike
    assert not exact_blocks(ExactMoments.of(LinearNetwork(one, [[2, 0], [0, 1]]))).alike
    wide = LinearNetwork(np.eye(24, dtype=int).tolist(), [[1] * 24])
    with pytest.raises(InputError, match="at most 24 inputs and outputs together are required, got 25"):
        exact_blocks(ExactMoments.of(wide))


def test_balls_enclose_eigenvalues_that_coincide_and_projectors_project() -> None:
    turn = flint.fmpq_mat(3, 3, [2, -1, 2, 2, 2, -1, -1, 2, 2]) * flint.fmpq(1, 3)
    exact = turn * flint.fmpq_mat(3, 3, [5, 0, 0, 0, 1, 0, 0, 0, 1]) * turn.transpose()
    with flint.ctx.workprec(256):
        matrix = as_balls(exact)
        found = eigenvalues(matrix)
        assert all(ball.contains(value) for ball, value in zip(found, (5, 1, 1), strict=True))
        assert all(float(ball.rad()) < 1e-60 for ball in found)
    top = spectral_projector(exact, [flint.fmpq(5), flint.fmpq(1)], [0])
    assert top * top == top
    assert int(top.rank()) == 1
    assert exact * top == top * 5


def test_a_saddle_is_left_by_its_own_neurons_unless_it_is_the_best_of_its_rank() -> None:
    moments = Moments.of(zoo.get("reversed", LinearNetwork))
    assert escape_rate(moments, np.diag([0.5, 0.0])) == pytest.approx((np.sqrt(113) - 9) / 8, rel=1e-12)
    assert escape_rate(moments, np.diag([0.0, 2.0])) == 0
    assert escape_rate(moments, np.diag([0.5, 2.0])) == 0
    assert escape_rate(moments, np.zeros((2, 2))) == 0


def test_a_neuron_that_still_grows_at_the_end_is_no_jump_nor_one_that_never_left_its_start() -> None:
    moments = Moments.of(LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]]))
    times = np.linspace(0.0, 10.0, 11)
    arrived = np.minimum(2 * times - 10, 0.0)
    growing, asleep = times - 30, np.full(11, -10.0)
    last = LogColumns(np.zeros(3), np.eye(4)[:, :3])
    for other in (growing, asleep):
        norms = np.column_stack([arrived, other])
        run = Run(times, norms, np.zeros((11, 2, 2)), [], last)
        assert len(maps_on_plateaus(run)) == 1
    assert (
        jumps_of_columns(ColumnFlow(moments), Run(times, asleep[:, None], np.zeros((11, 2, 2)), [], last), 10.0) == ()
    )
