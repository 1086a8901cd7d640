import ball_containment
import closed_form_precision
import pytest
from function_ranges import TRIALS
from sympy import Expr, MatrixSymbol, Rational

from agf_theory.closed_form import lookup
from agf_theory.closed_form.balls import FUNCTIONS


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_the_value_at_a_rational_in_the_ball_lies_in_the_ball_of_the_function(trial):
    _, count, finite, misses, *_ = ball_containment.row(trial, 6, 1)
    assert misses == 0
    assert finite > count / 3


def test_every_function_is_tried():
    tried = {type(trial.function(*ball_containment.SYMBOLS[: len(trial.draws)])) for trial in TRIALS}
    assert set(FUNCTIONS) <= tried


@pytest.mark.parametrize("name", closed_form_precision.NAMES)
def test_a_closed_form_agrees_at_three_precisions_and_with_mpmath(name):
    entries = list(closed_form_precision.formulas(name))
    assert all(closed_form_precision.row(*entry, 1, 1)[3] == 0 for entry in entries)
    if not entries:  # a condition has no number, nor has a matrix of symbolic shape
        formula = lookup(name)()
        assert not isinstance(formula, Expr) or formula.has(MatrixSymbol)


def test_a_wrong_function_misses():
    honest = next(trial for trial in TRIALS if trial.name == "atan")
    wrong = honest._replace(function=lambda x: honest.function(x) * (1 + Rational(1, 1000)))
    assert ball_containment.row(wrong, 20, 1)[3] > 0
