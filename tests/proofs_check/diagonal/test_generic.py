import itertools
from fractions import Fraction

import numpy as np
import pytest

from agf_theory.problems import DiagonalNetwork, InitScale, zoo
from agf_theory.proofs_check import get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal import generic
from agf_theory.proofs_check.diagonal.generic import LEAVERS, Flow, flow_jumps, joiners
from agf_theory.proofs_check.diagonal.limiting_path import certified_path
from agf_theory.proofs_check.diagonal.reference_path import Knot

A, B, BOTH, NOBODY = frozenset({0}), frozenset({1}), frozenset({0, 1}), frozenset()


def flow(*entered):
    count = len(entered)
    return Flow(np.arange(count), np.arange(count), entered, np.arange(count), np.zeros((count, 2)))


@pytest.mark.parametrize(
    ("entered", "order", "follows"),
    [
        ((A, B), [A, B], True),
        ((A, BOTH), [A, B], True),  # whoever is still on the way may count as entered
        ((B, A), [A, B], False),
        ((A, A), [A, B], False),
        ((B, B), [A, B], False),
        ((A,), [A, B], False),
        ((A, B, A), [A, B], False),
        ((A, NOBODY), [A, NOBODY], True),
        ((), [], True),
    ],
)
def test_a_flow_follows_an_order_if_everybody_enters_at_his_jump(entered, order, follows):
    assert flow(*entered).follows(order) is follows


def test_those_who_enter_are_told_jump_by_jump():
    path = [Knot(1, (1, 0), (2, 0)), Knot(2, (1, 1), (0, 3)), Knot(3, (1, 1), (1, 3))]
    assert joiners(path) == [A, B, A]


@pytest.mark.parametrize("name", LEAVERS)
def test_problems_with_leavers_are_in_general_position_and_a_coordinate_leaves(name):
    problem = zoo.get(name)
    assert generic.in_general_position({"problem": problem})
    path = certified_path(problem)
    active = [frozenset(i for i, b in enumerate(knot.coefficients) if b) for knot in path]
    assert any(before - after for before, after in itertools.pairwise(active))


@pytest.mark.parametrize(
    ("knots", "quiet"),
    [
        (((0, 0), (1, 0), ("9/10", 0)), True),
        (((0, "19/20"), (1, "19/20"), (1, 0)), True),
        (((0, "19/20"), (1, "191/200"), (1, 0)), False),  # beside the joiner when it joins
        (((0, "97/100"), (1, "90/100"), (1, 0)), True),  # in the middle 93.5/100
        (((0, -1), (1, "-91/100"), (1, 0)), False),  # in the middle −95.5/100
    ],
)
def test_a_plateau_is_quiet_if_dormant_duals_stay_away_from_one(knots, quiet):
    before, after, beta = (tuple(map(Fraction, entries)) for entries in knots)
    start, end = Knot(Fraction(0), before, (Fraction(0),) * 2), Knot(Fraction(1), after, beta)
    assert generic._quiet_between(start, end) is quiet


@pytest.mark.parametrize(
    ("coefficients", "duration", "settles"),
    [
        (("1", "0"), "161/1000", True),  # of rate 2 · 1/n = 1: half of the plateau is α^0.0805
        (("1", "0"), "159/1000", False),
        (("-1", "0"), "161/1000", True),
        (("1", "1/4"), "161/1000", False),  # the slower of two coordinates counts
        (("1", "1/4"), "644/1000", True),
        (("1", "1/4"), "636/1000", False),
    ],
)
def test_a_plateau_is_long_if_the_slowest_active_coefficient_comes_to_rest(coefficients, duration, settles):
    problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "1"])
    zero, beta = (Fraction(0),) * 2, tuple(map(Fraction, coefficients))
    before, after = Knot(Fraction(1), zero, beta), Knot(1 + Fraction(duration), zero, zero)
    assert generic._settles(problem, before, after) is settles


def test_designs_out_of_reach_of_doubles_are_not_drawn():
    near = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "1/2"])
    ill = DiagonalNetwork([["1", "0"], ["0", "1/200"]], ["1", "1"])
    late = DiagonalNetwork([["1", "0"], ["0", "1/20"]], ["1", "1/100"])
    still = DiagonalNetwork([["1", "0"], ["0", "1"]], ["0", "0"])
    assert [generic._within_reach({"problem": problem}) for problem in (near, ill, late, still)] == [
        *(True, False, False, False),
    ]


def test_an_integrated_flow_is_read_off_as_it_stands():
    problem = zoo.get("deactivation-2d")
    seen = flow_jumps(problem, InitScale("1e-60"))
    path = certified_path(problem)
    assert seen.follows(joiners(path))
    assert seen.times == pytest.approx([float(knot.time) for knot in path], rel=0.05)
    assert seen.duals.shape == (len(path), problem.d)
    assert len(seen.losses) == len(seen.plateau_times) == len(path)
    assert np.all(np.diff(seen.losses) < 0)
    assert np.all(seen.plateau_times > seen.times)


def test_general_problems_are_those_with_leavers_and_then_as_many_as_asked_for():
    context = Context(get("DIAG-09").hypotheses, 3)
    problems = list(generic.general_problems(context, 2))
    assert [problem.title for problem in problems[:4]] == [zoo.get(name).title for name in LEAVERS]
    assert len(problems) == 6
    assert all(get("DIAG-09").hypotheses.holds({"problem": problem}) for problem in problems)
