r"""One mode of a dormant neuron by Taylor steps with a proved remainder, and the time at which it becomes infinite.

With time multiplied by :math:`C|\hat x|`, and the phase of :math:`\hat x` taken into w, the flow is
:math:`u'=\bar vw,\ v'=\bar uw,\ w'=uv`. If all three are at most M, their n-th Taylor coefficients are at most
:math:`M^{n+1}`, those of :math:`y'=y^2,\ y(0)=M`: that bounds the remainder. No elliptic integral is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import flint

from agf_theory.errors import IntegrationFailed

__all__ = ["Mode", "enclosed_blow_up_time", "enclosed_mode_at", "enclosed_step", "scaled_mode"]

Mode: TypeAlias = tuple[flint.acb, flint.acb, flint.acb]

ORDER = 24
MOST_STEPS = 3000
FAR = 300
"""How many times its first size a mode has to grow; the bounds of the time left are then 1e-12 apart."""


def scaled_mode(u_hat: flint.acb, v_hat: flint.acb, w_hat: flint.acb, x_hat: flint.acb) -> Mode:
    """The mode in the variables of this module."""
    return u_hat, v_hat, w_hat * x_hat / abs(x_hat)


def enclosed_blow_up_time(u_hat: flint.acb, v_hat: flint.acb, w_hat: flint.acb, x_hat: flint.acb, p: int) -> flint.arb:
    r"""A ball around the time at which one mode becomes infinite, from its differential equation alone.

    Parameters
    ----------
    u_hat, v_hat, w_hat, x_hat : acb
        Unnormalised Fourier coefficients of neuron and template at one frequency.
    p : int

    Returns
    -------
    arb
        Flow time of the loss 1/2 E‖·‖², mean over pairs, at the precision that is set.

    Raises
    ------
    IntegrationFailed
        If the mode is not far out after a few thousand steps: its time is infinite, or nearly so.

    Notes
    -----
    With a, b, c the squared amplitudes and Z = ū v̄ w, the time left lies between 1/√((a+b+c)/3) and
    1/(Re Z)^(1/3), if Re Z > 0: with s the growth of each square, (ds/dt)² = 4[(s+a)(s+b)(s+c) − h²], which is at most
    4(s + (a+b+c)/3)³ and at least 4(s + (Re Z)^(2/3))³.
    """
    mode, elapsed, start = scaled_mode(u_hat, v_hat, w_hat, x_hat), flint.arb(0), flint.arb(0)
    for count in range(MOST_STEPS):
        size = max(_upper(each) for each in mode)
        start = size if count == 0 else start
        if float(size) > FAR * float(start):
            return (elapsed + _time_left(mode)) / (2 * abs(x_hat) ** 3 / p**2)
        step = _dyadic(0.25 / float(size))
        mode, elapsed = enclosed_step(mode, step), elapsed + step
    raise IntegrationFailed(
        f"blow-up time: a mode that grows {FAR}-fold within {MOST_STEPS} steps is required, got one that does not; "
        "its time may be infinite"
    )


def enclosed_mode_at(
    u_hat: flint.acb, v_hat: flint.acb, w_hat: flint.acb, x_hat: flint.acb, p: int, time: flint.arb
) -> Mode:
    r"""Balls around the mode at a time before it becomes infinite; the amplitudes are those of the coefficients.

    Parameters
    ----------
    u_hat, v_hat, w_hat, x_hat : acb
        At the start, unnormalised.
    p : int
    time : arb
        Flow time of the loss 1/2 E‖·‖², mean over pairs.

    Raises
    ------
    IntegrationFailed
        If the time is not reached within a few thousand steps, nor before the mode has grown 10⁷-fold.
    """
    mode = scaled_mode(u_hat, v_hat, w_hat, x_hat)
    left = time * 2 * abs(x_hat) ** 3 / p**2
    beyond = FAR**3 * float(max(_upper(each) for each in mode))
    for _ in range(MOST_STEPS):
        size = float(max(_upper(each) for each in mode))
        if size > beyond:
            break
        step = _dyadic(0.25 / size)
        if left < step:
            # Each point of the ball of times is a step of its own: the remainder is bounded by that of the longest.
            return enclosed_step(mode, left)
        mode, left = enclosed_step(mode, step), left - step
    raise IntegrationFailed(
        f"mode: a time before it is infinite, within {MOST_STEPS} steps, is required: {time.str(8)}"
    )


def enclosed_step(mode: Mode, step: flint.arb) -> Mode:
    """The mode after a step, in the time of this module; the step times the largest amplitude must be below one."""
    u, v, w = _coefficients(mode)
    size = _upper(mode[0]).max(_upper(mode[1])).max(_upper(mode[2]))
    share = size * step
    rest = (size * share ** (ORDER + 1) / (1 - share)).upper()
    error = flint.acb(flint.arb(0, rest), flint.arb(0, rest))
    first, second, third = (flint.acb_poly(each)(flint.acb(step)) + error for each in (u, v, w))
    return first, second, third


def _coefficients(mode: Mode) -> tuple[list[flint.acb], list[flint.acb], list[flint.acb]]:
    u, v, w = ([each] for each in mode)
    u_bar, v_bar = [u[0].conjugate()], [v[0].conjugate()]
    for n in range(ORDER):
        u.append(_convolved(v_bar, w) / (n + 1))
        v.append(_convolved(u_bar, w) / (n + 1))
        w.append(_convolved(u[: n + 1], v[: n + 1]) / (n + 1))
        u_bar.append(u[-1].conjugate())
        v_bar.append(v[-1].conjugate())
    return u, v, w


def _convolved(left: Sequence[flint.acb], right: Sequence[flint.acb]) -> flint.acb:
    total = flint.acb(0)
    for a, b in zip(left, reversed(right), strict=True):
        total += a * b
    return total


def _time_left(mode: Mode) -> flint.arb:
    u, v, w = mode
    real = (u.conjugate() * v.conjugate() * w).real
    if not real > 0:
        raise IntegrationFailed("blow-up time: a far mode is aligned, got a ball of Re Z that reaches zero")
    third = flint.arb(1) / 3
    mean = sum((abs(each) ** 2 for each in mode), flint.arb(0)) / 3
    return flint.arb(1 / mean.sqrt()).union(real ** (-third))


def _upper(value: flint.acb) -> flint.arb:
    return flint.arb(abs(value).upper())


def _dyadic(value: float) -> flint.arb:
    """A number of few bits, no larger."""
    mantissa, exponent = value.hex().split("p")
    return flint.arb(float.fromhex(f"{mantissa[:6]}p{exponent}"))
