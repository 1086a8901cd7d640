"""SN-10: among all interpolants, flow of a single linear neuron ends at the minimiser of a strictly convex function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from flint import arb
from sympy import Expr, Integer, sqrt

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_at
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.rational_form import as_rational
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.bias_searches import convex_optimisation, enclosed_minimisers, integrated_flows
from agf_theory.proofs_check.neuron.conserving_ends import (
    CONSERVED,
    INTERPOLATES,
    ONE_RATE,
    ROWS_ALONE,
    WITHOUT_INNER,
    ConservingEnd,
    NeuronWithEnd,
)
from agf_theory.proofs_check.neuron.optimality import Numbers, differs_from_zero, objective_slopes, potential_slopes
from agf_theory.proofs_check.neuron.rational_neurons import dot
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["SN_10", "ImplicitBias"]

OfRates = Callable[[bool], Expr]
_BITS = 320
_NARROW = Fraction(1, 10**40)  # of balls computed with 320 bits, at numbers of moderate size


@dataclass(frozen=True)
class ImplicitBias:
    """The formulas of SN-10, in the symbols of `closed_form.symbols`; most are asked for one rate or for two."""

    potential: OfRates = closed_form.bias_potential
    slope: Callable[[], Expr] = closed_form.bias_slope
    pull: OfRates = closed_form.start_pull
    weights_pull: OfRates = closed_form.bias_weights_pull
    objective: OfRates = closed_form.stated_objective
    gap: OfRates = closed_form.bias_gap


def at_one_end(formula: ImplicitBias, instance: Instance) -> Evidence:
    """One end: slopes of the objective, in all its forms, along every shift that leaves the outputs as they are."""
    end: ConservingEnd = instance["end"]
    seen = {what: list(map(differs_from_zero, slopes)) for what, slopes in _forms(formula, end)}
    for what, found in seen.items():
        if True in found:
            return Evidence.refuted(f"{what}: the end is not stationary", {"end": str(end)}, instances=1)
    if any(None in found for found in seen.values()):
        return Evidence.inconclusive("a slope was not seen to be zero, nor to differ from zero")
    return Evidence.of(Level.EXACT, "no slope along any shift, in every form of the objective", instances=1)


def _forms(formula: ImplicitBias, end: ConservingEnd) -> Iterator[tuple[str, list[Expr]]]:
    two = end.rates != ONE_RATE
    sign_of_end = Integer(1 if end.a > 0 else -1)
    potential = formula.potential(two)
    yield (
        "weights at the start",
        potential_slopes(potential, lambda at: sign_of_end * formula.weights_pull(two).subs(at), end),
    )
    values = Numbers(end).values()
    product = values[sym.eta_outer] * values[sym.eta_inner]
    by_potential = potential.diff(sym.total).subs(values) * 4 * product * values[sym.map_norm] / values[sym.total]
    yield "slope of the potential", [by_potential - formula.slope().subs(values)]
    if end.a0:  # without inner weights there is no direction to pull in, and the pull is zero
        yield "map at the start", objective_slopes(formula.objective(two), end)
    if any(end.beta0):
        norm = sqrt(as_rational(dot(end.w0, end.w0)))
        pulled = lambda at: sign_of_end * formula.pull(two).subs(at) / norm  # noqa: E731
        yield "pull of the start", potential_slopes(potential, pulled, end)


def rational_ends(formula: ImplicitBias, context: Context) -> Evidence:
    """Ends of rational starts, outer weights that change their sign and two rates among them: exact conditions."""
    drawn = [*context.instances(24), {"end": WITHOUT_INNER}]
    found = over_instances(at_one_end, formula, drawn)
    if found.level is None:
        return found
    ends = [instance["end"] for instance in drawn]
    crossing, rated = sum(end.sign_kept < 0 for end in ends), sum(end.rates != ONE_RATE for end in ends)
    signs = {(end.delta > 0) - (end.delta < 0) for end in ends}
    if not crossing or not rated or len(signs) < 3:
        return Evidence.inconclusive(
            "no end with another sign, none with two rates, or an imbalance of no sign missing"
        )
    return replace(found, figures={"crossing": crossing, "two rates": rated})


def other_interpolants(formula: ImplicitBias, context: Context) -> Evidence:
    """Interpolants beside the end: their objective in balls, against the end's and the gap stated, and positive."""
    return over_instances(_beside_one_end, formula, context.instances(10))


def _beside_one_end(formula: ImplicitBias, instance: Instance) -> Evidence:
    end: ConservingEnd = instance["end"]
    widest = arb(0)
    for shift in end.shifts():
        for size in (Fraction(-2), Fraction(1, 3), Fraction(7, 2)):
            beta = tuple(b + size * z for b, z in zip(end.beta, shift, strict=True))
            excess, wrong = _excess(formula, end, beta)
            witness = {"end": str(end), "beside": list(map(str, beta))}
            if wrong.is_finite() and not wrong.contains(0):
                return Evidence.refuted("the gap to another interpolant is not the one stated", witness, instances=1)
            if excess.is_finite() and excess < 0:
                return Evidence.refuted("another interpolant has a smaller objective", witness, instances=1)
            if not (excess > 0 and wrong.rad() < _NARROW.numerator / arb(_NARROW.denominator)):
                return Evidence.inconclusive("a ball is too wide, or not finite")
            widest = max(widest, arb(wrong.rad()))
    return Evidence.of(Level.CERTIFIED, "objective beside the end: the gap stated, and positive", instances=1)


def _excess(formula: ImplicitBias, end: ConservingEnd, beta: tuple[Fraction, ...]) -> tuple[arb, arb]:
    """Objective beside the end minus that at the end; and what is left of it minus the gap stated."""
    two = end.rates != ONE_RATE
    objective = formula.potential(two).subs(sym.total, closed_form.total_size(two))
    values = Numbers(end).values()
    outer, inner, delta = (values[symbol] for symbol in (sym.eta_outer, sym.eta_inner, sym.neuron_imbalance))
    sign_of_end = 1 if end.a > 0 else -1
    factor = formula.weights_pull(two).subs(values) * sign_of_end

    def at(point: tuple[Fraction, ...]) -> Expr:
        norm = sqrt(as_rational(dot(point, point)))
        return objective.subs(values | {sym.map_norm: norm}) - factor * as_rational(dot(end.w0, point))

    difference = at(beta) - at(end.beta)
    total = sqrt(delta**2 + 4 * outer * inner * as_rational(dot(beta, beta)))
    a = sign_of_end * sqrt((total + delta) / (2 * inner))
    # ‖w − w_∞‖², with w = β/a
    across = (total - delta) / (2 * outer) - 2 * as_rational(dot(beta, end.w)) / a + as_rational(dot(end.w, end.w))
    weights = {sym.outer_weight: a, sym.outer_end: as_rational(end.a), sym.inner_distance: sqrt(across)}
    gap = formula.gap(two).subs({symbol: values[symbol] for symbol in (sym.eta_outer, sym.eta_inner)}).subs(weights)
    return ball_at(difference, {}, _BITS), ball_at(difference - gap, {}, _BITS)


def is_not_the_minimiser(formula: ImplicitBias, witness: Mapping[str, Any]) -> Evidence:
    """An end that breaks a hypothesis: no interpolant, or one with a slope along a shift."""
    end: ConservingEnd = witness["end"]
    if not INTERPOLATES.holds(witness):
        return failure(True, Level.EXACT, "the end is none of the interpolants", {"end": str(end)})
    slopes = next(slopes for what, slopes in _forms(formula, end) if what == "weights at the start")
    fails = any(differs_from_zero(slope) for slope in slopes)
    return failure(fails, Level.CERTIFIED, "the objective has a slope at the end", {"end": str(end)})


_ROW = ((Fraction(1), Fraction(0)),)
_TWO, _THREE = Fraction(2), Fraction(3)
_NONE, _ACROSS = Fraction(0), (Fraction(0), Fraction(1))
_SADDLE = ConservingEnd(_ROW, (_TWO,), _NONE, _ACROSS, _NONE, _ACROSS)
_UNBALANCED = ConservingEnd(_ROW, (_TWO,), _TWO, (_THREE, _THREE), Fraction(1), (_TWO, _THREE))
_TURNED = ConservingEnd(
    _ROW, (_THREE,), Fraction(1), (Fraction(3), Fraction(4)), Fraction(1), (Fraction(3), Fraction(-4))
)

_OWN = ImplicitBias()
_DELTA, _Q = sym.neuron_imbalance, sym.total


def _changed(name: str, change: Callable[[Expr], Expr]) -> Callable[[bool], Expr]:
    return lambda two: change(getattr(_OWN, name)(two))


def _pulled(change: Callable[[Expr], Expr]) -> Callable[[bool], Expr]:
    """The objective with another pull."""

    def objective(two: bool) -> Expr:
        pull = closed_form.start_pull(two)
        return closed_form.stated_objective(two) + sym.sign_kept * (pull - change(pull)) * sym.along_start

    return objective


SN_10 = Claim(
    id="SN-10",
    system="neuron",
    title="implicit bias of a single neuron",
    statement="If gradient flow of a loss of Xβ ends at an interpolant β_∞ of y, this is the only minimiser among all "
    "interpolants of Ψ_δ(β) − s ψ_δ β̂_0ᵀβ, s = sgn(a_0) sgn(a_∞), Ψ_δ = (q − 2δ)√(q + δ)/3, ∇Ψ_δ = √2 sgn(a) w, "
    "ψ_δ = √(√(δ² + 4‖β_0‖²) − δ), also written Ψ_δ(β) − √2 sgn(a_∞) w_0ᵀβ; with two rates Ψ_δ has √(η_aη_w) below "
    "it, √2 is √(2η_a), and δ, q are those of two rates; every interpolant aw of the same imbalance and sign exceeds "
    "it by √2/6 (|a| − |a_∞|)² (|a| + 2|a_∞|) + √2/2 |a| ‖w − w_∞‖².",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2024", "a minimal model of lazy and rich learning; s, the gap: this project"),
    hypotheses=Hypotheses((NeuronWithEnd(two_rates=True), INTERPOLATES, CONSERVED, ROWS_ALONE)),
    formula=_OWN,
    checks=(
        Check("rational ends", rational_ends),
        Check("other interpolants", other_interpolants),
        Check("convex optimisation", convex_optimisation),
        Check("interval Newton", enclosed_minimisers, Cost.FULL),
        Check("integrated flows", integrated_flows, Cost.FULL),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-10",
                parts=lambda formula: {
                    "bias_potential": formula.potential,
                    "bias_slope": formula.slope,
                    "start_pull": formula.pull,
                    "bias_weights_pull": formula.weights_pull,
                    "stated_objective": formula.objective,
                    "bias_gap": formula.gap,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "prefactor",
            replace(_OWN, potential=lambda two: closed_form.bias_potential(two) * (_Q - _DELTA) / (_Q - 2 * _DELTA)),
            "(q − δ)√(q + δ)/3",
        ),
        Mutant(
            "two-delta-added",
            replace(
                _OWN,
                potential=lambda two: closed_form.bias_potential(two) * (_Q + 2 * _DELTA) / (_Q - 2 * _DELTA),
            ),
            "(q + 2δ)√(q + δ)/3",
        ),
        Mutant(
            "pull-with-delta-added",
            replace(_OWN, objective=_pulled(lambda pull: pull.subs(_DELTA, -_DELTA))),
            "ψ_δ = √(√(δ² + 4‖β_0‖²) + δ)",
        ),
        Mutant("half-the-pull", replace(_OWN, objective=_pulled(lambda pull: pull / 2)), "ψ_δ/2"),
        Mutant(
            "map-for-direction",
            replace(_OWN, objective=_pulled(lambda pull: pull * sym.map_norm_0)),
            "β_0 for its direction",
        ),
        Mutant(
            "sign-dropped",
            replace(_OWN, objective=_changed("objective", lambda objective: objective.subs(sym.sign_kept, 1))),
            "s = 1 whatever the signs",
        ),
        Mutant(
            "one-rate-for-two",
            replace(_OWN, potential=lambda two: closed_form.bias_potential()),
            "Ψ_δ not divided by √(η_aη_w)",
        ),
        Mutant(
            "rate-of-the-other-layer",
            replace(_OWN, weights_pull=lambda two: sqrt(2 * (sym.eta_inner if two else Integer(1)))),
            "√(2η_w) w_0",
        ),
    ),
    remark="The gap holds for β_∞ = 0 too, so that this need not be excluded. That the flow interpolates is assumed: "
    "it may end at a saddle.",
    necessity=(
        Necessity(INTERPOLATES, {"end": _SADDLE}, is_not_the_minimiser, (CONSERVED, ROWS_ALONE)),
        Necessity(CONSERVED, {"end": _UNBALANCED}, is_not_the_minimiser, (INTERPOLATES, ROWS_ALONE)),
        Necessity(ROWS_ALONE, {"end": _TURNED}, is_not_the_minimiser, (INTERPOLATES, CONSERVED)),
    ),
    # Of the gap at two rates alone, as the other is the same expression with ones in it.
    parts=(
        *by_choice(_OWN, "objective", (False, True), values={sym.sign_kept: (1, -1)}),
        *(part for name in ("potential", "pull", "weights_pull") for part in by_choice(_OWN, name, (False, True))),
        *by_choice(_OWN, "gap", (True,)),
        *without_arguments(_OWN, "slope"),
    ),
    probes=(Probe("one end", at_one_end),),
)
