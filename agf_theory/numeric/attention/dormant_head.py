r"""One dormant head under a frozen residual: its whole path, in floats.

.. math:: \dot v=k^\top Gq,\qquad\dot k=v\,Gq,\qquad\dot q=v\,Gk

With :math:`ds=v\,dt` the squared v is a convex function of s. So v vanishes at most once after the start; there s turns
back, and the head becomes infinite on the other side. A head that does not turn becomes infinite as s does, unless

- it does not move: G k = G q = 0, or v = 0 and kᵀGq = 0; or
- v² falls to zero where its slope in s is zero too: v → 0 as t → ∞; or
- k_j + q_j = 0 (v > 0; k_j − q_j = 0 if v < 0) wherever G_j > 0, and v² >= sum of k_j² over these: k_j, q_j → 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric.attention.bracketed_root import bracketed_root
from agf_theory.numeric.attention.head_path import HeadPath
from agf_theory.numeric.attention.head_state import HeadState
from agf_theory.numeric.attention.still_head import StillHead

__all__ = ["DormantHead"]

Array = NDArray[np.float64]

SMALLEST = 1e-305
"""Of the largest entry: entries below would leave the doubles where they are multiplied."""


class DormantHead:
    """A head (v, k, q) that moves under the residual diag(G), in its eigenbasis.

    Parameters
    ----------
    v : float
    k, q : (D,)
        Of any sign and size, in the eigenbasis of the residual.
    G : (D,)
        Eigenvalues of the residual's gradient matrix, N λ_j² for the modes not yet learned, 0 for the others; none
        negative.

    Raises
    ------
    InputError
        If an entry is not finite, a shape is another, or some G_j < 0.
    HypothesisNotMet
        If nonzero entries that matter differ by more than a factor 1e305.

    Notes
    -----
    Times are flow times; T(c θ) = T(θ)/c, so those of a start of unit scale are flow times multiplied by α.

    Hypothesis: residual frozen. Near an infinite time the result is as sensitive as the logarithm of the distance to
    it; in floats an infinite time is met if all modes with k_j + q_j = 0 say so, or all G_j > 0 are equal.
    `certified_blow_up_time` encloses times, or says that it cannot. Source: this project; claim ATT-08.

    Examples
    --------
    >>> head = DormantHead(1.0, [1.0, 0.0], [1.0, 0.0], [2.0, 1.0])  # aligned and balanced: 1/(G v)
    >>> head.blow_up_time, head.turning_time, head.direction
    (0.5, inf, 1)
    >>> DormantHead(1.0, [2.0, 0.0], [-2.0, 0.0], [2.0, 1.0]).direction  # v turns its sign
    -1
    >>> DormantHead(1.0, [1.0, 0.0], [-1.0, 0.0], [2.0, 1.0]).blow_up_time
    inf
    """

    def __init__(self, v: float, k: ArrayLike, q: ArrayLike, G: ArrayLike) -> None:
        v, k_0, q_0, G_0 = _checked(v, k, q, G)
        self.v, self.k, self.q, self.G = v, k_0, q_0, G_0
        unit = int(np.frexp(max(abs(v), abs(k_0).max(initial=0.0), abs(q_0).max(initial=0.0)))[1])
        rate = int(np.frexp(G_0.max(initial=0.0))[1])
        self._unit, self._exponent = unit, -(unit + rate)
        slope = _slope(k_0, q_0, G_0)
        self._flip = -1 if v < 0 or (v == 0 and slope < 0) else 1
        scaled = _normalised(v, k_0, q_0, G_0, unit)
        start = HeadState.of(abs(scaled[0]), self._flip * scaled[1], scaled[2], np.ldexp(G_0, -rate))
        self._course = _course(start, self._flip * slope)

    @property
    def blow_up_time(self) -> float:
        """When it becomes infinite; inf where never, or above the largest float."""
        return self._flow_time(self._course.path.duration) if self._course.path else np.inf

    @property
    def turning_time(self) -> float:
        """When v changes its sign after the start; inf where it never does."""
        return self._flow_time(self._course.path.to_base) if self._course.path and self._course.turns else np.inf

    @property
    def direction(self) -> int:
        """The sign of v in the end: 1 if k + q grows, −1 if k − q does; 0 if the head never becomes infinite."""
        return 0 if self._course.path is None else (-self._flip if self._course.turns else self._flip)

    @property
    def component(self) -> int | None:
        """The mode along which it becomes infinite, one of largest G_j that grows; None if never.

        Among equal G_j the one that has grown most.
        """
        if self._course.path is None:
            return None
        growing = np.where(self.G > 0, abs(self._course.path.base.p), 0.0)
        largest = self.G[growing > 0].max() == self.G
        return int(np.where(largest, growing, 0.0).argmax())

    def at(self, time: float) -> tuple[float, Array, Array]:
        """The head (v, k, q) at a flow time from 0 on, before it is infinite.

        Raises
        ------
        InputError
            If the time is negative, not finite, or not before `blow_up_time`.
        """
        if not 0 <= time < self.blow_up_time:
            raise InputError(f"time must be from 0 to below the blow-up time {self.blow_up_time!r}, got {time!r}")
        if time == 0:
            return self.v, self.k.copy(), self.q.copy()
        scaled = float(np.ldexp(time, -self._exponent))
        if self._course.path is None:
            state = self._course.still.at(scaled)
            v, q = state.v, state.q
        else:
            state, beyond = self._course.path.at(scaled)
            v, q = state.v, state.q
            if self._course.turns:  # it is told in the direction away from the turn
                v, q = -v if beyond else v, -q
        k = state.k
        values = np.ldexp(v * self._flip, self._unit), np.ldexp(k * self._flip, self._unit), np.ldexp(q, self._unit)
        return float(values[0]), np.asarray(values[1]), np.asarray(values[2])

    def crossing_time(self, log_norm: float) -> float:
        """When the joint norm first is exp(log_norm), √(v² + ‖k‖² + ‖q‖²): 0 at the start, inf if never."""
        log_unit = self._unit * float(np.log(2.0))
        if self._course.start.log_norm() + log_unit >= log_norm:
            return 0.0
        if self._course.path is None:
            return np.inf
        return self._flow_time(self._course.path.crossing_time(log_norm - log_unit))

    def _flow_time(self, scaled: float) -> float:
        with np.errstate(over="ignore"):
            return float(np.ldexp(scaled, self._exponent))


@dataclass(frozen=True, eq=False)
class _Course:
    """Where a head with v >= 0, or v = 0 and k G q > 0, goes: along a path to infinity, or nowhere."""

    start: HeadState
    path: HeadPath | None
    still: StillHead
    turns: bool


def _course(start: HeadState, slope: Fraction) -> _Course:
    still = StillHead(start)
    moves = bool(((start.G > 0) & ((start.k != 0) | (start.q != 0))).any()) and (start.v > 0 or slope != 0)
    if not moves or still.decays:
        return _Course(start, None, still, turns=False)
    if slope >= 0:
        return _Course(start, HeadPath(start, 0.0), still, turns=False)
    least = _least(start)
    if np.isfinite(least) and start.velocity(np.array([least]))[0] > 0:
        return _Course(start, HeadPath(start.at(least), least), still, turns=False)
    turn = _turn(start, least)
    return _Course(start, HeadPath(start.at(turn).backwards(0.0), turn), still, turns=True)


def _least(start: HeadState) -> float:
    """Where v² is least, s > 0; inf where it falls for ever."""
    grows = (start.G > 0) & (start.p != 0)
    if not grows.any():
        return np.inf
    G, p = start.G[grows], abs(start.p[grows])
    falling = np.sqrt(start.G) * abs(start.m)
    bounds = (np.log(np.linalg.norm(falling)) - np.log(p) - np.log(G) / 2) / G
    high = max(float(bounds.min()), 0.0) * 2 + 1e-300
    return bracketed_root(start.growth, 0.0, high) if start.growth(high) > 0 else high


def _turn(start: HeadState, least: float) -> float:
    """Where v is zero, s > 0; v² falls until then."""

    def squared(s: float) -> float:
        root = float(start.velocity(np.array([s]))[0]) / start.v
        return root * abs(root)

    high = least
    if not np.isfinite(high):
        high = 1.0
        while squared(high) > 0 and np.isfinite(high):
            high *= 2
    return bracketed_root(squared, 0.0, high) if squared(high) < 0 else high


def _slope(k: Array, q: Array, G: Array) -> Fraction:
    """kᵀGq, exactly: its sign decides where a head goes."""
    triples = zip(G.tolist(), k.tolist(), q.tolist(), strict=True)
    return sum((Fraction(a) * Fraction(b) * Fraction(c) for a, b, c in triples if a and b and c), Fraction(0))


def _normalised(v: float, k: Array, q: Array, G: Array, unit: int) -> tuple[float, Array, Array]:
    """The head divided by a power of two, its largest entry about one."""
    entries = [np.ldexp(np.asarray(each), -unit) for each in (v, k, q)]
    moving = np.concatenate([np.atleast_1d(abs(entries[0])), *(abs(each[G > 0]) for each in entries[1:])])
    given = np.concatenate([[v], k[G > 0], q[G > 0]])
    if ((moving < SMALLEST) & (given != 0)).any():
        raise HypothesisNotMet(
            f"a dormant head in floats needs nonzero entries within a factor {1 / SMALLEST:g} of one another, got "
            f"{abs(given[given != 0]).min():g} beside {np.ldexp(1.0, unit):g}; take certified_blow_up_time"
        )
    return float(entries[0]), np.asarray(entries[1]), np.asarray(entries[2])


def _checked(v: float, k: ArrayLike, q: ArrayLike, G: ArrayLike) -> tuple[float, Array, Array, Array]:
    arrays = [np.array(each, dtype=float) for each in (k, q, G)]
    if any(each.ndim != 1 or each.shape != arrays[0].shape for each in arrays):
        raise InputError(f"k, q and G must be vectors of one length, got shapes {[each.shape for each in arrays]}")
    if not all(np.isfinite(each).all() for each in arrays) or not np.isfinite(v):
        raise InputError("a dormant head must have finite v, k, q and G, got an infinite one or nan")
    if (arrays[2] < 0).any():
        raise InputError(f"G must not be negative: residual eigenvalues N λ_j² or 0, got {arrays[2].min():g}")
    return float(v), cast(Array, arrays[0]), cast(Array, arrays[1]), cast(Array, arrays[2])
