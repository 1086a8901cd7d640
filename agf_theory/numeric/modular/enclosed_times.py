"""Blow-up times of all modes of dormant neurons, enclosed by balls: the weights as they are in doubles, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import UndecidedError
from agf_theory.numeric.modular.certified_blow_up import blow_up_time_of_balls
from agf_theory.problems import ModularAddition

__all__ = ["EnclosedTimes", "enclosed_blow_up_times", "template_balls"]

Array = NDArray[np.float64]
EnclosedTimes = list[list[flint.arb | None]]
"""By neuron and class; None where the balls do not decide, at the precision that is set."""


def enclosed_blow_up_times(problem: ModularAddition, u: Array, v: Array, w: Array) -> EnclosedTimes:
    """Balls that contain the times of `blow_up_times`, at the precision that is set.

    Parameters
    ----------
    problem : ModularAddition
        With a centred template.
    u, v, w : (H, p)
        Binary floats, taken as the numbers they are.
    """
    x = template_balls(problem)
    transforms = [[_coefficients(problem, row.tolist()) for row in each] for each in (u, v, w)]

    def time(i: int, c: int) -> flint.arb | None:
        u_hat, v_hat, w_hat = (transform[i][c] for transform in transforms)
        try:
            return blow_up_time_of_balls(u_hat, v_hat, w_hat, x[c], problem.p)
        except UndecidedError:
            return None

    return [[time(i, c) for c in range(len(x))] for i in range(len(u))]


def template_balls(problem: ModularAddition) -> list[flint.acb]:
    """The template's coefficients at its classes, at the precision that is set."""
    if problem.rational_spectrum is not None:
        return [flint.acb(*map(_rational, problem.rational_spectrum[k])) for k in problem.classes]
    assert problem.rational_template is not None, "a problem without exact spectrum has an exact template"
    return _coefficients(problem, [_rational(entry) for entry in problem.rational_template])


def _coefficients(problem: ModularAddition, entries: Sequence[Any]) -> list[flint.acb]:
    """At the classes alone, as sums of balls: a transform of prime length would compute a thousand times as much."""
    p, roots, balls, found = problem.p, _roots_of_unity(problem.p), [flint.acb(entry) for entry in entries], []
    for k in problem.classes:
        value = sum((entry * roots[a * k % p] for a, entry in enumerate(balls)), flint.acb(0))
        found.append(flint.acb(value.real) if 2 * k % p == 0 else value)
    return found


def _roots_of_unity(p: int) -> tuple[flint.acb, ...]:
    """exp(−2πij/p) for j = 0, ..., p − 1, at the precision that is set."""
    return _roots_at(p, flint.ctx.prec)


@lru_cache(maxsize=4)
def _roots_at(p: int, _: int) -> tuple[flint.acb, ...]:
    return tuple(flint.acb(flint.fmpq(-2 * j, p)).exp_pi_i() for j in range(p))


def _rational(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)
