"""Real periodic signals with given amplitudes of their discrete Fourier transform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from numpy.typing import NDArray

from agf_theory.proofs_check.strategies.orthogonal import unit_vectors
from agf_theory.proofs_check.strategies.rationals import simple_rationals

__all__ = ["Template", "templates", "templates_with_amplitudes"]


@dataclass(frozen=True)
class Template:
    """A real signal of period p, by the exact coefficients of its discrete Fourier transform.

    The signal itself is irrational as a rule (cos(2π/5)); its spectrum is what stays exact.

    Attributes
    ----------
    period : int
    coefficients : tuple of (Fraction, Fraction)
        Real and imaginary part of x̂_k = Σ_t x_t exp(−2πi k t/p) for k = 0, …, ⌊p/2⌋; the others are their conjugates.
        Those at 0 and, if p is even, at p/2 are real.
    """

    period: int
    coefficients: tuple[tuple[Fraction, Fraction], ...]

    @property
    def squared_amplitudes(self) -> tuple[Fraction, ...]:
        """|x̂_k|², exactly, for k = 0, …, ⌊p/2⌋."""
        return tuple(a * a + b * b for a, b in self.coefficients)

    def signal(self) -> NDArray[np.float64]:
        """The signal, (p,), in doubles.

        Examples
        --------
        >>> alternating = Template(2, ((Fraction(0), Fraction(0)), (Fraction(2), Fraction(0))))
        >>> alternating.signal().tolist()
        [1.0, -1.0]
        """
        spectrum = np.array([complex(a, b) for a, b in self.coefficients])
        found: NDArray[np.float64] = np.fft.irfft(spectrum, n=self.period)
        return found


@st.composite
def templates_with_amplitudes(draw: DrawFn, period: int, amplitudes: Sequence[Fraction]) -> Template:
    """Templates whose transform has the given amplitudes |x̂_k|, k = 0, …, ⌊p/2⌋; phases are rational unit vectors.

    They shrink to phases zero: a sum of cosines.

    Raises
    ------
    ValueError
        If there is another number of amplitudes, or one is negative.
    """
    if len(amplitudes) != period // 2 + 1 or any(amplitude < 0 for amplitude in amplitudes):
        raise ValueError(
            f"{period // 2 + 1} amplitudes, none negative, are required for period {period}, got "
            f"({', '.join(map(str, amplitudes))})"
        )
    coefficients = []
    for k, amplitude in enumerate(amplitudes):
        if 2 * k % period:
            cosine, sine = draw(unit_vectors(2))
        else:  # the mean and, for an even period, the alternating part are real
            cosine, sine = Fraction(draw(st.sampled_from((1, -1)))), Fraction(0)
        coefficients.append((amplitude * cosine, amplitude * sine))
    return Template(period, tuple(coefficients))


@st.composite
def templates(draw: DrawFn, period: int) -> Template:
    """Templates with amplitudes from 0 to 3, zeros and equal ones included; they shrink to zero."""
    amplitudes = [draw(simple_rationals(0, 3, denominators=2)) for _ in range(period // 2 + 1)]
    return draw(templates_with_amplitudes(period, amplitudes))
