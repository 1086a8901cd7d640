"""Weights that fit one frequency exactly, with as few neurons that are pure at it as there can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError

__all__ = ["exact_fit"]

_Floats = NDArray[np.float64]
_SIX = [(np.pi * (m / 3 + n / 2), np.pi * (m / 3 - n / 2)) for m in range(3) for n in range(2)]
_FOUR = [(np.pi * a / 4, np.pi * b / 4) for a, b in ((1, 1), (1, 3), (3, 3), (3, 5))]


def exact_fit(template: Sequence[float] | _Floats, frequency: int) -> tuple[_Floats, _Floats, _Floats]:
    r"""Six neurons; four at a frequency p/4, two at p/2.

    Parameters
    ----------
    template : (p,)
    frequency : int
        From 1 to p // 2, with a Fourier coefficient that is not zero.

    Returns
    -------
    u, v, w : (neurons, p)
        Of equal norms in each neuron, pure at the frequency: what they make is the frequency's part of the target, for
        every pair of inputs. Other frequencies of the template play no role.

    Raises
    ------
    InputError
        If the frequency is out of range or absent.

    Examples
    --------
    >>> u, v, w = exact_fit([1, -1, 1, -1], 2)
    >>> u.shape
    (2, 4)
    """
    x = np.asarray(template, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not np.isfinite(x).all():
        raise InputError(f"template must be two or more finite numbers, got an array of shape {x.shape}")
    p = len(x)
    if not 1 <= frequency <= p // 2:
        raise InputError(f"frequency must be from 1 to {p // 2}, got {frequency}")
    coefficient = np.sum(x * np.exp(-2j * np.pi * ((frequency * np.arange(p)) % p) / p))
    if abs(coefficient) <= 1e-12 * np.sum(np.abs(x)):  # rounding of the sum is some units of 1e-16 per term
        raise InputError(f"frequency must occur in the template, got {frequency} with coefficient 0")
    if 2 * frequency == p:
        return _nyquist(float(coefficient.real), p)
    return _aligned(complex(coefficient), frequency, p, _FOUR if 4 * frequency % p == 0 else _SIX)


def _aligned(
    coefficient: complex, frequency: int, p: int, phases: Sequence[tuple[float, float]]
) -> tuple[_Floats, _Floats, _Floats]:
    size, phase = abs(coefficient), np.angle(coefficient)
    amplitude = np.cbrt(4 / (len(phases) * p * size))
    angles = 2 * np.pi * ((frequency * np.arange(p)) % p) / p
    u, v, w = (
        np.array([amplitude * np.cos(angles + turn + phase) for turn in turns])
        for turns in ([a for a, _ in phases], [b for _, b in phases], [a + b for a, b in phases])
    )
    return u, v, w


def _nyquist(coefficient: float, p: int) -> tuple[_Floats, _Floats, _Floats]:
    amplitude = np.cbrt(1 / (4 * p * abs(coefficient)))
    signs = amplitude * (-1.0) ** np.arange(p)
    u, v = np.array([signs, signs]), np.array([signs, -signs])
    return u, v, np.sign(coefficient) * np.array([signs, -signs])
