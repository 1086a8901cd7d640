"""Matrix expressions of symbolic shape, looked at for one exact choice of matrices."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import reduce
from random import Random
from types import MappingProxyType

from sympy import Basic, Integer, Matrix, MatrixSymbol, Rational, Symbol
from sympy.matrices.expressions import BlockMatrix, MatAdd, MatMul, MatPow, Transpose
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["exact_matrices", "with_matrices"]

_NONE: Mapping[MatrixSymbol, Matrix] = MappingProxyType({})


def with_matrices(expression: MatrixExpr, matrices: Mapping[MatrixSymbol, Matrix]) -> Matrix:
    """The expression with explicit matrices for its matrix symbols; their shapes give the sizes."""
    sizes = {
        size: Integer(number)
        for symbol, matrix in matrices.items()
        for size, number in zip(symbol.shape, matrix.shape, strict=True)
        if isinstance(size, Symbol)
    }
    return _explicit(expression.subs(sizes), {symbol.name: matrix for symbol, matrix in matrices.items()})


def _explicit(node: MatrixExpr, matrices: Mapping[str, Matrix]) -> Matrix:
    """Node by node: SymPy's own way multiplies blocks out before it looks at their entries, which takes a minute."""
    if isinstance(node, MatrixSymbol):
        return matrices[node.name]
    if isinstance(node, MatAdd):
        return reduce(operator.add, (_explicit(summand, matrices) for summand in node.args))
    if isinstance(node, MatMul):
        number, factors = node.as_coeff_matrices()
        return number * reduce(operator.mul, (_explicit(factor, matrices) for factor in factors))
    if isinstance(node, Transpose):
        return _explicit(node.arg, matrices).T
    if isinstance(node, BlockMatrix):
        rows = (node.blocks.row(i) for i in range(node.blocks.rows))
        return Matrix.vstack(*(Matrix.hstack(*(_explicit(block, matrices) for block in row)) for row in rows))
    if isinstance(node, MatPow) and node.exp.is_Integer:
        return _explicit(node.base, matrices) ** node.exp
    sized = {MatrixSymbol(name, *matrix.shape): matrix for name, matrix in matrices.items()}
    return node.subs(sized).doit().as_explicit()


def exact_matrices(expression: Basic, given: Mapping[MatrixSymbol, Matrix] = _NONE) -> dict[MatrixSymbol, Matrix]:
    """The given matrices, and a rational one for each other matrix symbol, of the sizes that those given have.

    Other sizes are 2, 3, ...; what is drawn is diagonally dominant if it is square, so invertible.
    """
    random = Random(0)
    symbols = sorted(expression.atoms(MatrixSymbol) - set(given), key=str)
    sizes = sorted({size for symbol in symbols for size in symbol.shape if isinstance(size, Symbol)}, key=str)
    numbers = {size: n for n, size in enumerate(sizes, start=2)}
    numbers |= {size: n for one, matrix in given.items() for size, n in zip(one.shape, matrix.shape, strict=True)}

    def drawn(symbol: MatrixSymbol) -> Matrix:
        rows, columns = (int(numbers.get(size, size)) for size in symbol.shape)
        entry = lambda i, j: Rational(random.randint(1, 9), 10) + (9 if i == j and rows == columns else 0)  # noqa: E731
        return Matrix(rows, columns, entry)

    return {**given, **{symbol: drawn(symbol) for symbol in symbols}}
