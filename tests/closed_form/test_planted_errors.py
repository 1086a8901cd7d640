"""Derivations are tested on falsehoods: an error planted in any step, or in the formula derived, is caught."""

from dataclasses import replace

import pytest
from sympy import Eq, MatrixSymbol, Rational, cosh, log, sinh
from sympy.core.relational import Equality
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory import closed_form as cf
from agf_theory.closed_form import Outcome, Step
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal import rho, rho_series_coefficient
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.obligations import (
    FundamentalTheorem,
    LimitValue,
    MatrixIdentity,
    Nonnegative,
    Rewriting,
    SameSquare,
)
from agf_theory.closed_form.trace_words import TraceIdentity
from agf_theory.proofs_check import Cost, all_claims

DERIVATIONS = [name for name in cf.names() if name not in cf.formula_names()]


def planted(statement, factor):
    """The statement with another right side, or, if it is an inequality, with its sides exchanged."""
    if not isinstance(statement, Equality):
        return statement.func(statement.rhs, statement.lhs, evaluate=False)
    if isinstance(statement.rhs, MatrixExpr) and statement.rhs.is_ZeroMatrix:  # no multiple of zero is wrong
        return Eq(statement.lhs, (factor - 1) * MatrixSymbol("E", *statement.rhs.shape), evaluate=False)
    wrong = factor * statement.rhs if isinstance(statement.rhs, MatrixExpr) else factor * (statement.rhs + 1)
    return Eq(statement.lhs, wrong, evaluate=False)


# What `make verify` runs as the quick check "derivation" of a claim is a survey here.
VERIFIED = {
    claim.id for claim in all_claims() if ("derivation", Cost.QUICK) in {(c.name, c.cost) for c in claim.checks}
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.survey] * (name in VERIFIED)) for name in DERIVATIONS]
)
def test_every_step_is_shown(name):
    report = cf.derivation(name).check()
    assert report.proved, str(report)


def assert_refuted_if_planted(step):
    finding = replace(step, statement=planted(step.statement, 1 + Rational(1, 1000))).check().finding
    assert finding.outcome is Outcome.REFUTED, step.label
    assert finding.point is not None, step.label
    assert finding.residual != 0, step.label


@pytest.mark.parametrize("name", DERIVATIONS)
def test_an_error_planted_in_a_step_with_each_kind_of_obligation_is_refuted_with_the_point(name):
    for step in {type(step.obligation): step for step in cf.derivation(name).steps}.values():
        assert_refuted_if_planted(step)


@pytest.mark.survey  # the same of every step
@pytest.mark.parametrize("name", DERIVATIONS)
def test_an_error_planted_in_any_step_is_refuted_with_the_point(name):
    for step in cf.derivation(name).steps:
        assert_refuted_if_planted(step)


def test_every_kind_of_obligation_is_in_use():
    used = {type(step.obligation) for derivation in cf.derivations() for step in derivation.steps}
    matrix_algebra = {MatrixIdentity, WordIdentity, TraceIdentity}
    assert used == {Rewriting, FundamentalTheorem, LimitValue, Nonnegative, SameSquare} | matrix_algebra


def test_no_step_states_the_same_thing_twice_over():
    for derivation in cf.derivations():
        assert all(step.statement.lhs != step.statement.rhs for step in derivation.steps)


U, t, c, eta, alpha = sym.U, sym.t, sym.c, sym.eta, sym.alpha
paper = cf.diagonal
fully_connected = cf.linear


def without_kappa(dimension):
    identity = cf.framework.euler_identity(dimension)
    return Eq(identity.lhs, identity.rhs / sym.kappa, evaluate=False)


MUTANTS = {
    "sinh phi for sinh 2 phi": (
        "DIAG-01",
        {"coefficient": lambda name="paper": paper.product_scale(name) * sinh(sym.phi)},
    ),
    "factor two of the coefficient": ("DIAG-01", {"coefficient": lambda name="paper": paper.coefficient(name) / 2}),
    "2 for 4 in the argument": (
        "DIAG-02",
        {"accumulated_utility": lambda: log(cosh(2 * U * eta * t + c) / cosh(c)) / (2 * eta)},
    ),
    "missing 1/(2 eta)": ("DIAG-02", {"accumulated_utility": lambda: log(cosh(4 * U * eta * t + c) / cosh(c))}),
    "sinh for cosh": ("DIAG-02", {"accumulated_utility": lambda: log(sinh(4 * U * eta * t + c) / sinh(c)) / (2 * eta)}),
    "|g| for |g|/2": ("DIAG-03", {"maximal_utility": lambda: 2 * paper.maximal_normalised_utility()}),
    "the other diagonal": (
        "DIAG-03",
        {"maximiser": lambda: paper.utility_maximiser().subs(sym.g, -sym.g)},
    ),
    "wrong sign of c": ("DIAG-04", {"jump_time": lambda name: paper.jump_time(name).subs(c, -c)}),
    "wrong sign of the signed start": (
        "DIAG-04",
        {"signed_start": lambda name: -paper.signed_start(name)},
    ),
    "threshold alpha for 2 alpha**2": (
        "DIAG-04",
        {"jump_time": lambda name: paper.jump_time(name).subs(alpha, (alpha / 2) ** Rational(1, 2))},
    ),
    "rho of the other convention": (
        "DIAG-08",
        {"rho": lambda name: rho("slides" if name == "paper" else "paper")},
    ),
    "series of the other convention": (
        "DIAG-08",
        {"rho_series_coefficient": lambda name: rho_series_coefficient("slides" if name == "paper" else "paper")},
    ),
    "log |beta| for log 2 |beta|": (
        "DIAG-10",
        {"pinned_level": lambda name: paper.pinned_level(name) - sym.epsilon / 2 * log(2)},
    ),
    "kick of the wrong sign": ("DIAG-10", {"dormant_kick": lambda: -paper.dormant_kick()}),
    "no kick of the active": ("DIAG-10", {"active_kick": lambda: 2 * paper.active_kick()}),
    "joiner without its start": (
        "DIAG-10",
        {"corrected_jump_time": lambda name: paper.corrected_jump_time(name).subs(sym.s, 0)},
    ),
    "slower logistic": (
        "diagonal.one_coordinate",
        {"logistic": lambda: paper.one_coordinate_logistic().subs(sym.x, sym.x / 2)},
    ),
    "coefficient with the rate of the limit": (
        "diagonal.one_coordinate",
        {
            "coefficient": lambda name: paper.one_coordinate_coefficient(name).subs(
                paper.one_coordinate_rate(name), abs(sym.b)
            )
        },
    ),
    "half the rate of the growing projection": (
        "LIN-04",
        {"growing_overlap": lambda: fully_connected.growing_overlap().subs(t, t / 2)},
    ),
    "kernel left out of the norm": (
        "LIN-04",
        {"squared_norm": lambda n: fully_connected.dormant_squared_norm(n).subs(sym.z_0, 0)},
    ),
    "accumulated utility without kappa": (
        "LIN-04",
        {"accumulated_utility": lambda n: fully_connected.dormant_accumulated_utility(n) / 2},
    ),
    "half the rate of the aligned neuron": ("LIN-05", {"time": lambda: 2 * fully_connected.aligned_jump_time()}),
    "half the exponent of the scale": (
        "LIN-06",
        {"later_term": lambda: fully_connected.dormant_later_term().subs(sym.log_inverse, sym.log_inverse / 2)},
    ),
    "sign of the overlap": (
        "LIN-06",
        {"jump_time": lambda n: fully_connected.dormant_jump_time(n) + 2 * log(sym.z_1) / sym.sigma_1},
    ),
    "q for 4q under the root": (
        "LIN-06",
        {"lower": lambda: fully_connected.dormant_jump_time_lower().subs(sym.later_terms, sym.later_terms / 4)},
    ),
    "n - 1 for n": (
        "LIN-07",
        {"mean": lambda: fully_connected.mean_log_inverse_overlap().subs(sym.dimension, sym.dimension - 1)},
    ),
    "rate sigma of the logistic": (
        "LIN-18",
        {"strength": lambda: fully_connected.logistic_strength().subs(t, t / 2)},
    ),
    "half the transit": ("LIN-18", {"transit_time": lambda: fully_connected.logistic_transit_time() / 2}),
    "two forgotten under the root": (
        "LIN-19",
        {"velocity": lambda: fully_connected.imbalanced_velocity().subs(sym.strength, sym.strength / 2)},
    ),
    "sign of the lower fixed point": ("LIN-19", {"lower": lambda: -fully_connected.lower_fixed_ratio()}),
    "half log 2 sigma dropped": (
        "LIN-19",
        {"half_time_from_overlap": lambda: fully_connected.dormant_jump_time(0).subs(sym.sigma_1, sym.sigma_k)},
    ),
    "gradient not at the unit vector": (
        "FRM-02",
        {"direction_velocity": lambda: cf.framework.direction_velocity() / sym.norm},
    ),
    "norm growth without kappa": ("FRM-02", {"norm_growth": lambda: cf.framework.norm_growth() / sym.kappa}),
    "sign of the accumulated utility": (
        "FRM-03",
        {"norm": lambda degree: cf.framework.norm(degree).subs(sym.S, -sym.S)},
    ),
    "threshold without eta": ("FRM-04", {"threshold": lambda degree: cf.framework.threshold(degree).subs(eta, 1)}),
    "lower bound with kappa missing": (
        "FRM-05",
        {"lower": lambda degree: cf.framework.jump_time_lower_bound(degree).subs(sym.U, sym.U / sym.kappa)},
    ),
    "gradient of degree kappa": ("FRM-06", {"gradient_scaling": lambda: sym.level**sym.kappa}),
    "factor kappa - 1 missing": ("FRM-07", {"conserved_quantity": lambda degree: sym.w**2 - sym.a**2}),
    "sign of the conserved quantity": (
        "FRM-07",
        {"conserved_quantity": lambda degree: sym.w**2 + (sym.kappa - 1) * sym.a**2},
    ),
    "Euler without kappa": (
        "FRM-01",
        {"euler_identity": without_kappa},
    ),
}


@pytest.mark.parametrize(("name", "formulas"), MUTANTS.values(), ids=MUTANTS)
def test_a_wrong_formula_is_refuted_by_its_derivation(name, formulas):
    original = {step.label: step.statement for step in cf.derivation(name).steps}
    touched = [step for step in cf.derivation(name, **formulas).steps if step.statement != original[step.label]]
    refuted = [report.finding for report in map(Step.check, touched) if report.outcome is Outcome.REFUTED]
    assert refuted
    assert all(finding.point for finding in refuted)
