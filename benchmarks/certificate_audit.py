"""The independent checker on a whole run: every certificate accepted, every tampered one rejected.

python benchmarks/certificate_audit.py --tampered 100            all claims, with the costly checks
python benchmarks/certificate_audit.py DIAG-03 DIAG-04 --quick   some claims, quick checks

The checker runs as its own program, without the package: python -I -S on a copy of its one file. Tampering changes one
number of an answer (a time, a saddle, a loss, an end of an interval, a value, a gradient, a side of an identity) and
nothing else: whatever the data are, the changed statement is false. Where it happened is printed with the seed.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from tabulate import tabulate

from agf_theory import certificate_checker

ANSWERS = {
    "limiting-path": ("initial_loss", "saddles"),
    "least-norm-path": ("initial_loss", "saddles", "norm"),
    "rescaled-path": ("saddles", "jumps"),
    "dormant-jump": ("time",),
    "missing-square": ("maximum",),
    "sum-of-squares": ("maximum", "weights", "forms", "maximiser"),
    "euler-identity": ("left", "right"),
    "homogeneous-neuron": ("value", "gradient", "scaled_gradient"),
}
"""By kind, the fields that hold the answer. What lies below them is changed; exponents and symbols are left alone."""

CHANGES = {"plus 1/7": lambda x: x + Fraction(1, 7), "doubled": lambda x: 2 * x, "other sign": lambda x: -x}

Place = tuple[str | int, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--tampered", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checker = shutil.copy(certificate_checker.__file__, folder / "checker.py")
        _written(folder / "run", options.claims, quick=options.quick)
        files = sorted((folder / "run").glob("*.json"))
        accepted = _accepts(checker, *files)
        rows = [(path.name, json.loads(path.read_text())["count"]) for path in files]
        print(tabulate(rows, headers=("file", "items"), tablefmt="github"))
        print(f"\n{len(files)} files, {sum(count for _, count in rows)} certificates: {'all ' * accepted}accepted\n")
        rejected = _tampering(checker, files, folder / "tampered.json", Random(options.seed), options.tampered)
    print(tabulate(sorted(rejected.items()), headers=("tampered", "rejected"), tablefmt="github"))
    print(f"\n{sum(rejected.values())} of {options.tampered} tampered certificates rejected (seed {options.seed})")
    return 0 if accepted and sum(rejected.values()) == options.tampered else 1


def _written(folder: Path, claims: list[str], *, quick: bool) -> None:
    cost = "--quick" if quick else "--full"
    command = [sys.executable, "-m", "agf_theory", "verify", *claims, cost, "--certificates", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _accepts(checker: str, *files: Path) -> bool:
    command = [sys.executable, "-I", "-S", checker, *map(str, files)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def _tampering(checker: str, files: list[Path], scratch: Path, random: Random, count: int) -> Counter[str]:
    """How many of `count` changed certificates were rejected, by kind; the accepted ones are printed."""
    by_kind: dict[str, list[Path]] = {}
    for path in files:
        by_kind.setdefault(json.loads(path.read_text())["kind"], []).append(path)
    rejected: Counter[str] = Counter()
    for _ in range(count):
        kind = random.choice(sorted(by_kind))
        path = random.choice(by_kind[kind])
        document, where = _tampered(json.loads(path.read_text()), random)
        scratch.write_text(json.dumps(document))
        if _accepts(checker, scratch):
            print(f"ACCEPTED: {path.name} with {where}")
        else:
            rejected[kind] += 1
    return rejected


def _tampered(document: dict[str, Any], random: Random) -> tuple[dict[str, Any], str]:
    """A certificate of one item, with one number of its answer changed, and what was changed where."""
    while True:
        item = copy.deepcopy(random.choice(document["items"]))
        places = list(_answers(item, ANSWERS[document["kind"]]))
        name, change = random.choice(sorted(CHANGES.items(), key=lambda entry: entry[0]))
        if not places:  # an item without an answer: a path that never jumps
            continue
        *parents, last = random.choice(places)
        holder: Any = item
        for key in parents:
            holder = holder[key]
        changed = str(change(Fraction(holder[last])))
        if changed != holder[last]:
            where = f"{name} at {'/'.join(map(str, (*parents, last)))}"
            holder[last] = changed
            return document | {"count": 1, "items": [item]}, where


def _answers(item: Any, names: tuple[str, ...], place: Place = (), *, inside: bool = False) -> Iterator[Place]:
    """Where the numbers of an answer stand."""
    entries = item.items() if isinstance(item, dict) else enumerate(item)
    for key, entry in entries:
        below = inside or key in names
        if isinstance(entry, (dict, list)):
            yield from _answers(entry, names, (*place, key), inside=below)
        elif below and isinstance(entry, str) and _is_number(entry):
            yield (*place, key)


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace("/", "").isdigit()


if __name__ == "__main__":
    sys.exit(main())
