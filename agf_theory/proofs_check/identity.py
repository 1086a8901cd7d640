"""Identities put to the test: a ball that excludes zero refutes one, a zero after simplification proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.evidence import Evidence, Level

__all__ = ["Point", "random_point", "vanishes"]

Point = Mapping[Symbol, Fraction]
Ranges = Mapping[Symbol, tuple[Fraction | int, Fraction | int | None]]
PRECISION = 256
"""Bits of the balls that refute. Enough to tell any two values apart that differ by a relative 1e-60."""


def vanishes(
    residual: Expr,
    *,
    what: str,
    random: Random,
    points: Callable[[Random], Point] | None = None,
    within: Ranges | None = None,
    tactics: Sequence[Callable[[Expr], Expr]] = (sympy.simplify,),
) -> Evidence:
    """Evidence that an expression is zero for all values of its symbols.

    Parameters
    ----------
    residual : Expr
    what : str
        What the identity says, for the detail of the evidence.
    random : Random
    points : callable, optional
        Draws values that meet the hypotheses; by default any rational values the symbols' assumptions allow.
    within : mapping of Symbol to (low, high), optional
        Open intervals for the default points, where the hypotheses demand more than the assumptions; high may be None.
    tactics : sequence of functions of Expr
        Simplifications that may reduce the residual to zero. Each is exact; the right one saves seconds.

    Returns
    -------
    Evidence
        Refuted if the residual's ball excludes zero at some point, proved if a tactic reduces it to zero, else
        inconclusive: a simplification that gives up refutes nothing.
    """
    draw = points or (lambda source: random_point(residual, source, within or {}))
    if not residual.has(sympy.core.function.AppliedUndef):
        for _ in range(6):
            point = draw(random)
            with flint.ctx.workprec(PRECISION):
                value = ball_value(residual, point)
                if value > 0 or value < 0:
                    return Evidence.refuted(f"{what} fails at a point", _witness(point, value))
    for tactic in tactics:
        if tactic(residual) == 0:
            return Evidence.of(Level.PROVED, what)
    return Evidence.inconclusive(f"{what}: simplification did not reach zero")


def random_point(expression: Expr, random: Random, within: Ranges) -> dict[Symbol, Fraction]:
    """Rational values for the free symbols, as their assumptions and ranges allow; never zero."""
    values: dict[Symbol, Fraction] = {}
    for symbol in sorted(expression.free_symbols, key=str):
        sign = 1 if symbol.is_nonnegative else random.choice((-1, 1))
        size = Fraction(random.randint(1, 12), 1 if symbol.is_integer else random.randint(2, 9))
        if symbol not in within:
            values[symbol] = sign * size
            continue
        low, high = within[symbol]
        # A bounded interval maps all positive sizes into itself.
        values[symbol] = low + (size if high is None else (high - low) * size / (1 + size))
    return values


def _witness(point: Point, value: Any) -> dict[str, str]:
    return {**{str(symbol): str(entry) for symbol, entry in point.items()}, "residual": value.str(8)}
