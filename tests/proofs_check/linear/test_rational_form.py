"""Values of formulas in fractions."""

from fractions import Fraction

import sympy
from sympy import Identity, MatrixSymbol, Symbol, ZeroMatrix

from agf_theory.proofs_check.linear.rational_form import as_matrix, matrix_value, rational_value, shifted
from agf_theory.proofs_check.strategies.rational_matrix import matrix

n, m, h = Symbol("n", integer=True, positive=True), Symbol("m", integer=True, positive=True), Symbol("h")
A, B = MatrixSymbol("A", n, m), MatrixSymbol("B", n, n)
DATA = {"A": matrix([[1, 2, 3], [4, 5, 6]]), "B": matrix([[0, 1], [2, 3]])}


def test_every_kind_of_node_agrees_with_sympy():
    expression = h * B**2 + A * A.T - 2 * Identity(n) + B.T
    explicit = {name: as_matrix(rows) for name, rows in DATA.items()}
    b, a = explicit["B"], explicit["A"]
    expected = sympy.Rational(1, 3) * b**2 + a * a.T - 2 * sympy.eye(2) + b.T
    found = matrix_value(expression, DATA, {h: Fraction(1, 3)})
    assert as_matrix(found) == expected


def test_zero_has_the_size_its_matrices_tell():
    assert matrix_value(A * A.T - A * A.T + B - B, DATA) is None  # SymPy drops the matrices, and with them the size
    assert matrix_value(sympy.MatAdd(B, ZeroMatrix(n, n)), DATA) == DATA["B"]


def test_what_does_not_fit_has_no_value():
    other = MatrixSymbol("A", n, n) * MatrixSymbol("B", n, n)
    assert matrix_value(other, DATA) is None


def test_an_irrational_factor_has_no_value():
    assert matrix_value(sympy.sqrt(2) * B, DATA) is None
    assert rational_value(sympy.sqrt(h), {h: Fraction(2)}) is None
    assert rational_value(sympy.sqrt(h), {h: Fraction(4)}) == 2


def test_shifted_is_a_multiple_of_one_less_the_form():
    assert shifted(DATA["B"], Fraction(5)) == matrix([[5, -1], [-2, 2]])
