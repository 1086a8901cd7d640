"""DIAG-07: how fast the jump times of alternating gradient flows tend to their limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import flint
import sympy
from sympy import log

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.clock import Clock
from agf_theory.proofs_check.diagonal.designs import with_leavers_first
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.reference_path import Knot
from agf_theory.proofs_check.diagonal.rescaled_level import (
    X,
    excess_of,
    symbolic,
)
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["converging_times", "observed_rate", "ratio_tends_to_one"]


def ratio_tends_to_one(formula: Clock, context: Context) -> Evidence:
    """The limit of ρ and of its series, as log(1/α) tends to infinity; DIAG-08 does the rest."""
    links = [symbolic(formula, context)]
    for convention in CONVENTIONS:
        exact = 1 + log(excess_of(convention).subs(X, sympy.exp(-4 * sym.eta))) / (2 * sym.eta)
        limits = (
            sympy.limit(exact, sym.eta, sympy.oo),
            sympy.limit(formula.series(1, convention), sym.alpha, 0, "+"),
        )
        links += [vanishes(limit - 1, what="ρ tends to 1", random=context.random()) for limit in limits]
    return weakest(links)


def converging_times(formula: Clock, instance: Instance) -> Evidence:
    """The powers with which the worst relative distance of one problem's jump times to their limit falls."""
    problem = instance["problem"]
    path = certified_path(problem)
    if not path:
        return Evidence.inconclusive("y orthogonal to every column: no jump, nothing to converge")
    off = dict.fromkeys(CONVENTIONS, 0.0)
    for convention in CONVENTIONS:
        measured = _distances(formula, problem, path, convention)
        if measured is None:
            witness = design_witness(problem, f"another number of jumps ({convention})")
            return Evidence.refuted("the jumps are not those of the limit", witness, instances=1)
        power = fit_power(*measured)
        off[convention] = abs(power.exponent - _EXPECTED[convention]) + power.uncertainty
        if not off[convention] < _OFF:
            what = f"power {power} instead of {_EXPECTED[convention]} ({convention})"
            return Evidence.refuted("no such convergence", design_witness(problem, what), instances=1)
    detail = "distance to the limit falls as α⁴/log(1/α) (paper) and 1/log(1/α) (slides), α = 1e-2 … 1e-1000"
    return Evidence.of(Level.CONVERGED, detail, instances=1, **{f"exponent_off_{k}": v for k, v in off.items()})


def observed_rate(formula: Clock, context: Context, *, count: int) -> Evidence:
    """The worst relative distance of the jump times to their limit, over decades, and the power it falls with.

    Paper: α⁴/(2 log(1/α)), so (distance × log(1/α)) falls as α⁴. Slides: log 2/(2 log(1/α)), so the distance falls as
    the first power of 1/log(1/α). Balls carry 4000 bits: at α = 1e-100 the paper's distance is 1e-403.
    """
    number, detail = 0, ""
    worst = {f"exponent_off_{convention}": 0.0 for convention in CONVENTIONS}
    for problem in with_leavers_first(context.instances(count)):
        one = converging_times(formula, {"problem": problem})
        if one.outcome is Outcome.INCONCLUSIVE:
            continue
        number += 1
        if one.level is None:
            return replace(one, instances=number)
        worst, detail = {name: max(worst[name], one.figures[name]) for name in worst}, one.detail
    return Evidence.of(Level.CONVERGED, detail, instances=number, **worst)


_EXPECTED = {"paper": 4, "slides": 1}
_DECADES = {"paper": ("1e-2", "1e-5", "1e-10", "1e-30", "1e-100"), "slides": ("1e-2", "1e-10", "1e-100", "1e-1000")}
_OFF = 1e-6
"""The next terms of either series are of relative size α⁴, below 1e-7 from α = 1e-2 on; they tilt the line by less."""


def _distances(
    formula: Clock, problem: DiagonalNetwork, path: Sequence[Knot], convention: Convention
) -> tuple[list[float], list[float]] | None:
    """Logarithms of the small parameter and of the worst distance; None if there are other jumps."""
    small, distances = [], []
    for scale in map(InitScale, _DECADES[convention]):
        with flint.ctx.workprec(4000):
            jumps = formula.jumps(problem, scale, convention)
            if len(jumps) != len(path):
                return None
            off = [abs(time / ball(knot.time) - 1) for (time, _), knot in zip(jumps, path, strict=True)]
            log_inverse, farthest = scale.log_inverse_ball(), max(off, key=lambda distance: distance.mid())
            if convention == "paper":
                small.append(-float(log_inverse))
                distances.append(float((farthest * log_inverse).log()))
            else:
                small.append(-float(log_inverse.log()))
                distances.append(float(farthest.log()))
    return small, distances
