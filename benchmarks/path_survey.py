"""The saddle path on thousands of random problems: certificates, the float path's honesty, the ℓ1 end point.

python benchmarks/path_survey.py --count 3000 --linear-programs 300
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np
from random_designs import KINDS, random_problem
from scipy.optimize import linprog
from tabulate import tabulate

from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork


def float_agrees(exact: SaddleSequence, floating: SaddleSequence) -> bool:
    """Whether what the float path did compute is the exact path, to rounding error.

    Times and coefficients of these problems (entries of order one, condition numbers up to 1e6) are good to
    1e-16 · 1e6; 1e-7 leaves a factor of a thousand.
    """
    count = len(floating)
    if floating.complete and count != len(exact):
        return False
    times = np.array([float(t) for t in exact.jump_times[:count]])
    saddles = np.array([[float(v) for v in row] for row in exact.saddles[:count]]).reshape(floating.saddles.shape)
    return (
        floating.events == exact.events[:count]
        and bool(np.allclose(floating.jump_times, times, rtol=1e-7, atol=0))
        and bool(np.allclose(floating.saddles, saddles, rtol=1e-7, atol=1e-7))
    )


def excess_over_linear_program(problem: DiagonalNetwork, end: np.ndarray) -> float:
    """ℓ1 norm of the end point over the least ℓ1 norm of a least-squares solution (same fit), minus one."""
    d = problem.d
    equality = np.hstack([problem.X, -problem.X])
    best = linprog(np.ones(2 * d), A_eq=equality, b_eq=problem.X @ end, method="highs")
    assert best.status == 0, best.message
    return float(np.abs(end).sum() / best.fun - 1) if best.fun else float(np.abs(end).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--linear-programs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    tally = {kind: Counter[str]() for kind in KINDS}
    worst = 0.0
    for k in range(options.count):
        kind = KINDS[k % len(KINDS)]
        problem = random_problem(kind, rng)
        exact = pesme_flammarion(problem, arithmetic="exact")
        count = tally[kind]
        count["problems"] += 1
        before = None
        for certificate in exact.certificates:
            certificate.verify(problem, before=before)
            before = certificate
        count["saddles certified"] += len(exact)
        count["leavers"] += sum(len(event.left) for event in exact.events)
        count["ties"] += sum(len(event.entered) > 1 for event in exact.events)
        count["not unique"] += not all(exact.unique)
        if before is not None:
            assert not any(before.gradient(problem)), "the path must end at a least-squares solution"
        floating = pesme_flammarion(problem, arithmetic="float")
        agrees = float_agrees(exact, floating)
        count["float complete"] += floating.complete and agrees
        count["float undecided"] += not floating.complete and agrees
        if not agrees:
            count["FLOAT WRONG"] += 1
            print(f"silent difference: problem {k} ({kind}), seed {options.seed}")
            print(exact, floating, sep="\n")
        if k < options.linear_programs and len(exact):
            end = np.array([float(v) for v in exact.saddles[-1]])
            worst = max(worst, excess_over_linear_program(problem, end))
    columns = sorted({name for count in tally.values() for name in count}, key=lambda name: (name != "problems", name))
    rows = [[kind, *(tally[kind][name] for name in columns)] for kind in KINDS]
    rows.append(["all", *(sum(tally[kind][name] for kind in KINDS) for name in columns)])
    print(tabulate(rows, headers=["kind", *columns]))
    print(f"largest excess of the end point's ℓ1 norm over the linear program's: {worst:.1e}")


if __name__ == "__main__":
    main()
