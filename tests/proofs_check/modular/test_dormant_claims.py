"""The checks on the dormant phase and on the landscape, tested on falsehoods; their instances, and complex balls."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import flint
import pytest
import sympy
from sympy import Symbol, sqrt

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.carlson import CarlsonRF
from agf_theory.errors import InputError, UndecidedError
from agf_theory.proofs_check import Level, Outcome, get
from agf_theory.proofs_check.modular.blow_up_times import BlowUp, at_one_mode
from agf_theory.proofs_check.modular.complex_balls import complex_ball
from agf_theory.proofs_check.modular.dormant_crowds import BELOW_ONE, LARGEST, DormantCrowd, single_mode
from agf_theory.proofs_check.modular.dormant_modes import DormantMode, ModeOfNeuron
from agf_theory.proofs_check.modular.dormant_neurons import CENTRED, ModularNeuron
from agf_theory.proofs_check.modular.first_crossing import FirstCrossing, at_one_crowd
from agf_theory.proofs_check.modular.local_maxima import Landscape
from agf_theory.proofs_check.modular.local_maxima import at_one_template as variations_of
from agf_theory.proofs_check.modular.mean_template import WithMean
from agf_theory.proofs_check.modular.mean_template import at_one_template as maxima_of
from agf_theory.proofs_check.modular.spectra import SpectrumTemplate
from agf_theory.proofs_check.modular.ties import at_one_tie


def pair(real, imaginary=0):
    return Fraction(real), Fraction(imaginary)


GROWS = DormantMode(5, pair(1, 2), pair(0, 1), pair(-1, 2), pair(2))
TURNS = DormantMode(5, pair(1, 2), pair(0, -1), pair(-1, 2), pair(2, 1))
ALIGNED = DormantMode(2, pair(1), pair(-1), pair(-1), pair(1))
SHRINKS = DormantMode(2, pair(1), pair(1), pair(-1), pair(1))


def test_the_modes_are_what_they_are_named():
    assert TURNS.alignment[0] < 0 < GROWS.alignment[0]
    assert ALIGNED.balanced_and_aligned
    assert SHRINKS.stays_bounded
    assert not TURNS.stays_bounded


@pytest.mark.parametrize("mode", [TURNS, GROWS, ALIGNED, SHRINKS])
def test_the_formulas_hold_at_each_kind_of_mode(mode):
    assert at_one_mode(BlowUp(), {"mode": mode}).result is Level.CERTIFIED


@pytest.mark.parametrize(
    ("mode", "wrong"),
    [
        (TURNS, {"turning": closed_form.growing_blow_up_time}),
        (TURNS, {"legendre": lambda growing: closed_form.legendre_blow_up_time(True)}),
        (GROWS, {"growing": lambda: closed_form.growing_blow_up_time() * sqrt(2)}),
        (GROWS, {"cubic": lambda: closed_form.invariant_cubic().subs(sym.imaginary_part, 0)}),
        (ALIGNED, {"aligned": lambda: 2 * closed_form.aligned_blow_up_time()}),
        (ALIGNED, {"rate": lambda: 2 * closed_form.activation_rate()}),
        (ALIGNED, {"never": lambda: sympy.Ge(sym.real_part, 0)}),
        (SHRINKS, {"never": lambda: sympy.false}),
    ],
)
def test_a_wrong_formula_of_the_blow_up_time_is_refuted(mode, wrong):
    assert at_one_mode(replace(BlowUp(), **wrong), {"mode": mode}).result is Outcome.REFUTED


def test_a_cubic_without_rational_roots_decides_nothing():
    odd = replace(BlowUp(), cubic=lambda: closed_form.invariant_cubic() + 0 * sym.gap_1**4 + sym.gap_1**4)
    assert at_one_mode(odd, {"mode": GROWS}).result is not Level.CERTIFIED


@pytest.mark.parametrize("nyquist", [False, True])
def test_the_bound_is_met_by_an_aligned_mode_and_by_no_other(nyquist):
    crowd = single_mode(3, 6, nyquist=nyquist)
    assert at_one_crowd(FirstCrossing(), {"crowd": crowd}).result is Level.CERTIFIED
    half = replace(FirstCrossing(), crossing=lambda kind: closed_form.first_crossing_time(kind) / 2)
    assert at_one_crowd(half, {"crowd": crowd}).result is Outcome.REFUTED
    twice = replace(FirstCrossing(), crossing=lambda kind: closed_form.first_crossing_time(kind) * 2)
    assert at_one_crowd(twice, {"crowd": crowd}).result is Outcome.REFUTED


def test_wrong_landscapes_are_refuted():
    template = SpectrumTemplate(centred=True).draw(Random(5), 5)
    tie = {"template": template, "p": Fraction(1, 3)}
    assert at_one_tie(closed_form.tie_factor, tie).result is Level.CERTIFIED
    assert at_one_tie(lambda: sympy.Integer(1), tie).result is Outcome.REFUTED
    assert variations_of(Landscape(), tie).result is Level.CERTIFIED
    assert variations_of(replace(Landscape(), mixture=lambda: -3 * sym.U), tie).result is Outcome.REFUTED
    assert variations_of(replace(Landscape(), weak_too=False), tie).result is Outcome.REFUTED
    with_mean = {"template": SpectrumTemplate().draw(Random(2), 5)}
    assert with_mean["template"].mean != 0
    assert maxima_of(WithMean(), with_mean).result is Level.CERTIFIED
    pure = replace(WithMean(), ratio=lambda kind: sympy.Integer(0))
    assert maxima_of(pure, with_mean).result is Outcome.REFUTED


@pytest.mark.parametrize("kind", [ModeOfNeuron(), DormantCrowd(), ModularNeuron(), SpectrumTemplate()])
def test_instances_meet_what_they_are_drawn_for_and_survive_storage(kind):
    for size in range(8):
        value = kind.draw(Random(size), size)
        assert kind.holds({kind.variable: value})
        assert kind.decode(kind.encode(value)) == value
    with pytest.raises(InputError, match=f"{kind.variable}: an object with .* is required"):
        kind.decode({})


def test_drawn_crowds_are_bounded_and_drawn_neurons_centred():
    for size in range(9):
        crowd = {"crowd": DormantCrowd().draw(Random(size), size)}
        assert LARGEST.holds(crowd)
        assert BELOW_ONE.holds(crowd)
        assert CENTRED.holds({"neuron": ModularNeuron().draw(Random(size), size)})


def test_complex_balls_know_carlsons_integral_and_refuse_the_rest():
    x, y, z = (Symbol(name) for name in "xyz")
    values = {x: flint.acb(1), y: flint.acb(1, 2), z: flint.acb(1, -2)}
    found = complex_ball(2 * CarlsonRF(x, y, z) / sqrt(x), values)
    assert found.overlaps(2 * flint.acb.elliptic_rf(flint.acb(1), flint.acb(1, 2), flint.acb(1, -2)))
    assert complex_ball(sympy.conjugate(y), values).overlaps(flint.acb(1, -2))
    assert complex_ball(y ** sympy.Rational(-3, 2), values).overlaps(1 / (flint.acb(1, 2).sqrt() ** 3))
    assert (complex_ball(y ** sympy.Rational(1, 3), values) ** 3).overlaps(flint.acb(1, 2))
    with pytest.raises(UndecidedError, match="no complex ball"):
        complex_ball(sympy.sin(x), values)
    with pytest.raises(UndecidedError, match="exponent"):
        complex_ball(y**x, values)


@pytest.mark.parametrize("claim", ["MOD-06", "MOD-07", "MOD-08", "MOD-09", "MOD-10", "MOD-11"])
def test_hypotheses_are_there_to_be_broken(claim):
    for necessity in get(claim).necessity:
        assert not necessity.dropped.holds(necessity.witness)
