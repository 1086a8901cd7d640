"""The claims on implicit bias: what they draw is what they say, and they notice what is wrong."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from sympy import sqrt

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError
from agf_theory.proofs_check import Outcome, get
from agf_theory.proofs_check.neuron.bias_limits import BiasLimits
from agf_theory.proofs_check.neuron.conserving_ends import (
    CONSERVED,
    INTERPOLATES,
    ROWS_ALONE,
    ConservingEnd,
    NeuronWithEnd,
)
from agf_theory.proofs_check.neuron.implicit_bias import ImplicitBias
from agf_theory.proofs_check.neuron.optimality import differs_from_zero
from agf_theory.proofs_check.neuron.sign_of_end import SN_11, UsualForm, one_sample, the_example

DRAWN = NeuronWithEnd(two_rates=True)


def at(claim_id, formula, end):
    return get(claim_id).probes[0].at(formula, {"end": end})


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.large_base_example])
@given(DRAWN.strategy())
def test_ends_are_drawn_as_they_are_described(end):
    instance = {"end": end}
    assert DRAWN.holds(instance)
    assert DRAWN.decode(DRAWN.encode(end)) == end
    assert all(hypothesis.holds(instance) for hypothesis in (INTERPOLATES, CONSERVED, ROWS_ALONE))
    assert len(end.shifts()) >= len(end.w) - len(end.X)


def test_signs_imbalances_and_rates_of_every_kind_are_drawn():
    ends = [DRAWN.draw(Random(seed), seed) for seed in range(60)]
    assert {end.sign_kept for end in ends} >= {-1, 1}
    assert {(end.delta > 0) - (end.delta < 0) for end in ends} == {-1, 0, 1}
    assert len({end.rates == (1, 1) for end in ends}) == 2


@pytest.mark.parametrize("plain", [None, {}, {"X": [["1"]]}])
def test_what_encodes_no_end_is_refused(plain):
    with pytest.raises(InputError, match="end"):
        DRAWN.decode(plain)


def test_sizes_that_do_not_fit_are_refused():
    plain = DRAWN.encode(DRAWN.draw(Random(0), 0)) | {"y": ["1", "2"]}
    with pytest.raises(InputError, match="sizes of X, y, w0, w and rates that fit"):
        DRAWN.decode(plain)


def test_the_sign_is_noticed_where_it_has_changed_and_there_alone():
    wrong = ImplicitBias(objective=lambda two: closed_form.stated_objective(two).subs(sym.sign_kept, 1))
    ends = [DRAWN.draw(Random(seed), seed) for seed in range(30)]
    kept = next(end for end in ends if end.sign_kept == 1)
    changed = next(end for end in ends if end.sign_kept == -1)
    assert at("SN-10", wrong, kept).level is not None
    assert at("SN-10", wrong, changed).result is Outcome.REFUTED
    assert at("SN-11", UsualForm(), replace(changed)).result is Outcome.REFUTED


def test_a_start_with_a_map_of_zero_has_the_form_in_the_weights():
    row, half = ((Fraction(1), Fraction(0)),), Fraction(1, 2)
    end = ConservingEnd(
        row, (Fraction(3, 16),), Fraction(0), (Fraction(0), half), Fraction(3, 4), (Fraction(1, 4), half)
    )
    assert not any(end.beta0)
    moved = replace(end, a=Fraction(3, 4), w=(Fraction(3, 4), half), y=(Fraction(9, 16),))
    assert CONSERVED.holds({"end": moved})
    assert at("SN-10", ImplicitBias(), moved).level is not None
    wrong = ImplicitBias(weights_pull=lambda two: sqrt(3))
    assert at("SN-10", wrong, moved).result is Outcome.REFUTED


def test_another_root_another_sign_and_another_minimum_are_noticed():
    assert one_sample(UsualForm(), None).figures["crossing"] == 48
    negative = UsualForm(side=lambda: -closed_form.one_sample_side())
    assert one_sample(negative, None).result is Outcome.REFUTED
    assert the_example(negative, None).result is Outcome.REFUTED
    doubled = UsualForm(square=lambda: 2 * closed_form.one_sample_outer_square())
    assert the_example(doubled, None).result is Outcome.REFUTED
    flat = UsualForm(objective=lambda: closed_form.unrestricted_objective() + sym.along_start)
    assert the_example(flat, None).result is Outcome.REFUTED


def test_the_example_has_the_figures_of_the_statement():
    found = the_example(SN_11.formula, None)
    assert found.figures["a_∞"].startswith("-0.79324269")
    assert "−0.79324" in SN_11.statement


def test_a_limit_off_by_a_constant_is_noticed():
    instance = {"r": Fraction(2), "r_0": Fraction(1), "u": Fraction(1, 2), "delta": Fraction(-3)}
    probe = get("SN-12").probes[0]
    assert probe.at(BiasLimits(), instance).level is not None
    for name in ("lazy", "balanced", "delayed", "still"):
        own = getattr(BiasLimits(), name)
        wrong = BiasLimits(**{name: lambda own=own: own() + Fraction(1, 10**9)})
        assert probe.at(wrong, instance).result is Outcome.REFUTED, name


def test_numbers_are_seen_to_vanish_or_not_or_neither():
    assert differs_from_zero(sqrt(2) - sqrt(2)) is False
    assert differs_from_zero(sqrt(2) - 1) is True
    assert differs_from_zero(sqrt(3 + 2 * sqrt(2)) - 1 - sqrt(2)) is None
