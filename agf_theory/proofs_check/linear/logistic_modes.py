"""LIN-18: an aligned, balanced mode follows a logistic curve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial

import flint
from sympy import Expr, log

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.aligned_networks import (
    BALANCED,
    ORDER,
    ORTHOGONAL_HIDDEN,
    AlignedModes,
    strength_series,
)
from agf_theory.proofs_check.linear.mode_necessity import LIN_18_NEEDS
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.power_series import claimed_series
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_18", "LogisticMode"]

Formula = Callable[[], Expr]


@dataclass(frozen=True)
class LogisticMode:
    """The formulas of LIN-18, in the symbols of `closed_form.symbols`."""

    velocity: Formula = closed_form.logistic_velocity
    strength: Formula = closed_form.logistic_strength
    strength_from_below: Formula = closed_form.logistic_strength_from_below
    half_time: Formula = closed_form.logistic_half_time
    time: Formula = closed_form.logistic_time
    transit_time: Formula = closed_form.logistic_transit_time


def series_of_modes(formula: LogisticMode, instance: Instance) -> Evidence:
    """One whole network: the exact power series in time of its strengths, against those of the formula in balls."""
    network, widest = instance["network"], 0.0
    seen = strength_series(network)
    modes = zip(network.strengths, network.sigma, network.variance, seen, strict=False)
    for j, (start, sigma, variance, series) in enumerate(modes):
        solution = formula.strength if start > 0 else formula.strength_from_below
        values = {sym.strength_0: start, sym.sigma_k: sigma, sym.variance: variance}
        with flint.ctx.workprec(PRECISION):
            claimed = claimed_series(solution(), values, ORDER)
            speed = ball_value(formula.velocity(), {**values, sym.strength: start}) * (1 if start > 0 else -1)
            misses = [a - ball(b) for a, b in zip((*claimed, speed), (*series, series[1]), strict=True)]
        if not all(miss.contains(0) for miss in misses):
            witness = {"network": str(network), "mode": j, "series": series, "claimed": [c.str(10) for c in claimed]}
            return Evidence.refuted("another power series in time", witness, instances=1)
        widest = max(widest, *(float(miss.rad()) if miss.is_finite() else float("inf") for miss in misses))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = f"power series of whole networks to order {ORDER}, in balls of width below 1e-30 around the formula's"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def power_series(formula: LogisticMode, context: Context) -> Evidence:
    """Whole networks with rational data, several modes on commuting covariances: power series of strengths in time."""
    drawn = list(context.instances(8))
    found = over_instances(series_of_modes, formula, drawn)
    negative = sum(start < 0 for instance in drawn for start in instance["network"].strengths)
    if found.level is None:
        return found
    if not negative:
        return Evidence.inconclusive("no mode that starts negative")
    return replace(found, figures={**found.figures, "negative_starts": negative})


def strengths_at_times(formula: LogisticMode, instance: Instance) -> Evidence:
    """One mode in balls: its strength at the half-time, after the transit, and at the time to another strength."""
    network, share, widest = instance["network"], instance["p"], 0.0
    sigma, variance = network.sigma[0], network.variance[0]
    with flint.ctx.workprec(PRECISION):
        for what, start, time, expected in _times(formula, share, sigma, variance):
            values = {sym.strength_0: start, sym.sigma_k: sigma, sym.variance: variance, sym.t: time}
            miss = ball_value(closed_form.logistic_strength(), values) - ball(expected)
            if not miss.contains(0):
                witness = {"p": share, "σ": sigma, "Λ": variance, "time": time.str(10), "off by": miss.str(8)}
                return Evidence.refuted(f"another strength {what}", witness, instances=1)
            widest = max(widest, float(miss.rad()) if miss.is_finite() else float("inf"))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "strengths at half-time, after transit and at given times, in balls of width below 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def _times(
    formula: LogisticMode, share: Fraction, sigma: Fraction, variance: Fraction
) -> Iterator[tuple[str, Fraction, flint.arb, Fraction]]:
    """What, start, claimed time and the strength expected then."""
    final = sigma / variance
    data = {sym.sigma_k: sigma, sym.variance: variance, sym.fraction: share}
    start = share * final
    yield "at the half-time", start, ball_value(formula.half_time(), {**data, sym.strength_0: start}), final / 2
    yield "after the transit", start, ball_value(formula.transit_time(), data), (1 - share) * final
    for begin, end in ((start, (final + start) / 2), (final / share, (final + final / share) / 2)):
        time = ball_value(formula.time(), {**data, sym.strength_0: begin, sym.strength_final: end})
        yield "at the time to it", begin, time, end


def enclosed_times(formula: LogisticMode, context: Context) -> Evidence:
    """Strengths of the logistic at the claimed times, starts above the final strength among them, in balls."""
    return over_instances(strengths_at_times, formula, context.instances(24))


_CLOSED_FORM = LogisticMode()
_BELOW = {sym.strength_0: (0, 1), sym.sigma_k: (2, 9), sym.variance: (0, 2)}
_DOMAINS = {
    "half_time": _BELOW,
    "time": {**_BELOW, sym.strength_final: (0, 1)},
    "transit_time": {sym.fraction: (0, 1)},
    "strength": {sym.strength_0: (0, None)},
    "strength_from_below": {sym.strength_0: (-9, 0)},
}


def _half(name: str) -> LogisticMode:
    """The rate σ for 2σ in one of the times: twice the time."""
    return replace(_CLOSED_FORM, **{name: lambda: 2 * getattr(closed_form, f"logistic_{name}")()})


LIN_18 = Claim(
    id="LIN-18",
    system="linear",
    title="an aligned, balanced mode is logistic",
    statement="The strength of an aligned, balanced mode with start s_0 > 0 is (σ/Λ)/(1 + (σ/(Λ s_0) − 1) e^(−2σt)), "
    "with half-time log(σ/(Λ s_0) − 1)/(2σ) and transit log((1 − p)/p)/σ from the fraction p to 1 − p, and from "
    "s_0 < 0 it tends to the saddle 0 with e^(2σt) in the place of e^(−2σt).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("saxe2014", "exact solutions for two layers"),
    hypotheses=Hypotheses((AlignedModes(balanced=True), BALANCED, ORTHOGONAL_HIDDEN, Quantity("p", 0, 1))),
    formula=_CLOSED_FORM,
    checks=(
        Check("power series", power_series),
        Check("enclosed times", enclosed_times),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-18",
                parts=lambda formula: {part.name: getattr(formula, part.name) for part in fields(LogisticMode)},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "rate-halved",
            replace(_CLOSED_FORM, strength=lambda: closed_form.logistic_strength().subs(sym.t, sym.t / 2)),
            "σ for 2σ in the exponent",
        ),
        Mutant("half-time-doubled", _half("half_time"), "σ for 2σ in the half-time"),
        Mutant("time-doubled", _half("time"), "σ for 2σ in the time between strengths"),
        Mutant(
            "transit-halved",
            replace(_CLOSED_FORM, transit_time=lambda: log((1 - sym.fraction) / sym.fraction) / (2 * sym.sigma_k)),
            "2σ for σ in the transit: from p to 1/2",
        ),
        Mutant(
            "variance-forgotten",
            replace(_CLOSED_FORM, strength=lambda: closed_form.logistic_strength().subs(sym.variance, 1)),
            "Λ = 1, as for whitened data",
        ),
        Mutant(
            "same-from-below",
            replace(_CLOSED_FORM, strength_from_below=closed_form.logistic_strength),
            "the solution of positive starts for negative ones",
        ),
    ),
    remark="The source takes Λ = 1. Starts above the final strength are covered. A balanced mode of negative strength "
    "never learns; any imbalance lets it (LIN-19).",
    necessity=LIN_18_NEEDS,
    parts=tuple(
        part
        for field in fields(LogisticMode)
        for part in without_arguments(_CLOSED_FORM, field.name, within=_DOMAINS.get(field.name, {}))
    ),
    probes=(Probe("power series", series_of_modes, examples=60), Probe("times", strengths_at_times, examples=100)),
)
