import io
import json
from types import SimpleNamespace

import pytest

from agf_theory.cli import main, verify
from agf_theory.proofs_check import Evidence, NecessityVerdict, Origin, Record, get


@pytest.fixture
def saved(monkeypatch):
    """Records that would have been written."""
    written = []
    monkeypatch.setattr(Record, "save", lambda self: written.append(self))
    return written


def test_a_claim_as_recorded_ends_with_status_zero(capsys):
    assert main(["verify", "FRM-06", "--jobs", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "1 claim: all as recorded"
    assert "no force at zero" in captured.out
    assert "FRM-06 rational networks: exact" in captured.err


def test_a_verdict_that_differs_ends_with_status_one(monkeypatch, capsys):
    monkeypatch.setattr(Record, "load", lambda: Record())
    assert main(["verify", "FRM-06"]) == 1
    assert "1 claim: 1 differs from the record" in capsys.readouterr().out


def test_a_claim_that_vanished_from_the_code_ends_with_status_one(monkeypatch, capsys):
    known = Record.load()
    gone = Record({**known.checks, "FRM-99": known.checks["FRM-06"]})
    monkeypatch.setattr(Record, "load", lambda: gone)
    assert main(["verify", "FRM-06"]) == 1
    assert "FRM-99 every check: recorded proved, found no such claim" in capsys.readouterr().out


@pytest.mark.parametrize("seed", ["-1", str(2**63)])
def test_a_seed_that_no_certificate_may_have_is_refused(seed, capsys):
    assert main(["verify", "FRM-06", "--seed", seed]) == 2
    assert "--seed: an integer from 0 to 9223372036854775807 is required" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("FRM-06", "--mutants"), ("FRM-06", "--mutant", "bred: sign flipped"), ("--explain", "FRM-06")]
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_every_report_fits_an_output_that_knows_few_signs(arguments, form, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["verify", *arguments, "--format", form, "--jobs", "1"]) == 0
    shown = written.getvalue().decode("ascii")
    assert "FRM-06" in (shown if form == "text" else str(json.loads(shown)))


def test_recording_makes_the_run_the_record(monkeypatch, saved, capsys):
    monkeypatch.setattr(Record, "load", lambda: Record())
    assert main(["verify", "FRM-06", "--record"]) == 0
    assert list(saved[0].checks) == ["FRM-06"]


def test_mutants_are_run_and_counted(capsys):
    assert main(["verify", "FRM-06", "--mutants"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "1 claim: all as recorded; 18 mutants: all refuted"
    assert "FRM-06     2          15         1          0          18         0" in out


def test_a_bred_mutant_is_run_alone_and_shown_with_its_witness(capsys):
    assert main(["verify", "FRM-06", "--mutant", "bred: sign flipped"]) == 0
    out = capsys.readouterr().out
    assert "refuted by" in out
    assert "rational" in out


def test_a_hypothesis_mutant_is_run_alone(capsys):
    assert main(["verify", "FRM-06", "--mutant", "hypothesis dropped: 1 < κ"]) == 0
    assert "witness of" in capsys.readouterr().out


def test_an_equivalent_mutant_is_shown_with_its_reason(capsys):
    assert main(["verify", "DIAG-03", "--mutant", "bred: sign of the argument at 1"]) == 0
    assert "equal to the original: the same in SymPy's standard form" in capsys.readouterr().out


def test_a_surviving_mutant_ends_with_status_one(monkeypatch, capsys):
    survivor = SimpleNamespace(
        claim=get("FRM-06"),
        mutant=SimpleNamespace(name="twin", description="the same", origin=Origin.WRITTEN),
        evidence={"check": Evidence.inconclusive("gave up")},
        refuted_by=None,
        survives=True,
        equivalent=False,
        command="agf verify FRM-06 --mutant twin --seed 0",
        witness=None,
    )
    monkeypatch.setattr("agf_theory.proofs_check.refute_all_mutants", lambda claims, **options: (survivor,))
    assert main(["verify", "FRM-06", "--mutants"]) == 1
    assert "FRM-06 mutant survives: twin" in capsys.readouterr().out


def test_json_is_alone_on_stdout_and_does_not_depend_on_the_number_of_processes(capsys):
    contents = []
    for jobs in ("1", "2"):
        arguments = ["FRM-06", "DIAG-03", "--mutants", "--format", "json", "--jobs", jobs, "--seed", "3"]
        assert main(["verify", *arguments]) == 0
        content = json.loads(capsys.readouterr().out)
        content.pop("seconds")
        contents.append(json.dumps(content))
    assert contents[0] == contents[1]
    assert json.loads(contents[0])["seed"] == 3


def test_a_full_run_includes_the_quick_checks(monkeypatch, capsys):
    assert main(["verify", "DIAG-03", "--full", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["cost"], len(content["claims"][0]["checks"])) == ("full", len(get("DIAG-03").checks))


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--quick", "--full"], "agf: --quick and --full exclude one another"),
        (["--jobs", "-1"], "agf: --jobs: a number of processes is required (0: one a core), got -1"),
        (["diagnal"], "agf: unknown claim or system 'diagnal'; did you mean diagonal?"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_run(monkeypatch, capsys, arguments, line):
    monkeypatch.setattr("agf_theory.proofs_check.verify_all", None)
    assert main(["verify", *arguments]) == 2
    assert capsys.readouterr().err == f"{line}\n"


def test_on_a_terminal_a_bar_shows_the_progress_and_the_table_has_colours(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["verify", "FRM-06"]) == 0
    captured = capsys.readouterr()
    assert "\x1b[" in captured.out
    assert "[2/2]" not in captured.err


def test_the_verb_is_documented_with_its_exit_statuses():
    assert "Exit status" in verify.verify.__doc__


def test_only_the_default_seed_is_put_on_record(capsys):
    assert main(["verify", "FRM-06", "--record", "--seed", "7"]) == 2
    assert "those of seed 0, got --seed 7" in capsys.readouterr().err


def test_certificates_are_written_where_asked_and_counted_apart_from_the_verdicts(tmp_path, capsys):
    assert main(["verify", "DIAG-03", "--certificates", str(tmp_path / "new"), "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["claims"][0]["id"] == "DIAG-03"
    assert captured.err.splitlines()[-1] == f"2 files of certificates in {tmp_path / 'new'}"
    assert len(list((tmp_path / "new").iterdir())) == 2


def test_a_folder_that_is_not_empty_is_refused_before_anything_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "old.json").write_text("{}")
    monkeypatch.setattr("agf_theory.proofs_check.verify_all", None)
    assert main(["verify", "DIAG-03", "--certificates", str(tmp_path)]) == 2
    assert "a new or empty folder is required" in capsys.readouterr().err


def test_one_claim_is_explained_as_text(capsys):
    assert main(["verify", "--explain", "frm-06", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("FRM-06: ")
    assert out.splitlines()[-1] == "  conclusion  as recorded"


def test_one_claim_is_explained_as_json_alike_for_any_number_of_processes(capsys):
    contents = []
    for jobs in ("1", "2"):
        assert main(["verify", "--explain", "FRM-04", "--full", "--seed", "3", "--format", "json", "--jobs", jobs]) == 0
        contents.append({k: v for k, v in json.loads(capsys.readouterr().out).items() if k != "seconds"})
    assert contents[0] == contents[1]
    assert (contents[0]["cost"], contents[0]["seed"]) == ("full", 3)


def test_an_explanation_that_differs_from_the_record_ends_with_status_one(monkeypatch, capsys):
    monkeypatch.setattr(Record, "load", lambda: Record())
    assert main(["verify", "--explain", "FRM-06"]) == 1
    assert "recorded nothing, found proved" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--explain", "DIAG-4"], "agf: unknown claim 'DIAG-4'; did you mean DIAG-04 or DIAG-10 or DIAG-09?"),
        (["--explain", "FRM-06", "--record"], "agf: --explain FRM-06 runs that claim with its mutants and takes"),
        (["--explain", "FRM-06", "FRM-05"], "agf: --explain FRM-06 runs that claim with its mutants and takes"),
        (["--explain", "FRM-06", "--certificates", "x"], "agf: --explain FRM-06 runs that claim with its mutants and"),
        (["--explain", "FRM-06", "--mutants"], "agf: --explain FRM-06 runs that claim with its mutants and takes"),
    ],
)
def test_an_explanation_asked_for_wrongly_is_one_line(capsys, arguments, line):
    assert main(["verify", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(line)
    assert captured.err.count("\n") == 1


def test_a_hypothesis_not_shown_to_be_needed_ends_with_status_one(monkeypatch, capsys):
    def nothing_is_shown(claims, **options):
        return tuple(
            NecessityVerdict(claim, necessity, Evidence.inconclusive("gave up"))
            for claim in claims
            for necessity in claim.necessity
        )

    monkeypatch.setattr("agf_theory.proofs_check.show_necessity", nothing_is_shown)
    assert main(["verify", "FRM-06"]) == 1
    assert "FRM-06 not shown to be needed: 1 < κ (inconclusive)" in capsys.readouterr().out
