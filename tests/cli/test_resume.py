import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agf_theory.cli import main
from agf_theory.proofs_check import Record, explain, explanation_text, get


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The folder of finished checks of this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("AGF_THEORY_CACHE", str(folder))
    return folder


def without_seconds(text):
    content = json.loads(text)
    assert content.pop("seconds")
    return content


def test_a_resumed_run_prints_what_an_uninterrupted_one_does(agf, cache):
    arguments = ("verify", "DIAG-03", "--mutants", "--format", "json")
    fresh = agf(*arguments, "--no-cache", "--jobs", "1")
    assert not cache.exists()
    first = agf(*arguments, "--jobs", "2")
    for path in list((cache / "checks").iterdir())[::2]:
        path.unlink()
    resumed = agf(*arguments, "--resume", "--jobs", "2")
    assert without_seconds(fresh.out) == without_seconds(first.out) == without_seconds(resumed.out)
    assert fresh.status == first.status == resumed.status == 0
    assert "(kept)" not in first.err
    assert 0 < resumed.err.count("(kept)") < resumed.err.count("] ")
    again = agf(*arguments, "--resume")
    assert again.err.count("(kept)") == again.err.count("] ")
    assert again.out == resumed.out


def test_without_resume_everything_is_run_and_kept(agf, cache):
    agf("verify", "DIAG-03")
    assert len(list((cache / "checks").glob("*.json"))) == len(get("DIAG-03").checks) + len(get("DIAG-03").necessity)
    assert "(kept)" not in agf("verify", "DIAG-03").err


def test_checks_with_certificates_and_without_are_told_apart(agf, tmp_path):
    agf("verify", "DIAG-03")
    assert "(kept)" not in agf("verify", "DIAG-03", "--resume", "--certificates", tmp_path / "one").err
    assert "(kept)" in agf("verify", "DIAG-03", "--resume", "--certificates", tmp_path / "two").err
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_an_explanation_is_resumed_too(agf):
    first, second = agf("verify", "--explain", "DIAG-03"), agf("verify", "--explain", "DIAG-03", "--resume")
    assert first.out == second.out
    assert second.err.count("(kept)") == second.err.count("] ")


def printed_commands(claim_id):
    """The commands of an explanation, as a reader would copy them."""
    text = explanation_text(explain(get(claim_id), Record.load())).replace("\\\n", " ")
    return [line.partition("repeat")[2].strip() for line in text.splitlines() if line.strip().startswith("repeat ")]


def test_every_command_that_is_printed_finds_the_same_again(agf):
    explanation = json.loads(agf("verify", "--explain", "FRM-06", "--seed", "3", "--format", "json").out)
    found = [*explanation["checks"].values(), *(n["evidence"] for n in explanation["necessity"])]
    found += [evidence for mutant in explanation["mutants"] for evidence in mutant["checks"].values()]
    assert len(found) >= 5
    for evidence in found:
        arguments = shlex.split(evidence["command"])
        assert arguments[0] == "agf"
        again = agf(*arguments[1:], "--format", "json", "--no-cache")
        assert again.status == 0
        repeated = json.loads(again.out)["evidence"]
        assert repeated == {key: evidence[key] for key in repeated}


def test_a_command_that_is_broken_into_lines_is_whole_for_a_shell():
    commands = printed_commands("FRM-06")
    assert shlex.split(commands[0]) == ["agf", "verify", "FRM-06", "--check", "no force at zero", "--seed", "0"]
    assert shlex.split(commands[-2])[5:7] == ["--mutant", "degree-one"]
    assert all(Path(shlex.split(command)[0]).name == "agf" for command in commands)


def test_one_check_is_shown_with_all_it_found(agf):
    outcome = agf("verify", "frm-06", "--check", "rational networks", "--seed", "5")
    assert outcome.status == 0
    assert outcome.out.startswith("rational networks: exact\n")
    assert "  instances   12\n" in outcome.out
    assert outcome.out.endswith("\n\nas recorded\n")


def test_one_witness_of_necessity_is_run_by_the_name_of_its_check(agf):
    outcome = agf("verify", "FRM-06", "--check", "without 1 < κ")
    assert (outcome.status, outcome.out.splitlines()[-1]) == (0, "needed, as stated")


def test_one_check_on_one_mutant_has_to_refute_it(agf):
    outcome = agf("verify", "FRM-06", "--check", "no force at zero", "--mutant", "degree-one")
    assert (outcome.status, outcome.out.splitlines()[-1]) == (0, "mutant degree-one: refuted, as it should be")
    outcome = agf("verify", "FRM-06", "--check", "rational networks", "--mutant", "degree-minus-two")
    expected = "this check does not refute the mutant degree-minus-two"
    if outcome.status:  # it is another check's to refute
        assert outcome.out.splitlines()[-1] == expected


def test_a_check_that_differs_from_the_record_ends_with_status_one(agf, monkeypatch):
    monkeypatch.setattr(Record, "load", lambda: Record())
    outcome = agf("verify", "FRM-06", "--check", "rational networks")
    assert outcome.status == 1
    assert outcome.out.splitlines()[-1] == "FRM-06 rational networks: recorded nothing, found exact"


def test_one_mutant_is_run_alone(agf):
    outcome = agf("verify", "FRM-06", "--mutant", "degree-one")
    assert outcome.status == 0
    assert "rational" in outcome.out
    content = json.loads(agf("verify", "FRM-06", "--mutant", "degree-one", "--format", "json").out)
    assert [mutant["name"] for mutant in content["mutants"]] == ["degree-one"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--resume", "--no-cache"], "--resume and --no-cache exclude one another"),
        (["--check", "x"], "--check: the id of one claim is required before it, got none"),
        (["FRM-06", "FRM-05", "--check", "x"], "--check: the id of one claim is required before it, got FRM-06 FRM-05"),
        (["--mutant", "x"], "--mutant: the id of one claim is required before it, got none"),
        (["FRM-06", "--check", "x", "--record"], "--check runs that alone, got --record"),
        (["FRM-06", "--mutant", "x", "--mutants"], "--mutant runs that alone, got --mutants"),
        (
            ["--explain", "FRM-06", "--check", "x"],
            "--explain FRM-06 runs that claim with its mutants and takes nothing",
        ),
        (["framework", "--check", "x"], "unknown claim 'framework'"),
        (
            ["FRM-06", "--check", "rational"],
            "unknown check of FRM-06 'rational'; did you mean derivation or rational networks?",
        ),
        (["FRM-06", "--check", "rational networks", "--mutant", "degree"], "unknown mutant of FRM-06 'degree'"),
    ],
)
def test_what_does_not_fit_together_is_one_line(complaint, arguments, line):
    assert complaint("verify", *arguments).startswith(line)


def test_where_nothing_can_be_kept_the_verdicts_are_given_all_the_same(agf, cache):
    cache.write_text("a file")
    outcome = agf("verify", "DIAG-03", "--resume")
    assert outcome.status == 0
    notices = [line for line in outcome.err.splitlines() if line.startswith("agf: ")]
    assert notices == [f"agf: finished checks cannot be kept in {cache / 'checks'} (Not a directory); the run goes on"]


def test_a_user_without_a_home_is_told_where_to_keep_checks(agf, monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("AGF_THEORY_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("pathlib.Path.home", homeless)
    outcome = agf("verify", "DIAG-03")
    assert outcome.status == 0
    assert "finished checks are not kept (Could not determine home directory.)" in outcome.err


class Started:
    """`agf verify` in a process and a session of its own, forked from this one: nothing has to be imported again."""

    def __init__(self, *arguments):
        (self._out, out), (self._err, err) = (map(os.fdopen, os.pipe(), "rw") for _ in range(2))
        self.pid = os.fork()
        if self.pid == 0:
            self._run(arguments, out, err)
        out.close()
        err.close()

    @staticmethod
    def _run(arguments, out, err):
        status = 70
        try:
            os.setsid()
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdout, sys.stderr = out, err
            signal.signal(signal.SIGINT, signal.default_int_handler)
            status = main(["verify", *arguments])
            out.flush()
            err.flush()
        finally:  # whatever happens, nothing of the tests goes on in this process
            os._exit(status)

    def until_one_has_finished(self):
        for line in self._err:
            if line.startswith("["):
                return
        raise AssertionError("no check finished")

    def end(self, by):
        """Send a signal and wait: the exit status, or minus the signal, and what was still written."""
        os.kill(self.pid, by)
        out, err = self._out.read(), self._err.read()
        self._out.close()
        self._err.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), out, err


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["FRM-06", "FRM-05", "DIAG-02"], " checks are kept; "),
        pytest.param(["FRM-06", "DIAG-02", "--mutants"], " kept; ", marks=pytest.mark.survey),
    ],
)
def test_an_interruption_says_what_is_kept_and_how_to_go_on(arguments, kept):
    run = Started(*arguments, "--jobs", "1")
    run.until_one_has_finished()
    status, out, err = run.end(signal.SIGINT)
    assert status == 130
    assert out == ""
    last = err.splitlines()[-1]
    assert last.startswith("agf: interrupted; ")
    assert last.endswith("`agf verify … --resume` goes on")
    assert kept in last
    assert "Traceback" not in err
    assert processes_of(run.pid) == []


def test_an_interruption_before_anything_has_finished_is_one_line_too(agf, monkeypatch):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("agf_theory.proofs_check.verify_all", interrupted)
    outcome = agf("verify", "FRM-06")
    assert (outcome.status, outcome.err) == (130, "agf: interrupted; no finished check is kept\n")


def test_a_killed_run_leaves_no_process_and_its_finished_checks(agf):
    run = Started("FRM-06", "DIAG-03", "--jobs", "2")
    run.until_one_has_finished()
    assert run.end(signal.SIGKILL)[0] == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while processes_of(run.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(run.pid) == []
    assert "(kept)" in agf("verify", "FRM-06", "DIAG-03", "--resume").err


def processes_of(session):
    """The processes of a session that are not dead."""
    found = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True, check=False)
    return [line for line in found.stdout.splitlines() if not line.split()[1].startswith("Z")]


@pytest.mark.survey
def test_a_handful_of_killed_runs_is_resumed_without_loss(tmp_path):
    script = Path(__file__).parents[2] / "benchmarks" / "killed_runs.py"
    found = subprocess.run(
        [sys.executable, str(script), "--kills", "6", "--quick", "--seed", "1"],
        capture_output=True, text=True, check=False, env={**os.environ, "AGF_THEORY_CACHE": str(tmp_path)},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.splitlines()[-1] == "nothing was lost"
    assert found.stdout.count(" 0 with another result") == 2
