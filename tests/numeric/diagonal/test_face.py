from itertools import combinations

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.numeric.diagonal.face import face_is_a_point, kernel, least_norm_on_face
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.diagonal.rational_path import nonnegative_minimiser
from agf_theory.problems import DiagonalNetwork, zoo

small = st.integers(-2, 2)


def matrices(rows, columns):
    return st.lists(small, min_size=rows * columns, max_size=rows * columns).map(
        lambda entries: fmpq_mat(rows, columns, entries)
    )


def floats(matrix):
    return np.array([[float(fmpq(v)) for v in row] for row in matrix.tolist()]).reshape(matrix.nrows(), matrix.ncols())


def widest_move(X, signs, positive):
    """How far a minimiser can be moved along ker X: free where it is positive, inwards elsewhere; a linear program."""
    d = len(signs)
    best = 0.0
    for i in range(d):
        for direction in (1, -1):
            bounds = [(-1, 1) if j in positive else ((0, 1) if signs[j] > 0 else (-1, 0)) for j in range(d)]
            cost = np.zeros(d)
            cost[i] = -direction
            best = max(best, -linprog(cost, A_eq=X, b_eq=np.zeros(len(X)), bounds=bounds, method="highs").fun)
    return best


def least_norm_by_all_supports(X, point, signs):
    """Of every support's least-norm point with the same fit and the right signs, the shortest."""
    d, fit, best = len(signs), X @ point, point
    for size in range(d + 1):
        for support in map(list, combinations(range(d), size)):
            trial = np.zeros(d)
            trial[support] = np.linalg.lstsq(X[:, support], fit, rcond=None)[0]
            if np.abs(X @ trial - fit).max() < 1e-9 and (trial * signs > -1e-9).all() and trial @ trial < best @ best:
                best = trial
    return best


@given(matrix=matrices(3, 4))
def test_the_kernel_is_the_whole_null_space(matrix):
    basis = kernel(matrix)
    assert (basis.ncols(), basis.rank()) == (4 - matrix.rank(),) * 2
    assert not any((matrix * basis).entries())


def test_a_regular_matrix_has_an_empty_kernel():
    assert kernel(fmpq_mat(2, 2, [1, 1, 0, 1])).ncols() == 0


@given(data=st.data(), X=matrices(2, 4))
def test_uniqueness_is_what_a_linear_program_says_and_least_norm_what_all_supports_say(data, X):
    gram = X.transpose() * X
    signs = dict(enumerate(data.draw(st.lists(st.sampled_from((-1, 1)), min_size=4, max_size=4))))
    # a vertex of a face: independent columns with coefficients of the right signs
    support = []
    for i in data.draw(st.permutations(range(4))):
        trial = [*support, i]
        if fmpq_mat(2, len(trial), [X[k, j] for k in range(2) for j in trial]).rank() == len(trial):
            support = trial
    support = support[: data.draw(st.integers(0, len(support)))]
    vertex = {i: fmpq(signs[i] * data.draw(st.integers(1, 3))) for i in support}
    others = {i: sign for i, sign in signs.items() if i not in support}
    unique = face_is_a_point(gram, support, others)
    sign_vector = np.array([signs[i] for i in range(4)])
    assert unique == (widest_move(floats(X), sign_vector, set(support)) < 1e-7)  # vertices of small integers
    best = least_norm_on_face(gram, vertex, signs)
    point = np.array([float(vertex.get(i, fmpq(0))) for i in range(4)])
    expected = least_norm_by_all_supports(floats(X), point, sign_vector)
    assert [float(best[i]) for i in range(4)] == pytest.approx(expected.tolist(), abs=1e-7)
    moved = fmpq_mat(4, 1, [best[i] - vertex.get(i, fmpq(0)) for i in range(4)])
    assert not any((X * moved).entries())
    assert all(best[i] * signs[i] >= 0 for i in range(4))


def test_independent_columns_make_a_face_a_point():
    gram = fmpq_mat(3, 3, [2, 1, 0, 1, 2, 1, 0, 1, 2])
    assert face_is_a_point(gram, [0], {1: 1, 2: -1}) is True
    assert face_is_a_point(gram, [], {2: 1}) is True


def test_without_other_coordinates_a_face_is_a_point():
    assert face_is_a_point(fmpq_mat(1, 1, [1]), [0], {})


def test_least_norm_in_the_plane_by_hand():
    # (1, 3, 0) + z (-1/2, -1/2, 1): norm least at 3z/2 = 2, z = 4/3
    quadratic = ExactQuadratic.of(zoo.get("non-unique-face"))
    best = least_norm_on_face(quadratic.gram, {0: fmpq(1), 1: fmpq(3)}, {0: 1, 1: 1, 2: 1})
    assert best == {0: fmpq(1, 3), 1: fmpq(7, 3), 2: fmpq(4, 3)}


def test_signs_can_keep_the_least_norm_on_the_boundary():
    # fit 1 with columns 1 and 2, second sign reversed: (1, 0) although (1/5, 2/5) is shorter
    gram = fmpq_mat(2, 2, [1, 2, 2, 4])
    assert least_norm_on_face(gram, {0: fmpq(1)}, {0: 1, 1: -1}) == {0: fmpq(1), 1: fmpq(0)}
    assert least_norm_on_face(gram, {0: fmpq(1)}, {0: 1, 1: 1}) == {0: fmpq(1, 5), 1: fmpq(2, 5)}


def test_times_and_losses_do_not_depend_on_the_choice_of_minimiser():
    problem = zoo.get("duplicate-columns")
    merged = DiagonalNetwork([[1, 0], [2, 1], [0, 1]], [1, 3, 2])
    whole, single = pesme_flammarion(problem, arithmetic="exact"), pesme_flammarion(merged, arithmetic="exact")
    assert list(whole.jump_times) == list(single.jump_times)
    assert list(whole.loss_levels) == list(single.loss_levels)
    assert all(row[0] == row[1] for row in whole.saddles)


@given(X=matrices(3, 3), y=matrices(3, 1))
def test_the_nonnegative_minimiser_satisfies_its_optimality_conditions(X, y):
    gram, linear = X.transpose() * X, X.transpose() * y
    values = nonnegative_minimiser(gram, linear)
    gradient = (gram * fmpq_mat(3, 1, values) - linear).entries()
    assert all(v >= 0 for v in values)
    assert all(g >= 0 for g in gradient)
    assert all(v * g == 0 for v, g in zip(values, gradient, strict=True))
