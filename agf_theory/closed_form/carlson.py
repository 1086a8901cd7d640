"""Carlson's symmetric elliptic integral of the first kind, which SymPy lacks."""

from __future__ import annotations

from typing import Any

import mpmath
from sympy import Expr, Float, Function, Integer, oo, sqrt

__all__ = ["CarlsonRF"]


class CarlsonRF(Function):  # type: ignore[misc]
    r"""The integral of three arguments, at most one of which is zero.

    .. math:: R_F(x,y,z)=\frac12\int_0^\infty\frac{dt}{\sqrt{(t+x)(t+y)(t+z)}}

    It is real for x >= 0 with y and z nonnegative, or conjugates of one another. In balls it is evaluated for real
    arguments; [carlson1995] computes it for complex ones.

    Examples
    --------
    >>> CarlsonRF(2, 2, 2), CarlsonRF(0, 0, 1)
    (sqrt(2)/2, oo)
    """

    nargs = 3

    @classmethod
    def eval(cls, x: Expr, y: Expr, z: Expr) -> Expr | None:
        """Equal arguments, two zeros; and the arguments in one order, as the integral is symmetric in them."""
        if x == y == z:
            return oo if x.is_zero else 1 / sqrt(x)
        if sum(bool(each.is_zero) for each in (x, y, z)) >= 2:
            return oo
        ordered = sorted((x, y, z), key=lambda each: each.sort_key())
        return None if list(ordered) == [x, y, z] else cls(*ordered)

    def _eval_is_positive(self) -> bool | None:
        return True if all(argument.is_nonnegative for argument in self.args) else None

    def _eval_evalf(self, prec: int) -> Any:
        values = [argument._eval_evalf(prec) for argument in self.args]
        if not all((value is not None and value.is_Float) or value == Integer(0) for value in values):
            return None
        with mpmath.workprec(prec + 10):
            found = mpmath.elliprf(*(value._to_mpmath(prec + 10) for value in values))
        return Float._new(found._mpf_, prec) if isinstance(found, mpmath.mpf) else None

    def _mpmathcode(self, printer: Any) -> str:
        return f"{printer._module_format('mpmath.elliprf')}({', '.join(map(printer._print, self.args))})"

    def _latex(self, printer: Any) -> str:
        return rf"R_F\left({', '.join(map(printer._print, self.args))}\right)"

    def _pretty(self, printer: Any) -> Any:
        return printer._print_Function(self, func_name="R_F")
