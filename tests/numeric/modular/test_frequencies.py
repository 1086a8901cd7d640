from fractions import Fraction

import numpy as np
import pytest

from agf_theory.numeric.modular import blow_up_times, frequencies, frequency_names, lower_bounds
from agf_theory.numeric.modular.starts import random_start
from agf_theory.problems import ModularAddition, zoo


def utility(x, u, v, w):
    """Mean over all pairs of (u·x_a + v·x_b)² w·x_{a+b}, by looking at every pair."""
    p = len(x)
    shifts = np.array([[x[(j - a) % p] for j in range(p)] for a in range(p)])
    return np.mean(
        [(u @ shifts[a] + v @ shifts[b]) ** 2 * (w @ shifts[(a + b) % p]) for a in range(p) for b in range(p)]
    )


def test_classes_energies_and_neurons_of_the_reference_task():
    found = frequencies(zoo.get("three-frequencies", ModularAddition))
    assert [(f.k, f.kind, f.neurons) for f in found] == [(1, "generic", 6), (3, "generic", 6), (5, "quarter", 4)]
    assert [f.energy for f in found] == [10, Fraction(5, 2), Fraction(5, 8)]


def test_energies_of_a_template_known_by_its_entries_alone_are_floats():
    (found,) = frequencies(ModularAddition([1, 0, -1, 0]))
    assert found.energy == pytest.approx(2.0)
    assert isinstance(found.energy, float)


@pytest.mark.parametrize("name", ["nyquist-dominant", "mean-below-a-frequency", "raw-one-hot", "quarter-of-4"])
def test_the_utility_is_the_greatest_that_ascent_finds_over_all_pairs(name):
    problem = zoo.get(name, ModularAddition)
    found = frequencies(problem)
    best, p = 0.0, problem.p
    for seed in range(6):
        u, v, w = np.random.default_rng(seed).standard_normal((3, p))
        for _ in range(60):
            u, v, w = ascended(problem.template, u, v, w)
        best = max(best, utility(problem.template, u, v, w))
    assert best == pytest.approx(max(f.utility for f in found), rel=1e-3)


def ascended(x, u, v, w):
    """One step of the power method for a form of degree three: its gradient, on the unit sphere again."""
    p = len(x)
    X = np.array([[x[(j - a) % p] for j in range(p)] for a in range(p)])
    g = (X @ u)[:, None] + (X @ v)[None, :]
    sums = np.add.outer(np.arange(p), np.arange(p)) % p
    y = (X @ w)[sums]
    gradient = np.array(
        [
            2 / p**2 * X.T @ (g * y).sum(axis=1),
            2 / p**2 * X.T @ (g * y).sum(axis=0),
            np.einsum("ab,abj->j", g**2, X[sums]) / p**2,
        ]
    )
    moved = np.array([u, v, w]) / np.linalg.norm([u, v, w]) + gradient / np.linalg.norm(gradient)
    return moved / np.linalg.norm(moved)


def test_no_neuron_blows_up_before_its_bound():
    problem = zoo.get("nyquist-dominant", ModularAddition).with_width(200)
    u, v, w = random_start(problem, 3)
    times, bounds = blow_up_times(problem, u, v, w), lower_bounds(problem, u, v, w)
    assert (times.min(axis=0) > bounds).all()
    assert (times.min(axis=0) < 2 * bounds).all()  # of 200 neurons some start near to aligned and balanced


def test_the_bound_of_neurons_without_a_frequency_is_never():
    problem = ModularAddition([1, 0, -1, 0])
    nothing = np.array([[1.0, 1, 1, 1]])
    assert lower_bounds(problem, nothing, nothing, nothing).tolist() == [np.inf]


def test_names_number_the_frequencies():
    assert frequency_names(zoo.get("three-frequencies", ModularAddition)) == ("ξ=1", "ξ=3", "ξ=5")
