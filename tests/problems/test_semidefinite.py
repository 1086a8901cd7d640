import flint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.problems.semidefinite import require_semidefinite


def matrix(*rows):
    return flint.fmpq_mat(
        [[flint.fmpq(*entry) if isinstance(entry, tuple) else flint.fmpq(entry) for entry in row] for row in rows]
    )


def is_semidefinite(rows):
    try:
        require_semidefinite(rows, "S")
    except InputError:
        return False
    return True


TINY = flint.fmpq(1, 10**40)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (matrix([0]), True),
        (matrix([(1, 10**40)]), True),
        (matrix([(-1, 10**40)]), False),
        (matrix([1, 1], [1, 1]), True),
        (matrix([1, 1], [1, 1 - TINY]), False),
        (matrix([0, 0], [0, 3]), True),
        (matrix([0, TINY], [TINY, 3]), False),
        (matrix([0, 0, 0], [0, 0, 1], [0, 1, 0]), False),
        (matrix([4, 2, 2], [2, 1, 1], [2, 1, 1]), True),
        (matrix([4, 2, 2], [2, 1, 1 + TINY], [2, 1 + TINY, 1]), False),
        (matrix([1, 2], [2, 1]), False),
    ],
)
def test_the_sign_is_decided_however_close_it_is(rows, expected):
    assert is_semidefinite(rows) is expected


entries = st.integers(-3, 3)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(entries, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_gram_matrix_is_semidefinite_and_less_than_nothing_of_it_is_not(rows):
    factor = flint.fmpq_mat([[flint.fmpq(entry) for entry in row] for row in rows])
    gram = factor.transpose() * factor
    assert is_semidefinite(gram)
    shifted = gram - flint.fmpq_mat(3, 3, [TINY if i == j else 0 for i in range(3) for j in range(3)])
    assert is_semidefinite(shifted) is (gram.det() != 0)  # a determinant of integers is zero or at least one


@settings(deadline=None, max_examples=60)
@given(st.lists(entries, min_size=6, max_size=6))
def test_it_agrees_with_the_signs_of_all_principal_minors(upper):
    a, b, c, d, e, f = (flint.fmpq(entry) for entry in upper)
    rows = [[a, b, c], [b, d, e], [c, e, f]]
    minors = [
        flint.fmpq_mat([[rows[i][j] for j in chosen] for i in chosen]).det()
        for chosen in ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2])
    ]
    assert is_semidefinite(flint.fmpq_mat(rows)) is all(minor >= 0 for minor in minors)


def test_the_matrix_itself_is_left_as_it_was():
    given_matrix = matrix([4, 2], [2, 3])
    require_semidefinite(given_matrix, "S")
    assert given_matrix == matrix([4, 2], [2, 3])


def test_an_asymmetric_matrix_is_refused_by_place_and_values():
    with pytest.raises(InputError, match=r"S: a symmetric matrix is required, got 0\.5 in row 2, column 1 and 0\.25"):
        require_semidefinite(matrix([1, (1, 4)], [(1, 2), 1]), "S")


def test_an_indefinite_matrix_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="S: a positive semidefinite matrix is required.*from_data"):
        require_semidefinite(matrix([1, 2], [2, 1]), "S")
