"""Every closed form in balls of 53, 200 and 1000 bits, for arguments from 1e-20 to 1e20 within its hypotheses.

    python benchmarks/closed_form_precision.py [--count 100] [--seed 0]

The three balls have to be as narrow as asked for, to overlap, and to contain what mpmath says at a precision that is
raised until it agrees with itself. Printed is one line a formula and convention.
"""

from __future__ import annotations

import argparse
import inspect
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

import mpmath as mp
import sympy
from flint import arb, ctx
from sympy import Expr, MatrixSymbol, Tuple
from tabulate import tabulate

from agf_theory.closed_form import formula_names, lookup
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import enclose
from agf_theory.errors import AgfTheoryError

BITS = (53, 200, 1000)
Point = dict[Any, Fraction]

HALF = Fraction(1, 2)
WITHOUT_A_NUMBER = {
    "framework.accumulated_utility": "an integral of an undefined function",
    "framework.direction_velocity": "matrices of symbolic shape",
    "framework.euler_identity": "an equation of undefined functions",
    "framework.homogeneous_function": "an undefined function",
    "diagonal.dormant_kick": "matrices of symbolic shape",
    "diagonal.rho_series_remainder": "an order of magnitude",
    "modular.alignment": "complex",
    "modular.conserved_difference": "conjugates",
    "modular.conserved_misalignment": "imaginary",
    "modular.mode_velocity": "complex",
    "modular.half_spectrum_weight": "remainders of integers",
    "modular.neurons_needed": "remainders of integers",
    "modular.nyquist_column_power": "remainders of integers",
    "finite_width.frozen_weights": "matrices of symbolic shape",
    **{
        f"neuron.{name}": "matrices of symbolic shape"
        for name in (
            "balanced_preconditioner",
            "directional_velocity",
            "linear_symmetry_quantity",
            "map_velocity",
            "preconditioner",
            "preconditioner_of_map",
            "radial_velocity",
            "tangent_kernel",
            "translation_quantity",
        )
    },
    "neuron.crosses_zero": "a condition",
}
NAMES = tuple(name for name in formula_names() if name not in WITHOUT_A_NUMBER)
CALLS: dict[str, list[dict[str, Any]]] = {
    "diagonal.rho_series": [{"order": k} for k in range(4)],
    "diagonal.rho_series_coefficient": [{}, {"order": 3}],
    "modular.legendre_blow_up_time": [{"growing": True}, {"growing": False}],
    "modular.class_maximum": [{"frequency": kind} for kind in ("generic", "nyquist", "dc")],
    "modular.class_variation": [{"frequency": kind} for kind in ("generic", "nyquist")],
    **{
        f"modular.{name}": [{"frequency": "generic"}, {"frequency": "nyquist"}]
        for name in ("norm_growth_rate", "first_crossing_time", "least_blow_up_time")
    },
    "linear.dormant_squared_norm": [{"modes": 1}, {"modes": 3}],
    "linear.dormant_accumulated_utility": [{"modes": 1}, {"modes": 3}],
    "linear.dormant_jump_time": [{"others": 0}, {"others": 1}, {"others": 3}],
    "linear.initial_overlap": [{"multiplicity": 1}, {"multiplicity": 3}],
    **{
        f"framework.{name}": [{}, {"degree": 2}, {"degree": 3}, {"degree": 7}]
        for name in ("norm", "threshold", "jump_time_lower_bound", "jump_time_upper_bound", "plateau_scale")
    },
    **{f"neuron.{name}": [{}, {"two_rates": True}] for name in ("neuron_imbalance", "total_size")},
    **{f"neuron.{name}": [{}, {"two_rates": True}] for name in ("outer_square", "inner_square")},
    **{f"neuron.{name}": [{}, {"two_rates": True}] for name in ("bias_potential", "bias_gap", "bias_weights_pull")},
    **{f"neuron.{name}": [{}, {"two_rates": True}] for name in ("start_pull", "stated_objective")},
    **{f"neuron.{name}": [{"part": "along"}, {"part": "across"}] for name in ("lazy_map", "lazy_correction")},
    **{f"finite_width.{name}": [{"layer": "u"}, {"layer": "v"}] for name in ("weight_drive", "weight_in_time")},
    **{
        f"finite_width.{name}": [{"sign": "growing"}, {"sign": "shrinking"}] for name in ("light_cone", "squared_start")
    },
    "finite_width.fixed_growth": [{"sign": "upper"}, {"sign": "lower"}],
    "framework.blow_up": [{"degree": 3}, {"degree": 7}],
    "framework.limiting_threshold": [{}, {"degree": 2}, {"degree": 3}],
    "framework.conserved_quantity": [{}, {"degree": 3}],
}
DIMENSIONS_THAT_FIT = (
    ("mean_log_inverse_overlap", sym.dimension, sym.multiplicity),
    ("mean_refined_jump_time", sym.hidden, sym.mode),
)
STARTS_BELOW_ONE = ("rho", "rho_series", "activation_angle", "activation_threshold", "jump_time", "plateau_scale")


def size(random: Random, largest: int = 20) -> Fraction:
    """A positive decimal between 1e-20 and 1e20, as often near one as far."""
    return Fraction(random.randint(1000, 9999), 1000) * Fraction(10) ** random.randint(-largest, largest - 1)


def draw(symbol: Any, random: Random) -> Fraction:
    """A number that the assumptions of a symbol allow."""
    value = size(random)
    if symbol.is_integer:
        return Fraction(max(1, int(value)))
    if not symbol.is_nonnegative and random.random() < HALF:
        value = -value
    return value


def meet_hypotheses(name: str, point: Point, random: Random) -> Point:
    """The point, moved to where the hypotheses of the formula hold."""
    short = name.partition(".")[2]
    met = dict(point)
    if sym.alpha in met and short in STARTS_BELOW_ONE and met[sym.alpha] > Fraction(7, 10):
        met[sym.alpha] = 1 / (2 * met[sym.alpha])
    if short == "rho_from_log_inverse" and met[sym.eta] < HALF:
        met[sym.eta] = 1 / met[sym.eta]
    if short == "signed_start" and sym.alpha in met:
        met[sym.norm_0] = met[sym.alpha] * (Fraction(3, 2) + size(random))
    if sym.level in met and name.startswith("diagonal"):
        met[sym.level] = met[sym.level] if met[sym.level] < 1 else 1 / (1 + met[sym.level])
    if short == "hitting_time" and abs(met[sym.s]) > 1:
        met[sym.s] = 1 / met[sym.s]
    if short.startswith(("threshold", "jump_time_")) and name.startswith("framework") and met[sym.norm_0] > 1:
        met[sym.norm_0] = 1 / (1 + met[sym.norm_0])
    if sym.kappa in met:
        met[sym.kappa] = random.choice([Fraction(2), 2 + met[sym.kappa]])
    _in_single_neurons(met)
    _in_modular_addition(short, met)
    _in_a_bias(short, met)
    _on_a_line(short, met)
    if name.startswith("linear"):
        _in_linear_networks(short, met, random)
    if short == "norm" and name.startswith("framework"):  # below the blow-up
        met[sym.S] = -abs(met[sym.S]) if sym.kappa in met else _before_blow_up(met)
    return met


def _in_a_bias(short: str, met: Point) -> None:
    """A sum of squares is no smaller than their difference."""
    if short in ("bias_potential", "bias_slope"):
        met[sym.total] += abs(met[sym.neuron_imbalance])


def _on_a_line(short: str, met: Point) -> None:
    """Inner products within Cauchy and Schwarz: below half the geometric mean, as half the harmonic mean is."""
    if short in ("conserved_area", "spread_from_norms"):
        squares = met[sym.square_u], met[sym.square_v]
        met[sym.inner_uv] = (1 if met[sym.inner_uv] > 0 else -1) * squares[0] * squares[1] / sum(squares)
    if short == "alignment_of_growth":
        vectors = met[sym.growing_square], met[sym.shrinking_square]
        met[sym.layer_gap] = (1 if met[sym.layer_gap] > 0 else -1) * vectors[0] * vectors[1] / sum(vectors)


def _in_single_neurons(met: Point) -> None:
    """A squared cosine below one half, and the rate beyond half the imbalance."""
    if sym.cosine_0 in met:
        met[sym.cosine_0] = met[sym.cosine_0] if met[sym.cosine_0] < HALF else 1 / (2 + met[sym.cosine_0])
        if sym.rate in met:
            met[sym.rate] += abs(met[sym.neuron_imbalance]) / 2


def _in_modular_addition(short: str, met: Point) -> None:
    """The least root first, norms below one."""
    if short == "turning_blow_up_time":  # y_1 is the least
        met |= {gap: met[sym.gap_1] + met[gap] for gap in (sym.gap_2, sym.gap_3)}
    if short == "tie_factor":
        met[sym.fraction] = 1 / (1 + met[sym.fraction])
    if short in ("first_crossing_time", "first_head_crossing"):
        met[sym.norm_0] = 1 / (1 + met[sym.norm_0])


def _in_linear_networks(short: str, met: Point, random: Random) -> None:
    """Strengths of the right sign below their end, ratios between the fixed points."""
    if short == "dormant_jump_time_lower":
        met[sym.later_terms] = 1 / (4 + met[sym.later_terms])
    if short.startswith("logistic") and sym.strength_0 in met:
        sign = -1 if short == "logistic_strength_from_below" else 1
        met[sym.strength_0] = sign * _below(met[sym.sigma_k] / met[sym.variance], random)
    if short == "logistic_time":
        met[sym.strength_final] = _below(met[sym.sigma_k] / met[sym.variance], random)
    if short == "logistic_transit_time":
        met[sym.fraction] = _below(Fraction(1), random)
    if short == "imbalanced_time":
        for strength in (sym.strength_0, sym.strength_final):
            met[strength] = min(met[strength], _below(met[sym.sigma_k], random))
    if sym.ratio_lower in met:
        met[sym.ratio_lower] = -abs(met[sym.ratio_lower])
    if short == "time_between_ratios":
        met[sym.ratio_0], met[sym.ratio] = (_below(met[sym.ratio_upper], random) for _ in range(2))
    _fit_dimensions(short, met)


def _fit_dimensions(short: str, met: Point) -> None:
    for formula, larger, smaller in DIMENSIONS_THAT_FIT:
        if short == formula:
            met[larger] += met[smaller]


def _below(end: Fraction, random: Random) -> Fraction:
    """A positive number below the end, as often near zero as near the end."""
    odds = size(random)
    return end / (1 + odds)


def _before_blow_up(point: Point) -> Fraction:
    """Below N_0**(2 - degree)/((degree - 2)*eta) for the degrees in use, as long as N_0 is below one."""
    return min(point[sym.S], min(Fraction(1), 1 / point[sym.norm_0] ** 5) / (7 * point[sym.eta]))


def formulas(name: str) -> Iterator[tuple[str, str, Expr]]:
    """Name, arguments and expression of all that a formula says which has a number as value."""
    for expression, given in _expressions(name, lookup(name)):
        for part in expression if isinstance(expression, Tuple) else (expression,):
            # Matrices of symbolic shape have no number as value, nor have conditions.
            if isinstance(part, Expr) and not part.has(MatrixSymbol):
                yield name, given, part


def _expressions(name: str, formula: Callable[..., Any]) -> Iterator[tuple[Any, str]]:
    conventions: list[dict[str, Any]] = [{}]
    if "convention" in inspect.signature(formula).parameters and not name.startswith("modular"):
        conventions = [{"convention": convention} for convention in ("paper", "slides")]
        if name == "diagonal.signed_start":
            conventions.append({})
    for call in CALLS.get(name, [{}]):
        for convention in conventions:
            arguments = {**call, **convention}
            yield formula(**arguments), ", ".join(str(value) for value in arguments.values())


def by_mpmath(expression: Expr, point: Point) -> arb:
    """The value to 1100 bits: the precision is doubled until two results agree to so many."""
    symbols = list(point)
    function = sympy.lambdify(symbols, expression, "mpmath")
    before = None
    for precision in (1500, 3000, 6000, 12000, 24000):
        with mp.workprec(precision):
            value = mp.mpf(mp.re(function(*(mp.mpf(x.numerator) / x.denominator for x in point.values()))))
            if before is not None and abs(value - before) <= abs(value) * mp.mpf(2) ** -1150:
                sign, man, exponent, _ = value._mpf_
                with ctx.workprec(precision):
                    middle = arb((-int(man) if sign else int(man), int(exponent)))
                    return middle + middle * arb(0, 1) * arb(2) ** -1100
            before = value
    raise ArithmeticError("mpmath does not agree with itself")


def agrees(expression: Expr, point: Point) -> str:
    """Empty if the three balls and mpmath agree; else what went wrong."""
    try:
        found = [enclose(expression, point, bits=bits).certified for bits in BITS]
    except AgfTheoryError as error:
        return str(error)
    with ctx.workprec(4000):
        if not all(ball.is_finite() for ball in found):
            return "not finite"
        if not all(left.overlaps(right) for left in found for right in found):
            return "the balls are disjoint"
        if any(ball.rel_accuracy_bits() < bits for ball, bits in zip(found, BITS, strict=True)):
            return "a ball is too wide"
        value = by_mpmath(expression, point)
        return "" if all(ball.overlaps(value) for ball in found) else f"mpmath says {value.str(20)}"


def row(name: str, given: str, expression: Expr, count: int, seed: int) -> list[Any]:
    """The line of the table for one formula."""
    random, start, wrong = Random(f"{seed} {name} {given}"), time.perf_counter(), []
    symbols = sorted(expression.free_symbols, key=str)
    for _ in range(count if symbols else 1):
        point = meet_hypotheses(name, {symbol: draw(symbol, random) for symbol in symbols}, random)
        said = agrees(expression, point)
        if said:
            wrong.append(f"{name}({given}) at { ({str(s): str(x) for s, x in point.items()}) }: {said}")
    for line in wrong[:3]:
        print(line, file=sys.stderr)
    return [name, given, count if symbols else 1, len(wrong), f"{time.perf_counter() - start:.1f}"]


def main() -> int:
    """Print the table; exit status 1 if anything disagrees."""
    parser = argparse.ArgumentParser(description="Closed forms at three precisions.")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows = [row(*entry, options.count, options.seed) for name in NAMES for entry in formulas(name)]
    print(tabulate(rows, headers=["formula", "arguments", "points", "disagree", "seconds"]))
    for name, why in WITHOUT_A_NUMBER.items():
        print(f"{name}: no number, {why}")
    wrong = sum(entry[3] for entry in rows)
    print(f"\n{len(rows)} formulas, {sum(entry[2] for entry in rows)} points, {wrong} disagree, seed {options.seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
