import json

import pytest

from agf_theory.errors import InputError
from agf_theory.proofs_check import Cost, Level, Record, verify_all


@pytest.fixture
def claims(toy):
    return (toy.claim(toy.check(toy.proves), toy.check(toy.samples, cost=Cost.FULL), toy.check(toy.gives_up)),)


@pytest.fixture
def record(claims):
    return Record().updated(verify_all(claims, cost=Cost.FULL, workers=0), claims)


def test_a_run_agrees_with_the_record_it_has_written(claims, record, tmp_path):
    record.save(tmp_path / "verdicts.json")
    known = Record.load(tmp_path / "verdicts.json")
    for cost in Cost:
        assert known.differences(verify_all(claims, cost=cost, workers=0)) == ()


def test_saving_twice_gives_the_same_file_and_nothing_beside_it(record, tmp_path):
    path = tmp_path / "verdicts.json"
    record.save(path)
    first = path.read_bytes()
    Record.load(path).save(path)
    assert path.read_bytes() == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["verdicts.json"]


def test_a_record_that_cannot_be_written_leaves_the_old_one_alone(record, tmp_path):
    path = tmp_path / "verdicts.json"
    path.mkdir()
    with pytest.raises(OSError, match="verdicts.json"):
        record.save(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["verdicts.json"]


def test_a_quick_run_is_compared_with_what_quick_checks_attain(toy):
    claims = (toy.claim(toy.check(toy.samples), toy.check(toy.proves, cost=Cost.FULL)),)
    record = Record().updated(verify_all(claims, cost=Cost.FULL, workers=0), claims)
    assert record.verdict("TOY-01") is Level.PROVED
    assert record.verdict("TOY-01", Cost.QUICK) is Level.SAMPLED
    assert record.differences(verify_all(claims, workers=0)) == ()


def test_a_quick_run_put_on_record_keeps_what_full_checks_attained(claims, record):
    assert record.updated(verify_all(claims, workers=0), claims).checks == record.checks


def test_a_claim_on_record_that_is_no_longer_there_is_a_difference(claims, record):
    assert record.vanished(claims) == ()
    assert [str(difference) for difference in record.vanished(())] == [
        "TOY-01 every check: recorded proved, found no such claim"
    ]


def test_a_check_with_another_result_is_a_difference(toy, record):
    changed = toy.claim(
        toy.check(toy.refutes, name="proves"), toy.check(toy.samples, cost=Cost.FULL), toy.check(toy.gives_up)
    )
    (difference,) = record.differences(verify_all((changed,), workers=0))
    assert str(difference) == "TOY-01 proves: recorded proved, found refuted"


def test_a_check_that_is_not_on_record_is_a_difference(toy, record, claims):
    (claim,) = claims
    more = toy.claim(*claim.checks, toy.check(toy.doubles), formula=lambda x: 2 * x)
    (difference,) = record.differences(verify_all((more,), cost=Cost.FULL, workers=0))
    assert str(difference) == "TOY-01 doubles: recorded nothing, found exact"


def test_a_check_that_has_vanished_is_a_difference(toy, record):
    fewer = toy.claim(toy.check(toy.proves), toy.check(toy.gives_up))
    assert record.differences(verify_all((fewer,), workers=0)) == ()
    (difference,) = record.differences(verify_all((fewer,), cost=Cost.FULL, workers=0))
    assert str(difference) == "TOY-01 samples: recorded sampled, found nothing"


def test_claims_that_are_gone_are_dropped_from_the_record(toy, record, claims):
    other = (toy.claim(toy.check(toy.proves), id="TOY-02"),)
    assert list(record.updated(verify_all(other, workers=0), other).checks) == ["TOY-02"]


def test_claims_that_were_not_run_stay_on_record(toy, record, claims):
    other = toy.claim(toy.check(toy.proves), id="TOY-02")
    updated = record.updated(verify_all((other,), workers=0), (*claims, other))
    assert list(updated.checks) == ["TOY-01", "TOY-02"]


def test_a_missing_record_is_an_empty_one(tmp_path):
    assert Record.load(tmp_path / "none.json").checks == {}
    assert Record().verdict("TOY-01") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"format": 1}',
        '{"format": 1, "claims": []}',
        '{"format": 1, "claims": {"A": {"checks": {"c": {"cost": "quick", "result": "true"}}}}}',
        '{"format": 1, "claims": {"A": {"checks": {"c": {"cost": "cheap", "result": "exact"}}}}}',
        '{"format": 1, "claims": {"A": {"checks": {"c": null}}}}',
    ],
)
def test_a_malformed_record_is_named_and_the_way_out_with_it(tmp_path, text):
    path = tmp_path / "verdicts.json"
    path.write_text(text)
    with pytest.raises(InputError, match="verdicts.json cannot be read .*agf verify --full --record"):
        Record.load(path)


def test_a_record_of_another_format_is_refused(tmp_path):
    path = tmp_path / "verdicts.json"
    path.write_text(json.dumps({"format": 99, "claims": {}}))
    with pytest.raises(InputError, match="format 99, expected 1"):
        Record.load(path)


@pytest.mark.parametrize("outcome", ["raises", "returns_true"])
def test_what_speaks_about_a_run_is_never_put_on_record(toy, outcome):
    claims = (toy.claim(toy.check(toy.proves), toy.check(getattr(toy, outcome))),)
    with pytest.raises(InputError, match=f"cannot put TOY-01 on record: its check '{outcome}' ended in error"):
        Record().updated(verify_all(claims, workers=1), claims)


def test_a_time_out_is_never_put_on_record(toy):
    claims = (toy.claim(toy.check(toy.sleeps, time_limit=0.5)),)
    with pytest.raises(InputError, match="ended in timeout"):
        Record().updated(verify_all(claims, workers=1), claims)


@pytest.mark.parametrize("result", ["timeout", "error"])
def test_a_record_that_was_edited_to_let_a_failure_pass_is_refused(record, tmp_path, result):
    path = tmp_path / "verdicts.json"
    record.save(path)
    content = json.loads(path.read_text())
    content["claims"]["TOY-01"]["checks"]["gives_up"]["result"] = result
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match=f"gives_up is recorded as {result}"):
        Record.load(path)


def test_a_recorded_verdict_has_to_follow_from_the_recorded_checks(record, tmp_path):
    path = tmp_path / "verdicts.json"
    record.save(path)
    content = json.loads(path.read_text())
    content["claims"]["TOY-01"]["verdict"] = "formal"
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match="TOY-01 does not follow from its checks"):
        Record.load(path)


def test_evidence_on_far_fewer_instances_is_a_difference(toy):
    claims = (toy.claim(toy.check(toy.samples)),)
    run = verify_all(claims, workers=0)
    (instances,) = (evidence.instances for evidence in run.verdicts[0].evidence.values())
    record = Record().updated(run, claims)
    richer = {name: {**check, "instances": 3 * instances} for name, check in record.checks["TOY-01"].items()}
    (difference,) = Record({"TOY-01": richer}).differences(run)
    assert str(difference).endswith(f"recorded sampled on {3 * instances} instances, found sampled on {instances}")
