"""Sums, products and powers, as SymPy means them on the reals; not-a-number where they are undefined or undecided."""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb, ctx, fmpq

from agf_theory.closed_form.balls.number import Number, exactly, settled, sign_of, whole

__all__ = ["power", "power_is_real", "product", "total"]

_MOST_EXACT_BITS = 2**16
_MOST_ROOTS = 64  # roots beyond are taken by the logarithm: Arb's own take a time that grows with the order


def total(numbers: Iterable[Number]) -> Number:
    """The sum; the exact terms are added exactly, so that they cancel exactly."""
    exact, rest = fmpq(0), None
    for number in numbers:
        if isinstance(number, fmpq):
            exact += number
        else:
            rest = number if rest is None else rest + number
    if rest is None:
        return settled(exact)
    return rest + arb(exact) if exact != 0 else rest


def product(numbers: Iterable[Number]) -> Number:
    """The product; an exact zero times something finite is an exact zero."""
    exact, rest = fmpq(1), None
    for number in numbers:
        if isinstance(number, fmpq):
            exact *= number
        else:
            rest = number if rest is None else rest * number
    if rest is None:
        return settled(exact)
    if exact == 0:
        return fmpq(0) if rest.is_finite() else arb.nan()
    return rest * arb(exact) if exact != 1 else rest


def power_is_real(base: Number, exponent: Number) -> bool | None:
    """Whether the principal power is a real number; None if balls cannot tell.

    Of a negative base only integer powers are real: SymPy's cube root of -8 is 1 + sqrt(3) i, not -2.
    """
    n = whole(exponent)
    if n is not None and n >= 0:
        return True
    at, towards = sign_of(base), sign_of(exponent)
    if at == 1:
        return True
    if at == 0:
        return None if towards is None else towards > 0
    if n is not None:
        return True if at is not None else None
    return False if at == -1 and isinstance(exponent, fmpq) else None


def power(base: Number, exponent: Number) -> Number:
    """The power, where `power_is_real`; 0**0 is 1, as in SymPy."""
    n = whole(exponent)
    if exactly(base, 1) or n == 0:
        return fmpq(1)
    if exactly(base, 0):
        return fmpq(0)
    if n is not None:
        return _whole_power(base, n)
    return settled(_real_power(arb(base), exponent))


def _whole_power(base: Number, n: int) -> Number:
    if isinstance(base, fmpq):
        size = max(int(base.p.bit_length()), int(base.q.bit_length()))
        if size * abs(n) <= _MOST_EXACT_BITS or exactly(base, -1):
            return fmpq(base) ** (n if not exactly(base, -1) else n % 2)
    return arb(base) ** n


def _real_power(base: arb, exponent: Number) -> arb:
    if isinstance(exponent, fmpq) and exponent.q <= _MOST_ROOTS and abs(exponent.p) <= ctx.prec:
        root = base.sqrt() if exponent.q == 2 else base.root(int(exponent.q))
        return root ** int(exponent.p)
    return (arb(exponent) * base.log()).exp()
