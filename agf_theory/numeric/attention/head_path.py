r"""The time along the path of a dormant head that becomes infinite.

Around a point of the path :math:`v(u)^2\approx Q(u)=v^2+bu+cu^2`, u the distance in s. With
:math:`du/dz=\sqrt{Q/c}`, that is :math:`u=\beta(\cosh z-1)+\omega\sinh z` where :math:`\beta=b/2c` and
:math:`\omega=v/\sqrt c`,

.. math:: dt=\frac{du}{v(u)}=\frac1{\sqrt c}\sqrt{\frac{Q(u)}{v(u)^2}}\,dz ,

and the integrand is smooth: through a zero of v, where the path turns; at a near zero; and at infinity, where it falls
as a double exponential. The point is the start, or where v² is least, or where v is zero.
"""

from __future__ import annotations

from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.attention.bracketed_root import bracketed_root
from agf_theory.numeric.attention.head_state import HeadState

__all__ = ["HeadPath"]

Array = NDArray[np.float64]

TAIL = 40.0
"""Logarithm of the growth, beyond all that cancels it, after which the rest of the time is below rounding."""

ACCURACY = 1e-15
"""Of every panel, relative to the whole time."""

MOST_HALVINGS = 60
MOST_PANELS = 1000
"""Unfinished at a time; more are rounding alone, which no halving mends, where v comes near zero."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)


class HeadPath:
    """From some distance before a base point on, to infinity.

    Parameters
    ----------
    base : HeadState
        With v² growing on, or nearly: v > 0, or v = 0 and sum G k q > 0; some p_j nonzero where G_j > 0.
    before : float
        The distance in s, at least zero, from where the path starts; where v = 0 at the base, on the other branch.
    """

    def __init__(self, base: HeadState, before: float) -> None:
        self.base, self.before = base, before
        self._behind = base.backwards(base.v)
        self._rate = base.curvature()
        self._beta = float((base.G * (base.k / self._rate) * (base.q / self._rate)).sum())
        self._omega = base.v / self._rate
        first = -self._inverse(before, -1.0 if base.v else 1.0)
        edges = np.concatenate([np.linspace(first, 0, 5)[:-1], np.linspace(0, self._inverse(_far(base), 1.0), 13)])
        self._edges, self._times = self._integrated(edges if before else edges[4:])

    @property
    def duration(self) -> float:
        """From the start of the path to infinity."""
        return float(self._times[-1])

    @cached_property
    def to_base(self) -> float:
        """From the start of the path to the base."""
        return float(self._times[np.searchsorted(self._edges, 0.0)])

    def at(self, time: float) -> tuple[HeadState, bool]:
        """The state at a time after the start, and whether it lies beyond the base."""
        return self._state(self._position(time))

    def crossing_time(self, log_norm: float) -> float:
        """When the norm, which is least at the base, grows through a value above that at the start."""

        def above(z: float) -> float:
            return self._state(z)[0].log_norm() - log_norm

        last = float(self._edges[-1])
        if above(last) <= 0:
            return self.duration
        z = bracketed_root(above, 0.0, last) if above(0.0) < 0 else 0.0
        k = int(np.clip(np.searchsorted(self._edges, z) - 1, 0, len(self._edges) - 2))
        return float(self._times[k] + self._quadrature(self._edges[k : k + 1], np.array([z]))[0])

    def _state(self, z: float) -> tuple[HeadState, bool]:
        u = float(self._distance(np.array([z]))[0])
        if z >= 0 or self.base.v == 0:
            return self.base.at(u), z >= 0
        return self._behind.at(-u).backwards(float(self._behind.velocity(np.array([-u]))[0])), False

    def _position(self, time: float) -> float:
        k = int(np.clip(np.searchsorted(self._times, time) - 1, 0, len(self._times) - 2))
        low, high = float(self._edges[k]), float(self._edges[k + 1])
        wanted = time - float(self._times[k])
        whole = float(self._times[k + 1] - self._times[k])
        if wanted <= 0 or wanted >= whole:
            return low if wanted <= 0 else high

        def late(z: float) -> float:
            return float(self._quadrature(np.array([low]), np.array([z]))[0]) - wanted

        return bracketed_root(late, low, high) if late(high) > 0 else high

    def _distance(self, z: Array) -> Array:
        """u(z): negative before the base, but on the other branch where it turns there."""
        return np.asarray(2 * self._beta * np.sinh(z / 2) ** 2 + self._omega * np.sinh(z))

    def _inverse(self, distance: float, side: float) -> float:
        """|z| at a distance on one side of the base."""
        if distance == 0:
            return 0.0
        unit = max(distance, abs(self._beta), self._omega)
        distance, beta, omega = distance / unit, side * self._beta / unit, self._omega / unit
        beyond = distance * (distance + 2 * beta)
        root = float(np.sqrt(max(beyond + omega**2, 0.0)))
        return float(np.log1p((distance + (beyond / (root + omega) if beyond else 0.0)) / (beta + omega)))

    def _integrand(self, z: Array) -> Array:
        u = self._distance(z)
        quadratic = self._rate * (self._beta * np.sinh(z) + self._omega * np.cosh(z))
        if self.base.v == 0:
            speed = self.base.velocity(u)
            return np.asarray(np.where(speed > 0, abs(quadratic) / np.where(speed > 0, speed, 1.0) / self._rate, 1.0))
        ahead, behind = self.base.velocity(np.maximum(u, 0.0)), self._behind.velocity(np.maximum(-u, 0.0))
        return np.asarray(quadratic / np.where(u >= 0, ahead, behind) / self._rate)

    def _quadrature(self, low: Array, high: Array) -> Array:
        half = (high - low) / 2
        z = (low + high)[:, None] / 2 + half[:, None] * NODES
        return cast(Array, (self._integrand(z.ravel()).reshape(z.shape) * WEIGHTS).sum(axis=1) * half)

    def _integrated(self, edges: Array) -> tuple[Array, Array]:
        """Panels halved until Gauss's rule agrees with itself: their edges, and the times there."""
        low, high = edges[:-1], edges[1:]
        whole = self._quadrature(low, high)
        total = whole.sum()
        done: list[tuple[float, float, float]] = []
        for _ in range(MOST_HALVINGS):
            middle = (low + high) / 2
            left, right = self._quadrature(low, middle), self._quadrature(middle, high)
            if not np.isfinite(left + right).all():
                break
            good = abs(left + right - whole) <= ACCURACY * max(total, float((left + right).sum()))
            good |= len(low) > MOST_PANELS
            done += zip(low[good], middle[good], left[good], strict=True)
            done += zip(middle[good], high[good], right[good], strict=True)
            bad = ~good
            low, middle, high = low[bad], middle[bad], high[bad]
            low, high, whole = np.r_[low, middle], np.r_[middle, high], np.r_[left[bad], right[bad]]
            if not len(low):
                done.sort()
                times = np.concatenate([[0.0], np.cumsum([time for _, _, time in done])])
                return np.array([done[0][0], *(end for _, end, _ in done)]), times
        raise IntegrationFailed(
            f"time of a dormant head: panels that agree to {ACCURACY:g} are required, got {len(low)} that do not after "
            f"{MOST_HALVINGS} halvings; certified_blow_up_time decides how near v comes to zero"
        )


def _far(base: HeadState) -> float:
    """A distance beyond which the time left is below rounding: some p e^{Gs} is far above all that is subtracted."""
    entries = np.concatenate([[base.v], base.k, base.q])
    unit = abs(entries).max()
    size = unit * np.linalg.norm(entries / unit)
    alive = (base.G > 0) & (base.p != 0)
    G, p = base.G[alive], abs(base.p[alive])
    growth = np.log(size) - np.log(p) + TAIL + np.log(base.G.max() / G)
    return float((growth / G).min())
