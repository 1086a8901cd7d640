"""Power series in time with rational matrices as coefficients, and matrix expressions evaluated in them."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

import flint
from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol, exp
from sympy.matrices.expressions import Identity, Inverse, MatAdd, MatMul, MatPow, MatrixSymbol, Transpose, ZeroMatrix

from agf_theory.proofs_check.diagonal.designs import as_rational
from agf_theory.proofs_check.linear.weighted_networks import WeightedNetwork, identity

__all__ = ["MatrixSeries", "flow_series", "integral_series", "number_series", "propagator_series", "series_value"]

MatrixSeries = list[flint.fmpq_mat]
"""Coefficients of 1, t, t², …; all of one length."""


def flow_series(network: WeightedNetwork, order: int) -> MatrixSeries:
    """Θ = [A; Wᵀ] along gradient flow: A' = R Wᵀ, W' = Aᵀ R with R = Σ_yx − A W Σ_xx, from the equations themselves."""
    A, W = [network.A], [network.W]
    for k in range(order):
        products = [_product(A, W)[i] for i in range(k + 1)]
        residual = [-product * network.sigma_xx for product in products]
        residual[0] = residual[0] + network.sigma_yx
        transposed = [each.transpose() for each in A], [each.transpose() for each in W]
        A.append(_product(residual, transposed[1])[k] * flint.fmpq(1, k + 1))
        W.append(_product(transposed[0], residual)[k] * flint.fmpq(1, k + 1))
    return [flint.fmpq_mat(a.tolist() + w.transpose().tolist()) for a, w in zip(A, W, strict=True)]


def propagator_series(generator: flint.fmpq_mat, order: int) -> MatrixSeries:
    """exp(F t)."""
    terms = [identity(generator.nrows())]
    for k in range(1, order + 1):
        terms.append(terms[-1] * generator * flint.fmpq(1, k))
    return terms


def integral_series(series: Sequence[flint.fmpq_mat]) -> MatrixSeries:
    """Integral from 0, to the same order."""
    zero = series[0] * 0
    return [zero, *(term * flint.fmpq(1, k) for k, term in enumerate(series[:-1], start=1))]


def series_value(
    expression: Expr,
    matrices: Mapping[str, Sequence[flint.fmpq_mat]],
    *,
    numbers: Mapping[Symbol, flint.fmpq],
    sizes: Mapping[Symbol, int],
) -> MatrixSeries:
    """A matrix expression of sums, products, powers, transposes and inverses, with series for its matrix symbols.

    Raises
    ------
    NotImplementedError
        If another node occurs.
    ZeroDivisionError
        If a matrix to be inverted is singular at t = 0: there the expression has no value.
    """
    order = len(next(iter(matrices.values()))) - 1
    scalars = {symbol: as_rational(_fraction(number)) for symbol, number in numbers.items()}

    def value(node: Expr) -> MatrixSeries:
        if isinstance(node, MatrixSymbol):
            return list(matrices[node.name])
        if isinstance(node, Identity | ZeroMatrix):
            rows, columns = (sizes[size] for size in node.shape)
            zero = flint.fmpq_mat(rows, columns)
            return [identity(rows) if isinstance(node, Identity) else zero, *([zero] * order)]
        if isinstance(node, MatAdd):
            return [_sum(terms) for terms in zip(*map(value, node.args), strict=True)]
        if isinstance(node, MatMul):
            number, factors = node.as_coeff_matrices()
            exact = number.subs(scalars)
            return [term * flint.fmpq(int(exact.p), int(exact.q)) for term in reduce(_product, map(value, factors))]
        if isinstance(node, Transpose):
            return [term.transpose() for term in value(node.arg)]
        if isinstance(node, Inverse):
            return _inverse(value(node.arg))
        if isinstance(node, MatPow) and node.exp.is_Integer and node.exp != 0:
            base = value(node.base) if node.exp > 0 else _inverse(value(node.base))
            return reduce(_product, [base] * abs(int(node.exp)))
        raise NotImplementedError(f"no series for {type(node).__name__}")

    return value(expression)


def _fraction(number: flint.fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _sum(terms: Sequence[flint.fmpq_mat]) -> flint.fmpq_mat:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _product(left: Sequence[flint.fmpq_mat], right: Sequence[flint.fmpq_mat]) -> MatrixSeries:
    return [_sum([left[i] * right[k - i] for i in range(k + 1)]) for k in range(min(len(left), len(right)))]


def _inverse(series: MatrixSeries) -> MatrixSeries:
    first = series[0].inv()
    found = [first]
    for k in range(1, len(series)):
        found.append(-(first * _sum([series[i] * found[k - i] for i in range(1, k + 1)])))
    return found


def number_series(expression: Expr, variable: Symbol) -> flint.fmpq_series:
    """Power series of an expression in one symbol, with rational coefficients, to FLINT's own order (ten terms).

    Raises
    ------
    ValueError
        If a number in it is not rational, or a node is none of sums, products, integral powers and exponentials.
    """
    if expression == variable:
        return flint.fmpq_series([0, 1])
    if isinstance(expression, Rational):
        return flint.fmpq_series([flint.fmpq(int(expression.p), int(expression.q))])
    if isinstance(expression, Add | Mul):
        combine = operator.add if isinstance(expression, Add) else operator.mul
        return reduce(combine, (number_series(part, variable) for part in expression.args))
    if isinstance(expression, Pow) and isinstance(expression.exp, Integer):
        base = number_series(expression.base, variable)
        return base ** int(expression.exp) if expression.exp > 0 else 1 / base ** -int(expression.exp)
    if isinstance(expression, exp):
        return number_series(expression.args[0], variable).exp()
    raise ValueError(f"a rational power series is required, got {expression!s:.60}")
