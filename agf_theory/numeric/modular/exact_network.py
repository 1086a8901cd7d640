"""A network of neurons on all pairs, in exact numbers and by the definition: what closed forms are held against.

Numbers may be fractions, FLINT rationals or elements of one cyclotomic field; nothing here knows a Fourier transform.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flint

__all__ = ["loss_sum", "shifted_products", "utility_sum"]

Vector = Sequence[Any]


def shifted_products(weights: Vector, template: Vector) -> list[Any]:
    r"""(p,) the products :math:`u\cdot x_a=\sum_ju_jx_{j-a}`, a = 0, ..., p - 1."""
    p = len(template)
    return [_sum(weights[j] * template[(j - a) % p] for j in range(p)) for a in range(p)]


def utility_sum(template: Vector, u: Vector, v: Vector, w: Vector) -> Any:
    r""":math:`\sum_{a,b}(u\cdot x_a+v\cdot x_b)^2\,w\cdot x_{a+b}`, pair by pair.

    >>> utility_sum([1, -1], [1, 0], [1, 0], [1, -1])
    16
    """
    p = len(template)
    into_u, into_v, out = (shifted_products(weights, template) for weights in (u, v, w))
    return _sum(_square(into_u[a] + into_v[b]) * out[(a + b) % p] for a in range(p) for b in range(p))


def loss_sum(template: Vector, target: Vector, neurons: Sequence[tuple[Vector, Vector, Vector]]) -> Any:
    r""":math:`\sum_{a,b}\|y_{a+b}-f(x_a,x_b)\|^2` for a target with shifts :math:`y_c[j]=y[j-c]`, pair by pair."""
    p = len(template)
    inputs = [(shifted_products(u, template), shifted_products(v, template), w) for u, v, w in neurons]
    total = []
    for a in range(p):
        for b in range(p):
            strengths = [_square(into_u[a] + into_v[b]) for into_u, into_v, _ in inputs]
            for j in range(p):
                output = _sum(strength * w[j] for strength, (_, _, w) in zip(strengths, inputs, strict=True))
                total.append(_square(target[(j - a - b) % p] - output))
    return _sum(total)


def _square(number: Any) -> Any:
    return number * number  # a power of a ball around zero would be no number


def _sum(terms: Any) -> Any:
    found = None
    for term in terms:
        found = term if found is None else found + term
    return flint.fmpq(0) if found is None else found
