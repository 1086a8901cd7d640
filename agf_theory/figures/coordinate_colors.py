"""Colours of coordinates, the same in every panel of a figure."""

from __future__ import annotations

import numpy as np

from agf_theory.figures.content import Staircase
from agf_theory.figures.style import COLORS

__all__ = ["MOST_NAMED", "coordinate_colors"]

MOST_NAMED = 14  # as many names as fit beside a panel


def coordinate_colors(limit: Staircase) -> dict[int, str]:
    """A colour for each of the largest coordinates, in the order in which they first become active."""
    size = np.abs(limit.coefficients).max(axis=0, initial=0.0)
    largest = {int(i) for i in np.argsort(-size, kind="stable")[:MOST_NAMED] if size[i] > 0}
    first = {i: int(np.flatnonzero(limit.coefficients[:, i])[0]) for i in largest}
    order = sorted(largest, key=lambda i: (first[i], i))
    return {i: COLORS[k % len(COLORS)] for k, i in enumerate(order)}
