"""One check in print, from evidence made by hand: nothing is run."""

import pytest

from agf_theory.proofs_check import Cost, Evidence, Level, Outcome
from agf_theory.proofs_check.explanation_text import check_text

COMMAND = "agf verify TOY-01 --check 'a check' --seed 0"


def looks(formula, context):
    """Looks at everything, and at
    nothing twice.

    Notes that no reader of a report needs.
    """


def silent(formula, context):
    raise NotImplementedError


def printed(toy, evidence, run=looks):
    check = toy.check(run, name="a check", cost=Cost.FULL, time_limit=2.5)
    return check_text(check, evidence.repeated_by(COMMAND))


def test_a_check_is_shown_with_its_meaning_purpose_findings_cost_and_command(toy):
    evidence = Evidence.of(Level.EXACT, "all agree", instances=7, residual=0, rates={"x": "1/2"})
    assert printed(toy, evidence).splitlines() == [
        "a check: exact",
        "  means       exact arithmetic on the stated instances",
        "  does        Looks at everything, and at nothing twice.",
        "  found       all agree",
        "  instances   7",
        "  figures     residual = 0",
        "              rates: x = 1/2",
        "  cost        full, at most 2.5 s",
        f"  repeat      {COMMAND}",
    ]


def test_a_check_without_a_docstring_says_nothing_of_its_purpose(toy):
    assert "  does" not in printed(toy, Evidence.of(Level.PROVED, "zero"), silent)


def test_an_argument_for_all_values_has_no_number_of_instances(toy):
    assert "  instances   all the hypotheses allow\n" in printed(toy, Evidence.of(Level.PROVED, "zero"))


@pytest.mark.parametrize("outcome", [Outcome.INCONCLUSIVE, Outcome.TIMEOUT, Outcome.ERROR])
def test_no_evidence_is_called_so_and_claims_no_instances(toy, outcome):
    text = printed(toy, Evidence(outcome, "nothing came of it"))
    assert "means       NO EVIDENCE: " in text
    assert "instances" not in text


def test_a_refutation_shows_its_witness_and_a_long_one_is_cut(toy):
    short = printed(toy, Evidence.refuted("fails", {"x": "1/2", "y": [1, 2]}, instances=3))
    assert "  instances   3\n" in short
    assert "  witness     x = 1/2; y = [1, 2]\n" in short
    witness = " ".join(printed(toy, Evidence.refuted("fails", "7" * 601)).split())
    assert "(601 signs; --format json has all)" in witness
    assert "signs" not in printed(toy, Evidence.refuted("fails", "7" * 600))


def test_no_line_is_wider_than_80_columns_and_a_long_command_is_broken_for_the_shell(toy):
    command = (
        "agf verify TOY-01 --check 'a check of a name that is rather long to be read' --mutant 'bred: one' --seed 0"
    )
    evidence = Evidence.of(Level.PROVED, "so it is " * 30).repeated_by(command)
    lines = check_text(toy.check(looks), evidence).splitlines()
    assert max(map(len, lines)) <= 80
    start = next(k for k, line in enumerate(lines) if line.startswith("  repeat"))
    assert all(line.endswith(" \\") for line in lines[start:-1])
    words = [line.removesuffix("\\").removeprefix("  repeat").strip() for line in lines[start:]]
    assert len(words) > 1
    assert " ".join(words) == command
