"""What pages show of the command line: figures with their commands, and what a command prints.

Within a build every figure is drawn once, however many pages show it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import os
import re
import shlex
import sys
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from agf_theory.cli import main

if TYPE_CHECKING:
    from IPython.display import Image

# Where a build keeps what was drawn: conf.py names a new folder for each. Without one nothing is kept.
FOLDER = "AGF_SHOWN"
_WIDTH = 76  # columns: no line of a command has to be scrolled
_PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}


def agf(command: str) -> None:
    """Show a command as it is typed, and what it prints, errors included."""
    os.environ |= _PLAIN
    print(f"$ agf {command}")
    with contextlib.redirect_stderr(sys.stdout):
        status = main(shlex.split(command.replace("\\\n", " ")))
    if status:
        print(f"(exit status {status})")


def figure(command: str, *, width: int) -> None:
    """A figure, so many pixels wide, and below it the command that draws it.

    Parameters
    ----------
    command : str
        What follows ``agf plot``; the page adds ``--out``.
    width : int
        440 for a journal's column, 760 for its page.
    """
    from IPython.display import Markdown, display

    display(picture(command, width=width))
    display(Markdown(typed(command)))


def picture(command: str, *, width: int) -> Image:
    """The figure alone."""
    from IPython.display import Image

    return Image(drawn(command), width=width)


def typed(*commands: str) -> str:
    """Commands as they are typed, a long one over several lines."""
    return "\n".join(["```sh", *(" \\\n    ".join(_lines(f"agf plot {each}")) for each in commands), "```"])


def _lines(command: str) -> list[str]:
    """An option stays on the line of its value."""
    joined = re.sub(r"(--\S+) (?!--)", "\\1\N{NO-BREAK SPACE}", command)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(joined, _WIDTH, break_on_hyphens=False)]


def drawn(command: str) -> bytes:
    """The figure as png: that of a page that drew it before in this build, or a new one.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    folder = os.environ.get(FOLDER)
    if folder is None:
        return _draw(command)
    file = Path(folder) / f"{hashlib.sha256(command.encode()).hexdigest()}.png"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # pages are built side by side: the second waits for the first
        if not file.exists():
            file.write_bytes(_draw(command))
        return file.read_bytes()


def _draw(command: str) -> bytes:
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        file = Path(folder) / "figure.png"
        status = main(["plot", *shlex.split(command), "--out", str(file)])
        if status:
            raise RuntimeError(f"agf plot {command}: exit status {status}")
        return file.read_bytes()
