"""The claim and the system that docs/adding_a_claim.md makes stand up to what the page says of them."""

from fractions import Fraction

import pytest
import worked_system
from worked_claim import ALONE

from agf_theory.errors import InputError
from agf_theory.proofs_check import Level, Outcome, refute_all_mutants, show_necessity, verify
from agf_theory.tables import render


def test_the_claim_is_proved_and_rests_on_two_routes():
    verdict = verify(ALONE)
    assert {name: found.level for name, found in verdict.evidence.items()} == {
        "random designs": Level.EXACT,
        "clock": Level.PROVED,
    }


@pytest.mark.parametrize("mutant", ALONE.mutants, ids=lambda mutant: mutant.name)
def test_a_written_mutant_of_the_claim_is_refuted(mutant):
    assert verify(ALONE, formula=mutant).result is Outcome.REFUTED


def test_no_bred_mutant_survives_and_the_hypothesis_is_needed():
    assert [verdict.mutant.name for verdict in refute_all_mutants([ALONE]) if verdict.survives] == []
    assert [verdict.shown for verdict in show_necessity([ALONE])] == [True]


def test_the_skeleton_of_a_system_makes_a_table():
    problem = worked_system.ScalarNetworks((Fraction(2), Fraction(1, 3), Fraction(2)))
    sequence = worked_system.limiting_sequence(problem)
    assert list(sequence.jump_times) == [Fraction(1, 2), Fraction(3)]
    assert [event.entered for event in sequence.events] == [(0, 2), (1,)]
    assert "+s1 +s3" in render(worked_system.table(problem))
    with pytest.raises(InputError, match="above zero"):
        worked_system.ScalarNetworks((Fraction(0),))
