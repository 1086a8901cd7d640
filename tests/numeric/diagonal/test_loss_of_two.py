import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.diagonal import loss_of_two
from agf_theory.problems import DiagonalNetwork, zoo


def test_of_two_coefficients_it_is_the_loss():
    problem = zoo.get("sign-change", DiagonalNetwork)
    points = np.random.default_rng(0).normal(size=(4, 5, 2))
    direct = ((points @ problem.X.T - problem.y) ** 2).sum(-1) / (2 * problem.n)
    assert loss_of_two(problem, (0, 1))(points) == pytest.approx(direct)
    assert loss_of_two(problem, (1, 0))(points[..., ::-1]) == pytest.approx(direct)


@pytest.mark.parametrize("name", ["gaussian", "collinear-columns", "zero-column", "wide"])
def test_of_more_it_is_least_over_the_others(name):
    problem = zoo.get(name, DiagonalNetwork)
    point = np.array([0.7, -0.4])
    left = problem.y - problem.X[:, :2] @ point
    best = np.linalg.lstsq(problem.X[:, 2:], left, rcond=None)[0]
    least = ((left - problem.X[:, 2:] @ best) ** 2).sum() / (2 * problem.n)
    assert loss_of_two(problem, (0, 1))(point) == pytest.approx(least, abs=1e-12)


@pytest.mark.parametrize("pair", [(0, 0), (0, 5), (-1, 1)])
def test_two_different_coefficients_are_required(pair):
    with pytest.raises(InputError, match="two different coefficients of 5 are required"):
        loss_of_two(zoo.get("gaussian", DiagonalNetwork), pair)
