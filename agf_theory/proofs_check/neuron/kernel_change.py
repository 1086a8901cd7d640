"""SN-16: how much the tangent kernel of a single linear neuron changes, along the flow and to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
from sympy import Expr

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.neuron import (
    difference_kernel,
    enclosed_weights,
    gradient_flow,
    kernel_change,
    kernel_growth,
    squared_distance,
)
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["REACHES_ITS_GOAL", "SN_16", "KernelChange", "change_and_growth_at_the_end", "values_of"]

WIDEST = 1e-12


@dataclass(frozen=True)
class KernelChange:
    """The formulas of SN-16, in the symbols of `closed_form.symbols`."""

    square: Callable[[], Expr] = closed_form.kernel_square
    distance: Callable[[], Expr] = closed_form.kernel_distance_square
    change: Callable[[], Expr] = closed_form.final_kernel_change
    growth: Callable[[], Expr] = closed_form.final_kernel_growth


def _reaches(instance: Instance) -> bool:
    """χ ≠ 0, exactly: χ = p + νw for rational p, w and ν²."""
    start: WhitenedStart = instance["start"]
    rational, w = start.b * start.a - start.delta / 2 * start.parallel, start.parallel
    vanishes = rational**2 == (start.b**2 + start.delta**2 / 4) * w**2 and rational * w <= 0
    return not vanishes


REACHES_ITS_GOAL = Relation("χ ≠ 0", _reaches)


def values_of(start: WhitenedStart) -> dict[Any, Any]:
    """What the formulas need of a start, at the precision that is set."""
    inner = ball(start.parallel**2 + start.across**2).sqrt()
    cosine = abs(ball(start.parallel)) / inner if inner > 0 else flint.arb(0)
    norm = abs(ball(start.a)) * inner
    return {**start.values, sym.inputs: len(start.frame), sym.map_norm_0: norm, sym.cosine_0: cosine}


def _kernel(start: WhitenedStart, a: flint.arb, w: list[flint.arb]) -> Any:
    return difference_kernel(start.problem, a, w)


def _at_start(start: WhitenedStart) -> Any:
    problem = start.problem
    return _kernel(start, ball(start.a), [flint.arb(each) for each in problem.rational_w0.entries()])


def _zero(kernel: Any) -> Any:
    return [[flint.arb(0)] * len(kernel) for _ in kernel]


def change_and_growth_at_the_end(start: WhitenedStart) -> tuple[flint.arb, flint.arb]:
    """Squares of both, by differences of the answers at the weights that fit the data with the imbalance of the start.

    On the data of a start, whitened or not, aw is then b/s² along the goal, with s the factor of its row; x = η_w a²
    solves x² − δx − η_aη_w b²/s⁴ = 0, whose one positive root is taken. The sign of a is no matter.
    """
    problem, rates = start.problem, [ball(rate) for rate in start.rates]
    delta, norm = ball(problem.rational_delta), ball(start.b / start.stretched**2)
    root = (delta + (delta * delta + 4 * rates[0] * rates[1] * norm * norm).sqrt()) / 2
    outer = (root / rates[1]).sqrt()
    inner = [norm * ball(entry) / outer for entry in start.frame[0]]
    first, last = _at_start(start), _kernel(start, outer, inner)
    size = squared_distance(first, _zero(first))
    return squared_distance(last, first) / size, squared_distance(last, _zero(last)) / size


def at_one_time(formula: KernelChange, instance: Instance) -> Evidence:
    """One start and time: the kernel of enclosed weights, by differences of the answers, against the formulas."""
    start: WhitenedStart = instance["start"]
    with flint.ctx.workprec(PRECISION):
        a, w = enclosed_weights(start.problem, flint.fmpq(start.time.numerator, start.time.denominator))
        rows = (*start.frame, (Fraction(0),) * len(start.frame))[:2]
        along, across = (sum((ball(f) * e for f, e in zip(row, w, strict=True)), flint.arb(0)) for row in rows)
        values = {**values_of(start), sym.outer_weight: a, sym.parallel: along, sym.across: across}
        first = _at_start(start)
        seen = {
            "the squared norm": (formula.square(), squared_distance(first, _zero(first))),
            "the squared change": (formula.distance(), squared_distance(_kernel(start, a, w), first)),
        }
        found = _compared(seen, values, start)
        if found.level is None or not _reaches(instance):
            return found
        if any(ball_value(root(), values) < 0 for root in (formula.change, formula.growth)):
            return Evidence.refuted("a ratio of norms is not negative", {"start": str(start)}, instances=1)
        # Squares: where nothing changes, a root would be that of a ball around zero.
        change, growth = change_and_growth_at_the_end(start)
        ends = {"the change to the end": (formula.change() ** 2, change), "the growth": (formula.growth() ** 2, growth)}
        return _compared(ends, values, start)


def _compared(seen: Mapping[str, tuple[Expr, flint.arb]], values: Mapping[Any, Any], start: WhitenedStart) -> Evidence:
    widest = 0.0
    for what, (expression, found) in seen.items():
        claimed = ball_value(expression, values)
        if not claimed.overlaps(found):
            witness = {"start": str(start), "of": what, "claimed": claimed.str(12), "seen": found.str(12)}
            return Evidence.refuted(f"{what} of the kernel is another one", witness, instances=1)
        sizes = 1 + abs(float(found.mid()))
        radii = [float(each.rad()) if each.is_finite() else float("inf") for each in (claimed, found)]
        widest = max(widest, *(radius / sizes for radius in radii))
    if not widest < WIDEST:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "norm, change and growth of kernels by differences of the answers, in balls of relative width below 1e-12"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def enclosed_kernels(formula: KernelChange, context: Context) -> Evidence:
    """Starts in one to three dimensions: kernels by differences of the answers, on the enclosed flow and at its end."""
    return over_instances(at_one_time, formula, context.instances(12))


def integrated_kernels(formula: KernelChange, context: Context) -> Evidence:
    """Flows integrated until they rest: change and growth of the kernel of their last weights.

    Tolerance: at rest the gradient is a billionth of its first, and each of some hundred steps errs by 1e-12: 1e-6.
    """
    worst, count = 0.0, 0
    for instance in context.instances(12):
        start: WhitenedStart = instance["start"]
        if abs(start.delta) > 10:
            continue
        problem = start.problem
        flow = gradient_flow(problem)
        with flint.ctx.workprec(PRECISION):
            squares = [ball_value(f() ** 2, values_of(start)) for f in (formula.change, formula.growth)]
        claimed = [max(float(square.mid()), 0.0) ** 0.5 for square in squares]
        seen = [kernel_change(problem, flow), kernel_growth(problem, flow)]
        miss = float(np.max(np.abs(np.array(seen, dtype=float) - claimed)))
        worst, count = max(worst, miss), count + 1
        if not miss <= 1e-6:
            witness = {"start": str(start), "claimed": claimed, "seen": seen}
            return Evidence.refuted("the kernel ends elsewhere", witness, instances=count)
    return Evidence.of(Level.SAMPLED, "kernels of integrated flows within 1e-6", instances=count, worst=worst)


def kernel_elsewhere(formula: KernelChange, witness: Mapping[str, Any]) -> Evidence:
    """The kernel of the enclosed flow of a neuron that breaks a hypothesis has certainly changed by something else."""
    start: WhitenedStart = witness["start"]
    with flint.ctx.workprec(PRECISION):
        a, w = enclosed_weights(start.problem, flint.fmpq(start.time.numerator, start.time.denominator))
        values = {**values_of(start), sym.outer_weight: a, sym.parallel: w[0], sym.across: w[1]}
        claimed = ball_value(formula.distance(), values)
        seen = squared_distance(_kernel(start, a, w), _at_start(start))
    figures = {"claimed": claimed.str(8), "seen": seen.str(8)}
    detail = "the kernel has changed by something else"
    return failure(not claimed.overlaps(seen), Level.CERTIFIED, detail, {"start": str(start)}, **figures)


def saddle_elsewhere(formula: KernelChange, witness: Mapping[str, Any]) -> Evidence:
    """A start that ends at the saddle: its kernel tends to that of a = 0 and w across the goal, ‖w‖² = −δ."""
    start: WhitenedStart = witness["start"]
    with flint.ctx.workprec(PRECISION):
        first = _at_start(start)
        last = _kernel(start, flint.arb(0), [flint.arb(0), ball(-start.delta).sqrt()])
        seen = (squared_distance(last, first) / squared_distance(first, _zero(first))).sqrt()
        claimed = ball_value(formula.change(), values_of(start))
    figures = {"claimed": claimed.str(8), "seen": seen.str(8)}
    detail = "the kernel ends elsewhere"
    return failure(not claimed.overlaps(seen), Level.CERTIFIED, detail, {"start": str(start)}, **figures)


_PLANE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
_START = WhitenedStart(_PLANE, Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1), Fraction(1, 2))
_SADDLE = WhitenedStart(_PLANE, Fraction(4), Fraction(-2), Fraction(1), Fraction(3), Fraction(1))
_OWN = KernelChange()
_DERIVED = {
    "kernel_square": "square",
    "kernel_distance_square": "distance",
    "final_kernel_change": "change",
    "final_kernel_growth": "growth",
}

SN_16 = Claim(
    id="SN-16",
    system="neuron",
    title="change of the tangent kernel of a neuron",
    statement="On whitened data ‖K − K_0‖² = (d + 3)(a² − a_0²)² + 2(w_∥w_⊥0 − w_⊥w_∥0)² along the flow, in Frobenius "
    "norm, with ‖K_0‖² = (d − 1)a_0⁴ + q_0²; at the goal the relative change is the root of ((d + 3)(q_∞ − q_0)² + "
    "2(q_∞ − δ)(q_0 − δ)(1 − φ_0²))/(4q_0² + (d − 1)(q_0 + δ)²), q_0 = √(δ² + 4r_0²), q_∞ = √(δ² + 4b²), "
    "and ‖K_∞‖/‖K_0‖ that of (4q_∞² + (d − 1)(q_∞ + δ)²)/(4q_0² + (d − 1)(q_0 + δ)²).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "the kernel: [kunin2024]"),
    hypotheses=Hypotheses((NeuronStart(), REACHES_ITS_GOAL, ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("enclosed kernels", enclosed_kernels),
        Check("integrated kernels", integrated_kernels, cost=Cost.FULL, time_limit=120.0),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-16",
                parts=lambda formula: {name: getattr(formula, field) for name, field in _DERIVED.items()},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "growth-of-w-alone",
            replace(
                _OWN,
                distance=lambda: (
                    closed_form.kernel_distance_square()
                    - (sym.inputs + 2) * (sym.outer_weight**2 - sym.outer_0**2) ** 2
                ),
            ),
            "the outer weight counts as if it stood still",
        ),
        Mutant(
            "turned-by-the-cosine",
            replace(_OWN, change=lambda: closed_form.final_kernel_change().subs(sym.cosine_0, sym.cosine_0**2)),
            "1 − φ_0⁴ for 1 − φ_0²",
        ),
        Mutant(
            "growth-of-the-trace",
            replace(_OWN, growth=lambda: sym.goal_norm / sym.map_norm_0),
            "b/r_0, as for a balanced neuron",
        ),
    ),
    remark="What the kernel does depends on the start through δ, r_0 and φ_0² alone. It changes by the growth of "
    "the weights and the area that w spans with its start; with the weights of SN-07 it is known at every time.",
    necessity=(
        Necessity(REACHES_ITS_GOAL, {"start": _SADDLE}, saddle_elsewhere, (ORTHONORMAL, RATES_OF_ONE)),
        Necessity(
            ORTHONORMAL,
            {"start": replace(_START, stretched=Fraction(2))},
            kernel_elsewhere,
            (REACHES_ITS_GOAL, RATES_OF_ONE),
        ),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_START, rates=(Fraction(2), Fraction(1)))},
            kernel_elsewhere,
            (REACHES_ITS_GOAL, ORTHONORMAL),
        ),
    ),
    parts=tuple(part for field in fields(KernelChange) for part in without_arguments(_OWN, field.name)),
    probes=(Probe("one time", at_one_time, examples=20, starts=1),),
)
