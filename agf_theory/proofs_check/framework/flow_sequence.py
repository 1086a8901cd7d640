"""FRM-08: gradient flow follows the alternating sequence; so far, on diagonal networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.generic import GENERAL_POSITION, flow_jumps, general_problems, joiners
from agf_theory.proofs_check.diagonal.limiting_path import design_witness
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Rules, follow, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.framework.necessity import FRM_08_NEEDS
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["FRM_08", "Drops"]

SCALES = ("1e-60", "1e-100", "1e-200", "1e-300", "1e-1000")

HEIGHT = 1e-8
"""Allowed error of a loss level, relative to the initial loss: the integrator's 1e-10, with a margin of a hundred."""

FALLS = 0.9
"""Least power of 1/log(1/α) with which a jump time may approach its prediction; errors below 1e-8 are not fitted."""


@dataclass(frozen=True, eq=False)
class Drops:
    """Order, times and heights of the drops of the loss that are predicted."""

    order: tuple[frozenset[int], ...]
    times: NDArray[np.float64]
    levels: NDArray[np.float64]


Prediction = Callable[[DiagonalNetwork, InitScale], Drops]


def alternating_drops(problem: DiagonalNetwork, init_scale: InitScale) -> Drops:
    """The drops of alternating gradient flows on a diagonal network."""
    sequence = numeric.alternating_gradient_flows(problem, init_scale)
    order = tuple(frozenset(event.entered) for event in sequence.events)
    return Drops(order, np.asarray(sequence.jump_times), np.asarray(sequence.loss_levels))


def followed_by_the_flow(formula: Prediction, instance: Instance) -> Evidence:
    """Integrated gradient flow on one problem against the prediction at the same α, from 1e-60 to 1e-1000."""
    problem, highest = instance["problem"], 0.0
    errors, start = [], float(problem.y @ problem.y) / (2 * problem.n)
    smallest, *larger = map(InitScale, reversed(SCALES))
    for scale in (smallest, *larger):
        drops, flow = formula(problem, scale), flow_jumps(problem, scale)
        if not flow.follows(drops.order):
            witness = {**design_witness(problem, "another order"), "α": str(scale)}
            if scale == smallest:
                return Evidence.refuted("gradient flow drops in another order", witness, instances=1)
            return Evidence.inconclusive("another order at a scale that is fitted", design=witness)
        errors.append(np.abs(drops.times - flow.times) / flow.times)
        if scale == smallest:  # larger ones still miss the height by a power of α
            highest = float(np.max(np.abs(drops.levels - flow.losses))) / start
    if not highest <= HEIGHT:
        witness = design_witness(problem, f"a loss level is off by {highest:.3g} of the initial loss")
        return Evidence.refuted("gradient flow drops to another height", witness, instances=1)
    power = _slowest(np.array(errors))
    if not power >= FALLS:
        witness = design_witness(problem, f"a jump time approaches as 1/log(1/α) to the {power:.3g}")
        return Evidence.refuted("gradient flow drops at other times", witness, instances=1)
    if not np.isfinite(power):
        return Evidence.inconclusive("every time is met to the integrator's error: nothing falls", figures=errors)
    detail = "order, times and heights of every drop converge, on diagonal networks only"
    return Evidence.of(Level.CONVERGED, detail, instances=1, least_power=power, worst_height=highest)


def on_diagonal_networks(formula: Prediction, context: Context, *, count: int) -> Evidence:
    """Integrated gradient flow against the prediction at the same α, from 1e-60 to 1e-1000.

    Another order refutes at the smallest scale only: at a larger one the limit may simply not be near.
    """
    number, slowest, highest, detail = 0, np.inf, 0.0, ""
    for number, problem in enumerate(general_problems(context, count), start=1):
        one = followed_by_the_flow(formula, {"problem": problem})
        if one.level is None:
            return replace(one, instances=one.instances and number)
        detail, highest = one.detail, max(highest, one.figures["worst_height"])
        slowest = min(slowest, float(one.figures["least_power"]))
    return Evidence.of(Level.CONVERGED, detail, instances=number, least_power=slowest, worst_height=highest)


def _slowest(errors: NDArray[np.float64]) -> float:
    """The least power of 1/log(1/α) with which any jump's error, one a column, falls."""
    logs = [-np.log(InitScale(scale).log_inverse) for scale in reversed(SCALES)]
    powers = [fit_power(logs, np.log(column)).exponent for column in errors.T if not column[0] <= HEIGHT]
    return float(np.min(powers, initial=np.inf))  # NaN if one is, which min() may pass over


def _changed(times: float, levels: float) -> Prediction:
    def drops(problem: DiagonalNetwork, init_scale: InitScale) -> Drops:
        right = alternating_drops(problem, init_scale)
        return Drops(right.order, times * right.times, levels * right.levels)

    return drops


def _greatest_gradient_first(problem: DiagonalNetwork, init_scale: InitScale) -> Drops:
    right = alternating_drops(problem, init_scale)
    gradient = np.abs(problem.X.T @ problem.y)
    ranked = sorted(right.order, key=lambda who: -max(gradient[list(who)]))
    return Drops(tuple(ranked), right.times, right.levels)


def _levels(change: Callable[[NDArray[np.float64], float], NDArray[np.float64]]) -> Prediction:
    def drops(problem: DiagonalNetwork, init_scale: InitScale) -> Drops:
        right = alternating_drops(problem, init_scale)
        return Drops(right.order, right.times, change(right.levels, float(problem.y @ problem.y) / (2 * problem.n)))

    return drops


def _drops_by(rules: Rules) -> Prediction:
    """The limit, in exact fractions, by rules one of which is wrong; its clock differs from the right one by α⁴."""

    def drops(problem: DiagonalNetwork, init_scale: InitScale) -> Drops:
        path, loss = follow(problem, rules), quadratic_of(problem)
        start = sum((t * t for t in problem.rational_y.entries()), flint.fmpq(0)) / (2 * problem.n)
        levels = [float(loss.loss(knot.coefficients)) + float(Fraction(int(start.p), int(start.q))) for knot in path]
        return Drops(tuple(joiners(path)), np.array([float(knot.time) for knot in path]), np.array(levels))

    return drops


FRM_08 = Claim(
    id="FRM-08",
    system="framework",
    title="gradient flow follows the alternating sequence",
    statement="As α tends to zero gradient flow of a two-layer homogeneous network follows its sequence of alternating "
    "gradient flows in the order, rescaled time and height of every drop of the loss.",
    kind=Kind.LIMIT,
    status=Status.CONJECTURE,
    source=Source("kunin2025", "Section 3"),
    hypotheses=GENERAL_POSITION,
    formula=alternating_drops,
    checks=(Check("on diagonal networks", partial(on_diagonal_networks, count=4), time_limit=120),),
    mutants=(
        *path_mutants(_drops_by, (name for name in WRONG_RULES if name != "ties-broken")),
        Mutant(
            "levels-without-floor",
            _levels(lambda levels, start: levels - levels[-1]),
            "the last level is taken for zero",
        ),
        Mutant(
            "levels-before",
            _levels(lambda levels, start: np.array([start, *levels[:-1]])),
            "the level before each drop, not after it",
        ),
        Mutant("levels-relative", _levels(lambda levels, start: levels / start), "fractions of the initial loss"),
        Mutant("doubled-times", _changed(2.0, 1.0), "times of the loss without its factor 1/2"),
        Mutant("doubled-heights", _changed(1.0, 2.0), "heights of the loss without its factor 1/2"),
        Mutant("greatest-gradient-first", _greatest_gradient_first, "order of the utilities at the start"),
    ),
    remark="A theorem for diagonal networks (DIAG-09). For linear networks false neuron by neuron: there it is to be "
    "read for effective neurons. Below κ = 2 a neuron reaches norm one in bounded time however small α is, and "
    "there are no plateaus. General position serves the rate that is fitted: see DIAG-09.",
    equivalent={
        f"hypothesis dropped: {GENERAL_POSITION.conditions[-1]}": "General position lets a rate be seen at the scales "
        "that can be integrated; DIAG-09 states the limit for all data.",
    },
    necessity=FRM_08_NEEDS,
    probes=(Probe("followed by the flow", followed_by_the_flow, examples=150),),
)
