"""A formula that is wrong at an edge alone, where the target or a norm is zero, is refuted by the derivation."""

from dataclasses import fields, replace

import pytest
from sympy import Eq, Piecewise

from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Outcome, get
from agf_theory.proofs_check.claims import Claim


def _derivation(claim: Claim):
    return next(check for check in claim.checks if check.name == "derivation")


@pytest.mark.parametrize(
    ("claim_id", "part", "edge"),
    [
        ("TM-03", "output_of_growth", sym.shrinking_square),
        ("TM-07", "rescaling_change", sym.target),
        ("TM-09", "kernel_ratio", sym.target),
    ],
)
def test_a_formula_wrong_only_where_a_quantity_is_zero_is_refuted_there(claim_id, part, edge):
    claim = get(claim_id)
    right = getattr(claim.formula, part)
    assert part in {field.name for field in fields(claim.formula)}
    wrong = replace(claim.formula, **{part: lambda: Piecewise((right() + 1, Eq(edge, 0)), (right(), True))})
    found = _derivation(claim).run(wrong, None)
    assert found.outcome is Outcome.REFUTED
    assert "0" in found.witness["at"].values()
