"""Alternating gradient flows in doubles: the state that Algorithm 1 moves, with an error estimate beside every tie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import nnls

from agf_theory.numeric.diagonal.activation_clock import ActivationClock
from agf_theory.numeric.diagonal.cost_minimiser import float_minimiser, rounding
from agf_theory.numeric.diagonal.pesme_flammarion import CLOCK
from agf_theory.numeric.framework import Activation, Saddle
from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["FloatAlternatingFlow"]

# Durations that agree to this fraction are taken as a tie in floats, whatever the error estimates say: 1e3 roundings of
# the few hundred operations behind one.
TIE = 2.0**-42


class FloatAlternatingFlow:
    """State in doubles: one angle a neuron, the present gradient and the active coordinates with their signs."""

    arithmetic = "float"
    clock = CLOCK

    def __init__(self, problem: DiagonalNetwork, init_scale: InitScale, *, convention: str = "paper") -> None:
        self.problem = problem
        self.names = problem.names
        self.activation_clock = self._clock(init_scale, convention)
        self.angles: list[Any] = [self._zero()] * problem.d
        self.active: dict[int, int] = {}
        self.waiting: dict[int, int] = {}  # dormant, but exactly at the threshold: returned at the last minimisation
        self.signs: dict[int, int] = {}  # of the neurons just activated
        self.remarks: list[str] = []
        self.jumps = 0
        self.gradient_errors: list[float] = [0.0] * problem.d
        self.dual_errors: list[Any] = [0.0] * problem.d  # of s = ω/2η: what the gradients' errors add up to
        self.gradient = self._gradient({})

    def initial_loss(self) -> Any:
        return float(self.problem.y @ self.problem.y) / (2 * self.problem.n)

    def next_activation(self) -> Activation | None:
        durations = {
            i: self.activation_clock.jump_time(gradient=slope, angle=self.angles[i])
            for i, slope in enumerate(self.gradient)
            if i not in self.active and slope != 0
        }
        if not durations:
            return None
        first, neurons = self._earliest(durations)
        if len(neurons) > 1:
            together = ", ".join(self.names[i] for i in neurons)
            self.remarks.append(f"jump {self.jumps + 1}: {together} reach the threshold together ({self._closeness()})")
        self.signs = {i: 1 if self.gradient[i] < 0 else -1 for i in neurons}
        return Activation(duration=first, neurons=neurons)

    def grow_dormant(self, duration: Any) -> None:
        for i, slope in enumerate(self.gradient):
            if i in self.active or slope == 0:
                continue
            self.waiting.pop(i, None)
            self.angles[i] = self.activation_clock.moved(self.angles[i], gradient=slope, duration=duration)
            self.dual_errors[i] += self.gradient_errors[i] * duration

    def minimise_cost(self, activated: tuple[int, ...]) -> Saddle:
        self.jumps += 1
        candidates = {**self.active, **self.waiting, **{i: self.signs[i] for i in activated}}
        values, unique = self._minimise(candidates)
        self.active = {i: sign for i, sign in candidates.items() if values.get(i, 0) != 0}
        self.waiting = {}
        for i, sign in candidates.items():
            if i not in self.active:
                self.return_to_dormancy(i, sign)
        self.gradient = self._gradient(values)
        self._remark_on_waiting()
        return self._saddle(values, unique)

    def return_to_dormancy(self, neuron: int, sign: int) -> None:
        """The rule of re-dormancy: the accumulated utility stays at the threshold, where activation left it."""
        self.angles[neuron] = sign * self.activation_clock.threshold
        self.dual_errors[neuron] = 0.0
        self.waiting[neuron] = sign

    def accumulated_utilities(self) -> list[Any]:
        """S of every neuron, dormant or active (those stay at the threshold)."""
        at_threshold = self.activation_clock.threshold
        angles = [at_threshold if i in self.active else angle for i, angle in enumerate(self.angles)]
        return [self.activation_clock.accumulated_utility(angle) for angle in angles]

    def notes(self) -> tuple[str, ...]:
        return tuple(self.remarks)

    def _zero(self) -> Any:
        return 0.0

    def _closeness(self) -> str:
        return "to within the rounding errors"

    def _remark_on_waiting(self) -> None:
        """A gradient within its rounding error, at the threshold: floats cannot tell whether the neuron is active."""
        names = [self.names[i] for i in self.waiting if self.gradient[i] == 0]
        if names:
            doubt = "coefficient and gradient are both within their rounding errors of zero"
            self.remarks.append(f"jump {self.jumps}: {', '.join(names)} taken to wait at the threshold ({doubt})")

    def _clock(self, init_scale: InitScale, convention: str) -> ActivationClock:
        return ActivationClock.of(init_scale, convention=convention, balls=False)

    def _earliest(self, durations: Mapping[int, Any]) -> tuple[Any, tuple[int, ...]]:
        first = min(durations, key=lambda i: durations[i])
        reach = durations[first] * (1 + TIE) + self._duration_error(first, durations[first])
        neurons = (i for i, value in durations.items() if value - self._duration_error(i, value) <= reach)
        return durations[first], tuple(neurons)

    def _duration_error(self, neuron: int, duration: float) -> float:
        """First-order error of a duration from those of s and of the gradient."""
        doubt = self.dual_errors[neuron] + self.gradient_errors[neuron] * duration
        return float(doubt / abs(self.gradient[neuron]))

    def _minimise(self, candidates: Mapping[int, int]) -> tuple[dict[int, Any], bool]:
        point = float_minimiser(self.problem, candidates)
        values = {int(i): float(point[i]) for i in np.flatnonzero(point)}
        gradient = self._gradient(values)
        face = [i for i in candidates if gradient[i] == 0 and self.problem.X[:, i].any()]
        columns = self.problem.X[:, face]
        if self._face_is_a_point(candidates, list(values), [i for i in face if i not in values]):
            return values, True
        # several minimisers: list the one of least norm where that has the right signs, as `pesme_flammarion` does
        least = np.linalg.lstsq(columns, self.problem.y, rcond=None)[0]
        sizes = np.abs(least) * np.linalg.norm(columns, axis=0)
        least[sizes <= rounding(self.problem, face) * np.linalg.norm(self.problem.y)] = 0
        if (least * [candidates[i] for i in face] >= 0).all():
            values = {i: float(value) for i, value in zip(face, least, strict=True) if value}
        return values, False

    def _face_is_a_point(self, signs: Mapping[int, int], support: list[int], others: list[int]) -> bool:
        """No mixture of the other columns, with the signs they may take, lies in the span of the support's."""
        if not others:
            return True
        columns = self.problem.X / np.where(norms := np.linalg.norm(self.problem.X, axis=0), norms, 1)
        basis = np.linalg.qr(columns[:, support])[0]
        apart = columns[:, others] * [signs[i] for i in others]
        apart = apart - basis @ (basis.T @ apart)
        mixture = np.vstack([apart, np.ones(len(others))])
        _, distance = nnls(mixture, np.append(np.zeros(len(apart)), 1.0))
        return bool(distance > rounding(self.problem, support))

    def _gradient(self, values: Mapping[int, Any]) -> list[Any]:
        problem = self.problem
        support = list(values)
        fitted = problem.X[:, support] @ np.array([values[i] for i in support])
        residual = fitted - problem.y
        gradient = problem.X.T @ residual / problem.n
        # A gradient within its rounding error is a zero: cancellation in the residual, amplified by the active columns.
        sizes = np.linalg.norm(problem.X, axis=0) * np.linalg.norm(problem.y) / problem.n
        errors = rounding(problem, support) * sizes
        gradient[np.abs(gradient) <= errors] = 0
        self.gradient_errors = errors.tolist()
        gradient[support] = 0
        return [float(value) for value in gradient]

    def _saddle(self, values: Mapping[int, Any], unique: bool) -> Saddle:
        point = np.zeros(self.problem.d)
        point[list(values)] = list(values.values())
        residual = self.problem.X @ point - self.problem.y
        return Saddle(point, float(residual @ residual) / (2 * self.problem.n), frozenset(self.active), unique)
