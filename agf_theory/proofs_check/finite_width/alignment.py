"""TM-06 and TM-07: the output tells the angle between the layers, and how much of a change is alignment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, sqrt

from agf_theory.closed_form import finite_width as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.finite_width import power_series
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.finite_width.networks import (
    NOT_AT_ZERO,
    UNIT_LINE,
    LineNetwork,
    NetworkOnALine,
    inner,
    network_of,
)
from agf_theory.proofs_check.finite_width.solution import some_time
from agf_theory.proofs_check.finite_width.states import BITS, enclosed_state, exact_values, exactly, within_balls
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.rational_form import as_rational
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["TM_06", "TM_07", "Alignment", "Shares"]

HAS_AREA = Relation("κ ≠ 0", lambda instance: exact_values(instance["network"])[sym.area] != 0)
HAS_OUTPUT = Relation("f ≠ 0", lambda instance: inner(instance["network"].u, instance["network"].v) != 0)
MOVES = Relation("f ≠ ȳ", lambda instance: power_series(instance["network"].problem, 1).of_inner()[1] != 0)


@dataclass(frozen=True)
class Alignment:
    """What TM-06 states."""

    alignment_cosine: Callable[[], Expr] = closed_form.alignment_cosine
    product_of_norms: Callable[[], Expr] = closed_form.product_of_norms
    final_alignment: Callable[[], Expr] = closed_form.final_alignment
    alignment_of_growth: Callable[[], Expr] = closed_form.alignment_of_growth


@dataclass(frozen=True)
class Shares:
    """What TM-07 states."""

    rescaling_share: Callable[[], Expr] = closed_form.rescaling_share
    alignment_share: Callable[[], Expr] = closed_form.alignment_share
    rescaling_change: Callable[[], Expr] = closed_form.rescaling_change


def angle_of_one_network(formula: Alignment, instance: Instance) -> Evidence:
    """One network: norms and cosine of its enclosed weights at a time, with the area of the start."""
    network: LineNetwork = instance["network"]
    with flint.ctx.workprec(BITS):
        given = exact_values(network)
        state = enclosed_state(network, some_time(network))
        at = {**given, sym.output: state.output, sym.growth_factor: state.growth}
        claims = {
            "the product of the norms": (ball_value(formula.product_of_norms(), at), state.norms),
            "the cosine": (ball_value(formula.alignment_cosine(), at), state.cosine),
            "the cosine by the growth factor": (ball_value(formula.alignment_of_growth(), at), state.cosine),
        }
        found = weakest(
            (
                within_balls(claims, network, "norms and cosine of enclosed weights, with the area of the start"),
                _at_the_start(formula, network),
            )
        )
        final = ball_value(formula.final_alignment(), given)
        # The cosine has a slope of at most 1/κ by the output, which ends at the target.
        reach = abs(ball_value(given[sym.target], {}) - state.output) / ball_value(given[sym.area], {})
        if found.level is not None and not abs(final - state.cosine) < reach + flint.arb(1e-20):
            witness = {"network": str(network), "claimed": final.str(10), "cosine": state.cosine.str(10)}
            return Evidence.refuted("the cosine at the end is another one", witness, instances=1)
        return found


def _at_the_start(formula: Alignment, network: LineNetwork) -> Evidence:
    """The cosine before anything has moved, orthogonal layers among others, as an exact root."""
    norms = inner(network.u, network.u) * inner(network.v, network.v)
    cosine = as_rational(inner(network.u, network.v)) / sqrt(as_rational(norms))
    given = {**exact_values(network), sym.growth_factor: sympy.Integer(1)}
    claims: dict[str, tuple[Any, Mapping[Any, Any], Any]] = {
        "the cosine at the start": (formula.alignment_cosine(), given, cosine),
        "the same by the growth factor": (formula.alignment_of_growth(), given, cosine),
    }
    return exactly(claims, network, "cosines at the start, in exact roots")


def enclosed_angles(formula: Alignment, context: Context) -> Evidence:
    """Networks of two and three neurons, with unequal rates, one balanced: angles of enclosed weights at a time."""
    return over_instances(angle_of_one_network, formula, [*context.instances(10), {"network": _BALANCED}])


def angles_at_the_end(formula: Alignment, context: Context) -> Evidence:
    """The cosine of enclosed weights so late that the output is at the target within 1e-6, against that of the end."""
    found = []
    for network in (network_of([1, 1], [1, 0], roots=(2, 1)), network_of([1, 2], [1, -2], target=-1)):
        with flint.ctx.workprec(BITS):
            given = exact_values(network)
            state = enclosed_state(network, Fraction(5, 2))
            distance = abs(ball_value(given[sym.target], {}) - state.output)
            miss = abs(ball_value(formula.final_alignment(), given) - state.cosine)
            if not distance < 1e-6:
                return Evidence.inconclusive("the output is not near the target", distance=distance.str(5))
            if not miss < 1e-6:
                witness = {"network": str(network), "cosine": state.cosine.str(10), "miss": miss.str(5)}
                return Evidence.refuted("the cosine tends to another end", witness)
            found.append(float(miss.mid()))
    detail = "cosine of enclosed weights, with the output within 1e-6 of the target"
    return Evidence.of(Level.CERTIFIED, detail, instances=len(found), misses=found)


def shares_of_one_network(formula: Shares, instance: Instance) -> Evidence:
    """One network: logarithmic velocities of the output and of the norms along the exact flow."""
    network: LineNetwork = instance["network"]
    series = power_series(network.problem, 1)
    (u, du), (v, dv) = series.u, series.v
    output, norms = (
        (inner(u, dv) + inner(v, du)) / inner(u, v),
        inner(u, du) / inner(u, u) + inner(v, dv) / inner(v, v),
    )
    at = {sym.layer_cosine: as_rational(inner(u, v)) / sqrt(as_rational(inner(u, u) * inner(v, v)))}
    claims: dict[str, tuple[Any, Mapping[Any, Any], Any]] = {
        "the share of the norms": (formula.rescaling_share(), at, norms / output),
        "the share of the angle": (formula.alignment_share(), at, 1 - norms / output),
    }
    found = exactly(claims, network, "logarithmic velocities along the exact flow")
    return found if found.level is None else _total(formula, network)


def _total(formula: Shares, network: LineNetwork) -> Evidence:
    """The change of the norms up to a time, with the output there in the place of the target."""
    with flint.ctx.workprec(BITS):
        given = exact_values(network)
        state = enclosed_state(network, some_time(network))
        start = inner(network.u, network.u) * inner(network.v, network.v)
        scale = ball(network.gamma**2) * ball(Fraction(str(given[sym.input_size] ** 2)))
        seen = (state.norms * state.norms / (scale * ball(start))).log() / 2
        claimed = ball_value(formula.rescaling_change(), {**given, sym.target: state.output})
        return within_balls({"the change of the norms": (claimed, seen)}, network, "and norms of enclosed weights")


def shares(formula: Shares, context: Context) -> Evidence:
    """Networks of up to three neurons: logarithmic velocities in exact roots, total changes in balls."""
    return over_instances(shares_of_one_network, formula, context.instances(10))


def a_jump(formula: Alignment, witness: Mapping[str, Any]) -> Evidence:
    """One neuron of opposite signs whose layer passes through zero: the cosine is −1, then 1, and never between."""
    given = exact_values(witness["network"])
    with flint.ctx.workprec(BITS):
        crossing = ball_value(formula.alignment_cosine(), {**given, sym.output: 0})
    detail = "the cosine jumps from −1 to 1, and has no value in between"
    return failure(not crossing.is_finite(), Level.EXACT, detail, {"network": str(witness["network"])})


def no_share(formula: Shares, witness: Mapping[str, Any]) -> Evidence:
    """Orthogonal layers: the logarithm of the output is infinite, whatever the share."""
    network: LineNetwork = witness["network"]
    fails = inner(network.u, network.v) == 0 or power_series(network.problem, 1).of_inner()[1] == 0
    return failure(fails, Level.EXACT, "the change of log|f| is infinite or zero", {"network": str(network)})


def another_growth(formula: Alignment, witness: Mapping[str, Any]) -> Evidence:
    """A direction of length two: the growth factor of v is another one."""
    found = angle_of_one_network(formula, witness)
    said = {"network": str(witness["network"])}
    return failure(found.level is None, Level.CERTIFIED, "the cosine is another one", said)


_OWN = Alignment()
_BALANCED = network_of([2, 1], [-2, 4], roots=(1, 2))
"""‖u‖²/η_u = ‖v‖²/η_v: no gap, and the layers are orthogonal."""
_LONG = replace(network_of([1, 2], [1, -1]), line=(Fraction(2),))
_OWN_SHARES = Shares()

TM_06 = Claim(
    id="TM-06",
    system="finite-width",
    title="the output tells the angle",
    statement="With the conserved area κ, γξ‖u‖‖v‖ = √(f² + κ²) and ζ = cos∠(u, v) = f/√(f² + κ²) = "
    "(Pρ − N/ρ)/√((Pρ + N/ρ)² − 4c²): κ does not know of the rates, ζ rises with f and ends at ȳ/√(ȳ² + κ²).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "networks on one-dimensional data"),
    hypotheses=Hypotheses((NetworkOnALine(), UNIT_LINE, HAS_AREA), (NOT_AT_ZERO,)),
    formula=_OWN,
    checks=(
        Check("enclosed angles", enclosed_angles),
        Check("angles at the end", angles_at_the_end),
        Check(
            "derivation",
            partial(
                every_step,
                name="TM-06",
                parts=lambda formula: {part.name: getattr(formula, part.name) for part in fields(Alignment)},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "sum-of-sizes",
            replace(_OWN, alignment_cosine=lambda: sym.output / (sympy.Abs(sym.output) + sym.area)),
            "f/(|f| + κ)",
        ),
        Mutant(
            "area-with-rates",
            replace(
                _OWN,
                alignment_cosine=lambda: closed_form.alignment_cosine().subs(
                    sym.area, sym.area * sqrt(sym.eta_u) * sqrt(sym.eta_v)
                ),
            ),
            "κ with the rates",
        ),
        Mutant(
            "gap-once",
            replace(
                _OWN,
                alignment_of_growth=lambda: closed_form.alignment_of_growth().subs(sym.layer_gap, sym.layer_gap / 2),
            ),
            "c² for 4c²",
        ),
    ),
    remark="For κ = 0 the cosine is the sign of f: it stays, or jumps where f crosses zero, which takes c ≠ 0.",
    necessity=(
        Necessity(HAS_AREA, {"network": network_of([2], [Fraction(-1, 2)])}, a_jump, (UNIT_LINE,)),
        Necessity(UNIT_LINE, {"network": _LONG}, another_growth, (HAS_AREA,)),
    ),
    parts=(
        *without_arguments(_OWN, "alignment_cosine"),
        *without_arguments(_OWN, "product_of_norms"),
        *without_arguments(_OWN, "final_alignment"),
        *without_arguments(_OWN, "alignment_of_growth"),
    ),
    probes=(Probe("one angle", angle_of_one_network, examples=60),),
)

TM_07 = Claim(
    id="TM-07",
    system="finite-width",
    title="shares of rescaling and alignment",
    statement="Of a change of log|f| the share ζ² is one of log‖u‖‖v‖ and 1 − ζ² one of log|ζ|; up to any output f₁, "
    "ȳ among them where the flow does not end at a saddle, log‖u‖‖v‖ changes by ½ log((f₁² + κ²)/(f₀² + κ²)).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "networks on one-dimensional data"),
    hypotheses=Hypotheses((NetworkOnALine(), HAS_OUTPUT, MOVES)),
    formula=_OWN_SHARES,
    checks=(
        Check("shares", shares),
        Check(
            "derivation",
            partial(
                every_step,
                name="TM-07",
                parts=lambda formula: {part.name: getattr(formula, part.name) for part in fields(Shares)},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "exchanged",
            replace(
                _OWN_SHARES,
                rescaling_share=closed_form.alignment_share,
                alignment_share=closed_form.rescaling_share,
            ),
            "1 − ζ² for the norms and ζ² for the angle",
        ),
        Mutant(
            "size-of-the-cosine",
            replace(_OWN_SHARES, rescaling_share=lambda: sympy.Abs(sym.layer_cosine)),
            "|ζ| for ζ²",
        ),
        Mutant(
            "whole-logarithm",
            replace(_OWN_SHARES, rescaling_change=lambda: 2 * closed_form.rescaling_change()),
            "the logarithm without its half",
        ),
    ),
    remark="Alignment where |ȳ| > |f₀| of one sign, disalignment where |ȳ| < |f₀|, to orthogonal layers for ȳ = 0; "
    "with opposite signs first the one, then the other. Almost all rotation for κ far above the outputs, almost all "
    "rescaling for κ far below.",
    necessity=(
        Necessity(HAS_OUTPUT, {"network": network_of([1, 0], [0, 1])}, no_share, (MOVES,)),
        Necessity(MOVES, {"network": network_of([1, 0], [1, 1])}, no_share, (HAS_OUTPUT,)),
    ),
    parts=(
        *without_arguments(_OWN_SHARES, "rescaling_share"),
        *without_arguments(_OWN_SHARES, "alignment_share"),
        *without_arguments(_OWN_SHARES, "rescaling_change"),
    ),
    probes=(Probe("shares of one network", shares_of_one_network, examples=60),),
)
