"""Names read from the source for the shell are those that the package itself knows."""

import json
import os
import subprocess
import sys

import pytest

from agf_theory import closed_form
from agf_theory.cli import shell_names
from agf_theory.problems import zoo
from agf_theory.proofs_check import all_claims, systems


def test_names_of_claims_systems_and_formulas_are_complete():
    assert shell_names.claim_ids("") == [claim.id for claim in all_claims()]
    assert shell_names.systems_with_claims("") == list(systems())
    assert shell_names.formulas_and_derivations("") == list(closed_form.names())
    assert shell_names.formats_of_formulas("") == list(closed_form.FORMATS)


def test_names_are_found_in_either_case_and_spelled_as_they_are_typed():
    assert shell_names.claim_ids("DIAG-01") == ["DIAG-01"]
    assert shell_names.claim_ids("diag-01") == ["diag-01"]
    assert shell_names.claims_and_systems("nosuch") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["agf", "ver"], ["verify"]),
        (["agf", "verify", "DIAG-0"], [f"DIAG-0{k}" for k in range(1, 10)]),
        (["agf", "claims", "mod"], ["modular"]),
        (["agf", "derive", "diagonal.one_"], None),
        (["agf", "table", "linear", "--problem", "re"], None),
        (["agf", "table", "diagonal", "--dataset", "di"], ["diabetes", "digits"]),
        (["agf", "table", "diagonal", "--format", "j"], ["json"]),
        (["agf", "plot", "finite-width", "--problem", ""], None),
    ],
)
def test_bash_is_offered_what_may_follow(monkeypatch, capsys, words, expected):
    from agf_theory.cli import main

    monkeypatch.setenv("_AGF_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    with pytest.raises(SystemExit, match="0"):
        main([])
    offered = capsys.readouterr().out.split()
    if expected is None:
        system = words[2]
        known = closed_form.names() if words[1] == "derive" else zoo.names(system)
        expected = [name for name in known if name.startswith(words[-1])]
    assert expected
    assert offered == expected


def test_a_shell_that_completes_gets_the_names_in_a_process_of_its_own(tmp_path):
    program = tmp_path / "agf"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m agf_theory "$@"\n')
    program.chmod(0o755)
    lines = (
        'eval "$(agf completion bash)"',
        "COMP_WORDS=(agf verify DIAG-1); COMP_CWORD=2; COMP_LINE='agf verify DIAG-1'",
        '"$(complete -p agf | sed "s/.*-F \\([^ ]*\\).*/\\1/")" agf',
        'printf "%s\\n" "${COMPREPLY[@]}"',
    )
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    found = subprocess.run(
        ["bash", "--norc", "-c", "\n".join(lines)], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == [claim.id for claim in all_claims() if claim.id.startswith("DIAG-1")]
    assert found.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_script_asks_by_the_variable_that_is_answered(agf, shell):
    script = agf("completion", shell)
    assert script.status == 0
    assert f"_AGF_COMPLETE=complete_{shell}" in script.out
    assert shell != "zsh" or script.out.startswith("#compdef agf\n")  # on any other line zsh does not see it


def test_zsh_and_fish_are_offered_titles_too(monkeypatch, capsys):
    from agf_theory.cli import main

    title = zoo.entry("reversed").title
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "agf table linear --problem rever")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    for shell, expected in (("zsh", json.dumps("reversed") + ":" + json.dumps(title)), ("fish", f"reversed\t{title}")):
        monkeypatch.setenv("_AGF_COMPLETE", f"complete_{shell}")
        with pytest.raises(SystemExit, match="0"):
            main([])
        assert expected in capsys.readouterr().out


def test_a_shell_without_a_script_is_refused_by_name(complaint):
    assert "'bash', 'zsh', 'fish'" in complaint("completion", "tcsh")
