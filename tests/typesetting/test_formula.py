"""Formulas are MathML that browsers show as TeX sets them, or an error."""

import re

import pytest

from agf_theory.errors import FormulaError
from agf_theory.typesetting import displayed, in_line


def _text(markup):
    return re.sub(r"<[^>]+>", "", markup).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"X\in\mathbb R^n", "X∈ℝn"),
        (r"\mathcal L,\mathcal N,\mathbf x", "ℒ,𝒩,𝐱"),
        (r"\operatorname{tr}\Sigma+\arg z+\mathrm{diag}(1)", "trΣ+argz+diag(1)"),
        (r"\big\|R\big\|_F\sim k\pm l", "‖R‖F∼k±l"),
        (r"\Delta_1+\dots+\Delta_k", "Δ1+⋯+Δk"),
        (r"\Big\{a\!\cdot b\Big\}", "{a·b}"),
        (r"2\xi\not\equiv0", "2ξ≢0"),
        (r"a:=b", "a:=b"),
        (r"a\equiv b\pmod p", "a≡b(modp)"),
        (r"\text{if }a<b", "if a&lt;b"),
    ],
)
def test_letters_and_signs_are_characters_of_their_own(latex, shown):
    assert _text(in_line(latex)) == shown


@pytest.mark.parametrize(
    ("latex", "form"),
    [
        ("x=-1", "prefix"),
        (r"\left(x,\ -1\right)", "prefix"),
        (r"\sum -1", "prefix"),
        ("x-1", "infix"),
        (r"\frac12-1", "infix"),
        (r"\left(x\right)-1", "infix"),
        (r"|x|-1", "infix"),
    ],
)
def test_a_sign_is_one_of_a_number_or_of_a_difference_by_what_stands_before_it(latex, form):
    assert re.findall('form="([a-z]+)"', displayed(latex)) == [form]


def test_a_name_stands_apart_from_a_symbol_but_not_from_a_parenthesis():
    assert displayed(r"\log\alpha").count("<mspace") == 1
    assert displayed(r"\log(\alpha)").count("<mspace") == 0
    assert displayed(r"\log{\left(\alpha\right)}").count("<mspace") == 0
    assert displayed(r"\left(\alpha\right)\log(\alpha)").count("<mspace") == 1


def test_a_fraction_stands_apart_from_a_symbol_but_not_from_a_delimiter_nor_in_a_script():
    assert displayed(r"\frac{d}{dt}x").count("<mspace") == 1
    assert displayed(r"\left(\frac12\right)+\frac12(x)-\frac12").count("<mspace") == 0
    assert displayed(r"e^{\frac12x}").count("<mspace") == 0


def test_limits_stand_below_where_there_is_room():
    assert "<munder>" in displayed(r"\lim_{\alpha\to0}x")
    assert "movablelimits" in displayed(r"\max_kx_k")


def test_columns_are_aligned_by_style_and_rows_outside_of_an_environment_are_rows():
    assert displayed(r"\begin{cases}a&b\\c&d\end{cases}").count("text-align:left") == 4
    assert displayed(r"\begin{aligned}a&=b\\c&=d\end{aligned}").count("<mtr>") == 2
    assert displayed(r"a=b\\c=d").count("<mtr>") == 2
    assert displayed(r"\left.x\right|_{\substack{a=1\\b=2}}=1").count("<mtable") == 1


def test_a_tall_delimiter_with_a_power_is_as_tall_as_what_it_holds():
    assert re.search(
        r"<msup><mrow><mo [^>]*>\(</mo>.*\)</mo></mrow><mn>3</mn></msup>", displayed(r"\Big(\frac a3\Big)^3")
    )


def test_a_delimiter_grows_with_a_fraction_and_not_with_a_letter():
    assert 'stretchy="true"' in displayed(r"\left(\frac12\right)")
    assert 'stretchy="true"' not in displayed(r"\left(s_w\right)")
    assert displayed(r"\left(\sqrt2\right)").count('mathsize="120%"') == 2


def test_bars_are_lines_and_accents_are_set_close():
    assert displayed(r"\bar y\overline{ab}").count("border-top") == 2
    assert 'accent="true"' in displayed(r"\hat\theta")


def test_an_inline_formula_may_break_after_a_relation_at_the_top_level_only():
    assert in_line("a=b=c").count("<wbr>") == 2
    assert in_line(r"\sum_{k=1}^n x").count("<wbr>") == 0


def test_styles_stand_in_the_formula_for_a_notebook_has_no_sheet_of_ours():
    assert "class=" not in displayed(r"\boxed{\bar x}\lim_x\begin{aligned}a&=b\end{aligned}\log x")
    assert "border:1px solid" in displayed(r"\boxed{x}")


def test_a_group_of_one_has_no_group_around_it_but_for_that_at_the_top():
    # Chromium stretches a fraction that is the only child of a block of mathematics over the whole line.
    assert displayed("{{x}}^{{2}}").count("<mrow>") == 1
    assert displayed(r"\frac12").startswith('<math display="block"><mrow><mfrac>')


@pytest.mark.parametrize("latex", [r"\foo x", r"\frac{a}{", r"\left(x", r"\begin{pmatrix}1", "a & b", r"\href{x}{y}"])
def test_what_cannot_be_rendered_in_full_is_an_error(latex):
    with pytest.raises(FormulaError, match=r"\w"):
        displayed(latex)
