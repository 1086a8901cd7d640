import numpy as np
import pytest
from scipy.optimize import minimize_scalar, nnls

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.diagonal.entropic_face import entropic_minimiser

PLANE = np.array([[1, 0, 0.5], [0, 1, 0.5]])


def test_three_columns_in_the_plane_by_hand():
    # (1 − c/2)(3 − c/2) = c²: c = 2(√13 − 2)/3
    found = entropic_minimiser(PLANE, np.array([1.0, 3.0, 0.0]), np.ones(3))
    c = 2 * (np.sqrt(13) - 2) / 3
    assert found == pytest.approx([1 - c / 2, 3 - c / 2, c], rel=1e-12)


def test_it_is_the_least_entropy_of_a_one_dimensional_face():
    rng = np.random.default_rng(0)
    for _ in range(20):
        columns = rng.standard_normal((3, 4))
        signs = rng.choice([-1.0, 1.0], 4)
        point = signs * rng.uniform(0.5, 2, 4)
        direction = np.linalg.svd(columns)[2][-1]
        reach = point * signs / -(direction * signs)
        if not (reach > 0).any() or not (reach < 0).any():  # an unbounded face
            continue
        low, high = reach[reach < 0].max(), reach[reach > 0].min()

        def entropy(z, point=point, direction=direction):
            sizes = np.abs(point + z * direction)
            return float((sizes * (np.log(sizes) - 1)).sum())  # its derivative along the face is Σ ν σ log|β|

        best = minimize_scalar(entropy, bounds=(low, high), method="bounded", options={"xatol": 1e-12})
        found = entropic_minimiser(columns, point, signs)
        assert columns @ found == pytest.approx(columns @ point, abs=1e-9)
        assert (found * signs > 0).all()
        assert float(direction @ (signs * np.log(np.abs(found)))) == pytest.approx(0, abs=1e-9)
        # a minimum is found to the square root of rounding only
        assert found == pytest.approx(point + best.x * direction, abs=1e-6)


def test_the_point_does_not_depend_on_where_its_face_is_entered():
    rng = np.random.default_rng(1)
    for _ in range(20):
        columns = rng.uniform(0.2, 2, (2, 4))  # positive: the face is bounded
        inside = rng.uniform(0.5, 2, 4)
        corner, _ = nnls(columns, columns @ inside)
        assert (corner == 0).sum() >= 2
        found = entropic_minimiser(columns, corner, np.ones(4))
        assert found == pytest.approx(entropic_minimiser(columns, inside, np.ones(4)), rel=1e-8)
        assert (found > 0).all()


def test_equal_columns_share_equally():
    found = entropic_minimiser(np.array([[1.0, 1.0], [2.0, 2.0]]), np.array([3.0, 0.0]), np.ones(2))
    assert found == pytest.approx([1.5, 1.5])


def test_opposite_signs_are_respected():
    found = entropic_minimiser(np.array([[1.0, -1.0]]), np.array([3.0, 0.0]), np.array([1.0, -1.0]))
    assert found == pytest.approx([1.5, -1.5])


def test_coordinates_outside_the_kernel_stay_where_they_are():
    columns = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])
    found = entropic_minimiser(columns, np.array([2.0, 0.0, 5.0]), np.ones(3))
    assert found == pytest.approx([1, 1, 5])


def test_independent_columns_leave_the_point_alone():
    point = np.array([1.0, 2.0])
    assert entropic_minimiser(np.eye(2), point, np.ones(2)) is point


def test_a_face_that_is_a_point_on_the_boundary_has_no_interior():
    # β1 + β2 = 0 with both non-negative
    with pytest.raises(IntegrationFailed, match="a face of minimisers has no interior point"):
        entropic_minimiser(np.array([[1.0, 1.0]]), np.zeros(2), np.ones(2))
