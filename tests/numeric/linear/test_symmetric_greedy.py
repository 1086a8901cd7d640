"""Greedy learning of W = U Uᵀ: eigenvalue after eigenvalue of −∇f."""

import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.linear import greedy_low_rank_symmetric


def test_a_diagonal_target_is_learned_by_its_eigenvalues_and_the_negative_one_never():
    stages = greedy_low_rank_symmetric(np.diag([1.0, 3.0, -1.0]))
    assert [stage.growth for stage in stages] == pytest.approx([3, 1], abs=1e-7)
    assert stages[0].matrix == pytest.approx(np.diag([0.0, 3, 0]), abs=1e-6)
    assert stages[1].matrix == pytest.approx(np.diag([1.0, 3, 0]), abs=1e-6)
    assert [stage.value for stage in stages] == pytest.approx([1.0, 0.5], abs=1e-6)


def test_rotations_of_the_target_rotate_what_is_learned():
    turn = np.linalg.qr(np.random.default_rng(0).standard_normal((3, 3)))[0]
    target = turn @ np.diag([2.0, 1.0, 0.5]) @ turn.T
    stages = greedy_low_rank_symmetric((target + target.T) / 2)
    assert [stage.growth for stage in stages] == pytest.approx([2, 1, 0.5], abs=1e-6)
    assert turn.T @ stages[1].matrix @ turn == pytest.approx(np.diag([2.0, 1, 0]), abs=1e-5)


def test_one_measurement_of_the_corner_is_fitted_by_rank_one():
    (stage,) = greedy_low_rank_symmetric([[2.0, 1], [1, 2]], measurements=[[[1.0, 0], [0, 0]]])
    assert stage.growth == pytest.approx(2)
    assert stage.matrix == pytest.approx(np.array([[2.0, 0], [0, 0]]), abs=1e-6)
    assert stage.value == pytest.approx(0, abs=1e-10)


def test_no_more_stages_than_asked_for_and_none_for_nothing():
    assert len(greedy_low_rank_symmetric(np.diag([3.0, 2.0]), most=1)) == 1
    assert greedy_low_rank_symmetric(np.zeros((2, 2))) == ()
    assert greedy_low_rank_symmetric(-np.eye(2)) == ()


@pytest.mark.parametrize(
    ("target", "measurements", "message"),
    [
        ([[0.0, 1], [2, 0]], None, "target: a symmetric matrix"),
        ([[1.0]], [[1.0]], "measurements: matrices"),
        ([[np.nan]], None, "target: a symmetric matrix of finite numbers"),
    ],
)
def test_wrong_input_is_named(target, measurements, message):
    with pytest.raises(InputError, match=message):
        greedy_low_rank_symmetric(target, measurements=measurements)
