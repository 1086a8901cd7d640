"""Which modes of the best map a map has learned: names for saddles that all methods share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.saddle_sequence import SaddleSequence, events_between, read_only
from agf_theory.numeric.trajectory import Jump, Trajectory
from agf_theory.problems import LinearNetwork

__all__ = ["Modes", "by_modes", "by_singular_values"]

Array = NDArray[np.float64]

Found = TypeVar("Found", SaddleSequence, Trajectory)

FINER = 6
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MOST_SAID = 3
READABLE = 0.5
"""Part of a jump time, twice what the first digit is worth, that its extrapolation may be off and still be a time."""
SETTLED = 1e-2
"""Part of the greatest fall of the loss by which a plateau of a flow may miss its saddle and still be called that."""


@dataclass(frozen=True, eq=False)
class Modes:
    r"""Eigenvectors of :math:`\Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top`, by what they take off the loss.

    Where the falls differ every critical point of the loss is the best map projected on some of them.

    Attributes
    ----------
    falls : (r,)
        :math:`\mu_i`, positive, descending; learning mode i takes μ_i/2 off the loss.
    left : (c, r)
        Orthonormal, the modes' directions among the outputs.
    moments : Moments
    """

    falls: Array
    left: Array
    moments: Moments

    @classmethod
    def of(cls, problem: LinearNetwork) -> Modes:
        """The modes of a problem, as many as the exact rank of Σ_yx."""
        moments = Moments.of(problem)
        values, vectors = np.linalg.eigh(moments.best @ moments.sigma_yx.T)
        kept = slice(None, -problem.rank - 1, -1)
        return cls(values[kept], vectors[:, kept], moments)

    @property
    def names(self) -> tuple[str, ...]:
        """μ1, μ2, ..."""
        return tuple(f"μ{i + 1}" for i in range(len(self.falls)))

    def shares(self, maps: Array) -> Array:
        """How much of each mode (..., r) maps (..., c, d) hold: one if all of it, zero if none."""
        learned = self.left.T @ maps @ self.moments.sigma_yx.T @ self.left
        return np.asarray(np.einsum("...ii->...i", learned) / self.falls)

    def learned(self, map_: Array, count: int) -> frozenset[int]:
        """The modes of a map of rank `count`: those of which it holds most."""
        order = np.argsort(-self.shares(map_), kind="stable")
        return frozenset(int(i) for i in order[:count])

    def level(self, learned: frozenset[int]) -> float:
        """Loss of the best map projected on some modes."""
        left = [float(fall) for i, fall in enumerate(self.falls) if i not in learned]
        return self.moments.noise + sum(left) / 2


def by_modes(problem: LinearNetwork, found: Found) -> Found:
    """The same jumps with the modes that enter and leave in the place of neurons, which each method numbers by itself.

    Parameters
    ----------
    problem : LinearNetwork
    found : SaddleSequence or Trajectory
        A result of this system for the problem.

    Returns
    -------
    SaddleSequence or Trajectory
        With the names of `Modes`. The notes of a trajectory say where a plateau is no saddle yet; a jump whose time
        could not be extrapolated from the plateau before it has none.
    """
    modes = Modes.of(problem)
    if isinstance(found, SaddleSequence):
        return _sequence_by_modes(modes, found)
    return _trajectory_by_modes(modes, found)


def by_singular_values(problem: LinearNetwork, found: Found) -> Found:
    """The same result with the singular values of each saddle, largest first, in the place of the map itself.

    The coefficients of a trajectory are these already; it is sampled `FINER` times as often, for smooth curves,
    and jumps without a time are left out.
    """
    count = min(problem.rank, problem.width)
    names = tuple(f"s{k + 1}".translate(LOWERED) for k in range(count))
    if isinstance(found, Trajectory):
        return _finer(problem, found, names)
    values = np.linalg.svd(_floats(found.saddles), compute_uv=False)[:, :count]
    return replace(found, names=names, saddles=read_only(values, dtype=float))


def _floats(maps: NDArray[Any]) -> Array:
    """Maps of fractions or balls in floats: enough to tell which modes they are."""
    if maps.dtype != object:
        return np.asarray(maps, dtype=float)
    values = [float(entry.mid() if hasattr(entry, "mid") else entry) for entry in maps.ravel()]
    return np.array(values).reshape(maps.shape)


def _finer(problem: LinearNetwork, found: Trajectory, names: tuple[str, ...]) -> Trajectory:
    steps = np.arange(len(found.times))
    between = np.linspace(0, steps[-1], FINER * steps[-1] + 1)
    times = np.interp(between, steps, found.times)
    maps = found.at(times)
    dual, utilities = (
        np.column_stack([np.interp(between, steps, column) for column in array.T])
        for array in (found.dual, found.utilities)
    )
    return replace(
        found,
        names=names,
        times=times,
        losses=Moments.of(problem).loss(maps),
        coefficients=np.asarray(np.linalg.svd(maps, compute_uv=False)[:, : found.coefficients.shape[1]], dtype=float),
        dual=dual,
        utilities=utilities,
        find_jumps=lambda: tuple(jump for jump in found.jumps() if _readable(jump)),
    )


def _sequence_by_modes(modes: Modes, found: SaddleSequence) -> SaddleSequence:
    maps = _floats(found.saddles)
    sets = [modes.learned(each, len(active)) for each, active in zip(maps, found.active_sets, strict=True)]
    return replace(found, names=modes.names, active_sets=tuple(sets), events=events_between(sets))


def _trajectory_by_modes(modes: Modes, found: Trajectory) -> Trajectory:
    jumps = found.jumps()
    counts = np.cumsum([len(jump.entered) - len(jump.left) for jump in jumps])
    sets = [modes.learned(jump.coefficients, int(count)) for jump, count in zip(jumps, counts, strict=True)]
    renamed = tuple(
        replace(
            jump,
            time=jump.time if _readable(jump) else np.nan,
            entered=event.entered,
            left=event.left,
            coefficients=modes.shares(jump.coefficients),
        )
        for jump, event in zip(jumps, events_between(sets), strict=True)
    )
    notes = (*found.notes, *_unsettled(modes, jumps, sets))
    return replace(found, names=modes.names, find_jumps=lambda: renamed, notes=notes)


def _readable(jump: Jump) -> bool:
    """Whether growth on the plateau before was seen: extrapolated, it lands near where the neuron passes half."""
    return abs(jump.time - jump.half_crossing) + jump.error <= READABLE * jump.half_crossing


def _unsettled(modes: Modes, jumps: Sequence[Jump], sets: Sequence[frozenset[int]]) -> list[str]:
    allowed = SETTLED * float(modes.falls[0] if len(modes.falls) else 1.0) / 2
    pairs = [
        (k + 1, jump.loss, modes.level(learned)) for k, (jump, learned) in enumerate(zip(jumps, sets, strict=True))
    ]
    off = [(k, loss, level) for k, loss, level in pairs if not abs(loss - level) <= allowed]
    if not off:
        return []
    said = "; ".join(f"after jump {k} loss {loss:.5g}, at the saddle {level:.5g}" for k, loss, level in off[:MOST_SAID])
    said += f"; and after {len(off) - MOST_SAID} more" if len(off) > MOST_SAID else ""
    return [f"does not come to rest at a saddle half-way to the next jump: {said}"]
