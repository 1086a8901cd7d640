"""What may be given for a symbol, as a number at the current precision."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Protocol, TypeAlias, runtime_checkable

from flint import arb, fmpq, fmpz
from sympy import Expr, Float

from agf_theory.closed_form.balls.number import Number, settled
from agf_theory.errors import InputError

__all__ = ["Value", "binary_value", "value_number"]


@runtime_checkable
class LogInverse(Protocol):
    """A number carried by its logarithm, as `agf_theory.problems.InitScale`: log(1/x) at the current precision."""

    def log_inverse_ball(self) -> arb: ...


Value: TypeAlias = int | Fraction | fmpq | arb | LogInverse | float | Expr


def value_number(value: Value, name: str) -> Number:
    """The number that a value is, at the current precision; an expression is not one yet.

    Raises
    ------
    InputError
        If the value is of another kind, or not finite.
    """
    if isinstance(value, arb | fmpq):
        return settled(value)
    if isinstance(value, LogInverse):
        return (-value.log_inverse_ball()).exp()
    if isinstance(value, fmpz) or (isinstance(value, int | float | Fraction) and not isinstance(value, bool)):
        if isinstance(value, float) and not isfinite(value):
            raise InputError(f"value of {name} must be finite, got {value}")
        return settled(fmpq(value) if isinstance(value, fmpz) else fmpq(*value.as_integer_ratio()))
    raise InputError(
        f"value of {name} must be an int, Fraction, flint.fmpq, flint.arb, InitScale or SymPy number, got {value!r}"
    )


def binary_value(number: Float) -> arb:
    """The binary number that a SymPy float is; as a ball, so that nothing computed from it counts as exact."""
    negative, mantissa, exponent, _ = number._mpf_
    return arb((-int(mantissa) if negative else int(mantissa), int(exponent)))
