"""The best relative loss of given incoming weights, in fractions: what a search finds becomes an exact upper bound."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import flint

__all__ = ["FrequencyKind", "best_outgoing", "exact_loss"]

FrequencyKind = Literal["generic", "quarter", "nyquist"]
Form = Sequence[Fraction]
_HALF = flint.fmpq(1, 2)


def _function(form: Form) -> list[flint.fmpq]:
    """Coefficients of the square of a form: of 1, cos 2A, sin 2A, cos 2B, sin 2B, then cos, sin of A + B and A - B."""
    a, b, c, d = (flint.fmpq(x.numerator, x.denominator) for x in form)
    means = [(a * a + b * b + c * c + d * d) * _HALF]
    doubles = [(a * a - b * b) * _HALF, a * b, (c * c - d * d) * _HALF, c * d]
    return [*means, *doubles, a * c - b * d, a * d + b * c, a * c + b * d, b * c - a * d]


def _weights(kind: FrequencyKind) -> list[flint.fmpq]:
    """Mean squares of these functions over the inputs."""
    doubles = [_HALF] * 4 if kind == "generic" else [flint.fmpq(1), flint.fmpq(0)] * 2
    return [flint.fmpq(1), *doubles, *[_HALF] * 4]


def _normal_equations(forms: Sequence[Form], kind: FrequencyKind) -> tuple[flint.fmpq_mat, flint.fmpq_mat]:
    """Gram matrix of the squares, and their products with the cosine and the sine of the sum (or the one sign)."""
    if kind == "nyquist":
        pairs = [[flint.fmpq(x.numerator, x.denominator) for x in form] for form in forms]
        functions = [[a * a + b * b, 2 * a * b] for a, b in pairs]
        weights = [flint.fmpq(1)] * 2
        targets: tuple[int, ...] = (1,)
    else:
        functions, weights, targets = [_function(form) for form in forms], _weights(kind), (5, 6)
    gram = [
        [sum((w * x * y for w, x, y in zip(weights, f, g, strict=True)), flint.fmpq(0)) for g in functions]
        for f in functions
    ]
    right = [[weights[k] * f[k] for k in targets] for f in functions]
    return flint.fmpq_mat(gram), flint.fmpq_mat(right)


def best_outgoing(forms: Sequence[Form], kind: FrequencyKind = "generic") -> list[list[Fraction]]:
    """Outgoing weights (N, 2) of the least loss, (N, 1) at the Nyquist frequency; the squares must be independent."""
    gram, right = _normal_equations(forms, kind)
    found = gram.solve(right)
    columns = right.ncols()
    return [[Fraction(int(found[i, k].p), int(found[i, k].q)) for k in range(columns)] for i in range(len(forms))]


def exact_loss(forms: Sequence[Form], kind: FrequencyKind = "generic") -> Fraction:
    """Relative loss with the best outgoing weights: one minus the share of the target that the squares span.

    >>> exact_loss([[Fraction(1), Fraction(0), Fraction(1), Fraction(0)]])
    Fraction(8, 9)
    """
    gram, right = _normal_equations(forms, kind)
    made = right.transpose() * gram.solve(right)
    share = sum((made[k, k] for k in range(right.ncols())), flint.fmpq(0))
    return 1 - Fraction(int(share.p), int(share.q))
