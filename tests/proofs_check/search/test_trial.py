from dataclasses import replace

import pytest

from agf_theory.errors import UndecidedError, UnknownName
from agf_theory.proofs_check import Evidence, Level, Mutant, Outcome, Probe
from agf_theory.proofs_check.search.trial import named_mutant, trial


def undecided(formula, instance):
    raise UndecidedError("too close")


def crashes(formula, instance):
    raise ZeroDivisionError("a bug of ours")


ANSWERS = {
    "refuted": lambda formula, instance: Evidence.refuted("no", instance),
    "exact": lambda formula, instance: Evidence.of(Level.EXACT, "yes", instances=1),
    "sampled": lambda formula, instance: Evidence.of(Level.SAMPLED, "perhaps", instances=1),
    "undecided": undecided,
    "error": crashes,
}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        (["exact", "refuted"], Outcome.REFUTED),
        (["error", "refuted"], Outcome.REFUTED),
        (["exact", "error", "sampled"], Outcome.ERROR),
        (["sampled", "exact", "undecided"], Level.EXACT),
        (["undecided", "sampled"], Level.SAMPLED),
        (["undecided"], Outcome.INCONCLUSIVE),
        ([], Outcome.INCONCLUSIVE),
    ],
)
def test_a_refutation_counts_most_then_an_error_then_the_strongest_evidence(toy, answers, result):
    claim = replace(toy.claim(), probes=tuple(Probe(name, ANSWERS[name]) for name in answers))
    assert trial(claim, None, {"x": 1}).result is result


def test_what_a_probe_raises_is_told_with_its_place(toy):
    raised = [trial(replace(toy.claim(), probes=(Probe("p", p),)), None, {}).detail for p in (undecided, crashes)]
    assert raised[0] == "undecided: too close"
    assert raised[1].startswith("ZeroDivisionError at test_trial.py:")


def test_probes_are_given_the_formula_and_the_instance(toy):
    def at(formula, instance):
        return Evidence.refuted("no", [formula, instance["x"]])

    assert trial(replace(toy.claim(), probes=(Probe("p", at),)), 7, {"x": 1}).witness == [7, 1]


def test_a_mutant_is_found_by_its_name_and_an_unknown_one_comes_with_those_there_are(toy):
    claim = toy.claim(mutants=(Mutant("triple", 3, ""), Mutant("half", 0.5, "")))
    assert named_mutant(claim, "half").formula == 0.5
    with pytest.raises(UnknownName, match="TOY-01 has no mutant 'tripel'.*triple.*; it has triple, half"):
        named_mutant(claim, "tripel")
    with pytest.raises(UnknownName, match="it has none"):
        named_mutant(toy.claim(), "half")
