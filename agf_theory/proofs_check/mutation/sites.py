"""The sites of an expression: every node a mutation may change, by its path from the root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sympy import AccumBounds, Basic, Derivative, Symbol, nan, oo, zoo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.matrices.exceptions import ShapeError
from sympy.matrices.expressions import Identity, MatrixSymbol
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory.proofs_check.mutation.operators import changes_at, whole_changes

__all__ = ["Mutation", "mutations", "replaced"]

Path = tuple[int, ...]

_OPAQUE = (Derivative, AppliedUndef, MatrixSymbol, Identity)
"""Changed as a whole or not at all: their arguments are no expressions of the formula."""


class Mutation(NamedTuple):
    """One change at one site.

    Attributes
    ----------
    what : str
        In a few words: "cosh for sinh".
    path : tuple of int
        The site, by the index of the argument at each node from the root down.
    before, after : Basic
        The smallest piece that shows the change.
    expression : Basic
        The whole, with the change.
    """

    what: str
    path: Path
    before: Basic
    after: Basic
    expression: Basic


def mutations(expression: Basic) -> list[Mutation]:
    """Every expression that one change makes of another, each once, in the order of the sites.

    What is no number for any values (a division by zero) is left out. A change that SymPy undoes at once, such as the
    sign of the argument of cosh, stays: it gives the original again, as everybody may see.

    Examples
    --------
    >>> x = Symbol("x")
    >>> [f"{m.what}: {m.expression}" for m in mutations(2 * x)][:4]
    ['sign flipped: -2*x', 'doubled: 4*x', 'halved: x', 'factor 1 dropped: 2']
    """
    seen: set[Basic] = set()
    found = []
    for mutation in _all(expression):
        if mutation.expression not in seen and _is_formula(mutation.expression, expression):
            seen.add(mutation.expression)
            found.append(mutation)
    return found


def replaced(expression: Basic, path: Sequence[int], node: Basic) -> Basic:
    """The expression with another node at a site."""
    if not path:
        return node
    arguments = list(expression.args)
    arguments[path[0]] = replaced(arguments[path[0]], path[1:], node)
    # An equality that evaluates itself would be true or false instead of an equality.
    options = {"evaluate": False} if isinstance(expression, Relational) else {}
    return expression.func(*arguments, **options)


def _all(expression: Basic) -> Iterator[Mutation]:
    for what, whole in whole_changes(expression):
        yield Mutation(what, (), expression, whole, whole)
    alike = sorted(expression.atoms(Symbol, MatrixSymbol), key=str)
    for path, node, parent in _nodes(expression):
        for what, changed in changes_at(node, alike):
            try:
                whole = replaced(expression, path, changed)
                after = changed if parent is None else replaced(parent, path[-1:], changed)
            except (ShapeError, TypeError, ValueError):
                continue  # a factor without which the shapes no longer fit, a relation that is decided
            shown = (node, changed) if parent is None or not node.is_Atom else (parent, after)
            yield Mutation(what, path, *shown, whole)


def _nodes(
    expression: Basic, path: Path = (), parent: Basic | None = None
) -> Iterator[tuple[Path, Basic, Basic | None]]:
    yield path, expression, parent
    if not isinstance(expression, _OPAQUE):
        for i, argument in enumerate(expression.args):
            yield from _nodes(argument, (*path, i), expression)


def _is_formula(expression: Basic, original: Basic) -> bool:
    if expression.has(nan, zoo, oo, -oo, AccumBounds):
        return False
    return not isinstance(original, MatrixExpr) or _fits_together(expression, original)


def _fits_together(expression: Basic, original: MatrixExpr) -> bool:
    """Whether the shapes agree inside, and are those of the original outside, once the sizes are numbers."""
    sizes = {size for symbol in original.atoms(MatrixSymbol) for size in symbol.shape if isinstance(size, Symbol)}
    numbers = dict(zip(sorted(sizes, key=str), range(2, 2 + len(sizes)), strict=True))
    try:
        return bool(expression.subs(numbers).shape == original.subs(numbers).shape)
    except (ShapeError, AttributeError):
        return False
