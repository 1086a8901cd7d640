from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.errors import UndecidedError
from agf_theory.numeric.diagonal import cost_minimiser
from agf_theory.numeric.diagonal.cost_minimiser import float_minimiser, proved_minimiser, rounding
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.problems import DiagonalNetwork, zoo


def draw_signs(data, problem):
    """Signs for some of the columns that are not zero."""
    columns = [i for i in range(problem.d) if problem.X[:, i].any()]
    chosen = data.draw(st.lists(st.sampled_from(columns), unique=True)) if columns else []
    return {i: data.draw(st.sampled_from((-1, 1))) for i in chosen}


@given(data=st.data())
def test_both_minimisers_fit_as_brute_force_does(data, small_designs, brute_force_fit):
    problem = data.draw(small_designs)
    signs = draw_signs(data, problem)
    fit = brute_force_fit(problem, signs)
    if signs:
        floats = float_minimiser(problem, signs)
        assert all(floats[i] * signs.get(i, 0) >= 0 for i in range(problem.d))
        assert set(np.flatnonzero(floats)) <= set(signs)
        assert problem.X @ floats == pytest.approx([float(v) for v in fit], abs=1e-9)
    try:
        values = proved_minimiser(ExactQuadratic.of(problem), problem, signs) if signs else {}
    except UndecidedError:
        return  # allowed for dependent columns alone
    assert all(value * signs[i] > 0 for i, value in values.items())
    X = problem.rational_X
    exact = [sum((X[k, i] * value for i, value in values.items()), fmpq(0)) for k in range(problem.n)]
    assert [Fraction(int(v.p), int(v.q)) for v in exact] == fit


def test_the_exchanges_repair_a_wrong_proposal(monkeypatch):
    """Bard's rule alone, from the worst support there is."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        problem = DiagonalNetwork(rng.integers(-3, 4, size=(5, 3)).tolist(), rng.integers(-3, 4, size=5).tolist())
        if problem.rank < 3:
            continue
        quadratic, signs = ExactQuadratic.of(problem), {0: 1, 1: -1, 2: 1}
        right = proved_minimiser(quadratic, problem, signs)
        wrong = np.array([0.0 if i in right else float(sign) for i, sign in signs.items()])
        with monkeypatch.context() as patch:
            patch.setattr(cost_minimiser, "float_minimiser", lambda *_, wrong=wrong: wrong)
            assert proved_minimiser(quadratic, problem, signs) == right


def test_dependent_columns_in_the_proposal_are_undecided(monkeypatch):
    problem = zoo.get("collinear-columns")
    monkeypatch.setattr(cost_minimiser, "float_minimiser", lambda *_: np.array([1.0, 1.0, 0.0]))
    with pytest.raises(UndecidedError, match=r"columns of coordinates \[0, 1\] are linearly dependent"):
        proved_minimiser(ExactQuadratic.of(problem), problem, {0: 1, 1: 1})


def test_coefficients_within_rounding_are_zeros():
    rows = [["-0.192", "-0.016"], ["1.114", "0.904"], ["-1.374", "-0.186"]]
    problem = DiagonalNetwork(rows, ["0.016", "-0.904", "0.186"])  # minus the second column
    assert float_minimiser(problem, {0: -1, 1: -1}).tolist() == [0, pytest.approx(-1, rel=1e-15)]


def test_rounding_grows_with_the_condition_of_the_support():
    problem = DiagonalNetwork([[1, 1], [0, 1e-6]], [1, 1])
    assert rounding(problem, []) == rounding(problem, [0])
    # unit columns at an angle of 1e-6: least singular value 1e-6/√2
    assert rounding(problem, [0, 1]) / rounding(problem, [0]) == pytest.approx(2**0.5 * 1e6, rel=1e-5)


def test_a_minimiser_that_is_zero_is_the_empty_support():
    problem = DiagonalNetwork([[1], [0]], [-1, 0])
    assert proved_minimiser(ExactQuadratic.of(problem), problem, {0: 1}) == {}
    assert float_minimiser(problem, {0: 1}).tolist() == [0]
