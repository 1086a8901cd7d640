"""Complex coefficients in real and imaginary parts, so that a step is about real numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sympy import Expr, I, Integer, Symbol, expand

from agf_theory.closed_form import symbols as sym

__all__ = ["PARTS", "in_parts", "rate_of_change", "squared_sizes"]

_COEFFICIENTS = {"x": sym.template_hat, "u": sym.u_hat, "v": sym.v_hat, "w": sym.w_hat}
PARTS: dict[str, tuple[Symbol, Symbol]] = {
    name: (Symbol(f"{name}_r", real=True), Symbol(f"{name}_i", real=True)) for name in _COEFFICIENTS
}
_WHOLE = {_COEFFICIENTS[name]: real + I * imaginary for name, (real, imaginary) in PARTS.items()}


@cache
def in_parts(expression: Expr) -> tuple[Expr, Expr]:
    """Real and imaginary part of a polynomial in the coefficients, in the real symbols of `PARTS`."""
    whole = expand(expression.subs(_WHOLE, simultaneous=True).doit())
    real, imaginary = whole.as_independent(I, as_Add=True)
    return real, expand(imaginary / I)


def squared_sizes() -> dict[str, Expr]:
    """The squared modulus of each coefficient."""
    return {name: sum((part**2 for part in parts), Integer(0)) for name, parts in PARTS.items()}


def rate_of_change(quantity: Expr, velocity: Callable[[Any], Expr]) -> Expr:
    """The time derivative of a real function of the parts along a flow, by the chain rule."""
    return sum(
        (
            quantity.diff(part) * speed
            for layer in ("u", "v", "w")
            for part, speed in zip(PARTS[layer], in_parts(velocity(layer)), strict=True)
        ),
        Integer(0),
    )
