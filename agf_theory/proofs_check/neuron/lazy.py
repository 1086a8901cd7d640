"""SN-17: far upstream the map of a neuron goes straight to its goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
from sympy import Expr, Max

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
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import by_choice, without_arguments
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["SN_17", "UPSTREAM", "LazyPath", "upstream_start"]

PARTS = ("along", "across")
UPSTREAM = Relation("δ > 0", lambda instance: instance["start"].delta > 0)
OUTER = (8, 32, 128)
"""Outer weights of one map: δ is nearly their square, from 64 to 16000."""


@dataclass(frozen=True)
class LazyPath:
    """The formulas of SN-17, in the symbols of `closed_form.symbols`; the choice is the part of the map."""

    path: Callable[[str], Expr] = closed_form.lazy_map  # type: ignore[assignment]
    bound: Callable[[], Expr] = closed_form.lazy_distance_bound
    correction: Callable[[str], Expr] = closed_form.lazy_correction  # type: ignore[assignment]


def upstream_start(outer: Fraction | int, along: Fraction, across: Fraction, scaled: Fraction) -> WhitenedStart:
    """The map (along, across) with this outer weight, b = 1, at δ times this time."""
    plane = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    start = WhitenedStart(plane, Fraction(1), Fraction(outer), along / outer, across / outer, Fraction(1))
    return replace(start, time=scaled / start.delta)


def _map(start: WhitenedStart) -> tuple[flint.arb, flint.arb]:
    """Parts of the map along the goal and across it, of the enclosed flow."""
    a, w = enclosed_weights(start.problem, flint.fmpq(start.time.numerator, start.time.denominator))
    rows = (*start.frame, (Fraction(0),) * len(start.frame))[:2]
    along, across = (sum((ball(f) * e for f, e in zip(row, w, strict=True)), flint.arb(0)) for row in rows)
    return a * along, a * across


def _off(formula: LazyPath, start: WhitenedStart) -> tuple[flint.arb, flint.arb]:
    """What the map differs by from the straight path."""
    values = {**start.values, sym.t: start.time}
    along, across = (seen - ball_value(formula.path(p), values) for p, seen in zip(PARTS, _map(start), strict=True))
    return along, across


def at_one_time(formula: LazyPath, instance: Instance) -> Evidence:
    """One start and time: the distance of the enclosed flow from the straight path, and its bound."""
    start: WhitenedStart = instance["start"]
    with flint.ctx.workprec(PRECISION):
        along, across = _off(formula, start)
        distance = (along * along + across * across).sqrt()
        bound = ball_value(formula.bound(), {**start.values, sym.t: start.time})
    figures = {"distance": distance.str(8), "bound": bound.str(8)}
    if not bound.is_finite() or distance > bound:
        witness = {"start": str(start), **figures}
        return Evidence.refuted("the map is further from the straight path", witness, instances=1)
    if not distance <= bound + flint.arb(1e-20):
        return Evidence.inconclusive("balls too wide", **figures)
    return Evidence.of(Level.CERTIFIED, "distances of the enclosed flow within the bound", instances=1)


def enclosed_flows(formula: LazyPath, context: Context) -> Evidence:
    """Starts upstream, in balls; and a map that is nearly at its goal, where the bound is met to a hundredth."""
    found = over_instances(at_one_time, formula, context.instances(10))
    if found.level is None:
        return found
    near = upstream_start(100, Fraction(1001, 1000), Fraction(0), Fraction(1, 2))
    with flint.ctx.workprec(PRECISION):
        along, across = _off(formula, near)
        bound = ball_value(formula.bound(), {**near.values, sym.t: near.time})
        slack = bound / (along * along + across * across).sqrt() - 1
    if not 0 <= slack < 0.01:
        witness = {"start": str(near), "bound over distance, less one": slack.str(8)}
        return Evidence.refuted("the bound is not the best of its kind", witness, instances=1)
    return replace(found, figures={"slack": slack.str(4)})


def corrections(formula: LazyPath, context: Context) -> Evidence:
    """One map at δ from 64 to 16000 and three scaled times: what the correction leaves falls like 1/δ⁴."""
    powers = []
    for number, (scaled, along, across) in enumerate(_MAPS, start=1):
        starts = [upstream_start(outer, along, across, scaled) for outer in OUTER]
        with flint.ctx.workprec(PRECISION):
            left = [_left(formula, start) for start in starts]
        power = fit_power([-np.log(float(start.delta)) for start in starts], np.log(left))
        powers.append(str(power))
        if not abs(power.exponent - 4) < 0.1:
            witness = {"map": [along, across], "scaled time": scaled, "left": left, "power": str(power)}
            return Evidence.refuted("what is left falls with another power of δ", witness, instances=number)
    detail = "what is left beyond the correction falls like 1/δ⁴ over more than two decades"
    return Evidence.of(Level.CONVERGED, detail, instances=len(_MAPS), powers=powers)


_MAPS = (
    (Fraction(1, 3), Fraction(-1, 2), Fraction(3, 4)),
    (Fraction(1), Fraction(1, 3), Fraction(2)),
    (Fraction(3), Fraction(2), Fraction(1, 2)),
)


def _left(formula: LazyPath, start: WhitenedStart) -> float:
    values = {**start.values, sym.t: start.time}
    terms = [ball_value(formula.correction(part), values) for part in PARTS]
    along, across = (off - term for off, term in zip(_off(formula, start), terms, strict=True))
    return float((along * along + across * across).sqrt().mid())


def beyond_the_bound(formula: LazyPath, witness: Mapping[str, Any]) -> Evidence:
    """A neuron that breaks a hypothesis is certainly further away than the bound; downstream the bound is negative."""
    found = at_one_time(formula, witness)
    figures = dict(found.witness or {})
    detail = "the map is further from the straight path than the bound"
    said = {"start": str(witness["start"])}
    return failure(found.witness is not None, Level.CERTIFIED, detail, said, **figures)


_PLANE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
_START = WhitenedStart(_PLANE, Fraction(1), Fraction(3), Fraction(1, 6), Fraction(1, 6), Fraction(1, 9))
_OWN = LazyPath()
_DERIVED = {"lazy_map": "path", "lazy_distance_bound": "bound", "lazy_correction": "correction"}


def _of_the_goal() -> Expr:
    return closed_form.lazy_distance_bound().replace(Max, lambda *sizes: sym.goal_norm**2)


def _without_products(part: str) -> Expr:
    """The rates alone: b² across the goal and 2b² along it."""
    leading = -((sym.goal_norm / sym.neuron_imbalance) ** 2) * sym.neuron_imbalance * sym.t
    path = closed_form.lazy_map(part)  # type: ignore[arg-type]
    return leading * (2 * (path - sym.goal_norm) if part == "along" else path)


SN_17 = Claim(
    id="SN-17",
    system="neuron",
    title="the straight path of a lazy neuron",
    statement="On whitened data with δ > 0 the map is within 2R²‖β_0 − β_*‖ t e^(−δt)/δ, R = max(b, ‖β_0‖), of the "
    "straight path β_* + (β_0 − β_*)e^(−δt) at all times, with the constant 2 the best possible, and is the path with "
    "e_0 = β_0 − β_*, τ = δt less e^(−τ)/δ² (e_0[b²τ + 3β_*·e_0(1 − e^(−τ)) + ‖e_0‖²(1 − e^(−2τ))] + "
    "β_*[β_*·e_0 τ + ‖e_0‖²(1 − e^(−τ))]) + O(δ⁻⁴) as δ → ∞ with β_0 fixed.",
    kind=Kind.BOUND,
    status=Status.THEOREM,
    source=Source("this project", "the regime: [kunin2024]"),
    hypotheses=Hypotheses((NeuronStart(upstream=True), UPSTREAM, ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("enclosed flows", enclosed_flows),
        Check("corrections", corrections),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-17",
                parts=lambda formula: {name: getattr(formula, field) for name, field in _DERIVED.items()},
                beyond="the comparison of a distance with the solution of its equation, and that the orders of the "
                "flow in 1/δ² follow one another at fixed δt",
            ),
        ),
    ),
    mutants=(
        Mutant("goal-alone", replace(_OWN, bound=_of_the_goal), "R = b, whatever the start"),
        Mutant(
            "half", replace(_OWN, bound=lambda: closed_form.lazy_distance_bound() / 2), "as if w w^T were not there"
        ),
        Mutant("rates-alone", replace(_OWN, correction=_without_products), "the changed rates, without the start"),
    ),
    remark="At most 2R²‖β_0 − β_*‖/(eδ²), at t = 1/δ: the error is O(δ⁻²) at all times at once, and smaller by e^(−δt) "
    "late. The secular b²τ and 2b²τ are the rates ν + δ/2 ≃ δ + b²/δ and 2ν ≃ δ + 2b²/δ of SN-08.",
    necessity=(
        Necessity(
            UPSTREAM,
            {"start": WhitenedStart(_PLANE, Fraction(1), Fraction(1), Fraction(1), Fraction(2), Fraction(1, 4))},
            beyond_the_bound,
            (ORTHONORMAL, RATES_OF_ONE),
        ),
        Necessity(
            ORTHONORMAL, {"start": replace(_START, stretched=Fraction(2))}, beyond_the_bound, (UPSTREAM, RATES_OF_ONE)
        ),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_START, rates=(Fraction(1), Fraction(2)))},
            beyond_the_bound,
            (UPSTREAM, ORTHONORMAL),
        ),
    ),
    parts=(
        *by_choice(_OWN, "path", PARTS),
        *without_arguments(_OWN, "bound"),
        *by_choice(_OWN, "correction", PARTS),
    ),
    probes=(Probe("one time", at_one_time, examples=20, starts=1),),
)
