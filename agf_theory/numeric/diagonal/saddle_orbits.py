r"""The way from each saddle of the limiting sequence to the next: what gradient flow draws in the limit α → 0.

Each jump takes no time on the plateau clock; on its own clock it is an orbit of
:math:`\dot\beta_i = 2|\beta_i|(b - G\beta)_i` from the old saddle, along its unstable direction, to the new one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from agf_theory.numeric.diagonal.heteroclinic import unstable_direction
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork

__all__ = ["saddle_orbits"]

Array = NDArray[np.float64]

_START = 30.0  # joiner's initial size in powers of 1/e below its final one: what is linear there is so to rounding
_ARRIVED = 1e-4  # of the largest coefficient on the way: nearer than the eye sees
_TOLERANCE = 1e-6
_OVERSHOT = 20.0  # e-folds that a trial step may go beyond: it is rejected, and must not overflow before
_POINTS = 200
_HORIZON = 1e4  # e-folds of the joiner; the slowest direction at the new saddle may take that many


def saddle_orbits(problem: DiagonalNetwork, sequence: SaddleSequence) -> tuple[Array, ...]:
    """Points of the orbit of each jump, from one saddle to the next.

    Parameters
    ----------
    problem : DiagonalNetwork
    sequence : SaddleSequence
        Its limiting sequence.

    Returns
    -------
    tuple of (N, d) arrays
        One a jump, its saddles first and last. Two points only, the saddles, where the orbit is not determined by them:
        where several coordinates join at once, or the minimiser is not unique.

    Source
    ------
    [pesme2023], Section 4: the jumps in the limit; the orbits: this project.

    Examples
    --------
    >>> from agf_theory.numeric.diagonal import pesme_flammarion
    >>> problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"])
    >>> first, second = saddle_orbits(problem, pesme_flammarion(problem))
    >>> first[0].tolist(), first[-1].tolist(), second[-1].tolist()
    ([0.0, 0.0], [0.0, 3.0], [1.0, 3.0])
    """
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n
    saddles = [np.zeros(problem.d), *(np.array([float(each) for each in saddle]) for saddle in sequence.saddles)]
    found = []
    for jump, event in enumerate(sequence.events):
        before, after = saddles[jump], saddles[jump + 1]
        inner = None
        if len(event.entered) == 1 and (not sequence.unique or all(sequence.unique[: jump + 1])):
            moving = sorted({*np.flatnonzero(before).tolist(), *event.entered})
            inner = _orbit(gram[np.ix_(moving, moving)], linear[moving], before[moving], after[moving])
        if inner is None:
            found.append(np.stack([before, after]))
            continue
        points = np.zeros((len(inner), problem.d))
        points[:, moving] = inner
        found.append(np.concatenate([before[None], points, after[None]]))
    return tuple(found)


def _orbit(gram: Array, linear: Array, before: Array, after: Array) -> Array | None:
    """Points between two saddles, in the coordinates that move; None if the orbit does not arrive."""
    joiner = int(np.flatnonzero(before == 0)[0])
    signs = np.where(before != 0, np.sign(before), np.sign(after))
    rate = float(2 * signs[joiner] * (linear - gram @ before)[joiner])
    size = float(max(np.abs(before).max(), np.abs(after).max()))
    if not (rate > 0 and after[joiner]):
        return None
    start = unstable_direction(gram, before, signs, joiner, rate, float(np.log(abs(after[joiner]))) - _START)

    highest = float(np.log(size)) + _OVERSHOT

    def point(logs: Array) -> Array:
        return np.asarray(signs * np.exp(np.minimum(logs, highest)))

    def velocity(_time: float, logs: Array) -> Array:
        return np.asarray(2 * signs * (linear - gram @ point(logs)))

    def jacobian(_time: float, logs: Array) -> Array:
        return np.asarray(-2 * signs[:, None] * gram * point(logs))

    def distance(_time: float, logs: Array) -> float:
        return float(np.abs(point(logs) - after).max()) / size - _ARRIVED

    distance.terminal = True  # type: ignore[attr-defined]
    way = solve_ivp(
        velocity,
        (0, (_START + _HORIZON) / rate),
        start,
        method="Radau",
        jac=jacobian,
        rtol=_TOLERANCE,
        atol=_TOLERANCE,
        events=distance,
        dense_output=True,
    )
    if way.status != 1 or not np.isfinite(way.y).all():
        return None
    return _thinned(point(way.sol(_between(way.t)).T))


def _between(times: Sequence[float]) -> Array:
    """The steps and nineteen instants within each."""
    steps = np.arange(len(times))
    return np.interp(np.linspace(0, steps[-1], 20 * len(steps) - 19), steps, times)


def _thinned(points: Array) -> Array:
    """Some of the points, no nearer to one another than the eye sees: most of the time is spent near the saddles."""
    moved = np.abs(np.diff(points, axis=0)).max(axis=1)
    stretch = np.floor(
        _POINTS * np.concatenate([[0.0], np.cumsum(moved)]) / max(float(moved.sum()), np.finfo(float).tiny)
    )
    return np.asarray(points[np.concatenate([[True], np.diff(stretch) > 0])])
