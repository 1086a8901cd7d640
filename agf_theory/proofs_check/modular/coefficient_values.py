"""Closed forms in moduli and phases, evaluated at the exact Fourier coefficients of rational data, or in balls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.closed_form.modular.coefficients import BAR, in_coefficients
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber

__all__ = ["Monomials", "ball_sum", "exact_sum", "monomials"]

Monomials = Sequence[tuple[Fraction, Mapping[Symbol, int]]]


def monomials(expression: Expr) -> Monomials | None:
    """The expression as a sum of rational multiples of products of p, coefficients and conjugates, if it is one.

    None if a root, a quotient that is no power, or another function is left.
    """
    found = []
    for term in sympy.Add.make_args(sympy.expand(sympy.powsimp(in_coefficients(expression)))):
        factor, rest = term.as_coeff_Mul()
        powers = rest.as_powers_dict() if rest != 1 else {}
        plain = all(base.is_Symbol and power.is_Integer for base, power in powers.items())
        if not factor.is_Rational or not plain:
            return None
        found.append((Fraction(int(factor.p), int(factor.q)), {base: int(power) for base, power in powers.items()}))
    return found


def exact_sum(terms: Monomials, coefficients: Sequence[Sequence[CyclotomicNumber]]) -> CyclotomicNumber:
    """The sum over all frequencies of the monomials at the coefficients of x, u, v, w.

    Raises
    ------
    ZeroDivisionError
        If a negative power of zero occurs.
    """
    field: CyclotomicField = coefficients[0][0].field
    total = field(0)
    p = len(coefficients[0])
    for k in range(p):
        values: dict[Symbol, CyclotomicNumber] = {sym.modulus: field(p)}
        values |= {sym.mean_x: coefficients[0][0], sym.mean_w: coefficients[3][0]}
        for (coefficient, conjugate), vector in zip(BAR.values(), coefficients, strict=True):
            values |= {coefficient: vector[k], conjugate: vector[k].conjugate()}
        for factor, powers in terms:
            product = field(factor)
            for symbol, power in powers.items():
                product = product * values[symbol] ** power
            total = total + product
    return total


def ball_sum(expression: Expr, coefficients: Sequence[Sequence[CyclotomicNumber]]) -> flint.arb:
    """The sum over all frequencies in balls, at the current precision."""
    total, p = flint.arb(0), len(coefficients[0])
    for k in range(p):
        values: dict[Symbol, Any] = {sym.modulus: p, sym.mean_x: coefficients[0][0].ball().real}
        values |= {sym.mean_w: coefficients[3][0].ball().real}
        for (size, phase), vector in zip(BAR, coefficients, strict=True):
            values |= dict(zip((size, phase), _polar(vector[k]), strict=True))
        total += ball_value(expression, values)
    return total


def _polar(number: CyclotomicNumber) -> tuple[flint.arb, flint.arb]:
    """Modulus and argument; of zero the argument is any number."""
    if number.is_zero():
        return flint.arb(0), flint.arb(0)
    value = number.ball()
    if value.real < 0:  # turned round, away from the cut of the argument
        return abs(value), (-value).arg() + flint.arb.pi()
    return abs(value), value.arg()
