"""The general homogeneous polynomial, with a symbol for every coefficient."""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy import Expr, Symbol

from agf_theory.proofs_check.framework.neurons import exponents

__all__ = ["generic_polynomial"]


def generic_polynomial(degree: int, variables: Sequence[Expr | int]) -> Expr:
    """The sum of all monomials of the degree, each with its own real coefficient.

    Examples
    --------
    >>> generic_polynomial(1, sympy.symbols("x y"))
    c_01*y + c_10*x
    """
    return sympy.Add(
        *(
            Symbol("c_" + "".join(map(str, powers)), real=True)
            * sympy.Mul(
                *(sympy.Integer(v) ** p if isinstance(v, int) else v**p for v, p in zip(variables, powers, strict=True))
            )
            for powers in exponents(degree, len(variables))
        )
    )
