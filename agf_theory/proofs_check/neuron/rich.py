"""SN-19: a small balanced neuron keeps its loss until it has turned; and when it is half-way, to the next order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
from sympy import Expr, exp, log

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
from agf_theory.proofs_check.neuron.balanced import BALANCED
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.power_law import fit_power
from agf_theory.proofs_check.strategies.rational_matrix import identity

__all__ = ["SN_19", "RichNeuron"]

OUTER = (Fraction(1, 50), Fraction(1, 1000), Fraction(1, 20000))
"""Outer weights at the start: μ_0 is their square, from 4e-4 to 2.5e-9."""
BAND = 0.2
"""Of the fitted power: what is left goes with (ℓ − const)², not with ℓ² alone. Of a wrong next order it is one."""
PLATEAU_SLACK = 1e-6


@dataclass(frozen=True)
class RichNeuron:
    """The formulas of SN-19, in the symbols of `closed_form.symbols`."""

    plateau: Callable[[], Expr] = closed_form.plateau_bound
    half_time: Callable[[], Expr] = closed_form.rich_half_time
    size_correction: Callable[[], Expr] = closed_form.rich_size_correction
    map_correction: Callable[[], Expr] = closed_form.rich_map_correction


NOT_OPPOSED = Relation("φ_0 > −1", lambda instance: instance["start"].across > 0 or instance["start"].parallel > 0)


def _seen(start: WhitenedStart, time: Fraction) -> tuple[flint.arb, flint.arb]:
    """Norm of the map and its part along the goal, of the enclosed flow."""
    a, w = enclosed_weights(start.problem, flint.fmpq(time.numerator, time.denominator))
    along = sum((ball(f) * e for f, e in zip(start.frame[0], w, strict=True)), flint.arb(0))
    return a * sum((e * e for e in w), flint.arb(0)).sqrt(), a * along


def _values(start: WhitenedStart) -> dict[Any, Any]:
    return {sym.goal_norm: start.b, sym.size_0: start.a**2, sym.cosine: start.parallel / start.a}


def at_one_time(formula: RichNeuron, instance: Instance) -> Evidence:
    """One balanced start and time: the norm of the map of the enclosed flow, and its bound."""
    start: WhitenedStart = instance["start"]
    with flint.ctx.workprec(PRECISION):
        size = _seen(start, start.time)[0]
        bound = ball_value(formula.plateau(), {**_values(start), sym.t: start.time})
    figures = {"norm": size.str(8), "bound": bound.str(8)}
    if size > bound:
        return Evidence.refuted("the norm of the map has grown more", {"start": str(start), **figures}, instances=1)
    if not size <= bound + flint.arb(1e-20):
        return Evidence.inconclusive("balls too wide", **figures)
    return Evidence.of(Level.CERTIFIED, "norms of maps of the enclosed flow within the bound", instances=1)


def plateaus(formula: RichNeuron, context: Context) -> Evidence:
    """Balanced starts, in balls; and a tiny one along its goal, where the bound is met to one millionth."""
    found = over_instances(at_one_time, formula, context.instances(8))
    if found.level is None:
        return found
    tiny = Fraction(1, 10**5)
    start = WhitenedStart(identity(2), Fraction(3, 2), tiny, tiny, Fraction(0), Fraction(1, 2))
    with flint.ctx.workprec(PRECISION):
        slack = ball_value(formula.plateau(), {**_values(start), sym.t: start.time}) / _seen(start, start.time)[0] - 1
    if not 0 <= slack < PLATEAU_SLACK:
        witness = {"start": str(start), "bound over norm, less one": slack.str(8)}
        return Evidence.refuted("the bound is not the best of its kind", witness, instances=1)
    return replace(found, figures={"slack": slack.str(4)})


def half_times(formula: RichNeuron, context: Context) -> Evidence:
    """Enclosed flows at the times claimed, μ_0 from 4e-4 to 2.5e-9: what is missing from b/2 falls like μ_0² log²μ_0.

    What is missing is (t − t_1/2) b²/2, as the norm and the part along the goal both grow at b²/2 there.
    """
    powers = []
    cases = (
        ("norm", formula.size_correction, 0, (Fraction(3, 5), Fraction(4, 5))),
        ("part along the goal", formula.map_correction, 1, (Fraction(-5, 13), Fraction(12, 13))),
    )
    for number, (what, correction, which, direction) in enumerate(cases, start=1):
        logs, left = [], []
        for outer in OUTER:
            start = _small(outer, direction)
            with flint.ctx.workprec(PRECISION // 2):
                time = ball_value(formula.half_time() + correction(), _values(start))
                if not 0 < time < 100:
                    where = {"start": str(start), "half-time": time.str(8)}
                    return Evidence.refuted("no half-time at all", where, instances=number)
                missing = _seen(start, _rational(time))[which] - ball(start.b) / 2
            length = 2 * float(start.b) * float(time.mid())
            logs.append(2 * np.log(float(outer)))
            left.append(np.log(abs(float(missing.mid())) / length**2))
        power = fit_power(logs, left)
        powers.append(str(power))
        if not abs(power.exponent - 2) < BAND:
            witness = {"of": what, "logarithms of what is missing": left, "power": str(power)}
            return Evidence.refuted(f"the {what} is b/2 at another time", witness, instances=number)
    detail = "half-times to the next order: what is left falls like μ_0² log² μ_0 over five decades"
    return Evidence.of(Level.CONVERGED, detail, instances=len(cases), powers=powers)


def _small(outer: Fraction, direction: tuple[Fraction, Fraction]) -> WhitenedStart:
    along, across = (outer * each for each in direction)
    return WhitenedStart(identity(2), Fraction(3, 2), outer, along, across, Fraction(1))


def _rational(time: flint.arb) -> Fraction:
    """Within 2^-60, far below what is missing."""
    return Fraction(int((time * 2**60).mid().floor().fmpz()), 2**60)


def beyond_the_bound(formula: RichNeuron, witness: Mapping[str, Any]) -> Evidence:
    """A neuron that is not balanced has certainly grown more."""
    start: WhitenedStart = witness["start"]
    with flint.ctx.workprec(PRECISION):
        size = _seen(start, start.time)[0]
        norm = ball(start.parallel**2 + start.across**2).sqrt()
        values = {sym.goal_norm: start.b, sym.size_0: ball(start.a) * norm, sym.t: start.time}
        bound = ball_value(formula.plateau(), values)
    figures = {"norm": size.str(8), "bound": bound.str(8)}
    detail = "the norm of the map has grown more"
    return failure(bool(size > bound), Level.CERTIFIED, detail, {"start": str(start)}, **figures)


def another_half_time(formula: RichNeuron, witness: Mapping[str, Any]) -> Evidence:
    """At the time claimed the norm of the map is certainly not within a tenth of b/2."""
    start: WhitenedStart = witness["start"]
    with flint.ctx.workprec(PRECISION):
        time = ball_value(formula.half_time() + formula.size_correction(), _values(start))
        if time.is_finite():
            size = _seen(start, _rational(time))[0]
            far = bool(abs(size - ball(start.b) / 2) > ball(start.b) / 10)
        else:
            size, far = flint.arb(0), True
    figures = {"time": time.str(8), "norm": size.str(8)}
    return failure(far, Level.CERTIFIED, "the norm is not b/2 then", {"start": str(start)}, **figures)


def _half_log() -> Expr:
    return log(1 + sym.cosine) / (2 * sym.goal_norm)


def _slower() -> Expr:
    return sym.size_0 * exp(sym.goal_norm * sym.t)


_OWN = RichNeuron()
_TINY = _small(Fraction(1, 100), (Fraction(3, 5), Fraction(4, 5)))
_UPSTREAM = WhitenedStart(identity(2), Fraction(1), Fraction(2), Fraction(1, 10), Fraction(0), Fraction(1, 4))
_DERIVED = {
    "plateau_bound": "plateau",
    "rich_half_time": "half_time",
    "rich_size_correction": "size_correction",
    "rich_map_correction": "map_correction",
}

SN_19 = Claim(
    id="SN-19",
    system="neuron",
    title="plateau and half-time of the rich regime",
    statement="On whitened data a neuron with a = ‖w‖ has ‖β(t)‖ ≤ μ_0 e^(2bt), so that its loss keeps within bμ + "
    "μ²/2 of that of β = 0 while its cosine turns, and, with ℓ = log(4b/(μ_0(1 + φ_0)²)), ‖β‖ = b/2 at "
    "ℓ/(2b) + (μ_0/(4b²))[(1 − φ_0²)(ℓ − 2) − 2φ_0] + O(μ_0²ℓ²), and the part along the goal is b/2 at "
    "ℓ/(2b) + (μ_0/(4b²))[(1 − φ_0²)ℓ − 2φ_0] + O(μ_0²ℓ²), as μ_0 → 0 with φ_0 fixed.",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("this project", "the regime: [kunin2024]"),
    hypotheses=Hypotheses((NeuronStart(balanced=True), BALANCED, NOT_OPPOSED, ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("plateaus", plateaus),
        Check("half-times", half_times),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-19",
                parts=lambda formula: {name: getattr(formula, field) for name, field in _DERIVED.items()},
                beyond="that one round of the equation for e^(2bt) gives the next order",
            ),
        ),
    ),
    mutants=(
        Mutant(
            "angle-at-the-start-once",
            replace(_OWN, half_time=lambda: closed_form.rich_half_time() + _half_log()),
            "1 + φ_0 for (1 + φ_0)²",
        ),
        Mutant("growth-at-rate-b", replace(_OWN, plateau=_slower), "e^(bt)"),
        Mutant(
            "one-time-for-both",
            replace(_OWN, map_correction=closed_form.rich_size_correction),
            "the part along the goal is not the norm",
        ),
        Mutant(
            "without-secular-term",
            replace(
                _OWN, size_correction=lambda: -sym.size_0 / (2 * sym.goal_norm**2) * (sym.cosine + 1 - sym.cosine**2)
            ),
            "as if the t of SN-06 were not there",
        ),
    ),
    remark="The next order is one of μ_0 log(1/μ_0), and comes from the secular t of SN-06. The half-times of the "
    "norm and of the part along the goal differ by μ_0(1 − φ_0²)/(2b²). At φ_0 = 1 both are log(b/μ_0 − 1)/(2b).",
    necessity=(
        Necessity(BALANCED, {"start": _UPSTREAM}, beyond_the_bound, (NOT_OPPOSED, ORTHONORMAL, RATES_OF_ONE)),
        Necessity(
            NOT_OPPOSED,
            {"start": replace(_TINY, parallel=-_TINY.a, across=Fraction(0))},
            another_half_time,
            (BALANCED, ORTHONORMAL, RATES_OF_ONE),
        ),
        Necessity(
            ORTHONORMAL,
            {"start": replace(_TINY, stretched=Fraction(2))},
            another_half_time,
            (BALANCED, NOT_OPPOSED, RATES_OF_ONE),
        ),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_TINY, rates=(Fraction(2), Fraction(2)))},
            another_half_time,
            (BALANCED, NOT_OPPOSED, ORTHONORMAL),
        ),
    ),
    parts=tuple(
        part
        for field in fields(RichNeuron)
        for part in without_arguments(_OWN, field.name, within={sym.cosine: (-1, 1)})
    ),
    probes=(Probe("one time", at_one_time, examples=20, starts=1),),
)
