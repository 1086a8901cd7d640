"""The staircase of linear networks put to the test on random problems: agrees, disagrees, undecided.

Irreducible problems up to 4 x 4 from Gaussian data in exact fractions: nobody chooses gaps, and what is undecided at
the first scales is examined again at smaller ones. Commuting problems with singular values, falls of the loss and their
order at random, in random rational bases: the recursion is to disagree exactly where the orders differ.

    python benchmarks/linear_conjecture_survey.py --count 200 --file survey.jsonl

Every problem is one line of the file; a run that is interrupted goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import flint
import numpy as np
from tabulate import tabulate

from agf_theory.errors import AgfTheoryError
from agf_theory.numeric.linear import examine_conjecture
from agf_theory.problems import LinearNetwork

SCALES = (("1e-20", "1e-40", "1e-80"), ("1e-40", "1e-80", "1e-160"), ("1e-160", "1e-320", "1e-640"))
"""Tried in turn while the verdict is undecided."""


def irreducible(number: int) -> LinearNetwork:
    """Gaussian inputs and cross moments in multiples of 1/8; irreducible with probability one."""
    random = Random(f"irreducible {number}")
    c, d = random.randint(2, 4), random.randint(2, 4)
    draw = lambda rows, columns: flint.fmpq_mat(  # noqa: E731
        [[flint.fmpq(round(8 * random.gauss(0, 1)), 8) for _ in range(columns)] for _ in range(rows)]
    )
    inputs = draw(2 * d, d)
    moments = inputs.transpose() * inputs * flint.fmpq(1, 2 * d)
    return LinearNetwork(moments, draw(c, d), width=min(c, d) + random.randint(0, 2), title=f"irreducible {number}")


def commuting(number: int) -> LinearNetwork:
    """Σ_yx = U diag(σ) Vᵀ and Σ_xx = V diag(σ²/μ) Vᵀ with σ and μ distinct; every other one in the order of σ."""
    random = Random(f"commuting {number}")
    size = random.randint(2, 4)
    sigma = sorted(random.sample([flint.fmpq(n, 4) for n in range(2, 13)], size), reverse=True)
    mu = sorted(random.sample([flint.fmpq(n, 4) for n in range(2, 21)], size), reverse=True)
    if random.random() < 0.5:
        random.shuffle(mu)
    U, V = rotation(random, size), rotation(random, size)
    variances = diagonal([s * s / m for s, m in zip(sigma, mu, strict=True)])
    return LinearNetwork(
        V * variances * V.transpose(), U * diagonal(sigma) * V.transpose(), width=size, title=f"commuting {number}"
    )


def rotation(random: Random, size: int) -> flint.fmpq_mat:
    """An orthogonal matrix in fractions, by Cayley's transform."""
    skew = flint.fmpq_mat(size, size)
    for i in range(size):
        for j in range(i):
            skew[i, j] = flint.fmpq(random.randint(-4, 4), 4)
            skew[j, i] = -skew[i, j]
    one = diagonal([flint.fmpq(1)] * size)
    return (one - skew) * (one + skew).inv()


def diagonal(entries: list[flint.fmpq]) -> flint.fmpq_mat:
    found = flint.fmpq_mat(len(entries), len(entries))
    for i, entry in enumerate(entries):
        found[i, i] = entry
    return found


def examined(problem: LinearNetwork) -> dict[str, Any]:
    """One line of the file."""
    started, record = time.perf_counter(), {"title": problem.title, "size": [problem.c, problem.d, problem.width]}
    for attempt, scales in enumerate(SCALES):
        try:
            found = examine_conjecture(problem, scales=scales, seeds=(0,))
        except AgfTheoryError as error:
            return {**record, "verdict": "error", "reason": f"{type(error).__name__}: {error}"}
        record |= {
            "verdict": found.verdict,
            "reason": found.reason,
            "round": attempt,
            "worst": found.worst_error if np.isfinite(found.worst_error) else None,
            "uncertainty": float(found.measured.uncertainty.max(initial=0.0)),
            "gaps": found.before.smallest_gaps,
            "shortest": min(found.before.resolution(found.scales[-1]), default=None),
            "commuting": found.before.commuting,
            "co_ordered": found.before.co_ordered,
            "blocks": found.before.blocks,
            "wanted": found.wanted,
            "off_blocks": off_the_blocks(found),
        }
        if found.verdict != "undecided":
            break
    return {**record, "seconds": round(time.perf_counter() - started, 2), "command": found.command}


def off_the_blocks(found: Any) -> float | None:
    """Largest distance of the slopes from the staircases of the blocks merged in time."""
    times = found.before.merged.jump_times
    if len(times) != len(found.measured.slopes):
        return None
    return float(np.abs(found.measured.slopes - times).max(initial=0.0))


def survey(kind: str, count: int, file: Path) -> list[dict[str, Any]]:
    """All problems of a kind, those on file read from there."""
    known = {}
    if file.exists():
        lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        known = {line["title"]: line for line in lines}
    make, found = {"irreducible": irreducible, "commuting": commuting}[kind], []
    for number in range(count):
        title = f"{kind} {number}"
        if title not in known:
            known[title] = examined(make(number))
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(known[title], ensure_ascii=False) + "\n")
        found.append(known[title])
    return found


def report(kind: str, records: list[dict[str, Any]]) -> None:
    names = ("agrees", "disagrees", "undecided", "error")
    rows = []
    for k, scales in enumerate(SCALES):
        # Decided later than here is undecided here.
        seen = Counter("undecided" if r.get("round", 0) > k else r["verdict"] for r in records)
        rows.append(
            [("those undecided again " if k else "") + "at ε = " + ", ".join(scales), *(seen[n] for n in names)]
        )
    print(f"\n{len(records)} {kind} problems")
    print(tabulate(rows, headers=["", *names]))
    for verdict in names:
        chosen = [record for record in records if record["verdict"] == verdict and record.get("worst") is not None]
        if chosen:
            worst = max(chosen, key=lambda record: record["worst"])
            errors = np.array([record["worst"] for record in chosen])
            quantiles = ", ".join(f"{q:.1e}" for q in np.quantile(errors, [0.5, 0.9, 1]))
            print(f"{verdict}: slope error median, 90 %, worst {quantiles} ({worst['title']}, gaps {worst['gaps']})")
    for record in records:
        if record["verdict"] in ("undecided", "error") or (kind == "irreducible" and record["verdict"] == "disagrees"):
            print(
                f"  {record['title']} {record['size']}: {record['verdict']}; {record['reason']}; {record.get('gaps')}"
            )
    if kind == "commuting":
        table = Counter((record["co_ordered"], record["verdict"]) for record in records)
        rows = [
            ["orders agree" if same else "orders differ", *(table[same, name] for name in names)]
            for same in (True, False)
        ]
        print(tabulate(rows, headers=["", *names]))
        off = max(record["off_blocks"] for record in records if record["off_blocks"] is not None)
        print(f"worst distance of the slopes from 1/σ_k: {off:.1e}")
    print(f"{sum(record.get('seconds', 0) for record in records):.0f} s in all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="problems of each kind")
    parser.add_argument("--kind", choices=("irreducible", "commuting"), action="append")
    parser.add_argument("--file", type=Path, default=Path("linear_conjecture_survey.jsonl"))
    options = parser.parse_args()
    for kind in options.kind or ("irreducible", "commuting"):
        report(kind, survey(kind, options.count, options.file))


if __name__ == "__main__":
    main()
