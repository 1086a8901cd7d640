"""Matrix identities under rules: products of matrices as words, in which one word may stand for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from sympy import Add, Basic, Expr, Integer, Matrix, MatrixSymbol, Mul, Pow, Symbol, Tuple, expand, eye, zeros
from sympy.core.relational import Equality, Relational
from sympy.matrices.expressions import Identity, MatAdd, MatMul, MatPow, Transpose, ZeroMatrix
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory.closed_form.matrices import exact_matrices
from agf_theory.closed_form.obligations import Finding, Obligation, Outcome

__all__ = ["WordIdentity", "word"]

_ROUNDS = 20  # of all rules; a chain of rules that is longer is no use to a reader either


def word(expression: MatrixExpr) -> Expr:
    """The expression in symbols that do not commute, one for each matrix and one for its transpose.

    Identities become 1 and zero matrices 0: whoever multiplies only what fits together loses nothing.

    Examples
    --------
    >>> from agf_theory.closed_form import symbols as sym
    >>> word((sym.outgoing * sym.incoming).T)
    W^T*A^T
    """
    node = expression.doit()
    if isinstance(node, (MatAdd, MatMul, MatPow)):
        kind = {MatAdd: Add, MatMul: Mul, MatPow: Pow}[type(node)]
        return kind(*(word(part) if isinstance(part, MatrixExpr) else part for part in node.args))
    if isinstance(node, Identity):
        return Integer(1)
    if isinstance(node, ZeroMatrix):
        return Integer(0)
    if isinstance(node, Transpose):
        return Symbol(f"{node.arg.name}^T", commutative=False)
    assert isinstance(node, MatrixSymbol), f"no word for {type(node).__name__}"
    return Symbol(node.name, commutative=False)


@dataclass(frozen=True)
class WordIdentity(Obligation):
    """An equality of matrix expressions of symbolic shape, shown for all shapes by matrix algebra and rules.

    Attributes
    ----------
    rules : tuple of Equality
        What is known of the matrices: wherever the left side occurs in a product, the right side takes its place.
    instance : mapping of MatrixSymbol to Matrix
        Exact matrices that obey the rules. The rules are looked at there, so that they are not contradictory, and the
        statement, which is refuted if it fails. A symbol without a matrix is free: one is drawn for it.
    """

    rules: tuple[Equality, ...]
    instance: Mapping[MatrixSymbol, Matrix] = field(hash=False)

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        instance = exact_matrices(Tuple(statement, *self.rules), self.instance)
        for rule in self.rules:
            if not _holds(rule, instance):
                return Finding(Outcome.INCONCLUSIVE, "the exact matrices do not obey a rule", rule)
        if not _holds(statement, instance):
            same_shape = statement.lhs.shape == statement.rhs.shape
            residual = statement.lhs - statement.rhs if same_shape else statement.lhs
            how = "the sides differ for exact matrices" if same_shape else "the sides have different shapes"
            return Finding(Outcome.REFUTED, how, residual, instance)
        pairs = [(word(rule.lhs), word(rule.rhs)) for rule in self.rules]
        left = expand(word(statement.lhs) - word(statement.rhs))
        for _ in range(_ROUNDS):
            replaced = left
            for pattern, other in pairs:
                replaced = expand(replaced.subs(pattern, other))
            if replaced == left:
                break
            left = replaced
        if left != 0:
            return Finding(Outcome.INCONCLUSIVE, "matrix algebra under the rules did not reach zero", left)
        return Finding(Outcome.PROVED, "the difference vanishes by matrix algebra under the rules", left)


def _holds(relation: Relational, instance: Mapping[MatrixSymbol, Matrix]) -> bool:
    sizes = {
        size: number
        for symbol, matrix in instance.items()
        for size, number in zip(symbol.shape, matrix.shape, strict=True)
    }
    left, right = (_explicit(side, instance, sizes) for side in (relation.lhs, relation.rhs))
    return left.shape == right.shape and all(entry.expand() == 0 for entry in left - right)


def _explicit(expression: MatrixExpr, instance: Mapping[MatrixSymbol, Matrix], sizes: Mapping[Basic, int]) -> Matrix:
    """The expression at explicit matrices. Entry by entry, as SymPy does it, identities cost seconds."""
    node = expression.doit()
    if isinstance(node, MatrixSymbol):
        return instance[node]
    if isinstance(node, (Identity, ZeroMatrix)):
        rows, columns = (sizes.get(size, size) for size in node.shape)
        return eye(rows) if isinstance(node, Identity) else zeros(rows, columns)
    parts = [_explicit(part, instance, sizes) if isinstance(part, MatrixExpr) else part for part in node.args]
    if isinstance(node, Transpose):
        return parts[0].T
    if isinstance(node, MatAdd):
        return sum(parts[1:], parts[0])
    assert isinstance(node, (MatMul, MatPow)), f"no value for {type(node).__name__}"
    return parts[0] ** parts[1] if isinstance(node, MatPow) else prod(parts[1:], start=parts[0])
