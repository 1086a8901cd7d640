"""Figures of the pages: drawn once a build, with commands that fit their box."""

import shlex

import pytest
import shown

from agf_theory.cli.gallery import GALLERY


def test_a_figure_is_drawn_once_in_a_build_and_anew_without_one(tmp_path, monkeypatch):
    runs = []
    monkeypatch.setattr(shown, "_draw", lambda command: runs.append(command) or command.encode())
    monkeypatch.setenv(shown.FOLDER, str(tmp_path))
    assert [shown.drawn("neuron"), shown.drawn("neuron"), shown.drawn("evidence")] == [
        b"neuron",
        b"neuron",
        b"evidence",
    ]
    assert runs == ["neuron", "evidence"]
    monkeypatch.delenv(shown.FOLDER)
    assert [shown.drawn("neuron"), shown.drawn("neuron")] == [b"neuron", b"neuron"]
    assert runs[2:] == ["neuron", "neuron"]


def test_a_command_that_fails_is_no_figure():
    with pytest.raises(RuntimeError, match="agf plot diagonal --problem none-such: exit status 2"):
        shown.drawn("diagonal --problem none-such")


@pytest.mark.parametrize("figure", GALLERY, ids=lambda figure: figure.name)
def test_a_long_command_is_typed_over_several_lines_that_a_shell_takes_for_one(figure):
    _, *lines, _ = shown.typed(figure.command).splitlines()
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith(("--alpha \\", "--show \\")) for line in lines)
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == ["agf", "plot", *shlex.split(figure.command)]


def test_what_a_command_prints_stands_below_it_with_its_status_if_it_fails(capsys):
    shown.agf("derive diagonal.rho --format python")
    shown.agf("table diagonal \\\n    --problem none-such")
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert first == "$ agf derive diagonal.rho --format python"
    assert second.startswith("acosh(")
    assert rest[:2] == ["$ agf table diagonal \\", "    --problem none-such"]
    assert rest[-1] == "(exit status 2)"
