"""Running `agf` in this process, and judging how it took what it was given."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agf_theory.cli import main
from hostile.canary import watched

__all__ = ["Answer", "ask"]


@dataclass(frozen=True)
class Answer:
    """How a command ended: exit status, and what is wrong with its way to say so; nothing if all is well."""

    status: int | None
    faults: tuple[str, ...]


def ask(arguments: Sequence[str], folder: Path) -> Answer:
    """Run a command in a folder; one that refuses must say so in one line, print nothing else, and leave no trace."""
    out, err = io.StringIO(), io.StringIO()
    before, home = _traces(folder), Path.cwd()
    os.chdir(folder)
    try:
        with watched() as heard, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status: int | None = main(list(arguments))
    except BaseException as error:
        return Answer(None, (f"traceback {error!r:.200}",))
    finally:
        os.chdir(home)
    faults = [f"heard {noise}" for noise in heard] if status == 2 else []
    if status == 2:
        faults += _faults_of_a_refusal(out.getvalue(), err.getvalue())
        faults += [f"left {trace}" for trace in sorted(_traces(folder) - before)]
    return Answer(status, tuple(faults))


def _faults_of_a_refusal(out: str, err: str) -> list[str]:
    checks = {
        "something on standard output": bool(out),
        "not one line": not err.endswith("\n") or len(err.splitlines()) != 1,
        "a line that does not begin with the program": not err.startswith("agf: "),
        "a traceback": "Traceback" in err,
        "a line of more than 2100 signs": len(err) > 2100,
    }
    return [f"{fault}: {(err or out)!r:.200}" for fault, found in checks.items() if found]


def _traces(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
