"""Dormant heads that never become infinite: those that do not move, and those whose v² falls for ever."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad

from agf_theory.numeric.attention.bracketed_root import bracketed_root
from agf_theory.numeric.attention.head_state import HeadState

__all__ = ["StillHead"]

Array = NDArray[np.float64]


class StillHead:
    """A head whose v >= 0, and whether its v² falls for ever without becoming negative.

    Parameters
    ----------
    start : HeadState
    """

    def __init__(self, start: HeadState) -> None:
        self.start = start
        self._alive = (start.G > 0) & ((start.k != 0) | (start.q != 0))
        self._falls_along_m = bool(self._alive.any()) and not (start.p[self._alive] != 0).any()
        self._left = _squared(start.v) - sum((_squared(each) for each in start.k[self._alive]), Fraction(0))
        self._grown, self._decayed = (np.linalg.norm(each[self._alive]) for each in (start.p, start.m))

    @property
    def decays(self) -> bool:
        """Decided exactly where p_j = 0 for all G_j > 0, or all these G_j are equal; else false."""
        if self.start.v == 0:
            return False
        return self._left >= 0 if self._falls_along_m else self._touches_zero()

    def at(self, time: float) -> HeadState:
        """The state at a time; the start, unless it `decays`."""
        if not self.decays:
            return self.start
        state = self.start.at(self._distance_of_equals(time) if self._touches_zero() else self._distance(time))
        if self._falls_along_m:
            state = HeadState(self._speed(state.m), state.k, state.q, state.p, state.m, state.G)
        return state

    def _touches_zero(self) -> bool:
        """Whether 2 v = ±(‖p‖ − ‖m‖), with the norm of m the larger one: v² is a square then, if all G_j are equal."""
        alive = self._alive
        if not alive.any() or len(set(self.start.G[alive].tolist())) > 1:
            return False
        k, q = ([Fraction(x) for x in each[alive].tolist()] for each in (self.start.k, self.start.q))
        squares = sum(a * a + b * b for a, b in zip(k, q, strict=True))
        product = sum(a * b for a, b in zip(k, q, strict=True))
        half = squares - 2 * _squared(self.start.v)  # of ‖p‖² + ‖m‖² − 4 v², which is to be 2 ‖p‖ ‖m‖
        return product < 0 and half >= 0 and half**2 == squares**2 - 4 * product**2

    def _distance_of_equals(self, time: float) -> float:
        """s at a time where v = (‖m‖ e^{−Gs} − ‖p‖ e^{Gs})/2: a hyperbolic tangent."""
        G = float(self.start.G[self._alive][0])
        rate = G * np.sqrt(self._grown * self._decayed) / 2
        ratio = np.sqrt(self._grown / self._decayed)
        if rate == 0:
            return float(np.log1p(G * self._decayed * time / 2) / G)
        return float(np.log(np.tanh(np.arctanh(ratio) + rate * time) / ratio) / G)

    def _speed(self, m: Array) -> float:
        """v where p = 0: v² is what is left in the end, and a quarter of the squares of m."""
        return float(np.hypot(np.sqrt(float(self._left)), np.linalg.norm(m[self._alive]) / 2))

    def _distance(self, time: float) -> float:
        rate = float(self.start.G.max())

        def slowness(x: float) -> float:
            s = np.expm1(x) / rate
            return float(np.exp(x) / rate / self._speed(self.start.m * np.exp(-self.start.G * s)))

        return float(np.expm1(_inverse(slowness, time)) / rate)


def _inverse(integrand: Callable[[float], float], value: float) -> float:
    """Where the integral from zero of a positive function has a value."""

    def miss(x: float) -> float:
        return float(quad(integrand, 0, x, epsabs=0, epsrel=1e-12, limit=400)[0]) - value

    high = 1.0
    while miss(high) < 0:
        high *= 1.25
    return bracketed_root(miss, 0.0, high)


def _squared(value: float) -> Fraction:
    return Fraction(float(value)) ** 2
