import contextlib
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from agf_theory.proofs_check import Cost, Job, Level, Outcome, Record, as_json, run_jobs, seed_of, verify, verify_all


def findings(toy, *names, workers=1, time_limit=20.0):
    claim = toy.claim(*(toy.check(getattr(toy, name), time_limit=time_limit) for name in names))
    jobs = [Job(claim, check, claim.formula, 0) for check in claim.checks]
    return {f.job.check.name: f.evidence for f in run_jobs(jobs, workers=workers)}


@pytest.mark.parametrize(
    ("check", "outcome", "detail"),
    [
        ("finds_no_instance", Outcome.INCONCLUSIVE, "no instance met the hypotheses"),
        ("gives_up", Outcome.INCONCLUSIVE, "gave up"),
        ("cannot_decide", Outcome.INCONCLUSIVE, "undecided: two times lie too close"),
        ("refutes", Outcome.REFUTED, "always"),
        ("raises", Outcome.ERROR, r"ZeroDivisionError at conftest.py:\d+: a bug of ours"),
        ("returns_true", Outcome.ERROR, "returned bool instead of Evidence"),
    ],
)
@pytest.mark.parametrize("workers", [0, 1])
def test_what_is_no_evidence_is_told_apart(toy, check, outcome, detail, workers):
    evidence = findings(toy, check, workers=workers)[check]
    assert evidence.outcome is outcome
    assert re.search(detail, evidence.detail)


@pytest.mark.parametrize(("check", "ending"), [("leaves_quietly", "exit status 0"), ("crashes", "signal SIGSEGV")])
def test_a_process_that_goes_without_a_result_is_an_error(toy, check, ending):
    evidence = findings(toy, check)[check]
    assert evidence.outcome is Outcome.ERROR
    assert ending in evidence.detail


@pytest.mark.parametrize("check", ["sleeps", "spins_deaf_to_signals"])
def test_a_check_is_killed_when_its_time_is_up_and_the_others_go_on(toy, check):
    started = time.monotonic()
    found = findings(toy, check, "proves", time_limit=3.0)
    assert time.monotonic() - started < 30
    assert found[check].outcome is Outcome.TIMEOUT
    assert found[check].detail == "no result within 3 s"
    assert found["proves"].level is Level.PROVED


def test_a_crash_does_not_disturb_its_neighbours(toy):
    found = findings(toy, "crashes", "proves", "raises", "samples", workers=2)
    assert [str(found[name].result) for name in found] == ["error", "proved", "error", "sampled"]


def test_what_a_check_prints_stays_off_stdout(toy, capfd):
    assert findings(toy, "prints")["prints"].level is Level.PROVED
    assert capfd.readouterr().out == ""


def test_findings_carry_the_command_that_repeats_them(toy):
    claim = toy.claim(toy.check(toy.proves, cost=Cost.FULL))
    plain, mutated = (Job(claim, claim.checks[0], None, 7, mutant) for mutant in ("", "doubled"))
    assert [f.evidence.command for f in run_jobs([plain, mutated], workers=0)] == [
        "agf verify TOY-01 --check proves --seed 7",
        "agf verify TOY-01 --check proves --mutant doubled --seed 7",
    ]
    assert str(mutated) == "TOY-01 doubled proves"


def test_progress_is_reported_after_each_job(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.samples))
    seen = []
    run_jobs(
        [Job(claim, check, None, 0) for check in claim.checks],
        workers=1,
        progress=lambda finding, done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]


def test_a_quick_run_leaves_full_checks_out(toy):
    claim = toy.claim(toy.check(toy.proves), toy.check(toy.samples, cost=Cost.FULL))
    assert list(verify(claim).evidence) == ["proves"]
    assert list(verify(claim, cost=Cost.FULL).evidence) == ["proves", "samples"]


def test_the_seed_of_a_check_depends_on_claim_check_and_run_alone():
    seeds = {seed_of(s, c, n) for s in (0, 1) for c in ("A-01", "A-02") for n in ("x", "y")}
    assert len(seeds) == 8


@pytest.mark.parametrize("seed", [0, 5])
def test_one_worker_and_two_give_the_same_json_byte_for_byte(toy, seed):
    names = ("samples", "doubles", "gives_up", "raises", "leaves_quietly")
    claims = [
        toy.claim(*(toy.check(getattr(toy, n)) for n in names), formula=lambda x: 2 * x, id=f"TOY-{k:02}")
        for k in (1, 2)
    ]
    texts = []
    for workers in (1, 2):
        content = json.loads(as_json(verify_all(claims, seed=seed, workers=workers), Record(), (), ()))
        content.pop("seconds")
        texts.append(json.dumps(content))
    assert texts[0] == texts[1]
    assert '"values"' in texts[0]


def runs_two(toy, check):
    """What a process of its own runs; forked, so that nothing is imported again."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a worker of pytest-xdist ignores it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    claim = toy.claim(*(toy.check(getattr(toy, check), name=str(k), time_limit=60) for k in range(2)))
    with contextlib.suppress(KeyboardInterrupt):
        run_jobs([Job(claim, check, None, 0) for check in claim.checks], workers=2)


def children(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.strip().startswith("Z")


@pytest.mark.parametrize(
    ("number", "check"),
    [
        (signal.SIGINT, "spins_deaf_to_signals"),
        (signal.SIGTERM, "spins_deaf_to_signals"),
        (signal.SIGKILL, "spins_deaf_to_signals"),
        pytest.param(
            signal.SIGKILL,
            "never_leaves_the_library",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a check outlives its parent"),
        ),
    ],
)
def test_an_interrupted_run_leaves_no_process_behind(number, check, toy):
    run = multiprocessing.get_context("fork").Process(target=runs_two, args=(toy, check))
    run.start()
    deadline = time.monotonic() + 30
    while len(spinning := children(run.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(run.pid, number)
    run.join(30)
    assert run.exitcode is not None
    assert len(spinning) == 2
    deadline = time.monotonic() + 20
    while any(map(alive, spinning)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, spinning))
