"""The exact flow of balanced whitened networks, against integrated flows and by itself."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric.linear import balanced_solution, balanced_start, gradient_flow
from agf_theory.problems import InitScale, LinearNetwork

WHITENED = np.eye(4, dtype=int).tolist()
CROSS = [[0.9, 0.1, -0.3, 0.2], [0.2, -0.5, 0.4, 0.1], [-0.1, 0.3, 0.2, 0.6]]
IMBALANCES = pytest.mark.parametrize("imbalance", [0.7, -0.9, 0.0])
UNIT = InitScale("0.1")


def network(width=2):
    return LinearNetwork(WHITENED, CROSS, width=width)


def at_unit_scale(start):
    """Weights that are `start` once they are multiplied by the scale."""
    return start * np.exp(UNIT.log_inverse)


@IMBALANCES
@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_balanced_start_has_the_imbalance_asked_for(imbalance, width):
    start = balanced_start(network(width), imbalance, seed=5)
    A, W = start[:3], start[3:].T
    assert np.abs(A.T @ A - W @ W.T - imbalance * np.eye(width)).max() < 1e-14
    assert np.linalg.matrix_rank(A @ W) == width


def test_a_wide_balanced_start_without_imbalance_has_neurons_at_zero():
    start = balanced_start(network(6), 0.0)
    A, W = start[:3], start[3:].T
    assert np.abs(A.T @ A - W @ W.T).max() < 1e-14
    assert np.linalg.matrix_rank(start) == 3


def test_more_inputs_than_outputs_allow_more_neurons_for_a_negative_imbalance():
    start = balanced_start(network(4), -1.0)
    assert np.abs(start[:3].T @ start[:3] - start[3:].T @ start[3:] + np.eye(4)).max() < 1e-14
    with pytest.raises(HypothesisNotMet, match="at most as many hidden neurons as outputs, got H = 4 for 3"):
        balanced_start(network(4), 1.0)
    with pytest.raises(HypothesisNotMet, match="at most as many hidden neurons as inputs, got H = 5 for 4"):
        balanced_start(network(5), -1.0)


def test_an_imbalance_is_a_finite_number():
    with pytest.raises(InputError, match="imbalance must be finite, got inf"):
        balanced_start(network(), float("inf"))


@IMBALANCES
def test_the_solution_is_the_integrated_flow(imbalance):
    """At the steps of an integration to 1e-13: its dense output between them is a thousand times worse."""
    start = at_unit_scale(balanced_start(network(), imbalance, seed=1))
    flow = gradient_flow(network(), UNIT, start=start, tolerance=1e-13)
    found = balanced_solution(network(), UNIT, flow.times, start=start)
    assert np.abs(found - flow.at(flow.times)).max() < 1e-10


@IMBALANCES
def test_the_solution_solves_the_equations_of_the_weights_as_they_are_written_down(imbalance):
    start = balanced_start(network(), imbalance, seed=2)

    def velocity(_, state):
        weights = state.reshape(start.shape)
        A, W = weights[:3], weights[3:].T
        R = np.array(CROSS) - A @ W
        return np.vstack([R @ W.T, (A.T @ R).T]).ravel()

    run = solve_ivp(velocity, (0, 3), start.ravel(), method="DOP853", rtol=1e-13, atol=1e-13, t_eval=[0.5, 1.5, 3.0])
    raw = [w[:3] @ w[3:].T for w in run.y.T.reshape(-1, *start.shape)]
    times = np.array([0.5, 1.5, 3.0]) / UNIT.log_inverse
    assert np.abs(balanced_solution(network(), UNIT, times, start=at_unit_scale(start)) - raw).max() < 1e-11


@IMBALANCES
def test_nothing_overflows_at_a_scale_no_float_can_hold(imbalance):
    problem, scale = LinearNetwork(WHITENED, CROSS, width=3), InitScale("1e-1000")
    start = balanced_start(problem, imbalance, seed=4)
    found = balanced_solution(problem, scale, [0.0, 0.5, 50.0], start=start)
    assert np.isfinite(found).all()
    assert np.abs(found[0]).max() < 1e-300
    assert np.abs(found[2] - CROSS).max() < 1e-12


def test_a_flow_at_a_scale_no_float_can_hold_is_met_along_the_whole_staircase():
    problem = LinearNetwork(np.eye(3, dtype=int).tolist(), np.diag([2, 1.2, 0.7]), width=3)
    scale = InitScale("1e-434")
    start = balanced_start(problem, 0.0, seed=3)
    flow = gradient_flow(problem, scale, start=start, tolerance=1e-12)
    found = balanced_solution(problem, scale, flow.times, start=start)
    # A time is good to 1e-9 after a growth over log(1/ε) = 1000, and the steepest slope is one.
    assert np.abs(found - flow.at(flow.times)).max() < 1e-8


def test_one_time_gives_one_map_and_none_gives_none():
    start = balanced_start(network(), 0.5)
    assert balanced_solution(network(), UNIT, 0.3, start=start).shape == (3, 4)
    assert balanced_solution(network(), UNIT, [], start=start).shape == (0, 3, 4)
    assert balanced_solution(network(), UNIT, [[0.1], [0.2]], start=start).shape == (2, 1, 3, 4)


def test_the_solution_starts_at_the_start():
    start = balanced_start(network(), 0.5)
    found = balanced_solution(network(), UNIT, [0.0, 1e-15], start=start)
    assert np.abs(found - 0.01 * start[:3] @ start[3:].T).max() < 1e-14


def test_singular_moments_leave_their_kernel_where_it_was():
    problem = LinearNetwork(WHITENED, [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], width=2)
    found = balanced_solution(problem, UNIT, 20.0, start=balanced_start(problem, 0.3, seed=1))
    assert np.abs(found - problem.sigma_yx).max() < 0.1


def test_moments_that_are_not_whitened_are_refused():
    problem = LinearNetwork(np.diag([1, 2]).tolist(), [[1, 0], [0, 1]])
    with pytest.raises(HypothesisNotMet, match="needs whitened moments"):
        balanced_solution(problem, UNIT, 1.0, start=balanced_start(problem, 0.0))


def test_a_start_that_is_not_balanced_is_refused():
    start = balanced_start(network(), 0.7)
    start[0, 0] += 1e-6
    with pytest.raises(HypothesisNotMet, match=r"AᵀA − WWᵀ = λI, got entries off by"):
        balanced_solution(network(), UNIT, 1.0, start=start)


@pytest.mark.parametrize("times", [[-1.0], [np.inf], [np.nan]])
def test_times_are_finite_and_not_negative(times):
    with pytest.raises(InputError, match="times: finite numbers"):
        balanced_solution(network(), UNIT, times, start=balanced_start(network(), 0.0))
