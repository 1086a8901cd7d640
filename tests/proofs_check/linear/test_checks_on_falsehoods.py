"""Falsehoods that fewer instances, or instances of one kind, would let through."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy
from sympy import Identity

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Hypotheses, Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.linear.algebraic_maximum import algebraic_maximum
from agf_theory.proofs_check.linear.conservation import Conservation
from agf_theory.proofs_check.linear.direction import DirectionEquation
from agf_theory.proofs_check.linear.factored_residual import POSITIVE, SIMPLE, KnownSingularValues
from agf_theory.proofs_check.linear.levels import Saddles
from agf_theory.proofs_check.linear.minima import SmoothMinima
from agf_theory.proofs_check.linear.repeated import BRIEF, Maximisers, fills_the_kernel
from agf_theory.proofs_check.linear.utility import TWICE, UtilityMaximum

TINY = sympy.Rational(1, 10**12)


def found(claim_id, check, formula, hypotheses=None):
    claim = get(claim_id)
    (chosen,) = [c for c in claim.checks if c.name == check]
    return chosen.run(formula, Context(hypotheses or claim.hypotheses, 3))


@pytest.mark.parametrize("check", ["rational singular values", "algebraic singular values"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_maximum_off_by_less_than_a_float_sees_is_refuted(check, sign):
    formula = replace(UtilityMaximum(), value=lambda: sym.sigma_1 * (1 + sign * TINY) / 2)
    evidence = found("LIN-02", check, formula)
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["R"]


def test_a_critical_value_that_is_not_the_largest_is_refuted_in_its_number_field():
    R = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    evidence = algebraic_maximum(-sym.sigma_1 / 2, R)
    assert evidence.result is Outcome.REFUTED
    assert "larger" in evidence.detail


def test_an_algebraic_value_that_balls_do_not_tell_apart_is_told_apart_by_the_minimal_polynomial():
    R = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    evidence = algebraic_maximum(sym.sigma_1 * (1 + sympy.Rational(1, 10**200)) / 2, R)
    assert evidence.result is Outcome.REFUTED


def test_a_value_that_is_no_polynomial_and_that_balls_do_not_tell_apart_is_not_decided():
    R = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    close = sym.sigma_1**3 / (2 * sym.sigma_1**2 + sympy.Rational(1, 10**200))
    assert algebraic_maximum(close, R).result is Outcome.INCONCLUSIVE


def test_no_instance_with_a_simple_singular_value_shows_nothing():
    class Tied(KnownSingularValues):
        def draw(self, random, size):
            return TWICE

    hypotheses = Hypotheses((Tied(), SIMPLE))
    assert found("LIN-02", "rational singular values", UtilityMaximum(), hypotheses).result is Outcome.INCONCLUSIVE


def test_repeated_values_that_never_occur_show_nothing():
    class Simple(KnownSingularValues):
        def draw(self, random, size):
            return KnownSingularValues().draw(random, 0)

    hypotheses = Hypotheses((Simple(), POSITIVE))
    assert found("LIN-03", "repeated singular values", Maximisers(), hypotheses).result is Outcome.INCONCLUSIVE


def test_half_of_the_circle_of_maximisers_is_not_the_circle():
    half = replace(Maximisers(), outgoing=lambda: (sym.left_block * sym.mixing) * sympy.sqrt(2) / 4)
    assert fills_the_kernel(half, {"R": BRIEF}).result is Outcome.REFUTED


def test_the_imbalance_with_rates_that_agree_at_one_is_refuted():
    squared = replace(
        Conservation(),
        conserved=lambda: (
            sym.eta_incoming**2 * sym.outgoing.T * sym.outgoing - sym.eta_outgoing**2 * sym.incoming * sym.incoming.T
        ),
    )
    assert found("LIN-01", "polynomial losses", squared).result is Outcome.REFUTED
    assert found("LIN-01", "integrated networks", squared).result is Outcome.REFUTED


def test_gradients_are_looked_at_for_every_small_size():
    transposed = replace(Conservation(), outgoing=lambda: closed_form.outgoing_gradient() * (1 + TINY))
    evidence = found("LIN-01", "every small size", transposed)
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["what"] == "gradient by A"


def test_a_direction_that_is_right_at_norm_one_is_refuted():
    for wrong in (
        {"velocity": lambda: closed_form.linear_direction_velocity() * sym.norm},
        {"gradient": lambda: closed_form.normalised_utility_gradient() * sym.norm},
        {"power": lambda: sympy.S.One},
    ):
        assert found("LIN-08", "linear neurons", replace(DirectionEquation(), **wrong)).result is Outcome.REFUTED


def test_a_power_that_is_right_for_linear_networks_alone_is_refuted_by_other_degrees():
    linear_only = replace(DirectionEquation(), power=lambda: sym.norm)
    assert found("LIN-08", "linear neurons", linear_only).level is Level.EXACT
    assert found("LIN-08", "other degrees", linear_only).result is Outcome.REFUTED


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": lambda c, learned: closed_form.loss_level(c, learned) + TINY},
        {"best": lambda: closed_form.best_map() * (1 + TINY)},
        {"falls": lambda: closed_form.drop_matrix() * (1 + TINY)},
        {"curvature": lambda: closed_form.escape_curvature() * (1 + TINY)},
        {"floor": lambda: closed_form.unexplained() + TINY * Identity(sym.outputs)},
        {"modes": lambda: -closed_form.drop_matrix()},
        {"modes": lambda: closed_form.drop_matrix() * sympy.sqrt(2)},
        {"floor": lambda: closed_form.unexplained() * sympy.sqrt(2)},
        {"unique": lambda mu, following, definite: False},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_saddles_off_by_little_are_refuted(wrong):
    evidence = found("LIN-09", "rational spectra", replace(Saddles(), **wrong))
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["moments"]


def test_levels_of_the_other_saddle_are_looked_at_symbolically():
    only_top = replace(
        Saddles(),
        level=lambda c, learned: closed_form.loss_level(c, learned if 1 in learned else [1]),
    )
    assert found("LIN-09", "two outputs", only_top).result is Outcome.INCONCLUSIVE


def test_a_rank_that_is_right_for_square_layers_of_full_rank_is_refuted():
    wrong = replace(SmoothMinima(), jacobian_rank=lambda: sym.outputs * sym.rank_incoming)
    assert found("LIN-23", "ranks of the derivative", wrong).result is Outcome.REFUTED


@pytest.mark.parametrize("answer", [True, False])
def test_minima_that_are_always_or_never_smooth_are_refuted(answer):
    wrong = replace(SmoothMinima(), smooth=lambda: sympy.true if answer else sympy.false)
    for check in ("the cross", "minima of every rank", "condition for every size"):
        assert found("LIN-23", check, wrong).result is Outcome.REFUTED


def test_a_condition_that_is_right_for_small_sizes_alone_is_refuted():
    # The derivation does not see the condition; sizes up to four were all that did.
    wrong = replace(
        SmoothMinima(), smooth=lambda: sympy.Or(closed_form.minima_are_smooth(), sympy.Ge(sym.hidden, sym.rank_map + 5))
    )
    assert found("LIN-23", "minima of every rank", wrong).level is not None
    assert found("LIN-23", "condition for every size", wrong).level is None


def test_a_critical_value_that_is_right_where_instances_are_drawn_is_refuted():
    drawn = sympy.Mul(*(sym.sigma_k - sympy.Rational(p, q) for p, q in DRAWN))
    wrong = replace(UtilityMaximum(), critical=lambda: closed_form.critical_utility() + drawn)
    assert found("LIN-02", "rational singular values", wrong).level is not None
    assert found("LIN-02", "derivation", wrong).result is Outcome.REFUTED


DRAWN = ((2, 1), (1, 1), (1, 2), (3, 1), (3, 2), (0, 1), (1, 3), (5, 2))
