"""The flow of a dormant neuron in balls, from the exponential of the matrix M(R); no mode and no formula is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import flint

from agf_theory.closed_form.balls import ball
from agf_theory.errors import UndecidedError
from agf_theory.proofs_check.linear.dormant_neurons import DormantLinearNeuron

__all__ = [
    "Motion",
    "block_matrix",
    "enclosed_crossing",
    "flowed",
    "modes_motion",
    "squared_norm_of_flow",
    "utility_integral",
]

Motion = Callable[[flint.arb], tuple[flint.arb, flint.arb]]
"""Squared norm and its velocity at a time."""


def block_matrix(neuron: DormantLinearNeuron) -> tuple[tuple[Fraction, ...], ...]:
    """M(R) = (0 R; Rᵀ 0)."""
    residual = neuron.residual
    c, d = len(residual), len(residual[0])
    zero = Fraction(0)
    above = [(*([zero] * c), *row) for row in residual]
    below = [(*(residual[i][j] for i in range(c)), *([zero] * d)) for j in range(d)]
    return tuple(above + below)


def flowed(neuron: DormantLinearNeuron, time: Any) -> flint.arb_mat:
    """θ(t) = exp(M t) θ(0), a column of balls."""
    matrix = flint.arb_mat([[ball(entry) * time for entry in row] for row in block_matrix(neuron)])
    return matrix.exp() * flint.arb_mat([[ball(x)] for x in neuron.theta])


def squared_norm_of_flow(neuron: DormantLinearNeuron) -> Motion:
    """‖θ(t)‖² and its velocity 2 θᵀMθ."""
    matrix = flint.arb_mat([[ball(entry) for entry in row] for row in block_matrix(neuron)])

    def motion(time: flint.arb) -> tuple[flint.arb, flint.arb]:
        theta = flowed(neuron, time)
        return (theta.transpose() * theta)[0, 0], 2 * (theta.transpose() * matrix * theta)[0, 0]

    return motion


def utility_integral(neuron: DormantLinearNeuron, duration: Any) -> flint.arb:
    """The integral of κ Û = θᵀMθ/‖θ‖² up to a time, by rigorous quadrature."""
    entries = block_matrix(neuron)
    matrix = flint.acb_mat([[flint.acb(ball(entry)) for entry in row] for row in entries])
    start = flint.acb_mat([[flint.acb(ball(x))] for x in neuron.theta])

    def integrand(time: flint.acb, _: bool) -> flint.acb:
        theta = (matrix * time).exp() * start
        return (theta.transpose() * matrix * theta)[0, 0] / (theta.transpose() * theta)[0, 0]

    return flint.acb.integral(integrand, 0, flint.acb(duration)).real


def enclosed_crossing(motion: Motion, later: flint.arb) -> flint.arb:
    """The first time at which the squared norm is one, in a ball, at the current precision.

    The squared norm is convex in time (a sum of exponentials with coefficients that are not negative), and below one at
    the start. So there is one such time, Newton's method comes down to it from any later time, and a change of sign
    encloses it.

    Parameters
    ----------
    motion : function of a ball
    later : flint.arb
        A time at which the squared norm is at least one.

    Raises
    ------
    UndecidedError
        If the ends of the last interval are not told apart from the crossing.
    """
    bits = flint.ctx.prec
    time = later.mid()
    for _ in range(bits):
        value, velocity = motion(time)
        step = (value - 1) / velocity
        time = (time - step).mid()
        if not abs(step) > abs(time) * flint.arb(2) ** (-bits // 2):
            break
    for _ in range(2):  # the steps square their error: two more are beyond the precision
        value, velocity = motion(time)
        time = (time - (value - 1) / velocity).mid()
    radius = (1 + abs(time)) * flint.arb(2) ** (24 - bits)
    for _ in range(40):
        before, after = (motion(time + sign * radius)[0] for sign in (-1, 1))
        if before < 1 and after > 1:
            return time + flint.arb(0, 1) * radius
        radius = 16 * radius
    raise UndecidedError(f"time of norm one: no change of sign found around {time.str(10)} at {bits} bits")


def modes_motion(spectrum: Sequence[tuple[Fraction, Fraction]], scale: flint.arb) -> Motion:
    """Squared norm and velocity from eigenvalues and squared projections, times `scale`."""

    def motion(time: flint.arb) -> tuple[flint.arb, flint.arb]:
        terms = [(rate, scale * ball(share) * (2 * ball(rate) * time).exp()) for rate, share in spectrum if share]
        return sum((x for _, x in terms), flint.arb(0)), sum((2 * ball(rate) * x for rate, x in terms), flint.arb(0))

    return motion
