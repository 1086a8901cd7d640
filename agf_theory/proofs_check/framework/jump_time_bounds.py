"""FRM-05: between which times a dormant neuron becomes active."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar
from sympy import Expr, Integer, Symbol

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.framework.accumulation import EXCESS, ByDegree, branches, one_formula, time_to_norm_one
from agf_theory.proofs_check.framework.growth import Growth
from agf_theory.proofs_check.framework.necessity import FRM_05_NEEDS
from agf_theory.proofs_check.framework.neurons import RESIDUAL_FROZEN, DormantNeuron, HomogeneousNeuron
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.identity import PRECISION, vanishes
from agf_theory.proofs_check.parts import by_degree

__all__ = ["FRM_05", "JumpTimeBounds"]


@dataclass(frozen=True)
class JumpTimeBounds:
    """The two bounds of FRM-05: `lower` in the maximal normalised utility U, `upper` in the initial one, U_0."""

    lower: ByDegree
    upper: ByDegree


def by_comparison(formula: JumpTimeBounds, context: Context) -> Evidence:
    """The normalised utility rises from U_0 and stays below U: the accumulated one lies between κ U_0 t and κ U t.

    Each bound is therefore the time at which a constant utility accumulates the threshold, which is the integral of
    dN/(η N^(κ−1)) up to norm one. If the lower one is met, the utility was maximal all the time, at the start too.
    """
    residuals: list[tuple[str, Expr]] = []
    for bound, utility in ((formula.lower, sym.U), (formula.upper, sym.U_0)):
        for branch, excess in branches(bound):
            accumulated = (2 + excess) * utility * branch
            slope = accumulated.diff(sym.norm_0) + sym.norm_0 ** -(1 + excess) / sym.eta
            residuals.append(("time to the threshold at constant utility", slope))
            residuals.append(("zero for a neuron of norm one", accumulated.subs(sym.norm_0, 1)))
    bounds = [
        vanishes(residual, what=what, random=context.random(), within={sym.norm_0: (0, 1)})
        for what, residual in residuals
    ]
    numbers = [one_formula(bound, context.random()) for bound in (formula.lower, formula.upper)]
    return weakest([_utility_never_falls(), *numbers, *bounds]).by_hand(
        "comparison of the integrals of Û; equality iff Û = U"
    )


def _utility_never_falls() -> Evidence:
    """FRM-02 in the plane of θ and the gradient at the unit vector, (κ Û, γ): the gradient times the velocity.

    By FRM-02 the velocity lies in that plane, in any dimension.
    """
    along, across = Symbol("V", real=True), Symbol("gamma", real=True)
    growth = Growth(closed_form.norm_growth, closed_form.direction_velocity)
    scale = {"norm": sym.norm, "kappa": 2 + EXCESS, "eta": sym.eta}
    for excess in (Integer(0), EXCESS):
        scale["kappa"] = 2 + excess
        velocity = growth.direction_rate((sym.norm, 0), (along, across), **scale)
        # Û is constant along rays, so that only the gradient across θ counts.
        rise = sympy.simplify(across * velocity[1] + along * velocity[0])
        if not rise.is_nonnegative:
            return Evidence.inconclusive(f"the sign of the growth {rise} of the normalised utility was not found")
    return Evidence.of(Level.PROVED, "the normalised utility never falls")


def attained(formula: JumpTimeBounds, instance: Instance, *, height: Fraction = Fraction(1)) -> Evidence:
    """Both bounds are the jump time of the utility u θ_1^κ from its maximiser, u = `height`, in balls."""
    neuron, widest = instance["neuron"], 0.0
    degree, eta = neuron.utility.degree, Fraction(3, 2)
    with flint.ctx.workprec(PRECISION):
        expected = time_to_norm_one(neuron.norm, Fraction(degree), eta) / (degree * ball(height))
        for name, bound in (("lower", formula.lower), ("upper", formula.upper)):
            values = {sym.norm_0: neuron.norm, sym.eta: eta, sym.U: height, sym.U_0: height}
            difference = ball_value(bound(degree), values) - expected
            if not difference.contains(0):
                witness = {"utility": f"{height} θ_1^{degree}", "initial norm": neuron.norm, "η": eta}
                witness |= {"bound": name, "jump time": expected.str(12), "bound − jump time": difference.str(8)}
                return Evidence.refuted("not attained at a maximiser", witness, instances=1)
            widest = max(widest, float(difference.rad()))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    return Evidence.of(Level.CERTIFIED, "both bounds attained at maximisers", instances=1, widest=widest)


def attained_at_maximisers(formula: JumpTimeBounds, context: Context) -> Evidence:
    """A neuron that starts at a maximiser stays there, and both bounds are its jump time: enclosed by balls.

    The utility u θ_1^κ has the maximiser e_1 with Û = u; its time to norm one is the integral over κ u.
    """
    count, widest, detail = 0, 0.0, ""
    for count, instance in enumerate(context.instances(16), start=1):
        one = attained(formula, instance, height=Fraction(count, 7))
        if one.level is None:
            return replace(one, instances=one.instances and count)
        widest, detail = max(widest, one.figures["widest"]), one.detail
    return Evidence.of(Level.CERTIFIED, detail, instances=count, widest=widest)


def between_the_bounds(formula: JumpTimeBounds, instance: Instance) -> Evidence:
    """The jump time of one integrated neuron in the plane; see `integrated_neurons` for who is left out."""
    neuron = instance["neuron"]
    degree, start = neuron.utility.degree, neuron.utility.value(neuron.direction)
    values = {
        sym.norm_0: _rational(neuron.norm),
        sym.eta: 1,
        sym.U: _maximal_utility(neuron),
        sym.U_0: _rational(start),
    }
    upper = float(formula.upper(degree).subs(values)) if start > 0 else np.inf
    time, kinked = _jump_time(neuron, min(2 * upper, PATIENCE) if start > 0 else PATIENCE)
    if time is None and (kinked or start <= 0 or 2 * upper > PATIENCE):
        left_out = "at_a_kink" if kinked else "never_active"
        return Evidence.inconclusive("the neuron does not become active", left_out=left_out)
    seen = np.inf if time is None else time
    lower = float(formula.lower(degree).subs(values))
    if not lower * (1 - 1e-8) <= seen <= upper * (1 + 1e-8):
        witness = {"neuron": str(neuron), "lower": lower, "jump time": seen, "upper": upper}
        return Evidence.refuted("the jump time lies outside the bounds", witness, instances=1)
    figures = {"closest": min(seen / lower - 1, 1 - seen / upper), "bounded": bool(start > 0)}
    return Evidence.of(Level.SAMPLED, "jump times of integrated neurons lie between the bounds", instances=1, **figures)


def integrated_neurons(formula: JumpTimeBounds, context: Context) -> Evidence:
    """Integrated neurons in the plane reach norm one between the bounds, the upper one if Û(0) > 0.

    The integrator's relative error is 1e-10 and the maximal utility is found to 1e-9 by bracketed search, so a bound
    may be missed by 1e-8 of itself, no more. Left out, and counted: neurons that meet a kink before, beyond which the
    flow may slide, and those that start negative and are not active by t = `PATIENCE`, where nothing is claimed.
    """
    count, bounded, closest = 0, 0, np.inf
    left_out = {"at_a_kink": 0, "never_active": 0}
    for instance in context.instances(60):
        one = between_the_bounds(formula, instance)
        if one.outcome is Outcome.INCONCLUSIVE:
            left_out[one.figures["left_out"]] += 1
            continue
        count += 1
        if one.level is None:
            return replace(one, instances=count)
        bounded, closest = bounded + one.figures["bounded"], min(closest, float(one.figures["closest"]))
    if not bounded:
        return Evidence.inconclusive("no neuron that starts with positive utility becomes active", **left_out)
    detail = "jump times of integrated neurons lie between the bounds"
    figures = {"closest": closest, "with_upper_bound": bounded, "left_out": left_out}
    return Evidence.of(Level.SAMPLED, detail, instances=count, **figures)


def _jump_time(neuron: DormantNeuron, horizon: float) -> tuple[float | None, bool]:
    """When the neuron reaches norm one, None if not by the horizon; and whether it met a kink before."""
    utility = neuron.utility.in_floats()

    def norm_one(_: float, theta: Any) -> float:
        return float(np.linalg.norm(theta) - 1)

    def kink(_: float, theta: Any) -> float:
        return min(utility.kink_distance(theta), 1.0) - 1e-4 * float(neuron.norm)

    norm_one.terminal = kink.terminal = True  # type: ignore[attr-defined]
    run = solve_ivp(
        lambda _, theta: [float(g) for g in utility.gradient(theta)],
        (0.0, horizon),
        [float(t) for t in neuron.theta],
        method="DOP853",
        rtol=1e-11,
        atol=1e-13,
        events=(norm_one, kink),
    )
    return (float(run.t_events[0][0]) if len(run.t_events[0]) else None), bool(len(run.t_events[1]))


def _rational(number: Fraction) -> sympy.Rational:
    return sympy.Rational(number.numerator, number.denominator)


def _maximal_utility(neuron: DormantNeuron) -> float:
    utility = neuron.utility.in_floats()

    def below(angle: float) -> float:
        return -float(utility.value((np.cos(angle), np.sin(angle))))

    angles = np.linspace(0, 2 * np.pi, 181)
    best = angles[np.argmin([below(angle) for angle in angles])]
    step = angles[1]
    found = minimize_scalar(below, bounds=(best - step, best + step), method="bounded", options={"xatol": 1e-12})
    return -float(found.fun)


PATIENCE = 1e4
"""Time after which a neuron that has not become active is given up; jump times of the others are below a hundred."""


def _starts_below_norm_one(instance: Any) -> bool:
    return bool(instance["neuron"].norm < 1)


def _scaled(formula: ByDegree, factor: Expr) -> ByDegree:
    def scaled(degree: int | None) -> Expr:
        if degree is not None:
            return formula(degree) * factor.subs(sym.kappa, degree)
        return sympy.Piecewise(*((branch * factor, condition) for branch, condition in formula(None).args))

    return scaled


_CLOSED_FORM = JumpTimeBounds(closed_form.jump_time_lower_bound, closed_form.jump_time_upper_bound)
_DOMAIN = {sym.kappa: (2, None), sym.norm_0: (0, 1)}

FRM_05 = Claim(
    id="FRM-05",
    system="framework",
    title="bounds on the jump time",
    statement="A dormant neuron of initial norm below one becomes active no earlier than its threshold divided by κ "
    "times the maximal normalised utility, with equality iff it starts at a maximiser, and, if its normalised utility "
    "starts positive, no later than the threshold divided by κ times that.",
    kind=Kind.BOUND,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 3"),
    hypotheses=Hypotheses(
        (
            HomogeneousNeuron(largest_dimension=2),
            RESIDUAL_FROZEN,
            Relation("‖θ(0)‖ < 1", _starts_below_norm_one),
        ),
        drawn=(Relation("Û* > 0", lambda instance: _maximal_utility(instance["neuron"]) > 0),),
    ),
    formula=_CLOSED_FORM,
    checks=(
        Check("comparison", by_comparison),
        Check("maximisers", attained_at_maximisers),
        Check("integrated neurons", integrated_neurons),
        Check(
            "derivation",
            partial(every_step, name="FRM-05", parts=lambda formula: {"lower": formula.lower, "upper": formula.upper}),
        ),
    ),
    mutants=(
        Mutant(
            "degree-dropped",
            JumpTimeBounds(_scaled(closed_form.jump_time_lower_bound, sym.kappa), closed_form.jump_time_upper_bound),
            "κ dropped from the lower bound",
        ),
        Mutant(
            "upper-not-tight",
            JumpTimeBounds(closed_form.jump_time_lower_bound, _scaled(closed_form.jump_time_upper_bound, sym.kappa)),
            "κ dropped from the upper bound: true, but not attained",
        ),
        Mutant(
            "initial-utility-below",
            JumpTimeBounds(closed_form.jump_time_upper_bound, closed_form.jump_time_upper_bound),
            "initial utility for the maximal one in the lower bound",
        ),
    ),
    remark="Where Û* ≤ 0 no neuron becomes active. κ ≥ 2 is the range of the theory and is not used: with FRM-03 the "
    "bounds hold below it too. Coordinates of diagonal networks never start at a maximiser, and so never meet the "
    "bound.",
    parts=(
        *by_degree(_CLOSED_FORM, "lower", sym.kappa, within=_DOMAIN),
        *by_degree(_CLOSED_FORM, "upper", sym.kappa, within=_DOMAIN),
    ),
    necessity=FRM_05_NEEDS,
    probes=(
        Probe("attained", attained, examples=100),
        Probe("between the bounds", between_the_bounds, examples=100),
    ),
)
