"""LIN-15 on falsehoods."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Level, Outcome, get
from agf_theory.proofs_check.child import Job, run_here
from agf_theory.proofs_check.linear import escape

CLAIM = get("LIN-15")
THEORY = CLAIM.formula


def run(name, formula):
    check = next(check for check in CLAIM.checks if check.name == name)
    return run_here(Job(CLAIM, check, formula, 0))


@pytest.fixture
def quick_flow(monkeypatch):
    """The crossover at a scale that is integrated in a second or two."""
    monkeypatch.setattr(escape, "SCALE", "1e-100")
    monkeypatch.setattr(escape, "COUPLINGS", ("1e-2", "1e-3", "1e-4"))
    escape._second_jump.cache_clear()
    yield
    escape._second_jump.cache_clear()


@pytest.mark.parametrize("check", ["symbolic", "derivation", "eigenvalues", "printed rate"])
def test_the_formulas_pass(check):
    assert isinstance(run(check, THEORY).result, Level)


@pytest.mark.parametrize("check", ["symbolic", "derivation", "eigenvalues", "printed rate"])
def test_a_rate_off_by_a_ten_thousandth_is_refuted(check):
    wrong = replace(THEORY, rate=lambda: closed_form.escape_rate() * Fraction(10001, 10000))
    assert run(check, wrong).result is Outcome.REFUTED


@pytest.mark.parametrize("check", ["symbolic", "derivation"])
def test_the_smaller_eigenvalue_is_refuted(check):
    damping = sym.sigma_1 * (1 + sym.variance_2 / sym.variance_1)
    other = replace(THEORY, rate=lambda: -damping - closed_form.escape_rate())
    assert run(check, other).result is Outcome.REFUTED


@pytest.mark.parametrize("name", ["growth-forgotten", "exponent-without-first", "order-of-falls"])
def test_wrong_laws_are_refuted_by_the_derivation(name):
    mutant = next(mutant for mutant in CLAIM.mutants if mutant.name == name)
    assert run("derivation", mutant.formula).result is Outcome.REFUTED


def test_the_crossover_law_holds_on_the_example_and_the_rate_of_the_dormant_neuron_does_not(quick_flow):
    law = partial(escape.crossover_law, count=1)
    context = Job(CLAIM, CLAIM.checks[0], THEORY, 0).context()
    found = law(THEORY, context)
    assert found.result is Level.CONVERGED
    assert found.figures["increments_and_law"][0][-1] == pytest.approx(5.65, abs=1e-2)
    mutant = next(mutant for mutant in CLAIM.mutants if mutant.name == "dormant-rate")
    assert law(mutant.formula, context).result is Outcome.REFUTED


def test_instances_of_the_law_meet_the_hypotheses():
    context = Job(CLAIM, CLAIM.checks[0], THEORY, 0).context()
    found = escape._law_instances(context, 3)
    assert len(found) == 3
    assert all(CLAIM.hypotheses.holds(instance) for instance in found)


def test_the_hypotheses_are_shown_to_be_needed_and_not_so_where_the_statement_holds():
    for necessity in CLAIM.necessity:
        assert isinstance(necessity.fails(THEORY, necessity.witness).result, Level)
    example = {"σ_1": 2, "σ_2": 1, "Λ_1": 4, "Λ_2": Fraction(1, 2)}
    for necessity in CLAIM.necessity:
        assert necessity.fails(THEORY, example).result is Outcome.REFUTED
