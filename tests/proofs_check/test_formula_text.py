import pytest
import sympy

from agf_theory.proofs_check.formula_text import formula_text

x = sympy.Symbol("x")


def test_an_expression_is_printed_and_a_value_named():
    assert formula_text(x + 1)[0][1] == "x + 1"


@pytest.mark.parametrize(
    ("formula", "texts"),
    [
        (lambda convention: x if convention == "paper" else 2 * x, ["x", "2⋅x"]),
        (lambda dimension: dimension * x, ["2⋅x"]),
        (lambda order: (order + 1) * x, ["2⋅x"]),
        (lambda degree: x if degree is None else 3 * x, ["x"]),
    ],
    ids=["convention", "dimension", "order", "degree"],
)
def test_arguments_that_are_no_symbols_are_put_in(formula, texts):
    assert [text for _, text in formula_text(formula)] == texts


def test_an_argument_of_unknown_meaning_makes_a_computation_of_it():
    def computed(problem):
        """One line of it.

        And more.
        """

    ((label, text),) = formula_text(computed)
    assert label == "computed"
    assert text.startswith("computed by ")
    assert text.endswith("computed: One line of it.")
