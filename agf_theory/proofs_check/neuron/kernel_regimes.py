"""SN-18: the change of the tangent kernel of a single linear neuron in the three regimes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
from sympy import Expr, sqrt

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.neuron import difference_kernel, squared_distance
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.kernel_change import REACHES_ITS_GOAL, change_and_growth_at_the_end, values_of
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.power_law import fit_power
from agf_theory.proofs_check.strategies.rational_matrix import identity

__all__ = ["SN_18", "KernelInRegimes"]

SCALES = (10, 100, 1000)
"""Of the larger weights: imbalances are their squares."""


@dataclass(frozen=True)
class KernelInRegimes:
    """The formulas of SN-18, in the symbols of `closed_form.symbols`."""

    lazy: Callable[[], Expr] = closed_form.lazy_kernel_bound
    balanced: Callable[[], Expr] = closed_form.balanced_kernel_change
    delayed: Callable[[], Expr] = closed_form.delayed_kernel_change


def at_one_start(formula: KernelInRegimes, instance: Instance) -> Evidence:
    """One start: the change of its kernel by differences of the answers, against the bound, or the value at δ = 0."""
    start: WhitenedStart = instance["start"]
    with flint.ctx.workprec(PRECISION):
        change, values = change_and_growth_at_the_end(start)[0], values_of(start)
        if start.delta > 0:
            root = ball_value(formula.lazy(), values)
            claimed = ball_value(formula.lazy() ** 2, values)
            wrong, detail = bool(change > claimed) or not claimed.is_finite(), "the kernel changes by more"
        elif start.delta == 0:
            root = ball_value(formula.balanced(), values)
            claimed = ball_value(formula.balanced() ** 2, values)
            wrong, detail = not claimed.overlaps(change), "the kernel changes by something else"
        else:
            return Evidence.of(Level.CERTIFIED, "nothing is said of one start downstream", instances=1)
    if wrong or root < 0:
        witness = {"start": str(start), "squared change": change.str(10), "claimed": claimed.str(10)}
        return Evidence.refuted(detail, witness, instances=1)
    if not float(claimed.rad() + change.rad()) < 1e-20:
        return Evidence.inconclusive("balls too wide", claimed=claimed.str(8), change=change.str(8))
    return Evidence.of(Level.CERTIFIED, "changes of kernels, bounded upstream and met at δ = 0", instances=1)


def upstream_and_balanced(formula: KernelInRegimes, context: Context) -> Evidence:
    """Starts upstream and balanced: changes of kernels by differences of the answers, in balls."""
    drawn = list(context.instances(40))
    upstream = [each for each in drawn if each["start"].delta > 0]
    balanced = [each for each in drawn if each["start"].delta == 0]
    if not upstream or not balanced:
        return Evidence.inconclusive("no start upstream, or none that is balanced")
    return over_instances(at_one_start, formula, [*upstream[:8], *balanced[:8]])


def _far(inputs: int, *, outer: Fraction, inner: Fraction) -> WhitenedStart:
    """b = 3/2 and φ_0 = 3/5, or 1 in one dimension."""
    cosine, sine = (Fraction(3, 5), Fraction(4, 5)) if inputs > 1 else (Fraction(1), Fraction(0))
    return WhitenedStart(identity(inputs), Fraction(3, 2), outer, inner * cosine, inner * sine, Fraction(1))


def far_ends(formula: KernelInRegimes, context: Context) -> Evidence:
    """Maps of fixed size in one to three dimensions, ever further up- and downstream: orders of what is left.

    The bound upstream over the change is one but for δ⁻², and the change downstream its limit but for δ⁻².
    """
    powers, count = [], 0
    for inputs in (1, 2, 3):
        with flint.ctx.workprec(PRECISION):
            above = [_far(inputs, outer=Fraction(s), inner=Fraction(4, 5 * s)) for s in SCALES]
            below = [_far(inputs, outer=Fraction(4, 5 * s), inner=Fraction(s)) for s in SCALES]
            seen = {"upstream": [_upstream_slack(formula, start) for start in above]}
            if inputs > 1:  # in one dimension there is no turn, and nothing to compare with
                seen["downstream"] = [_downstream_slack(formula, start) for start in below]
        for side, left in seen.items():
            count += 1
            power = fit_power(-2 * np.log(SCALES), np.log(np.abs(left)))
            powers.append(str(power))
            if not abs(power.exponent - 2) < 0.1:
                witness = {"inputs": inputs, "side": side, "left": left, "power": str(power)}
                return Evidence.refuted(f"what is left {side} falls with another power of δ", witness, instances=count)
    detail = "what is left beyond the leading orders falls like 1/δ² over four decades"
    return Evidence.of(Level.CONVERGED, detail, instances=count, powers=powers)


def _upstream_slack(formula: KernelInRegimes, start: WhitenedStart) -> float:
    change = change_and_growth_at_the_end(start)[0].sqrt()
    return float((ball_value(formula.lazy(), values_of(start)) / change - 1).mid())


def _downstream_slack(formula: KernelInRegimes, start: WhitenedStart) -> float:
    change = change_and_growth_at_the_end(start)[0].sqrt()
    return float((change - ball_value(formula.delayed(), values_of(start))).mid())


def another_change(formula: KernelInRegimes, witness: Mapping[str, Any]) -> Evidence:
    """A neuron with a = ‖w‖ that breaks a hypothesis: its kernel changes by something else."""
    start: WhitenedStart = witness["start"]
    with flint.ctx.workprec(PRECISION):
        claimed = ball_value(formula.balanced() ** 2, values_of(start))
        if REACHES_ITS_GOAL.holds(witness):
            seen = change_and_growth_at_the_end(start)[0]
        else:  # the saddle is the origin, and the kernel there zero
            last = difference_kernel(start.problem, flint.arb(0), [flint.arb(0)] * len(start.frame))
            w = [flint.arb(each) for each in start.problem.rational_w0.entries()]
            first = difference_kernel(start.problem, ball(start.a), w)
            seen = squared_distance(first, last) / squared_distance(first, last)
    figures = {"claimed": claimed.str(8), "seen": seen.str(8)}
    detail = "the kernel changes by something else"
    return failure(not claimed.overlaps(seen), Level.CERTIFIED, detail, {"start": str(start)}, **figures)


_START = WhitenedStart(identity(2), Fraction(3), Fraction(1), Fraction(3, 5), Fraction(4, 5), Fraction(1, 2))
_OWN = KernelInRegimes()
_DERIVED = {"lazy_kernel_bound": "lazy", "balanced_kernel_change": "balanced", "delayed_kernel_change": "delayed"}

SN_18 = Claim(
    id="SN-18",
    system="neuron",
    title="change of the tangent kernel in the three regimes",
    statement="On whitened data the relative change of the tangent kernel to the goal, in Frobenius norm, is at most "
    "√(((d + 3)(b² − r_0²)² + 2b²r_0²(1 − φ_0²))/d)/δ² for every δ > 0, its leading order as δ → ∞ with r_0 fixed; for "
    "δ = 0 it is √((b/r_0 − 1)² + 2b(1 − φ_0²)/((d + 3)r_0)), so that it is b/r_0 to leading order as r_0 → 0; and it "
    "is √(2(1 − φ_0²)) + O(δ⁻²) as δ → −∞ with r_0 fixed.",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("this project", "the regimes: [kunin2024]"),
    hypotheses=Hypotheses((NeuronStart(), REACHES_ITS_GOAL, ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("upstream and balanced", upstream_and_balanced),
        Check("far ends", far_ends),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-18",
                parts=lambda formula: {name: getattr(formula, field) for name, field in _DERIVED.items()},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "one-over-delta", replace(_OWN, lazy=lambda: closed_form.lazy_kernel_bound() * sym.neuron_imbalance), "1/δ"
        ),
        Mutant(
            "sum-of-squares",
            replace(_OWN, lazy=lambda: (sym.goal_norm**2 + sym.map_norm_0**2) / sym.neuron_imbalance**2),
            "(b² + r_0²)/δ² with the constant one: less than the change where d < 3",
        ),
        Mutant(
            "turn-forgotten",
            replace(_OWN, balanced=lambda: closed_form.balanced_kernel_change().subs(sym.cosine_0, 1)),
            "growth alone, b/r_0 − 1",
        ),
        Mutant(
            "turn-of-a-direction",
            replace(_OWN, delayed=lambda: closed_form.delayed_kernel_change() / sqrt(2)),
            "the sine of the angle",
        ),
    ),
    remark="The bound is at most 2(b² + r_0²)/δ², whatever d. Growth and turn are apart: at δ = 0 the kernel grows "
    "b/r_0 times, far downstream it turns and does not grow, ‖K_∞‖/‖K_0‖ → 1.",
    necessity=(
        Necessity(
            REACHES_ITS_GOAL,
            {"start": replace(_START, parallel=Fraction(-1), across=Fraction(0))},
            another_change,
            (ORTHONORMAL, RATES_OF_ONE),
        ),
        Necessity(
            ORTHONORMAL,
            {"start": replace(_START, stretched=Fraction(2))},
            another_change,
            (REACHES_ITS_GOAL, RATES_OF_ONE),
        ),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_START, rates=(Fraction(2), Fraction(1)))},
            another_change,
            (REACHES_ITS_GOAL, ORTHONORMAL),
        ),
    ),
    parts=tuple(part for field in fields(KernelInRegimes) for part in without_arguments(_OWN, field.name)),
)
