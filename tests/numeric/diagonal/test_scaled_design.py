import numpy as np
import pytest

from agf_theory.numeric.diagonal.scaled_design import ScaledDesign, equal_columns
from agf_theory.problems import DiagonalNetwork, zoo


def groups_of(problem):
    return [(members.tolist(), signs.tolist()) for members, signs in equal_columns(problem)]


def test_equal_and_opposite_columns_are_grouped_and_zero_columns_left_out():
    problem = DiagonalNetwork([[0, -1, 0, 1, 2], [1, 2, 0, -2, 0], [0, 0, 0, 0, 1]], [1, 1, 1])
    assert groups_of(problem) == [([0], [1]), ([1, 3], [1, -1]), ([4], [1])]


def test_negative_zeros_are_zeros():
    problem = DiagonalNetwork(np.array([[0.0, -0.0], [1.0, 1.0]]), np.array([1.0, 1.0]))
    assert groups_of(problem) == [([0, 1], [1, 1])]


def test_columns_equal_only_as_floats_are_kept_apart():
    third = "0." + "3" * 40
    problem = DiagonalNetwork([["1/3", third], [1, 1]], [1, 1])
    assert (problem.X[:, 0] == problem.X[:, 1]).all()
    assert groups_of(problem) == [([0], [1]), ([1], [1])]
    same = DiagonalNetwork([["1/3", "-1/3"], [1, -1]], [1, 1])
    assert groups_of(same) == [([0, 1], [1, -1])]


def test_the_scaled_problem_is_the_problem():
    problem = zoo.get("gaussian")
    design = ScaledDesign.of(problem)
    assert np.linalg.norm(design.columns, axis=0) == pytest.approx(np.ones(5))
    assert design.columns.shape == (5, 5)  # n = 20 rows reduced to their span
    scaled = np.random.default_rng(0).standard_normal(5)
    residual = problem.X @ design.coefficients(scaled) - problem.y
    loss = float(residual @ residual) / (2 * problem.n)
    assert design.loss(design.columns @ scaled - design.target) == pytest.approx(loss, rel=1e-13)
    # s = Xᵀ(∫ residual)/n in either set of coordinates
    gradient = design.weights * (design.columns.T @ (design.columns @ scaled - design.target))
    assert gradient == pytest.approx(problem.X.T @ residual / problem.n, rel=1e-12)


def test_members_of_a_group_share_their_coefficient():
    design = ScaledDesign.of(zoo.get("opposite-columns"))
    beta = design.coefficients(np.array([3.0, 1.0]))
    assert beta[0] == -beta[1]
    assert zoo.get("opposite-columns").X @ beta == pytest.approx(
        design.target_norm * np.array([1, 2, 0]) / np.sqrt(5) * 3
        + design.target_norm * np.array([0, 1, 1]) / np.sqrt(2)
    )
    assert (design.members(0), design.members(1)) == ([0, 1], [2])
    assert [design.all_single(chosen) for chosen in ([], [1], [0], [0, 1])] == [True, True, False, False]


@pytest.mark.parametrize("size", [1e-150, 1e150])
def test_sizes_at_the_ends_of_the_floats_do_no_harm(size):
    problem = DiagonalNetwork(np.array([[3.0, 0], [4.0, 1]]) * size, np.array([3.0, 4.0]) * size)
    design = ScaledDesign.of(problem)
    assert design.target_norm == pytest.approx(5 * size)
    assert np.linalg.norm(design.columns, axis=0) == pytest.approx([1, 1])


def test_no_columns_and_no_target_are_legal():
    nothing = ScaledDesign.of(zoo.get("zero-design"))
    assert nothing.coefficients(np.zeros(0)).tolist() == [0, 0]
    assert nothing.loss(nothing.target) == pytest.approx(5 / 4)
    silent = ScaledDesign.of(zoo.get("zero-target"))
    assert (silent.target_norm, silent.loss(silent.target)) == (0, 0)
