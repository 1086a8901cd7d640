import pytest
from flint import arb, ctx

from agf_theory.numeric.diagonal.ball_path import BallPath
from agf_theory.numeric.diagonal.pesme_flammarion import _balls, _spanning_face_is_a_point
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.diagonal.saddle_path import Undecidable
from agf_theory.problems import DiagonalNetwork, zoo


def path_of(problem):
    return BallPath(ExactQuadratic.of(problem))


def test_a_ball_about_zero_decides_nothing():
    path = path_of(zoo.get("one-coordinate"))
    assert [path.sign(arb(value), (0,), "it") for value in (2, -2, 0)] == [1, -1, 0]
    with pytest.raises(Undecidable, match="it is not decided by a ball of radius 1.0e-03 about zero") as caught:
        path.sign(arb(0, 1e-3), (2, 0), "it")
    assert caught.value.neurons == (0, 2)


def test_exact_ties_stay_undecided_at_every_precision():
    for bits in (64, 256, 1024):
        with ctx.workprec(bits), pytest.raises(Undecidable, match="the order of hitting is not decided"):
            _balls(DiagonalNetwork([[1, 0, 1], [0, 1, 3], [1, 3, 0]], ["1/3", "1/3", 0]))


def test_near_ties_are_decided_by_enough_bits():
    problem = zoo.get("tie-below-floats")
    with ctx.workprec(64), pytest.raises(Undecidable, match="the order of hitting"):
        _balls(problem)
    with ctx.workprec(256):
        sequence = _balls(problem)
    assert [event.entered for event in sequence.events] == [(0,), (1,)]
    assert sequence.unique == (True, True)


def test_nearly_dependent_columns_need_more_bits():
    problem = DiagonalNetwork([[1, 1], [0, "1e-30"]], [1, "1e-15"])
    with ctx.workprec(64), pytest.raises(Undecidable, match="independence of the active columns|not decided"):
        _balls(problem)
    with ctx.workprec(512):
        sequence = _balls(problem)
    assert len(sequence) == 2
    assert sequence.saddles[1][1].overlaps(arb(10) ** 15)


def test_active_columns_that_balls_cannot_tell_from_dependent_are_undecided():
    path = path_of(DiagonalNetwork([[1, 1], [0, "1e-30"]], [1, 1]))
    path.support = [0, 1]
    with ctx.workprec(64), pytest.raises(Undecidable, match="independence of the active columns is not decided"):
        path.restricted_minimiser()


def test_the_order_of_leaving_can_be_undecided():
    path = path_of(zoo.get("two-leavers"))
    path.support, path.bound = [0, 1], {0: 1, 1: 1}
    path.coefficients = [arb(1), arb(1), arb(0)]
    with pytest.raises(Undecidable, match="the order of leaving"):
        path.move_towards([arb(-1, 1e-3), arb(-1, 1e-3)])


def test_a_face_with_several_minimisers_is_left_to_exact_arithmetic():
    # one after the other, until two columns span the plane and the third waits at its bound
    problem = DiagonalNetwork([[1, 0, 1], [0, 1, 1]], ["1/3", "2/3"])
    path = path_of(problem)
    path.support, path.bound, path.gradient = [0, 1], {0: 1, 1: 1, 2: 1}, [arb(0)] * 3
    with pytest.raises(Undecidable, match="a face with several minimisers needs exact arithmetic") as caught:
        _spanning_face_is_a_point(path)
    assert caught.value.neurons == (2,)
    with ctx.workprec(128), pytest.raises(Undecidable, match="is not decided by a ball"):
        _balls(zoo.get("non-unique-face"))


def test_the_gradient_is_exactly_zero_once_the_support_spans_the_columns():
    path = path_of(zoo.get("wide"))
    with ctx.workprec(128):
        while path.step():
            pass
    assert len(path.support) == path.rank == 4
    assert all(value == 0 for value in path.gradient)
