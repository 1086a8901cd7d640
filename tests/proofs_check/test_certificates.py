import json
import pickle
from dataclasses import replace

import flint
import pytest

from agf_theory.certificate_checker import SCHEMA, VERSION, check_document
from agf_theory.errors import InputError, MissingInput
from agf_theory.proofs_check import (
    Evidence,
    Job,
    Level,
    Outcome,
    certificates,
    get,
    require_new_folder,
    run_here,
    verify_all,
    weakest,
    write_certificates,
)
from agf_theory.proofs_check.diagonal.path_certificates import interval


def test_the_writer_and_the_checker_mean_the_same_format():
    assert (certificates.SCHEMA, certificates.VERSION) == (SCHEMA, VERSION)


def test_without_being_asked_no_evidence_carries_certificates():
    run = verify_all([get("DIAG-03")], workers=0)
    assert all(not evidence.certificates for evidence in run.verdicts[0].evidence.values())


def test_certificates_come_back_from_child_processes_and_leave_the_record_alone(tmp_path):
    plain, collecting = (verify_all([get("DIAG-03")], workers=1, certificates=asked) for asked in (False, True))
    files = write_certificates(collecting, tmp_path)
    assert [file.name for file in files] == [
        "DIAG-03.missing-square.missing-square.json",
        "DIAG-03.eigenvalues.missing-square.json",
    ]
    assert all(check_document(json.loads(file.read_text())) for file in files)
    assert sorted(tmp_path.iterdir()) == sorted(files)
    records = [{k: e.as_record() for k, e in run.verdicts[0].evidence.items()} for run in (plain, collecting)]
    assert records[0] == records[1]


def test_two_runs_write_the_same_files(tmp_path):
    contents = []
    claim = get("DIAG-04")
    enclosed = replace(claim, checks=tuple(check for check in claim.checks if check.name == "enclosed"))
    for workers in (0, 2):
        run = verify_all([enclosed], workers=workers, certificates=True, seed=4)
        (file,) = write_certificates(run, require_new_folder(str(tmp_path / str(workers))))
        contents.append(file.read_bytes())
    assert contents[0] == contents[1]


def test_what_is_no_evidence_carries_no_certificates():
    refuted = Evidence.refuted("wrong", {"x": 1}).certified_by("missing-square", [{"sign": 1}])
    assert not refuted.certificates
    assert not Evidence.of(Level.PROVED, "right").certified_by("missing-square", []).certificates


def test_links_join_their_certificates_and_a_pipe_keeps_them():
    links = [Evidence.of(Level.PROVED, "a").certified_by("missing-square", [{"sign": k}]) for k in (1, -1)]
    joined = pickle.loads(pickle.dumps(weakest(links)))  # noqa: S301 - as the pipe of a child process does
    assert dict(joined.certificates) == {"missing-square": ({"sign": 1}, {"sign": -1})}


def test_a_wrong_path_leaves_no_certificate():
    claim = get("DIAG-05")
    check = next(check for check in claim.checks if check.name == "zoo")
    evidence = run_here(Job(claim, check, claim.mutants[0].formula, 0, certificates=True))
    assert evidence.outcome is Outcome.REFUTED
    assert not evidence.certificates


@pytest.mark.parametrize("text", ["0", "3/4", "-2"])
def test_an_exact_ball_on_the_grid_is_its_own_enclosure(text):
    assert interval(flint.arb(flint.fmpq(*map(int, text.split("/"))))) == [text, text]


def test_an_enclosure_does_not_depend_on_the_precision_at_work():
    with flint.ctx.workprec(256):
        third = flint.arb(1) / 3
        wide = interval(third)
    with flint.ctx.workprec(20):
        assert interval(third) == wide
    low, high = (flint.fmpq(*map(int, end.split("/"))) for end in wide)
    assert low < flint.fmpq(1, 3) < high
    assert high - low < flint.fmpq(1, 10**35)


def test_a_folder_of_certificates_is_made_but_its_parents_are_not(tmp_path):
    assert require_new_folder(str(tmp_path / "new")).is_dir()
    assert require_new_folder(str(tmp_path / "new")).is_dir()
    with pytest.raises(MissingInput, match="does not exist; create it first"):
        require_new_folder(str(tmp_path / "a" / "b"))


@pytest.mark.parametrize(("name", "complaint"), [("", "name of a folder"), ("\0", "name of a folder")])
def test_a_folder_needs_a_name(name, complaint):
    with pytest.raises(InputError, match=complaint):
        require_new_folder(name)


def test_a_folder_in_use_a_file_and_a_read_only_folder_are_refused(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="new or empty folder is required, this one has 1 entries"):
        require_new_folder(str(tmp_path))
    with pytest.raises(InputError, match="a folder is required, but: File exists"):
        require_new_folder(str(tmp_path / "file"))
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InputError, match="may not be written to"):
        require_new_folder(str(tmp_path / "locked"))


def test_a_full_disk_leaves_no_half_written_file(tmp_path, monkeypatch):
    run = verify_all([get("DIAG-03")], workers=0, certificates=True)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_certificates(run, tmp_path)
    assert list(tmp_path.iterdir()) == []
