"""Matrix expressions of symbolic shape, looked at for one exact choice of matrices."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sympy import Basic, Integer, Matrix, MatrixSymbol, Rational, Symbol
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["exact_matrices", "with_matrices"]


def with_matrices(expression: MatrixExpr, matrices: Mapping[MatrixSymbol, Matrix]) -> Matrix:
    """The expression with explicit matrices for its matrix symbols; their shapes give the sizes."""
    sizes = {
        size: Integer(number)
        for symbol, matrix in matrices.items()
        for size, number in zip(symbol.shape, matrix.shape, strict=True)
        if isinstance(size, Symbol)
    }
    sized = {MatrixSymbol(symbol.name, *matrix.shape): matrix for symbol, matrix in matrices.items()}
    return expression.subs(sizes).subs(sized).doit().as_explicit()


def exact_matrices(expression: Basic) -> dict[MatrixSymbol, Matrix]:
    """One rational matrix for each matrix symbol: sizes 2, 3, ...; diagonally dominant if square, so invertible."""
    random = Random(0)
    symbols = sorted(expression.atoms(MatrixSymbol), key=str)
    sizes = sorted({size for symbol in symbols for size in symbol.shape if isinstance(size, Symbol)}, key=str)
    numbers = {size: n for n, size in enumerate(sizes, start=2)}

    def drawn(symbol: MatrixSymbol) -> Matrix:
        rows, columns = (int(numbers.get(size, size)) for size in symbol.shape)
        entry = lambda i, j: Rational(random.randint(1, 9), 10) + (9 if i == j and rows == columns else 0)  # noqa: E731
        return Matrix(rows, columns, entry)

    return {symbol: drawn(symbol) for symbol in symbols}
