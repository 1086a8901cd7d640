import numpy as np
import pytest

from agf_theory.numeric.linear.conjecture.couplings import couplings
from agf_theory.numeric.linear.singular_bases import ROUNDING
from agf_theory.problems import LinearNetwork


def near_blocks(coupling):
    return LinearNetwork([[4, "1/2", coupling], ["1/2", "1/2", 0], [coupling, 0, 4]], np.diag([2, 1, 1.5]).tolist())


def test_couplings_are_correlations_of_the_modes():
    graph = couplings(LinearNetwork([[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]]))
    assert graph.relative[0, 1] == pytest.approx(0.5 / np.sqrt(2))
    assert graph.thresholds() == pytest.approx([0.5 / np.sqrt(2)])


def test_the_weakest_cut_that_splits_the_modes_comes_first():
    graph = couplings(near_blocks("1/1000"))
    weak, strong = graph.thresholds()
    assert weak == pytest.approx(1e-3 / 4)
    assert graph.number_of_blocks(ROUNDING) == 1
    assert graph.number_of_blocks(weak) == 2
    assert graph.number_of_blocks(strong) == 3


def test_what_is_cut_is_zero_and_the_rest_stays():
    graph = couplings(near_blocks("1/1000"))
    cut = graph.cut(graph.thresholds()[0], 3)
    assert cut.width == 3
    assert np.linalg.svd(cut.sigma_yx, compute_uv=False) == pytest.approx([2, 1.5, 1])
    assert np.count_nonzero(cut.sigma_xx) == 5


def test_a_singular_covariance_is_taken_on_its_range():
    graph = couplings(LinearNetwork([[1, 1, 0], [1, 1, 0], [0, 0, 2]], [[1, 1, 0], [0, 0, 1]]))
    assert graph.sigma_xx.shape == (2, 2)
    assert graph.cut(ROUNDING, 2).rank == 2


def test_vectors_of_equal_singular_values_are_those_that_do_not_couple():
    graph = couplings(LinearNetwork([[2, 1], [1, 2]], [[1, 0], [0, 1]]))
    assert graph.number_of_blocks(ROUNDING) == 2
    assert np.diag(graph.sigma_xx) == pytest.approx([1, 3])
