"""Gradient flow of a single linear neuron on any data, with two learning rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import DOP853, OdeSolution, Radau

from agf_theory.errors import InputError, IntegrationFailed
from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory
from agf_theory.numeric.neuron.reduced import ReducedNeuron
from agf_theory.problems import SingleNeuron
from agf_theory.problems.required import require_problem

__all__ = ["gradient_flow"]

Array = NDArray[np.float64]

SETTLED = 1e3
"""At rest is what lies within this many tolerances of a minimum or a saddle, relative to where it started: closer than
that the integrator's own errors keep the state in motion."""

MOST_STEPS = 100_000
EXPLICIT = 4_000
"""Steps of an explicit method after which an implicit one goes on: the problem is stiff, and the flow slow."""

ROUNDING = 1e-13
"""Smaller than this share of the start's gradient the pull of the targets is lost in it: doubles have 16 digits."""

NO_MAP = 1e-3
"""Of the targets' pull: what the map at a saddle, which is zero, may contribute to the gradient."""

FOREVER = 1e15
"""In units of the fastest rate: where the flow is given up that does not settle."""


def gradient_flow(
    problem: SingleNeuron, *, duration: float | None = None, tolerance: float = 1e-12
) -> NeuronTrajectory:
    r"""Integrate the outer and the inner weights of a single linear neuron from its start.

    Parameters
    ----------
    problem : SingleNeuron
        With a start; any data, of any rank.
    duration : float, optional
        Flow time of the loss :math:`\tfrac12\|X\beta-y\|^2`; by default until the flow rests, at a minimum or so close
        to a saddle that the tolerance cannot tell whether it will leave it.
    tolerance : float
        Of the integrator, relative to each weight and to a thousandth of the largest; from 1e-13 to 1e-3.

    Returns
    -------
    NeuronTrajectory

    Raises
    ------
    InputError
        If the problem is of another kind, or the problem has no start, or a number is out of range.
    IntegrationFailed
        If the integrator gives up, a number is not finite, or the loss rises along the result.

    Examples
    --------
    >>> flow = gradient_flow(SingleNeuron([[1, 0]], [-1], "0.2", [1, 1]))
    >>> [round(float(entry), 5) for entry in flow.maps[-1]]
    [-1.0, -0.79324]
    """
    require_problem(problem, SingleNeuron)
    if not 1e-13 <= tolerance <= 1e-3:
        raise InputError(f"tolerance must lie in [1e-13, 1e-3], got {tolerance}")
    if duration is not None and not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    neuron = ReducedNeuron.of(problem)
    fastest = max(neuron.fastest_rate(), np.finfo(float).tiny ** 0.5)
    rest = None if duration is not None else _AtRest(neuron, SETTLED * tolerance)
    run = _run(neuron, FOREVER / fastest if duration is None else duration, tolerance, rest)
    times, states = np.array(run.times), np.array(run.states)
    losses = _losses(problem, neuron, states)
    _require_descent(losses, tolerance)

    def weights_at(instants: ArrayLike) -> tuple[Array, Array]:
        requested = np.asarray(instants, dtype=float)
        if not ((requested >= 0) & (requested <= times[-1])).all():
            raise InputError(f"times must lie in [0, {times[-1]:g}]")
        found = run.dense(requested.ravel()).T.reshape(*requested.shape, -1)
        return found[..., 0].copy(), neuron.inner(found)

    return NeuronTrajectory(
        method=" and ".join(run.methods) or "no integrator, as it starts at rest",
        times=times,
        losses=losses,
        outer=states[:, 0].copy(),
        inner=neuron.inner(states),
        imbalance=problem.delta,
        weights_at=weights_at,
        settled=run.settled,
    )


class _AtRest:
    """Whether a state is at a minimum, or at a saddle, to an accuracy relative to the pull of the targets.

    At a minimum the gradient is a difference of two vectors of that size. The start's own gradient is the scale where
    nothing pulls; else a large map at the start would pass for one at rest as soon as most of it has gone.
    """

    def __init__(self, neuron: ReducedNeuron, accuracy: float) -> None:
        self.neuron = neuron
        size = float(np.linalg.norm(neuron.start))
        gradient, pull = (
            float(np.abs(each).max(initial=0.0)) for each in (neuron.gradient(neuron.start), neuron.pulls)
        )
        if 0 < pull < ROUNDING * gradient:
            raise IntegrationFailed(
                f"single neuron: a start whose gradient is at most {1 / ROUNDING:g} times the pull of the targets is "
                f"required, got {gradient:.3g} for a pull of {pull:.3g}; take smaller weights, or give a duration"
            )
        scale = pull or gradient
        self.gradient = accuracy * scale
        self.pull = pull
        self.outer = accuracy * size
        self.along = accuracy * size * scale

    def __call__(self, state: Array) -> bool:
        gradient = self.neuron.gradient(state)
        at_minimum = np.abs(gradient).max(initial=0.0) <= self.gradient
        # Far downstream a stays small long before the direction has turned; but then there is a map.
        mapped = float(np.abs(gradient + self.neuron.pulls).max(initial=0.0))
        at_saddle = (
            abs(state[0]) <= self.outer and abs(state[1:] @ gradient) <= self.along and mapped <= NO_MAP * self.pull
        )
        return bool(at_minimum or at_saddle)


@dataclass
class _Run:
    """What the integrators found."""

    times: list[float]
    states: list[Array]
    pieces: list[Any]
    methods: list[str]
    settled: bool

    def dense(self, instants: Array) -> Array:
        """States as columns."""
        if not self.pieces:
            return np.repeat(self.states[0][:, None], instants.size, axis=1)
        return np.asarray(OdeSolution(self.times, self.pieces)(instants))


def _run(neuron: ReducedNeuron, end: float, tolerance: float, rest: _AtRest | None) -> _Run:
    """An explicit method, and an implicit one from where on it takes too many steps."""
    run = _Run([0.0], [neuron.start], [], [], rest is not None and rest(neuron.start))
    size = float(np.abs(neuron.start).max(initial=0.0)) or 1.0
    options = {"rtol": tolerance, "atol": tolerance * size * 1e-3}
    for name, method, most in (("DOP853", DOP853, EXPLICIT), ("Radau", Radau, MOST_STEPS)):
        if run.settled or run.times[-1] >= end:
            break
        run.methods.append(name)
        more = {"jac": lambda _t, state: neuron.jacobian(state)} if name == "Radau" else {}
        velocity = lambda _t, state: neuron.velocity(state)  # noqa: E731
        _advance(method(velocity, run.times[-1], run.states[-1], end, **options, **more), run, rest, most)
    if not run.settled and run.times[-1] < end:
        raise IntegrationFailed(
            f"single neuron: an end within {MOST_STEPS} steps is required, got to t = {run.times[-1]:g}; "
            "give a shorter duration or a larger tolerance"
        )
    if rest is not None and not run.settled:
        raise IntegrationFailed("single neuron: the flow does not come to rest; give a duration")
    return run


def _advance(solver: Any, run: _Run, rest: _AtRest | None, most: int) -> None:
    """Steps of one method, until the end, the rest, or as many as it may take."""
    for _ in range(most):
        if solver.status != "running" or run.settled:
            return
        with np.errstate(over="ignore", invalid="ignore"):  # a trial step that overflows is rejected, and shortened
            message = solver.step()
        if solver.status == "failed" or not np.isfinite(solver.y).all():
            raise IntegrationFailed(f"single neuron: the integrator gave up at t = {solver.t:g}: {message}")
        run.times.append(float(solver.t))
        run.states.append(solver.y.copy())
        run.pieces.append(solver.dense_output())
        run.settled = rest is not None and rest(solver.y)


def _losses(problem: SingleNeuron, neuron: ReducedNeuron, states: Array) -> Array:
    maps = states[:, :1] * neuron.inner(states)
    residuals = maps @ problem.X.T - problem.y
    return np.asarray((residuals**2).sum(axis=1) / 2)


def _require_descent(losses: Array, tolerance: float) -> None:
    if not np.isfinite(losses).all():
        raise IntegrationFailed("single neuron: the loss is not finite; rescale the data")
    rises = np.diff(losses)
    if (rises > 1e3 * tolerance * losses[0]).any():
        raise IntegrationFailed(f"single neuron: the loss rises by {rises.max():.3g}; lower the tolerance")
