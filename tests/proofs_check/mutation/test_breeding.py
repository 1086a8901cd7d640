from functools import cache

import pytest
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import all_claims, get
from agf_theory.proofs_check.mutation import breed, weakenings
from agf_theory.proofs_check.mutation.breeding import in_print
from agf_theory.proofs_check.parts import by_choice, by_degree, without_arguments

NUMERIC = {
    *("FRM-08", "DIAG-05", "DIAG-06", "DIAG-09", "DIAG-10"),
    *("LIN-13", "LIN-16", "LIN-17", "MOD-18", "MOD-22", "ATT-10"),
}
"""Claims whose formula is an algorithm."""


@cache
def bred(claim_id):
    """The mutants bred from a claim, once: most tests look at all of them."""
    return breed(get(claim_id))


@pytest.mark.survey  # breeds from every claim, as --mutants does
def test_every_claim_with_an_expression_takes_part():
    assert {claim.id for claim in all_claims() if not bred(claim.id)} == NUMERIC


@pytest.mark.survey  # breeds from every claim, as --mutants does
def test_what_a_claim_argues_to_be_equivalent_is_a_mutant_of_it():
    for claim in all_claims():
        mutants = {each.mutant.name for each in (*bred(claim.id), *weakenings(claim))}
        assert set(claim.equivalent) <= mutants | {mutant.name for mutant in claim.mutants}, claim.id


@pytest.mark.survey  # breeds from every claim, as --mutants does
def test_names_are_distinct_and_say_the_part_the_change_and_the_site():
    for claim in all_claims():
        names = [each.mutant.name for each in bred(claim.id)]
        assert len(set(names)) == len(names), claim.id
    assert "bred: coefficient, paper: cosh for sinh at 1" in [each.mutant.name for each in bred("DIAG-01")]


def test_a_description_shows_what_became_of_which_piece():
    described = {each.mutant.name: each.mutant.description for each in bred("DIAG-01")}
    assert described["bred: coefficient, paper: cosh for sinh at 1"] == "coefficient, paper: sinh(2 φ) → cosh(2 φ)"


def test_a_long_piece_is_cut_in_a_description():
    assert all(len(each.mutant.description) < 200 for each in bred("FRM-01"))


def test_one_choice_is_changed_and_the_others_are_not():
    part, _ = by_choice(lambda convention: {"paper": sym.x, "slides": sym.v}[convention], "", ("paper", "slides"))
    formula = part.rebuild(sym.s)
    assert (formula("paper"), formula("slides")) == (sym.s, sym.v)


def test_a_branch_is_changed_in_the_symbol_of_the_degree_and_the_number_put_in_afterwards():
    def formula(degree):
        assert degree is None
        return sympy.Piecewise((sym.x, sympy.Eq(sym.kappa, 2)), (sym.kappa * sym.x, sym.kappa > 2))

    at_two, above = by_degree(formula, "", sym.kappa)
    changed = above.rebuild(sym.kappa + sym.x)
    assert (changed(2), changed(5)) == (sym.x, 5 + sym.x)
    assert changed(None).args[1][0] == sym.kappa + sym.x
    assert at_two.rebuild(sym.v)(2) == sym.v
    assert at_two.rebuild(sym.v)(3) == 3 * sym.x


def test_the_formula_of_a_part_left_as_it_is_is_the_formula():
    (part,) = without_arguments(lambda: sym.x)
    assert part.rebuild(part.expression)() == sym.x


@pytest.mark.parametrize(
    ("expression", "text"),
    [(sym.alpha**2 * sym.phi_0, "α^2 φ_0"), (sympy.Derivative(sympy.Function("h")(sym.x), sym.x), "∂(…)/∂x")],
)
def test_expressions_print_on_one_line(expression, text):
    assert in_print(expression) == text
