"""Gradient flow and alternating gradient flows on modular addition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from agf_theory.errors import InputError
from agf_theory.numeric.modular import (
    alternating_gradient_flows,
    blow_up_times,
    gradient_flow,
    gradient_over_pairs,
    random_start,
)
from agf_theory.problems import InitScale, ModularAddition


@pytest.fixture(scope="module")
def two_classes() -> ModularAddition:
    return ModularAddition.from_spectrum(6, {1: 3, 3: 2}, width=3)


@pytest.fixture(scope="module")
def one_class() -> ModularAddition:
    return ModularAddition.from_spectrum(7, {1: 3}, width=2)


def test_powers_are_those_of_the_raw_weights_trained_on_all_pairs(two_classes: ModularAddition) -> None:
    start, alpha = random_start(two_classes, 1), 0.05

    def rates(_: float, state: np.ndarray) -> np.ndarray:
        return -np.stack(gradient_over_pairs(two_classes, *state.reshape(start.shape))).ravel()

    raw = solve_ivp(rates, (0, 60), alpha * start.ravel(), rtol=1e-8, atol=1e-10, dense_output=True)
    flow = gradient_flow(two_classes, InitScale("0.05"), start=start, duration=60 * alpha)
    shifted = np.array([np.roll(two_classes.template, a) for a in range(6)])
    assert flow.losses[0] > 1.5 * flow.losses[-1]
    for time in (10.0, 30.0, 45.0, 60.0):
        u, v, w = raw.sol(time).reshape(start.shape)
        outputs = ((shifted @ u.T)[:, None] + (shifted @ v.T)[None]) ** 2 @ w
        spectra = np.abs(np.fft.fft(outputs)) ** 2 / 6
        powers = (spectra[:, :, 1] * 2).mean(), spectra[:, :, 3].mean()
        assert flow.at(time * alpha) == pytest.approx(powers, abs=1e-3)  # the tolerance 1e-6, summed over the steps


@pytest.mark.parametrize("scale", ["1e-8", "1e-1000"])
def test_the_first_neuron_activates_at_the_least_blow_up_time(one_class: ModularAddition, scale: str) -> None:
    first = blow_up_times(one_class, *random_start(one_class, 2)).min()
    flow = gradient_flow(one_class, InitScale(scale), seed=2, duration=1.01 * first)
    # The dormant flow has ten digits; from norm one on, blow-up would take a time of order α.
    assert flow.jump_times()[0] == pytest.approx(first, rel=1e-6)
    assert flow.dual[0].max() == pytest.approx(-1, abs=0.1)


def test_levels_and_times_do_not_depend_on_the_scale_as_it_vanishes(one_class: ModularAddition) -> None:
    one, other = (alternating_gradient_flows(one_class, InitScale(scale), seed=2) for scale in ("1e-8", "1e-90"))
    first = blow_up_times(one_class, *random_start(one_class, 2)).min()
    assert one.jump_times[0] == pytest.approx(first, rel=1e-7)
    assert one.jump_times == pytest.approx(other.jump_times, rel=1e-5)
    assert one.active_sets == other.active_sets
    # One neuron leaves 8/9 of a generic class, two of them 5/9 as their norms diverge: see MOD-15.
    left = one.loss_levels / one.initial_loss
    assert left[0] == pytest.approx(8 / 9, abs=1e-7)
    assert 5 / 9 < left[1] < 5 / 9 + 1e-3


def test_a_start_that_is_not_small_or_of_another_shape_is_refused(two_classes: ModularAddition) -> None:
    with pytest.raises(InputError, match=r"neurons of norm below 1/α are required, got norm"):
        gradient_flow(two_classes, InitScale("0.5"), start=9 * random_start(two_classes))
    with pytest.raises(InputError, match=r"start: shape \(3, 3, 6\), one row of u, of v and of w"):
        alternating_gradient_flows(two_classes, InitScale("0.1"), start=np.eye(2))
    with pytest.raises(InputError, match="duration must be positive"):
        gradient_flow(two_classes, InitScale("0.1"), duration=-1)
    with pytest.raises(InputError, match=r"tolerance must lie in \[1e-10, 1e-3\]"):
        gradient_flow(two_classes, InitScale("0.1"), tolerance=1)
