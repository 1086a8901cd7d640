"""LIN-11 and LIN-12: the staircases of whitened and of commuting moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.commuting_problems import COMMUTING, DISTINCT, CommutingMoments
from agf_theory.proofs_check.linear.staircase_checks import (
    aligned_network,
    balanced_plateaus,
    generic_starts,
    plateaus_of_an_aligned_network,
    power_series,
    published_recursion,
)
from agf_theory.proofs_check.linear.staircase_formulas import StaircaseFormulas
from agf_theory.proofs_check.linear.staircase_necessity import LIN_11_NEEDS, LIN_12_NEEDS, WHITENED_MOMENTS
from agf_theory.proofs_check.parts import Part, without_arguments

__all__ = ["LIN_11", "LIN_12"]


def _start(*kinds: str) -> Callable[[Instance], bool]:
    return lambda instance: instance.get("start", "aligned") in kinds


ALIGNED = Relation("start aligned with the modes", _start("aligned"))
ALIGNED_OR_BALANCED = Relation("start aligned with the modes, or balanced", _start("aligned", "balanced"))

_COMMUTING = StaircaseFormulas()
_WHITENED = StaircaseFormulas(
    *(
        (lambda formula=formula: formula().subs(sym.variance, 1))
        for formula in (
            closed_form.aligned_strength,
            closed_form.staircase_jump_time,
            closed_form.plateau_strength,
            closed_form.loss_fall,
            closed_form.order_key,
        )
    )
)


def _derived(formula: StaircaseFormulas) -> dict[str, Any]:
    return dict(vars(formula))


def _derived_whitened(formula: StaircaseFormulas) -> dict[str, Any]:
    return {name: function for name, function in vars(formula).items() if name != "order_key"}


def _parts(formula: StaircaseFormulas, *names: str) -> tuple[Part, ...]:
    return tuple(part for name in names for part in without_arguments(formula, name))


_NAMES = ("aligned_strength", "staircase_jump_time", "plateau_strength", "loss_fall")

LIN_11 = Claim(
    id="LIN-11",
    system="linear",
    title="staircase of whitened moments",
    statement="For whitened moments with distinct singular values, as ε → 0, mode k of Σ_yx is learned at "
    "τ_k = 1/σ_k, with strength σ_k, and takes σ_k²/2 off the loss.",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("kunin2025", "fully connected linear networks"),
    hypotheses=Hypotheses((CommutingMoments(whitened=True), WHITENED_MOMENTS, ALIGNED_OR_BALANCED), (DISTINCT,)),
    formula=_WHITENED,
    checks=(
        Check("power series", power_series),
        Check("aligned starts", aligned_network),
        Check("balanced starts", partial(balanced_plateaus, count=4)),
        Check("generic starts", partial(generic_starts, count=2), time_limit=120),
        Check("derivation", partial(every_step, name="LIN-11", parts=_derived_whitened)),
        Check("many generic starts", partial(generic_starts, count=8), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant(
            "half-the-rate",
            replace(_WHITENED, staircase_jump_time=lambda: 2 / sym.sigma_k),
            "rates σ/2: the maximal utility for the rate",
        ),
        Mutant(
            "logistic-of-half-rate",
            replace(
                _WHITENED,
                aligned_strength=lambda: closed_form.aligned_strength().subs(sym.variance, 1).subs(sym.t, sym.t / 2),
            ),
            "σ for 2σ in the logistic curve",
        ),
        Mutant(
            "loss-of-sigma",
            replace(_WHITENED, loss_fall=lambda: sym.sigma_k / 2),
            "σ for σ² in the fall of the loss",
        ),
        Mutant("slowest-first", replace(_WHITENED, order_key=lambda: -sym.sigma_k), "the slowest mode first"),
    ),
    parts=_parts(_WHITENED, *_NAMES),
    remark="A theorem for aligned starts, and for balanced ones with linearly independent overlaps with the modes. "
    "Other starts are seen to have the same slopes.",
    necessity=LIN_11_NEEDS,
    equivalent={
        f"hypothesis dropped: {ALIGNED_OR_BALANCED}": "The proof needs it; flows from other starts show the same times "
        "and levels (generic starts).",
    },
    probes=(Probe("aligned plateaus", plateaus_of_an_aligned_network, examples=100),),
)

LIN_12 = Claim(
    id="LIN-12",
    system="linear",
    title="staircase of commuting moments",
    statement="For commuting moments with distinct singular values, as ε → 0, modes are learned in the order of σ_k, "
    "whatever their falls μ_k/2 of the loss are: at τ_k = 1/σ_k, with strength σ_k/Λ_k; and where the μ are distinct "
    "the published recursion says so iff σ and μ have the same order.",
    kind=Kind.ORDER,
    status=Status.THEOREM,
    source=Source("this project"),
    hypotheses=Hypotheses((CommutingMoments(), COMMUTING, ALIGNED), (DISTINCT,)),
    formula=_COMMUTING,
    checks=(
        Check("power series", power_series),
        Check("aligned starts", aligned_network),
        Check("published recursion", partial(published_recursion, count=30)),
        Check("generic starts", partial(generic_starts, count=2), time_limit=120),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-12",
                parts=_derived,
                beyond="the recursion's first k modes are those of the k largest μ, for every k the first k by σ iff "
                "the orders agree; its times are then 1/σ_k by LIN-10",
            ),
        ),
        Check("many generic starts", partial(generic_starts, count=8), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant(
            "order-of-loss",
            replace(_COMMUTING, order_key=lambda: sym.sigma_k**2 / sym.variance),
            "the order of the falls of the loss, μ",
        ),
        Mutant(
            "half-the-rate",
            replace(_COMMUTING, staircase_jump_time=lambda: 2 / sym.sigma_k),
            "rates σ/2: the maximal utility for the rate",
        ),
        Mutant(
            "rate-with-variance",
            replace(_COMMUTING, staircase_jump_time=lambda: sym.variance / sym.sigma_k),
            "Λ/σ: the variance scales time as it scales strength",
        ),
        Mutant(
            "whitened-strength",
            replace(_COMMUTING, plateau_strength=lambda: sym.sigma_k),
            "σ for σ/Λ in the strength",
        ),
    ),
    parts=_parts(_COMMUTING, *_NAMES),
    remark="Corrects the published recursion where the orders differ (LIN-14). A theorem for aligned starts; other "
    "starts are seen to have the same slopes.",
    necessity=LIN_12_NEEDS,
    equivalent={
        f"hypothesis dropped: {ALIGNED}": "The proof needs it; flows from other starts show the same times and levels "
        "(generic starts).",
    },
    probes=(Probe("aligned plateaus", plateaus_of_an_aligned_network, examples=100),),
)
