"""Networks of neurons that are pure at one frequency, in exact numbers: built here, evaluated pair by pair."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any

from sympy import Expr, Rational, pi

from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber
from agf_theory.numeric.modular.exact_network import loss_sum
from agf_theory.proofs_check.modular.frequencies import Frequency

__all__ = ["PureNetwork", "aligned_neurons", "evaluated", "field_for", "phase_number", "rational_value"]


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
        weights = [(self.wave(u), self.wave(v), self.wave(w)) for u, v, w in self.neurons]
        template = self.wave(self.field(self.size))
        p = self.frequency.p
        energy = sum((entry * entry for entry in template), self.field(0)) * (p * p)
        found: CyclotomicNumber = loss_sum(template, template, weights) * energy.inverse()
        return found

    def loss(self) -> CyclotomicNumber:
        """Half the mean over the pairs of the squared error."""
        weights = [(self.wave(u), self.wave(v), self.wave(w)) for u, v, w in self.neurons]
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


def rational_value(expression: Any, values: Mapping[Any, Any]) -> Fraction | None:
    """The value of a formula at rational numbers, or None if it is no rational number."""
    exact = {
        symbol: Rational(Fraction(value).numerator, Fraction(value).denominator) for symbol, value in values.items()
    }
    found = expression.subs(exact)
    return Fraction(int(found.p), int(found.q)) if found.is_Rational else None


def evaluated(expression: Any, values: Mapping[Any, Any]) -> Any:
    """A rational function of the symbols at elements of one field, or None where it is none, or has no value."""
    if expression in values:
        return values[expression]
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    parts = [evaluated(argument, values) for argument in expression.args]
    if not parts or any(part is None for part in parts):
        return None
    if expression.is_Add:
        return sum(parts[1:], parts[0])
    if expression.is_Mul:
        return reduce(operator.mul, parts)
    if expression.is_Pow and expression.exp.is_Integer:
        try:
            return parts[0] ** int(expression.exp)
        except ZeroDivisionError:
            return None
    return None


def aligned_neurons(
    field: CyclotomicField, phases: Sequence[tuple[Expr, Expr]], weight: Fraction
) -> list[tuple[CyclotomicNumber, CyclotomicNumber, CyclotomicNumber]] | None:
    """Neurons of incoming amplitudes one that meet the phase condition of a template without phase.

    None if a phase is no root of unity of the field.
    """
    found = []
    for phase_u, phase_v in phases:
        u, v = phase_number(field, phase_u), phase_number(field, phase_v)
        if u is None or v is None:
            return None
        found.append((u, v, u * v * weight))
    return found
