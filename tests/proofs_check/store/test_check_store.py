import errno
import json
import os
import shutil
from dataclasses import replace

import pytest

from agf_theory.proofs_check import CheckStore, Cost, Evidence, Job, Level, Mutant, Outcome, run_jobs, show_necessity
from agf_theory.proofs_check import verify_all as verify
from agf_theory.proofs_check.claims import Necessity, Origin
from agf_theory.proofs_check.hypotheses import Quantity
from agf_theory.proofs_check.mutation import refute_all_mutants
from agf_theory.proofs_check.runner import Finding


@pytest.fixture
def said():
    return []


@pytest.fixture
def store(tmp_path, said):
    """`store()` for a run that resumes; `store(reuse=False)` for one that starts anew."""

    def make(folder=tmp_path / "checks", reuse=True):
        return CheckStore(folder, reuse=reuse, notice=said.append)

    return make


@pytest.fixture
def job(toy):
    claim = toy.claim(toy.check(toy.samples))
    return Job(claim, claim.checks[0], None, 0)


def records(folder):
    return sorted(folder.glob("*.json"))


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_a_resumed_run_runs_only_what_is_not_kept(toy, store, workers, said):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.samples), toy.check(toy.gives_up))
    jobs = [Job(claim, check, None, 0) for check in claim.checks]
    run_jobs(jobs[:2], workers=workers, store=store())
    fresh = run_jobs(jobs, workers=workers)
    seen = []
    resumed = run_jobs(
        jobs, workers=workers, store=store(), progress=lambda f, done, total: seen.append((f.kept, done, total))
    )
    assert seen == [(True, 1, 3), (True, 2, 3), (False, 3, 3)]
    assert [f.evidence.as_record() for f in resumed] == [f.evidence.as_record() for f in fresh]
    assert [f.job for f in resumed] == jobs
    assert said == []


def test_without_resume_a_run_starts_anew_and_is_kept(job, store):
    run_jobs([job], workers=0, store=store())
    run = store(reuse=False)
    (finding,) = run_jobs([job], workers=0, store=run)
    assert not finding.kept
    assert run.count == 1


@pytest.mark.parametrize("name", ["raises", "leaves_quietly", "sleeps"])
def test_errors_and_timeouts_are_never_kept(toy, store, name):
    claim = toy.claim(toy.check(getattr(toy, name), time_limit=1.0))
    run = store()
    run_jobs([Job(claim, claim.checks[0], None, 0)], workers=1, store=run)
    assert run.count == 0
    assert run.find(Job(claim, claim.checks[0], None, 0)) is None


def other_jobs(toy, job):
    claim, check = job.claim, job.check
    return {
        "claim": replace(job, claim=toy.claim(check, id="TOY-02")),
        "check": replace(job, check=replace(check, name="other")),
        "function": replace(job, check=replace(check, run=toy.proves)),
        "formula": replace(job, formula=1),
        "seed": replace(job, seed=1),
        "mutant": replace(job, mutant="doubled"),
        "necessity": replace(job, necessity=True),
        "certificates": replace(job, certificates=True),
        "hypotheses": replace(job, claim=replace(claim, hypotheses=replace(claim.hypotheses, conditions=()))),
    }


@pytest.mark.parametrize(
    "what", ["claim", "check", "function", "formula", "seed", "mutant", "necessity", "certificates", "hypotheses"]
)
def test_a_record_serves_no_other_job(toy, store, job, what):
    run_jobs([job], workers=0, store=store())
    assert store().find(other_jobs(toy, job)[what]) is None
    assert store().find(job) is not None


def test_a_time_limit_is_no_part_of_what_was_found(store, job):
    run_jobs([job], workers=0, store=store())
    assert store().find(replace(job, check=replace(job.check, time_limit=99.0))).kept


def falsehoods(toy, job, path, store):
    """What may lie in the place of a record, and the reason it is not believed."""

    def another_seed():
        other = replace(job, seed=1)
        run_jobs([other], workers=0, store=store())
        (written,) = (p for p in records(path.parent) if p != path)
        written.replace(path)

    def tampered():
        content = json.loads(path.read_text())
        content["record"]["evidence"]["result"] = "proved"
        path.write_text(json.dumps(content))

    def link():
        path.rename(path.with_suffix(".real"))
        path.symlink_to(path.with_suffix(".real"))

    def folder():
        path.unlink()
        path.mkdir()

    return {
        "another seed": (another_seed, "the record of something else"),
        "tampered": (tampered, "its checksum does not fit"),
        "truncated": (lambda: os.truncate(path, 100), "it is damaged"),
        "empty": (lambda: os.truncate(path, 0), "it is damaged"),
        "link": (link, "it is a link"),
        "folder": (folder, "it is no regular file"),
        "huge": (lambda: os.truncate(path, 2**40), "bytes, more than"),
    }


@pytest.mark.parametrize("what", ["another seed", "tampered", "truncated", "empty", "link", "folder", "huge"])
def test_a_falsehood_in_the_place_of_a_record_is_told_and_run_anew(toy, store, job, said, tmp_path, what):
    (fresh,) = run_jobs([job], workers=0, store=store())
    (path,) = records(tmp_path / "checks")
    lie, reason = falsehoods(toy, job, path, store)[what]
    lie()
    (again,) = run_jobs([job], workers=0, store=store())
    assert not again.kept
    assert again.evidence.as_record() == fresh.evidence.as_record()
    assert reason in said[0]
    assert str(path) in said[0]
    # What was run anew takes the place of the falsehood, unless that is a folder, which is not ours to remove.
    assert len(said) == (2 if what == "folder" else 1)
    assert (store().find(job) is None) is (what == "folder")


def test_many_damaged_records_are_told_once(toy, store, said, tmp_path):
    claim = toy.claim(*(toy.check(toy.proves, name=f"{k}") for k in range(3)))
    jobs = [Job(claim, check, None, 0) for check in claim.checks]
    run_jobs(jobs, workers=0, store=store())
    for path in records(tmp_path / "checks"):
        path.write_bytes(b"{")
    run_jobs(jobs, workers=0, store=store())
    assert len(said) == 1
    assert "such checks are run anew" in said[0]


@pytest.mark.parametrize("obstacle", ["file", "full", "read-only"])
def test_where_nothing_can_be_kept_the_run_goes_on_and_says_so_once(toy, store, said, tmp_path, monkeypatch, obstacle):
    if obstacle == "file":
        (tmp_path / "checks").write_text("mine")
    else:
        number, text = (errno.ENOSPC, "No space left on device") if obstacle == "full" else (errno.EROFS, "Read-only")

        def fail(handle):
            raise OSError(number, text)

        monkeypatch.setattr("os.fsync", fail)
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.samples))
    run = store()
    found = run_jobs([Job(claim, check, None, 0) for check in claim.checks], workers=1, store=run)
    assert [f.evidence.level for f in found] == [Level.PROVED, Level.SAMPLED]
    assert run.count == 0
    assert len(said) == 1
    assert f"finished checks cannot be kept in {tmp_path / 'checks'}" in said[0]
    assert said[0].endswith("the run goes on")
    run.tidy()


@pytest.mark.skipif(
    shutil.which("mount") is None or os.geteuid() != 0, reason="a small disk takes the right to mount one"
)
def test_on_a_disk_that_fills_up_what_was_kept_before_stays(toy, store, said, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=64k none {disk} 2>/dev/null"):
        pytest.skip("no right to mount a disk")
    try:
        claim = toy.claim(*(toy.check(toy.proves, name=f"{k}") for k in range(40)))
        jobs = [Job(claim, check, "x" * 4000, 0) for check in claim.checks]
        run = store(disk / "checks")
        found = run_jobs(jobs, workers=0, store=run)
        assert all(f.evidence.level is Level.PROVED for f in found)
        assert 0 < run.count < 40
        assert len(said) == 1
        assert "No space left on device" in said[0]
        assert sum(f.kept for f in run_jobs(jobs, workers=0, store=store(disk / "checks"))) == run.count
        assert len(said) == 2
        assert not list((disk / "checks").glob(".unfinished-*"))
    finally:
        os.system(f"umount {disk}")


def test_what_cannot_be_described_is_run_and_not_kept(toy, store, said):
    claim = toy.claim(toy.check(toy.proves))
    run = store()
    (found,) = run_jobs([Job(claim, claim.checks[0], object(), 0)], workers=0, store=run)
    assert found.evidence.level is Level.PROVED
    assert run.count == 0
    assert len(said) == 1
    assert "TOY-01 proves cannot be kept" in said[0]


def test_evidence_that_json_does_not_hold_or_is_too_long_is_not_kept(store, job, said, monkeypatch):
    run = store()
    run.keep(Finding(job, Evidence.of(Level.PROVED, "huge", number=10**5000), 1.0))
    assert "a finished check cannot be kept" in said[0]
    monkeypatch.setattr("agf_theory.proofs_check.store.check_store.LARGEST", 10)
    other = store()
    other.keep(Finding(job, Evidence.of(Level.PROVED, "long"), 1.0))
    assert "bytes of evidence" in said[1]
    assert run.count == other.count == 0


def test_mutants_and_witnesses_of_necessity_are_kept_too(toy, store):
    def threshold(formula, witness):
        return Evidence.of(Level.EXACT, "fails", instances=1)

    needed = Necessity(Quantity("x", 0, 1), {"x": 2}, threshold)
    mutants = (Mutant("triple", toy.refutes, "3 for 2"),)
    claim = replace(toy.claim(toy.check(toy.refutes), mutants=mutants), necessity=(needed,))
    for expected in (0, 3):
        seen: list[bool] = []
        run, watch = store(), lambda finding, done, total, seen=seen: seen.append(finding.kept)
        verify([claim], store=run, progress=watch, workers=0)
        show_necessity([claim], store=run, progress=watch)
        (verdict,) = refute_all_mutants([claim], store=run, progress=watch, origins=(Origin.WRITTEN,))
        assert not verdict.survives
        assert sum(seen) == expected
        assert run.count == 3


def test_two_runs_at_once_in_one_folder_keep_whole_records(toy, tmp_path):
    claim = toy.claim(*(toy.check(toy.samples, name=f"{k}") for k in range(25)))
    jobs = [Job(claim, check, None, 0) for check in claim.checks]
    processes = []
    for _ in range(3):
        if (process := os.fork()) == 0:
            said = []
            run = CheckStore(tmp_path, reuse=True, notice=said.append)
            for _ in range(4):
                run_jobs(jobs, workers=0, store=run)
                for finding in run_jobs(jobs, workers=0):
                    run.keep(finding)
                run.tidy()
            os._exit(bool(said))
        processes.append(process)
    assert [os.waitpid(process, 0)[1] for process in processes] == [0, 0, 0]
    said = []
    assert all(f.kept for f in run_jobs(jobs, workers=0, store=CheckStore(tmp_path, reuse=True, notice=said.append)))
    assert said == []
    assert len(list(tmp_path.iterdir())) == 25


def test_a_clock_that_was_turned_loses_no_finished_check(job, store, tmp_path):
    run = store()
    run_jobs([job], workers=0, store=run)
    (path,) = records(tmp_path / "checks")
    os.utime(path, (0, 0))
    for k in range(6):
        newer = path.with_name(f"{path.name.partition('-')[0]}-{k}.json")
        newer.write_bytes(b"")
        os.utime(newer, (2**33, 2**33))
    run.tidy()
    assert store().find(job).kept
    assert len(records(tmp_path / "checks")) == 4


def test_a_full_run_goes_on_from_a_quick_one(toy, store):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.samples, cost=Cost.FULL))
    verify([claim], store=store())
    seen = []
    verify([claim], cost=Cost.FULL, store=store(), progress=lambda f, done, total: seen.append(f.kept))
    assert seen == [True, False]


def test_a_kept_refutation_still_refutes(toy, store):
    claim = toy.claim(toy.check(toy.refutes))
    for _ in range(2):
        run = verify([claim], store=store())
        assert run.verdicts[0].result is Outcome.REFUTED
