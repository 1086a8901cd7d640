"""Linear networks at the edge of what the staircase assumes, and real data: all legal."""

from __future__ import annotations

from collections.abc import Callable

from agf_theory.problems.linear_network import LinearNetwork
from agf_theory.problems.zoo.entry import ZooEntry
from agf_theory.problems.zoo.linear import irreducible

__all__ = ["LINEAR_EDGES"]

_PROJECT = "an example of this project"
_SKLEARN = "scikit-learn load_"


def _identity(size: int) -> list[list[int]]:
    return [[int(i == j) for j in range(size)] for i in range(size)]


def _close_growth() -> LinearNetwork:
    return LinearNetwork(_identity(3), [[1, 0, 0], [0, "0.999", 0], [0, 0, "1/2"]])


def _close_falls() -> LinearNetwork:
    return LinearNetwork([[4, "0.001"], ["0.001", 1]], [[2, 0], [0, 1]])


def _repeated_growth() -> LinearNetwork:
    return LinearNetwork(_identity(3), [[2, 0, 0], [0, 2, 0], [0, 0, 1]])


def _one_mode() -> LinearNetwork:
    return LinearNetwork([[2]], [[3]])


def _singular_inputs() -> LinearNetwork:
    rows = [[1, 0, 1, 0], [2, 1, 3, 0], [0, 1, 1, 0], [1, -1, 0, 0], [-1, 2, 1, 0]]  # the third the sum of two
    return LinearNetwork.from_data(rows, [[1, 0], [3, 1], [0, 2], [1, -2], [0, 1]])


def _narrow() -> LinearNetwork:
    return irreducible().with_width(2)


def _noise_floor() -> LinearNetwork:
    return LinearNetwork([[1, 0], [0, 2]], [[2, 0], [0, 1]], [[5, "1/2"], ["1/2", 1]])


def _no_signal() -> LinearNetwork:
    return LinearNetwork([[1, 0], [0, 1]], [[0, 0], [0, 0]], [[1, 0], [0, 1]])


def _linnerud() -> LinearNetwork:
    return LinearNetwork.from_dataset("linnerud", standardize=True)


def _digits() -> LinearNetwork:
    return LinearNetwork.from_dataset("digits")


def _edge(name: str, title: str, good_for: str, build: Callable[[], LinearNetwork], source: str = _PROJECT) -> ZooEntry:
    return ZooEntry(name, title, source, good_for, build, "linear")


LINEAR_EDGES = (
    _edge(
        "close-growth",
        "Two singular values that differ by a thousandth",
        "Jumps at 1 and 1000/999: told apart by the flow only where log(1/alpha) is many thousands.",
        _close_growth,
    ),
    _edge(
        "close-falls",
        "Two falls of the loss that differ by a thousandth",
        "Which rank-one map is best hangs on a coupling of 0.001; the flow takes long to find it.",
        _close_falls,
    ),
    _edge(
        "repeated-growth",
        "A singular value that occurs twice",
        "A circle of directions of greatest utility: two modes jump together at 1/2, the third at 1.",
        _repeated_growth,
    ),
    _edge("one-mode", "One input, one output", "Everything has a formula: one jump at 1/3, to 3/2.", _one_mode),
    _edge(
        "singular-inputs",
        "Inputs that depend on one another",
        "Of four inputs one is the sum of two others and one is zero: the best map is that of least norm.",
        _singular_inputs,
    ),
    _edge(
        "narrow",
        "Three modes, two hidden neurons",
        "Fewer neurons than modes: the last level is above zero, and reached by a rank-two map.",
        _narrow,
    ),
    _edge(
        "noise-floor",
        "A target with noise",
        "The loss ends at its noise floor 3/4, which the usual statement of the levels leaves out.",
        _noise_floor,
    ),
    _edge("no-signal", "A target that the inputs do not predict", "Nothing to learn: no jump, loss 1.", _no_signal),
    _edge(
        "linnerud-all-targets",
        "Linnerud: weight, waist and pulse from three exercises",
        "Real data small enough to follow by hand: 20 men, three inputs, three outputs, much noise.",
        _linnerud,
        f"{_SKLEARN}linnerud; Tenenhaus 1998",
    ),
    _edge(
        "digits-one-hot",
        "Digits: ten classes from 64 pixels",
        "Real data of some size: 1797 images, not centred; three pixels never change, so the inputs are singular.",
        _digits,
        f"{_SKLEARN}digits; Alpaydin and Kaynak 1998",
    ),
)
