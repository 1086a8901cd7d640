from fractions import Fraction

import pytest

from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import (
    Evidence,
    Hypotheses,
    Hypothesis,
    Integer,
    Level,
    Necessity,
    Outcome,
    Quantity,
    Relation,
    failure,
    refute_mutants,
)
from agf_theory.proofs_check.mutation import weakenings
from agf_theory.proofs_check.parts import without_arguments


@pytest.fixture
def weakened(toy):
    """A claim with the given hypotheses, whose check looks at every instance it is given."""

    def made(*conditions, holds=lambda instance: True, **more):
        def check(formula, context):
            count = 0
            for count, instance in enumerate(context.instances(5), start=1):
                if not holds(instance):
                    return Evidence.refuted("fails", instance, instances=count)
            return Evidence.of(Level.EXACT, "holds", instances=count)

        claim = toy.claim(toy.check(check), formula=lambda: sym.x)
        from dataclasses import replace

        return replace(claim, hypotheses=Hypotheses(conditions), **more)

    return made


def names(claim):
    return [weakened.mutant.name.removeprefix("hypothesis ") for weakened in weakenings(claim)]


def test_strict_ends_are_relaxed_and_every_end_is_dropped(weakened):
    assert names(weakened(Quantity("x", 0, 1, high_included=True))) == [
        "relaxed: 0 < x to 0 ≤ x",
        "dropped: 0 < x",
        "dropped: x ≤ 1",
    ]
    assert names(weakened(Quantity("x", nonzero=True))) == ["dropped: x ≠ 0"]
    assert names(weakened(Integer("k", 1, 4))) == ["dropped: 1 ≤ k", "dropped: k ≤ 4"]
    assert names(weakened(Quantity("x"), Relation("x > 2", lambda i: i["x"] > 2))) == ["dropped: x > 2"]


def test_a_range_that_is_only_drawn_from_is_no_hypothesis(weakened):
    assert names(weakened(Quantity("x", drawn=(-9, 9)))) == []


def test_a_hypothesis_is_refuted_where_the_statement_fails_on_what_it_adds(weakened):
    (verdict,) = refute_mutants(weakened(Quantity("x", nonzero=True), holds=lambda i: i["x"] != 0))
    assert verdict.witness == {"x": "0"}
    claim = weakened(Quantity("x"), Relation("x > 2", lambda i: i["x"] > 2), holds=lambda i: i["x"] > 2)
    (verdict,) = refute_mutants(claim)
    assert verdict.refuted_by == "check"
    assert Fraction(verdict.witness["x"]) <= 2


def test_only_instances_that_the_weakened_hypothesis_adds_are_looked_at(weakened):
    claim = weakened(Quantity("x", 0), holds=lambda i: i["x"] <= 0)
    assert all(verdict.refuted_by is None for verdict in refute_mutants(claim))


def test_a_hypothesis_that_is_not_needed_survives_unless_the_claim_says_why(weakened):
    (verdict,) = refute_mutants(weakened(Quantity("x", nonzero=True)))
    assert verdict.survives
    (verdict,) = refute_mutants(
        weakened(Quantity("x", nonzero=True), equivalent={"hypothesis dropped: x ≠ 0": "continuous there"})
    )
    assert verdict.equivalent
    assert verdict.equivalence == "continuous there"
    assert verdict.evidence["check"].level is Level.EXACT


def test_no_reason_saves_a_hypothesis_whose_mutant_is_refuted(weakened):
    reasons = {"hypothesis dropped: x ≠ 0": "continuous there"}
    (verdict,) = refute_mutants(weakened(Quantity("x", nonzero=True), holds=lambda i: False, equivalent=reasons))
    assert not verdict.equivalent
    assert verdict.refuted_by == "check"


def test_a_witness_of_necessity_refutes_and_spares_the_conditions_it_breaks(weakened):
    condition = Quantity("x", nonzero=True)
    needed = Necessity(condition, {"x": 0}, lambda formula, w: failure(w["x"] == 0, Level.EXACT, "0 does not do", w))
    (verdict,) = refute_mutants(weakened(condition, necessity=(needed,)))
    assert verdict.refuted_by == "witness of necessity"
    assert verdict.witness == {"x": 0}


def test_a_witness_that_shows_nothing_refutes_nothing(weakened):
    condition = Quantity("x", nonzero=True)
    vain = Necessity(condition, {"x": 0}, lambda formula, w: failure(False, Level.EXACT, "0 does not do", w))
    (verdict,) = refute_mutants(weakened(condition, necessity=(vain,)))
    assert verdict.survives


def test_a_formula_without_a_value_on_what_is_added_refutes(weakened):
    claim = weakened(Quantity("x", nonzero=True), parts=without_arguments(lambda: 1 / sym.x))
    verdict = next(v for v in refute_mutants(claim) if v.mutant.name == "hypothesis dropped: x ≠ 0")
    assert verdict.refuted_by == "the formula has a value"
    assert verdict.witness == {"x": "0", "formula": "1/x", "value": "zoo"}


def test_an_argument_without_instances_says_nothing_about_those_that_are_added(toy, weakened):
    from dataclasses import replace

    claim = replace(weakened(Quantity("x", nonzero=True)), checks=(toy.check(toy.proves),))
    (verdict,) = refute_mutants(claim)
    assert verdict.evidence["proves"].outcome is Outcome.INCONCLUSIVE


def test_a_witness_spares_the_condition_that_it_names_whatever_it_looks_like(weakened):
    condition = Quantity("x", nonzero=True)
    needed = Necessity(condition, {"problem": "collinear"}, lambda formula, w: failure(True, Level.EXACT, "fails", w))
    assert names(weakened(condition, necessity=(needed,))) == ["dropped: x real, x ≠ 0"]


class GeneralDesign(Hypothesis):
    """A condition of two pieces, which draws its own instances."""

    variable = "problem"

    def holds(self, instance):
        return True

    def __str__(self):
        return "full rank, general position"


def test_a_witness_that_drops_one_piece_of_a_condition_spares_it_and_another_does_not(weakened):
    def needed(text):
        dropped = Relation(text, lambda instance: False)
        return Necessity(dropped, {"X": 0}, lambda formula, w: failure(True, Level.EXACT, "fails", w))

    assert names(weakened(GeneralDesign())) == ["dropped: full rank, general position"]
    assert names(weakened(GeneralDesign(), necessity=(needed("full rank"),))) == ["dropped: full rank"]
    assert names(weakened(GeneralDesign(), necessity=(needed("n > d"),))) == [
        "dropped: n > d",
        "dropped: full rank, general position",
    ]


def test_only_integers_beyond_an_end_are_looked_at(weakened):
    claim = weakened(Integer("k", 1, 4), holds=lambda instance: not 1 <= instance["k"] <= 4)
    assert [verdict.refuted_by for verdict in refute_mutants(claim)] == [None, None]
    below, above = (weak.claim.hypotheses.conditions[0] for weak in weakenings(claim))
    assert [k for k in range(-5, 10) if below.holds({"k": k})] == [-1, 0]
    assert [k for k in range(-5, 10) if above.holds({"k": k})] == [5, 6]
