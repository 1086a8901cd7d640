"""MOD-11: no dormant neuron is active before a time given by the largest norm at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, log

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.modular.enclosed_mode import enclosed_blow_up_time, enclosed_mode_at
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.dormant_crowds import BELOW_ONE, LARGEST, Crowd, DormantCrowd, single_mode
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["MOD_11", "FirstCrossing"]

BITS = 128
FROZEN = Relation("residual frozen at the template", lambda instance: "later" not in instance)
"""A witness of necessity has another residual later on."""


@dataclass(frozen=True)
class FirstCrossing:
    """The formulas of MOD-11, by the kind of the class."""

    growth: Callable[[Any], Expr] = closed_form.norm_growth_rate
    crossing: Callable[[Any], Expr] = closed_form.first_crossing_time
    blow_up: Callable[[Any], Expr] = closed_form.least_blow_up_time
    gap: Callable[[], Expr] = closed_form.mean_inequality_gap


def at_one_crowd(formula: FirstCrossing, instance: Instance) -> Evidence:
    """One crowd in balls: norms at the time claimed are at most one, and equal to one iff aligned and balanced."""
    crowd: Crowd = instance["crowd"]
    with flint.ctx.workprec(BITS):
        claimed = _latest(formula.crossing, formula, crowd)
        figures = {"time": claimed.str(10)}
        try:
            squares = [_squared_norm_at(crowd, neuron, claimed) for neuron in crowd.neurons]
        except IntegrationFailed:
            return _refuted("a neuron is infinite at the time claimed", crowd, **figures)
        if any(square > 1 for square in squares):
            return _refuted("a neuron has norm one before the time claimed", crowd, **figures)
        tight = _meets_the_bound(crowd)
        if tight and not squares[0].contains(1):
            return _refuted("a balanced and aligned neuron has norm one at another time", crowd, **figures)
        if not tight and not all(square < 1 for square in squares):
            return Evidence.inconclusive("balls too wide", **figures)
        return _blow_up(formula, crowd, tight) if len(crowd.nyquist) == 1 else _of_crowd(squares)


def _blow_up(formula: FirstCrossing, crowd: Crowd, tight: bool) -> Evidence:
    """The enclosed blow-up time of one mode against the least one."""
    mode = crowd.neurons[0][0]
    seen = enclosed_blow_up_time(*mode.balls(), crowd.p)
    miss = seen - _latest(formula.blow_up, formula, crowd)
    if miss < 0 or (tight and not miss.contains(0)):
        return _refuted("the mode is infinite at another time", crowd, seen=seen.str(10))
    return _of_crowd([miss])


def _of_crowd(balls: list[flint.arb]) -> Evidence:
    detail = "norms at the time claimed in balls: one if aligned and balanced, else below"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=max(float(each.rad()) for each in balls))


def _latest(time: Callable[[Any], Expr], formula: FirstCrossing, crowd: Crowd) -> flint.arb:
    """The claimed time for the class of largest growth."""
    kinds = ["nyquist" if single else "generic" for single in crowd.nyquist]
    values = [
        {sym.modulus: crowd.p, sym.template_size: ball(mode.template_squared).sqrt()} for mode in crowd.neurons[0]
    ]
    rates = [ball_value(formula.growth(kind), at) for kind, at in zip(kinds, values, strict=True)]
    best = max(range(len(kinds)), key=lambda k: float(rates[k].mid()))
    return ball_value(time(kinds[best]), {**values[best], sym.norm_0: ball(crowd.bound_squared).sqrt()})


def _squared_norm_at(crowd: Crowd, neuron: Any, time: flint.arb) -> flint.arb:
    total = flint.arb(0)
    for mode, single in zip(neuron, crowd.nyquist, strict=True):
        u, v, w, x = mode.balls()
        energies = [abs(each) ** 2 for each in enclosed_mode_at(u, v, w, x, crowd.p, time)]
        total += (1 if single else 2) * sum(energies, flint.arb(0))
    return total / crowd.p


def _meets_the_bound(crowd: Crowd) -> bool:
    return len(crowd.nyquist) == 1 and len(crowd.neurons) == 1 and crowd.neurons[0][0].balanced_and_aligned


def _refuted(what: str, crowd: Crowd, **figures: Any) -> Evidence:
    return Evidence.refuted(what, {"crowd": str(crowd), **figures}, instances=1)


def enclosed_crowds(formula: FirstCrossing, context: Context) -> Evidence:
    """Neurons with one and two modes, generic and Nyquist: norms at the time claimed, enclosed by Taylor steps."""
    drawn = list(context.instances(9))
    found = over_instances(at_one_crowd, formula, drawn)
    tight = sum(_meets_the_bound(instance["crowd"]) for instance in drawn)
    if found.level is not None and not 0 < tight < len(drawn):
        return Evidence.inconclusive("no neuron that meets the bound, or no other", tight=tight)
    return replace(found, figures={**found.figures, "tight": tight}) if found.level is not None else found


def crossing_before(formula: FirstCrossing, witness: Mapping[str, Any]) -> Evidence:
    """A neuron that is aligned and balanced has norm one before the time claimed."""
    crowd: Crowd = witness["crowd"]
    with flint.ctx.workprec(BITS):
        claimed = _latest(formula.crossing, formula, crowd)
        single = single_of_largest(crowd)
        first = _latest(closed_form.first_crossing_time, FirstCrossing(), single)
        change = witness.get("later")
        seen = first if change is None else first / change**3
        fails, figures = bool(seen < claimed), {"claimed": claimed.str(8), "seen": seen.str(8)}
    said = {"crowd": str(crowd), **({} if change is None else {"later": f"{change} x from the start"})}
    return failure(fails, Level.CERTIFIED, "a neuron has norm one earlier", said, **figures)


def single_of_largest(crowd: Crowd) -> Crowd:
    """The neuron of largest norm alone, with its own norm."""
    best = max(crowd.neurons, key=crowd.squared_norm)
    return Crowd((best,), crowd.nyquist, crowd.squared_norm(best))


def before_the_start(formula: FirstCrossing, witness: Mapping[str, Any]) -> Evidence:
    """A neuron that starts above norm one is active at once, and the time claimed is negative: it says nothing."""
    crowd: Crowd = witness["crowd"]
    with flint.ctx.workprec(BITS):
        claimed = _latest(formula.crossing, formula, crowd)
        fails = bool(claimed < 0)
    return failure(fails, Level.CERTIFIED, "the time claimed lies before the start", {"crowd": str(crowd)})


def _two_with_mean_norm() -> Crowd:
    """An aligned neuron of norm N and one of norm N/10: N_0 their mean, the expected norm of a neuron."""
    large, small = (single_mode(3, 6, nyquist=False, scale=scale) for scale in (Fraction(1, 20), Fraction(1, 200)))
    squared = large.bound_squared * Fraction(11, 20) ** 2
    return Crowd((*large.neurons, *small.neurons), (False,), squared)


_OWN = FirstCrossing()
_ALIGNED = single_mode(3, 6, nyquist=False)


def _times(factor: Expr) -> FirstCrossing:
    """Another multiple of 3 U_* throughout."""
    return replace(
        _OWN,
        growth=lambda kind: closed_form.norm_growth_rate(kind) * factor,
        crossing=lambda kind: closed_form.first_crossing_time(kind) / factor,
        blow_up=lambda kind: closed_form.least_blow_up_time(kind) / factor,
    )


MOD_11 = Claim(
    id="MOD-11",
    system="modular",
    title="earliest activation of dormant neurons",
    statement="If no neuron starts with a norm above N_0 < 1, none has norm one before (1/N_0 − 1)/(3 U_*), U_* the "
    "largest utility at unit norm, √(2p/27)|x̂|³/p² or at Nyquist 2√(p/27)|x̂|³/p², and none is infinite before "
    "1/(3 U_* N_0); the bounds are met iff a neuron of norm N_0 lies in one best class alone, balanced and aligned.",
    kind=Kind.BOUND,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition, lower bound of the jump time"),
    hypotheses=Hypotheses((DormantCrowd(), LARGEST, BELOW_ONE, FROZEN)),
    formula=_OWN,
    checks=(
        Check("enclosed crowds", enclosed_crowds),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-11",
                parts=lambda formula: {
                    "growth": formula.growth,
                    "crossing": formula.crossing,
                    "blow_up": formula.blow_up,
                    "gap": formula.gap,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("one-for-three", _times(sympy.Rational(1, 3)), "U_* for 3 U_*"),
        Mutant(
            "degree-two-threshold",
            replace(_OWN, crossing=lambda kind: log(1 / sym.norm_0) / closed_form.norm_growth_rate(kind)),
            "log(1/N_0), the threshold of κ = 2",
        ),
        Mutant(
            "nyquist-as-generic",
            replace(
                _OWN,
                growth=lambda kind: closed_form.norm_growth_rate("generic"),
                crossing=lambda kind: closed_form.first_crossing_time("generic"),
                blow_up=lambda kind: closed_form.least_blow_up_time("generic"),
            ),
            "the generic utility at the Nyquist frequency, as in the published bound",
        ),
        Mutant(
            "separate-norms",
            _times(3 * sympy.sqrt(3)),
            "the largest utility for ‖u‖ = ‖v‖ = ‖w‖ = 1",
        ),
    ),
    remark="The published lines take an expected norm for N_0, which is no bound: the neuron of largest norm may be "
    "earlier. In a network it holds up to the first activation, to leading order in the scale; as the bound scales "
    "with the start as the blow-up time does, small starts do not make it tight.",
    necessity=(
        Necessity(LARGEST, {"crowd": _two_with_mean_norm()}, crossing_before, (BELOW_ONE, FROZEN)),
        Necessity(FROZEN, {"crowd": _ALIGNED, "later": 4}, crossing_before, (BELOW_ONE, LARGEST)),
        Necessity(
            BELOW_ONE,
            {"crowd": single_mode(3, 6, nyquist=False, scale=Fraction(1))},
            before_the_start,
            (LARGEST, FROZEN),
        ),
    ),
    parts=(
        *by_choice(_OWN, "growth", ("generic", "nyquist")),
        *by_choice(_OWN, "crossing", ("generic",), within={sym.norm_0: (0, 1)}),
        *by_choice(_OWN, "blow_up", ("nyquist",)),
        *without_arguments(_OWN, "gap"),
    ),
    probes=(Probe("one crowd", at_one_crowd, examples=40, starts=1),),
)
