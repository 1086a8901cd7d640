"""Loss and gradient over all pairs without the pairs, against the pairs written out."""

from __future__ import annotations

import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.modular import gradient_over_pairs, loss_over_pairs, population_gradient, population_loss
from agf_theory.numeric.modular.curvature import derivative_of_force
from agf_theory.numeric.modular.field import PopulationField
from agf_theory.numeric.modular.spectral_coordinates import SpectralCoordinates
from agf_theory.problems import ModularAddition


def network(p: int, centred: bool, seed: int = 0) -> tuple[ModularAddition, np.ndarray]:
    """Any template and three neurons of norm about one."""
    rng = np.random.default_rng([p, centred, seed])
    problem = ModularAddition([int(k) for k in rng.integers(-3, 4, p - 1)] + [4])
    return problem.centred() if centred else problem, rng.standard_normal((3, 3, p)) / np.sqrt(3 * p)


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("p", [2, 3, 4, 5, 6, 8, 12])
def test_loss_and_gradient_are_those_over_all_pairs(p: int, centred: bool) -> None:
    problem, weights = network(p, centred)
    scale = loss_over_pairs(problem, *weights)
    assert population_loss(problem, *weights) == pytest.approx(scale, rel=1e-13)
    for fast, slow in zip(population_gradient(problem, *weights), gradient_over_pairs(problem, *weights), strict=True):
        assert fast == pytest.approx(slow, abs=1e-13 * scale)  # rounding of sums of terms as large as the loss


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("p", [2, 5, 8])
def test_spectral_coordinates_have_the_same_loss_and_force(p: int, centred: bool) -> None:
    problem, weights = network(p, centred)
    field = PopulationField(SpectralCoordinates.of(problem))
    neurons, idle = field.coordinates.reduced(*weights)
    assert field.loss(neurons) == pytest.approx(population_loss(problem, *weights), rel=1e-12)
    back = field.coordinates.weights(field.force(neurons), idle)
    for force, gradient in zip(back, population_gradient(problem, *weights), strict=True):
        assert force == pytest.approx(-gradient, abs=1e-12 * field.loss(neurons))


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("p", [5, 8])
def test_the_curvature_is_the_derivative_of_the_force(p: int, centred: bool) -> None:
    problem, weights = network(p, centred)
    field = PopulationField(SpectralCoordinates.of(problem))
    neurons, _ = field.coordinates.reduced(*weights)
    direction = np.random.default_rng(1).standard_normal(neurons.shape)
    m = field.coordinates.size
    direction[:, 1 : 3 * m : 2][:, np.tile(field.coordinates.is_real, 3)] = 0
    step = 1e-5 * direction
    change = (field.force(neurons + step) - field.force(neurons - step)) / 2e-5
    product = np.tensordot(derivative_of_force(field, neurons), direction, axes=2)
    assert product == pytest.approx(change, abs=1e-7 * np.abs(change).max())  # second order in the step


def test_the_force_on_dormant_neurons_is_homogeneous_of_degree_two() -> None:
    problem, weights = network(7, True)
    field = PopulationField(SpectralCoordinates.of(problem))
    neurons, _ = field.coordinates.reduced(*weights)
    single, double = (field.force(k * neurons[:2], neurons[2:]) for k in (1, 2))
    assert double == pytest.approx(4 * single)


def test_the_shares_of_the_classes_add_up_to_the_loss_but_for_the_idle_part_of_w() -> None:
    problem, weights = network(6, False)
    field = PopulationField(SpectralCoordinates.of(problem))
    neurons, _ = field.coordinates.reduced(*weights)
    assert field.losses_by_class(neurons).sum() < field.loss(neurons)
    neurons[:, 3 * field.coordinates.size :] = 0
    assert field.losses_by_class(neurons).sum() == pytest.approx(field.loss(neurons))


def test_weights_of_different_shapes_are_refused() -> None:
    problem, (u, v, w) = network(5, True)
    with pytest.raises(InputError, match=r"u, v and w of one shape \(H, 5\) are required, got \(3, 5\), \(3, 5\) and"):
        population_loss(problem, u, v, w[:2])
    with pytest.raises(InputError, match="finite numbers are required"):
        population_gradient(problem, u, v, np.nan * w)
