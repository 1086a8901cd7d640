from dataclasses import replace

import pytest

from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.store.code_version import CodeVersion
from agf_theory.proofs_check.store.job_key import JobKey, key_of


@pytest.fixture
def job(toy):
    claim = toy.claim(toy.check(toy.proves), formula=2)
    return Job(claim, claim.checks[0], claim.formula, seed=3)


def test_the_task_is_what_was_asked_and_the_version_what_answers(job):
    key = key_of(job, CodeVersion.installed())
    asked = {"claim": "TOY-01", "check": "proves", "mutant": "", "necessity": False, "seed": 3, "certificates": False}
    assert {name: key.task[name] for name in asked} == asked
    assert set(key.task) == {*asked, "parameters"}
    assert set(key.version) == {"code", "environment"}
    assert "python" in {name.lower() for name in key.version["environment"]}
    assert key.as_record() == {"task": key.task, "version": key.version}


def test_a_record_is_named_after_its_task_and_then_its_version():
    key = JobKey({"seed": 0}, {"code": "a"})
    task, version = key.file_name.removesuffix(".json").split("-")
    assert task == key.task_digest
    assert (len(task), len(version)) == (32, 16)
    assert JobKey({"seed": 0}, {"code": "b"}).file_name.startswith(f"{task}-")
    assert JobKey({"seed": 1}, {"code": "a"}).file_name.endswith(f"-{version}.json")


@pytest.mark.parametrize(
    "other", [{"seed": 4}, {"mutant": "triple"}, {"necessity": True}, {"certificates": True}, {"formula": 3}]
)
def test_jobs_that_differ_in_one_thing_have_other_keys(job, other):
    assert key_of(replace(job, **other), CodeVersion.installed()).task != key_of(job, CodeVersion.installed()).task


def test_the_order_in_which_a_task_is_written_does_not_matter():
    first, second = JobKey({"a": 1, "b": 2}, {}), JobKey({"b": 2, "a": 1}, {})
    assert first.file_name == second.file_name
