"""Sampled designs and real data.

Samples are decimals of three digits, drawn with Python's own generator, whose numbers never change between versions:
the problems are exact and the same everywhere.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from statistics import NormalDist

from agf_theory.problems.diagonal_network import DiagonalNetwork
from agf_theory.problems.zoo.entry import ZooEntry

__all__ = ["LARGER"]

_PROJECT = "sampled by this project"
_DECIMALS = 1000


def _normals(seed: int, rows: int, columns: int) -> list[list[float]]:
    generator, normal = random.Random(seed), NormalDist()
    return [[normal.inv_cdf(generator.random()) for _ in range(columns)] for _ in range(rows)]


def _rounded(rows: list[list[float]]) -> list[list[Fraction]]:
    return [[Fraction(round(value * _DECIMALS), _DECIMALS) for value in row] for row in rows]


def _fitted(design: list[list[Fraction]], coefficients: dict[int, int]) -> list[Fraction]:
    return [sum((row[i] * value for i, value in coefficients.items()), Fraction(0)) for row in design]


def _gaussian() -> DiagonalNetwork:
    design, noise = _rounded(_normals(1, 20, 5)), _rounded(_normals(2, 20, 1))
    signal = _fitted(design, {0: 2, 1: -1, 3: 1})
    return DiagonalNetwork(design, [value + error / 2 for value, (error,) in zip(signal, noise, strict=True)])


def _wide() -> DiagonalNetwork:
    design = _rounded(_normals(3, 4, 8))
    return DiagonalNetwork(design, [row[0] for row in _rounded(_normals(4, 4, 1))])


def _square() -> DiagonalNetwork:
    design = _rounded(_normals(5, 5, 5))
    return DiagonalNetwork(design, [row[0] for row in _rounded(_normals(6, 5, 1))])


def _sparse_noiseless() -> DiagonalNetwork:
    design = _rounded(_normals(7, 15, 20))
    return DiagonalNetwork(design, _fitted(design, {2: 3, 7: -2, 11: 1}))


def _autoregressive() -> DiagonalNetwork:
    correlation = 0.95
    rows = _normals(8, 30, 10)
    for row in rows:
        for j in range(1, len(row)):
            row[j] = correlation * row[j - 1] + math.sqrt(1 - correlation**2) * row[j]
    design, noise = _rounded(rows), _rounded(_normals(9, 30, 1))
    signal = _fitted(design, {0: 1, 4: -2, 5: 2, 9: 1})
    return DiagonalNetwork(design, [value + error / 10 for value, (error,) in zip(signal, noise, strict=True)])


def _diabetes() -> DiagonalNetwork:
    return DiagonalNetwork.from_dataset("diabetes")


def _linnerud() -> DiagonalNetwork:
    return DiagonalNetwork.from_dataset("linnerud", target="weight", standardize=True)


LARGER = (
    ZooEntry(
        "gaussian",
        "Gaussian design, d = 5, n = 20",
        _PROJECT,
        "The generic case: one coordinate a jump, a unique minimiser, long plateaus.",
        _gaussian,
    ),
    ZooEntry(
        "wide",
        "Fewer samples than coordinates",
        _PROJECT,
        "n = 4, d = 8: interpolation, and the l1 end point is not the least-squares solution of least norm.",
        _wide,
    ),
    ZooEntry(
        "square", "As many samples as coordinates", _PROJECT, "n = d = 5: the end point solves X beta = y.", _square
    ),
    ZooEntry(
        "sparse-noiseless",
        "Three of twenty coordinates, no noise",
        _PROJECT,
        "n = 15 < d = 20, y = X beta, beta sparse: recovery by the least l1 norm, with exactly zero loss at the end.",
        _sparse_noiseless,
    ),
    ZooEntry(
        "ar1",
        "Neighbours correlated by 0.95",
        _PROJECT,
        "AR(1) columns, d = 10, n = 30: strong correlation brings deactivations and bad conditioning.",
        _autoregressive,
    ),
    ZooEntry(
        "diabetes",
        "Diabetes progression, 442 patients",
        "scikit-learn load_diabetes; Efron, Hastie, Johnstone and Tibshirani 2004",
        "Real data, the classic of path algorithms: ten columns, two of them nearly collinear.",
        _diabetes,
    ),
    ZooEntry(
        "linnerud",
        "Linnerud: weight from three exercises, standardised",
        "scikit-learn load_linnerud; Tenenhaus 1998",
        "Real data small enough to follow by hand: 20 men, three columns.",
        _linnerud,
    ),
)
