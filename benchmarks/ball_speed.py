"""Decimal values of closed forms: certain digits by balls against SymPy's evalf.

python benchmarks/ball_speed.py [--digits 30]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median
from typing import Any

from sympy import Rational
from tabulate import tabulate

from agf_theory.closed_form import diagonal, framework, symbols
from agf_theory.closed_form.balls import ball_value, rounded

SIZES = (Fraction(2, 7), Fraction(5, 3), Fraction(1, 11), Fraction(4, 5), Fraction(13, 6))
CASES = {
    "accumulated_utility": diagonal.accumulated_utility(),
    "jump_time": diagonal.jump_time(),
    "rho": diagonal.rho(),
    "one_coordinate_dual": diagonal.one_coordinate_dual(),
    "one_coordinate_level_time": diagonal.one_coordinate_level_time(),
    "hyperbolic_entropy": diagonal.hyperbolic_entropy(),
    "norm, degree 3": framework.norm(3),
}


def seconds(work: Callable[[], Any], repeats: int = 15) -> float:
    """The median time of one call."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def row(name: str, expression: Any, digits: int) -> list[Any]:
    """One formula: SymPy's evalf, correctly rounded digits, and one ball at 53 bits."""
    free = sorted(expression.free_symbols, key=str)
    values = dict(zip(free, SIZES, strict=False))
    if symbols.alpha in values:
        values[symbols.alpha] = Fraction(1, 10)
    numbers = {symbol: Rational(value.numerator, value.denominator) for symbol, value in values.items()}
    theirs = seconds(lambda: expression.evalf(digits, subs=numbers))
    ours = seconds(lambda: rounded(expression, values, digits=digits))
    one = seconds(lambda: ball_value(expression, values))
    return [name, 1e3 * theirs, 1e3 * ours, theirs / ours, 1e3 * one, theirs / one]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Balls against evalf.")
    parser.add_argument("--digits", type=int, default=30)
    digits = parser.parse_args().digits
    rows = [row(name, expression, digits) for name, expression in CASES.items()]
    headers = ["formula", "evalf ms", f"{digits} certain digits ms", "ratio", "one ball ms", "ratio"]
    print(tabulate(rows, headers=headers, floatfmt=".3g"))


if __name__ == "__main__":
    main()
