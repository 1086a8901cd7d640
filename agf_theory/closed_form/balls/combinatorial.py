"""Binomial coefficients and generalised hypergeometric functions: the arguments decide how they are evaluated."""

from __future__ import annotations

from math import comb
from typing import Any

from flint import arb, fmpq

from agf_theory.closed_form.balls.number import Number, both, less, whole

__all__ = ["binomial", "binomial_is_real", "hypergeometric", "hypergeometric_is_real"]

_MOST_FACTORS = 256  # up to here a binomial coefficient is a product, and exact
_MOST_WHOLE = 20_000


def binomial_is_real(n: Number, k: Number) -> bool | None:
    """Where the binomial coefficient is evaluated: k an integer of moderate size, or -1 < k < n + 1."""
    if _few(k):
        return True
    return both(less(-1, n), less(-1, k), less(k, n + 1))


def _few(k: Number) -> bool:
    count = whole(k)
    return count is not None and count <= _MOST_FACTORS


def binomial(n: Number, k: Number) -> Number:
    """The binomial coefficient where `binomial_is_real`, as SymPy has it; zero for a negative integer k."""
    rows, count = whole(n), whole(k)
    if rows is not None and count is not None and 0 <= count <= rows <= _MOST_WHOLE:
        return fmpq(comb(rows, count))
    if count is None or count > _MOST_FACTORS:
        return _by_gamma(arb(n), arb(k))
    if count < 0:
        return fmpq(0)
    coefficient: Number = fmpq(1)
    for i in range(count):
        coefficient = coefficient * (n - i) / (i + 1)
    return coefficient


def _by_gamma(n: arb, k: arb) -> arb:
    return ((n + 1).lgamma() - (k + 1).lgamma() - (n - k + 1).lgamma()).exp()


def hypergeometric_is_real(above: tuple[Number, ...], below: tuple[Number, ...], x: Number) -> bool | None:
    """Real for x < 1 if there is one parameter more above than below, everywhere if there are fewer."""
    if len(above) > len(below) + 1:
        return False
    return less(x, 1) if len(above) == len(below) + 1 else True


def hypergeometric(above: tuple[Number, ...], below: tuple[Number, ...], x: Number) -> arb:
    """The function where `hypergeometric_is_real`; a pole, at a parameter 0, -1, ... below, has no finite value."""
    argument: Any = arb(x)
    upper, lower = list(map(arb, above)), list(map(arb, below))
    value: arb
    match len(upper), len(lower):
        case 2, 1:
            value = argument.hypgeom_2f1(*upper, *lower)
        case 1, 1:
            value = argument.hypgeom_1f1(*upper, *lower)
        case 0, 1:
            value = argument.hypgeom_0f1(*lower)
        case _:
            value = argument.hypgeom(upper, lower)
    return value
