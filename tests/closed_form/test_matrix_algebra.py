"""Matrix expressions multiplied out, differentiated, and told from zero."""

import pytest
from sympy import BlockDiagMatrix, BlockMatrix, HadamardProduct, Identity, Matrix, MatrixSymbol, Rational, Symbol
from sympy import ZeroMatrix as Zero

from agf_theory.closed_form.matrices import with_matrices
from agf_theory.closed_form.matrix_algebra import is_zero_matrix, multiplied_out, velocity

n, m = (Symbol(name, integer=True, positive=True) for name in ("n", "m"))
A, B, C = (MatrixSymbol(name, n, n) for name in "ABC")
Y = MatrixSymbol("Y", n, m)
x = Symbol("x", real=True)


def test_products_do_not_commute():
    assert not is_zero_matrix(A * B - B * A)
    assert is_zero_matrix((A + B) ** 2 - A**2 - B**2 - A * B - B * A)


def test_numbers_are_collected():
    assert is_zero_matrix((x + 1) * A * B - x * A * B - A * B)
    assert not is_zero_matrix(Rational(1, 2) * A - Rational(1, 3) * A)


def test_transposes_turn_products_round():
    assert is_zero_matrix((A * Y).T - Y.T * A.T)
    assert is_zero_matrix((A.I * B).T - B.T * A.T.I)
    assert not is_zero_matrix(A.T - A)


def test_inverses_of_equal_matrices_are_equal_and_nothing_more_is_known_of_them():
    assert is_zero_matrix((A + B).I * C - (B + A).I * C)
    assert not is_zero_matrix((A + B).I - A.I - B.I)


def test_blocks_vanish_one_by_one():
    first = BlockMatrix([[A, B], [B.T, C]])
    mirror = BlockDiagMatrix(Identity(n), -Identity(n))
    assert is_zero_matrix(mirror * first * mirror - BlockMatrix([[A, -B], [-B.T, C]]))
    assert not is_zero_matrix(mirror * first - first * mirror)


def test_other_nodes_are_refused():
    with pytest.raises(NotImplementedError, match="sum, product, power, transpose or inverse is required"):
        multiplied_out(HadamardProduct(A, B))
    with pytest.raises(NotImplementedError, match="is required"):
        velocity(HadamardProduct(A, B), {A: C})


def test_velocities_obey_the_product_rule():
    assert is_zero_matrix(velocity(A * B * A, {A: C}) - C * B * A - A * B * C)
    assert is_zero_matrix(velocity(A**3, {A: C}) - C * A**2 - A * C * A - A**2 * C)
    assert is_zero_matrix(velocity(Y.T * A * Y, {Y: A * Y}) - Y.T * A.T * A * Y - Y.T * A * A * Y)
    assert velocity(B + Identity(n), {A: C}) == Zero(n, n)


def test_the_velocity_of_an_inverse_keeps_its_product_with_the_matrix():
    """(X X⁻¹)' = 0, for matrices of numbers."""
    X, V = Matrix([[2, 1], [0, 3]]), Matrix([[1, 4], [5, 6]])
    rate = with_matrices(velocity(A.I, {A: B}), {A: X, B: V})
    assert V * X.inv() + X * rate == Matrix.zeros(2, 2)


def test_expressions_have_the_values_of_their_matrices():
    X, V = Matrix([[2, 1], [0, 3]]), Matrix([[1, 4], [5, 6]])
    assert with_matrices(A.T * B - 2 * A**2 + Identity(n), {A: X, B: V}) == X.T * V - 2 * X**2 + Matrix.eye(2)
    block = BlockMatrix([[A, B], [Zero(n, n), A.I]])
    found = with_matrices(block, {A: X, B: V})
    assert found[:2, 2:] == V
    assert found[2:, 2:] == X.inv()
