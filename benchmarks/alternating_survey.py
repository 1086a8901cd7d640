"""Alternating gradient flows in balls against ρ(α) times the limiting sequence, on random problems and the zoo.

python benchmarks/alternating_survey.py --count 100
"""

from __future__ import annotations

import argparse

import numpy as np
from flint import arb, ctx, fmpq
from random_designs import random_problem
from tabulate import tabulate

from agf_theory.numeric.diagonal import alternating_gradient_flows, pesme_flammarion
from agf_theory.numeric.diagonal.ball_alternating import BallAlternatingFlow
from agf_theory.numeric.framework import run_alternating_gradient_flows
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

SCALES = ("0.6", "0.1", "1e-3", "1e-8", "1e-100")
PRECISION = 400
WIDTH = 1e-30
KINDS = ("gaussian", "correlated", "wide", "square")


class ResetRedormant(BallAlternatingFlow):
    """A mutant: neurons that return to dormancy forget their accumulated utility."""

    def return_to_dormancy(self, neuron: int, sign: int) -> None:
        self.angles[neuron] = self._zero()


def clock_ratio(scale: InitScale, precision: int) -> arb:
    """ρ(α) = arccosh(1/(2α²)) / (2 log(1/α)), paper's convention, from its definition."""
    with ctx.workprec(precision):
        log_inverse = scale.log_inverse_ball()
        return ((2 * log_inverse).exp() / 2).acosh() / (2 * log_inverse)


def enclosed(problem: DiagonalNetwork, scale: InitScale) -> tuple[bool, float, int]:
    """Whether every ball of AGF / PF encloses ρ and is narrow, the greatest width, and how many jumps have leavers."""
    limit = pesme_flammarion(problem, arithmetic="exact")
    alternating = alternating_gradient_flows(problem, scale, arithmetic="ball", precision=PRECISION)
    ratio = clock_ratio(scale, 2 * PRECISION)
    widest, meets = 0.0, alternating.events == limit.events
    with ctx.workprec(PRECISION):
        for ball, time in zip(alternating.jump_times, limit.jump_times, strict=False):
            quotient = ball / arb(fmpq(time.numerator, time.denominator))
            widest = max(widest, 2 * float(quotient.rad()))
            meets = meets and quotient.contains(ratio)
    return meets and widest < WIDTH, widest, sum(bool(event.left) for event in limit.events)


def mutant_differs(problem: DiagonalNetwork, scale: InitScale) -> bool:
    """Whether the mutant's jump times or events differ certainly from the original's."""
    limit = pesme_flammarion(problem, arithmetic="exact")
    with ctx.workprec(PRECISION):
        mutant = run_alternating_gradient_flows(ResetRedormant(problem, scale), name="diagonal", most_jumps=10_000)
        ratio = clock_ratio(scale, PRECISION)
        pairs = zip(mutant.jump_times, limit.jump_times, strict=False)
        apart = any(
            not (ball - ratio * arb(fmpq(time.numerator, time.denominator))).contains(0) for ball, time in pairs
        )
    return mutant.events != limit.events or apart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    problems = [random_problem(KINDS[k % len(KINDS)], rng) for k in range(options.count)]
    problems += [
        zoo.get(name) for name in ("deactivation-2d", "reactivation", "sign-change", "two-leavers", "diabetes")
    ]
    rows = []
    for text in SCALES:
        scale = InitScale(text)
        outcomes = [enclosed(problem, scale) for problem in problems]
        leaving = [p for p, (_, _, leavers) in zip(problems, outcomes, strict=True) if leavers]
        refuted = sum(mutant_differs(problem, scale) for problem in leaving)
        rows.append(
            [
                text,
                len(problems),
                sum(good for good, _, _ in outcomes),
                max(width for _, width, _ in outcomes),
                sum(leavers for _, _, leavers in outcomes),
                f"{refuted} of {len(leaving)}",
            ]
        )
    headers = ["α", "problems", "enclosed", "widest ball", "jumps with leavers", "reset mutant refuted"]
    print(tabulate(rows, headers=headers, floatfmt=".1e", disable_numparse=[0]))


if __name__ == "__main__":
    main()
