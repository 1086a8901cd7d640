"""A saddle's certificate: the exact conditions that make it one, in numbers anybody can check again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Rational
from typing import Any

from flint import fmpq, fmpq_mat

from agf_theory.errors import HypothesisNotMet
from agf_theory.problems import DiagonalNetwork

__all__ = ["KKTCertificate", "as_fraction"]


class _LowestTerms:
    """Numerator and denominator already coprime: lets `Fraction` skip the gcd of numbers with thousands of digits."""

    def __init__(self, numerator: int, denominator: int) -> None:
        self.numerator = numerator
        self.denominator = denominator


Rational.register(_LowestTerms)


def as_fraction(value: fmpq) -> Fraction:
    """The same number as a `fractions.Fraction`."""
    terms: Any = _LowestTerms(int(value.p), int(value.q))
    return Fraction(terms)


@dataclass(frozen=True)
class KKTCertificate:
    r"""Karush–Kuhn–Tucker conditions of one saddle and the drift that led to it.

    The saddle β minimises L over {β : s_iβ_i ≥ 0 where |s_i| = 1, β_i = 0 where |s_i| < 1}, and s is the previous dual
    moved by minus the drift's duration times the previous gradient. L is convex, so the conditions

    * |s_i| ≤ 1; β_i = 0 where |s_i| < 1; s_iβ_i ≥ 0 where |s_i| = 1 (feasible),
    * ∂_iL(β) = 0 where β_i ≠ 0 (stationary and complementary),
    * s_i ∂_iL(β) ≥ 0 where |s_i| = 1 (no bound coordinate wants in)

    are sufficient as well as necessary. All entries are FLINT rationals; `fractions` gives them as `Fraction`.

    Attributes
    ----------
    time : fmpq
        Jump time; before the first jump the dual and the coefficients are zero.
    dual, coefficients : sequences of fmpq, length d
    """

    time: fmpq
    dual: Sequence[fmpq]
    coefficients: Sequence[fmpq]

    @cached_property
    def fractions(self) -> tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]:
        """Time, dual and coefficients as `Fraction`."""
        dual, coefficients = (tuple(as_fraction(v) for v in values) for values in (self.dual, self.coefficients))
        return as_fraction(self.time), dual, coefficients

    def gradient(self, problem: DiagonalNetwork) -> list[fmpq]:
        """Gradient of the loss at the saddle, computed from the data (not from a Gram matrix)."""
        residual = problem.rational_X * fmpq_mat(problem.d, 1, list(self.coefficients)) - problem.rational_y
        gradient = problem.rational_X.transpose() * residual / fmpq(problem.n)
        return list(gradient.entries())

    def verify(self, problem: DiagonalNetwork, *, before: KKTCertificate | None = None) -> None:
        """Check every condition exactly against the problem's data.

        Parameters
        ----------
        problem : DiagonalNetwork
        before : KKTCertificate, optional
            The previous saddle's certificate; None for the origin at time zero. The drift from it is checked too.

        Raises
        ------
        HypothesisNotMet
            Naming the first condition that fails, with the coordinate and the numbers.
        """
        for what, values in (("dual", self.dual), ("coefficients", self.coefficients)):
            if len(values) != problem.d:
                raise HypothesisNotMet(f"{what} of length {problem.d} is required, got {len(values)}")
        start = before or KKTCertificate(fmpq(0), (fmpq(0),) * problem.d, (fmpq(0),) * problem.d)
        duration = self.time - start.time
        if not duration > 0:
            raise HypothesisNotMet(f"a jump time must exceed the one before, got {self.time} after {start.time}")
        gradient, drift = self.gradient(problem), start.gradient(problem)
        arrived = False
        for i, name in enumerate(problem.names):
            dual, coefficient = self.dual[i], self.coefficients[i]
            if dual != start.dual[i] - duration * drift[i]:
                raise HypothesisNotMet(f"dual of {name} is not the drift of the previous one")
            arrived = arrived or (abs(dual) == 1 and bool(drift[i]))
            violated = _violated(dual, coefficient, gradient[i])
            if violated:
                raise HypothesisNotMet(
                    f"KKT condition '{violated}' fails for {name}: dual {dual}, coefficient {coefficient}, "
                    f"gradient {gradient[i]}"
                )
        if not arrived:
            raise HypothesisNotMet("no coordinate reaches its bound at this jump time")


def _violated(dual: fmpq, coefficient: fmpq, gradient: fmpq) -> str:
    if abs(dual) > 1:
        return "|s| <= 1"
    if abs(dual) < 1 and coefficient:
        return "zero where |s| < 1"
    if dual * coefficient < 0:
        return "sign of s"
    if coefficient and gradient:
        return "stationary on the support"
    if abs(dual) == 1 and dual * gradient < 0:
        return "s * gradient >= 0 at a bound"
    return ""
