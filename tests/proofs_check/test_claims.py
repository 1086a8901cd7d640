from functools import partial

import pytest

from agf_theory.proofs_check import Cost, Kind, Source, Status
from agf_theory.proofs_check.claims import Origin


@pytest.mark.parametrize("words", [Kind, Status, Cost, Origin])
def test_the_words_of_a_claim_print_as_themselves_in_lower_case(words):
    assert [str(member) for member in words] == [member.name.lower() for member in words]


def test_a_source_prints_its_key_and_where_in_it():
    assert str(Source("toys", "p. 1")) == "toys, p. 1"
    assert str(Source("toys")) == "toys"


def test_a_full_run_executes_the_quick_checks_too(toy):
    quick, full = toy.check(toy.proves), toy.check(toy.samples, cost=Cost.FULL)
    claim = toy.claim(full, quick)
    assert claim.checks_within(Cost.QUICK) == (quick,)
    assert claim.checks_within(Cost.FULL) == (full, quick)


def looks(formula, context, *, twice):
    """Looks at everything,
    once or twice.

    Notes.
    """


def test_the_purpose_of_a_check_is_the_first_paragraph_of_its_function(toy):
    assert toy.check(looks).purpose == "Looks at everything, once or twice."
    assert toy.check(partial(partial(looks, twice=True)), name="partly").purpose == toy.check(looks).purpose
    assert toy.check(toy.proves).purpose == ""
