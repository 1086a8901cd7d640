"""What can be changed at one node of an expression: each change is one slip of a pen.

Families of functions that are taken for one another: sinh, cosh, tanh; their inverses; sin, cos; exp, log; Max, Min;
floor, ceiling. Relations: < for ≤ and > for ≥, and the other way round. Conditions: "or" for "and" and the other way
round, one of several dropped or negated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sympy
from sympy import Add, Basic, Expr, Mul, Pow, Rational, Symbol
from sympy.core.function import Application, AppliedUndef
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import And, BooleanAtom, BooleanFunction, Not, Or
from sympy.matrices.expressions import MatAdd, MatMul, MatrixSymbol, Transpose
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["CONDITIONS", "Change", "changes_at"]

CONDITIONS = (Relational, BooleanFunction, BooleanAtom)
"""What is true or false; to SymPy a symbol is a Boolean too."""

_FAMILIES: tuple[tuple[type, ...], ...] = (
    (sympy.sinh, sympy.cosh, sympy.tanh),
    (sympy.asinh, sympy.acosh, sympy.atanh),
    (sympy.sin, sympy.cos),
    (sympy.exp, sympy.log),
    (sympy.Max, sympy.Min),
    (sympy.floor, sympy.ceiling),
    (Lt, Le),
    (Gt, Ge),
)


class Change(NamedTuple):
    """Another expression in the place of a node, and in a few words what was done."""

    what: str
    node: Basic


def changes_at(node: Basic, alike: Sequence[Symbol]) -> Iterator[Change]:
    """Everything that can be changed at a node itself; what lies below it is left alone.

    Parameters
    ----------
    node : Basic
    alike : sequence of Symbol
        Symbols that occur beside the node; those of its own kind may take its place.

    Examples
    --------
    >>> x = Symbol("x")
    >>> [str(change.node) for change in changes_at(sympy.sinh(x), ())]
    ['cosh(x)', 'tanh(x)', 'sinh(2*x)', 'sinh(x/2)', '-sinh(x)', 'sinh(x)**2']
    """
    if isinstance(node, Rational):
        yield from _numbers(node)
    elif isinstance(node, (Symbol, MatrixSymbol)):
        yield from _swaps(node, alike)
        if isinstance(node, Symbol):
            yield Change("squared", node**2)
    elif isinstance(node, MatrixExpr):
        yield from _matrices(node)
    elif isinstance(node, (Add, Mul)):
        yield from _dropped(node, "summand" if node.is_Add else "factor")
        yield from _flipped_summands(node)
    elif isinstance(node, Pow):
        yield from _powers(node)
    elif isinstance(node, BooleanFunction):
        yield from _conditions(node)
    elif isinstance(node, (Application, Relational)) and not isinstance(node, AppliedUndef):
        yield from _functions(node)


def whole_changes(expression: Basic) -> Iterator[Change]:
    """What can be done to the expression as a whole: a factor −1, 2 or 1/2; nothing of the kind to a condition."""
    if isinstance(expression, CONDITIONS):
        return
    yield Change("sign flipped", -expression)
    yield Change("doubled", 2 * expression)
    yield Change("halved", expression / 2)


def _numbers(number: Rational) -> Iterator[Change]:
    for other in (number + 1, number - 1, 2 * number, number / 2, -number):
        yield Change(f"{other} for {number}", other)


def _swaps(symbol: Basic, alike: Sequence[Basic]) -> Iterator[Change]:
    for other in alike:
        if other != symbol and _kind(other) == _kind(symbol):
            yield Change(f"{other} for {symbol}", other)


def _kind(symbol: Basic) -> object:
    return symbol.shape if isinstance(symbol, MatrixSymbol) else symbol.assumptions0


def _dropped(node: Basic, what: str) -> Iterator[Change]:
    for i in range(len(node.args)):
        kept = [other for j, other in enumerate(node.args) if j != i]
        rest = kept[0] if len(kept) == 1 else node.func(*kept)
        yield Change(f"{what} {i} dropped", rest)


def _flipped_summands(node: Basic) -> Iterator[Change]:
    for i in range(len(node.args) if node.is_Add else 0):
        yield Change(f"sign of summand {i}", node.func(*(-a if j == i else a for j, a in enumerate(node.args))))


def _powers(node: Pow) -> Iterator[Change]:
    base, exponent = node.args
    yield Change("exponent + 1", base ** (exponent + 1))
    yield Change("exponent − 1", base ** (exponent - 1))
    yield Change("sign of the exponent", base**-exponent)
    yield Change("exponent dropped", base)


def _functions(node: Expr) -> Iterator[Change]:
    family = next((family for family in _FAMILIES if node.func in family), ())
    for other in family:
        if other is not node.func:
            yield Change(f"{other.__name__} for {node.func.__name__}", other(*node.args))
    if isinstance(node, Relational):
        return
    if isinstance(node, sympy.Abs):
        yield Change("Abs dropped", node.args[0])
    if len(node.args) == 1 and isinstance(node.args[0], Expr):
        (argument,) = node.args
        yield Change("argument doubled", node.func(2 * argument))
        yield Change("argument halved", node.func(argument / 2))
        yield Change("sign of the argument", node.func(-argument))
    yield Change("squared", node**2)


def _conditions(node: Basic) -> Iterator[Change]:
    """A condition made of others: taken together otherwise, or one of them dropped or turned into its opposite."""
    if isinstance(node, Not):
        yield Change("negation dropped", node.args[0])
    if not isinstance(node, (And, Or)):
        return
    yield Change(
        "or for and" if isinstance(node, And) else "and for or", (Or if isinstance(node, And) else And)(*node.args)
    )
    yield from _dropped(node, "condition")
    for i in range(len(node.args)):
        yield Change(f"condition {i} negated", node.func(*(Not(a) if j == i else a for j, a in enumerate(node.args))))


def _matrices(node: MatrixExpr) -> Iterator[Change]:
    if isinstance(node, Transpose):
        yield Change("transpose dropped", node.arg)
    elif isinstance(node, (MatAdd, MatMul)):
        what = "summand" if isinstance(node, MatAdd) else "factor"
        yield from _dropped(node, what)
        for i in range(len(node.args) if isinstance(node, MatAdd) else 0):
            flipped = (-a if j == i else a for j, a in enumerate(node.args))
            yield Change(f"sign of summand {i}", MatAdd(*flipped))
