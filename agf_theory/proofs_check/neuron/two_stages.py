"""SN-20: the two stages of a neuron far downstream, with bounds of their errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
from sympy import Abs, Expr

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.neuron import enclosed_weights
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.solution import NeuronSolution, claimed_weights
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import identity

__all__ = ["SN_20", "TwoStages"]

FROM_ZERO = Relation("a_0 = 0", lambda instance: instance["start"].a == 0)
AHEAD = Relation("w_∥ > 0", lambda instance: instance["start"].parallel > 0)
SLACK = 0.05
"""Of the bounds where they are met: the excess at δt = 40 is 1 − 3/(2 · 40) of its bound."""

Triple = tuple[flint.arb, flint.arb, flint.arb]


@dataclass(frozen=True)
class TwoStages:
    """The formulas of SN-20, in the symbols of `closed_form.symbols`."""

    size: Callable[[], Expr] = closed_form.fast_stage_size
    lack: Callable[[], Expr] = closed_form.fast_stage_lack
    excess: Callable[[], Expr] = closed_form.fast_stage_excess
    lag: Callable[[], Expr] = closed_form.slow_stage_lag


def _gaps(formula: TwoStages, start: WhitenedStart, weights: Triple, time: Fraction) -> dict[str, Any]:
    """By name: how far a bound is from being met, and the bound."""
    a, along, across = weights
    norm = (along * along + across * across).sqrt()
    first = ball(start.parallel) / ball(start.parallel**2 + start.across**2).sqrt()
    values = {**start.values, sym.cosine: along / norm, sym.cosine_0: first, sym.t: time}
    off = a * norm - ball_value(formula.size(), values)
    lack, excess, lag = (ball_value(f(), values) for f in (formula.lack, formula.excess, formula.lag))
    behind = ball_value(closed_form.delayed_cosine_square(), values) - (along / norm) ** 2
    return {
        "lack": (off + lack, lack),
        "excess": (excess - off, excess),
        "lead": (behind, flint.arb(1)),
        "lag": (lag - behind, lag),
    }


def at_one_time(formula: TwoStages, instance: Instance) -> Evidence:
    """One start and time: size and cosine of the enclosed flow, against both stages and their bounds."""
    start: WhitenedStart = instance["start"]
    with flint.ctx.workprec(PRECISION):
        a, w = enclosed_weights(start.problem, flint.fmpq(start.time.numerator, start.time.denominator))
        rows = (*start.frame, (Fraction(0),) * len(start.frame))[:2]
        along, across = (sum((ball(f) * e for f, e in zip(row, w, strict=True)), flint.arb(0)) for row in rows)
        gaps = _gaps(formula, start, (a, along, across), start.time)
        for name, (gap, bound) in gaps.items():
            if gap < 0 or not bound.is_finite():
                witness = {"start": str(start), "bound": name, "left": gap.str(8), "of": bound.str(8)}
                return Evidence.refuted("the enclosed flow is beyond a bound", witness, instances=1)
            if not gap + flint.arb(1e-20) >= 0:
                return Evidence.inconclusive("balls too wide", left=gap.str(8), bound=name)
    return Evidence.of(Level.CERTIFIED, "sizes and cosines of the enclosed flow within the bounds", instances=1)


def enclosed_flows(formula: TwoStages, context: Context) -> Evidence:
    """Starts with a = 0, some along the goal, followed over a few of their fast times, in balls."""
    return over_instances(at_one_time, formula, context.instances(10))


def best_constants(formula: TwoStages, context: Context) -> Evidence:
    """δ = −10000, by the weights of SN-07: each bound is met to a twentieth where it should be.

    The lag at φ² = 1/2, the lack at φ² = 1/3, and the excess along the goal at 40 fast times.
    """
    slacks: dict[str, str] = {}
    for name, start, time in _met():
        with flint.ctx.workprec(4 * PRECISION):
            a, along, across = claimed_weights(NeuronSolution(), start, time)
            gap, bound = _gaps(formula, start, (a, along, across), time)[name]
            slack = gap / bound
        if not 0 <= slack < SLACK:
            witness = {"start": str(start), "bound": name, "left of it": slack.str(8)}
            return Evidence.refuted("a bound is not the best of its kind", witness, instances=len(slacks) + 1)
        slacks[name] = slack.str(3, radius=False)
    return Evidence.of(Level.CERTIFIED, "bounds met to a twentieth far downstream", instances=len(slacks), **slacks)


def _met() -> tuple[tuple[str, WhitenedStart, Fraction], ...]:
    """b = 1/2, ‖w‖ = 100; times are those of the slow stage, to three digits."""
    b, norm = Fraction(1, 2), Fraction(100)
    tilted = WhitenedStart(identity(2), b, Fraction(0), norm * Fraction(7, 25), norm * Fraction(24, 25), Fraction(1))
    along = WhitenedStart(identity(2), b, Fraction(0), norm, Fraction(0), Fraction(1))
    slow = norm**2 / b**2
    # φ² = 1/2 and 1/3 at half the logarithm of φ_0⁻² − 1 = (24/7)², and of half that, in slow times.
    return (
        ("lag", tilted, slow * Fraction(1232, 1000)),
        ("lack", tilted, slow * Fraction(886, 1000)),
        ("excess", along, 40 / norm**2),
    )


def beyond_a_bound(formula: TwoStages, witness: Mapping[str, Any]) -> Evidence:
    """A neuron that breaks a hypothesis is certainly beyond one of the bounds."""
    found = at_one_time(formula, witness)
    figures = dict(found.witness or {})
    detail = "the enclosed flow is beyond a bound"
    return failure(found.witness is not None, Level.CERTIFIED, detail, {"start": str(witness["start"])}, **figures)


def _at_twice_the_rate() -> Expr:
    return closed_form.fast_stage_size().subs(sym.t, 2 * sym.t)


def _without_time() -> Expr:
    return sym.goal_norm**2 / (2 * sym.neuron_imbalance**2)


def _settled() -> Expr:
    return sym.goal_norm * sym.cosine


def _at_rate_of_the_size() -> Expr:
    return closed_form.fast_stage_excess() / Abs(sym.neuron_imbalance)


_OWN = TwoStages()
_START = WhitenedStart(identity(2), Fraction(1), Fraction(0), Fraction(6, 5), Fraction(8, 5), Fraction(1, 2))
_DERIVED = {
    "fast_stage_size": "size",
    "fast_stage_lack": "lack",
    "fast_stage_excess": "excess",
    "slow_stage_lag": "lag",
}

SN_20 = Claim(
    id="SN-20",
    system="neuron",
    title="the two stages of the delayed rich regime",
    statement="On whitened data with a_0 = 0 and w_∥ > 0 the size of a neuron is bφ − bφ_0e^(−|δ|t), less 2b³/(3√3 δ²) "
    "and more 2b³φ_0te^(−|δ|t)/|δ| at most, and φ² is behind 1/(1 + (φ_0⁻² − 1)e^(−2b²t/|δ|)) by at most "
    "(b²/(2δ²))(1 + b²t/|δ|) and never ahead, at all times; no smaller constants will do.",
    kind=Kind.BOUND,
    status=Status.THEOREM,
    source=Source("this project", "the regime: [kunin2024]"),
    hypotheses=Hypotheses((NeuronStart(from_zero=True), FROM_ZERO, AHEAD, ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("enclosed flows", enclosed_flows),
        Check("best constants", best_constants),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-20",
                parts=lambda formula: {name: getattr(formula, field) for name, field in _DERIVED.items()},
                beyond="the comparison of a function with the solution of its equation",
            ),
        ),
    ),
    mutants=(
        Mutant("twice-as-fast", replace(_OWN, size=_at_twice_the_rate), "the fast stage at rate 2|δ|"),
        Mutant("settled-at-once", replace(_OWN, size=_settled), "μ = bφ from the start"),
        Mutant("lag-without-time", replace(_OWN, lag=_without_time), "the rate of the slow stage is not exact"),
        Mutant("excess-of-higher-order", replace(_OWN, excess=_at_rate_of_the_size), "one more power of δ"),
    ),
    remark="So the two stages hold up to O(δ⁻²), and times of the order of |δ|/b² are reached. a is not zero again, "
    "as χ > 0. With a_0 such that μ_0 is fixed the error of the slow stage is of the same order; with a_0 fixed, of "
    "the order of |δ|^(−3/2).",
    necessity=(
        Necessity(
            FROM_ZERO, {"start": replace(_START, a=Fraction(1))}, beyond_a_bound, (AHEAD, ORTHONORMAL, RATES_OF_ONE)
        ),
        Necessity(
            AHEAD,
            {"start": replace(_START, parallel=-_START.parallel)},
            beyond_a_bound,
            (FROM_ZERO, ORTHONORMAL, RATES_OF_ONE),
        ),
        Necessity(
            ORTHONORMAL,
            {"start": replace(_START, stretched=Fraction(2))},
            beyond_a_bound,
            (FROM_ZERO, AHEAD, RATES_OF_ONE),
        ),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_START, rates=(Fraction(2), Fraction(1)))},
            beyond_a_bound,
            (FROM_ZERO, AHEAD, ORTHONORMAL),
        ),
    ),
    parts=tuple(
        part
        for field in fields(TwoStages)
        for part in without_arguments(_OWN, field.name, within={sym.neuron_imbalance: (-99, -1)})
    ),
    probes=(Probe("one time", at_one_time, examples=20, starts=1),),
)
