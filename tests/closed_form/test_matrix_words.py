"""Products of matrices as words, and identities under rules."""

import pytest
from sympy import Identity, Integer, Matrix, MatrixSymbol, Symbol, ZeroMatrix

from agf_theory.closed_form import Outcome
from agf_theory.closed_form.derivation import equal
from agf_theory.closed_form.matrix_words import WordIdentity, word

n = Symbol("n", integer=True, positive=True)
A, B, P = (MatrixSymbol(name, n, n) for name in "ABP")
PROJECTION = (equal(P * P, P), equal(P.T, P))
AT = {P: Matrix([[1, 0], [0, 0]]), A: Matrix([[1, 2], [3, 4]]), B: Matrix([[0, 1], [1, 1]])}


def test_a_transposed_product_is_the_word_read_backwards():
    assert word((A * B).T) == word(B.T * A.T) != word(A.T * B.T)


def test_identities_and_zeros_are_numbers():
    assert word(A * Identity(n) + ZeroMatrix(n, n)) == word(A)
    assert word(ZeroMatrix(n, n)) == 0
    assert word(A**2 * 3) == 3 * word(A) ** 2


def test_a_projection_annihilates_its_complement_under_its_rules():
    found = WordIdentity(PROJECTION, AT).discharge(equal(P * (Identity(n) - P) * A, 0 * A))
    assert found.outcome is Outcome.PROVED


def test_without_the_rule_nothing_is_shown():
    found = WordIdentity((), AT).discharge(equal(P * (Identity(n) - P) * A, 0 * A))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "did not reach zero" in found.how


def test_a_false_identity_is_refuted_at_the_exact_matrices():
    found = WordIdentity(PROJECTION, AT).discharge(equal(A * B, B * A))
    assert found.outcome is Outcome.REFUTED
    assert found.point == AT


def test_an_identity_that_holds_at_the_exact_matrices_by_accident_is_not_shown():
    commuting = {**AT, B: Matrix([[2, 0], [0, 2]])}
    assert WordIdentity((), commuting).discharge(equal(A * B, B * A)).outcome is Outcome.INCONCLUSIVE


def test_rules_that_the_exact_matrices_break_show_nothing():
    found = WordIdentity((equal(A * A, A),), AT).discharge(equal(A * A * A, A))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "do not obey a rule" in found.how


def test_rules_that_never_end_are_given_up():
    swap = WordIdentity((equal(A * B, B * A), equal(B * A, A * B)), {**AT, B: Matrix([[2, 0], [0, 2]])})
    assert swap.discharge(equal(A * B * P, P * A * B)).outcome is not Outcome.PROVED


@pytest.mark.parametrize("factor", [Integer(2), Symbol("x")])
def test_numbers_pass_through_words(factor):
    shown = WordIdentity((), AT).discharge(
        equal((factor * A + B) * (A - factor * B), factor * A * A + B * A - factor * (factor * A * B + B * B))
    )
    assert shown.outcome is Outcome.PROVED


def test_a_symbol_without_a_matrix_is_free():
    free = MatrixSymbol("Q", n, n)
    assert WordIdentity(PROJECTION, AT).discharge(equal(P * (Identity(n) - P) * free, 0 * A)).outcome is Outcome.PROVED
    found = WordIdentity(PROJECTION, AT).discharge(equal(free * P, P * free))
    assert found.outcome is Outcome.REFUTED
    assert found.point[free].shape == (2, 2)
    assert {symbol: found.point[symbol] for symbol in AT} == AT


def test_sides_of_different_shapes_are_refuted():
    m = Symbol("m", integer=True, positive=True)
    tall = MatrixSymbol("T", n, m)
    found = WordIdentity((), {tall: Matrix([[1], [2]])}).discharge(equal(tall * tall.T, tall.T * tall))
    assert found.outcome is Outcome.REFUTED
    assert "shapes" in found.how
