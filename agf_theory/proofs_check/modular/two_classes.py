"""Small crowds of neurons on a template of two classes of frequencies, in exact Fourier coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.modular import certified_blow_up_time
from agf_theory.problems import ModularAddition
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Relation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["TOLD_APART", "Mode", "NeuronsOnTwoClasses", "TwoClasses", "times_of"]

Gaussian = tuple[Fraction, Fraction]
Mode = tuple[Gaussian, Gaussian, Gaussian]
"""Coefficients of u, v and w at one frequency."""

MODULUS = 7
LARGEST = 10
RATIOS = (Fraction(4, 5), Fraction(9, 10), Fraction(19, 20))
GRID = 8
"""Coefficients are drawn from a Gaussian distribution and rounded to multiples of 1/8."""

MARGIN = 1.05
"""Ratio of the times of the two classes from which a flow at a small scale tells them apart."""


@dataclass(frozen=True)
class TwoClasses:
    """x̂ = 10 at k = 1 and 10 times a ratio at k = 2, p = 7, and neurons with one mode at each.

    Attributes
    ----------
    ratio : Fraction
    neurons : tuple of pairs of modes
    """

    ratio: Fraction
    neurons: tuple[tuple[Mode, Mode], ...]

    @property
    def problem(self) -> ModularAddition:
        """The template, with as many neurons."""
        spectrum = {1: LARGEST, 2: LARGEST * self.ratio}
        return ModularAddition.from_spectrum(MODULUS, spectrum, width=len(self.neurons))

    @property
    def start(self) -> NDArray[np.float64]:
        """u, v, w as floats, (3, H, p)."""
        half = np.zeros((3, len(self.neurons), MODULUS // 2 + 1), dtype=complex)
        for i, neuron in enumerate(self.neurons):
            for k, mode in enumerate(neuron, start=1):
                half[:, i, k] = [complex(float(real), float(imaginary)) for real, imaginary in mode]
        return np.asarray(np.fft.irfft(half, MODULUS))

    def __str__(self) -> str:
        modes = "; ".join(str([[f"{a}, {b}" for a, b in mode] for mode in neuron]) for neuron in self.neurons)
        return f"|x̂_2|/|x̂_1| = {self.ratio}; {modes}"


def times_of(crowd: TwoClasses) -> tuple[tuple[flint.arb, flint.arb], ...]:
    """Enclosed blow-up times of the two modes of each neuron."""
    spectrum = (LARGEST, LARGEST * crowd.ratio)
    return tuple(
        (
            certified_blow_up_time(*neuron[0], spectrum[0], MODULUS),
            certified_blow_up_time(*neuron[1], spectrum[1], MODULUS),
        )
        for neuron in crowd.neurons
    )


def _told_apart(instance: Instance) -> bool:
    times = np.array([[float(time) for time in pair] for pair in times_of(instance["neurons"])]).min(axis=0)
    return bool(np.isfinite(times).any() and times.max() > MARGIN * times.min())


TOLD_APART = Relation(f"first blow-up times of the classes apart by a factor {MARGIN}", _told_apart)


@dataclass(frozen=True)
class NeuronsOnTwoClasses(Hypothesis):
    """One to three neurons."""

    variable: str = "neurons"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        crowd = instance[self.variable]
        return 0 < crowd.ratio < 1 and len(crowd.neurons) > 0

    def draw(self, random: Random, size: int) -> TwoClasses:
        neurons = tuple((_mode(random), _mode(random)) for _ in range(random.randint(1, 3)))
        return TwoClasses(random.choice(RATIOS), neurons)

    def strategy(self) -> SearchStrategy[TwoClasses]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 4))

    def encode(self, value: TwoClasses) -> dict[str, Any]:
        modes = [[[[str(a), str(b)] for a, b in mode] for mode in neuron] for neuron in value.neurons]
        return {"ratio": str(value.ratio), "neurons": modes}

    def decode(self, plain: Any) -> TwoClasses:
        try:
            read = tuple(tuple(_read(mode) for mode in neuron) for neuron in plain["neurons"])
            ratio = parse_number(plain["ratio"], "ratio")
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{self.variable}: an object with ratio and neurons is required") from None
        if not read or any(len(neuron) != 2 for neuron in read):
            raise InputError(f"{self.variable}: two modes a neuron are required")
        return TwoClasses(ratio, tuple((neuron[0], neuron[1]) for neuron in read))

    def __str__(self) -> str:
        return "neurons at a vanishing scale on a centred template of two generic classes, |x̂_2| < |x̂_1|"

    @property
    def range_drawn(self) -> str:
        return "p = 7, ratio 4/5, 9/10 or 19/20, one to three Gaussian neurons"


def _mode(random: Random) -> Mode:
    u, v, w = ((_number(random), _number(random)) for _ in range(3))
    return u, v, w


def _number(random: Random) -> Fraction:
    # A generator that looks for trouble draws infinities too.
    return Fraction(round(GRID * max(-8.0, min(8.0, random.gauss(0, 1)))) or 1, GRID)


def _read(mode: Any) -> Mode:
    u, v, w = ((parse_number(a, "coefficient"), parse_number(b, "coefficient")) for a, b in mode)
    return u, v, w
