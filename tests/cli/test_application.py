import subprocess
import sys

import pytest

from agf_theory.cli import application, main
from agf_theory.errors import InputError, MissingInput


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "agf_theory", *arguments], capture_output=True, text=True, check=False)


def test_without_a_verb_the_help_is_printed(capsys):
    assert main([]) == 0
    output = capsys.readouterr().out
    for verb in ("verify", "claims", "derive", "table", "plot"):
        assert f"  {verb} " in output


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("agf ")


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["--nonsense"], ["verify", "--nonsense"], ["verify", "--format"], ["verify", "--jobs", "x"]],
)
def test_a_wrong_use_is_one_line_and_status_two(capsys, arguments):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("agf: ")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (InputError("column 'x'\nis missing"), 2, "agf: column 'x' is missing"),
        (MissingInput("no file data.csv"), 2, "agf: no file data.csv"),
        (PermissionError(13, "Permission denied", "out.csv"), 2, "agf: out.csv: Permission denied"),
        (OSError("disk full"), 2, "agf: disk full"),
        (KeyboardInterrupt(), 130, "agf: interrupted"),
    ],
)
def test_an_error_of_a_verb_is_one_line_and_a_status(monkeypatch, capsys, error, status, line):
    def raises(*args, **options):
        raise error

    monkeypatch.setattr(application, "app", raises)
    assert main(["verify"]) == status
    assert capsys.readouterr().err == f"{line}\n"


def test_an_interrupted_verb_is_one_line(monkeypatch, capsys):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("agf_theory.proofs_check.verify_all", interrupted)
    assert main(["verify", "FRM-01"]) == 130
    assert capsys.readouterr().err == "agf: interrupted; no finished check is kept\n"


def test_a_bug_is_not_dressed_up_as_wrong_input(monkeypatch):
    def raises(*args, **options):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(application, "app", raises)
    with pytest.raises(ZeroDivisionError, match="ours"):
        main(["verify"])


def test_a_reader_that_goes_away_is_met_with_silence():
    program = "import sys; from agf_theory.cli import main; sys.exit(main(['derive', 'DIAG-03']))"
    command = f'{sys.executable} -c "{program}" | true; exit ${{PIPESTATUS[0]}}'
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.returncode == 141


def test_the_installed_command_is_this_application():
    result = run("--version")
    assert result.returncode == 0
    assert result.stdout.startswith("agf ")


def test_wrong_input_reaches_the_shell_as_status_two():
    result = run("derive", "DIAG-4")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("agf: formula or derivation must be one that is known, got 'DIAG-4'; did you mean ")
    assert result.stderr.count("\n") == 1


def test_an_unknown_claim_is_status_two_with_those_that_come_close(capsys):
    assert main(["verify", "DIAG-4"]) == 2
    expected = "agf: unknown claim or system 'DIAG-4'; did you mean DIAG-04 or DIAG-10 or DIAG-09?\n"
    assert capsys.readouterr() == ("", expected)
