"""Plant one falsehood at a time in a copy of the package, and demand that `agf verify` fails and names the claim.

What puts closed forms to work on a problem is under no claim; there the tests that the plant names have to fail.

    python tests/plants/run.py [--affected] [--jobs N] [PLANT ...]

By default every plant, each put before all the claims, as `make verify` does; `--affected` runs only the claims that
must notice. The copy without a plant must pass first: where everything fails, a failure shows nothing. Exit status 1
if a plant passes, or fails without naming its claims.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
RUN = "import sys; from agf_theory.cli import main; sys.exit(main())"
# A timeout may be the machine's doing: it makes the run fail, but names nobody.
DIFFERENCE = re.compile(r"^([A-Z]+-\d+) .*: recorded .*, found (?!timeout)", re.MULTILINE)
LIMIT = 1800


@dataclass(frozen=True)
class Plant:
    """One wrong formula: text that occurs exactly once in a module, what takes its place, and who must notice."""

    name: str
    module: str
    old: str
    new: str
    claims: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)


PLANTS = [Plant(**entry) for entry in json.loads(Path(__file__).with_name("plants.json").read_text(encoding="utf-8"))]


def planted(text: str, plant: Plant) -> str:
    """The source with the plant in it; the old text must occur exactly once."""
    found = text.count(plant.old)
    if found != 1:
        raise SystemExit(f"{plant.name}: its text occurs {found} times in {plant.module}, not once")
    return text.replace(plant.old, plant.new)


def verified(folder: Path, claims: tuple[str, ...], jobs: int) -> tuple[int, list[str], float]:
    """Exit status of `agf verify` on the package in a folder, the claims it names, and the seconds it took."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", RUN, "verify", "--quick", "--jobs", str(jobs), *claims]
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT
    )
    return done.returncode, sorted(set(DIFFERENCE.findall(done.stdout))), time.monotonic() - started


def tested(folder: Path, tests: list[str]) -> tuple[int, list[str], float]:
    """Exit status of pytest on the package in a folder, the files of tests that fail, and the seconds it took."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *(str(CHECKOUT / test) for test in tests),
    ]
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT
    )
    failed = [test for test in tests if re.search(rf"^FAILED .*{re.escape(test)}", done.stdout, re.MULTILINE)]
    return done.returncode, failed, time.monotonic() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plants", nargs="*", help="by name; all without any")
    parser.add_argument("--affected", action="store_true", help="only the claims that must notice")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chosen = [plant for plant in PLANTS if not options.plants or plant.name in options.plants]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(CHECKOUT / "agf_theory", folder / "agf_theory", ignore=shutil.ignore_patterns("__pycache__"))
        affected = tuple(sorted({claim for plant in chosen for claim in plant.claims})) if options.affected else ()
        statuses = []
        if affected or not options.affected:
            status, named, seconds = verified(folder, affected, options.jobs)
            print(_row("nothing planted", "", status, named, seconds), flush=True)
            statuses.append(status)
        if tests := sorted({test for plant in chosen for test in plant.tests}):
            status, named, seconds = tested(folder, tests)
            print(_row("nothing planted", "tests", status, named, seconds), flush=True)
            statuses.append(status)
        if any(statuses):
            print("without a plant the run must pass")
            return 1
        return 1 if sum(not _noticed(plant, folder, options) for plant in chosen) else 0


def _noticed(plant: Plant, folder: Path, options: argparse.Namespace) -> bool:
    path = folder / "agf_theory" / f"{plant.module}.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(planted(source, plant), encoding="utf-8")
    try:
        if plant.tests:
            status, named, seconds = tested(folder, plant.tests)
        else:
            status, named, seconds = verified(folder, tuple(plant.claims) if options.affected else (), options.jobs)
    finally:
        path.write_text(source, encoding="utf-8")
    noticed = status == 1 and {*plant.claims, *plant.tests} <= set(named)
    remark = "" if noticed else "  NOT NOTICED"
    print(_row(plant.name, plant.module, status, named, seconds) + remark, flush=True)
    return noticed


def _row(plant: str, module: str, status: int, named: list[str], seconds: float) -> str:
    return f"{plant:28} {module:45} exit {status}  {', '.join(named) or '-':32} {seconds:5.0f} s"


if __name__ == "__main__":
    sys.exit(main())
