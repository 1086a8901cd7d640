"""How derivations show themselves: text of 80 columns, HTML with MathML, and never more than was checked."""

import pytest
from sympy import Ge, Rational, Symbol

from agf_theory import closed_form
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

X = Symbol("x", real=True)
SQUARE = X**2 + 2 * X + 1


def toy(right=SQUARE):
    first = Step("Sum <b>", equal((X + 1) ** 2, right), "Twice & once more.", Rewriting(), where=(X < 1,))
    return Derivation(
        "TOY-01", "A square.", (first, Step("Sign", Ge(SQUARE, 0), "A square.", Nonnegative((X + 1) ** 2))), "[toy]"
    )


def test_a_derivation_is_one_line_and_its_steps_another():
    assert repr(toy()) == "<Derivation TOY-01: 2 steps, 'A square.'>"
    assert repr(toy().steps[1]) == "<Step 'Sign'>"
    assert repr(toy().check()) == "<DerivationReport TOY-01: proved, 2 of 2 steps shown>"
    assert repr(toy().check().steps[1]) == "<StepReport 'Sign': proved>"


def test_a_derivation_that_was_not_checked_says_what_it_owes_and_claims_nothing(fragment):
    for shown in (fragment(toy()).text, fragment(toy().steps[0]).text, str(toy())):
        assert "not checked here" in shown or "none of them checked here" in shown
        assert "proved" not in shown
    assert "obligation: rewriting; not checked here" in fragment(toy()).text


def test_a_report_says_of_every_step_what_its_obligation_found(fragment):
    found = fragment(toy().check()).text
    assert "TOY-01: proved, 2 of 2 steps shown" in found
    assert found.count("proved: ") == 2
    assert "not checked" not in found


def test_a_step_that_fails_is_refuted_with_its_point(fragment):
    found = fragment(toy(3 * SQUARE).check()).text
    assert "TOY-01: refuted, 1 of 2 steps shown" in found
    assert "refuted: the difference of the two sides is not zero at an exact point; at x = " in found


def test_words_are_escaped_and_formulas_are_mathml():
    html = toy()._repr_html_()
    assert "Sum &lt;b&gt;" in html
    assert "Twice &amp; once more." in html
    assert html.count("<math") == 3  # two statements and a hypothesis


@pytest.mark.parametrize("name", ["DIAG-04", "FRM-02", "LIN-19", "MOD-07", "SN-10"])
def test_its_text_fits_eighty_columns_with_every_step(name):
    derivation = closed_form.derivation(name)
    lines = str(derivation).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.startswith(f"{len(derivation.steps)}. ")]


def test_a_formula_too_wide_to_be_set_is_written_as_python_writes_it():
    wide = sum((X + k) ** Rational(1, 2) for k in range(12))
    step = Step("Wide", equal(wide, 2 * wide), "As it is.", Rewriting())
    text = str(Derivation("TOY-02", "A long sum.", (step,), "[toy]"))
    assert max(map(len, text.splitlines())) <= 80
    assert "sqrt(x + 11)" in " ".join(text.split())
