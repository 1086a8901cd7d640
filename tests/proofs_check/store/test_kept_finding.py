import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.proofs_check import Evidence, Level, Outcome
from agf_theory.proofs_check.store.atomic_file import UnusableFile
from agf_theory.proofs_check.store.job_key import JobKey
from agf_theory.proofs_check.store.kept_finding import NEVER_KEPT, decoded, encoded

KEY = JobKey({"claim": "TOY-01", "check": "√2 \ud800", "seed": 0}, {"code": "abc", "environment": {"python": "3"}})

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.fractions(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
RESULTS = st.sampled_from([r for r in (*Level, *Outcome) if r not in NEVER_KEPT])
EVIDENCE = st.builds(
    Evidence,
    RESULTS,
    st.text(),
    st.dictionaries(st.text(), DATA, max_size=4),
    DATA.filter(lambda data: data is not None),
    st.integers(1, 10**6),
    certificates=st.dictionaries(st.text(), st.lists(DATA, max_size=3), max_size=2),
)


@given(EVIDENCE, st.floats(0, 1e6))
def test_what_is_read_is_what_was_written(evidence, seconds):
    found, took = decoded(encoded(evidence, seconds, KEY), KEY)
    assert took == seconds
    assert repr(found.certificates) == repr(evidence.certificates)
    assert repr(found.as_record()) == repr(evidence.as_record())
    assert json.dumps(found.as_record()) == json.dumps(evidence.as_record())
    assert list(found.figures) == list(evidence.figures)


def test_numbers_that_json_is_known_to_bend_come_back():
    figures = {"big": 10**400, "tiny": 5e-324, "third": 1 / 3, "minus": -0.0, "whole": 1.0}
    evidence = Evidence.of(Level.PROVED, "numbers", **figures)
    found, _ = decoded(encoded(evidence, 1.0, KEY), KEY)
    assert repr(dict(found.figures)) == repr(figures)
    assert math.copysign(1, found.figures["minus"]) == -1


def altered(change, *, key=KEY, mend=False):
    content = json.loads(encoded(Evidence.of(Level.EXACT, "fine", instances=3, figure=1.5), 2.0, key))
    change(content)
    if mend:
        import hashlib

        text = json.dumps(content["record"], separators=(",", ":"))
        content["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["record"]["evidence"].update(result="proved"),
        lambda c: c["record"]["evidence"].update(instances=4),
        lambda c: c["record"]["evidence"]["figures"].update(figure=1.25),
        lambda c: c["record"]["key"]["task"].update(seed=1),
        lambda c: c["record"].update(seconds=1.0),
        lambda c: c.update(checksum="0" * 64),
    ],
)
def test_a_tampered_record_is_not_believed(change):
    with pytest.raises(UnusableFile, match="its checksum does not fit"):
        decoded(altered(change), KEY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda c: c["record"].update(format=0), "its format is 0, not 1"),
        (lambda c: c["record"]["key"]["task"].update(seed=1), "the record of something else"),
        (lambda c: c["record"]["key"]["version"].update(code="old"), "the record of something else"),
        (lambda c: c["record"]["evidence"].update(result="timeout"), r"damaged \(KeyError\)"),
        (lambda c: c["record"]["evidence"].update(result="error"), r"damaged \(KeyError\)"),
        (lambda c: c["record"]["evidence"].update(result="certain"), r"damaged \(KeyError\)"),
        (lambda c: c["record"]["evidence"].update(result="refuted"), r"damaged \(AssertionError\)"),
        (lambda c: c["record"]["evidence"].update(instances=0), r"damaged \(AssertionError\)"),
        (lambda c: c["record"]["evidence"].update(instances=-1), r"damaged \(TypeError\)"),
        (lambda c: c["record"]["evidence"].update(instances=True), r"damaged \(TypeError\)"),
        (lambda c: c["record"]["evidence"].update(detail=None), r"damaged \(TypeError\)"),
        (lambda c: c["record"]["evidence"].update(figures=[]), r"damaged \(TypeError\)"),
        (lambda c: c["record"]["evidence"].update(certificates={"kkt": "x"}), r"damaged \(TypeError\)"),
        (lambda c: c["record"]["evidence"].update(certificates=[]), r"damaged \(AttributeError\)"),
        (lambda c: c["record"]["evidence"].pop("witness"), r"damaged \(KeyError\)"),
        (lambda c: c["record"].update(seconds=-1.0), r"damaged \(TypeError\)"),
        (lambda c: c["record"].update(seconds=None), r"damaged \(TypeError\)"),
    ],
)
def test_a_record_with_a_checksum_that_fits_is_still_looked_at(change, reason):
    with pytest.raises(UnusableFile, match=reason):
        decoded(altered(change, mend=True), KEY)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b'{"record": NaN}', b'{"record": {}}', b"[" * 100_000, b"1" * 9999],
)
def test_what_is_no_record_is_damaged(content):
    with pytest.raises(UnusableFile, match="it is damaged"):
        decoded(content, KEY)


@given(st.data())
def test_a_truncated_record_is_never_believed(data):
    content = encoded(Evidence.of(Level.PROVED, "fine"), 2.0, KEY)
    with pytest.raises(UnusableFile):
        decoded(content[: data.draw(st.integers(0, len(content) - 1))], KEY)


@given(st.data())
def test_a_flipped_bit_is_never_believed(data):
    content = bytearray(encoded(Evidence.of(Level.PROVED, "fine", figure=1.5), 2.0, KEY))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found, seconds = decoded(bytes(content), KEY)
    except UnusableFile:
        return
    # Only where JSON does not tell the two spellings apart.
    assert (found.as_record(), seconds) == (Evidence.of(Level.PROVED, "fine", figure=1.5).as_record(), 2.0)


def test_what_json_does_not_hold_is_refused():
    with pytest.raises(ValueError, match="digits"):
        encoded(Evidence.of(Level.PROVED, "huge", number=10**5000), 1.0, KEY)
