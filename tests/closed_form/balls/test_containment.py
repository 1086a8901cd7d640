import ball_containment
import closed_form_precision
import pytest
from function_ranges import TRIALS
from sympy import Rational

from agf_theory.closed_form.balls import FUNCTIONS

FORMULAS = list(closed_form_precision.formulas())


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_the_value_at_a_rational_in_the_ball_lies_in_the_ball_of_the_function(trial):
    _, count, finite, misses, *_ = ball_containment.row(trial, 6, 1)
    assert misses == 0
    assert finite > count / 3


def test_every_function_is_tried():
    tried = {type(trial.function(*ball_containment.SYMBOLS[: len(trial.draws)])) for trial in TRIALS}
    assert set(FUNCTIONS) <= tried


@pytest.mark.parametrize(("name", "given", "expression"), FORMULAS, ids=lambda value: str(value)[:40])
def test_a_closed_form_agrees_at_three_precisions_and_with_mpmath(name, given, expression):
    *_, wrong, _ = closed_form_precision.row(name, given, expression, 1, 1)
    assert wrong == 0


def test_a_wrong_function_misses():
    honest = next(trial for trial in TRIALS if trial.name == "atan")
    wrong = honest._replace(function=lambda x: honest.function(x) * (1 + Rational(1, 1000)))
    assert ball_containment.row(wrong, 20, 1)[3] > 0
