"""Degenerate designs: all legal, all with a defined answer."""

from __future__ import annotations

from agf_theory.problems.diagonal_network import DiagonalNetwork
from agf_theory.problems.zoo.entry import ZooEntry

__all__ = ["DEGENERATE"]

_PROJECT = "a degenerate design of this project"


def _duplicate_columns() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 1, 0], [2, 2, 1], [0, 0, 1]], [1, 3, 2])


def _opposite_columns() -> DiagonalNetwork:
    return DiagonalNetwork([[1, -1, 0], [2, -2, 1], [0, 0, 1]], [1, 3, 2])


def _collinear_columns() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 2, 0], [2, 4, 1], [0, 0, 1]], [1, 3, 2])


def _zero_column() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 0, 0], [2, 0, 1], [0, 0, 1]], [1, 3, 2])


def _orthogonal_target() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 2], [1, -1], [1, -1]], [0, 1, -1])


def _zero_target() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 2], [3, 4], [5, 6]], [0, 0, 0])


def _zero_design() -> DiagonalNetwork:
    return DiagonalNetwork([[0, 0], [0, 0]], [1, 2])


def _one_by_one() -> DiagonalNetwork:
    return DiagonalNetwork([[-3]], ["1/2"])


def _badly_scaled() -> DiagonalNetwork:
    rows = [[3, -1, 2, 1, 0], [1, 2, -1, 0, 3], [-2, 1, 1, 2, 1], [0, 3, 1, -1, 2], [1, 1, 0, 3, -2], [2, 0, 3, 1, 1]]
    scales = ["1e6", "1e3", "1", "1e-3", "1e-6"]
    return DiagonalNetwork(
        [
            [f"{entry}{scale[1:]}" if scale != "1" else entry for entry, scale in zip(row, scales, strict=True)]
            for row in rows
        ],
        [3, -1, 4, 1, -5, 9],
    )


DEGENERATE = (
    ZooEntry(
        "duplicate-columns",
        "Two equal columns",
        _PROJECT,
        "They tie for ever and share their coefficient; the minimiser is not unique.",
        _duplicate_columns,
    ),
    ZooEntry(
        "opposite-columns",
        "Two opposite columns",
        _PROJECT,
        "As equal columns, with opposite signs: thresholds +1 and -1 are reached together.",
        _opposite_columns,
    ),
    ZooEntry(
        "collinear-columns",
        "A column that is twice another",
        _PROJECT,
        "The longer column always wins, and the shorter one stays dormant at half its threshold.",
        _collinear_columns,
    ),
    ZooEntry(
        "zero-column",
        "A column of zeros",
        _PROJECT,
        "Its coordinate never moves: a gradient of exactly zero must not become a jump at infinity.",
        _zero_column,
    ),
    ZooEntry(
        "orthogonal-target",
        "A target orthogonal to every column",
        _PROJECT,
        "The gradient vanishes at the start although the loss does not: no jump at all.",
        _orthogonal_target,
    ),
    ZooEntry("zero-target", "A target of zeros", _PROJECT, "Nothing to learn: no jump, loss zero.", _zero_target),
    ZooEntry(
        "zero-design", "A design of zeros", _PROJECT, "Nothing to learn with: no jump, loss above zero.", _zero_design
    ),
    ZooEntry(
        "one-by-one",
        "One sample, one coordinate",
        _PROJECT,
        "The smallest legal problem: one jump at 2/3, to -1/6.",
        _one_by_one,
    ),
    ZooEntry(
        "badly-scaled",
        "Columns from 1e6 down to 1e-6",
        _PROJECT,
        "Jump times over many orders of magnitude: tolerances that are not scaled to the data decide wrongly.",
        _badly_scaled,
    ),
)
