"""Alternating gradient flows with clocks in balls and saddles in rationals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from agf_theory.numeric.diagonal.activation_clock import ActivationClock
from agf_theory.numeric.diagonal.cost_minimiser import proved_minimiser
from agf_theory.numeric.diagonal.face import face_is_a_point, least_norm_on_face
from agf_theory.numeric.diagonal.float_alternating import FloatAlternatingFlow
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.framework import Saddle
from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["BallAlternatingFlow"]


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
