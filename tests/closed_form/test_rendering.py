"""Expressions as MathML: what SymPy prints in LaTeX, set like every formula of the pages."""

from xml.etree import ElementTree as ET

import pytest
from sympy import Eq, Function, Piecewise, Rational, Symbol, binomial, conjugate, cosh, log, sqrt

from agf_theory.closed_form import diagonal, framework, render

x, k = Symbol("x", positive=True), Symbol("k", positive=True)


def _tree(expression):
    return ET.fromstring(render(expression, "mathml"))


def _tags(expression):
    return [element.tag for element in _tree(expression).iter()]


def _text(expression):
    return "".join(_tree(expression).itertext())


@pytest.mark.parametrize(
    "expression",
    [
        diagonal.jump_time(),
        framework.euler_identity(),
        Eq(x, sqrt(2) / k),
        Piecewise((1, x > 2), (x, True)),
        binomial(2 * k, k) / 4**k,
    ],
)
def test_it_is_well_formed_and_one_element(expression):
    tree = _tree(expression)
    assert (tree.tag, tree.get("display")) == ("math", "block")


def test_a_number_times_a_power_of_another_number_is_no_third_number():
    assert _text(3 * 4**k) == "3·4k"


def test_a_minus_is_a_minus_and_cases_are_cases():
    assert "−" in _text(-x)
    cases = _tree(Piecewise((1, x > 2), (x, True)))
    assert {cell.get("style") for cell in cases.iter("mtd")} == {"text-align:left"}
    assert not any(cell.get("columnalign") for cell in cases.iter())


def test_a_named_function_keeps_its_distance_from_what_it_multiplies():
    assert "mspace" in _tags(x * cosh(k))
    assert "mspace" not in _tags(cosh(k))


def test_brackets_stretch_only_around_what_is_tall():
    assert {e.get("stretchy") for e in _tree(log(x)).iter("mo")} == {"false"}
    assert {e.get("stretchy") for e in _tree(log(x / k)).iter("mo")} == {"true"}


def test_a_fraction_alone_is_as_wide_as_it_needs():
    # Chromium stretches a fraction that is the only child of a block of mathematics over the whole line.
    assert [child.tag for child in _tree(Rational(1, 2) * x)] == ["mrow"]


def test_accents_and_conjugates_are_drawn_above():
    conjugated = _tree(conjugate(Symbol("u_hat")))
    assert [e.tag for e in conjugated.iter() if e.get("accent")] == ["mover"]
    assert sum("border-top" in e.get("style", "") for e in conjugated.iter()) == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "&lt;b&gt;", 'a"b', "]]>", r"\href{x}{y}"])
def test_no_markup_gets_through_a_name(name):
    for expression in (Symbol(name) + 1, Function(name)(x)):
        tags = set(_tags(expression))
        assert tags <= {"math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "mspace", "mstyle", "msubsup"}
        assert "<script" not in render(expression, "mathml")
