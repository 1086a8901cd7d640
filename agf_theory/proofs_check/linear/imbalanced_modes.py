"""LIN-19: an aligned mode of conserved imbalance, solved by a Riccati equation."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import sqrt

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.aligned_networks import (
    IMBALANCED,
    ORDER,
    ORTHOGONAL_HIDDEN,
    WHITENED,
    AlignedModes,
    strength_series,
)
from agf_theory.proofs_check.linear.imbalanced_limits import ImbalancedMode, half_time_limit, limits
from agf_theory.proofs_check.linear.mode_necessity import LIN_19_NEEDS
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.power_series import claimed_series
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_19"]


def series_of_modes(formula: ImbalancedMode, instance: Instance) -> Evidence:
    """One whole network: the exact power series in time of its strengths, against those of the formula in balls."""
    network, widest = instance["network"], 0.0
    modes = zip(network.strengths, network.imbalances, network.sigma, strength_series(network), strict=True)
    for j, (start, imbalance, sigma, series) in enumerate(modes):
        values = {sym.strength_0: start, sym.imbalance: imbalance, sym.sigma_k: sigma}
        with flint.ctx.workprec(PRECISION):
            claimed = claimed_series(formula.strength(), values, ORDER)
            speed = ball_value(formula.velocity(), {**values, sym.strength: start})
            misses = [a - ball(b) for a, b in zip((*claimed, speed), (*series, series[1]), strict=True)]
        if not all(miss.contains(0) for miss in misses):
            witness = {"network": str(network), "mode": j, "series": series, "claimed": [c.str(10) for c in claimed]}
            return Evidence.refuted("another power series in time", witness, instances=1)
        widest = max(widest, *(float(miss.rad()) if miss.is_finite() else float("inf") for miss in misses))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = f"power series of whole networks to order {ORDER}, in balls of width below 1e-30 around the formula's"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def power_series(formula: ImbalancedMode, context: Context) -> Evidence:
    """Whole networks with rational data, several modes of any imbalance: power series of their strengths in time."""
    return over_instances(series_of_modes, formula, context.instances(5))


def course_of_a_mode(formula: ImbalancedMode, instance: Instance) -> Evidence:
    """One mode in balls: strength at the time to another strength, late strength, fixed points, effective strength."""
    with flint.ctx.workprec(PRECISION):
        misses = _misses(formula, instance)
        wrong = {what: miss for what, miss in misses.items() if not miss.contains(0)}
    if wrong:
        what, miss = next(iter(wrong.items()))
        witness = {"network": str(instance["network"]), what: miss.str(8)}
        return Evidence.refuted(f"not zero: {what}", witness, instances=1)
    widest = max(float(miss.rad()) if miss.is_finite() else float("inf") for miss in misses.values())
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "times between strengths, ends, fixed points and effective strength, in balls of width below 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


_SHARE = Fraction(2, 5)
"""Of the way from the start to the end, at which a time between strengths is looked at."""


def _misses(formula: ImbalancedMode, instance: Instance) -> dict[str, flint.arb]:
    network = instance["network"]
    start, imbalance, sigma = network.strengths[0], network.imbalances[0], network.sigma[0]
    alpha, omega = network.alpha[0], network.omega[0]
    end = start + (sigma - start) * _SHARE
    values = {sym.strength_0: start, sym.imbalance: imbalance, sym.sigma_k: sigma, sym.strength_final: end}
    time = ball_value(formula.time(), values) if start != sigma else flint.arb(0)
    at_time = {**values, sym.t: time}
    upper, lower = (ball_value(fixed(), values) for fixed in (formula.upper, formula.lower))
    ratio = ball_value(formula.ratio(), {**values, sym.strength: start})
    squares, size = ball(alpha * alpha + omega * omega), ball(abs(imbalance))
    return {
        "strength at the time to it": ball_value(formula.strength(), at_time) - ball(end),
        "Q − (α + ω)²/|λ|": ratio - ball((alpha + omega) ** 2) / size,
        "strength of Q": ball_value(formula.of_ratio(), {**values, sym.ratio: ratio}) - ball(start),
        "product of the fixed points + 1": upper * lower + 1,
        "sum of the fixed points − 4σ/|λ|": upper + lower - 4 * ball(sigma) / size,
        "distance of the fixed points − 2ν/|λ|": upper - lower - 2 * ball_value(formula.rate(), values) / size,
        "squared rate": ball_value(formula.rate(), values) ** 2 - ball(imbalance**2 + 4 * sigma**2),
        "velocity": ball_value(formula.velocity(), {**values, sym.strength: start}) - squares * ball(sigma - start),
        "effective strength": ball_value(formula.effective(), values) - ball((alpha + omega) ** 2) / 4,
        **_limiting_misses(formula, instance, values),
    }


def _limiting_misses(formula: ImbalancedMode, instance: Instance, values: dict[Any, Any]) -> dict[str, flint.arb]:
    """What the limiting forms say of themselves; that they are the limits is looked at elsewhere."""
    network, size = instance["network"], Fraction(3, 2)
    start, imbalance, sigma = (ball(x[0]) for x in (network.strengths, network.imbalances, network.sigma))
    square = ball((network.alpha[0] + network.omega[0]) ** 2)
    decay = (-abs(imbalance) * ball(size)).exp()
    small = {**values, sym.log_inverse: size, sym.z_1: (square / 2).sqrt()}
    half_time, from_overlap = (
        ball_value(form(), small) for form in (formula.half_time, formula.half_time_from_overlap)
    )
    return {
        "exponential": ball_value(formula.far(), {**values, sym.t: size}) - sigma - (start - sigma) * decay,
        "e^(2σt) s_eff − σ at the half-time": (2 * sigma * half_time).exp() * square / 4 - sigma,
        "the same from the overlap": (2 * sigma * (from_overlap - ball(size) / sigma)).exp() * square / 4 - sigma,
    }


def enclosed_courses(formula: ImbalancedMode, context: Context) -> Evidence:
    """Modes from starts of either sign and any imbalance, in balls: times, ends, fixed points, effective strength."""
    return over_instances(course_of_a_mode, formula, context.instances(16))


def _derived(formula: ImbalancedMode) -> dict[str, Any]:
    """The strength and the time of the closed forms are to be those put together from the rest."""
    names = {"of_ratio": "strength_of_ratio", "in_time": "ratio_in_time", "between": "time_between"}
    return {names.get(part.name, part.name): getattr(formula, part.name) for part in fields(ImbalancedMode)}


_CLOSED_FORM = ImbalancedMode()
_ROOT = sqrt(sym.imbalance**2 + sym.strength**2)
_DOMAINS: dict[str, dict[Any, Any]] = {
    "in_time": {sym.ratio_upper: (1, None), sym.ratio_lower: (-9, 0)},
    "between": {
        sym.ratio_upper: (5, None),
        sym.ratio_lower: (-9, 0),
        sym.ratio_0: (0, 4),
        sym.ratio: (0, 4),
    },
}

LIN_19 = Claim(
    id="LIN-19",
    system="linear",
    title="an aligned mode of any imbalance",
    statement="With λ = α² − ω² ≠ 0 the strength s = αω of an aligned mode is |λ| (Q − 1/Q)/4, where "
    "Q = (α + ω)²/|λ| solves a Riccati equation with fixed points (2σ ± ν)/|λ| and rate ν = √(λ² + 4σ²), and it tends "
    "to σ from every start, with half-time log(4σ/(α + ω)²)/(2σ) − (α² + ω²)/(4σ²) to leading orders of a small start.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "exact solution of an aligned mode"),
    hypotheses=Hypotheses(
        (
            AlignedModes(whitened=True),
            IMBALANCED,
            ORTHOGONAL_HIDDEN,
            WHITENED,
        )
    ),
    formula=_CLOSED_FORM,
    checks=(
        Check("enclosed courses", enclosed_courses),
        Check("power series", power_series),
        Check("limits", limits, time_limit=120.0),
        Check("derivation", partial(every_step, name="LIN-19", parts=_derived)),
        Check("limit of the half-time", half_time_limit, Cost.FULL, time_limit=180.0),
    ),
    mutants=(
        Mutant(
            "two-forgotten-under-the-root",
            replace(_CLOSED_FORM, velocity=lambda: _ROOT * (sym.sigma_k - sym.strength)),
            "√(λ² + s²) for √(λ² + 4s²)",
        ),
        Mutant(
            "sign-of-the-lower-fixed-point",
            replace(_CLOSED_FORM, lower=lambda: -closed_form.lower_fixed_ratio()),
            "ν − 2σ for 2σ − ν",
        ),
        Mutant(
            "rate-without-four",
            replace(_CLOSED_FORM, rate=lambda: sqrt(sym.imbalance**2 + sym.sigma_k**2)),
            "ν = √(λ² + σ²)",
        ),
        Mutant(
            "half-log-two-sigma-dropped",
            replace(
                _CLOSED_FORM,
                half_time_from_overlap=lambda: (
                    closed_form.half_time_from_overlap() - sympy.log(2 * sym.sigma_k) / (2 * sym.sigma_k)
                ),
            ),
            "the time of norm one for the half-time",
        ),
        Mutant(
            "product-for-effective-strength",
            replace(_CLOSED_FORM, effective=lambda: sym.strength_0),
            "s_0 for (α + ω)²/4 in the half-time",
        ),
    ),
    remark="Other input variances: t → Λt, σ → σ/Λ. For λ → 0 the logistic of LIN-18, for |λ| → ∞ the exponential of "
    "one linear layer, both approached as the square. The correction −(α² + ω²)/(4σ²) of the half-time is exact to "
    "second order in the size of the start.",
    necessity=LIN_19_NEEDS,
    parts=tuple(
        part
        for field in fields(ImbalancedMode)
        for part in without_arguments(_CLOSED_FORM, field.name, within=_DOMAINS.get(field.name, {}))
    ),
    probes=(
        Probe("power series", series_of_modes, examples=40),
        Probe("course", course_of_a_mode, examples=100),
    ),
)
