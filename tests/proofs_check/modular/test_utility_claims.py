"""Claims on utilities, maximisers, conventions and levels: falsehoods are refuted, and what decides nothing says so."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError
from agf_theory.proofs_check import Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.modular import conventions, levels, maximisers, maximum, nyquist, utility
from agf_theory.proofs_check.modular.class_neurons import BEST_IS_GENERIC, best_classes
from agf_theory.proofs_check.modular.nyquist import NyquistPair, PairOfClasses, squared_best
from agf_theory.proofs_check.modular.rational_tasks import CENTRED, RationalTask, TaskAndNeuron

CLAIMS = [get(f"MOD-{k:02}") for k in (1, 2, 3, 4, 5, 17)]


def task(*x):
    zeros = (Fraction(0),) * len(x)
    return RationalTask(tuple(map(Fraction, x)), zeros, zeros, zeros)


@pytest.mark.parametrize(
    ("claim", "mutant"), [pytest.param(c, m, id=f"{c.id} {m.name}") for c in CLAIMS for m in c.mutants]
)
def test_every_written_mutant_is_refuted_with_a_witness_by_a_check_on_instances(claim, mutant):
    context = Context(claim.hypotheses, 5)
    found = [check.run(mutant.formula, context) for check in claim.checks if check.name != "derivation"]
    refuted = [evidence for evidence in found if evidence.result is Outcome.REFUTED]
    assert refuted
    assert all(evidence.witness for evidence in refuted)


@pytest.mark.survey
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
@pytest.mark.parametrize("seed", range(3, 7))
def test_other_seeds_give_evidence_too(claim, seed):
    for check in claim.checks:
        assert check.run(claim.formula, Context(claim.hypotheses, seed)).level is not None, check.name


def test_the_best_classes_of_templates_whose_answer_is_known():
    assert best_classes(task(4, -1, -1, -1, -1)) == [1, 2]
    assert best_classes(task(3, -1, -1, -1)) == [2]
    assert best_classes(task(1, 0, -1, 0)) == [1]
    assert best_classes(task(2, -1, -1)) == [1]
    assert best_classes(task(1, 1)) == []
    assert BEST_IS_GENERIC.holds({"task": task(1, 0, -1, 0)})
    assert not BEST_IS_GENERIC.holds({"task": task(3, -1, -1, -1)})
    assert not BEST_IS_GENERIC.holds({"task": task(4, -1, -1, -1, -1)})
    assert CENTRED.holds({"task": task(1, 0, -1, 0)})
    assert not CENTRED.holds({"task": task(1, 0, 0)})


@pytest.mark.parametrize(("ratio", "winner"), [("0.89", "generic"), ("0.90", "nyquist")])
def test_p_8_switches_its_maximiser_between_0_89_and_0_90(ratio, winner):
    pair = NyquistPair(8, Fraction(ratio))
    squares = {name: squared_best(pair, nyquist=name == "nyquist").rational() for name in ("generic", "nyquist")}
    assert squares["generic"] == 2 * 8
    assert squares["nyquist"] == 4 * 8 * Fraction(ratio) ** 6
    assert max(squares, key=squares.get) == winner


def test_the_published_maximum_is_exceeded_at_ratio_0_90():
    mutant = next(mutant for mutant in get("MOD-05").mutants if mutant.name == "published")
    found = nyquist.exact_winner(mutant.formula, {"pair": NyquistPair(8, Fraction(9, 10))})
    assert found.result is Outcome.REFUTED
    squares = found.witness["squared utilities"]
    squared = Fraction(squares["Nyquist"]) / Fraction(squares["generic"])
    assert float(squared) ** 0.5 == pytest.approx(1.03096, abs=1e-5)


def test_a_ratio_at_the_threshold_decides_nothing():
    at_one = replace(nyquist.NyquistRule(), threshold=lambda: sympy.Integer(1))
    assert nyquist.exact_winner(at_one, {"pair": NyquistPair(8, Fraction(1))}).result is Outcome.INCONCLUSIVE


def test_a_formula_with_roots_is_left_to_the_balls():
    rooted = replace(utility.UtilityIdentity(), cross=lambda: sympy.sqrt(sym.size_u))
    context = Context(get("MOD-01").hypotheses, 0)
    assert utility.exact_for_each_p(rooted, context).result is Outcome.INCONCLUSIVE
    assert utility.enclosed_identity(rooted, context).result is Outcome.REFUTED


def test_phases_that_are_no_whole_multiples_are_left_to_the_balls():
    halved = replace(maximisers.MaximisingTorus(), phase=lambda: sym.phase_u / 2)
    context = Context(get("MOD-03").hypotheses, 0)
    assert maximisers.exact_tori(halved, context).result is Outcome.INCONCLUSIVE
    assert maximisers.enclosed_tori(halved, context).result is Outcome.REFUTED


def test_templates_of_odd_p_alone_decide_nothing_on_the_nyquist_frequency(monkeypatch):
    monkeypatch.setattr(TaskAndNeuron, "draw", lambda *_: task(2, -1, -1))
    found = maximum.enclosed_maxima(maximum.UtilityMaximum(), Context(get("MOD-02").hypotheses, 0))
    assert found.result is Outcome.INCONCLUSIVE


def test_all_conventions_are_looked_at():
    assert len(set(conventions.conventions())) == 32


def test_energies_that_are_no_multiples_of_squares_are_refuted():
    cubed = replace(levels.LossLevels(), generic=lambda: sym.template_size**3)
    found = levels.exact_levels(cubed, {"task": task(1, 0, -1, 0)})
    assert found.result is Outcome.REFUTED


def test_the_levels_of_the_reference_task():
    found = levels.reference_levels(levels.LossLevels(), Context(get("MOD-17").hypotheses, 0))
    assert found.result is Level.EXACT
    assert list(found.figures["levels"]) == ["21/32", "5/32", "1/32", "0"]


@pytest.mark.parametrize(
    ("hypothesis", "plain", "expected"),
    [
        (TaskAndNeuron(), {"x": ["1"]}, "task: an object with x, u, v, w is required"),
        (TaskAndNeuron(), None, "task: an object with x, u, v, w is required"),
        (PairOfClasses(), {"p": "8"}, "pair: an object with p, ratio and mean is required"),
        (
            PairOfClasses(),
            {"p": "1/2", "ratio": "1", "mean": "0"},
            "pair: an integer p up to 1000 is required, got 1/2",
        ),
    ],
)
def test_instances_of_another_form_are_refused(hypothesis, plain, expected):
    with pytest.raises(InputError, match=expected):
        hypothesis.decode(plain)
