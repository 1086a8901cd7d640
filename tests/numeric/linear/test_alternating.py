"""Alternating gradient flows on effective neurons: the order that accumulated growth gives, at any scale."""

from __future__ import annotations

from collections.abc import Callable

import mpmath
import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.linear import alternating_gradient_flows, gradient_flow, limiting_sequence
from agf_theory.problems import InitScale, LinearNetwork, zoo


@pytest.mark.parametrize("name", ["reversed", "reducible", "greedy-differs", "irreducible", "singular-inputs"])
def test_at_a_tiny_scale_times_and_levels_are_those_of_the_limit(name: str) -> None:
    problem = zoo.get(name)
    limit = limiting_sequence(problem)
    found = alternating_gradient_flows(problem, InitScale("1e-100000"))
    # Off by what the start contributes, a number of order one, over log(1/ε) = 230000.
    assert found.jump_times == pytest.approx(limit.jump_times, abs=1e-4)
    assert found.loss_levels == pytest.approx(limit.loss_levels, abs=1e-9)
    assert found.saddles == pytest.approx(limit.saddles, abs=1e-8)


@pytest.mark.parametrize("scale", ["1e-50", "1e-200", "1e-600"])
def test_the_third_counterexample_is_learned_in_the_order_of_the_flow(
    greedy_differs: LinearNetwork, scale: str
) -> None:
    found = alternating_gradient_flows(greedy_differs, InitScale(scale))
    assert found.loss_levels == pytest.approx([0.698082, 0.453082, 0], abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2])
def test_rotated_data_change_nothing_although_their_blocks_are_hidden(
    greedy_differs: LinearNetwork, rotated: Callable[[LinearNetwork, int], LinearNetwork], seed: int
) -> None:
    found = alternating_gradient_flows(rotated(greedy_differs, seed), InitScale("1e-1000"))
    assert found.loss_levels == pytest.approx([0.698082, 0.453082, 0], abs=1e-6)
    assert found.jump_times == pytest.approx([0.5, 0.714286, 0.764975], abs=3e-3)


def test_a_saddle_that_its_neurons_leave_is_named_with_the_rate(reversed_order: LinearNetwork) -> None:
    found = alternating_gradient_flows(reversed_order, InitScale("1e-8"))
    assert found.loss_levels == pytest.approx([1, 0], abs=1e-9)
    assert found.notes[0].startswith("saddle 1 is not robust: its own neurons leave it at rate g = 0.203768")


def test_first_jump_time_is_that_of_the_raw_dormant_flow_in_high_precision() -> None:
    problem, scale = zoo.get("irreducible"), InitScale("1e-8")
    rng = np.random.default_rng(4)
    start = rng.standard_normal((6, 3))
    found = alternating_gradient_flows(problem, scale, start=start)
    with mpmath.workdps(40):
        R = mpmath.matrix(problem.sigma_yx.tolist())
        M = mpmath.zeros(6)
        M[:3, 3:], M[3:, :3] = R, R.T
        time = mpmath.mpf(found.jump_times[0]) * scale.log_inverse
        grown = mpmath.expm(M * time) * mpmath.matrix(start.tolist()) * mpmath.exp(-scale.log_inverse)
        largest = max(mpmath.svd_r(grown, compute_uv=False))
    assert float(largest) == pytest.approx(1, abs=1e-9)


def test_hidden_rotations_of_the_start_change_nothing() -> None:
    problem, scale = zoo.get("irreducible"), InitScale("1e-30")
    rng = np.random.default_rng(5)
    start, turn = rng.standard_normal((6, 3)), np.linalg.qr(rng.standard_normal((3, 3)))[0]
    plain, turned = (alternating_gradient_flows(problem, scale, start=s) for s in (start, start @ turn))
    assert turned.jump_times == pytest.approx(plain.jump_times, rel=1e-10)


def test_an_aligned_start_activates_mode_after_mode_at_the_limit_times(reversed_order: LinearNetwork) -> None:
    start = np.vstack([np.eye(2), np.eye(2)]) / np.sqrt(2)  # column j along (u_j, v_j), of norm one
    found = alternating_gradient_flows(reversed_order, InitScale("1e-8"), start=start)
    assert found.jump_times == pytest.approx([0.5, 1.0], abs=1e-12)


def test_a_start_without_the_second_mode_never_learns_it(reversed_order: LinearNetwork) -> None:
    start = np.array([[1.0, 0], [0, 0], [1, 0], [0, 0]])
    found = alternating_gradient_flows(reversed_order, InitScale("1e-8"), start=start)
    assert found.loss_levels == pytest.approx([1.0])


def test_more_neurons_than_coordinates_are_as_many_effective_ones() -> None:
    problem = LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]], width=9)
    found = alternating_gradient_flows(problem, InitScale("1e-40"))
    assert len(found.names) == 4
    assert found.loss_levels == pytest.approx([0.5, 0], abs=1e-12)


def test_one_neuron_jumps_once() -> None:
    found = alternating_gradient_flows(LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]], width=1), InitScale("1e-40"))
    assert found.loss_levels == pytest.approx([0.5])


def test_modes_that_grow_alike_are_announced() -> None:
    found = alternating_gradient_flows(zoo.get("repeated-growth"), InitScale("1e-40"))
    assert found.notes == ("jump 1: several modes grow at one rate; the start decides which comes first",)
    assert found.loss_levels == pytest.approx([2.5, 0.5, 0], abs=1e-9)


def test_the_flow_from_the_same_start_has_the_same_levels() -> None:
    problem, scale = zoo.get("irreducible"), InitScale("1e-150")
    flow = gradient_flow(problem, scale, seed=2)
    found = alternating_gradient_flows(problem, scale, seed=2)
    # The flow reaches the saddle of a plateau of length 0.13 log(1/ε) up to a relaxation over half of it.
    assert [jump.loss for jump in flow.jumps()] == pytest.approx(list(found.loss_levels), abs=1e-2)
    assert flow.jump_times() == pytest.approx(found.jump_times, abs=0.02)


def test_nothing_to_learn_is_an_empty_sequence() -> None:
    found = alternating_gradient_flows(zoo.get("no-signal"), InitScale("1e-8"))
    assert found.saddles.shape == (0, 2, 2)


def test_a_start_of_another_shape_is_refused(reversed_order: LinearNetwork) -> None:
    with pytest.raises(InputError, match=r"start: shape \(4, 2\), A above Wᵀ, is required, got \(2, 2\)"):
        alternating_gradient_flows(reversed_order, InitScale("1e-8"), start=np.eye(2))
