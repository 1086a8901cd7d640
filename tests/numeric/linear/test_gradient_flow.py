"""Gradient flow in log-scaled columns, against the raw weights, the logistic mode and the limit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from agf_theory.errors import InputError
from agf_theory.numeric.linear import gradient_flow, limiting_sequence
from agf_theory.problems import InitScale, LinearNetwork, zoo


def raw_map(problem: LinearNetwork, start: np.ndarray, scale: float, time: float) -> np.ndarray:
    """B at a flow time, by integrating the raw (A, W), fourteen digits a step."""
    c, shape = problem.c, start.shape

    def rates(_: float, state: np.ndarray) -> np.ndarray:
        A, W = state.reshape(shape)[:c], state.reshape(shape)[c:].T
        R = problem.sigma_yx - A @ W @ problem.sigma_xx
        return np.vstack([R @ W.T, R.T @ A]).ravel()

    run = solve_ivp(rates, (0, time), scale * start.ravel(), method="DOP853", rtol=1e-13, atol=1e-18)
    end = run.y[:, -1].reshape(shape)
    return np.asarray(end[:c] @ end[c:].T)


@pytest.mark.parametrize("name", ["reversed", "nearly-reversed-0.5", "irreducible", "singular-inputs"])
def test_maps_are_those_of_the_raw_weights(name: str) -> None:
    problem, scale = zoo.get(name), InitScale("1e-3")
    start = np.random.default_rng(7).standard_normal((problem.c + problem.d, problem.width))
    found = gradient_flow(problem, scale, start=start, tolerance=1e-12)
    for time in (2.0, 4.0):
        expected = raw_map(problem, start, 1e-3, time)
        assert found.at(time / scale.log_inverse) == pytest.approx(expected, abs=1e-8)


def test_an_aligned_mode_is_the_logistic_curve() -> None:
    problem, scale = LinearNetwork([[4]], [[2]]), InitScale("1e-6")
    found = gradient_flow(problem, scale, start=np.ones((2, 1)), tolerance=1e-12)
    times = np.array([0.3, 0.5, 0.6])
    growth = np.exp(4 * times * scale.log_inverse)  # of the strength, at rate 2σ
    strength = 1e-12 * growth / (1 + (1e-12 * 4 / 2) * (growth - 1))
    assert found.at(times)[:, 0, 0] == pytest.approx(strength, rel=1e-7)


@pytest.mark.parametrize("seed", [0, 3])
def test_rotated_data_stay_at_the_saddle_that_their_blocks_give(
    reversed_order: LinearNetwork, rotated: Callable[[LinearNetwork, int], LinearNetwork], seed: int
) -> None:
    # log(1/ε) = 690: rounding errors in the active neuron would have grown by exp(0.204 · 345) = e^70.
    found = gradient_flow(rotated(reversed_order, seed), InitScale("1e-300"))
    assert [jump.loss for jump in found.jumps()] == pytest.approx([1, 0], abs=1e-6)
    assert found.notes[0].startswith("saddle 1 is not robust: its own neurons leave it at rate g = 0.203768")


@pytest.mark.parametrize("name", ["reducible", "greedy-differs", "irreducible"])
def test_slopes_between_two_scales_are_the_limit_times(name: str) -> None:
    problem = zoo.get(name)
    first, second = (gradient_flow(problem, InitScale(text)) for text in ("1e-50", "1e-120"))
    lengths = [InitScale(text).log_inverse for text in ("1e-50", "1e-120")]
    slopes = (second.jump_times() * lengths[1] - first.jump_times() * lengths[0]) / (lengths[1] - lengths[0])
    # What is left decays exponentially in the length of the shortest plateau, 0.05 and 0.13 times log(1/ε).
    assert slopes == pytest.approx(limiting_sequence(problem).jump_times, abs=1e-3)


def test_the_loss_never_rises_and_ends_at_the_noise_floor() -> None:
    found = gradient_flow(zoo.get("noise-floor"), InitScale("1e-20"))
    assert (np.diff(found.losses) <= 1e-9).all()
    assert found.losses[-1] == pytest.approx(0.75, abs=1e-9)


def test_maps_come_in_the_coordinates_of_the_problem(
    greedy_differs: LinearNetwork, rotated: Callable[[LinearNetwork, int], LinearNetwork]
) -> None:
    problem = rotated(greedy_differs, 1)
    best = problem.sigma_yx @ np.linalg.inv(problem.sigma_xx)
    found = gradient_flow(problem, InitScale("1e-10"))
    assert found.at(found.times[-1]) == pytest.approx(best, abs=1e-6)
    assert found.jumps()[-1].coefficients == pytest.approx(best, abs=1e-6)


def test_many_instants_come_in_their_shape(reversed_order: LinearNetwork) -> None:
    found = gradient_flow(reversed_order, InitScale("1e-5"))
    assert found.at(np.full((2, 3), 0.1)).shape == (2, 3, 2, 2)
    assert found.at([]).shape == (0, 2, 2)


def test_a_duration_ends_the_flow() -> None:
    found = gradient_flow(zoo.get("whitened"), InitScale("1e-20"), duration=0.6)
    assert found.times[-1] == pytest.approx(0.6)
    assert len(found.jumps()) == 1


def test_nothing_to_learn_stays_where_it_is() -> None:
    found = gradient_flow(zoo.get("no-signal"), InitScale("1e-8"))
    assert found.jumps() == ()
    assert found.notes == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tolerance": 1e-20}, r"tolerance must lie in \[1e-13, 1e-3\], got 1e-20"),
        ({"duration": -1.0}, r"duration must be positive and finite, got -1"),
        ({"start": [[0.0, 0]] * 4}, r"start: finite numbers, not all zero, are required"),
        ({"start": [[1.0]]}, r"start: shape \(4, 2\)"),
    ],
)
def test_wrong_options_are_named(reversed_order: LinearNetwork, options: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        gradient_flow(reversed_order, InitScale("1e-8"), **options)


def test_instants_after_the_end_are_refused(reversed_order: LinearNetwork) -> None:
    found = gradient_flow(reversed_order, InitScale("1e-5"))
    with pytest.raises(InputError, match=r"times must lie in \[0, "):
        found.at(1e6)
