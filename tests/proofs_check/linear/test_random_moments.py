from random import Random

import pytest
from hypothesis import find, given, settings

from agf_theory.errors import InputError
from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check.linear.random_moments import Moments, network_of

MOMENTS = Moments(sizes=3)


def test_what_is_drawn_is_positive_definite_and_not_too_large():
    random = Random(0)
    for size in range(12):
        problem = MOMENTS.draw(random, size)
        assert problem.rational_sigma_xx.rank() == problem.d
        assert 2 <= min(problem.c, problem.d) <= max(problem.c, problem.d) <= 3
        assert MOMENTS.holds({"problem": problem})


@settings(max_examples=20, deadline=None)
@given(MOMENTS.strategy())
def test_a_search_draws_definite_moments_and_reads_them_back(problem):
    assert problem.rational_sigma_xx.rank() == problem.d
    assert MOMENTS.decode(MOMENTS.encode(problem)) == problem


def test_they_shrink_to_the_identity():
    found = find(MOMENTS.strategy(), lambda problem: True)
    assert found == LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, 1]])


def test_a_witness_may_hold_plain_data():
    plain = {"sigma_xx": [["1", "0"], ["0", "1/2"]], "sigma_yx": [["1", "0"]], "width": "2"}
    assert network_of({"problem": plain}) == LinearNetwork([[1, 0], [0, "1/2"]], [[1, 0]], width=2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"width": "1/2"}, "width: an integer is required"),
        ({"sigma_yx": "1"}, "lists of rows are required"),
        ({"sigma_yx": [["1", "0"]] * 1000}, "at most 1000 numbers"),
        ({"more": "1"}, "an object with sigma_xx, sigma_yx, width"),
        ({"sigma_xx": [["1", "2"], ["2", "1"]]}, "positive semidefinite"),
    ],
)
def test_what_is_no_problem_is_refused(change, message):
    plain = {"sigma_xx": [["1", "0"], ["0", "1"]], "sigma_yx": [["1", "0"]], "width": "1"}
    with pytest.raises(InputError, match=message):
        MOMENTS.decode({**plain, **change})


def test_it_says_what_is_drawn():
    assert str(MOMENTS) == "problem: any Σ_xx, positive definite, and Σ_yx"
    assert MOMENTS.range_drawn.endswith("2 to 3 inputs and outputs")
