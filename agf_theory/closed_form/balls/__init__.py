"""Rigorous values of expressions: balls (Arb) that contain them, at a precision that is raised as far as needed."""

from agf_theory.closed_form.balls.enclosing import ball_at, ball_value, enclose, sign_at
from agf_theory.closed_form.balls.enclosure import Enclosure
from agf_theory.closed_form.balls.entries import enclose_entries
from agf_theory.closed_form.balls.evaluation import FUNCTIONS
from agf_theory.closed_form.balls.number import ball
from agf_theory.closed_form.balls.rounding import Rounded, rounded
from agf_theory.closed_form.balls.values import Value

__all__ = [
    "FUNCTIONS",
    "Enclosure",
    "Rounded",
    "Value",
    "ball",
    "ball_at",
    "ball_value",
    "enclose",
    "enclose_entries",
    "rounded",
    "sign_at",
]


def __dir__() -> list[str]:
    return __all__
