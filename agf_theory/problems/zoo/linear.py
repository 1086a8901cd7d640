"""Linear networks on which the conjectured staircase holds, and those on which it fails.

What an entry claims of its modes, jump times and levels, the tests recompute.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint

from agf_theory.problems.linear_network import LinearNetwork
from agf_theory.problems.zoo.entry import ZooEntry

__all__ = ["LINEAR", "irreducible"]

_PROJECT = "an example of this project"
_COUNTEREXAMPLE = "a counterexample of this project to the conjectured staircase"

# Orthogonal matrices of rational numbers: rotated modes stay exact.
_LEFT = [["1/3", "2/3", "2/3"], ["2/3", "1/3", "-2/3"], ["-2/3", "2/3", "-1/3"]]
_RIGHT = [["2/7", "3/7", "6/7"], ["3/7", "-6/7", "2/7"], ["6/7", "2/7", "-3/7"]]


def _rotated_modes(sigma: list[str], variances: list[str]) -> LinearNetwork:
    """Three modes with given singular values and input variances: Σ_yx = U diag(σ) Vᵀ, Σ_xx = V diag(λ) Vᵀ."""
    U, V = _matrix(_LEFT), _matrix(_RIGHT)
    return LinearNetwork(V * _diagonal(variances) * V.transpose(), U * _diagonal(sigma) * V.transpose())


def _matrix(rows: list[list[str]]) -> flint.fmpq_mat:
    entries = [[Fraction(entry) for entry in row] for row in rows]
    return flint.fmpq_mat([[flint.fmpq(entry.numerator, entry.denominator) for entry in row] for row in entries])


def _diagonal(values: list[str]) -> flint.fmpq_mat:
    return _matrix([[value if i == j else "0" for j in range(len(values))] for i, value in enumerate(values)])


def _whitened() -> LinearNetwork:
    return _rotated_modes(["2", "6/5", "7/10"], ["1", "1", "1"])


def _co_ordered() -> LinearNetwork:
    return _rotated_modes(["2", "6/5", "7/10"], ["3/2", "1", "4/5"])


def _reversed() -> LinearNetwork:
    return LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])


def _nearly_reversed(rho: str) -> Callable[[], LinearNetwork]:
    def build() -> LinearNetwork:
        return LinearNetwork([[4, rho], [rho, "1/2"]], [[2, 0], [0, 1]])

    return build


def _reducible() -> LinearNetwork:
    return LinearNetwork(
        [["1/2", "1/5", 0], ["1/5", "3/5", 0], [0, 0, 4]], [["6/5", "1/10", 0], [0, "3/5", 0], [0, 0, 2]]
    )


def _greedy_differs() -> LinearNetwork:
    return LinearNetwork([[4, "1/2", 0], ["1/2", "1/2", 0], [0, 0, 4]], [[2, 0, 0], [0, 1, 0], [0, 0, "7/5"]])


def irreducible() -> LinearNetwork:
    """Three modes, all coupled to one another."""
    return LinearNetwork(
        [[2, "1/2", "1/4"], ["1/2", 1, "1/3"], ["1/4", "1/3", "3/4"]],
        [[2, "1/2", 0], ["-1/4", "3/2", "1/3"], ["1/2", 0, 1]],
    )


_NEARLY_REVERSED = (
    (
        "0.01",
        "In the limit the recursion is right; at 1e-30 the flow still shows the other plateau: limits do not commute.",
        _nearly_reversed("0.01"),
    ),
    (
        "0.1",
        "As with coupling 0.01; at 1e-30 the flow is on its way from one plateau to the other.",
        _nearly_reversed("0.1"),
    ),
    ("0.5", "A coupling strong enough for the recursion to be seen at 1e-30.", _nearly_reversed("0.5")),
)


def _linear(name: str, title: str, source: str, good_for: str, build: Callable[[], Any]) -> ZooEntry:
    return ZooEntry(name, title, source, good_for, build, "linear")


LINEAR = (
    _linear(
        "whitened",
        "Whitened inputs, three modes",
        _PROJECT,
        "The staircase is a theorem: singular values 2, 6/5, 7/10, learned at 1/2, 5/6 and 10/7, each in full.",
        _whitened,
    ),
    _linear(
        "co-ordered",
        "Commuting moments, modes in one order",
        _PROJECT,
        "Growth and fall of the loss rank the modes alike, and the recursion is right: jumps at 1/2, 5/6 and 10/7.",
        _co_ordered,
    ),
    _linear(
        "reversed",
        "Commuting moments, modes in opposite orders",
        _COUNTEREXAMPLE,
        "The faster mode takes less off the loss. The recursion says (3/4, 1/2) for the second jump time and the first "
        "level; the truth is (1, 1).",
        _reversed,
    ),
    *(
        _linear(f"nearly-reversed-{rho}", f"Opposite orders, coupled by {rho}", _COUNTEREXAMPLE, good_for, build)
        for rho, good_for, build in _NEARLY_REVERSED
    ),
    _linear(
        "reducible",
        "Two blocks that do not commute within",
        _COUNTEREXAMPLE,
        "Blocks learn side by side: their staircases merge in time, and the recursion for the whole is wrong after the "
        "first jump.",
        _reducible,
    ),
    _linear(
        "greedy-differs",
        "Two blocks whose order remembers earlier growth",
        _COUNTEREXAMPLE,
        "After the first jump the fastest mode is not the one that comes next: greedy low-rank learning takes the "
        "second block last, gradient flow second.",
        _greedy_differs,
    ),
    _linear(
        "irreducible",
        "Three modes, all coupled",
        _PROJECT,
        "The generic case, in which the recursion is a conjecture: no blocks, no order in common.",
        irreducible,
    ),
)
