"""Console blocks of the documentation: what a page shows a command to print is what it prints.

A block opens with ``$ agf ...`` and shows the output at 80 columns. Where the output carries a time of the clock, `...`
stands for it, as in a doctest. The test suite compares; ``python docs/console_blocks.py README.md docs/*.md`` renews
the blocks that differ.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(
    r"^```console\n\$ (?P<command>(?:agf|make) .*(?:\\\n.*)*)\n(?P<output>(?:(?!```).*\n)*)```$", re.MULTILINE
)
ENVIRONMENT = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
# What a make target runs; the target itself would set up an environment first.
_TARGETS = {"make verify": "agf verify --quick"}


class Block(NamedTuple):
    """A command and the output that a page claims for it."""

    page: str
    command: str
    output: str


def blocks(page: Path) -> list[Block]:
    """The console blocks of a page, in order."""
    found = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(page.name, match["command"], match["output"]) for match in found]


def run(command: str) -> str:
    """What the command prints at 80 columns without colours; its progress, on the error stream, is left out."""
    program = [sys.executable, "-c", "import sys; from agf_theory.cli import main; sys.exit(main())"]
    done = subprocess.run(
        [*program, *arguments(command)],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return as_shown(done.stdout)


def arguments(command: str) -> list[str]:
    """What follows `agf` in a command."""
    words = shlex.split(_TARGETS.get(command, command.replace("\\\n", " ")))
    assert words[0] == "agf", f"only agf commands are run, got {command!r}"
    return words[1:]


def as_shown(output: str) -> str:
    """An output as a page shows it: without blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def agrees(claimed: str, printed: str) -> bool:
    """Whether the output is the one claimed, where `...` stands for anything."""
    return doctest.OutputChecker().check_output(claimed, printed, doctest.ELLIPSIS)


def renewed(page: Path) -> str:
    """The page with the output of every block that differs replaced."""

    def renew(match: re.Match[str]) -> str:
        printed = run(match["command"])
        output = match["output"] if agrees(match["output"], printed) else printed
        return f"```console\n$ {match['command']}\n{output}```"

    return _BLOCK.sub(renew, page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        Path(argument).write_text(renewed(Path(argument)), encoding="utf-8")
