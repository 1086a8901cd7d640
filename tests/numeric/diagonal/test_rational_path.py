import pytest
from flint import arb, fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.numeric.diagonal.quadratic import ExactQuadratic, submatrix
from agf_theory.numeric.diagonal.rational_path import RationalPath, ScalarPath
from agf_theory.problems import DiagonalNetwork, zoo


def path_of(problem):
    return RationalPath(ExactQuadratic.of(problem))


class PlainPath(ScalarPath):
    """Plain lists of rationals, no common denominators and no balls: the generic code that balls run through."""

    def sign(self, value, neurons, what):
        return (value > 0) - (value < 0)

    def restricted_minimiser(self):
        gram = submatrix(self.quadratic.gram, self.support, self.support)
        return gram.solve(submatrix(self.quadratic.linear, self.support, (0,))).entries()

    def accept(self, trial):
        point = fmpq_mat(self.quadratic.dimension, 1)
        for i, value in zip(self.support, trial, strict=True):
            self.coefficients[i] = point[i, 0] = value
        self.gradient = self.quadratic.gradient(point).entries()


def test_the_state_after_the_first_step_by_hand():
    path = path_of(DiagonalNetwork([[1, 0], [0, 1]], [1, 3]))
    assert path.step()
    assert (path.time, list(path.dual), path.coefficients) == (fmpq(2, 3), [fmpq(1, 3), fmpq(1)], [fmpq(0), fmpq(3)])
    assert list(path.gradient) == [fmpq(-1, 2), fmpq(0)]
    assert (path.support, path.bound) == ([1], {1: 1})


def test_at_the_end_a_step_changes_nothing():
    path = path_of(zoo.get("one-coordinate"))
    assert path.step()
    time = path.time
    assert not path.step()
    assert (path.time, path.support) == (time, [0])


@given(data=st.data())
def test_common_denominators_and_balls_change_no_step_of_the_plain_algorithm(data, small_designs):
    problem = data.draw(small_designs)
    fast, plain = path_of(problem), PlainPath(ExactQuadratic.of(problem))
    while plain.step():
        assert fast.step()
        assert (fast.time, list(fast.dual), list(fast.gradient)) == (plain.time, list(plain.dual), list(plain.gradient))
        assert fast.bound == plain.bound
    assert not fast.step()


def test_rivals_are_settled_exactly_where_balls_overlap():
    tie, near = path_of(zoo.get("tie-one-stays-at-zero")), path_of(zoo.get("tie-below-floats"))
    assert set(tie.first_hit()[1]) == {0, 1}
    duration, hits = near.first_hit()
    assert hits == {0: 1}
    assert arb(duration).overlaps(arb(duration + fmpq(1, 10**30)))


@pytest.mark.parametrize("name", ["two-leavers", "two-leavers-degenerate", "waits-at-threshold", "reactivation"])
def test_bound_coordinates_are_those_whose_dual_is_one_in_size(name):
    path = path_of(zoo.get(name))
    while path.step():
        assert path.bound == {i: int(s.p) for i, s in enumerate(path.dual) if abs(s) == 1}
        assert set(path.support) == {i for i, value in enumerate(path.coefficients) if value}
