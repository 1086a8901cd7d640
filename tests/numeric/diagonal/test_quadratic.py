from flint import fmpq, fmpq_mat

from agf_theory.numeric.diagonal.quadratic import ExactQuadratic, submatrix
from agf_theory.problems import DiagonalNetwork

QUADRATIC = ExactQuadratic.of(DiagonalNetwork([[1, 2], [0, 1], [1, 0]], [1, 1, "1/2"]))


def test_gram_linear_and_constant_by_hand():
    assert QUADRATIC.gram == fmpq_mat(2, 2, [fmpq(2, 3), fmpq(2, 3), fmpq(2, 3), fmpq(5, 3)])
    assert QUADRATIC.linear.entries() == [fmpq(1, 2), fmpq(1)]
    assert (QUADRATIC.constant, QUADRATIC.dimension) == (fmpq(3, 4), 2)


def test_loss_and_gradient_are_those_of_the_residual():
    # β = (1, 1): residual (2, 0, 1/2), loss (4 + 1/4)/6, gradient Xᵀr/3 = (5/2, 4)/3
    point = fmpq_mat(2, 1, [1, 1])
    assert QUADRATIC.loss(point) == fmpq(17, 24)
    assert QUADRATIC.gradient(point).entries() == [fmpq(5, 6), fmpq(4, 3)]
    assert QUADRATIC.loss(fmpq_mat(2, 1)) == QUADRATIC.constant / 2


def test_a_submatrix_keeps_the_order_asked_for():
    matrix = fmpq_mat(3, 3, range(9))
    assert submatrix(matrix, (2, 0), (1,)).entries() == [fmpq(7), fmpq(1)]
    assert submatrix(matrix, (), (1,)).nrows() == 0
