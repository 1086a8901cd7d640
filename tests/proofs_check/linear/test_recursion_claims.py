"""The claims about the recursion notice what is subtly wrong: each written mutant, by the check named."""

import pytest

from agf_theory.proofs_check import get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Outcome
from agf_theory.proofs_check.hypotheses import Hypotheses

NOTICED_BY = {
    ("LIN-10", "index-too-small"): "where the bounds are met",
    ("LIN-10", "index-too-large"): "where the bounds are met",
    ("LIN-10", "first-residual-only"): "where the bounds are met",
    ("LIN-10", "restart"): "where the bounds are met",
    ("LIN-10", "next-singular-value"): "where the bounds are met",
    ("LIN-14", "recursion-right"): "both staircases in fractions",
    ("LIN-14", "larger-fall-first"): "loss on the plateaus",
    ("LIN-14", "restart"): "loss on the plateaus",
    ("LIN-14", "single-rate"): "loss on the plateaus",
    ("LIN-16", "global-sort"): "second counterexample",
    ("LIN-16", "one-after-the-other"): "second counterexample",
    ("LIN-16", "modes-alone"): "second counterexample",
    ("LIN-16", "hidden-shared"): "invariant for every size",
    ("LIN-16", "figures-of-the-recursion"): "second counterexample",
    ("LIN-17", "flow-is-greedy"): "exponents",
    ("LIN-17", "greedy-levels-for-the-flow"): "exponents",
    ("LIN-17", "greedy-is-flow"): "exponents",
    ("LIN-17", "restart"): "exponents",
    ("LIN-17", "recursion-for-the-whole"): "exponents",
}


def run(claim, name, formula):
    check = next(check for check in claim.checks if check.name == name)
    return check.run(formula, Context(claim.hypotheses, 0))


@pytest.mark.parametrize(("id_", "mutant"), NOTICED_BY)
def test_a_written_mutant_is_refuted_with_a_witness(id_, mutant):
    claim = get(id_)
    wrong = next(each for each in claim.mutants if each.name == mutant)
    found = run(claim, NOTICED_BY[id_, mutant], wrong.formula)
    assert found.result is Outcome.REFUTED
    assert found.witness is not None


@pytest.mark.parametrize(("id_", "name"), sorted({(id_, name) for (id_, _), name in NOTICED_BY.items()}))
def test_the_same_checks_pass_what_is_right(id_, name):
    claim = get(id_)
    assert run(claim, name, claim.formula).level is not None


def test_every_written_mutant_is_in_the_list():
    written = {(id_, m.name) for id_ in ("LIN-10", "LIN-14", "LIN-16", "LIN-17") for m in get(id_).mutants}
    assert written == set(NOTICED_BY)


@pytest.mark.parametrize(("id_", "name"), [("LIN-10", "certified instances"), ("LIN-16", "power series")])
def test_no_instance_is_no_evidence(id_, name):
    claim = get(id_)
    check = next(check for check in claim.checks if check.name == name)

    class Nothing(Hypotheses):
        def instances(self, random, count):
            return iter(())

    assert check.run(claim.formula, Context(Nothing(), 0)).result is Outcome.INCONCLUSIVE
