import pytest

from agf_theory.errors import UndecidedError
from agf_theory.proofs_check.attempt import attempted
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome


def test_evidence_is_handed_on():
    proved = Evidence.of(Level.PROVED, "fine")
    assert attempted(lambda: proved, "the check") is proved


def test_undecided_is_inconclusive_and_every_other_exception_an_error_that_says_where():
    def undecided():
        raise UndecidedError("too wide")

    def broken():
        raise ValueError("mine")

    assert (attempted(undecided, "x").result, attempted(undecided, "x").detail) == (
        Outcome.INCONCLUSIVE,
        "undecided: too wide",
    )
    found = attempted(broken, "the check")
    assert found.result is Outcome.ERROR
    assert found.detail.startswith("ValueError at test_attempt.py:")
    assert found.detail.endswith(": mine")


@pytest.mark.parametrize(("what", "returned"), [("the check", True), ("the probe", None)])
def test_what_is_no_evidence_is_an_error_whatever_it_is(what, returned):
    found = attempted(lambda: returned, what)
    assert (found.result, found.detail) == (
        Outcome.ERROR,
        f"{what} returned {type(returned).__name__} instead of Evidence",
    )


def test_an_interruption_is_nobodys_outcome():
    def interrupted():
        raise KeyboardInterrupt("stop")

    with pytest.raises(KeyboardInterrupt, match="stop"):
        attempted(interrupted, "the check")
