"""Degeneracies one by one, with the choices made by hand: they say what they do to data."""

from fractions import Fraction

import pytest

from agf_theory.proofs_check.strategies.regression import DEGENERACIES

X = ((Fraction(1), Fraction(-2)), (Fraction(0), Fraction(1, 2)), (Fraction(3), Fraction(5)))
Y = (Fraction(-3), Fraction(0), Fraction(1, 2))


def done(name, *choices):
    """The data with a degeneracy for which the library would have chosen these."""
    waiting = iter(choices)
    data = DEGENERACIES[name](lambda strategy: next(waiting), X, Y)
    assert not list(waiting)
    return data.X, data.y


def numbers(*rows):
    return tuple(tuple(map(Fraction, row)) for row in rows)


@pytest.mark.parametrize(
    ("name", "choices", "design", "targets"),
    [
        ("ties", (), [(1, -1), (0, 1), (1, 1)], [-1, 0, 1]),
        ("orthogonal", (), [(1, 0), (0, "1/2"), (0, 0)], Y),
        ("zero column", (1,), [(1, 0), (0, 0), (3, 0)], Y),
        ("duplicated", (0, 1, -1), [(1, -1), (0, 0), (3, -3)], Y),
        ("collinear", (0, Fraction(7), Fraction(1, 2)), [(-1, -2), ("1/4", "1/2"), ("5/2", 5)], Y),
        ("correlated", (0, 1), [(1, "49/50"), (0, "1/200"), (3, "61/20")], Y),
        ("sparse", (True, Fraction(2), False), X, [2, 0, 6]),
    ],
)
def test_a_degeneracy_does_to_the_data_what_its_name_says(name, choices, design, targets):
    assert done(name, *choices) == (numbers(*design), numbers(targets)[0])


def test_every_degeneracy_is_looked_at_above():
    (mark,) = test_a_degeneracy_does_to_the_data_what_its_name_says.pytestmark
    assert {case[0] for case in mark.args[1]} == set(DEGENERACIES)
