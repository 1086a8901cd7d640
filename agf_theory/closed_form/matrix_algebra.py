"""Matrix expressions of symbolic shape multiplied out, and differentiated along a motion of their symbols."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Add, Expr, Integer, Mul, Symbol, expand
from sympy.matrices.expressions import (
    BlockMatrix,
    Identity,
    Inverse,
    MatAdd,
    MatMul,
    MatPow,
    MatrixSymbol,
    Transpose,
    ZeroMatrix,
    block_collapse,
)
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["is_zero_matrix", "multiplied_out", "velocity"]


def is_zero_matrix(expression: MatrixExpr) -> bool:
    """Whether every block of the expression vanishes once it is multiplied out: then it is zero for every shape."""
    if expression.is_ZeroMatrix:
        return True
    collapsed = block_collapse(expression) if expression.has(BlockMatrix) else expression
    blocks = collapsed.blocks if isinstance(collapsed, BlockMatrix) else [collapsed]
    return all(multiplied_out(block) == 0 for block in blocks)


def multiplied_out(expression: MatrixExpr) -> Expr:
    """The expression as a polynomial in symbols that do not commute; identities are 1, transposes and inverses symbols.

    Two expressions with the same polynomial are equal for matrices of every size that fits. Of inverses nothing is used
    but that equal matrices have equal ones.

    Raises
    ------
    NotImplementedError
        If a node is none of sums, products, integral powers, transposes and inverses.

    Examples
    --------
    >>> A, B = MatrixSymbol("A", 2, 2), MatrixSymbol("B", 2, 2)
    >>> multiplied_out((A + B) * (A - B) - A * A)
    -A*B + B*A - B**2
    """
    return expand(_polynomial(expression, transposed=False))


def _polynomial(node: Expr, *, transposed: bool) -> Expr:
    if not isinstance(node, MatrixExpr):
        return node
    if isinstance(node, MatrixSymbol):
        return Symbol(f"{node.name}^T" if transposed else node.name, commutative=False)
    if isinstance(node, Identity | ZeroMatrix):
        return Integer(isinstance(node, Identity))
    if isinstance(node, Transpose):
        return _polynomial(node.arg, transposed=not transposed)
    if isinstance(node, MatAdd):
        return Add(*(_polynomial(summand, transposed=transposed) for summand in node.args))
    if isinstance(node, MatMul):
        factors = [_polynomial(factor, transposed=transposed) for factor in node.args]
        return Mul(*(reversed(factors) if transposed else factors))
    if isinstance(node, Inverse) or (isinstance(node, MatPow) and node.exp == -1):
        return Symbol(f"({expand(_polynomial(node.base, transposed=transposed))})^-1", commutative=False)
    if isinstance(node, MatPow) and node.exp.is_Integer and node.exp > 0:
        return _polynomial(node.base, transposed=transposed) ** node.exp
    raise NotImplementedError(f"a sum, product, power, transpose or inverse is required, got {type(node).__name__}")


def velocity(expression: MatrixExpr, motion: Mapping[MatrixSymbol, MatrixExpr]) -> MatrixExpr:
    """Derivative of the expression in time when its symbols move with these velocities; the others stand still.

    Raises
    ------
    NotImplementedError
        As `multiplied_out`.

    Examples
    --------
    >>> A, B = MatrixSymbol("A", 2, 2), MatrixSymbol("B", 2, 2)
    >>> velocity(A.I, {A: B})
    -A**(-1)*B*A**(-1)
    """
    if isinstance(expression, MatrixSymbol):
        return motion.get(expression, ZeroMatrix(*expression.shape))
    if isinstance(expression, Identity | ZeroMatrix):
        return ZeroMatrix(*expression.shape)
    if isinstance(expression, Transpose):
        return Transpose(velocity(expression.arg, motion))
    if isinstance(expression, MatAdd):
        return MatAdd(*(velocity(summand, motion) for summand in expression.args)).doit()
    if isinstance(expression, MatMul):
        factors = expression.args
        terms = [
            MatMul(*factors[:i], velocity(factor, motion), *factors[i + 1 :])
            for i, factor in enumerate(factors)
            if isinstance(factor, MatrixExpr)
        ]
        return MatAdd(*terms).doit()
    if isinstance(expression, Inverse):
        return (-expression * velocity(expression.arg, motion) * expression).doit()
    if isinstance(expression, MatPow) and expression.exp.is_Integer and expression.exp > 0:
        return velocity(MatMul(*[expression.base] * int(expression.exp), evaluate=False), motion)
    raise NotImplementedError(f"a sum, product, power, transpose or inverse is required, got {expression!s:.60}")
