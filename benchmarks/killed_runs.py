"""Runs of `agf verify` killed with SIGKILL at random moments and resumed: nothing lost, nothing changed.

    python benchmarks/killed_runs.py [--kills 200] [--seed 0] [--quick | --long]

Prints for each kind of run how many were killed, in how many the final JSON differed from that of an uninterrupted run
(timings apart), the most checks that one of them repeated, and how many processes were left behind. Ends with
status 1 if anything differed, more than one check a worker was repeated, or a process was left.

A run is a fork of this process that calls the command line: what `agf` imports is imported once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

QUICK = ("FRM-06", "DIAG-03")
"""Claims of short checks: a run takes a few seconds, and is killed in any of them."""


@dataclass(frozen=True)
class Kind:
    """One kind of run: its arguments, and which share of the kills it gets."""

    name: str
    arguments: tuple[str, ...]
    share: float


KINDS = (
    Kind("quick checks, one worker", (*QUICK, "--jobs", "1"), 0.45),
    Kind("quick checks, two workers", (*QUICK, "--jobs", "2"), 0.45),
    Kind("mutants, two workers", ("FRM-06", "--mutants", "--jobs", "2"), 0.08),
    Kind("every claim, two workers", ("--jobs", "2"), 0.02),
)


@dataclass
class Tally:
    """What became of the runs of one kind."""

    killed: int = 0
    different: int = 0
    most_repeated: int = 0
    too_many_repeated: int = 0
    left_behind: int = 0

    @property
    def failed(self) -> bool:
        """Whether anything was lost, changed, repeated too often or left behind."""
        return bool(self.different or self.too_many_repeated or self.left_behind)


class Scene:
    """A folder of finished checks, and the runs that use it."""

    def __init__(self, folder: Path, arguments: tuple[str, ...]) -> None:
        self.folder = folder
        self.arguments = arguments
        self._log = folder / "started"
        self._out = folder / "out.json"

    def start(self) -> int:
        """Start a run that resumes; its process leads a session of its own."""
        self._log.touch()
        process = os.fork()
        if process == 0:
            os.setsid()
            try:
                self._run()
            finally:
                os._exit(99)
        return process

    def _run(self) -> None:
        from agf_theory.cli import main
        from agf_theory.proofs_check import runner

        log = os.open(self._log, os.O_WRONLY | os.O_APPEND)

        class Logged(runner.Child):
            """Writes down what it starts."""

            def __init__(self, job):
                os.write(log, f"{job}\n".encode())
                super().__init__(job)

        runner.Child = Logged
        os.environ["AGF_THEORY_CACHE"] = str(self.folder / "cache")
        for number, path in ((1, self._out), (2, self.folder / "err")):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        status = main(["verify", *self.arguments, "--resume", "--format", "json"])
        sys.stdout.flush()
        os._exit(status)

    def result(self) -> dict:
        """What the last run printed, timings apart."""
        try:
            content = json.loads(self._out.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            raise SystemExit(f"a run that was not killed ended early: {(self.folder / 'err').read_text()}") from None
        del content["seconds"]
        return content

    def repeated(self) -> int:
        """How many checks were started more than once, over all the runs."""
        starts = Counter(self._log.read_text(encoding="utf-8").splitlines())
        return sum(count - 1 for count in starts.values())


def left_behind(session: int, patience: float = 5.0) -> int:
    """How many processes of a session there are after a while; the leader is dead."""
    deadline = time.monotonic() + patience
    while (found := members(session)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in found:
        os.kill(process, signal.SIGKILL)
    return len(found)


def members(session: int) -> list[int]:
    """The processes of a session that are not dead."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] not in "ZX":
                found.append(int(entry.name))
    return found


def uninterrupted(kind: Kind, folder: Path) -> tuple[dict, float]:
    """What a run prints that nobody disturbs, and its seconds."""
    scene = Scene(folder, kind.arguments)
    started = time.monotonic()
    os.waitpid(scene.start(), 0)
    return scene.result(), time.monotonic() - started


def survive(kind: Kind, kills: int, rng: random.Random, folder: Path) -> Tally:
    """Kill runs of one kind, each at a random moment and in a folder of its own, and resume each."""
    (folder / "whole").mkdir(parents=True)
    expected, seconds = uninterrupted(kind, folder / "whole")
    workers = int(kind.arguments[kind.arguments.index("--jobs") + 1])
    tally, attempt = Tally(), 0
    while tally.killed < kills:
        attempt += 1
        scene = Scene(folder / str(attempt), kind.arguments)
        scene.folder.mkdir()
        process = scene.start()
        time.sleep(rng.uniform(0, seconds))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        tally.left_behind += left_behind(process)
        if not os.WIFSIGNALED(status):
            continue  # it was faster
        tally.killed += 1
        os.waitpid(scene.start(), 0)
        tally.different += scene.result() != expected
        repeated = scene.repeated()
        tally.most_repeated = max(tally.most_repeated, repeated)
        tally.too_many_repeated += repeated > workers
    return tally


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="only runs of a few quick checks")
    parser.add_argument("--long", action="store_true", help="only runs of mutants and of every claim")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from agf_theory.proofs_check import CodeVersion

    CodeVersion.installed()
    rng = random.Random(options.seed)
    failed = False
    kinds = KINDS[:2] if options.quick else KINDS[2:] if options.long else KINDS
    shares = [max(1, round(kind.share / sum(k.share for k in kinds) * options.kills)) for kind in kinds]
    shares[0] += options.kills - sum(shares)
    with tempfile.TemporaryDirectory() as folder:
        for k, (kind, kills) in enumerate(zip(kinds, shares, strict=True)):
            started = time.monotonic()
            tally = survive(kind, kills, rng, Path(folder) / str(k))
            failed |= tally.failed
            print(
                f"{kind.name}: {tally.killed} killed, {tally.different} with another result, "
                f"at most {tally.most_repeated} checks repeated, {tally.left_behind} processes left behind "
                f"({time.monotonic() - started:.0f} s)",
                flush=True,
            )
    print("something was lost" if failed else "nothing was lost")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
