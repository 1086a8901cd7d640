"""Claims on layers, utilities, levels and minima: what each check finds, and that each written mutant is refuted."""

import pytest

from agf_theory.proofs_check import Evidence, Level, Outcome, get
from agf_theory.proofs_check.context import Context

IDS = ("LIN-01", "LIN-02", "LIN-03", "LIN-08", "LIN-09", "LIN-22", "LIN-23")
CLAIMS = [get(name) for name in IDS]
PROOFS = {"derivation", "sum of squares", "condition for every size"}


def run(claim, check, formula):
    try:
        return check.run(formula, Context(claim.hypotheses, 11))
    except (AssertionError, ValueError) as error:
        return Evidence.error(str(error))


@pytest.mark.survey
@pytest.mark.parametrize(
    ("claim", "check"), [pytest.param(c, k, id=f"{c.id} {k.name}") for c in CLAIMS for k in c.checks]
)
def test_every_check_gives_evidence_of_another_seed_too(claim, check):
    found = run(claim, check, claim.formula)
    assert found.level is not None, found.detail
    weaker = {
        "integrated networks": Level.SAMPLED,
        "no unique maximiser needed": Level.SAMPLED,
        "limiting levels": Level.CERTIFIED,
    }
    assert found.level >= weaker.get(check.name, Level.EXACT)


@pytest.mark.survey  # `agf verify --mutants` in small
@pytest.mark.parametrize(
    ("claim", "mutant"), [pytest.param(c, m, id=f"{c.id} {m.name}") for c in CLAIMS for m in c.mutants]
)
def test_every_written_mutant_is_refuted_by_an_exact_check(claim, mutant):
    checks = [check for check in claim.checks if check.name not in PROOFS]
    results = (run(claim, check, mutant.formula) for check in checks)
    refuted = next((found for found in results if found.result is Outcome.REFUTED), None)
    assert refuted is not None
    assert refuted.witness


@pytest.mark.survey
@pytest.mark.parametrize("claim", CLAIMS, ids=IDS)
def test_hypotheses_without_which_a_claim_fails_are_needed(claim):
    for necessity in claim.necessity:
        assert necessity.fails(claim.formula, necessity.witness).level is Level.EXACT
        assert not necessity.dropped.holds(necessity.witness)
        assert all(hypothesis.holds(necessity.witness) for hypothesis in necessity.kept)
