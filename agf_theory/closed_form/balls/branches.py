"""Conditions on numbers with three answers, and the functions that go by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import sympy
from flint import arb
from sympy import Basic

from agf_theory.closed_form.balls.number import Number, both, less, less_or_equal

if TYPE_CHECKING:
    from agf_theory.closed_form.balls.evaluation import Evaluation

__all__ = ["holds", "piecewise"]


def _equal(left: Number, right: Number) -> bool | None:
    at = less_or_equal(left, right), less_or_equal(right, left)
    return both(*at)


def _unequal(left: Number, right: Number) -> bool | None:
    return _not(_equal(left, right))


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


_RELATIONS: dict[type, Callable[[Number, Number], bool | None]] = {
    sympy.StrictLessThan: less,
    sympy.LessThan: less_or_equal,
    sympy.StrictGreaterThan: lambda left, right: less(right, left),
    sympy.GreaterThan: lambda left, right: less_or_equal(right, left),
    sympy.Equality: _equal,
    sympy.Unequality: _unequal,
}


def holds(condition: Basic, evaluation: Evaluation) -> bool | None:
    """Whether a condition holds; None if balls cannot tell."""
    if condition in (sympy.true, sympy.false):
        return bool(condition)
    kind = type(condition)
    if kind in _RELATIONS:
        return _RELATIONS[kind](*(evaluation.number(side) for side in condition.args))
    answers = (holds(part, evaluation) for part in condition.args)
    if kind is sympy.And:
        return both(*answers)
    if kind is sympy.Or:
        return _not(both(*(_not(answer) for answer in answers)))
    if kind is sympy.Not:
        return _not(next(answers))
    raise evaluation.refusal(condition, "no condition that is decided here")


def piecewise(node: Basic, evaluation: Evaluation) -> Number:
    """The first branch whose condition holds; the union with the branches before it that balls leave open."""
    possible: list[Number] = []
    for value, condition in node.args:
        answer = holds(condition, evaluation)
        if answer is False:
            continue
        if answer is None:
            evaluation.undecided(condition)
        possible.append(evaluation.number(value))
        if answer:
            return _hull(possible)
    return arb.nan()  # no branch is certain to apply: the function may have no value


def _hull(numbers: Iterable[Number]) -> Number:
    first, *others = numbers
    if not others:
        return first
    hull = arb(first)
    for other in others:
        hull = hull.union(arb(other))
    return hull
