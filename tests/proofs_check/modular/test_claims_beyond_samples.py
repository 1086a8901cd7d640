from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import And, Eq, Integer, Mod, Ne, Piecewise, Rational

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import get
from agf_theory.proofs_check.context import Context, seed_of
from agf_theory.proofs_check.modular.frequencies import by_class

TINY = 1 + Rational(1, 10**40)
SEVEN = Eq(Mod(7 * sym.frequency, sym.modulus), 0)


@pytest.mark.parametrize(
    ("claim_id", "check_name", "changes"),
    [
        ("MOD-10", "derivation", {"growing": lambda: closed_form.growing_blow_up_time() * TINY}),
        ("MOD-10", "derivation", {"turning": lambda: closed_form.turning_blow_up_time() * TINY}),
        ("MOD-10", "never", {"never": lambda: And(closed_form.never_blows_up(), sym.size_w < 1000)}),
        (
            "MOD-12",
            "characters of every group",
            {"complete": lambda: And(closed_form.fit_conditions_complete(), Ne(sym.modulus, 29))},
        ),
        ("MOD-16", "needed by class", {"needed": lambda: Piecewise((7, SEVEN), (closed_form.neurons_needed(), True))}),
    ],
    ids=["growing", "turning", "never", "a group of its own", "sevenths"],
)
def test_falsehoods_that_no_sample_meets_are_no_pass(claim_id, check_name, changes) -> None:  # type: ignore[no-untyped-def]
    claim = get(claim_id)
    (check,) = (each for each in claim.checks if each.name == check_name)
    context = Context(claim.hypotheses, seed_of(0, claim_id, check_name))
    assert check.run(claim.formula, context).level is not None
    assert check.run(replace(claim.formula, **changes), context).level is None


def test_a_number_by_class_is_none_where_more_decides() -> None:
    assert by_class(closed_form.neurons_needed()) == {"nyquist": 2, "quarter": 4, "generic": 6}
    assert by_class(Piecewise((Integer(7), SEVEN), (Integer(6), True))) is None
