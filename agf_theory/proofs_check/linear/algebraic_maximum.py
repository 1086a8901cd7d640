"""The largest utility where the largest singular value is irrational: decided in its number field."""

from __future__ import annotations

from fractions import Fraction

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.exact_algebra import exact, real_roots

__all__ = ["algebraic_maximum"]

Rows = tuple[tuple[Fraction, ...], ...]


def algebraic_maximum(value: Expr, rows: Rows) -> Evidence:
    """Whether the value, a function of σ_1, is the largest utility on the unit sphere under an integer residual R.

    σ_1 is the largest root of det(x² − R Rᵀ), in the field of its minimal polynomial m. The value V is a critical value
    iff det(2V − M) vanishes modulo m, exactly; and it is the largest iff no root of det(x − M), each in a ball of its
    own, lies above.

    Parameters
    ----------
    value : Expr in sigma_1
    rows : c rows of d integers
    """
    matrix = exact(rows)
    squares = (matrix * matrix.transpose()).charpoly()
    in_sigma = squares(flint.fmpq_poly([0, 0, 1]))
    minimal, largest = _largest_factor(in_sigma)
    c, d = matrix.nrows(), matrix.ncols()
    form = flint.fmpq_mat(c + d, c + d)
    for i in range(c):
        for j in range(d):
            form[i, c + j] = form[c + j, i] = matrix[i, j]
    critical = form.charpoly()
    witness = {"R": rows, "minimal polynomial of σ_1": str(minimal), "claimed": str(value)}
    with flint.ctx.workprec(PRECISION):
        doubled = 2 * ball_value(value, {sym.sigma_1: largest})
        roots = real_roots(critical.numer())
    if not any(root.overlaps(doubled) for root in roots):
        return Evidence.refuted("the value is no critical value of the utility", witness, instances=1)
    if any(root > doubled for root in roots):
        return Evidence.refuted("a critical value of the utility is larger", witness, instances=1)
    polynomial = _in_sigma(value)
    if polynomial is None:
        return Evidence.inconclusive("the value is no polynomial in σ_1: its field was not entered")
    remainder = critical(2 * polynomial) % flint.fmpq_poly(minimal)
    if any(remainder.coeffs()):
        return Evidence.refuted("the value is no critical value of the utility", witness, instances=1)
    detail = "bound minus utility is semidefinite and singular, in the number field of σ_1"
    return Evidence.of(Level.EXACT, detail, instances=1, degree=minimal.degree())


def _largest_factor(polynomial: flint.fmpq_poly) -> tuple[flint.fmpz_poly, flint.arb]:
    """The irreducible factor with the largest real root, and a ball around that root."""
    with flint.ctx.workprec(PRECISION):
        found = [(factor, root) for factor, _ in polynomial.numer().factor()[1] for root in real_roots(factor)]
    factor, largest = max(found, key=lambda pair: float(pair[1].mid()))
    assert all(root < largest for other, root in found if root is not largest), "roots in balls of their own"
    return factor, largest


def _in_sigma(value: Expr) -> flint.fmpq_poly | None:
    try:
        coefficients = sympy.Poly(value, sym.sigma_1, domain=sympy.QQ).all_coeffs()
    except sympy.PolynomialError:
        return None
    return flint.fmpq_poly([flint.fmpq(int(q.p), int(q.q)) for q in reversed(coefficients)])
