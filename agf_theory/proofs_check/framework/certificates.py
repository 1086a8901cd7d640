"""Certificates about homogeneous utilities, as the independent checker reads them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr

from agf_theory.closed_form.framework.growth import coordinates
from agf_theory.proofs_check.framework.neurons import DormantNeuron, PolynomialUtility, RectifiedUtility, exponents

__all__ = ["euler_item", "neuron_item"]


def euler_item(degree: int, dimension: int, left: Expr, right: Expr) -> dict[str, Any]:
    """Both sides of Euler's identity, expanded, for the polynomial that has a symbol for every coefficient.

    Parameters
    ----------
    degree, dimension : int
    left, right : Expr
        Polynomials in θ_1, …, linear in the symbols c_… of the general polynomial.
    """
    utility = [["1", _symbol(powers), list(powers)] for powers in exponents(degree, dimension)]
    sides = {"left": _terms(left, degree, dimension), "right": _terms(right, degree, dimension)}
    return {"degree": degree, "dimension": dimension, "utility": utility, **sides}


def neuron_item(
    neuron: DormantNeuron, scale: Fraction, gradient: Sequence[Fraction], scaled_gradient: Sequence[Fraction]
) -> dict[str, Any]:
    """One neuron with rational data: its utility, where it stands, value and gradient there, gradient at a multiple."""
    theta = neuron.theta
    return {
        "degree": neuron.utility.degree,
        "utility": _utility(neuron.utility),
        "theta": list(map(str, theta)),
        "value": str(Fraction(neuron.utility.value(theta))),
        "gradient": [str(Fraction(entry)) for entry in gradient],
        "scale": str(scale),
        "scaled_gradient": [str(Fraction(entry)) for entry in scaled_gradient],
    }


def _utility(utility: Any) -> dict[str, Any]:
    if isinstance(utility, PolynomialUtility):
        terms = [[str(value), list(powers)] for powers, value in utility.coefficients.items() if value]
        return {"terms": terms}
    assert isinstance(utility, RectifiedUtility), f"no certificate for {type(utility).__name__}"
    samples = [list(map(str, sample)) for sample in utility.samples]
    return {"power": utility.power, "samples": samples, "residuals": list(map(str, utility.residuals))}


def _terms(side: Expr, degree: int, dimension: int) -> list[list[Any]]:
    parameters = coordinates(dimension)
    symbols = [sympy.Symbol(_symbol(powers), real=True) for powers in exponents(degree, dimension)]
    terms = []
    for powers, coefficient in sympy.Poly(sympy.expand(side), *parameters, *symbols).terms():
        chosen = [symbol for symbol, power in zip(symbols, powers[dimension:], strict=True) if power]
        assert len(chosen) == 1, "linear in the coefficients of the polynomial"
        terms.append([str(coefficient), str(chosen[0]), list(powers[:dimension])])
    return terms


def _symbol(powers: Sequence[int]) -> str:
    return "c_" + "".join(map(str, powers))
