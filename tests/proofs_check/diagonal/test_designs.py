from itertools import pairwise
from random import Random

import pytest

from agf_theory.problems import zoo
from agf_theory.proofs_check.diagonal import EVERY_DESIGN, GENERIC_DESIGNS, Design
from agf_theory.proofs_check.diagonal.generic import GENERAL_POSITION, LEAVERS, in_general_position, joiners
from agf_theory.proofs_check.diagonal.limiting_path import certified_path


def drawn(kind, seed):
    return Design((kind,)).draw(Random(seed), 4)


@pytest.mark.parametrize("kind", EVERY_DESIGN)
def test_every_kind_of_design_is_drawn_exactly_and_again_from_the_same_seed(kind):
    first, second = drawn(kind, 5), drawn(kind, 5)
    assert first == second
    assert first.title == f"{kind} design"
    assert Design().holds({"problem": first})


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("few samples", lambda p: p.n < p.d),
        ("square", lambda p: p.n == p.d),
        ("gaussian", lambda p: p.n > p.d),
        ("duplicated", lambda p: p.rank < p.d),
        ("collinear", lambda p: p.rank < p.d),
        ("zero column", lambda p: not p.X.any(axis=0).all()),
        ("orthogonal", lambda p: not (p.X.T @ p.X - (p.X.T @ p.X).diagonal() * 1.0 * (p.X.T @ p.X != 0)).any()),
    ],
)
def test_a_kind_of_design_is_what_its_name_says(kind, shape):
    assert all(shape(drawn(kind, seed)) for seed in range(10))


def test_noiseless_targets_lie_in_the_column_space():
    for seed in range(5):
        problem = drawn("sparse", seed)
        path = certified_path(problem)
        if path:
            residual = problem.X @ [float(b) for b in path[-1].coefficients] - problem.y
            assert abs(residual).max() < 1e-12


def test_small_sizes_draw_few_coordinates():
    assert {Design().draw(Random(seed), 0).d for seed in range(10)} == {2}


@pytest.mark.parametrize("kinds", [EVERY_DESIGN, GENERIC_DESIGNS])
def test_a_design_demands_nothing_and_prints_apart_which_kinds_it_draws(kinds):
    assert str(Design(kinds)) == "problem: any X, y"
    assert Design(kinds).range_drawn == f"X, y {', '.join(kinds)}; 2 to 6 coordinates"


@pytest.mark.parametrize("name", LEAVERS)
def test_the_problems_that_come_first_are_in_general_position_and_have_leavers(name):
    problem = zoo.get(name)
    assert in_general_position({"problem": problem})
    path = certified_path(problem)
    assert len(joiners(path)) == len(path)
    assert any(a and not b for p, q in pairwise(path) for a, b in zip(p.coefficients, q.coefficients, strict=True))


@pytest.mark.parametrize(
    "name", ["exact-tie", "duplicate-columns", "one-coordinate", "zero-target", "waits-at-threshold"]
)
def test_ties_and_what_vanishes_by_accident_are_not_in_general_position(name):
    assert not GENERAL_POSITION.holds({"problem": zoo.get(name)})
