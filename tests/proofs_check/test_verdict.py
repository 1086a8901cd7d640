import pytest

from agf_theory.proofs_check import Evidence, Level, Outcome, combine, joint_result


def test_a_verdict_is_the_strongest_level_and_lists_all_it_rests_on(toy):
    evidence = {
        "sampled": Evidence.of(Level.SAMPLED, "s", instances=3),
        "late": Evidence.timeout("no result"),
        "proved": Evidence.of(Level.PROVED, "p"),
    }
    verdict = combine(toy.claim(), evidence)
    assert verdict.result is Level.PROVED
    assert list(verdict.support) == ["proved", "sampled"]
    assert list(verdict.shortfall) == ["late"]


def test_refuted_wins_over_a_proof(toy):
    evidence = {"proof": Evidence.of(Level.PROVED, "p"), "search": Evidence.refuted("no", {"x": 1})}
    assert combine(toy.claim(), evidence).result is Outcome.REFUTED


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Outcome.INCONCLUSIVE),
        ([Outcome.INCONCLUSIVE], Outcome.INCONCLUSIVE),
        ([Outcome.INCONCLUSIVE, Outcome.TIMEOUT], Outcome.TIMEOUT),
        ([Outcome.TIMEOUT, Outcome.ERROR], Outcome.ERROR),
    ],
)
def test_without_evidence_the_verdict_is_an_outcome(outcomes, expected):
    assert joint_result(outcomes) is expected
