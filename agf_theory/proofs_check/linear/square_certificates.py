"""The certificate of LIN-02 on one residual: bound minus utility as a sum of squares, and where it vanishes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from agf_theory.proofs_check.linear.exact_algebra import kernel
from agf_theory.proofs_check.linear.factored_residual import FactoredResidual
from agf_theory.proofs_check.linear.rational_form import shifted
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector

__all__ = ["squares_item", "triangular_squares"]


def triangular_squares(form: Matrix) -> tuple[Vector, Matrix]:
    """Weights d_k and triangular f_k with Σ d_k f_k f_kᵀ the matrix of a positive semidefinite form: its L D Lᵀ.

    Examples
    --------
    >>> weights, forms = triangular_squares(((Fraction(2), Fraction(1)), (Fraction(1), Fraction(1))))
    >>> [str(weight) for weight in weights], [list(map(str, form)) for form in forms]
    (['2', '1/2'], [['1', '1/2'], ['0', '1']])
    """
    left, size = [list(row) for row in form], len(form)
    weights, forms = [], []
    for k in range(size):
        weight = left[k][k]
        entries = [Fraction(int(j == k)) if j <= k or not weight else left[k][j] / weight for j in range(size)]
        weights.append(weight)
        forms.append(tuple(entries))
        for i in range(k + 1, size):
            for j in range(k + 1, size):
                left[i][j] -= weight * entries[i] * entries[j]
    return tuple(weights), tuple(forms)


def squares_item(R: FactoredResidual, value: Fraction) -> dict[str, Any]:
    """The item of a certificate, of a residual whose largest singular value is simple and twice the value."""
    slack = shifted(R.form, 2 * value)
    weights, forms = triangular_squares(slack)
    (attained,) = kernel(slack)
    first = next(entry for entry in attained if entry)
    return {
        "residual": [list(map(str, row)) for row in R.matrix],
        "maximum": str(value),
        "weights": list(map(str, weights)),
        "forms": [list(map(str, form)) for form in forms],
        "maximiser": [str(entry / first) for entry in attained],
    }
