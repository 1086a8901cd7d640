import math
import re

import pytest

from agf_theory.closed_form import Derivation, Outcome, Step, derivation, names
from agf_theory.closed_form import lookup as real_lookup

UTILITY = "diagonal.accumulated_utility"
SET = ("--set", "U=1", "--set", "c=0", "--set", "eta=1/2", "--set", "t=3")


def test_a_formula_is_printed_with_what_it_is(agf):
    outcome = agf("derive", UTILITY, "--format", "python")
    assert outcome.status == 0
    assert outcome.out == "log(cosh(4*U*eta*t + c)/cosh(c))/(2*eta)\n"
    assert agf("derive", UTILITY).out.startswith("Accumulated utility")


@pytest.mark.parametrize(
    ("form", "part"), [("unicode", "⎛"), ("latex", r"\frac{"), ("python", "cosh("), ("mathml", "<math ")]
)
def test_every_format(agf, form, part):
    assert part in agf("derive", UTILITY, "--format", form).out


def test_numbers_are_put_in_exactly(agf):
    assert agf("derive", UTILITY, *SET, "--format", "python").out == "log(cosh(6))\n"


def test_decimals_are_tenths_and_not_binary_fractions(agf):
    assert (
        agf("derive", UTILITY, "--set", "c=0.1", "--format", "python").out
        == "log(cosh(4*U*eta*t + 1/10)/cosh(1/10))/(2*eta)\n"
    )


@pytest.mark.parametrize(
    ("name", "setting", "printed"),
    [
        ("diagonal.jump_time", "eta=log(1/alpha)", "(-c + acosh(1/(2*alpha**2)))/(4*U*log(1/alpha))"),
        ("diagonal.maximal_normalised_utility", "g=-log(2)/3", "log(2)/6"),
        ("diagonal.squared_norm", "phi=phi_0/2", "2*alpha**2*cosh(phi_0)"),
        ("diagonal.product_scale", "alpha=1e-8", "1/10000000000000000"),
        ("diagonal.weight_u", "alpha = sqrt(2)", "2*cosh(phi)"),
        ("framework.homogeneous_function", "theta_1=theta_2", "theta_2**kappa*h(1)"),
    ],
)
def test_expressions_are_put_in_exactly(agf, name, setting, printed):
    assert agf("derive", name, "--set", setting, "--format", "python").out == f"{printed}\n"


def test_digits_evaluate_to_as_many_as_asked(agf):
    text = agf("derive", UTILITY, *SET, "--digits", "40", "--format", "python").out.strip()
    # log cosh 6 = 6 - log 2 + log(1 + e^-12)
    assert float(text) == pytest.approx(6 - math.log(2) + math.log1p(math.exp(-12)), rel=1e-15)
    assert len(text.replace(".", "")) == 40


@pytest.mark.parametrize("name", ["DIAG-03", "frm-04"])
def test_a_claims_derivation_is_printed(agf, name):
    outcome = agf("derive", name)
    assert outcome.status == 0
    assert derivation(name).title in outcome.out
    assert "Source: " in outcome.out


def test_steps_are_checked_and_justified(agf):
    outcome = agf("derive", "DIAG-03", "--steps")
    assert outcome.status == 0
    found = derivation("DIAG-03")
    assert f"{found.name}: proved, {len(found.steps)} of {len(found.steps)} steps shown" in outcome.out
    for step in found.steps:
        assert step.justification in outcome.out


def test_a_step_that_fails_is_shown_and_gives_status_one(agf, monkeypatch):
    from sympy import Eq, Integer

    from agf_theory import closed_form

    right = derivation("DIAG-03")
    wrong = Step("A falsehood", Eq(Integer(1), Integer(2), evaluate=False), "because", right.steps[-1].obligation)
    broken = Derivation("DIAG-03", right.title, (*right.steps, wrong), right.source)
    monkeypatch.setattr(closed_form, "lookup", lambda name: broken)
    outcome = agf("derive", "DIAG-03", "--steps")
    assert outcome.status == 1
    assert f"{broken.check().outcome.value}: A falsehood" in outcome.out
    assert broken.check().outcome is not Outcome.PROVED
    assert agf("derive", "DIAG-03").status == 0


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.survey] * (k % 10 > 0)) for k, name in enumerate(names())]
)
def test_every_name_known_can_be_printed(agf, name):
    outcome = agf("derive", name, "--format", "latex")
    assert outcome.status == 0
    assert outcome.out.strip()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["DIAG-99"], "DIAG-99"),
        (["diagonal.nothing"], "diagonal.nothing"),
        ([UTILITY, "--format", "pdf"], "--format must be one of unicode, latex, python, mathml, got 'pdf'"),
        ([UTILITY, "--set", "foo=1"], "symbol must be one of U, c, eta, t, got 'foo'"),
        ([UTILITY, "--set", "U"], "--set takes SYMBOL=EXPRESSION, got 'U'"),
        ([UTILITY, "--set", "=1"], "--set takes SYMBOL=EXPRESSION"),
        ([UTILITY, "--set", "U=1", "--set", "U=2"], "--set gives 'U' two values; give it one"),
        (
            [UTILITY, "--set", "U=pie"],
            "--set U: 'pie' at position 1 ('pie') is no name that is known; did you mean 'pi'",
        ),
        ([UTILITY, "--set", "U=1/0"], "--set U: a finite real number is required, got an infinite one"),
        ([UTILITY, "--set", "U="], "--set U: an expression is required, got an empty text"),
        ([UTILITY, "--set", "U=1 2"], "--set U: an expression such as log(2)/3 is required"),
        ([UTILITY, "--set", "U=__import__('os').system('touch exploded')"], "--set U: names that begin with two"),
        ([UTILITY, "--set", "x" * 100 + "=1"], "symbol must be one of U, c, eta, t, got '" + "x" * 37),
        ([UTILITY, "--set", "U=log(1/2)"], "value of U must be"),
        ([UTILITY, "--set", "U=1e5000"], "integers of at most 4300 digits are written out, got one of about 5001"),
        (["framework.norm", "--set", "kappa=1e9", "--set", "N_0=2"], "a power with at most 19728 digits is required"),
        ([UTILITY, "--set", "U=1e99999999"], "--set U"),
        ([UTILITY, "--set", "U=-1"], "value of U must be"),
        ([UTILITY, "--digits", "10"], "--digits needs a number for every symbol, got none for U, c, eta, t"),
        ([UTILITY, *SET, "--digits", "0"], "--digits must be between 1 and 10000, got 0"),
        ([UTILITY, "--digits", "x"], "digits"),
        ([UTILITY, "--steps"], f"--steps goes with a derivation, {UTILITY} is a formula"),
        (["DIAG-03", "--set", "g=1"], "--set and --digits go with a formula, DIAG-03 is a derivation"),
        (["DIAG-03", "--digits", "3"], "--set and --digits go with a formula"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_requests_are_refused(complaint, arguments, expected):
    assert re.sub(r"\s+", " ", expected) in complaint("derive", *arguments)


def test_the_catalogue_is_the_librarys_own(agf):
    assert agf("derive", "jump_time", "--format", "python").out.strip() == str(real_lookup("jump_time")())
