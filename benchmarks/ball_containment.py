"""Does the ball that the evaluator gives contain the value? Every function, at random rationals inside random balls.

    python benchmarks/ball_containment.py [--count 10000] [--seed 0] [--only NAME ...]

A rational number is drawn, and a ball around it whose middle lies elsewhere; the function goes to the evaluator with
the balls, at 53 to 113 bits, and to mpmath with the rationals, at a precision far beyond. Printed is one line a
function: tests, balls that were finite, misses, the widest relative radius met among the narrowest input balls.
"""

from __future__ import annotations

import argparse
import sys
import time
from fractions import Fraction
from random import Random
from typing import Any

import mpmath as mp
from flint import arb, ctx, fmpq
from function_ranges import TRIALS, Trial
from sympy import Symbol
from tabulate import tabulate

from agf_theory.closed_form.balls import ball_value

SYMBOLS = tuple(Symbol(name, real=True) for name in "abcde")
PRECISIONS = (53, 64, 113)
NARROW = Fraction(1, 2**50)


def drawn_ball(value: Fraction, random: Random) -> tuple[arb, bool]:
    """A ball that contains a number, off its middle; and whether it is narrow."""
    width = NARROW if random.random() < 0.5 else Fraction(1, 2 ** random.randint(4, 40))
    radius = abs(value) * width
    shift = radius * Fraction(random.randint(-1000, 1000), 1000)
    middle = fmpq(*(value + shift).as_integer_ratio())
    # Arb rounds the middle, and adds what it rounds off to the radius; this much more than the radius covers the float.
    return arb(middle) + arb(0, float(radius * Fraction(1001, 1000))), width == NARROW


def arguments(trial: Trial, point: tuple[Fraction, ...], random: Random) -> tuple[list[Any], bool]:
    """Balls around the arguments; integers stay exact, for an order or an exponent is one."""
    balls, narrow = [], True
    for value in point:
        if value.denominator == 1 or random.random() < 0.25:
            balls.append(value)
            continue
        ball, thin = drawn_ball(value, random)
        balls.append(ball)
        narrow = narrow and thin
    return balls, narrow


def contains(ball: arb, trial: Trial, point: tuple[Fraction, ...], working: int) -> bool:
    """Whether the ball meets mpmath's value, of which more digits are right than the ball has."""
    size = sum(max(0, abs(int(x)).bit_length()) for x in point)
    for precision in (working + 60 + size, 4 * working + 600 + size, 4000 + 2 * size):
        with mp.workprec(precision):
            value = mp.mpf(mp.re(trial.oracle(*(mp.mpf(x.numerator) / x.denominator for x in point))))
            sign, man, exponent, _ = value._mpf_
        if not mp.isfinite(value):
            continue
        with ctx.workprec(precision + 64):
            exact = arb((-int(man) if sign else int(man), int(exponent)))
            if ball.overlaps(exact + exact * arb(0, 1) * arb(2) ** (40 - precision)):
                return True
    return False


def row(trial: Trial, count: int, seed: int) -> list[Any]:
    """The line of the table for one function."""
    random = Random(f"{seed} {trial.name}")
    symbols = SYMBOLS[: len(trial.draws)]
    expression = trial.function(*symbols)
    finite, misses, widest, start = 0, [], 0.0, time.perf_counter()
    for i in range(count):
        point = tuple(draw(random) for draw in trial.draws)
        working = PRECISIONS[i % len(PRECISIONS)]
        with ctx.workprec(working):
            balls, narrow = arguments(trial, point, random)
            ball = ball_value(expression, dict(zip(symbols, balls, strict=True)))
            if not ball.is_finite():
                continue
            finite += 1
            if narrow and not ball.contains(0):
                widest = max(widest, float(ball.rad() / abs(ball.mid())))
        if not contains(ball, trial, point, working):
            misses.append((point, balls, ball))
    for point, balls, ball in misses[:3]:
        print(f"MISS {trial.name}{tuple(map(str, point))}: {ball} from {balls}", file=sys.stderr)
    return [trial.name, count, finite, len(misses), f"{widest:.1e}", f"{time.perf_counter() - start:.1f}"]


def main() -> int:
    """Print the table; exit status 1 if a ball misses."""
    parser = argparse.ArgumentParser(description="Containment tests of the ball evaluator.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", help="names of functions")
    options = parser.parse_args()
    rows = []
    for trial in TRIALS:
        if not options.only or trial.name in options.only:
            rows.append(row(trial, options.count, options.seed))
            print(f"{trial.name}: {rows[-1][3]} misses, {rows[-1][5]} s", file=sys.stderr, flush=True)
    headers = ["function", "tests", "finite", "misses", "widest relative, narrow inputs", "seconds"]
    print(tabulate(rows, headers=headers))
    missed = sum(entry[3] for entry in rows)
    print(f"\n{len(rows)} functions, {sum(entry[1] for entry in rows)} tests, {missed} misses, seed {options.seed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
