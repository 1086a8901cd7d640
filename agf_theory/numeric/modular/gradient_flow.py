"""Gradient flow on modular addition from an initialisation of any size."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.modular.clock import CLOCK
from agf_theory.numeric.modular.course import follow, slowest_time
from agf_theory.numeric.modular.field import PopulationField
from agf_theory.numeric.modular.frequencies import frequency_names
from agf_theory.numeric.modular.frequency_jumps import jumps_of_frequencies
from agf_theory.numeric.modular.modular_trajectory import ModularTrajectory
from agf_theory.numeric.modular.spectral_coordinates import SpectralCoordinates
from agf_theory.numeric.modular.starts import checked_start
from agf_theory.numeric.trajectory import Jump
from agf_theory.problems import InitScale, ModularAddition
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["gradient_flow"]

Array = NDArray[np.float64]

HORIZON = 8.0
"""Default duration, in units of the time at which an aligned neuron of the largest norm learns the weakest class."""


def gradient_flow(
    problem: ModularAddition,
    init_scale: InitScale,
    *,
    start: ArrayLike | None = None,
    seed: int = 0,
    duration: float | None = None,
    tolerance: float = 1e-6,
) -> ModularTrajectory:
    r"""Integrate all neurons from α times a start, over all pairs of inputs.

    While every neuron is either active and at rest or below 1e-4 of its natural norm, the dormant ones move alone, on a
    logarithmic scale and in rescaled time, to ten digits. Else all move together, by backward differentiation to the
    tolerance. For α above 1e-4 all is of the second kind and nothing is left out; below, these are: what the dormant
    neurons contribute to the net (1e-12 of it), and what active neurons still drift once the loss falls by less than
    1e-5 of its first value while time grows by a factor e. Two neurons of one frequency do drift for ever, along a
    valley of the loss that has no minimum.

    A step solves for all active neurons together: some tens of them, in some ten classes, are within reach. Where they
    drift for long at a small α, minutes are to be expected.

    Parameters
    ----------
    problem : ModularAddition
        Any template, centred or not.
    init_scale : InitScale
        α; only log(1/α) enters, so that it may be 1e-1000.
    start : (3, H, p) array, optional
        u, v and w; the flow starts at α times them. By default `random_start` with the seed.
    seed : int
    duration : float, optional
        Flow time multiplied by α; by default until the loss is 1e-3 of the level of the weakest class, but eight times
        as long as an aligned neuron of the largest norm takes to learn that class at most.
    tolerance : float
        Of the integrator, relative to the norm of each neuron.

    Returns
    -------
    ModularTrajectory
        Names are the classes of frequencies k. `coefficients` are the powers E‖f^(k)‖² of the output, which are the
        energies of the template's components where they are learned; `at` gives them at any time. `dual` are the
        log-norms of the H neurons over log(1/α), from about −1 up to about 0; `utilities` the normalised utilities of
        the neurons under the template. Jump k is that of the class k: its `time` is when its part of the loss has made
        a tenth of its fall, a ninth being what a single neuron takes; `half_crossing` is when it has made half.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start has another shape, is not finite or not small, or a
        number is out of range.
    IntegrationFailed
        If the integrator gives up or a number is not finite.
    """
    require_problem(problem, ModularAddition)
    require_init_scale(init_scale)
    if not 1e-10 <= tolerance <= 1e-3:
        raise InputError(f"tolerance must lie in [1e-10, 1e-3], got {tolerance}")
    if duration is not None and not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    begin = checked_start(problem, init_scale, start, seed)
    field = PopulationField(SpectralCoordinates.of(problem))
    neurons, idle_rows = field.coordinates.reduced(*begin)
    if duration is None:
        duration = HORIZON * slowest_time(field, float(np.linalg.norm(neurons, axis=1).max()))
    course = follow(field, neurons, init_scale.log_inverse, duration=duration, tolerance=tolerance)
    steps = [(k, local) for k in range(len(course.stretches)) for local in course.locals(k)]
    states = [course.stretches[k].at(local) for k, local in steps]
    names = frequency_names(problem)

    def at(instants: ArrayLike) -> Array:
        requested = np.asarray(instants, dtype=float)
        if not ((requested >= 0) & (requested <= course.duration)).all():
            raise InputError(
                f"times must lie in [0, {course.duration:g}], got {requested.min():g} to {requested.max():g}"
            )
        powers = [field.powers(course.state(float(t)).values()) for t in requested.ravel()]
        return np.array(powers).reshape(*requested.shape, len(names))

    def weights_at(instant: float) -> tuple[Array, Array, Array]:
        return field.coordinates.weights(course.state(float(instant)).values(), idle_rows)

    def find_jumps() -> tuple[Jump, ...]:
        return jumps_of_frequencies(course)

    return ModularTrajectory(
        system="modular",
        method="log-scaled neurons (DOP853 while dormant, BDF)",
        clock=CLOCK,
        names=names,
        times=np.array([course.time(k, local) for k, local in steps]),
        losses=np.array([field.loss(state.values()) for state in states]),
        coefficients=np.array([field.powers(state.values()) for state in states]),
        dual=np.array([state.log_norms for state in states]) / init_scale.log_inverse,
        utilities=np.array([field.utilities_by_class(state.directions).sum(axis=1) for state in states]),
        at=at,
        find_jumps=find_jumps,
        weights_at=weights_at,
        notes=() if course.settled else ("the time ran out before everything was learned",),
    )
