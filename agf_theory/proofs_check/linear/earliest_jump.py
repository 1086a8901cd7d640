"""LIN-05: no dormant neuron jumps before the aligned one of its norm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import flint
from sympy import Expr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.dormant_necessity import LIN_05_NEEDS
from agf_theory.proofs_check.linear.dormant_neurons import (
    FROZEN,
    RESIDUAL_LEFT,
    STARTS_BELOW_ONE,
    DormantLinearNeuron,
    LinearNeuron,
)
from agf_theory.proofs_check.linear.frozen_flow import enclosed_crossing, squared_norm_of_flow
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_05", "EarliestJump"]


@dataclass(frozen=True)
class EarliestJump:
    """The formula of LIN-05 and the side on which jump times lie.

    Attributes
    ----------
    time : function of nothing
        In L = log(1/norm at the start) and sigma_1.
    later : bool
        Whether neurons jump at this time or later, or else at this time or earlier.
    """

    time: Callable[[], Expr] = closed_form.aligned_jump_time
    later: bool = True


def jump_time_of(neuron: DormantLinearNeuron) -> flint.arb | None:
    """The enclosed time of norm one, from the exponential of M(R); None if the neuron never grows."""
    growing = next(((rate, share) for rate, share in neuron.spectrum if rate > 0 and share > 0), None)
    if growing is None:
        return None
    rate, share = growing
    return enclosed_crossing(squared_norm_of_flow(neuron), -ball(share).log() / (2 * ball(rate)))


def bounded(formula: EarliestJump, instance: Instance) -> Evidence:
    """One neuron in balls: its enclosed jump time is not before the bound, and is the bound iff it is aligned."""
    neuron = instance["neuron"]
    with flint.ctx.workprec(PRECISION):
        seen = jump_time_of(neuron)
        if seen is None:
            return Evidence.inconclusive("the neuron never has norm one")
        inverse = -ball(neuron.squared_norm).log() / 2
        claimed = ball_value(formula.time(), {sym.log_inverse: inverse, sym.sigma_1: neuron.singular_values[0]})
        excess = (seen - claimed) if formula.later else (claimed - seen)
    figures = {"jump time": seen.str(12), "bound": claimed.str(12), "aligned": neuron.aligned}
    witness = {"neuron": str(neuron), **figures}
    if excess < 0:
        return Evidence.refuted("the jump time lies on the other side of the bound", witness, instances=1)
    if neuron.aligned and not excess.contains(0):
        return Evidence.refuted("an aligned neuron does not jump at the bound", witness, instances=1)
    width = float(seen.rad())
    if not excess.is_finite() or not width < 1e-30 or not (neuron.aligned or excess > 0):
        return Evidence.inconclusive("balls too wide", widest=width)
    detail = "enclosed jump times, in balls of width below 1e-30: at the bound if aligned, else later"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=width)


def enclosed_jump_times(formula: EarliestJump, context: Context) -> Evidence:
    """Enclosed jump times of neurons with exact rational start, aligned and not, for shapes up to 3 × 3."""
    drawn = list(context.instances(40))
    jumping = [instance for instance in drawn if _grows(instance["neuron"])]
    aligned = sum(instance["neuron"].aligned for instance in jumping)
    found = over_instances(bounded, formula, jumping)
    if found.level is None:
        return found
    if not 0 < aligned < len(jumping):
        return Evidence.inconclusive("no aligned neuron, or no other", aligned=aligned)
    return replace(found, figures={**found.figures, "aligned": aligned, "never_jump": len(drawn) - len(jumping)})


def _grows(neuron: DormantLinearNeuron) -> bool:
    return any(rate > 0 and share > 0 for rate, share in neuron.spectrum)


_CLOSED_FORM = EarliestJump()

LIN_05 = Claim(
    id="LIN-05",
    system="linear",
    title="earliest jump time of a dormant neuron",
    statement="With the residual frozen a neuron reaches norm one no earlier than −log‖θ(0)‖/σ_1, with equality iff it "
    "starts among the maximisers of the utility, the growing eigenvectors of σ_1.",
    kind=Kind.BOUND,
    status=Status.THEOREM,
    source=Source("this project", "exact flow of a dormant neuron"),
    hypotheses=Hypotheses((LinearNeuron(), RESIDUAL_LEFT, STARTS_BELOW_ONE, FROZEN)),
    formula=_CLOSED_FORM,
    checks=(
        Check("enclosed jump times", enclosed_jump_times),
        Check("derivation", partial(every_step, name="LIN-05", parts=lambda formula: {"time": formula.time})),
    ),
    mutants=(
        Mutant("reversed", replace(_CLOSED_FORM, later=False), "no neuron jumps after that time"),
        Mutant(
            "half-rate",
            replace(_CLOSED_FORM, time=lambda: 2 * closed_form.aligned_jump_time()),
            "σ_1/2, the maximal normalised utility, as rate of growth of the norm",
        ),
        Mutant(
            "not-attained",
            replace(_CLOSED_FORM, time=lambda: closed_form.aligned_jump_time() / 2),
            "half the time: a bound, but one that no neuron meets",
        ),
    ),
    remark="The source gives −log‖θ(0)‖/σ_1 as the jump time; for a start that is not aligned it is a lower bound. "
    "Some neurons never jump: those without a growing projection.",
    necessity=LIN_05_NEEDS,
    parts=without_arguments(_CLOSED_FORM, "time"),
    probes=(Probe("bounded", bounded, examples=200),),
)
