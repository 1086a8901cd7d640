"""Small problems in which something happens: coordinates leave, return, change sign, tie, change order.

What an entry claims of its sequence of Pesme and Flammarion, the tests recompute by brute force.
"""

from __future__ import annotations

import math

import numpy as np

from agf_theory.problems.diagonal_network import DiagonalNetwork
from agf_theory.problems.zoo.entry import ZooEntry

__all__ = ["EVENTS"]

_PROJECT = "an example of this project"


def _rotated_design() -> DiagonalNetwork:
    """X = [[√7, 0], [6√21/7, 5√7/7]], the Cholesky factor of [[7, 6√3], [6√3, 19]], each entry to twelve decimals."""
    return DiagonalNetwork(
        [["2.645751311065", 0], ["3.927922024248", "1.889822365046"]],
        ["-0.529150262213", "2.9940603252424"],  # X @ (-1/5, 2), exactly
    )


def _rotated_design_in_floats() -> DiagonalNetwork:
    angle = math.radians(150)
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    design = np.linalg.cholesky(rotation @ np.diag([1.0, 25.0]) @ rotation.T)
    return DiagonalNetwork(design, design @ np.array([-0.2, 2.0]))


def _one_coordinate() -> DiagonalNetwork:
    return DiagonalNetwork([[1], [2]], [1, 3])


def _orthogonal_design() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 1, 1], [1, -1, 1], [1, 1, -1], [1, -1, -1]], [6, 2, 0, -1])


def _sign_change() -> DiagonalNetwork:
    return DiagonalNetwork([[0, 1], [1, 3]], [-1, 3])


def _reactivation() -> DiagonalNetwork:
    return DiagonalNetwork([[2, 0, -2], [1, 0, 0], [2, -1, -1]], [1, -1, -2])


def _waiting() -> DiagonalNetwork:
    return DiagonalNetwork([[0, 0, 1], [2, -1, -1], [-2, 0, 1]], [1, 0, 2])


def _two_leavers() -> DiagonalNetwork:
    return DiagonalNetwork([[0, 3, 0], [0, -1, -1], [3, -2, -1]], [0, 3, 2])


def _two_leavers_degenerate() -> DiagonalNetwork:
    return DiagonalNetwork([[-2, 0, 0], [2, 0, -3], [2, -1, 1]], [0, 0, -2])


def _non_unique_face() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 0, "1/2"], [0, 1, "1/2"]], [1, 3])


def _exact_tie() -> DiagonalNetwork:
    return DiagonalNetwork([[2, 0, 0], [0, 1, "1/2"], [0, "1/2", 1]], [2, 1, 1])


def _tie_one_stays_at_zero() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 2], [0, 1]], [1, -1])


def _near_tie() -> DiagonalNetwork:
    return DiagonalNetwork([[1, "1/2"], ["1/2", 1]], [1, "0.999999999999"])


def _tie_below_floats() -> DiagonalNetwork:
    return DiagonalNetwork([[1, "1/2"], ["1/2", 1]], [1, "0." + "9" * 30])


def _refit_not_enough() -> DiagonalNetwork:
    return DiagonalNetwork([[1, 0, 2], [1, 0, 3], [2, 1, 0]], [2, 1, -4])


def _order_change() -> DiagonalNetwork:
    return DiagonalNetwork([["1/5", 0], [0, 4]], [10, "19/40"])


EVENTS = (
    ZooEntry(
        "deactivation-2d",
        "Two rotated coordinates, one of which leaves (exact decimals)",
        "X the Cholesky factor of R diag(1, 25) R^T, R the rotation by 150 degrees, beta = (-0.2, 2), to 12 decimals",
        "The smallest deactivation: x1 enters positive, leaves when x2 enters, and returns negative.",
        _rotated_design,
    ),
    ZooEntry(
        "deactivation-2d-float",
        "Two rotated coordinates, one of which leaves (floats)",
        "X the Cholesky factor of R diag(1, 25) R^T, R the rotation by 150 degrees, beta = (-0.2, 2), in floats",
        "The same example as anyone would type it; its exact data are the rounded floats.",
        _rotated_design_in_floats,
    ),
    ZooEntry(
        "one-coordinate",
        "One coordinate",
        _PROJECT,
        "Everything has a formula: one jump at 2/7, coefficient 7/5, and a logistic curve in between.",
        _one_coordinate,
    ),
    ZooEntry(
        "orthogonal-design",
        "Orthogonal columns",
        _PROJECT,
        "Coordinates do not interact: jump i happens at 1/|b_i| and reaches b_i/G_ii.",
        _orthogonal_design,
    ),
    ZooEntry(
        "sign-change",
        "A coordinate that returns with the opposite sign",
        f"{_PROJECT}, found by search",
        "x2 enters positive, leaves, and comes back negative: the dual has to travel from 1 to -1.",
        _sign_change,
    ),
    ZooEntry(
        "refit-not-enough",
        "Coefficients with wrong signs, not all of which leave",
        f"{_PROJECT}, found by search",
        "Dropping all wrong signs and fitting the others again is not the minimiser: one dropped should have stayed.",
        _refit_not_enough,
    ),
    ZooEntry(
        "reactivation",
        "A coordinate that returns with the same sign",
        f"{_PROJECT}, found by search",
        "A coordinate leaves and comes back: its accumulated utility must be kept when it leaves, not reset.",
        _reactivation,
    ),
    ZooEntry(
        "waits-at-threshold",
        "A coordinate that waits at its threshold",
        f"{_PROJECT}, found by search",
        "x1 leaves with a gradient of exactly zero, stays at its threshold, and returns at x2's jump without a hit.",
        _waiting,
    ),
    ZooEntry(
        "two-leavers",
        "Two coordinates leave at one jump",
        f"{_PROJECT}, found by search",
        "x3 alone replaces x1 and x2: a minimiser that lets only one coordinate leave goes wrong. x1 returns later.",
        _two_leavers,
    ),
    ZooEntry(
        "two-leavers-degenerate",
        "Two coordinates leave as the residual vanishes",
        f"{_PROJECT}, found by search",
        "As two-leavers, but nothing pushes the leavers out: their gradients are exactly zero; floats cannot see it.",
        _two_leavers_degenerate,
    ),
    ZooEntry(
        "non-unique-face",
        "A saddle on a face of minimisers",
        f"{_PROJECT}: three columns in the plane",
        "The minimiser is not unique: least norm has x3 = 4/3, gradient flow's own limit 2(sqrt(13) - 2)/3.",
        _non_unique_face,
    ),
    ZooEntry(
        "exact-tie",
        "Two coordinates that jump together",
        _PROJECT,
        "After x1, the pair x2, x3 reaches its threshold at exactly the same time: one jump, two joiners.",
        _exact_tie,
    ),
    ZooEntry(
        "tie-one-stays-at-zero",
        "A tie in which one coordinate stays at zero",
        _PROJECT,
        "Both reach the threshold together but only x1 moves; x2 sits at its bound, turns, and enters negative later.",
        _tie_one_stays_at_zero,
    ),
    ZooEntry(
        "near-tie",
        "Two coordinates 1e-12 apart",
        _PROJECT,
        "Close enough to trouble floats; exact arithmetic sees two jumps.",
        _near_tie,
    ),
    ZooEntry(
        "tie-below-floats",
        "Two coordinates 1e-30 apart",
        _PROJECT,
        "The doubles nearest to the data tie exactly, the data do not: a float route can only say that it cannot tell.",
        _tie_below_floats,
    ),
    ZooEntry(
        "order-change",
        "Two coordinates whose order depends on the initialisation scale",
        _PROJECT,
        "In the limit x1 jumps first; at finite alpha above about 1e-25 (paper convention) x2 does.",
        _order_change,
    ),
)
