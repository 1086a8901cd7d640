import pytest

from agf_theory.errors import UnknownName
from agf_theory.proofs_check import all_claims
from agf_theory.report import bibliography, reference
from agf_theory.report.bibliography import references


def test_every_source_of_a_claim_has_its_entry():
    assert all(references(str(claim.source)) for claim in all_claims())


def test_an_entry_is_read_whole_and_without_markup():
    assert "*" not in "".join(bibliography().values())
    assert reference("kunin2024").endswith("Advances in Neural Information Processing Systems, 2024. arXiv:2406.06158.")
    assert len(bibliography()) >= 18


def test_an_unknown_key_is_refused_with_those_there_are():
    with pytest.raises(UnknownName, match="unknown key 'nobody1900' of the bibliography; known: .*pesme2023"):
        reference("nobody1900")
