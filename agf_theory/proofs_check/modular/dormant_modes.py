"""Single modes of dormant neurons with exact Fourier coefficients, and conditions on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import flint

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["FROZEN", "HAS_TEMPLATE", "DormantMode", "Gaussian", "ModeOfNeuron", "as_acb"]

Gaussian: TypeAlias = tuple[Fraction, Fraction]
"""Real and imaginary part."""

_NAMES = ("u", "v", "w", "x")


@dataclass(frozen=True)
class DormantMode:
    """The unnormalised Fourier coefficients of one neuron and of the template at one frequency.

    Attributes
    ----------
    p : int
    u, v, w, x : (Fraction, Fraction)
        Real and imaginary parts; all imaginary parts zero at the Nyquist frequency.
    """

    p: int
    u: Gaussian
    v: Gaussian
    w: Gaussian
    x: Gaussian

    @property
    def squares(self) -> tuple[Fraction, Fraction, Fraction]:
        """|û|², |v̂|², |ŵ|²."""
        return _norm(self.u), _norm(self.v), _norm(self.w)

    @property
    def template_squared(self) -> Fraction:
        """|x̂|²."""
        return _norm(self.x)

    @property
    def alignment(self) -> Gaussian:
        """Z = x̂ conj(û) conj(v̂) ŵ."""
        conjugates = _times((self.u[0], -self.u[1]), (self.v[0], -self.v[1]))
        return _times(_times(self.x, self.w), conjugates)

    @property
    def balanced_and_aligned(self) -> bool:
        """Whether all amplitudes are equal and Z is positive."""
        real, imaginary = self.alignment
        return len(set(self.squares)) == 1 and imaginary == 0 and real > 0

    @property
    def stays_bounded(self) -> bool:
        """Whether the mode lies where it can only shrink.

        With the phases taken out, u' = vw, v' = uw, w' = uv in real numbers. Where uvw <= 0 and two amplitudes are
        equal, say v = -w with u > 0, they stay so: w' = -uw, u' = -w². If u is not the smallest, u² - w² >= 0 keeps it
        from changing its sign, and all three shrink for ever. Otherwise the flow enclosed by balls becomes infinite.
        """
        real, imaginary = self.alignment
        least, middle, _ = sorted(self.squares)
        return imaginary == 0 and real <= 0 and least == middle

    def __str__(self) -> str:
        listed = ", ".join(f"{name} = {real} + {imag}i" for name, (real, imag) in zip(_NAMES, self._all, strict=True))
        return f"p = {self.p}, {listed}"

    @property
    def _all(self) -> tuple[Gaussian, ...]:
        return self.u, self.v, self.w, self.x

    def balls(self) -> tuple[flint.acb, flint.acb, flint.acb, flint.acb]:
        """û, v̂, ŵ, x̂ at the precision that is set."""
        return as_acb(self.u), as_acb(self.v), as_acb(self.w), as_acb(self.x)


@dataclass(frozen=True)
class ModeOfNeuron(Hypothesis):
    """Modes at generic and Nyquist frequencies: balanced, with vanishing amplitudes, of either sign of Re Z."""

    variable: str = "mode"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        return isinstance(instance[self.variable], DormantMode) and instance[self.variable].p >= 2

    def draw(self, random: Random, size: int) -> DormantMode:
        kind, p = size % 6, random.randint(2, 12)
        if kind in (1, 2):
            return _real_product(random, p, aligned=kind == 1)
        u, v, w, x = (_drawn(random, real=kind == 4) for _ in range(4))
        x = x if any(x) else (Fraction(1), Fraction(0))
        return DormantMode(p, u, v, (Fraction(0), Fraction(0)) if kind == 3 else w, x)

    def strategy(self) -> SearchStrategy[DormantMode]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 5))

    def encode(self, value: DormantMode) -> dict[str, Any]:
        return {"p": str(value.p), **{name: list(map(str, getattr(value, name))) for name in _NAMES}}

    def decode(self, plain: Any) -> DormantMode:
        try:
            pairs = [tuple(parse_number(part, self.variable) for part in plain[name]) for name in _NAMES]
            order = parse_number(plain["p"], self.variable)
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with p, u, v, w, x is required") from None
        if any(len(pair) != 2 for pair in pairs) or order.denominator != 1:
            raise InputError(f"{self.variable}: pairs (real part, imaginary part) and a whole p are required")
        u, v, w, x = ((pair[0], pair[1]) for pair in pairs)
        return DormantMode(order.numerator, u, v, w, x)

    def __str__(self) -> str:
        return "one mode of a neuron, at a generic frequency or real at the Nyquist frequency, and a template x"

    @property
    def range_drawn(self) -> str:
        return "2 ≤ p ≤ 12, Gaussian rational coefficients"


FROZEN = Relation("residual frozen at the template, x̂_0 = 0", lambda instance: "later" not in instance)
"""A witness of necessity has another residual later on."""

HAS_TEMPLATE = Relation("x̂_k ≠ 0", lambda instance: instance["mode"].template_squared > 0)


def as_acb(value: Gaussian) -> flint.acb:
    """A Gaussian rational as a ball."""
    real, imaginary = (flint.arb(flint.fmpq(part.numerator, part.denominator)) for part in value)
    return flint.acb(real, imaginary)


def _drawn(random: Random, real: bool) -> Gaussian:
    first, second = (Fraction(random.randint(-4, 4), random.choice((1, 1, 2))) for _ in range(2))
    return first, Fraction(0) if real else second


def _real_product(random: Random, p: int, *, aligned: bool) -> DormantMode:
    """A mode with Z real: balanced and positive, or negative with the two least amplitudes equal."""
    unit = Fraction(random.randint(1, 4), random.randint(2, 6))
    x = Fraction(random.choice((-3, -2, -1, 1, 2, 3)), random.randint(1, 2))
    u = (3 * unit, 4 * unit)
    sign = (1 if x > 0 else -1) * (1 if aligned else -1)
    v = (5 * unit * (1 if aligned else random.randint(1, 2)), Fraction(0))
    return DormantMode(p, u, v, (sign * u[0], sign * u[1]), (x, Fraction(0)))


def _norm(value: Gaussian) -> Fraction:
    return value[0] ** 2 + value[1] ** 2


def _times(left: Gaussian, right: Gaussian) -> Gaussian:
    return left[0] * right[0] - left[1] * right[1], left[0] * right[1] + left[1] * right[0]
