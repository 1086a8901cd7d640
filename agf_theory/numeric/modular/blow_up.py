r"""Blow-up times of the modes of dormant neurons, in floats.

In the symmetric form that is used here nothing depends on which of u, v, w is called the first: with
:math:`Z=\hat x\bar{\hat u}\bar{\hat v}\hat w`, :math:`R=\mathrm{Re}Z/|\hat x|`, :math:`h=\mathrm{Im}Z/|\hat x|`, the
arguments of Carlson's integral are the roots y of :math:`(|\hat u|^2-y)(|\hat v|^2-y)(|\hat w|^2-y)=h^2`, whose product
is :math:`R^2`. The least of them is real, between zero and the smallest squared amplitude.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import elliprf

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.problems import ModularAddition

__all__ = ["blow_up_time", "blow_up_times"]

Array = NDArray[np.float64]

NEWTON_STEPS = 8
"""Newton's method starts at most four times too high in value, on a convex function: it is at rounding after six."""

TINY = 1e-140
"""Of h at a largest amplitude of one: below, h² leaves the doubles, and which bound holds is decided by far more."""

SEPARATED = 1e-9
"""Ratio of the second amplitude to the largest below which its square, against one, is no part of a double."""

LEAST_EXPONENT = -10_000
"""Of two, for zero: far below that of every double."""


def blow_up_time(u_hat: complex, v_hat: complex, w_hat: complex, x_hat: complex, p: int) -> float:
    r"""When one mode of a dormant neuron becomes infinite, the residual being the template.

    .. math:: \dot{\hat u}=C\hat x\bar{\hat v}\hat w,\quad\dot{\hat v}=C\hat x\bar{\hat u}\hat w,\quad
              \dot{\hat w}=C\bar{\hat x}\hat u\hat v,\qquad C=2|\hat x|^2/p^2

    Parameters
    ----------
    u_hat, v_hat, w_hat : complex
        The neuron's unnormalised Fourier coefficients at a frequency k; real at the Nyquist frequency.
    x_hat : complex
        The template's at the same frequency, k not 0.
    p : int
        Order of the group.

    Returns
    -------
    float
        Flow time of the loss 1/2 E‖·‖², mean over pairs; inf where the mode never becomes infinite, that is where
        x̂ = 0, or Im Z = 0, Re Z <= 0 and the two smallest amplitudes are equal; and where the time is above the
        largest float. T(c θ) = T(θ)/c.

    Raises
    ------
    InputError
        If a coefficient is not finite, or p no positive integer.

    Notes
    -----
    Hypotheses: centred template, residual frozen. Near an infinite time the result is as sensitive as the logarithm of
    the distance: whether Im Z is zero, and amplitudes equal, is decided on products of floats, which are exact where
    the coefficients have few bits. `certified_blow_up_time` decides it always.

    Source: this project; claim MOD-10.

    Examples
    --------
    >>> blow_up_time(1, 1, 1, 1, 2)  # balanced and aligned: 1/(C |x̂| |û|)
    2.0
    >>> blow_up_time(1, 1, -1, 1, 2), blow_up_time(1, 0, 0, 1, 2)
    (inf, inf)
    """
    coefficients = np.array([u_hat, v_hat, w_hat, x_hat], dtype=complex)
    if not np.all(np.isfinite(coefficients)):
        raise InputError(f"blow-up time needs finite Fourier coefficients, got {coefficients.tolist()}")
    u, v, w, x = (np.atleast_1d(each) for each in coefficients)
    return float(_times(u, v, w, x, _order(p))[0])


def blow_up_times(problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike) -> Array:
    r"""When each mode of each dormant neuron becomes infinite, the residual being the template.

    Parameters
    ----------
    problem : ModularAddition
        With a centred template: the class 0 is not among `problem.classes`.
    u, v, w : (H, p)
        Weights of H neurons, one a row, at any scale: T(c θ) = T(θ)/c exactly, so for unit-scale directions the result
        is the time multiplied by the initialisation scale.

    Returns
    -------
    (H, number of classes)
        Columns as `problem.classes`; flow time of the loss 1/2 E‖·‖², mean over pairs; inf where never.

    Raises
    ------
    InputError
        If the weights are not three finite arrays (H, p).
    HypothesisNotMet
        If the template is not centred: modes then feel one another through ŵ[0].

    Notes
    -----
    The least entry is, to leading order as the scale tends to zero, the first jump time of the network. Source: this
    project; claim MOD-10.

    Examples
    --------
    >>> problem = ModularAddition([1, -1, 0, 0])
    >>> problem.classes
    (1, 2)
    >>> one_neuron = [[1, 0, 0, 0]]
    >>> blow_up_times(problem, one_neuron, one_neuron, one_neuron).round(4)
    array([[2.9587, 1.    ]])
    """
    if 0 in problem.classes:
        raise HypothesisNotMet(
            f"blow-up times need a centred template, got x̂[0] = {problem.spectrum[0].real:g}: with it the modes do not "
            "decouple; take problem.centred()"
        )
    weights = [_weights(each, name, problem.p) for each, name in ((u, "u"), (v, "v"), (w, "w"))]
    if len({each.shape for each in weights}) > 1:
        raise InputError(f"u, v, w must have one shape (H, p), got {[each.shape for each in weights]}")
    kept = list(problem.classes)
    U, V, W = (_coefficients(each, kept, problem.p) for each in weights)
    return _times(U, V, W, np.asarray(problem.spectrum)[kept], problem.p)


def _order(p: Any) -> int:
    if isinstance(p, bool) or not isinstance(p, (int, np.integer)) or p < 1:
        raise InputError(f"p must be a positive integer, the order of the group, got {p!r}")
    return int(p)


def _weights(values: ArrayLike, name: str, p: int) -> Array:
    array = np.asarray(values, dtype=float)
    if array.ndim != 2 or array.shape[1] != p or not np.all(np.isfinite(array)):
        raise InputError(f"{name} must be a finite array (H, {p}), one neuron a row, got shape {array.shape}")
    return array


def _coefficients(weights: Array, classes: list[int], p: int) -> NDArray[np.complex128]:
    """Unnormalised Fourier coefficients at the classes; exactly real at the Nyquist frequency."""
    found = np.fft.rfft(weights, axis=1)[:, classes]
    found[:, [2 * k == p for k in classes]] = found[:, [2 * k == p for k in classes]].real
    return np.asarray(found)


def _times(u: Any, v: Any, w: Any, x: Any, p: int) -> Array:
    """Blow-up times, entry by entry."""
    # Powers of two come off exactly: whether amplitudes are equal, and Im Z zero, is not lost to rounding here.
    parts = [_mantissa(each) for each in (u, v, w)]
    x, x_exponents = _mantissa(x)
    Z = x * np.conj(parts[0][0]) * np.conj(parts[1][0]) * parts[2][0]
    phase = Z / np.where(Z == 0, 1.0, abs(Z))
    squares, exponents = _ascending(parts)
    lives = (squares[2] > 0) & (x != 0)
    unit = np.where(lives, exponents[2], 0)  # of the largest amplitude
    scaled = np.where(lives, np.ldexp(squares, 2 * np.maximum(exponents - unit, LEAST_EXPONENT)), 1.0)
    far = scaled[1] < SEPARATED**2 * scaled[2]
    near = _normalised(np.where(far, 1.0, scaled), phase)
    times = np.where(far, _separated(np.where(lives, squares, 1.0), exponents - unit, phase), near)
    with np.errstate(over="ignore", under="ignore"):
        found = np.ldexp(times / (2 * np.where(lives, abs(x), 1.0) ** 3) * p * p, -3 * x_exponents - unit)
    return np.asarray(np.where(lives, found, np.inf))


def _mantissa(values: Any) -> tuple[NDArray[np.complex128], NDArray[np.int_]]:
    """The numbers divided by powers of two, parts in (-1, 1) and one of them at least 1/2, and those powers."""
    real, imaginary = np.real(values), np.imag(values)
    exponents = np.frexp(np.maximum(abs(real), abs(imaginary)))[1].astype(int)
    return np.ldexp(real, -exponents) + 1j * np.ldexp(imaginary, -exponents), exponents


def _ascending(parts: Sequence[tuple[NDArray[np.complex128], NDArray[np.int_]]]) -> tuple[Array, NDArray[np.int_]]:
    """Squared amplitudes q 4^e by size, q in [1/4, 1) or zero, as (3, ...) q and (3, ...) e."""
    mantissas, exponents = np.frexp(np.stack([each.real**2 + each.imag**2 for each, _ in parts]))
    whole = np.where(mantissas > 0, exponents + 2 * np.stack([each for _, each in parts]), 2 * LEAST_EXPONENT)
    halves = (whole + 1) // 2
    squares = np.ldexp(mantissas, whole - 2 * halves)
    order = np.lexsort((squares, halves), axis=0)
    return np.take_along_axis(squares, order, axis=0), np.take_along_axis(halves, order, axis=0)


def _separated(squares: Array, exponents: Any, phase: Any) -> Array:
    r"""C |x̂| T where the largest amplitude c is far above the others a <= b, to the order b²/c².

    Two arguments are then small, of sum a² + b² and product (a b cos φ)², and
    :math:`R_F(x,y,c^2)=\frac1{2c}\log\frac{16c^2}{(\sqrt x+\sqrt y)^2}`. In units of b nothing underflows.
    """
    with np.errstate(all="ignore"):  # infinite times are asked for, and meant
        below = np.maximum(exponents[0] - exponents[1], LEAST_EXPONENT)
        ratio = np.ldexp(squares[0] / squares[1], 2 * below)
        largest = np.log(squares[2] / squares[1]) + 2 * np.log(2.0) * (exponents[2] - exponents[1])
        around = (1 + ratio) / 2 + np.sqrt(ratio) * abs(phase.real)
        apart = np.hypot(1 - ratio, 2 * np.sqrt(ratio) * phase.imag)
        direct = (largest + np.log(8 / around)) / 2
        turning = np.where(apart == 0, np.inf, largest + np.log(16 / apart) - direct)
        found = np.where(phase.real >= 0, direct, turning)
        return np.asarray(np.where(squares[1] > 0, found, np.inf) / np.sqrt(squares[2]))


def _normalised(squares: Array, phase: Any) -> Array:
    """C |x̂| T of modes of largest amplitude about one, from the ascending squared amplitudes and Z/|Z|."""
    size = np.sqrt(squares[0] * squares[1] * squares[2])
    real = size * phase.real
    least = _below_the_least(squares, size * abs(phase.imag))
    # The other two roots, less the first: all coefficients of their quadratic are positive, and nothing cancels.
    gaps = squares - squares[0] + least
    unit = np.where(gaps[2] > 0, gaps[2], 1.0)
    a, b, c = gaps / unit
    half, product = (a + b + c) / 2, a * b + b * c + c * a
    root = np.sqrt((half**2 - product).astype(complex))
    third = half + root
    second = product / np.where(third == 0, 1.0, third)  # the smaller one, where both are real
    with np.errstate(all="ignore"):  # infinite integrals are asked for, and meant
        turning = 2 * _carlson(np.zeros_like(real), second, third) / np.sqrt(unit)
    second, third = second * unit, third * unit
    around = np.maximum(squares[0] - least, 0.0)
    others = ((around + second) * (around + third)).real
    first = real**2 / np.where(others > 0, others, 1.0)  # of product real², so that it is exact to rounding near zero
    with np.errstate(all="ignore"):  # infinite integrals are asked for, and meant
        direct = _carlson(first, first + second, first + third)
        return np.where(phase.real >= 0, direct, np.where(np.isinf(turning), np.inf, turning - direct))


def _below_the_least(squares: Array, h: Array) -> Array:
    """How far the least root lies below the least squared amplitude: d with d (d + B) (d + D) = h², h >= 0."""
    B, D = squares[1] - squares[0], squares[2] - squares[0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # Of h, not of its square, which may be no double: where Newton's steps see zeros only, the bounds are exact.
        bounds = np.stack([h / B * (h / D), h / np.sqrt(D), np.cbrt(h) ** 2])
        found = np.nanmin(np.where(h > 0, bounds, 0.0), axis=0)
        for _ in range(NEWTON_STEPS):
            value = found * (found + B) * (found + D) - h**2
            slope = (found + B) * (found + D) + found * (2 * found + B + D)
            steps = (slope > 0) & (h > TINY)
            found = np.where(steps, found - value / np.where(steps, slope, 1.0), found)
    return np.asarray(np.maximum(found, 0.0))


def _carlson(x: Array, y: Any, z: Any) -> Array:
    """R_F; infinite where two of the arguments are zero."""
    twice_zero = (abs(y) == 0) & (x == 0)
    return np.asarray(np.where(twice_zero, np.inf, elliprf(x + 0j, np.where(twice_zero, 1.0, y), z).real))
