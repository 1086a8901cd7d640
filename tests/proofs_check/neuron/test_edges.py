"""Formulas that are right at nearly every neuron, and wrong at the edge of a statement: each is refuted."""

from dataclasses import replace

import pytest
from sympy import And, Eq, Lt, Ne, Or, Piecewise

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Outcome

CHI = closed_form.end_predictor()
B, DELTA = sym.goal_norm, sym.neuron_imbalance


def found(identity, check, **changed):
    claim = get(identity)
    (chosen,) = (each for each in claim.checks if each.name == check)
    return chosen.run(replace(claim.formula, **changed), Context(claim.hypotheses, 0))


@pytest.mark.parametrize(
    ("identity", "check", "changed"),
    [
        ("SN-08", "saddles", {"crosses": lambda: Or(Lt(sym.outer_0 * CHI, 0), And(Ne(sym.outer_0, 0), Eq(CHI, 0)))}),
        ("SN-08", "saddles", {"predictor": lambda: Piecewise((B * sym.outer_0, Eq(DELTA, 0)), (CHI, True))}),
        ("SN-11", "one sample", {"side": lambda: _unless_balanced(-closed_form.one_sample_side())}),
        ("SN-11", "one sample", {"square": lambda: 2 * sym.sample_target**2 / sym.sample_target}),
        ("SN-11", "rational ends", {"objective": lambda: closed_form.unrestricted_objective() + sym.along_start}),
    ],
)
def test_a_formula_that_is_wrong_at_the_edge_alone_is_refuted(identity, check, changed):
    assert found(identity, check, **changed).result is Outcome.REFUTED


def _unless_balanced(wrong):
    return Piecewise((wrong, Eq(sym.sample_imbalance, 0)), (closed_form.one_sample_side(), True))


def test_the_objective_at_a_start_without_inner_weights_pulls_nowhere():
    from agf_theory.proofs_check.neuron.conserving_ends import WITHOUT_INNER
    from agf_theory.proofs_check.neuron.optimality import objective_slopes

    assert not any(objective_slopes(closed_form.unrestricted_objective(), WITHOUT_INNER))
    assert any(objective_slopes(closed_form.unrestricted_objective() + sym.along_start, WITHOUT_INNER))
