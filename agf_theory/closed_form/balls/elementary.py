"""The elementary functions, on the parts of the real line on which they are real."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

import sympy
from flint import arb, fmpq

from agf_theory.closed_form.balls.number import Number, both, less, less_or_equal, sign_of
from agf_theory.closed_form.balls.real_function import (
    RealFunction,
    above,
    at_least,
    everywhere,
    within,
)

__all__ = ["ELEMENTARY"]


def _outside_unit(x: Number, *, ends: bool) -> bool | None:
    inside = both(less(-1, x), less(x, 1)) if ends else both(less_or_equal(-1, x), less_or_equal(x, 1))
    return None if inside is None else not inside


def _nonzero(x: Number) -> bool | None:
    sign = sign_of(x)
    return None if sign is None else sign != 0


def _between_zero_and_one(x: Number) -> bool | None:
    return both(less(0, x), less_or_equal(x, 1))


def _not_the_origin(y: Number, x: Number) -> bool | None:
    answers = {_nonzero(y), _nonzero(x)}
    return True if True in answers else False if answers == {False} else None


def _atan2(y: arb, x: arb) -> arb:
    return arb.atan2(y, x)


def _acot(x: arb) -> arb:
    return (1 / x).atan()


def _sign(x: arb) -> arb:
    return arb(1) if x > 0 else arb(-1) if x < 0 else arb(0, 1)


def _heaviside(x: arb, at_zero: arb) -> arb:
    return arb(1) if x > 0 else arb(0) if x < 0 else arb(0).union(arb(1)).union(at_zero)


def _exact_heaviside(x: fmpq, at_zero: fmpq) -> fmpq:
    return fmpq(1) if x > 0 else fmpq(0) if x < 0 else at_zero


def _greatest(*balls: arb) -> arb:
    return reduce(arb.max, balls)


def _least(*balls: arb) -> arb:
    return reduce(arb.min, balls)


ELEMENTARY: Mapping[Any, RealFunction] = MappingProxyType(
    {
        sympy.exp: RealFunction(arb.exp, everywhere),
        sympy.log: RealFunction(arb.log, above(0)),
        # Poles of trigonometric functions are irrational, zero apart: a ball that meets one gives no finite value.
        sympy.sin: RealFunction(arb.sin, everywhere),
        sympy.cos: RealFunction(arb.cos, everywhere),
        sympy.tan: RealFunction(arb.tan, everywhere),
        sympy.cot: RealFunction(arb.cot, _nonzero),
        sympy.sec: RealFunction(arb.sec, everywhere),
        sympy.csc: RealFunction(arb.csc, _nonzero),
        sympy.sinc: RealFunction(arb.sinc, everywhere),
        sympy.asin: RealFunction(arb.asin, within(1, ends=True)),
        sympy.acos: RealFunction(arb.acos, within(1, ends=True)),
        sympy.atan: RealFunction(arb.atan, everywhere),
        # SymPy's arccotangent is odd, and jumps at zero from -pi/2 to pi/2.
        sympy.acot: RealFunction(_acot, _nonzero),
        sympy.asec: RealFunction(lambda x: (1 / x).acos(), lambda x: _outside_unit(x, ends=True)),
        sympy.acsc: RealFunction(lambda x: (1 / x).asin(), lambda x: _outside_unit(x, ends=True)),
        sympy.atan2: RealFunction(_atan2, _not_the_origin),
        sympy.sinh: RealFunction(arb.sinh, everywhere),
        sympy.cosh: RealFunction(arb.cosh, everywhere),
        sympy.tanh: RealFunction(arb.tanh, everywhere),
        sympy.coth: RealFunction(arb.coth, _nonzero),
        sympy.sech: RealFunction(arb.sech, everywhere),
        sympy.csch: RealFunction(arb.csch, _nonzero),
        sympy.asinh: RealFunction(arb.asinh, everywhere),
        sympy.acosh: RealFunction(arb.acosh, at_least(1)),
        sympy.atanh: RealFunction(arb.atanh, within(1, ends=False)),
        sympy.acoth: RealFunction(lambda x: (1 / x).atanh(), lambda x: _outside_unit(x, ends=False)),
        sympy.asech: RealFunction(lambda x: (1 / x).acosh(), _between_zero_and_one),
        sympy.acsch: RealFunction(lambda x: (1 / x).asinh(), _nonzero),
        sympy.Abs: RealFunction(abs, everywhere, abs),
        sympy.sign: RealFunction(_sign, everywhere, lambda x: fmpq((x > 0) - (x < 0))),
        sympy.Heaviside: RealFunction(_heaviside, everywhere, _exact_heaviside),
        sympy.Max: RealFunction(_greatest, everywhere, max),
        sympy.Min: RealFunction(_least, everywhere, min),
        sympy.floor: RealFunction(arb.floor, everywhere, lambda x: fmpq(x.floor())),
        sympy.ceiling: RealFunction(arb.ceil, everywhere, lambda x: fmpq(x.ceil())),
    }
)
