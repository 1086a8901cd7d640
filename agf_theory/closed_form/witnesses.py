"""Exact points at which a statement is put to the test: how a false step is refuted, with the point to show for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from random import Random

from sympy import Basic, Expr, Integer, Rational, Symbol, false, true
from sympy.core.function import AppliedUndef

from agf_theory.closed_form.balls import sign_at

__all__ = ["Point", "Probe", "edge_points", "exact_points", "probe", "with_example_functions"]

Point = Mapping[Symbol, Expr]

_SIZES = tuple(Rational(p, q) for p, q in ((1, 2), (2, 1), (1, 3), (3, 2), (1, 5), (5, 3), (3, 7), (1, 1), (7, 2)))
_NATURALS = tuple(Integer(n) for n in (1, 2, 3, 5))
_DRAWS = 400  # candidate points tried before the hypotheses are said to have no instance
_DRAWS_AT_AN_EDGE = 25


def exact_points(symbols: Iterable[Symbol], where: Iterable[Basic] = (), *, count: int = 5) -> list[Point]:
    """Up to `count` rational points that meet the assumptions of the symbols and the relations `where`.

    The same points on every call. Fewer than `count`, possibly none, if the relations are hard to meet by chance.
    """
    return list(islice(_draw(sorted(symbols, key=str), tuple(where)), count))


def edge_points(symbols: Iterable[Symbol], where: Iterable[Basic] = ()) -> list[Point]:
    """Points at which a symbol is zero that may be: one for each such symbol, then one at which all of them are.

    By chance no symbol is ever zero, and a formula that is wrong there alone would pass. Points that the relations
    exclude, or hardly ever allow, are left out.
    """
    ordered, relations = sorted(symbols, key=str), tuple(where)
    vanishing = [symbol for symbol in ordered if symbol.is_zero is None]
    edges = [(symbol,) for symbol in vanishing] + [tuple(vanishing)] * (len(vanishing) > 1)
    found: list[Point] = []
    for edge in edges:
        zeros: dict[Symbol, Expr] = dict.fromkeys(edge, Integer(0))
        left = [relation.subs(zeros) for relation in relations]
        if false not in left:
            others = [symbol for symbol in ordered if symbol not in zeros]
            found += [{**zeros, **point} for point in islice(_draw(others, tuple(left), _DRAWS_AT_AN_EDGE), 1)]
    return found


def _draw(symbols: list[Symbol], where: tuple[Basic, ...], draws: int = _DRAWS) -> Iterator[Point]:
    random = Random(0)
    pools = [_pool(symbol) for symbol in symbols]
    for _ in range(draws):
        point = {symbol: random.choice(pool) for symbol, pool in zip(symbols, pools, strict=True)}
        if all(relation.subs(point) == true for relation in where):
            yield point


def _pool(symbol: Symbol) -> tuple[Expr, ...]:
    sizes = _NATURALS if symbol.is_integer else _SIZES
    return sizes if symbol.is_nonnegative else sizes + tuple(-size for size in sizes)


def with_example_functions(expression: Expr) -> Expr:
    """The expression with every undefined function replaced by a polynomial, and its derivatives taken.

    What holds for every function holds for this one; so one counterexample with it refutes.
    """
    functions = sorted({applied.func for applied in expression.atoms(AppliedUndef)}, key=str)
    for shift, function in enumerate(functions, start=1):
        expression = expression.replace(function, _example(shift))
    return expression.doit() if functions else expression


def _example(shift: int) -> Callable[..., Expr]:
    def polynomial(*arguments: Expr) -> Expr:
        return Integer(shift) + sum((i * x + x**2 for i, x in enumerate(arguments, start=2)), Integer(0))

    return polynomial


@dataclass(frozen=True)
class Probe:
    """What a look at exact points found: the first that refutes, if any, and at how many the expression is defined."""

    counterexample: Point | None
    defined: int


def probe(expression: Expr, points: Iterable[Point], *, refuting_signs: tuple[int, ...]) -> Probe:
    """Look at the expression at exact points, up to the first where it certainly has one of the signs."""
    example, defined = with_example_functions(expression), 0
    for point in points:
        sign = sign_at(example, point)
        if sign in refuting_signs:
            return Probe(point, defined + 1)
        defined += sign is not None
    return Probe(None, defined)
