"""LIN-06: the jump time of a dormant neuron from a small start, with its first correction and a bound on the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.problems import InitScale
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.dormant_necessity import LIN_06_NEEDS
from agf_theory.proofs_check.linear.dormant_neurons import (
    FROZEN,
    GROWS,
    STARTS_BELOW_ONE,
    DormantLinearNeuron,
    LinearNeuron,
)
from agf_theory.proofs_check.linear.frozen_flow import enclosed_crossing, modes_motion
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["LIN_06", "JumpTimeExpansion", "expansion_misses"]


@dataclass(frozen=True)
class JumpTimeExpansion:
    """The formulas of LIN-06.

    Attributes
    ----------
    jump_time : function of the number of other eigenvalues
    lower, upper : functions of nothing
        Bounds, in the sum q of the later terms.
    overlap : function of the multiplicity of the largest singular value
    later_term : function of nothing
    """

    jump_time: Callable[[int], Expr] = closed_form.dormant_jump_time
    lower: Callable[[], Expr] = closed_form.dormant_jump_time_lower
    upper: Callable[[], Expr] = closed_form.dormant_jump_time_upper
    overlap: Callable[[int], Expr] = closed_form.initial_overlap
    later_term: Callable[[], Expr] = closed_form.dormant_later_term


SCALES = ("1e-2", "1e-6", "1e-30", "1e-300", "1e-1000")
LARGEST_SUM = Fraction(1, 15)
"""Of the later terms: up to here the expansion with all first corrections is off by at most q²/σ_1."""


def _bits(scale: InitScale) -> int:
    """The remainder is of the order of the fourth power of the scale at the least: so many bits, and some to spare."""
    return 256 + int(6 * scale.log_inverse)


def expansion_misses(
    formula: JumpTimeExpansion, neuron: DormantLinearNeuron, scale: InitScale
) -> tuple[dict[str, flint.arb], dict[str, flint.arb]]:
    """What should be zero, and what should not be negative, for the neuron times the scale; at the current precision.

    The jump time is enclosed by a change of sign of the squared norm, a sum over the exact spectrum; the sum q of the
    later terms is that norm at the leading time, less one.
    """
    (top, share), *others = ((rate, share) for rate, share in neuron.spectrum if share)
    inverse = scale.log_inverse_ball()
    motion = modes_motion(((top, share), *others), (-2 * inverse).exp())
    leading = (inverse - ball(share).log() / 2) / ball(top)
    seen, q = enclosed_crossing(motion, leading), motion(leading)[0] - 1
    overlap = ball_value(formula.overlap(neuron.multiplicity), _coefficients(neuron))
    values = {sym.log_inverse: inverse, sym.z_1: overlap, sym.sigma_1: top}
    terms = [ball_value(formula.later_term(), {**values, **_other([pair])}) for pair in others]
    expanded = ball_value(formula.jump_time(len(others)), {**values, **_other(others)})
    zero = {
        "overlap − its square root": overlap - ball(share).sqrt(),
        "sum of later terms − squared norm beyond one": sum(terms, flint.arb(0)) - q,
    }
    positive = {"latest − jump time": _at(formula.upper(), values, q) - seen}
    earliest = _at(formula.lower(), values, q)
    if q < ball(Fraction(1, 4)):
        positive["jump time − earliest"] = seen - earliest
    if q <= ball(LARGEST_SUM):
        # A bound that lies far too early is true, and of no use: the remainder rests on this one being close.
        positive["q + 2q² − 2σ_1 (leading − earliest)"] = q + 2 * q * q - 2 * ball(top) * (leading - earliest)
        positive["q²/σ_1 − |jump time − expansion|"] = q * q / ball(top) - abs(seen - expanded)
    return zero, positive


def _at(bound: Expr, values: dict[Symbol, Any], q: flint.arb) -> flint.arb:
    return ball_value(bound, {**values, sym.later_terms: q})


def _coefficients(neuron: DormantLinearNeuron) -> dict[Symbol, Fraction]:
    pairs = enumerate(zip(neuron.alpha, neuron.omega, strict=False), start=1)
    return {
        Symbol(f"{name}_{i}", real=True): value
        for i, pair in pairs
        for name, value in zip(("alpha", "omega"), pair, strict=True)
    }


def _other(pairs: Sequence[tuple[Fraction, Fraction]]) -> dict[Symbol, Any]:
    values: dict[Symbol, Any] = {}
    for j, (rate, share) in enumerate(pairs, start=2):
        values[Symbol(f"lambda_{j}", real=True)] = rate
        values[Symbol(f"z_{j}", nonnegative=True)] = ball(share).sqrt()
    return values


def expanded_at(formula: JumpTimeExpansion, instance: Instance, *, scales: Sequence[str] = SCALES) -> Evidence:
    """One neuron at several scales in balls: overlap, later terms, bounds, and the expansion within its remainder."""
    neuron = instance["neuron"]
    for scale in map(InitScale, scales):
        with flint.ctx.workprec(_bits(scale)):
            zero, positive = expansion_misses(formula, neuron, scale)
            tiny = flint.arb(2) ** (64 - flint.ctx.prec)
            wrong = {what: miss for what, miss in zero.items() if not miss.contains(0)}
            wrong |= {what: slack for what, slack in positive.items() if slack < 0}
            if wrong:
                what, miss = next(iter(wrong.items()))
                witness = {"neuron": str(neuron), "scale": str(scale), what: miss.str(8)}
                return Evidence.refuted("another jump time", witness, instances=1)
            sure = all(miss.is_finite() and miss.rad() < tiny for miss in zero.values())
            # Without other projections all three times are one, and no ball tells them apart.
            sure &= all(slack > 0 or (slack.contains(0) and slack.rad() < tiny) for slack in positive.values())
        if not sure:
            return Evidence.inconclusive(f"balls too wide at {scale}")
    if "q²/σ_1 − |jump time − expansion|" not in positive:
        return Evidence.inconclusive("the later terms are large even at the smallest scale")
    detail = f"enclosed jump times meet bounds and expansion at scales {scales[0]} to {scales[-1]}"
    return Evidence.of(Level.CERTIFIED, detail, instances=1)


def enclosed_expansions(formula: JumpTimeExpansion, context: Context) -> Evidence:
    """Neurons with exact rational start at scales down to 1e-1000: enclosed jump times against bounds and expansion."""
    drawn = list(context.instances(16))
    found = over_instances(expanded_at, formula, drawn)
    repeated = sum(instance["neuron"].multiplicity > 1 for instance in drawn)
    if found.level is None:
        return found
    if not repeated:
        return Evidence.inconclusive("no repeated singular value")
    return replace(found, figures={"repeated": repeated})


def _derived(formula: JumpTimeExpansion) -> dict[str, Any]:
    return {name: getattr(formula, name) for name in ("jump_time", "lower", "upper", "overlap", "later_term")}


def _with_ratio(change: Callable[[Expr], Expr]) -> JumpTimeExpansion:
    """The expansion with another later term, in the expansion and by itself."""
    original = closed_form.dormant_later_term

    def jump_time(others: int) -> Expr:
        leading = closed_form.dormant_jump_time(0)
        return leading + change(closed_form.dormant_jump_time(others) - leading)

    return replace(_CLOSED_FORM, jump_time=jump_time, later_term=lambda: change(original()))


def _largest_share(multiplicity: int) -> Expr:
    pairs = [(Symbol(f"alpha_{i}", real=True), Symbol(f"omega_{i}", real=True)) for i in range(1, multiplicity + 1)]
    return sympy.Max(*(abs(x) for pair in pairs for x in pair))


_CLOSED_FORM = JumpTimeExpansion()

LIN_06 = Claim(
    id="LIN-06",
    system="linear",
    title="jump time from a small start",
    statement="With the residual frozen a neuron that starts as ε θ has norm one at "
    "(log(1/ε) + log(1/‖z_1‖))/σ_1 − q/(2 σ_1) + O(q²), z_1 the projection of θ on the growing eigenvectors of σ_1 and "
    "q the sum of z_j² ‖z_1‖^(−2λ_j/σ_1) ε^(2−2λ_j/σ_1) over the other eigenvalues λ_j of (0 R; Rᵀ 0), with "
    "log(1 + q) ≤ 2σ_1 times the distance to the leading time ≤ log(2/(1 + √(1 − 4q))).",
    kind=Kind.ORDER,
    status=Status.THEOREM,
    source=Source("this project", "exact flow of a dormant neuron"),
    hypotheses=Hypotheses((LinearNeuron(), STARTS_BELOW_ONE, GROWS, FROZEN)),
    formula=_CLOSED_FORM,
    checks=(
        Check("enclosed expansions", enclosed_expansions),
        Check(
            "derivation",
            partial(every_step, name="LIN-06", parts=_derived, beyond="two other eigenvalues for any number"),
        ),
    ),
    mutants=(
        Mutant(
            "half-exponent",
            _with_ratio(lambda e: e.subs(sym.log_inverse, sym.log_inverse / 2)),
            "ε^(1 − λ_j/σ_1) for ε^(2 − 2λ_j/σ_1)",
        ),
        Mutant(
            "sign-of-overlap",
            replace(
                _CLOSED_FORM,
                jump_time=lambda n: closed_form.dormant_jump_time(n) + 2 * sympy.log(sym.z_1) / sym.sigma_1,
            ),
            "log ‖z_1‖ for log(1/‖z_1‖)",
        ),
        Mutant(
            "largest-share",
            replace(_CLOSED_FORM, overlap=_largest_share),
            "max(|u_1·a|, |v_1·w|) for the overlap",
        ),
        Mutant(
            "degree-missing",
            replace(
                _CLOSED_FORM,
                jump_time=lambda n: closed_form.dormant_jump_time(n).subs(sym.sigma_1, sym.sigma_1 / 2),
            ),
            "κ missing: σ_1/2, the maximal normalised utility, as rate of growth",
        ),
        Mutant(
            "no-correction",
            replace(_CLOSED_FORM, jump_time=lambda n: closed_form.dormant_jump_time(0)),
            "the leading time alone, said to be right to order q²",
        ),
        Mutant(
            "upper-as-lower",
            replace(_CLOSED_FORM, lower=closed_form.dormant_jump_time_upper),
            "the latest time as the earliest",
        ),
    ),
    remark="q²/σ_1 bounds the error for q ≤ 1/15, and the two bounds on the jump time hold for q < 1/4. Terms of the "
    "kernel are of order ε², those of decaying modes beyond. A threshold ρ for norm one adds log ρ/σ_1.",
    necessity=LIN_06_NEEDS,
    parts=(
        *by_choice(_CLOSED_FORM, "jump_time", (1,)),
        *without_arguments(_CLOSED_FORM, "lower", within={sym.later_terms: (0, Fraction(1, 4))}),
        *without_arguments(_CLOSED_FORM, "upper"),
        *by_choice(_CLOSED_FORM, "overlap", (1, 2)),
        *without_arguments(_CLOSED_FORM, "later_term"),
    ),
    probes=(Probe("expanded", expanded_at, examples=60),),
)
