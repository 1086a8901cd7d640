r"""The discrete Fourier transform of a template: which coefficients vanish, decided exactly, and the others as doubles.

Unnormalised: :math:`\hat x_k=\sum_a x_a e^{-2\pi ika/p}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.exact_data import exact_array

__all__ = ["Gaussian", "exact_coefficients", "half_spectrum", "nonzero_classes", "rounded_classes", "whole_spectrum"]

Gaussian = tuple[Fraction, Fraction]
"""Real and imaginary part of a coefficient."""

_BITS_OF_A_DOUBLE = 60  # seven more than a double holds: the rounded coefficient is off by hardly more than half a unit


def nonzero_classes(template: Sequence[Fraction]) -> tuple[int, ...]:
    r"""The frequencies k = 0, ..., p // 2 whose coefficient is not zero; exact.

    With d = p / gcd(k, p) the coefficient is the value of a rational polynomial at a primitive d-th root of unity: it
    vanishes where the cyclotomic polynomial :math:`\Phi_d` divides that polynomial, so for all such k or for none.
    """
    p = len(template)
    scale = lcm(*(value.denominator for value in template))
    polynomial = flint.fmpz_poly([int(value * scale) for value in template])
    divisors = {p // gcd(k, p) for k in range(p // 2 + 1)}
    kept = {d for d in divisors if not (polynomial % flint.fmpz_poly.cyclotomic(d)).is_zero()}
    return tuple(k for k in range(p // 2 + 1) if p // gcd(k, p) in kept)


def rounded_classes(template: NDArray[np.float64], half: NDArray[np.complex128]) -> tuple[int, ...]:
    """The frequencies whose coefficient exceeds what rounding can have left in a template computed in doubles.

    The argument 2πka/p of a cosine reaches πp, and its rounding to a double moves the cosine by up to p eps: entries
    are trusted to p eps of their size, a coefficient to p eps times the sum of those sizes.
    """
    floor = template.size * float(np.finfo(np.float64).eps) * float(np.abs(template).sum())
    return tuple(int(k) for k in np.flatnonzero(np.abs(half) > floor))


def half_spectrum(template: Sequence[Fraction], classes: Sequence[int] | None) -> NDArray[np.complex128]:
    """(p // 2 + 1,) coefficients, those of the classes to double accuracy in modulus, the others zero.

    With ``classes=None`` all are computed, to double accuracy of the largest.
    """
    balls = [flint.fmpq(value.numerator, value.denominator) for value in template]
    precision = 128
    while True:
        with flint.ctx.workprec(precision):
            found = flint.acb.dft([flint.acb(value) for value in balls])[: len(template) // 2 + 1]
            if classes is None or all(abs(found[k]).rel_accuracy_bits() >= _BITS_OF_A_DOUBLE for k in classes):
                break
        precision *= 2
    wanted = range(len(found)) if classes is None else classes
    half = np.zeros(len(found), dtype=np.complex128)
    for k in wanted:
        half[k] = complex(_nearest(found[k].real), _nearest(found[k].imag))
    return half


def whole_spectrum(half: NDArray[np.complex128], p: int) -> NDArray[np.complex128]:
    """(p,) read-only: the coefficients at k = 0, ..., p - 1 of a real template, from those up to p // 2."""
    whole = np.concatenate([half, half[1 : (p + 1) // 2][::-1].conj()])
    whole.flags.writeable = False
    return whole


def exact_coefficients(p: int, coefficients: Any) -> dict[int, Gaussian]:
    """The nonzero coefficients of a mapping from k = 0, ..., p // 2 to a number or a pair (real, imaginary).

    Raises
    ------
    InputError
        If it is no mapping, a frequency is not in that range, a coefficient is no finite number or pair, is not real
        at k = 0 or k = p / 2, or all are zero.
    """
    if not isinstance(coefficients, Mapping):
        raise InputError(
            "spectrum: a mapping from frequency to coefficient, as {1: 10, 3: (5, 0)}, is required, "
            f"got {type(coefficients).__name__}"
        )
    found = {_frequency(k, p): _coefficient(k, value) for k, value in coefficients.items()}
    for k, (_, imaginary) in found.items():
        if imaginary and 2 * k % p == 0:
            raise InputError(
                f"spectrum, k = {k}: a real coefficient is required, as the template is real, got imaginary part "
                f"{imaginary}"
            )
    kept = {k: found[k] for k in sorted(found) if any(found[k])}
    if not kept:
        raise InputError("spectrum: a coefficient other than zero is required, got none")
    return kept


def _frequency(k: Any, p: int) -> int:
    whole = isinstance(k, (int, np.integer)) and not isinstance(k, bool)
    if not whole or not 0 <= k <= p // 2:
        raise InputError(
            f"spectrum: frequencies from 0 to {p // 2} are required, got {k!r:.40}; the others are their conjugates"
        )
    return int(k)


def _coefficient(k: int, value: Any) -> Gaussian:
    if isinstance(value, (complex, np.complexfloating)):
        parts: Any = [float(value.real), float(value.imag)]
    else:
        parts = list(value) if isinstance(value, (tuple, list)) else [value, 0]
    if len(parts) != 2:
        raise InputError(
            f"spectrum, k = {k}: a number or a pair (real, imaginary) is required, got {len(parts)} numbers"
        )
    entries = exact_array(parts, what=f"spectrum, k = {k}", dimensions=1).matrix().entries()
    real, imaginary = (Fraction(int(entry.p), int(entry.q)) for entry in entries)
    return real, imaginary


def _nearest(ball: flint.arb) -> float:
    return 0.0 if ball.contains(0) else float(ball.mid())  # far below the last digit of the modulus
