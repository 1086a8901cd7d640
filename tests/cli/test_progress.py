"""Progress is for terminals: none of it in a pipe, none with --quiet, and never on standard output."""

import json
import os
import pty
import sys
import threading

import pytest

from agf_theory.cli import main

QUICK = {
    "verify": ("verify", "FRM-06", "--jobs", "1", "--no-cache"),
    "table": ("table", "diagonal", "--problem", "orthogonal-design", "--alpha", "1e-8"),
    "search": ("search", "DIAG-03", "--examples", "20"),
    "derive": ("derive", "DIAG-03", "--steps"),
}


@pytest.fixture
def terminal(monkeypatch):
    """`terminal(...)` runs agf with standard error on a pseudo-terminal, and returns what arrives there."""

    def run(*arguments):
        ours, theirs = pty.openpty()
        arrived = []
        reader = threading.Thread(target=_read, args=(ours, arrived))
        reader.start()
        with monkeypatch.context() as patch, os.fdopen(theirs, "w", encoding="utf-8") as screen:
            patch.setenv("TERM", "xterm")
            patch.setattr(sys, "stderr", screen)
            main(list(arguments))
        reader.join()
        os.close(ours)
        return b"".join(arrived).decode()

    return run


def _read(descriptor, arrived):
    while True:
        try:
            block = os.read(descriptor, 4096)
        except OSError:  # what the other end of a pseudo-terminal that is closed reads as
            return
        if not block:
            return
        arrived.append(block)


@pytest.mark.parametrize(
    ("verb", "told"),
    [("verify", "FRM-06"), ("table", "gf at 1e-8"), ("search", "instances tried"), ("derive", "checking")],
)
def test_on_a_terminal_a_bar_tells_what_is_under_way_and_leaves_nothing_behind(terminal, capsys, verb, told):
    screen = terminal(*QUICK[verb])
    assert told in screen
    assert "\x1b[?25l" in screen  # the cursor is hidden while a bar is drawn
    assert screen.rstrip().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))
    assert "\x1b[" not in capsys.readouterr().out


def test_a_figure_tells_on_a_terminal_which_method_is_computed(terminal, tmp_path):
    arguments = ("plot", "diagonal", "--problem", "orthogonal-design", "--alpha", "1e-8", "--methods", "corrected")
    assert "corrected at 1e-8" in terminal(*arguments, "--out", str(tmp_path / "f.svg"))


def test_colours_of_a_bar_are_left_out_where_none_are_wanted(terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in terminal(*QUICK["search"])


@pytest.mark.parametrize("verb", ["verify", "table", "search"])
def test_json_is_one_document_and_quiet_is_quiet_on_a_terminal_too(terminal, capsys, verb):
    assert terminal(*QUICK[verb], "--format", "json", "--quiet") == ""
    assert isinstance(json.loads(capsys.readouterr().out), dict)


@pytest.mark.parametrize("verb", ["table", "search", "derive"])
def test_elsewhere_there_is_no_progress_and_no_escape_sequence(agf, verb):
    found = agf(*QUICK[verb])
    assert found.err == ""
    assert "\x1b" not in found.out


def test_a_quiet_figure_prints_nothing(agf, tmp_path):
    found = agf("plot", "diagonal", "--problem", "orthogonal-design", "--out", tmp_path / "f.svg", "--quiet")
    assert (found.status, found.out, found.err) == (0, "", "")
    assert (tmp_path / "f.svg").exists()


def test_certificates_are_written_in_silence_where_asked(agf, tmp_path):
    found = agf("verify", "DIAG-03", "--certificates", tmp_path / "new", "--quiet", "--no-cache")
    assert (found.status, found.err) == (0, "")
    assert list((tmp_path / "new").iterdir())
