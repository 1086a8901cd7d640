from agf_theory.proofs_check import Hypotheses, Quantity
from agf_theory.proofs_check.context import Context, seed_of

POSITIVE = Hypotheses((Quantity("x", 0),))


def test_a_seed_is_the_same_on_every_machine_and_in_every_release():
    """The record rests on what was drawn: the first eight bytes of SHA-256 of the three, line by line."""
    assert seed_of(0, "DIAG-01", "symbolic") == 0x2B659BDCAAA6DA25


def test_seeds_depend_on_the_run_the_claim_and_the_check():
    seeds = {seed_of(run, claim, check) for run in (0, 1) for claim in ("A-01", "A-02") for check in ("x", "y")}
    assert len(seeds) == 8


def test_every_call_draws_from_the_start():
    context = Context(POSITIVE, 5)
    assert context.random().random() == context.random().random()
    assert list(context.instances(4)) == list(context.instances(4)) == list(Context(POSITIVE, 5).instances(4))
    assert list(context.instances(4)) != list(Context(POSITIVE, 6).instances(4))
    assert len(list(context.instances(4))) == 4


def test_no_certificates_are_made_unless_they_are_asked_for():
    assert Context(POSITIVE, 5).certificates is False
