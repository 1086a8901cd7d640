"""Formulas with one branch at degree two and another above it."""

from __future__ import annotations

from sympy import Eq, Expr, Piecewise

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet

__all__ = ["by_degree"]


def by_degree(at_two: Expr, above_two: Expr, degree: int | None) -> Expr | Piecewise:
    """The branch of a number `degree`, or both branches as a `Piecewise` in kappa if it is None."""
    if degree is None:
        return Piecewise((at_two, Eq(sym.kappa, 2)), (above_two, sym.kappa > 2))
    if degree < 2:
        raise HypothesisNotMet(
            f"degree of homogeneity must be at least 2, got {degree}; below it dormant neurons leave zero at once"
        )
    return at_two if degree == 2 else above_two.subs(sym.kappa, degree)
