"""The repository runs anywhere: no tracked file names this or that machine, and every dependency is pinned."""

import itertools
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Spelled in pieces, so that this file does not match itself.
_MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:" + "|".join(["ro" + "ot", "ho" + "me", "Us" + "ers", "wo" + "rk", "op" + "t"]) + r")/\w"
)
_REGISTRY = re.compile(
    "|".join(["py" + r"pi\.", "python" + "hosted", "index" + "-url", "find" + "-links", "trusted" + "-host"])
)
_PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*")


def _tracked_texts():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there are no tracked files to read")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listing.split("\0")):
        path = ROOT / name
        if path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def _offenders(pattern):
    return [f"{name}: {match[0]!r}" for name, text in _tracked_texts() for match in pattern.finditer(text)]


def test_no_tracked_file_names_a_path_of_one_machine():
    assert _offenders(_MACHINE_PATH) == []


def test_no_tracked_file_names_a_package_registry():
    assert _offenders(_REGISTRY) == []


@pytest.mark.parametrize("text", ["/ro" + "ot/data.csv", "see /ho" + "me/ann/x", "'/wo" + "rk/main'"])
def test_a_machine_path_would_be_found(text):
    assert _MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", ["a/home/b", "agf_theory/work/x", "n/wo" + "rk", "https://example.org/home/x"])
def test_a_relative_path_and_a_web_address_are_no_machine_path(text):
    assert not _MACHINE_PATH.search(text)


def _canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_hold_versions_and_nothing_else():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 100
    assert [line for line in lines if not _PIN.fullmatch(line)] == []


def test_every_declared_dependency_and_the_build_tools_are_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = itertools.chain.from_iterable(project["optional-dependencies"].values())
    declared = [*project["dependencies"], *extras, "pip", "setuptools", "wheel"]
    names = {_canonical(re.split(r"[<>=!~\[ ]", requirement)[0]) for requirement in declared}
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {_canonical(line.partition("==")[0]) for line in lines if "==" in line}
    assert names <= pinned


def test_the_ci_script_runs_every_check():
    script = (ROOT / ".ci" / "run").read_text()
    assert re.search(r"for target in test lint docs verify;", script)
    assert "set -euo pipefail" in script
