"""Templates for addition modulo p: the standard ones, and those at the edge of what published formulas assume.

What an entry claims of its spectrum and of the class of greatest utility, the tests recompute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agf_theory.problems.modular_addition import ModularAddition
from agf_theory.problems.zoo.entry import ZooEntry

__all__ = ["MODULAR"]

_PROJECT = "an example of this project"
_ERRATUM = "an example of this project on which the published maximiser is wrong"


def _spectrum(p: int, coefficients: dict[int, Any], width: int | None = None) -> Callable[[], ModularAddition]:
    def build() -> ModularAddition:
        return ModularAddition.from_spectrum(p, coefficients, width=width)

    return build


def _template(*entries: int | str) -> Callable[[], ModularAddition]:
    def build() -> ModularAddition:
        return ModularAddition(list(entries))

    return build


def _one_hot(p: int, centred: bool) -> Callable[[], ModularAddition]:
    def build() -> ModularAddition:
        return ModularAddition.one_hot(p, centred)

    return build


def _modular(
    name: str, title: str, good_for: str, build: Callable[[], ModularAddition], source: str = _PROJECT
) -> ZooEntry:
    return ZooEntry(name, title, source, good_for, build, "modular")


_CENTRED_ONE_HOT = (
    (3, "One class, and it is generic: the smallest task with phases."),
    (4, "A quarter frequency and the Nyquist frequency, which is learned first."),
    (5, "Two classes that tie exactly."),
    (6, "Two generic classes that tie, below the Nyquist frequency in utility."),
    (7, "Three classes that tie exactly."),
    (8, "Generic, quarter and Nyquist frequencies with equal coefficients."),
    (12, "Five generic classes, among them a quarter frequency, and the Nyquist frequency."),
)

MODULAR = (
    _modular(
        "three-frequencies",
        "Addition modulo 20, three frequencies",
        "The reference task: coefficients 10, 5, 5/2 at frequencies 1, 3, 5, energies 10, 5/2, 5/8; 18 neurons.",
        _spectrum(20, {1: 10, 3: 5, 5: "5/2"}, 18),
        "Kunin et al. 2025, modular addition",
    ),
    _modular(
        "nyquist-dominant",
        "Addition modulo 8, the Nyquist frequency dominant",
        "The largest coefficient stands at p / 2, where the published maximiser has twice the norm it should have.",
        _spectrum(8, {1: 3, 3: (1, 2), 4: 4}),
        _ERRATUM,
    ),
    _modular(
        "nyquist-at-0.89",
        "Addition modulo 8, Nyquist at 0.89 of the generic coefficient",
        "Just below the threshold 2^(-1/6) = 0.8909: the generic frequency has the greater utility.",
        _spectrum(8, {1: 1, 4: "0.89"}),
    ),
    _modular(
        "nyquist-at-0.90",
        "Addition modulo 8, Nyquist at 0.90 of the generic coefficient",
        "Just above the threshold 2^(-1/6) = 0.8909: the Nyquist frequency wins with the smaller coefficient.",
        _spectrum(8, {1: 1, 4: "0.9"}),
        _ERRATUM,
    ),
    _modular(
        "tied-frequencies",
        "Addition modulo 7, two frequencies that tie",
        "Coefficients 5 and 3 + 4i of equal modulus: two tori of maximisers, and none between them.",
        _spectrum(7, {1: 5, 2: (3, 4)}),
    ),
    _modular(
        "close-frequencies",
        "Addition modulo 11, coefficients in the ratio 0.9",
        "With few neurons the weaker frequency is often learned first.",
        _spectrum(11, {1: 10, 2: 9}, 6),
    ),
    _modular(
        "raw-one-hot",
        "Addition modulo 6, one-hot and not centred",
        "All coefficients are 1: the mean has the greatest utility, then the Nyquist frequency, then the others.",
        _one_hot(6, centred=False),
    ),
    _modular(
        "mean-below-a-frequency",
        "Addition modulo 5, a mean and one frequency",
        "Not centred, but the frequency has the greater utility: u and v are pure, w is mixed with the mean.",
        _spectrum(5, {0: 1, 1: 2}),
    ),
    _modular(
        "rational-template",
        "Addition modulo 5, a template of decimals",
        "Centred, with a spectrum that is irrational: no coefficient is a Gaussian rational.",
        _template("0.7", "-0.3", "0.1", "-0.6", "0.1"),
    ),
    _modular(
        "quarter-of-8",
        "Addition modulo 8, the frequency 2",
        "A quarter frequency: four neurons fit it where six are said to be needed.",
        _spectrum(8, {2: 4}),
    ),
    _modular(
        "quarter-of-4",
        "Addition modulo 4, the frequency 1",
        "The template 1, 0, -1, 0: a quarter frequency in whole numbers.",
        _template(1, 0, -1, 0),
    ),
    _modular(
        "parity",
        "Addition modulo 2",
        "The Nyquist frequency alone: no phase, four maximisers, two neurons.",
        _template(1, -1),
    ),
    *(
        _modular(f"one-hot-{p}", f"Addition modulo {p}, one-hot and centred", good_for, _one_hot(p, centred=True))
        for p, good_for in _CENTRED_ONE_HOT
    ),
    _modular(
        "modulo-1009",
        "Addition modulo 1009, four frequencies",
        "A prime modulus at which a data set of all pairs would hold a million rows of 1009 numbers.",
        _spectrum(1009, {1: 500, 7: (300, 400), 100: 250, 504: (0, -100)}, 24),
    ),
)
