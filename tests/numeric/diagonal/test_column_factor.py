import numpy as np
import pytest

from agf_theory.numeric.diagonal.column_factor import ColumnFactor

ROUNDING = 1e-13  # a few hundred operations on unit columns of condition below 100


def unit_columns(rows, count, seed=0):
    columns = np.random.default_rng(seed).standard_normal((rows, count))
    return columns / np.linalg.norm(columns, axis=0)


def factor_of(columns):
    factor = ColumnFactor(*columns.shape)
    for column in columns.T:
        factor.enter(column)
    return factor


def reproduces(factor, columns):
    return np.abs(factor.orthonormal @ factor.triangle - columns).max() < ROUNDING and np.allclose(
        factor.orthonormal.T @ factor.orthonormal, np.eye(factor.size), atol=ROUNDING
    )


def test_entering_columns_factorises_them():
    columns = unit_columns(8, 5)
    factor = factor_of(columns)
    assert reproduces(factor, columns)
    assert np.array_equal(factor.triangle, np.triu(factor.triangle))


@pytest.mark.parametrize("position", [0, 2, 4])
def test_a_column_that_leaves_leaves_a_factorisation_of_the_others(position):
    columns = unit_columns(8, 5)
    factor = factor_of(columns)
    factor.solve(np.ones(5))  # a solution before must not be remembered after
    factor.leave(position)
    rest = np.delete(columns, position, axis=1)
    assert reproduces(factor, rest)
    assert factor.solve(factor.orthonormal.T @ rest[:, 1]) == pytest.approx([0, 1, 0, 0], abs=ROUNDING)
    factor.enter(columns[:, position])
    assert reproduces(factor, np.column_stack([rest, columns[:, position]]))


def test_many_changes_do_not_add_up_errors():
    rng = np.random.default_rng(1)
    columns = unit_columns(12, 30, seed=1)
    factor, inside = ColumnFactor(12, 12), []
    for _ in range(400):
        if inside and (len(inside) == 8 or rng.random() < 0.5):
            position = int(rng.integers(len(inside)))
            factor.leave(position)
            inside.pop(position)
        else:
            new = int(rng.choice([i for i in range(30) if i not in inside]))
            factor.enter(columns[:, new])
            inside.append(new)
    assert reproduces(factor, columns[:, inside])


def test_distances_are_those_from_the_span():
    factor = ColumnFactor(3, 3)
    assert factor.enter(np.array([1.0, 0, 0])) == 1
    assert factor.enter(np.array([0.6, 0.8, 0])) == pytest.approx(0.8)
    assert factor.enter(np.array([0.0, 1.0, 0])) == pytest.approx(0, abs=1e-16)


def test_a_column_in_the_span_or_beyond_the_capacity_is_not_appended():
    factor = ColumnFactor(3, 2)
    factor.enter(np.array([1.0, 0, 0]))
    assert factor.enter(np.array([1.0, 0, 0])) == 0
    assert factor.size == 1
    factor.enter(np.array([0, 1.0, 0]))
    assert factor.enter(np.array([0, 0, 1.0])) == 1
    assert factor.size == 2


def test_solutions_rows_and_norm_of_the_inverse():
    columns = unit_columns(8, 5, seed=4)
    factor = factor_of(columns)
    inverse = np.linalg.inv(factor.triangle)
    right = np.arange(5.0)
    assert factor.solve(right) == pytest.approx(inverse @ right)
    assert factor.solve_transposed(right) == pytest.approx(inverse.T @ right)
    assert factor.inverse_row(2) == pytest.approx(inverse[2])
    norm = np.linalg.norm(inverse, 2)
    estimates = [factor.inverse_norm() for _ in range(9)]
    assert all(norm / 2 < estimate <= norm * (1 + ROUNDING) for estimate in estimates)  # from below, of the right size
    assert estimates[-1] >= estimates[0]


def test_no_columns_amplify_nothing():
    factor = ColumnFactor(4, 2)
    assert factor.inverse_norm() == 1
    assert factor.solve(np.zeros(0)).shape == (0,)
