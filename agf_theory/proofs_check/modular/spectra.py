"""Templates by exact Fourier coefficients, and waves of one class as weights, in balls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, Literal

import flint

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball
from agf_theory.errors import InputError
from agf_theory.numeric.modular.exact_network import utility_sum
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.modular.dormant_modes import Gaussian, as_acb

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["CENTRED_SPECTRUM", "Spectrum", "SpectrumTemplate", "aligned_wave", "combined", "utility_of"]

BITS = 128


@dataclass(frozen=True)
class Spectrum:
    """A template on Z_p by its unnormalised Fourier coefficients at k = 0, ..., p // 2.

    Attributes
    ----------
    p : int
    coefficients : tuple of (Fraction, Fraction)
        Real at k = 0 and at k = p / 2.
    """

    p: int
    coefficients: tuple[Gaussian, ...]

    def kind(self, k: int) -> Literal["dc", "generic", "nyquist"]:
        """What a frequency is: "dc", "generic" or "nyquist"."""
        return "dc" if k == 0 else "nyquist" if 2 * k == self.p else "generic"

    @property
    def mean(self) -> Fraction:
        """x̂_0."""
        return self.coefficients[0][0]

    def squared(self, k: int) -> Fraction:
        """|x̂_k|²."""
        real, imaginary = self.coefficients[k]
        return real**2 + imaginary**2

    @property
    def classes(self) -> tuple[int, ...]:
        """k with x̂_k not 0."""
        return tuple(k for k in range(len(self.coefficients)) if self.squared(k))

    def template(self) -> list[flint.arb]:
        """(p,) in balls."""
        return combined(*(wave(self.p, k, as_acb(self.coefficients[k])) for k in self.classes))

    def values(self, k: int) -> dict[Any, Any]:
        """Numbers for the symbols of the formulas at a class."""
        return {sym.modulus: self.p, sym.mean_x: self.mean, sym.template_size: ball(self.squared(k)).sqrt()}

    def __str__(self) -> str:
        return f"p = {self.p}, x̂ = ({', '.join(f'{real} + {imag}i' for real, imag in self.coefficients)})"


@dataclass(frozen=True)
class SpectrumTemplate(Hypothesis):
    """Templates on groups of order 3 to 8 with Gaussian rational coefficients, with and without a mean."""

    variable: str = "template"
    restricts = False
    centred: bool = False
    """Whether the templates drawn have mean zero."""

    def holds(self, instance: Mapping[str, Any]) -> bool:
        found = instance[self.variable]
        return len(found.coefficients) == found.p // 2 + 1 and bool(set(found.classes) - {0})

    def draw(self, random: Random, size: int) -> Spectrum:
        p = 3 + size % 6
        drawn = [(Fraction(random.randint(-4, 4), 2), Fraction(random.randint(-4, 4), 2)) for _ in range(p // 2 + 1)]
        drawn[0] = (Fraction(0) if self.centred else drawn[0][0], Fraction(0))
        if p % 2 == 0:
            drawn[-1] = (drawn[-1][0], Fraction(0))
        if not any(drawn[1]):
            drawn[1] = (Fraction(1), Fraction(0))
        return Spectrum(p, tuple(drawn))

    def strategy(self) -> SearchStrategy[Spectrum]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 5))

    def encode(self, value: Spectrum) -> dict[str, Any]:
        return {"p": str(value.p), "coefficients": [list(map(str, each)) for each in value.coefficients]}

    def decode(self, plain: Any) -> Spectrum:
        try:
            order = parse_number(plain["p"], self.variable)
            pairs = [tuple(parse_number(part, self.variable) for part in each) for each in plain["coefficients"]]
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with p and coefficients is required") from None
        if order.denominator != 1 or not 2 <= order <= 30 or any(len(pair) != 2 for pair in pairs):
            raise InputError(f"{self.variable}: p from 2 to 30 and pairs (real, imaginary) are required")
        return Spectrum(order.numerator, tuple((pair[0], pair[1]) for pair in pairs))

    def __str__(self) -> str:
        return "a template x on Z_p, not constant"

    @property
    def range_drawn(self) -> str:
        return "3 ≤ p ≤ 8, Gaussian rational coefficients"


CENTRED_SPECTRUM = Relation("x̂_0 = 0", lambda instance: instance["template"].mean == 0)


def wave(p: int, k: int, coefficient: flint.acb) -> list[flint.arb]:
    """(p,) the weights with this coefficient at k, its conjugate at −k, and no other."""
    share = flint.arb(1 if 2 * k % p == 0 else 2) / p
    found = []
    for a in range(p):
        turn = flint.arb(flint.fmpq(2 * k * a, p))
        found.append(share * (coefficient * flint.acb(turn.cos_pi(), turn.sin_pi())).real)
    return found


def aligned_wave(spectrum: Spectrum, k: int, layer: str, turn: flint.arb | int = 0) -> list[flint.arb]:
    """A unit vector of class k; the phases of u and v are `turn`, that of w makes the utility largest."""
    p, single = spectrum.p, spectrum.kind(k) != "generic"
    size = flint.arb(p if single else flint.fmpq(p, 2)).sqrt()
    x = as_acb(spectrum.coefficients[k])
    if layer == "w":
        phase = x.conjugate() / abs(x)
        twice = flint.arb(2 * turn)
        return wave(p, k, size * phase * flint.acb(twice.cos(), twice.sin()))
    angle = flint.arb(turn)
    return wave(p, k, size * flint.acb(angle.cos(), angle.sin()))


def combined(*vectors: list[Any]) -> list[Any]:
    """The sum of vectors."""
    total = vectors[0]
    for vector in vectors[1:]:
        total = [a + b for a, b in zip(total, vector, strict=True)]
    return total


def utility_of(spectrum: Spectrum, u: list[Any], v: list[Any], w: list[Any]) -> Any:
    """The utility summed over all pairs."""
    return utility_sum(spectrum.template(), u, v, w)
