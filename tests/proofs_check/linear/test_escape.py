"""LIN-15 on falsehoods."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Evidence, Level, Outcome, get
from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.linear import escape

CLAIM = get("LIN-15")
THEORY = CLAIM.formula


PIECES = {
    "symbolic": escape.symbolic,
    "derivation": partial(every_step, name="LIN-15", parts=escape._derived),
    "eigenvalues": escape.eigenvalues_of_instances,
    "printed rate": escape.printed_rate,
}


def run(piece, formula):
    return PIECES[piece](formula, Job(CLAIM, CLAIM.checks[0], formula, 0).context())


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


def test_what_is_proved_of_the_rate_does_not_make_the_law_a_theorem(monkeypatch):
    observed = Evidence.of(Level.CONVERGED, "the law", instances=1)
    monkeypatch.setattr(escape, "crossover_law", lambda formula, context, *, count: observed)
    found = escape.rate_and_law(THEORY, Job(CLAIM, CLAIM.checks[0], THEORY, 0).context(), count=1)
    assert found.result is Level.CONVERGED
    assert "the law" in found.detail
    assert "escape rate, an eigenvalue" in found.detail


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
