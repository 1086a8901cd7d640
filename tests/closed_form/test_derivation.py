"""Steps, derivations and their reports: what they hold, what they print, what they raise."""

from dataclasses import replace

import pytest
from sympy import Ge, Symbol, cosh, sinh

from agf_theory import closed_form as cf
from agf_theory.closed_form import Outcome
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.obligations import Nonnegative, Rewriting
from agf_theory.errors import DerivationFailed, UnknownName

DERIVATIONS = [name for name in cf.names() if name not in cf.formula_names()]
p = Symbol("p", positive=True)
DOUBLE = Step(
    "Double angle of 100% & more_",
    equal(sinh(2 * p), 2 * sinh(p) * cosh(p)),
    "By definition.",
    Rewriting(("exponentials",)),
    where=(p < 3,),
)
SQUARE = Step("Square", Ge(p**2, 0, evaluate=False), "A square.", Nonnegative(p**2))
GOOD = Derivation("TOY-01", "A toy.", (DOUBLE, SQUARE), "nowhere")
BAD = replace(GOOD, steps=(SQUARE, replace(DOUBLE, statement=equal(sinh(2 * p), 3 * sinh(p) * cosh(p)))))
UNSURE = replace(GOOD, steps=(replace(DOUBLE, obligation=Rewriting(("evaluation",))), SQUARE))


def test_a_derivation_is_proved_when_every_step_is():
    report = GOOD.check()
    assert report.proved
    assert report.failures == ()
    assert report.require() is report
    assert "TOY-01: proved, 2 of 2 steps shown" in str(report)


def test_a_refuted_step_refutes_the_derivation_and_is_named_with_residual_and_point():
    report = BAD.check()
    assert report.outcome is Outcome.REFUTED
    assert [failure.step.label for failure in report.failures] == [DOUBLE.label]
    with pytest.raises(DerivationFailed, match=r"TOY-01 needs every step shown, got refuted: .* residual .* at p = "):
        report.require()


def test_a_step_that_is_not_shown_leaves_the_derivation_inconclusive():
    report = UNSURE.check()
    assert report.outcome is Outcome.INCONCLUSIVE
    assert not report.proved
    with pytest.raises(DerivationFailed, match="inconclusive: Double angle"):
        report.require()


def test_the_conclusion_is_the_last_statement():
    assert GOOD.conclusion is SQUARE.statement


def test_a_derivation_without_steps_or_with_two_of_one_label_is_a_mistake_of_ours():
    with pytest.raises(AssertionError, match="has no step"):
        replace(GOOD, steps=())
    with pytest.raises(AssertionError, match="two steps of one label"):
        replace(GOOD, steps=(SQUARE, SQUARE))


def test_text_shows_number_label_reason_statement_and_hypotheses():
    text = str(GOOD)
    assert "1. Double angle" in text
    assert "By definition." in text
    assert "sinh(2⋅p)" in text
    assert "where p < 3" in text
    assert "Source: nowhere" in text
    assert str(SQUARE) == "Square: p**2 >= 0"


def test_latex_is_one_aligned_block_with_escaped_labels():
    latex = GOOD.render("latex")
    assert latex.startswith("\\begin{align*}")
    assert latex.count("\\\\\n&\\quad") == 2
    assert "100\\% \\& more\\_" in latex
    assert GOOD._repr_latex_() == latex
    assert "p^{2}" in SQUARE._repr_latex_()


def _printed():
    """Every derivation as MathML, which is made of its LaTeX, and each in one more format; the others are surveys."""
    for k, name in enumerate(DERIVATIONS):
        for form in cf.FORMATS:
            survey = form not in ("mathml", cf.FORMATS[k % len(cf.FORMATS)])
            yield pytest.param(name, form, marks=[pytest.mark.survey] * survey)


@pytest.mark.parametrize(("name", "form"), list(_printed()))
def test_every_derivation_prints_in_every_format(name, form):
    derivation = cf.derivation(name)
    assert derivation.name == name
    text = derivation.render(form)
    assert len(text.splitlines()) > len(derivation.steps)
    assert text.count("<math ") == (len(derivation.steps) if form == "mathml" else 0)


def test_an_unknown_format_is_refused_with_the_close_one():
    with pytest.raises(UnknownName, match="format must be one of .* got 'latecs'; did you mean 'latex'"):
        GOOD.render("latecs")
