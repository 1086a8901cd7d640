"""Whole aligned networks: their matrices, their power series, and stored ones."""

from fractions import Fraction
from random import Random

import flint
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from sympy import cosh, exp, log, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError, UndecidedError
from agf_theory.proofs_check.linear.aligned_networks import (
    BALANCED,
    IMBALANCED,
    ORTHOGONAL_HIDDEN,
    WHITENED,
    AlignedModes,
    strength_series,
)
from agf_theory.proofs_check.linear.mode_necessity import small_network
from agf_theory.proofs_check.linear.power_series import claimed_series


def drawn(seed, **kind):
    return AlignedModes(**kind).draw(Random(seed), 4)


def in_floats(matrix):
    return np.array(matrix, dtype=float)


@pytest.mark.parametrize("seed", range(6))
def test_a_network_has_the_strengths_it_says(seed):
    network = drawn(seed)
    a, w, cross, _ = map(in_floats, network.matrices)
    u, v = map(in_floats, (network.outputs, network.inputs))
    k = len(network.sigma)
    assert np.diag(u.T @ a @ w @ v)[:k] == pytest.approx([float(s) for s in network.strengths], abs=1e-12)
    assert np.diag(u.T @ cross @ v)[:k] == pytest.approx([float(s) for s in network.sigma], abs=1e-12)


def test_the_series_of_a_scalar_mode_by_hand():
    """α = 2, ω = 1, σ = 3: s' = √(9 + 4s²)(3 − s) is 5 at s = 2, and s'' = (4s/5·(3 − s) − 5)·5 = 8 − 25."""
    series = strength_series(small_network((2,), (1,)), 2)[0]
    assert series == [2, 5, Fraction(8 - 25, 2)]


@pytest.mark.parametrize("seed", range(4))
def test_the_series_follows_the_integrated_network(seed):
    network = drawn(seed)
    a, w, cross, covariance = map(in_floats, network.matrices)
    shapes = a.shape, w.shape

    def flow(_, z):
        first, second = z[: a.size].reshape(shapes[0]), z[a.size :].reshape(shapes[1])
        residual = cross - first @ second @ covariance
        return np.concatenate([(residual @ second.T).ravel(), (first.T @ residual).ravel()])

    time = 2e-4
    run = solve_ivp(flow, (0, time), np.concatenate([a.ravel(), w.ravel()]), rtol=1e-12, atol=1e-14)
    end = run.y[:, -1]
    strengths = np.diag(
        in_floats(network.outputs).T
        @ end[: a.size].reshape(shapes[0])
        @ end[a.size :].reshape(shapes[1])
        @ in_floats(network.inputs)
    )
    for j, series in enumerate(strength_series(network, 4)):
        assert strengths[j] == pytest.approx(sum(float(c) * time**k for k, c in enumerate(series)), abs=1e-10)


def test_kinds_of_networks_are_what_they_say():
    for seed in range(30):
        assert BALANCED.holds({"network": drawn(seed, balanced=True)})
        assert WHITENED.holds({"network": drawn(seed, whitened=True)})
        assert ORTHOGONAL_HIDDEN.holds({"network": drawn(seed)})
    assert not IMBALANCED.holds({"network": small_network((1,), (-1,))})
    assert not ORTHOGONAL_HIDDEN.holds({"network": small_network((1, 1), (1, 1), directions=(0, 0))})


def test_modes_of_one_hidden_direction_disturb_one_another():
    apart = strength_series(small_network((2, 2), (1, 1), directions=(0, 1)), 1)[0]
    together = strength_series(small_network((2, 2), (1, 1), directions=(0, 0)), 1)[0]
    assert apart != together


def test_a_power_series_in_balls_by_hand():
    with flint.ctx.workprec(100):
        series = claimed_series(sym.x * exp(2 * sym.t) / (1 + sym.t) + log(1 + sym.t), {sym.x: 3}, 2)
        assert [float(c) for c in series] == pytest.approx([3, 4, 2.5])
        rooted = claimed_series(sqrt(1 + 2 * sym.t) ** -3, {}, 2)
        assert [float(c) for c in rooted] == pytest.approx([1, -3, 7.5])


def test_a_pole_at_the_start_has_no_finite_coefficient():
    series = claimed_series(1 / (1 - exp(sym.t)), {}, 2)
    assert not any(coefficient.is_finite() or coefficient.contains(0) for coefficient in series)


def test_a_power_series_of_another_function_is_refused():
    with pytest.raises(UndecidedError, match="cosh is not expanded"):
        claimed_series(cosh(sym.t), {}, 2)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"hidden": [["1"], ["2"]]}, "a square matrix is required"),
        ({"alpha": ["1"] * 3}, "one number for each mode"),
        ({"directions": ["7"]}, "one number for each mode"),
        ({"variance": []}, "one number for each mode"),
        ({"sigma": "3"}, "a list of at most 20 numbers"),
    ],
)
def test_a_stored_network_that_is_malformed_is_refused(change, why):
    stored = AlignedModes().encode(small_network((2,), (1,)))
    assert AlignedModes().decode(stored) == small_network((2,), (1,))
    with pytest.raises(InputError, match=why):
        AlignedModes().decode({**stored, **change})
    with pytest.raises(InputError, match="an object with outputs"):
        AlignedModes().decode({"alpha": ["1"]})


def test_a_variance_that_is_not_positive_meets_no_hypothesis():
    assert not AlignedModes().holds({"network": small_network((2,), (1,), variance=0)})
