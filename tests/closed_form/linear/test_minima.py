"""Where the minima of a linear network are smooth."""

import pytest
from sympy import false, true

from agf_theory.closed_form import derivation, linear
from agf_theory.closed_form import symbols as sym


def smooth(outputs, hidden, inputs, rank):
    sizes = {sym.outputs: outputs, sym.hidden: hidden, sym.inputs: inputs, sym.rank_map: rank}
    return linear.minima_are_smooth().subs(sizes)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ((1, 1, 1, 0), false),  # the cross a w = 0
        ((1, 1, 1, 1), true),  # the hyperbola a w = 1
        ((2, 3, 2, 2), true),  # a map of full rank
        ((3, 2, 3, 2), true),  # as narrow as the rank allows
        ((3, 3, 3, 2), false),
        ((2, 2, 5, 2), true),
        ((2, 2, 5, 0), false),
    ],
)
def test_cases_worked_by_hand(case, expected):
    assert smooth(*case) == expected


def test_ranks_of_the_derivative_at_the_ends():
    rank = linear.product_jacobian_rank()
    assert rank.subs(sym.rank_outgoing, sym.outputs) == sym.inputs * sym.outputs
    assert rank.subs(sym.rank_incoming, sym.inputs) == sym.inputs * sym.outputs


def test_every_step_of_the_derivation_is_shown():
    assert derivation("LIN-23").check().proved


def test_a_wrong_rank_is_caught_by_the_derivation():
    def wrong():
        return sym.rank_outgoing * sym.inputs + sym.rank_incoming * sym.outputs

    assert not derivation("LIN-23", product_jacobian_rank=wrong).check().proved
