r"""The tangent kernel of a neuron from its answers alone, by differences in each weight.

Nothing here knows a derivative. The answers are of degree one in each weight, so that the error of a central
difference, a third derivative by one weight, vanishes: in fractions the kernel is exact, and in balls it is enclosed,
whatever the step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flint

from agf_theory.errors import InputError
from agf_theory.problems import SingleNeuron

__all__ = ["difference_kernel", "squared_distance"]

Kernel = list[list[Any]]
_STEP = flint.fmpq(1, 1024)  # a power of two: adding it to a weight near one rounds nothing away, in floats too
_KINDS: dict[type, Callable[[Any], Any]] = {
    flint.fmpq: flint.fmpq,
    flint.arb: flint.arb,
    float: lambda number: int(number.p) / int(number.q),
}


def difference_kernel(problem: SingleNeuron, outer: Any, inner: Sequence[Any], *, step: Any = None) -> Kernel:
    r"""Neural tangent kernel at given weights, by central differences of the n answers in each of the 1 + d weights.

    .. math:: K_{ij}=\sum_p\eta_p\,\frac{\Delta_pf_i}{2h}\frac{\Delta_pf_j}{2h},\qquad
              \Delta_pf=f(\theta+he_p)-f(\theta-he_p),\quad f_i(a,w)=a\,x_i\cdot w

    Parameters
    ----------
    problem : SingleNeuron
        Its design and its rates; the start is not looked at.
    outer : fmpq, arb or float
        The kind of number in which everything is computed.
    inner : (d,) of the same kind
    step : number of that kind, optional
        h; by default 1/1024. Exact for every step in fractions and balls; in floats the error is rounding, about
        1e-16/h of the largest answer.

    Returns
    -------
    n lists of n numbers

    Raises
    ------
    InputError
        If the weights are of another kind or number, or the step is zero.

    Examples
    --------
    >>> from flint import fmpq
    >>> problem = SingleNeuron([[1, 0], [0, 2]], [1, 0], rates=(3, 1))
    >>> difference_kernel(problem, fmpq(1, 2), [fmpq(1), fmpq(1)])
    [[13/4, 6], [6, 13]]
    """
    convert = _KINDS.get(type(outer))
    if convert is None or any(type(each) is not type(outer) for each in inner) or len(inner) != problem.d:
        raise InputError(f"weights: fmpq, arb or float, all of one kind, and {problem.d} inner ones are required")
    width = convert(_STEP) if step is None else step
    if width == 0:
        raise InputError("step: a number that is not zero is required")
    X = problem.rational_X
    design = [[convert(X[i, j]) for j in range(problem.d)] for i in range(problem.n)]
    weights = [outer, *inner]
    outer_rate, inner_rate = (convert(flint.fmpq(rate.numerator, rate.denominator)) for rate in problem.rational_rates)
    slopes = [_slope(design, weights, place, width) for place in range(len(weights))]
    rates = [outer_rate, *[inner_rate] * problem.d]
    columns = [[rate * each for each in slope] for rate, slope in zip(rates, slopes, strict=True)]
    rows = range(problem.n)
    return [[_sum(c[i] * s[j] for c, s in zip(columns, slopes, strict=True)) for j in rows] for i in rows]


def squared_distance(left: Kernel, right: Kernel) -> Any:
    """Squared Frobenius norm of the difference of two kernels.

    Examples
    --------
    >>> squared_distance([[1, 2], [2, 1]], [[1, 0], [0, 0]])
    9
    """
    gaps = [a - b for rows in zip(left, right, strict=True) for a, b in zip(*rows, strict=True)]
    return _sum(gap * gap for gap in gaps)  # a power of a ball around zero would be no number


def _answers(design: Kernel, weights: Sequence[Any]) -> list[Any]:
    outer, *inner = weights
    return [outer * _sum(x * w for x, w in zip(row, inner, strict=True)) for row in design]


def _slope(design: Kernel, weights: Sequence[Any], place: int, step: Any) -> list[Any]:
    ahead, behind = (
        _answers(design, [*weights[:place], weights[place] + shift, *weights[place + 1 :]]) for shift in (step, -step)
    )
    return [(f - b) / (2 * step) for f, b in zip(ahead, behind, strict=True)]


def _sum(terms: Any) -> Any:
    first, *rest = terms
    for term in rest:
        first = first + term
    return first
