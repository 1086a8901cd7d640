"""Expressions in complex balls: sums, products, powers and Carlson's integral, for what real balls do not evaluate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form.carlson import CarlsonRF
from agf_theory.errors import UndecidedError

__all__ = ["complex_ball"]


def complex_ball(expression: Expr, values: Mapping[Symbol, Any]) -> flint.acb:
    """The value of an expression at complex balls.

    Raises
    ------
    UndecidedError
        At a node of another kind, or a symbol without a value.
    """
    if expression in values:
        return flint.acb(values[expression])
    if isinstance(expression, sympy.Rational):
        return flint.acb(flint.fmpq(expression.p, expression.q))
    arguments = [complex_ball(argument, values) for argument in expression.args]
    if expression.is_Add:
        return sum(arguments, flint.acb(0))
    if expression.is_Mul:
        product = flint.acb(1)
        for argument in arguments:
            product *= argument
        return product
    if expression.is_Pow:
        return _power(arguments[0], expression.args[1])
    if isinstance(expression, CarlsonRF):
        return flint.acb.elliptic_rf(*arguments)
    if isinstance(expression, sympy.conjugate):
        return arguments[0].conjugate()
    raise UndecidedError(f"no complex ball for {expression}: a sum, product, power or Carlson integral is required")


def _power(base: flint.acb, exponent: Expr) -> flint.acb:
    if not isinstance(exponent, sympy.Rational):
        raise UndecidedError(f"no complex ball for the exponent {exponent}: a rational number is required")
    if exponent.q <= 2:  # through the square root, which is sharper than a logarithm, and knows powers of zero
        return base ** int(exponent.p) if exponent.q == 1 else base.sqrt() ** int(exponent.p)
    return base ** flint.acb(flint.fmpq(exponent.p, exponent.q))
