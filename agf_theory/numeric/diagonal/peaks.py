"""Peaks of a sampled curve that stand out from what is around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["prominent_peaks"]


def prominent_peaks(heights: NDArray[np.float64], prominence: float) -> NDArray[np.int64]:
    """Indices of the local maxima that stand out by at least `prominence`; of a flat top, its middle.

    A peak's prominence is its height above the higher of two dips: the deepest on the way to the next higher ground on
    the left, and the same on the right; at an end of the samples the way ends. An end is no peak.

    Notes
    -----
    `scipy.signal.find_peaks` finds the same, but to import it takes longer than all the rest of this package.

    Examples
    --------
    >>> prominent_peaks(np.array([0.0, 3.0, 2.5, 2.75, 1.0, 2.0, 2.0, 2.0, 0.0]), 1.0)
    array([1, 6])
    """
    starts = np.concatenate([[0], np.flatnonzero(np.diff(heights)) + 1])
    levels, ends = heights[starts], np.append(starts[1:], len(heights)) - 1
    tops = np.flatnonzero((levels[1:-1] > levels[:-2]) & (levels[1:-1] > levels[2:])) + 1
    if not len(tops):
        return np.zeros(0, dtype=np.int64)
    dips = [float(part.min()) for part in np.split(levels, tops)]
    values = [float(level) for level in levels[tops]]
    left = _deepest(values, dips[:-1])
    right = _deepest(values[::-1], dips[:0:-1])[::-1]
    standing = np.array(values) - np.maximum(left, right) >= prominence
    middles = (starts[tops] + ends[tops]) // 2
    return np.asarray(middles[standing], dtype=np.int64)


def _deepest(values: Sequence[float], dips: Sequence[float]) -> list[float]:
    """For each top the deepest of the dips back to the next higher top; dips[k] lies just before top k."""
    higher: list[tuple[float, float]] = []  # tops not yet hidden by a later one that is as high, each with its dip
    found = []
    for value, dip in zip(values, dips, strict=True):
        deepest = dip
        while higher and higher[-1][0] <= value:
            deepest = min(deepest, higher.pop()[1])
        higher.append((value, deepest))
        found.append(deepest)
    return found
