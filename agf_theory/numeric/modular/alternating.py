"""Alternating gradient flows on modular addition, with a clock for every neuron."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.dormant_flow import DormantFlow, DormantRun
from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows
from agf_theory.numeric.log_neurons import LogNeurons
from agf_theory.numeric.modular.clock import CLOCK
from agf_theory.numeric.modular.coupled_flow import CoupledFlow, Stop, natural_norm
from agf_theory.numeric.modular.course import DORMANT, GROWN, SETTLED, CoupledRule, slowest_time
from agf_theory.numeric.modular.field import PopulationField
from agf_theory.numeric.modular.gradient_flow import HORIZON
from agf_theory.numeric.modular.spectral_coordinates import SpectralCoordinates
from agf_theory.numeric.modular.starts import checked_start
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import InitScale, ModularAddition
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["ModularNeurons", "alternating_gradient_flows"]

Array = NDArray[np.float64]

AWAKENED = 1e-2
"""Part of the natural norm at which an activated neuron begins its cost minimisation, in the direction it then has."""

RETURNED = 1e-2
"""Part of the natural norm below which an active neuron has returned to dormancy."""

RESOLVED = 1e-8
"""Part of a dormant stretch within which two activations are not told apart: its tolerance is 1e-10 a unit of log-norm,
and some tens of units pass."""

COST_TOLERANCE = 1e-6

COST_REST = 1e-4
"""Active neurons rest when the loss falls by less than this part of its first value while time grows by a factor e."""

COST_TIME = 1e6
"""Longest flow time of a cost minimisation, if 1/α is longer; it is long enough for a neuron to grow, at least."""

MOST_STEPS = 1500
"""Of a cost minimisation: one along a valley takes steps without end."""


def alternating_gradient_flows(
    problem: ModularAddition, init_scale: InitScale, *, start: ArrayLike | None = None, seed: int = 0
) -> SaddleSequence:
    r"""Algorithm 1 on the neurons of α times a start.

    A dormant neuron follows the gradient of its utility under the residual of the active ones, exactly as the frozen
    flow has it, and activates when its norm is one: the first at :math:`\min_{i,k}T_{i,k}` less α, by formula (3). Its
    time of blow-up changes whenever the residual does: none is read off from the start.

    Parameters
    ----------
    problem, init_scale, start, seed
        As for `gradient_flow`.

    Returns
    -------
    SaddleSequence
        One jump a neuron, so that a class of frequencies takes several; times are flow time multiplied by α, saddles
        the powers E‖f^(k)‖² by class of frequencies (C,). Where the loss of the active neurons has no minimum, they
        drift along a valley: the saddle is the point at which the loss falls by less than 1e-4 of its first value while
        time grows by a factor e, or where they are after a plateau's time 1/α, 1e6 or 1500 steps at most, which a note
        says. Neurons whose activations the integrator cannot tell apart end the sequence as undecided. `unique` is
        false unless all classes are real (k = 0, p / 2): elsewhere phases may be turned at one loss.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start has another shape, is not finite or not small.
    IntegrationFailed
        If an integrator gives up.

    Source
    ------
    [kunin2025], Algorithm 1; clocks: this project.
    """
    require_problem(problem, ModularAddition)
    require_init_scale(init_scale)
    system = ModularNeurons(problem, init_scale, checked_start(problem, init_scale, start, seed))
    found = run_alternating_gradient_flows(system, name="modular", most_jumps=20 * problem.width)
    return replace(found, saddles=found.saddles.reshape(len(found), len(problem.classes)))


def _within_steps(rule: Stop) -> Stop:
    """The rule, for so many steps at most."""
    taken = 0

    def stop(time: float, values: Array, velocity: Array) -> str | None:
        nonlocal taken
        taken += 1
        return rule(time, values, velocity) or ("steps" if taken >= MOST_STEPS else None)

    return stop


class ModularNeurons:
    """Neurons in spectral coordinates; those whose norm has reached one are active. See `AlternatingSystem`."""

    clock = CLOCK
    arithmetic = "float"

    def __init__(self, problem: ModularAddition, init_scale: InitScale, start: Array) -> None:
        self.field = PopulationField(SpectralCoordinates.of(problem))
        self.scale = init_scale.log_inverse
        neurons, _ = self.field.coordinates.reduced(*start)
        self.neurons = LogNeurons.of(neurons, -self.scale)
        self.active = np.zeros(len(neurons), dtype=bool)
        self._left = HORIZON * slowest_time(self.field, float(np.linalg.norm(neurons, axis=1).max()))
        self._dormant = DormantFlow(self.field, self.scale)
        self._cost = CoupledFlow(self.field, COST_TOLERANCE)
        self._next: DormantRun | None = None
        self._jumps = 0
        self._notes: list[str] = []

    @property
    def names(self) -> Sequence[str]:
        """The neurons, in the order of the start."""
        return [f"neuron {i + 1}" for i in range(len(self.neurons))]

    def initial_loss(self) -> float:
        """Half the energy of the template."""
        return self.field.loss(self._present()[:0])

    def notes(self) -> tuple[str, ...]:
        """Saddles that are not at rest, and what the horizon cut off."""
        return tuple(self._notes)

    def next_activation(self) -> Activation | None:
        """When the first dormant neuron has norm one under the residual of the active ones."""
        moving = np.flatnonzero(~self.active)
        present = self._present()
        settled = SETTLED * self.field.coordinates.energies.min() / 2
        if not len(moving) or self.field.loss(present) <= settled:
            return None
        self._next = self._dormant.run(self.neurons.taken(moving), present, log_norm=0.0, longest=self._left)
        if not self._next.reached:
            self._notes.append(f"nothing activates before time {HORIZON:g} times that of the weakest class")
            return None
        first, tied = int(moving[self._next.grown]), self._not_told_apart(moving)
        if len(tied) > 1:
            reason = (
                f"neurons reach norm one within a part {RESOLVED:g} of the time, which the integrator does not resolve"
            )
            return Activation(self._next.duration, tied, reason)
        return Activation(self._next.duration, (first,))

    def _not_told_apart(self, moving: NDArray[np.integer[Any]]) -> tuple[int, ...]:
        """The neurons whose time of norm one is that of the first, as far as the integrator knows.

        A neuron of norm N is as long as α (1/N − 1) over three times its utility away from it, at least.
        """
        assert self._next is not None
        logs = self._next.neurons.log_norms
        with np.errstate(divide="ignore"):
            ahead = -logs + np.log(-np.expm1(np.minimum(logs, 0.0)))
        near = ahead - self.scale - np.log(self.field.greatest_rate) < np.log(RESOLVED * self._next.duration)
        near[self._next.grown] = True
        return tuple(int(i) for i in moving[near & np.isfinite(logs)])

    def grow_dormant(self, duration: float) -> None:
        """Move the dormant neurons to the end of the flow that `next_activation` integrated."""
        assert self._next is not None
        assert duration == self._next.duration
        self.neurons = self.neurons.with_changed(np.flatnonzero(~self.active), self._next.neurons)
        self._left -= duration

    def minimise_cost(self, activated: tuple[int, ...]) -> Saddle:
        """Flow of the active neurons to their next saddle; the dormant ones wait."""
        self._jumps += 1
        natural = float(np.log(natural_norm(self.field)))
        self.active[list(activated)] = True
        logs = self.neurons.log_norms.copy()
        logs[list(activated)] = np.log(AWAKENED) + natural
        self.neurons = LogNeurons(logs, self.neurons.directions)
        moving = np.flatnonzero(self.active)
        earliest = GROWN * slowest_time(self.field, AWAKENED * float(np.exp(natural)))
        rule = CoupledRule(self.field, float(np.log(DORMANT)) + natural, earliest, COST_REST)
        longest = max(float(np.exp(min(self.scale, np.log(COST_TIME)))), 2 * earliest)
        run = self._cost.run(self.neurons.taken(moving), duration=longest, stop=_within_steps(rule))
        self.neurons = self.neurons.with_changed(moving, run.neurons)
        drifting = run.reason in ("time", "steps")
        if drifting:
            self._notes.append(
                f"jump {self._jumps}: active neurons still drift after a flow time of {run.times[-1]:.3g}"
            )
        self._return_to_dormancy(np.log(RETURNED) + natural)
        present = self._present()
        unique = bool(self.field.coordinates.is_real.all()) and not drifting
        powers = self.field.powers(present)
        return Saddle(powers, self.field.loss(present), frozenset(map(int, np.flatnonzero(self.active))), unique)

    def _return_to_dormancy(self, least: float) -> None:
        """A neuron whose utility is negative decays like 1/t: after a plateau it has the size of the dormant ones."""
        gone = np.flatnonzero(self.active & (self.neurons.log_norms < least))
        logs = self.neurons.log_norms.copy()
        logs[gone] = -self.scale
        self.neurons = LogNeurons(logs, self.neurons.directions)
        self.active[gone] = False

    def _present(self) -> Array:
        return self.neurons.taken(np.flatnonzero(self.active)).values()
