"""Refined jump times, against integrated flows, by hand, and where they refuse."""

import numpy as np
import pytest

from agf_theory.errors import HypothesisNotMet, InputError, UndecidedError
from agf_theory.numeric.linear import (
    gradient_flow,
    half_strength_times,
    hidden_overlaps,
    limiting_sequence,
    refined_sequence,
)
from agf_theory.problems import InitScale, LinearNetwork

SIGMA = ("2", "1.2", "0.7")


def commuting(sigma, variances, width):
    size = range(len(sigma))
    diagonal = lambda values: [[values[i] if i == j else 0 for j in size] for i in size]  # noqa: E731
    return LinearNetwork(diagonal(variances), diagonal(sigma), width=width)


def gaussian(problem, seed=0):
    return np.random.default_rng(seed).standard_normal((problem.c + problem.d, problem.width))


def start_with(overlaps):
    """Weights with z_k = A^T u_k = W v_k of given coordinates."""
    z = np.array(overlaps, dtype=float) / np.sqrt(2)
    return np.vstack([z, z])


def test_a_time_worked_by_hand():
    """σ = 1, Λ = 2, r = 1: ½ log(2σ/Λ) = 0, and the time is log(1/ε)."""
    problem = commuting(["1"], ["2"], 1)
    sequence = refined_sequence(problem, InitScale("1e-5"), start=start_with([[1.0]]))
    assert abs(sequence.jump_times[0] - 1) < 1e-15
    assert sequence.loss_levels[0] == 0
    assert abs(sequence.initial_loss - 0.25) < 1e-15


def test_overlaps_are_those_beyond_the_modes_before():
    problem = commuting(SIGMA, ["1"] * 3, 3)
    start = start_with([[2, 0, 0], [5, 3, 0], [1, 1, 0.5]])
    assert hidden_overlaps(problem, start) == pytest.approx([2, 3, 0.5], abs=1e-14)


@pytest.mark.parametrize(
    ("sigma", "variances", "scale"),
    [
        (SIGMA, ["1", "1", "1"], "1e-15"),
        (SIGMA, ["1.5", "1", "0.8"], "1e-15"),
        (SIGMA, ["0.6", "1", "1.4"], "1e-15"),
        (("2", "1"), ["4", "0.5"], "1e-26"),
        (SIGMA, ["4", "1", "0.2"], "1e-26"),
    ],
)
def test_times_are_those_of_the_flow_in_either_order_of_loss(sigma, variances, scale):
    problem, init_scale = commuting(sigma, variances, 4), InitScale(scale)
    start = gaussian(problem)
    refined = refined_sequence(problem, init_scale, start=start)
    flow = gradient_flow(problem, init_scale, start=start, tolerance=1e-11)
    seen = half_strength_times(problem, flow)
    assert np.abs(seen - refined.jump_times).max() * init_scale.log_inverse < 1e-7
    leading = limiting_sequence(problem).jump_times
    assert np.abs(seen - leading).max() * init_scale.log_inverse > 0.04


def test_saddles_and_levels_are_those_of_the_limiting_sequence():
    problem = commuting(SIGMA, ["4", "1", "0.2"], 3)
    refined, limit = refined_sequence(problem, InitScale("1e-30"), seed=3), limiting_sequence(problem)
    assert np.abs(refined.saddles - limit.saddles).max() < 1e-14
    assert np.abs(refined.loss_levels - limit.loss_levels).max() < 1e-14
    assert refined.complete
    assert refined.active_sets[1] == {0, 1}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_out_is_of_the_estimated_size_at_a_moderate_scale(seed):
    """Overlaps of order one that the estimate leaves out enter squared: a factor of a hundred is theirs."""
    problem, scale = commuting(SIGMA, ["1"] * 3, 3), InitScale("1e-5")
    start = gaussian(problem, seed)
    refined = refined_sequence(problem, scale, start=start)
    seen = half_strength_times(problem, gradient_flow(problem, scale, start=start, tolerance=1e-11))
    off = np.abs(seen - refined.jump_times)
    assert (off <= 100 * refined.jump_errors + 1e-8).all()
    assert (refined.jump_errors < 1e-2).all()


def test_modes_may_cross_where_the_scale_is_not_small():
    problem = commuting(("1.1", "1"), ["1", "1"], 2)
    sequence = refined_sequence(problem, InitScale("0.1"), start=start_with([[1e-3, 0], [0, 1]]))
    assert [event.entered for event in sequence.events] == [(1,), (0,)]
    assert "modes cross" in sequence.notes[0]
    assert (np.diff(sequence.jump_times) > 0).all()


def test_fewer_neurons_than_modes_leave_the_rest_undecided():
    sequence = refined_sequence(commuting(SIGMA, ["1"] * 3, 2), InitScale("1e-8"))
    assert len(sequence) == 2
    assert "2 hidden neurons for 3 modes" in str(sequence.undecided[0])


def test_a_mode_that_a_flow_never_learns_has_no_time():
    problem = commuting(("1", "0.5"), ["1", "1"], 2)
    flow = gradient_flow(problem, InitScale("1e-6"), duration=1.5)
    times = half_strength_times(problem, flow)
    assert np.isfinite(times[0])
    assert np.isnan(times[1])


def test_moments_that_do_not_commute_are_refused():
    problem = LinearNetwork([[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]])
    with pytest.raises(HypothesisNotMet, match="need commuting moments"):
        refined_sequence(problem, InitScale("1e-8"))


def test_equal_singular_values_are_refused():
    with pytest.raises(HypothesisNotMet, match="need distinct singular values"):
        hidden_overlaps(commuting(("1", "1"), ["1", "2"], 2), np.ones((4, 2)))


def test_a_start_without_an_overlap_of_its_own_is_undecided():
    problem = commuting(("2", "1"), ["1", "1"], 2)
    with pytest.raises(UndecidedError, match="overlap of mode 2: more than rounding"):
        refined_sequence(problem, InitScale("1e-8"), start=start_with([[1, 0], [1, 0]]))


def test_a_start_of_another_shape_is_refused():
    with pytest.raises(InputError, match="start: shape"):
        hidden_overlaps(commuting(("2", "1"), ["1", "1"], 2), np.ones((3, 2)))


def test_means_over_gaussian_starts_follow_the_chi_law():
    """E log χ_m for m = 4, 3, 2: ½(ψ(m/2) + log 2), with ψ(2) = 1 − γ, ψ(3/2) = 2 − γ − 2 log 2, ψ(1) = −γ."""
    problem = commuting(SIGMA, ["1"] * 3, 4)
    logs = np.log([hidden_overlaps(problem, gaussian(problem, seed)) for seed in range(400)])
    gamma = np.euler_gamma
    expected = (np.array([1 - gamma, 2 - gamma - 2 * np.log(2), -gamma]) + np.log(2)) / 2
    assert (np.abs(logs.mean(axis=0) - expected) < 5 * logs.std(axis=0) / 20).all()
