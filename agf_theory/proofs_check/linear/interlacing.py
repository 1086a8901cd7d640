"""LIN-10: interlacing, and the bounds of the recursion's jump times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import flint
from sympy import Add, Expr, Rational, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.closed_form.linear.recursion import plateau_length, stage_rate
from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.certified_staircase import recursion_in_balls
from agf_theory.numeric.linear.exact_moments import ExactMoments
from agf_theory.numeric.linear.staircase import Staircase
from agf_theory.numeric.linear.symmetric_balls import as_balls
from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.rational_moments import RationalMoments, moments_record
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["LIN_10", "Recursion"]

PRECISION = 256
WIDEST = 1e-30
"""Widest ball, relative, of a rate or a time that counts as an enclosure; they are near 1e-70."""


@dataclass(frozen=True)
class Recursion:
    """The formulas of LIN-10, in the symbols of `closed_form.linear.recursion`."""

    accumulated_exponent: Callable[[int], Expr] = closed_form.accumulated_exponent
    jump_time: Callable[[int], Expr] = closed_form.recursion_jump_time
    earliest: Callable[[], Expr] = closed_form.earliest_jump_time
    latest: Callable[[], Expr] = closed_form.latest_jump_time


def enclosed_staircase(problem: LinearNetwork) -> Staircase:
    """Singular values of all residuals, by balls around the exact moments."""
    moments = ExactMoments.of(problem)
    return recursion_in_balls(as_balls(moments.sigma_yx), as_balls(moments.best), moments.rank)


def bounds_at_one_problem(formula: Recursion, instance: Instance) -> Evidence:
    """One problem in balls: interlacing of all singular values, lengths of the plateaus, and both bounds."""
    problem = instance["problem"]
    with flint.ctx.workprec(PRECISION):
        try:
            seen = enclosed_staircase(problem)
        except UndecidedError as undecided:
            return Evidence.inconclusive(f"eigenvalues not isolated: {undecided}")
        violated, widest = _first_violation(formula, seen)
    if violated:
        return Evidence.refuted("the recursion", {**moments_record(problem), "violated": violated}, instances=1)
    if not widest < WIDEST:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "singular values interlace; the recursion's times lie within both bounds, in balls of width below 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def _first_violation(formula: Recursion, seen: Staircase) -> tuple[str, float]:
    rates = seen.rates
    count = len(rates)
    for i in range(count - 1):
        for j in range(count - i - 1):
            # Equality is allowed, and in balls never seen: only a certain violation is one.
            if rates[i][j + 1] > rates[i + 1][j] or rates[i + 1][j] > rates[i][j]:
                return f"σ^({i + 1})_{j + 1} does not lie between its neighbours on plateau {i}", 0.0
    values: dict[Symbol, Any] = {
        stage_rate(i, j): rates[i][j - 1] if j <= len(rates[i]) else flint.arb(0)
        for i in range(count)
        for j in range(1, count + 2)
    }
    bounds = {sym.sigma_1: rates[0][0]}
    earliest, total, widest = ball_value(formula.earliest(), bounds), flint.arb(0), 0.0
    for k in range(1, count + 1):
        length = _length(formula.accumulated_exponent(k), k, values)
        values[plateau_length(k)] = length
        total += length
        latest = ball_value(formula.latest(), {**bounds, sym.sigma_k: rates[0][k - 1]})
        stated = ball_value(formula.jump_time(k), values)
        wrong = {
            "a plateau of negative length": bool(length < 0),
            "a jump before 1/σ_1": bool(total < earliest),
            "a jump after 1/σ_k": bool(total > latest),
            "not the recursion's own time": not stated.overlaps(total),
            "not the time of the numeric recursion": not total.overlaps(seen.times[k - 1]),
            "the first jump is not where the bounds meet": k == 1 and not (total - earliest).overlaps(latest - total),
        }
        for what, holds in wrong.items():
            if holds:
                return f"jump {k}: {what}: τ = {total.str(12)}", 0.0
        widest = max(widest, float(total.rad() / abs(total).lower()))
    return "", widest


def _length(exponent: Expr, k: int, values: Mapping[Symbol, Any]) -> Any:
    """Δ_k from an exponent that is to be one, linear in Δ_k."""
    at = [ball_value(exponent, {**values, plateau_length(k): flint.arb(end)}) for end in (0, 1)]
    return (1 - at[0]) / (at[1] - at[0])


def certified_instances(formula: Recursion, context: Context, *, count: int) -> Evidence:
    """Random rational moments from 2 x 2 up, in balls: interlacing, lengths, bounds, and the numeric recursion."""
    number, widest, jumps, detail = 0, 0.0, 0, ""
    for instance in context.instances(count):
        one = bounds_at_one_problem(formula, instance)
        if one.outcome is not None and one.witness is not None:
            return replace(one, instances=number + 1)
        if one.level is not None:
            number, detail = number + 1, one.detail
            jumps += instance["problem"].rank
            widest = max(widest, one.figures["widest"])
    return Evidence.of(Level.CERTIFIED, detail, instances=number, jumps=jumps, widest=widest)


EQUAL = (
    (Rational(2), Rational(6, 5), Rational(7, 10)),
    (Rational(3), Rational(1), Rational(1, 4), Rational(1, 9)),
    tuple(Rational(1, k) for k in range(1, 6)),
)
"""Singular values of whitened moments; a plateau takes the largest away and leaves the others as they are."""


def where_bounds_are_met(formula: Recursion, context: Context) -> Evidence:
    """Whitened moments, in fractions: every neuron grows with its own σ_k throughout, and jumps at 1/σ_k exactly."""
    for sigma in EQUAL:
        count = len(sigma)
        values = {stage_rate(i, j): sigma[i + j - 1] for i in range(count) for j in range(1, count - i + 1)}
        total = Rational(0)
        for k in range(1, count + 1):
            exponent = formula.accumulated_exponent(k).subs(values)
            slope = exponent.coeff(plateau_length(k))
            length = (1 - (exponent - slope * plateau_length(k))) / slope if slope != 0 else None
            values[plateau_length(k)] = length
            witness = {"σ": list(map(str, sigma)), "jump": k, "length": str(length)}
            if length is None or not length.is_Rational:
                return Evidence.refuted("a jump has no time", witness, instances=1)
            total = Add(total, length)
            stated = [formula.jump_time(k).subs(values), formula.latest().subs({sym.sigma_k: sigma[k - 1]})]
            if any(each != total for each in stated):
                witness |= {"time": str(total), "stated": list(map(str, stated))}
                return Evidence.refuted("whitened modes jump at other times than 1/σ_k", witness, instances=1)
    detail = "whitened moments of three, four and five modes: τ_k = 1/σ_k, as fractions"
    return Evidence.of(Level.EXACT, detail, instances=len(EQUAL))


def _shifted(by: int) -> Callable[[int], Expr]:
    def exponent(k: int) -> Expr:
        own = plateau_length(k) * stage_rate(k - 1, 1)
        return Add(own, *(stage_rate(i, max(1, k - i + by)) * plateau_length(i + 1) for i in range(k - 1)))

    return exponent


def _first_residual_only(k: int) -> Expr:
    return Add(*(stage_rate(0, k - i) * plateau_length(i + 1) for i in range(k)))


def _restarted(k: int) -> Expr:
    return stage_rate(k - 1, 1) * plateau_length(k)


_CLOSED_FORM = Recursion()

LIN_10 = Claim(
    id="LIN-10",
    system="linear",
    title="interlacing, and bounds of the recursion",
    statement="The singular values of the residuals interlace, σ^(i)_(j+1) ≤ σ^(i+1)_j ≤ σ^(i)_j; so the plateaus of "
    "the recursion have lengths Δ_k ≥ 0, and 1/σ_1 ≤ τ_k ≤ 1/σ_k, with τ_k = 1/σ_k where the neuron grows with σ_k "
    "on every plateau.",
    kind=Kind.BOUND,
    status=Status.LEMMA,
    source=Source("this project"),
    hypotheses=Hypotheses((RationalMoments(),)),
    formula=_CLOSED_FORM,
    checks=(
        Check("where the bounds are met", where_bounds_are_met),
        Check("certified instances", partial(certified_instances, count=40)),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-10",
                parts=lambda formula: vars(formula),
                beyond="the steps of the first four jumps for any jump: the same sums, with more terms",
            ),
        ),
    ),
    mutants=(
        Mutant("index-too-small", replace(_CLOSED_FORM, accumulated_exponent=_shifted(-1)), "σ^(i)_(k−i−1)"),
        Mutant("index-too-large", replace(_CLOSED_FORM, accumulated_exponent=_shifted(1)), "σ^(i)_(k−i+1)"),
        Mutant(
            "first-residual-only",
            replace(_CLOSED_FORM, accumulated_exponent=_first_residual_only),
            "σ^(0) for σ^(i) on every plateau",
        ),
        Mutant(
            "restart", replace(_CLOSED_FORM, accumulated_exponent=_restarted), "growth on earlier plateaus forgotten"
        ),
        Mutant(
            "next-singular-value",
            replace(_CLOSED_FORM, latest=lambda: 1 / sym.sigma_1),
            "1/σ_1 for 1/σ_k as the upper bound",
        ),
    ),
    remark="Interlacing holds for the removal of any one direction, not of an eigenvector alone. The sums over "
    "plateaus are shown for the first four jumps; later ones have the same terms, and more of them. Whether the "
    "recursion is what gradient flow does is another question: LIN-13, LIN-14.",
    parts=(
        *by_choice(_CLOSED_FORM, "accumulated_exponent", (2,)),
        *by_choice(_CLOSED_FORM, "jump_time", (2,)),
        *without_arguments(_CLOSED_FORM, "earliest"),
        *without_arguments(_CLOSED_FORM, "latest"),
    ),
    probes=(Probe("bounds at one problem", bounds_at_one_problem, examples=100),),
)
