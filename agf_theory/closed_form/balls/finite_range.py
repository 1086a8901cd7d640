"""Sums and products over an explicit finite range of integers, term by term."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flint import fmpq
from sympy import Basic

from agf_theory.closed_form.balls.number import Number, whole

if TYPE_CHECKING:
    from agf_theory.closed_form.balls.evaluation import Evaluation

__all__ = ["over_range"]

_MOST_TERMS = 10_000


def over_range(node: Basic, evaluation: Evaluation, combined: Callable[[Iterable[Number]], Number]) -> Number:
    """A `Sum` or `Product` whose single range has ends that are known integers."""
    body, *ranges = node.args
    if len(ranges) != 1 or len(ranges[0]) != 3:
        raise evaluation.refusal(node, "one range with two ends is required")
    index, *ends = ranges[0]
    low, high = (whole(evaluation.number(end)) for end in ends)
    if low is None or high is None:
        raise evaluation.refusal(node, "the ends of the range must be integers, known exactly")
    if high - low >= _MOST_TERMS:
        raise evaluation.refusal(node, f"at most {_MOST_TERMS} terms are added up, got {high - low + 1}")
    if high < low - 1:
        raise evaluation.refusal(node, f"the range from {low} to {high} runs backwards")
    return combined(evaluation.with_values({index: fmpq(i)}).number(body) for i in range(low, high + 1))
