"""Drawn neurons are what they say: exact decompositions, spectra and flows."""

from fractions import Fraction
from random import Random

import flint
import numpy as np
import pytest
from scipy.linalg import expm

from agf_theory.errors import InputError, UndecidedError
from agf_theory.proofs_check import get
from agf_theory.proofs_check.linear.dormant_necessity import scalar_neuron
from agf_theory.proofs_check.linear.dormant_neurons import LinearNeuron, is_orthogonal
from agf_theory.proofs_check.linear.frozen_flow import (
    block_matrix,
    enclosed_crossing,
    flowed,
    modes_motion,
    squared_norm_of_flow,
    utility_integral,
)


def drawn(seed, size=4):
    return LinearNeuron().draw(Random(seed), size)


@pytest.mark.parametrize("seed", range(12))
def test_a_neuron_is_drawn_with_its_exact_singular_value_decomposition(seed):
    neuron = drawn(seed)
    assert is_orthogonal(neuron.left)
    assert is_orthogonal(neuron.right)
    values = np.linalg.svd(np.array(neuron.residual, dtype=float), compute_uv=False)
    assert values == pytest.approx([float(sigma) for sigma in neuron.singular_values], abs=1e-12)
    assert sum(x * x for x in neuron.theta) == neuron.squared_norm


@pytest.mark.parametrize("seed", range(12))
def test_the_spectrum_is_that_of_the_block_matrix(seed):
    neuron = drawn(seed)
    eigenvalues, vectors = np.linalg.eigh(np.array(block_matrix(neuron), dtype=float))
    projected = (vectors.T @ np.array(neuron.theta, dtype=float)) ** 2
    for value, share in neuron.spectrum:
        seen = projected[np.abs(eigenvalues - float(value)) < 1e-9].sum()
        assert seen == pytest.approx(float(share), abs=1e-12)
    assert sum(share for _, share in neuron.spectrum) == neuron.squared_norm


def test_every_kind_of_neuron_is_drawn():
    neurons = [drawn(seed) for seed in range(200)]
    assert any(neuron.multiplicity > 1 and neuron.singular_values[0] for neuron in neurons)
    assert any(neuron.aligned and neuron.squared_norm for neuron in neurons)
    assert any(neuron.singular_values[0] == 0 for neuron in neurons)
    assert {(len(n.left), len(n.right)) for n in neurons} == {(c, d) for c in (1, 2, 3) for d in (1, 2, 3)}


def test_the_flow_is_the_matrix_exponential():
    neuron = drawn(3)
    seen = flowed(neuron, flint.arb(2))
    expected = expm(2 * np.array(block_matrix(neuron), dtype=float)) @ np.array(neuron.theta, dtype=float)
    assert [float(seen[i, 0]) for i in range(len(expected))] == pytest.approx(expected.tolist(), rel=1e-10)


def test_the_crossing_of_a_scalar_aligned_neuron_by_hand():
    """R = 2, α = ω = 1/4: the norm is e^(2t)/√8, one at log(8)/4."""
    neuron = scalar_neuron(2, Fraction(1, 4), Fraction(1, 4))
    with flint.ctx.workprec(200):
        seen = enclosed_crossing(squared_norm_of_flow(neuron), flint.arb(1))
        assert (seen - flint.arb(8).log() / 4).contains(0)
        assert seen.rad() < 1e-50
        assert (utility_integral(neuron, 1) - 2).contains(0)


def test_modes_and_matrix_exponential_cross_at_the_same_time():
    neuron = scalar_neuron(1, Fraction(1, 4), Fraction(1, 9))
    with flint.ctx.workprec(200):
        crossings = [
            enclosed_crossing(motion, flint.arb(5))
            for motion in (squared_norm_of_flow(neuron), modes_motion(neuron.spectrum, flint.arb(1)))
        ]
    assert crossings[0].overlaps(crossings[1])


def test_a_norm_that_is_one_at_two_times_too_close_is_undecided():
    """(t − 5)² + 1 only touches one: no change of sign there."""
    with pytest.raises(UndecidedError, match="no change of sign"):
        enclosed_crossing(lambda t: ((t - 5) ** 2 + 1, 2 * (t - 5)), flint.arb(7))


def test_a_scaled_neuron_keeps_its_residual():
    neuron = drawn(5)
    half = neuron.scaled(Fraction(1, 2))
    assert half.residual == neuron.residual
    assert 4 * half.squared_norm == neuron.squared_norm
    assert str(half).startswith("R = [")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"left": "no matrix"}, "a list of at most 20 rows"),
        ({"left": [["1", "2"]]}, "a square matrix is required"),
        ({"left": [5]}, "a list of at most 20 numbers"),
        ({"alpha": ["1"] * 30}, "a list of at most 20 numbers"),
        ({"alpha": []}, "coordinates for each singular vector"),
        ({"omega": None}, "a list of at most 20 numbers"),
        ({"omega": ["__import__('os')"]}, "expected a number"),
    ],
)
def test_a_stored_neuron_that_is_malformed_is_refused(change, why):
    stored = LinearNeuron().encode(drawn(2))
    with pytest.raises(InputError, match=why):
        LinearNeuron().decode({**stored, **change})
    del stored["right"]
    with pytest.raises(InputError, match="an object with left, right"):
        LinearNeuron().decode(stored)


def test_a_basis_that_is_not_orthogonal_meets_no_hypothesis():
    stored = LinearNeuron().encode(scalar_neuron(1, 1, 1))
    wrong = LinearNeuron().decode({**stored, "left": [["2"]]})
    assert not LinearNeuron().holds({"neuron": wrong})


def test_relations_look_at_the_neuron():
    relations = {str(condition): condition for condition in get("LIN-06").hypotheses.conditions}
    decaying = {"neuron": scalar_neuron(1, 1, -1)}
    (grows,) = (relation for text, relation in relations.items() if "growing" in text)
    assert not grows.holds(decaying)
    assert not relations["‖θ(0)‖ < 1"].holds(decaying)
    assert relations["residual frozen"].holds(decaying)
