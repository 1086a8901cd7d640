from fractions import Fraction
from random import Random

import pytest

from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.proofs_check.diagonal import EVERY_DESIGN, Design
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, first_violation
from agf_theory.proofs_check.diagonal.reference_path import (
    LONGEST,
    Knot,
    Rules,
    clip_once,
    follow,
    quadratic_of,
    signs_ignored,
)

ORTHOGONAL = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"])


def test_the_path_of_an_orthogonal_design_is_known_by_hand():
    """Gradients −1/2 and −3/2, coefficients 1 and 3: the second jumps at 2/3, the first at 2."""
    assert follow(ORTHOGONAL) == (
        Knot(Fraction(2, 3), (Fraction(1, 3), Fraction(1)), (Fraction(0), Fraction(3))),
        Knot(Fraction(2), (Fraction(1), Fraction(1)), (Fraction(1), Fraction(3))),
    )


def test_loss_and_gradient_agree_with_the_data():
    loss = quadratic_of(ORTHOGONAL)
    assert loss.gradient((Fraction(1), Fraction(0))) == (Fraction(0), Fraction(-3, 2))
    assert loss.loss((Fraction(1), Fraction(0))) == Fraction(-1, 4)  # (0 + 9)/4 − (1 + 9)/4


@pytest.mark.parametrize("seed", range(20))
def test_two_routes_to_the_limiting_path_agree_on_times_duals_and_losses(seed):
    problem = Design(EVERY_DESIGN).draw(Random(seed), 4)
    ours, theirs, loss = follow(problem), certified_path(problem), quadratic_of(problem)
    assert [(k.time, k.dual) for k in ours] == [(k.time, k.dual) for k in theirs]
    assert [loss.loss(k.coefficients) for k in ours] == [loss.loss(k.coefficients) for k in theirs]


@pytest.mark.parametrize("minimiser", [clip_once, signs_ignored])
def test_a_wrong_minimiser_is_seen_at_the_jump_where_a_coordinate_leaves(minimiser):
    problem = zoo.get("deactivation-2d")
    assert first_violation(problem, follow(problem)) == ""
    assert first_violation(problem, follow(problem, Rules(minimise=minimiser))).startswith("jump 2: ")


def test_a_wrong_minimiser_that_goes_round_in_circles_is_cut():
    paths = (follow(Design(EVERY_DESIGN).draw(Random(seed), 4), Rules(minimise=clip_once)) for seed in range(60))
    assert max(map(len, paths)) <= LONGEST


RIGHT = certified_path(ORTHOGONAL)
ONE, ZERO = Fraction(1), Fraction(0)


@pytest.mark.parametrize(
    ("path", "violation"),
    [
        ((), "after jump 0: the gradient is not zero"),
        (RIGHT[:1], "after jump 1: the gradient is not zero"),
        ((RIGHT[1], RIGHT[0]), "jump 1: coordinate 1: the dual variable is not the drifted one"),
        ((Knot(ZERO, *(getattr(RIGHT[0], f) for f in ("dual", "coefficients"))),), "jump 1: time 0 does not exceed 0"),
        ((Knot(ONE / 3, (ONE / 6, ONE / 2), (ZERO, ZERO)),), "jump 1: no coordinate reaches the boundary"),
        ((Knot(RIGHT[0].time, RIGHT[0].dual, (ONE, Fraction(3))),), "jump 1: coordinate 0: active inside the boundary"),
        ((Knot(RIGHT[0].time, RIGHT[0].dual, (ZERO, -ONE)),), "jump 1: coordinate 1: sign of the coefficient"),
        ((Knot(RIGHT[0].time, RIGHT[0].dual, (ZERO, ONE)),), "jump 1: coordinate 1: not stationary although active"),
        ((Knot(RIGHT[0].time, RIGHT[0].dual, (ZERO, ZERO)),), "jump 1: coordinate 1: the loss would fall"),
        ((Knot(RIGHT[1].time, (ONE, Fraction(3)), (ONE, Fraction(3))),), "jump 1: coordinate 1: the dual variable is"),
        ((RIGHT[0], Knot(RIGHT[1].time, RIGHT[1].dual, (Fraction(2), Fraction(3)))), "jump 2: coordinate 0: not stat"),
    ],
)
def test_each_condition_of_a_path_is_checked(path, violation):
    assert first_violation(ORTHOGONAL, path).startswith(violation)
