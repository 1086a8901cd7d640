"""Networks of neurons that are pure at one frequency, in exact numbers: built here, evaluated pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from sympy import Expr, pi

from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber
from agf_theory.numeric.modular.exact_network import loss_sum
from agf_theory.proofs_check.modular.frequencies import Frequency

__all__ = ["PureNetwork", "phase_number"]


@dataclass(frozen=True, eq=False)
class PureNetwork:
    """Neurons by their complex amplitudes at one frequency, and a target that is a cosine there.

    Attributes
    ----------
    frequency : Frequency
    field : CyclotomicField
        Of an order that p divides.
    size : Fraction
        The template is size * cos(2 pi xi a/p): its coefficient is size p/2, or size p at the Nyquist frequency.
    neurons : sequence of (u, v, w)
        u[a] = Re(u zeta^a), and so on, with zeta = exp(2 pi i xi/p).
    """

    frequency: Frequency
    field: CyclotomicField
    size: Fraction
    neurons: Sequence[tuple[CyclotomicNumber, CyclotomicNumber, CyclotomicNumber]]

    @property
    def amplitude(self) -> Fraction:
        """The template's Fourier coefficient."""
        p, xi = self.frequency
        return self.size * p / (1 if 2 * xi == p else 2)

    def relative_loss(self) -> CyclotomicNumber:
        """Loss over the loss without neurons, by the definition: every pair of inputs, every output."""
        weights = [tuple(self.wave(number) for number in neuron) for neuron in self.neurons]
        template = self.wave(self.field(self.size))
        p = self.frequency.p
        energy = sum((entry * entry for entry in template), self.field(0)) * (p * p)
        found: CyclotomicNumber = loss_sum(template, template, weights) * energy.inverse()
        return found

    def loss(self) -> CyclotomicNumber:
        """Half the mean over the pairs of the squared error."""
        weights = [tuple(self.wave(number) for number in neuron) for neuron in self.neurons]
        template = self.wave(self.field(self.size))
        found: CyclotomicNumber = loss_sum(template, template, weights) * Fraction(1, 2 * self.frequency.p**2)
        return found

    def wave(self, amplitude: CyclotomicNumber) -> list[CyclotomicNumber]:
        """The real parts of amplitude * zeta^a, a = 0, ..., p - 1."""
        p, xi = self.frequency
        step = self.field.order // p * xi
        return [(amplitude * self.field.root(step * a)).real_part() for a in range(p)]

    def at_inputs(self) -> list[tuple[CyclotomicNumber, CyclotomicNumber, CyclotomicNumber]]:
        """Amplitudes U, V of the products with the inputs, and W: u.x_a = Re(U zeta^a)."""
        return [(u * self.amplitude, v * self.amplitude, w) for u, v, w in self.neurons]


def field_for(p: int) -> CyclotomicField:
    """The p-th and the twelfth roots of one, with i."""
    return CyclotomicField(lcm(p, 12))


def phase_number(field: CyclotomicField, phase: Expr) -> CyclotomicNumber | None:
    """exp(i phase), or None if the field has no such root of unity."""
    turns = (phase / (2 * pi)).expand()
    if not turns.is_Rational:
        return None
    power = Fraction(int(turns.p), int(turns.q)) * field.order
    return field.root(power.numerator) if power.denominator == 1 else None


def rational(expression: Any, values: dict[Any, Any]) -> Fraction | None:
    """The value of a formula at rational numbers, or None if it is no rational number."""
    found = expression.subs({symbol: _exact(value) for symbol, value in values.items()})
    return Fraction(int(found.p), int(found.q)) if found.is_Rational else None


def _exact(value: Any) -> Any:
    from sympy import Rational

    return Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value
