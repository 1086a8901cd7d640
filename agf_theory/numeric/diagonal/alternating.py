"""Alternating gradient flows of a diagonal linear network at finite α: Algorithm 1 with exact clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from agf_theory.errors import InputError
from agf_theory.numeric.diagonal.activation_clock import ActivationClock
from agf_theory.numeric.diagonal.cost_minimiser import float_minimiser, proved_minimiser, rounding
from agf_theory.numeric.diagonal.face import face_is_a_point, least_norm_on_face
from agf_theory.numeric.diagonal.pesme_flammarion import CLOCK
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["BallAlternatingFlow", "FloatAlternatingFlow", "alternating_gradient_flows"]

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
        if np.linalg.matrix_rank(columns / np.linalg.norm(columns, axis=0)) == len(face):
            return values, True
        # several minimisers: list the one of least norm where that has the right signs, as `pesme_flammarion` does
        least = np.linalg.lstsq(columns, self.problem.y, rcond=None)[0]
        sizes = np.abs(least) * np.linalg.norm(columns, axis=0)
        least[sizes <= rounding(self.problem, face) * np.linalg.norm(self.problem.y)] = 0
        if (least * [candidates[i] for i in face] >= 0).all():
            values = {i: float(value) for i, value in zip(face, least, strict=True) if value}
        return values, False

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


class BallAlternatingFlow(FloatAlternatingFlow):
    """Clocks in balls, saddles in exact rationals: every jump time is an enclosure.

    Ties cannot be proved by balls; neurons whose activation times overlap are activated together, and the result says
    so.
    """

    arithmetic = "ball"

    def __init__(self, problem: DiagonalNetwork, init_scale: InitScale, *, convention: str = "paper") -> None:
        self.quadratic = ExactQuadratic.of(problem)
        super().__init__(problem, init_scale, convention=convention)

    def initial_loss(self) -> arb:
        return arb(self.quadratic.constant / 2)

    def _zero(self) -> arb:
        return arb(0)

    def _remark_on_waiting(self) -> None:
        """Nothing to remark: rationals know a zero."""

    def _closeness(self) -> str:
        return f"their enclosures overlap at {ctx.prec} bits"

    def _clock(self, init_scale: InitScale, convention: str) -> ActivationClock:
        return ActivationClock.of(init_scale, convention=convention, balls=True)

    def _earliest(self, durations: Mapping[int, Any]) -> tuple[Any, tuple[int, ...]]:
        least = min(durations.values(), key=lambda ball: ball.upper())
        neurons = tuple(i for i, ball in durations.items() if not ball > least)
        together = durations[neurons[0]]
        for i in neurons[1:]:
            together = together.union(durations[i])
        return together, neurons

    def _minimise(self, candidates: Mapping[int, int]) -> tuple[dict[int, Any], bool]:
        values: dict[int, Any] = dict(proved_minimiser(self.quadratic, self.problem, candidates))
        gradient = self._gradient(values)
        others = {i: sign for i, sign in candidates.items() if i not in values and gradient[i] == 0}
        unique = face_is_a_point(self.quadratic.gram, list(values), others)
        if not unique:
            face = {**{i: candidates[i] for i in values}, **others}
            spread = least_norm_on_face(self.quadratic.gram, values, face)
            values = {i: value for i, value in spread.items() if value}
        return values, unique

    def _gradient(self, values: Mapping[int, Any]) -> list[Any]:
        linear, gram = self.quadratic.linear, self.quadratic.gram
        return [
            sum((gram[i, j] * value for j, value in values.items()), -linear[i, 0])
            for i in range(self.quadratic.dimension)
        ]

    def _saddle(self, values: Mapping[int, Any], unique: bool) -> Saddle:
        point = np.array([arb(values.get(i, fmpq(0))) for i in range(self.problem.d)], dtype=object)
        fitted = sum((self.quadratic.linear[i, 0] * value for i, value in values.items()), fmpq(0))
        return Saddle(point, arb((self.quadratic.constant - fitted) / 2), frozenset(self.active), unique)


def alternating_gradient_flows(
    problem: DiagonalNetwork,
    init_scale: InitScale,
    *,
    convention: str = "paper",
    arithmetic: str = "float",
    precision: int = 200,
) -> SaddleSequence:
    r"""Algorithm 1 on a diagonal linear network at a finite initialisation scale.

    Parameters
    ----------
    problem : DiagonalNetwork
    init_scale : InitScale
        α < 1/√2 (paper) or α < 1 (slides).
    convention : {"paper", "slides"}
        Initialisation u = √2 α, v = 0 or u = α, v = 0.
    arithmetic : {"float", "ball"}
        "ball": exact saddles, and jump times as rigorous enclosures (`flint.arb`).
    precision : int
        Bits of the balls, 64 to 100000.

    Returns
    -------
    SaddleSequence
        Times are flow time for the loss ‖Xβ − y‖²/(2n) divided by log(1/α).

    Raises
    ------
    InputError
        If the arithmetic or the precision is not one of those.
    HypothesisNotMet
        If α is too large for the neurons to be dormant.
    UndecidedError
        In ball arithmetic, if a cost minimisation meets linearly dependent active columns.

    Source
    ------
    [kunin2025], Algorithm 1 and Section 4; the rule of re-dormancy: this project.

    Examples
    --------
    >>> from agf_theory.problems import DiagonalNetwork, InitScale
    >>> problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"])
    >>> sequence = alternating_gradient_flows(problem, InitScale("1/10"))
    >>> sequence.jump_times.round(8).tolist()
    [0.66665219, 1.99995656]
    """
    if arithmetic == "float":
        system = FloatAlternatingFlow(problem, init_scale, convention=convention)
        return run_alternating_gradient_flows(system, name="diagonal", most_jumps=_most_jumps(problem))
    if arithmetic != "ball":
        raise InputError(f"arithmetic must be 'float' or 'ball', got {arithmetic!r}")
    if not 64 <= precision <= 100_000:
        raise InputError(f"precision must lie between 64 and 100000 bits, got {precision}")
    with ctx.workprec(precision):
        system = BallAlternatingFlow(problem, init_scale, convention=convention)
        return run_alternating_gradient_flows(system, name="diagonal", most_jumps=_most_jumps(problem))


def _most_jumps(problem: DiagonalNetwork) -> int:
    """Every jump lowers the loss, so no sign pattern of the active set repeats: fewer than 3^d jumps."""
    return int(min(3**problem.d, 10**6))
