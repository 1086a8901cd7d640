"""How fast counterexamples to mutants are found, and how small they become.

For every claim over data, its own formula and each of its mutants: instances tried until the first contradiction,
instances tried to shrink it, its size, and the seconds all of it took. Nothing may be found against a claim itself;
mutants that no single instance contradicts (a wrong series, say) are listed as not found.

    python benchmarks/counterexample_search.py [ID ...] [--examples N] [--seed N] [--starts N] [--keep]

`--keep` puts the counterexamples into the folder that every verification replays.
"""

from __future__ import annotations

import argparse
import time

from agf_theory.proofs_check import Claim, Mutant, all_claims, get
from agf_theory.proofs_check.search import STORED, SearchResult, search


def size(result: SearchResult) -> str:
    """Rows by columns of a problem, or how many characters the exact numbers take."""
    if result.counterexample is None:
        return "-"
    instance = result.counterexample.instance
    if "problem" in instance:
        X = instance["problem"]["X"]
        return f"{len(X)} x {len(X[0])}"
    return f"{len(str(instance))} characters"


def one(claim: Claim, mutant: Mutant | None, options: argparse.Namespace) -> None:
    started = time.monotonic()
    result = search(claim, formula=mutant, examples=options.examples, seed=options.seed, starts=options.starts)
    seconds = time.monotonic() - started
    found = f"after {result.tried}" if result.found else f"not found in {result.tried}"
    name = mutant.name if mutant else "(the claim itself)"
    undecided = f"{result.undecided + result.errors} undecided" if result.undecided + result.errors else ""
    columns = f"{claim.id:8} {name:34} {found:18} {result.shrunk_by:4} to shrink  {size(result):14} {seconds:6.1f} s"
    print(f"{columns}  {undecided}".rstrip(), flush=True)
    if options.keep and mutant and result.counterexample is not None:
        STORED.mkdir(exist_ok=True)
        (STORED / result.counterexample.file_name).write_text(result.counterexample.text(), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="how fast counterexamples are found")
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--examples", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--mutant", action="append", help="only this mutant")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    claims = [get(name) for name in options.ids] or [claim for claim in all_claims() if claim.probes]
    for claim in claims:
        mutants: list[Mutant | None] = [None, *claim.mutants]
        for mutant in mutants:
            if not options.mutant or (mutant and mutant.name in options.mutant):
                one(claim, mutant, options)


if __name__ == "__main__":
    main()
