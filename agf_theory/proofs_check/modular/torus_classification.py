"""All sets of six points of which any two are related: by a cube root of one in X, or by minus one in Y."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

__all__ = ["PAIRS", "relations", "two_families"]

_POINTS = 6
PAIRS = tuple(combinations(range(_POINTS), 2))
_ALL = (1 << len(PAIRS)) - 1


def relations(order: int) -> set[int]:
    """Which pairs can be related at once, as bits: ratios that are roots of one of a prime order other than one.

    Points whose ratio is any such root, one included, form classes; inside a class each has its power of the root.
    """
    return {
        sum(1 << bit for bit, (i, j) in enumerate(PAIRS) if point[i][0] == point[j][0] and point[i][1] != point[j][1])
        for point in _classes(order)
    }


def _classes(order: int, start: tuple[tuple[int, int], ...] = ()) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to put the points into classes with powers; the first of a class has power 0."""
    if len(start) == _POINTS:
        yield start
        return
    seen = len({number for number, _ in start})
    for number in range(seen):
        for power in range(order):
            yield from _classes(order, (*start, (number, power)))
    yield from _classes(order, (*start, (seen, 0)))


def two_families(cube_roots: set[int], minus_one: set[int]) -> tuple[int, int, list[tuple[int, int]]]:
    """Among all pairs of relations that leave no two points unrelated: how many are of either family, and the others.

    First family: X runs over three cube-root companions, each for two points. Second: Y takes two opposite values, each
    for three points. A complete graph in three parts of two, or in two parts of three, is recognised by its degrees.
    """
    first = second = 0
    others = []
    for by_y in minus_one:
        needed = _ALL & ~by_y
        for by_x in cube_roots:
            if by_x & needed != needed:
                continue
            is_first, is_second = _regular(by_x, 4), _regular(by_y, 3)
            first += is_first
            second += is_second
            if not (is_first or is_second):
                others.append((by_x, by_y))
    return first, second, others


def _regular(relation: int, degree: int) -> bool:
    """Whether every point is related to so many others: 4 of 6 means three classes of two, 3 of 6 two of three."""
    counts = [0] * _POINTS
    for bit, (i, j) in enumerate(PAIRS):
        if relation >> bit & 1:
            counts[i] += 1
            counts[j] += 1
    return counts == [degree] * _POINTS
