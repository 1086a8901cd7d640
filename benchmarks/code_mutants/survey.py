"""Mutation testing of the code: a seeded sample of small faults, and how many of them the tests notice.

python benchmarks/code_mutants numeric --sample 300         numeric/diagonal, framework, saddle_sequence, trajectory
python benchmarks/code_mutants machinery --by-name --budget 12 --sample 200   proofs_check without its rooms
python benchmarks/code_mutants rooms --by-name --budget 60 --sample 100       its rooms: diagonal, framework
python benchmarks/code_mutants numeric --only face.py --sample 0      every mutant whose key contains this
python benchmarks/code_mutants numeric --only face.py --tests tests/numeric/diagonal/test_face.py   these tests alone

The sample is drawn module by module, in proportion to the number of mutants. Each mutant meets the tests that run its
lines, the quickest first, until one fails. With --by-name they are those that names and imports point to, which needs
no measurement beforehand, and a mutant not found out within so many CPU seconds (--budget) counts as a survivor.
Survivors are listed, with the reason survivors.md gives where it gives one.
Ctrl-C ends the trials and reports on those that are finished.
The exit status is 1 if the share killed is below --least.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from operators import Mutant, mutants_of
from scipy.stats import binomtest
from survivors import reasons
from tabulate import tabulate
from tests_by_name import LOADED_ONCE, TestsByName
from tests_of_lines import Selection, measure
from trial import Outcome, Workshop

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
NUMERIC = ["numeric/diagonal/", "numeric/framework.py", "numeric/saddle_sequence.py", "numeric/trajectory.py"]
AREAS = {
    "numeric": (NUMERIC, ["tests/numeric", "agf_theory/numeric"]),
    "proofs_check": (["proofs_check/"], ["tests/proofs_check", "agf_theory/proofs_check"]),
    "rooms": (["proofs_check/diagonal/", "proofs_check/framework/"], ["tests/proofs_check", "agf_theory/proofs_check"]),
    "machinery": (["proofs_check/"], ["tests/proofs_check", "agf_theory/proofs_check"]),
}
LEFT_OUT = {"machinery": ("proofs_check/diagonal/", "proofs_check/framework/")}
HEAD = ["module", "bred", "tried", "killed", "of these by endless loop", "survived", "of these equivalent"]
SHARES = ["killed of all", "killed of those not equivalent", "95 % (Wilson)"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--only", default="", help="mutants whose key contains this")
    parser.add_argument("--tests", nargs="*", help="run these tests, not those measured to run the mutant's lines")
    parser.add_argument(
        "--budget",
        type=float,
        default=math.inf,
        help="seconds of tests a mutant; slower ones are left out: fewer killed",
    )
    parser.add_argument(
        "--by-name",
        action="store_true",
        help="choose tests by names and imports; for proofs_check, where measuring takes long",
    )
    parser.add_argument("--sample", type=int, default=300, help="number of mutants; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.9, help="share of the non-equivalent that has to be killed")
    parser.add_argument(
        "--results",
        type=Path,
        help="file that keeps finished trials; they are not repeated, so delete it after changes",
    )
    parser.add_argument("--again", action="store_true", help="try those that these trials did not kill again, first")
    parser.add_argument("--report", action="store_true", help="no further trials: report on those in the results")
    options = parser.parse_args()
    bred = breed(options.area, options.only)
    chosen = sample(bred, options.sample, options.seed)
    if not chosen:
        sys.exit(f"no mutant's key contains {options.only!r}")
    known = read_results(options.results)
    survived = {key for key, outcome in known.items() if options.again and outcome.word != "killed"}
    known = {key: outcome for key, outcome in known.items() if key not in survived}
    waiting = [mutant for mutant in chosen if mutant.key not in known]
    # in random order, so that what is finished when somebody loses patience is a fair sample too
    np.random.default_rng(options.seed).shuffle(waiting)
    waiting.sort(key=lambda mutant: mutant.key not in survived)

    def note(mutant: Mutant, outcome: Outcome) -> None:
        known[mutant.key] = outcome
        print(f"{len(known):4} {outcome.word:8} {outcome.seconds:6.1f} s  {mutant.key}", file=sys.stderr, flush=True)
        if options.results:
            with options.results.open("a") as file:
                file.write(json.dumps({"key": mutant.key, **vars(outcome)}) + "\n")

    if waiting and not options.report:
        store = options.results.resolve().with_suffix(".tests.json") if options.results else None
        with contextlib.suppress(KeyboardInterrupt):
            if options.by_name:
                try_by_name(waiting, options.budget, note)
            else:
                try_all(waiting, AREAS[options.area][1], options.tests, store, options.budget, note)
    finished = [mutant for mutant in chosen if mutant.key in known]
    if options.by_name:
        known |= without_false_kills({mutant.key: known[mutant.key] for mutant in finished})
    sys.exit(not finished or report(finished, bred, known) < options.least)


def breed(area: str, only: str) -> dict[str, list[Mutant]]:
    """Mutants by file; a word of `only` that names a file keeps the other files from being read."""
    name = next((word for word in only.split() if word.endswith(".py")), "")
    files = [path for path in files_of(area) if name in path]
    return {path: [m for m in mutants_of(ROOT, path) if only in m.key] for path in files}


def files_of(area: str) -> list[str]:
    """Python files of an area, relative to the root, in order; `__init__` is left out, having no logic."""
    names = sorted(file.relative_to(ROOT / "agf_theory").as_posix() for file in (ROOT / "agf_theory").rglob("*.py"))
    inside = [n for n in names if n.startswith(tuple(AREAS[area][0])) and not n.startswith(LEFT_OUT.get(area, ()))]
    return [f"agf_theory/{name}" for name in inside if not name.endswith("_init__.py")]


def sample(bred: dict[str, list[Mutant]], size: int, seed: int) -> list[Mutant]:
    """A stratified sample: every module in proportion, at least one of each; all of them if the size is zero."""
    rng = np.random.default_rng(seed)
    total = sum(map(len, bred.values()))
    chosen: list[Mutant] = []
    for found in bred.values():
        count = min(len(found), max(1, round(size * len(found) / total))) if size else len(found)
        chosen += [found[k] for k in sorted(rng.permutation(len(found))[:count])]
    return chosen


def read_results(file: Path | None) -> dict[str, Outcome]:
    if file is None or not file.exists():
        return {}
    return {entry.pop("key"): Outcome(**entry) for entry in map(json.loads, file.read_text().splitlines())}


def try_all(
    mutants: list[Mutant],
    area_tests: list[str],
    tests: list[str] | None,
    store: Path | None,
    budget: float,
    note: Callable[[Mutant, Outcome], None],
) -> None:
    """Each mutant against its tests; the file, if there is one, keeps which tests run which lines."""
    with Workshop(ROOT) as workshop:
        selection = measured(workshop, tests or area_tests, store)
        workshop.load(selection.libraries)
        for mutant in mutants:
            chosen = selection.in_order(selection.seconds) if tests else selection.tests_for(mutant)
            chosen = selection.within(budget, chosen)
            if not chosen:
                note(mutant, Outcome("survived", "no test runs this file", 0.0))
                continue
            limit = 20 + 4 * sum(selection.seconds[test] for test in chosen)
            note(mutant, workshop.tries(mutant, chosen, cpu_seconds=limit))


def try_by_name(mutants: list[Mutant], budget: float, note: Callable[[Mutant, Outcome], None]) -> None:
    """Each mutant against the tests that names and imports point to, for so many CPU seconds at most."""
    with Workshop(ROOT) as workshop:
        sys.path.insert(0, str(workshop.root))
        chosen = tests_by_path(workshop, {mutant.path for mutant in mutants})
        workshop.load([*workshop.loaded_by("agf_theory.cli", "hypothesis"), *LOADED_ONCE])
        for mutant in mutants:
            tests = chosen[mutant.path]
            if not tests:
                note(mutant, Outcome("survived", "no test by this name", 0.0))
                continue
            note(mutant, workshop.tries(mutant, tests, cpu_seconds=min(budget, 600), marks=()))


def without_false_kills(outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """The outcomes, less the kills by tests that fail on the code as it is; nothing was run on that beforehand."""
    killers = sorted({o.detail for o in outcomes.values() if o.word == "killed" and "::" in o.detail})
    with Workshop(ROOT) as workshop:
        failing = workshop.failing(killers, cpu_seconds=3600) if killers else set()
    return {
        key: Outcome("error", f"fails on the code as it is: {o.detail}", o.seconds) if o.detail in failing else o
        for key, o in outcomes.items()
    }


def tests_by_path(workshop: Workshop, paths: set[str]) -> dict[str, list[str]]:
    store = workshop.root / "tests.json"

    def work() -> int:
        choice = TestsByName(workshop.root)
        store.write_text(json.dumps({path: choice.tests_for(path) for path in paths}))
        return 0

    status, _ = workshop.in_copy(work, cpu_seconds=300)
    assert not status, (workshop.root / "output.txt").read_text()
    found: dict[str, list[str]] = json.loads(store.read_text())
    return found


def measured(workshop: Workshop, tests: list[str], store: Path | None) -> Selection:
    """Which tests run which lines, from the file if it is there."""
    if store and store.exists():
        return Selection.read(store)
    store = store or workshop.root / "selection.json"
    print(f"measuring {' '.join(tests)}", file=sys.stderr, flush=True)
    status, _ = workshop.in_copy(lambda: measure(workshop.root, tests, store), cpu_seconds=3600)
    if status:
        output = (workshop.root / "output.txt").read_text()
        sys.exit(f"the tests fail on the code as it is (status {status})\n{output[-3000:]}")
    return Selection.read(store)


def report(chosen: list[Mutant], bred: dict[str, list[Mutant]], outcomes: dict[str, Outcome]) -> float:
    """Print the table and the survivors; returns the share killed of the mutants not known to be equivalent."""
    by_module: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in chosen:
        by_module[mutant.path].append(mutant)
    rows = [[path.removeprefix("agf_theory/"), len(bred[path]), *counts(m, outcomes)] for path, m in by_module.items()]
    overall = counts(chosen, outcomes)
    rows.append(["all", sum(map(len, bred.values())), *overall])
    print(tabulate(rows, headers=HEAD + SHARES, disable_numparse=True, colalign=("left", *["right"] * 9)))
    for mutant in chosen:
        outcome = outcomes[mutant.key]
        if outcome.word != "killed":
            kind, reason = reasons().get(mutant.key, ("not accounted for", ""))
            print(f"\n{mutant.path}:{mutant.start[0]} {outcome.word} ({outcome.detail})")
            print(f"  {mutant.key}\n  {kind}: {reason}")
    return int(str(overall[1])) / max(1, len(chosen) - int(str(overall[4])))


def counts(mutants: list[Mutant], outcomes: dict[str, Outcome]) -> list[object]:
    """Tried, killed, of these by an endless loop, survived, of these equivalent, and the shares killed."""
    kinds = [reasons().get(m.key, ("", ""))[0] for m in mutants if outcomes[m.key].word != "killed"]
    # a timeout alone proves nothing: survivors.md has to say why the loop has no end
    loops = sum(
        outcomes[m.key].word == "timeout" and reasons().get(m.key, ("", ""))[0] == "endless loop" for m in mutants
    )
    tried, killed = len(mutants), len(mutants) - len(kinds) + loops
    equivalent = kinds.count("equivalent")
    judged = tried - equivalent
    if not judged:
        return [tried, killed, loops, tried - killed, equivalent, "-", "-", "-"]
    low, high = binomtest(killed, judged).proportion_ci(method="wilson")
    shares = [f"{killed / tried:.1%}", f"{killed / judged:.1%}", f"{low:.1%} to {high:.1%}"]
    return [tried, killed, loops, tried - killed, equivalent, *shares]
