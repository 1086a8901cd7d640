"""Checks of a staircase of commuting moments: series, balls, the published recursion, integrated flows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint
import numpy as np
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.errors import UndecidedError
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import as_rational
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.linear.balanced_staircase import PRECISION, balanced_map, balanced_weights
from agf_theory.proofs_check.linear.commuting_problems import CommutingNetwork
from agf_theory.proofs_check.linear.matrix_series import flow_series, number_series
from agf_theory.proofs_check.linear.staircase_formulas import Plateau, StaircaseFormulas, initial_loss, plateaus
from agf_theory.proofs_check.linear.weighted_networks import WeightedNetwork

__all__ = [
    "aligned_network",
    "balanced_plateaus",
    "generic_starts",
    "plateaus_of_an_aligned_network",
    "power_series",
    "published_recursion",
]

ORDER = 5
"""Powers of time up to which series are compared."""

SMALL = Fraction(1, 10**6)
"""Distance from the plateau that is allowed in balls: at the scales below it is smaller than 1e-9."""

ALIGNED_SCALE = 1000
BALANCED_SCALE = 150
"""log(1/ε) of the plateaus in balls: neighbouring σ differ by 30 %, so that modes are learned or dormant there to
e^(−0.23·150) < 1e-14, times the squares of overlaps."""

SCALES = ("1e-15", "1e-30")
"""Between which slopes are taken: the O(1) terms of the times cancel. Smaller scales are no better: where σ and μ have
different orders a saddle is unstable within its rank, at a rate g up to σ/2, and the integrator's errors grow with
e^(g t) on a plateau."""

SLOPE = 1e-5
"""Of a slope against 1/σ_k, relative: what is left out of the times is below e^(−2·0.23·34) < 2e-7, and times are read
off to 1e-8, over a difference of log(1/ε) of 34; the growth just said is allowed a factor of a hundred."""

LEVEL = 1e-4
"""Of a loss on a plateau, relative to that of the zero map: in the middle of the shortest plateaus at 1e-30 modes are
learned or dormant to e^(−0.23·69) = 1e-7, times squares of overlaps and ratios of falls."""


def _series_of_the_strength(formula: StaircaseFormulas, network: CommutingNetwork, k: int) -> flint.fmpq_series:
    """The strength in powers of t for ε = 1/2 and an overlap √2 (k + 1)/2."""
    half = as_rational(Fraction(k + 1, 2))
    numbers = {sym.sigma_k: as_rational(network.sigma[k]), sym.variance: as_rational(network.variances[k])}
    numbers |= {sym.log_inverse: sympy.log(2), sym.overlap: sympy.sqrt(2) * half}
    return number_series(formula.aligned_strength().subs(numbers), sym.t)


def power_series(formula: StaircaseFormulas, context: Context) -> Evidence:
    """Aligned networks: the power series in time of every entry of the map, by the weights' equations, in fractions.

    Nothing in the weights' equations knows of modes; entries between different modes have to stay zero.
    """
    count = 0
    for count, instance in enumerate(context.instances(6), start=1):
        network: CommutingNetwork = instance["network"]
        size = len(network.sigma)
        sizes = flint.fmpq_mat(size, size)
        for k in range(size):
            sizes[k, k] = flint.fmpq(k + 1, 4)
        problem, hidden = network.problem, network.left
        weights = network.left * sizes * hidden, hidden.transpose() * sizes * network.right.transpose()
        weighted = WeightedNetwork(problem.rational_sigma_xx, problem.rational_sigma_yx, *weights)
        seen = _strength_series(network, weighted)
        for k in range(size):
            try:
                claimed = _series_of_the_strength(formula, network, k)
            except (ValueError, ZeroDivisionError) as wrong:
                witness = {**network.as_record(), "found": str(wrong)}
                return Evidence.refuted("no rational power series, as that of the flow is", witness, instances=count)
            for n in range(ORDER + 1):
                row = [seen[n][k, j] for j in range(size)]
                off_diagonal = any(entry != 0 for j, entry in enumerate(row) if j != k)
                if off_diagonal or row[k] != claimed[n]:
                    witness = {**network.as_record(), "mode": k + 1, "power of t": n, "flow": list(map(str, row))}
                    witness["claimed"] = str(claimed[n])
                    return Evidence.refuted("another power series in time", witness, instances=count)
    detail = f"power series of the map in time to order {ORDER}, whole networks, in fractions"
    return Evidence.of(Level.EXACT, detail, instances=count)


def _strength_series(network: CommutingNetwork, weighted: WeightedNetwork) -> list[flint.fmpq_mat]:
    """Coefficients of Uᵀ B V."""
    size, theta = len(network.sigma), flow_series(weighted, ORDER)
    layers = [(_rows(term, 0, size), _rows(term, size, 2 * size).transpose()) for term in theta]
    found = []
    for n in range(ORDER + 1):
        total = flint.fmpq_mat(size, size)
        for i in range(n + 1):
            total = total + layers[i][0] * layers[n - i][1]
        found.append(network.left.transpose() * total * network.right)
    return found


def _rows(matrix: flint.fmpq_mat, low: int, high: int) -> flint.fmpq_mat:
    return flint.fmpq_mat(matrix.tolist()[low:high])


def plateaus_of_an_aligned_network(formula: StaircaseFormulas, instance: Instance) -> Evidence:
    """One aligned network in balls at log(1/ε) = 1000: strengths and loss in the middle of every plateau."""
    network: CommutingNetwork = instance["network"]
    try:
        staircase = plateaus(formula, network)
    except ValueError as wrong:
        return Evidence.refuted("a number is not rational", {"found": str(wrong)}, instances=1)
    for plateau in staircase:
        with flint.ctx.workprec(512):
            strengths = [_strength(formula, network, k, plateau.middle) for k in range(len(network.sigma))]
            wrong_at = _first_off(network, plateau, strengths)
        if wrong_at:
            witness = {**network.as_record(), "τ": plateau.middle, "learned": plateau.learned, **wrong_at}
            return Evidence.refuted("another plateau", witness, instances=1)
    rises = [second.start - first.start for first, second in pairwise(staircase)]
    if not all(rise > 0 for rise in rises):
        return Evidence.refuted("jump times out of order", {**network.as_record(), "waits": rises}, instances=1)
    detail = f"strengths and losses of plateaus at log(1/ε) = {ALIGNED_SCALE}, in balls, to {float(SMALL):g}"
    return Evidence.of(Level.CERTIFIED, detail, instances=1)


def _strength(formula: StaircaseFormulas, network: CommutingNetwork, k: int, time: Fraction) -> flint.arb:
    values = {sym.sigma_k: network.sigma[k], sym.variance: network.variances[k], sym.overlap: Fraction(k + 1)}
    values |= {sym.log_inverse: Fraction(ALIGNED_SCALE), sym.t: time * ALIGNED_SCALE}
    return ball_value(formula.aligned_strength(), values)


def _first_off(network: CommutingNetwork, plateau: Plateau, strengths: list[flint.arb]) -> dict[str, Any]:
    """What differs from the plateau, if anything does."""
    for k, (seen, claimed) in enumerate(zip(strengths, plateau.strengths, strict=True)):
        if not _close(seen, claimed):
            return {"mode": k + 1, "strength": seen.str(8), "claimed": claimed}
    loss = flint.arb(0)
    for s, v, strength in zip(network.sigma, network.variances, strengths, strict=True):
        off = strength - ball(s / v)
        loss += ball(v) * off * off / 2
    claimed_loss = initial_loss(network) - plateau.fallen
    if not _close(loss, claimed_loss):
        return {"loss": loss.str(8), "claimed": claimed_loss}
    return {}


def _close(seen: flint.arb, claimed: Fraction) -> bool:
    """Whether a ball lies within `SMALL` of a number; raises `UndecidedError` if it may, and may not."""
    off = abs(seen - ball(claimed))
    if not (off < ball(SMALL) or off > ball(SMALL)):
        raise UndecidedError(f"a ball narrower than {float(SMALL):g} is required, got {seen.str(5)}")
    return bool(off < ball(SMALL))


def aligned_network(formula: StaircaseFormulas, context: Context) -> Evidence:
    """Aligned networks in balls: in the middle of every plateau the stated modes are learned, at the stated loss."""
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(15), start=1):
        one = plateaus_of_an_aligned_network(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.CERTIFIED, detail, instances=count)


def balanced_plateaus(formula: StaircaseFormulas, context: Context, *, count: int) -> Evidence:
    """Whitened networks from balanced starts in balls, by the matrix Riccati solution: the map on every plateau."""
    number = 0
    for number, instance in enumerate(context.instances(count), start=1):
        network: CommutingNetwork = instance["network"]
        weighted = balanced_weights(network)
        try:
            staircase = plateaus(formula, network)
        except ValueError as wrong:
            return Evidence.refuted("a number is not rational", {"found": str(wrong)}, instances=number)
        for plateau in staircase:
            with flint.ctx.workprec(PRECISION):
                scale = flint.arb(BALANCED_SCALE)
                found = balanced_map(weighted, scale, scale * ball(plateau.middle))
                strengths = flint.arb_mat(network.left.transpose()) * found * flint.arb_mat(network.right)
                wrong_at = _entry_off(strengths, plateau)
            if wrong_at:
                witness = {**network.as_record(), "τ": plateau.middle, "learned": plateau.learned, **wrong_at}
                return Evidence.refuted("another map on a plateau", witness, instances=number)
    detail = f"maps on plateaus from balanced starts at log(1/ε) = {BALANCED_SCALE}, in balls, to {float(SMALL):g}"
    return Evidence.of(Level.CERTIFIED, detail, instances=number)


def _entry_off(strengths: flint.arb_mat, plateau: Plateau) -> dict[str, Any]:
    """The first entry of Uᵀ B V that is not the plateau's."""
    size = len(plateau.strengths)
    for i in range(size):
        for j in range(size):
            claimed = plateau.strengths[i] if i == j else Fraction(0)
            if not _close(strengths[i, j], claimed):
                return {"entry": (i + 1, j + 1), "strength": strengths[i, j].str(8), "claimed": claimed}
    return {}


def published_recursion(formula: StaircaseFormulas, context: Context, *, count: int) -> Evidence:
    """The recursion in fractions, and both numeric staircases: the same iff the orders of σ and of μ are."""
    number, kinds = 0, {"same order": 0, "another order": 0}
    for number, instance in enumerate(context.instances(count), start=1):
        network: CommutingNetwork = instance["network"]
        falls = [s * s / v for s, v in zip(network.sigma, network.variances, strict=True)]
        if len(set(falls)) < len(falls):
            continue  # which of two equal falls the recursion takes first is not said
        ours = [(plateau.start, plateau.learned) for plateau in plateaus(formula, network)[1:]]
        theirs = _recursion(network, falls)
        same_order = falls == sorted(falls, reverse=True)
        kinds["same order" if same_order else "another order"] += 1
        if (ours == theirs) != same_order:
            witness = {**network.as_record(), "staircase": ours, "recursion": theirs}
            return Evidence.refuted("agreement is not that of the orders", witness, instances=number)
        for rule, times in (("recursion", theirs), ("blocks", ours)):
            sequence = numeric.limiting_sequence(network.problem, rule="recursion" if rule == "recursion" else "blocks")
            off = np.abs(sequence.jump_times - np.array([float(time) for time, _ in times])).max()
            if not off < 1e-9:  # a few hundred roundings of times below ten
                witness = {**network.as_record(), "rule": rule, "times": sequence.jump_times, "claimed": times}
                return Evidence.refuted("a numeric staircase has other times", witness, instances=number)
    if not all(kinds.values()):
        return Evidence.inconclusive("one of the two orders did not occur", kinds=kinds)
    return Evidence.of(
        Level.EXACT, "the recursion agrees iff the orders do, in fractions", instances=number, kinds=kinds
    )


def _recursion(network: CommutingNetwork, falls: list[Fraction]) -> list[tuple[Fraction, tuple[int, ...]]]:
    """The published recursion where everything is diagonal: modes leave the residual in the order of μ."""
    order = sorted(range(len(falls)), key=lambda k: -falls[k])
    rates = [sorted((network.sigma[k] for k in order[i:]), reverse=True) for i in range(len(order))]
    waits: list[Fraction] = []
    for k in range(1, len(order) + 1):
        grown = sum((rates[i][k - i - 1] * waits[i] for i in range(k - 1)), Fraction(0))
        waits.append((1 - grown) / rates[k - 1][0])
    times = [sum(waits[: k + 1], Fraction(0)) for k in range(len(waits))]
    return [(time, tuple(order[: k + 1])) for k, time in enumerate(times)]


def generic_starts(formula: StaircaseFormulas, context: Context, *, count: int) -> Evidence:
    """Integrated flows from Gaussian starts: slopes of half times between two scales, and the losses of plateaus."""
    number, worst, off_level = 0, 0.0, 0.0
    for number, instance in enumerate(context.instances(count), start=1):
        network: CommutingNetwork = instance["network"]
        found = _slopes_and_levels(network, plateaus(formula, network))
        claimed = [float(plateau.start) for plateau in plateaus(formula, network)[1:]]
        order = plateaus(formula, network)[-1].learned
        slopes = float(np.abs(found[0][list(order)] / claimed - 1).max())
        if not (slopes <= SLOPE and found[1] <= LEVEL):
            witness = {**network.as_record(), "slopes": found[0], "claimed": claimed, "levels off by": found[1]}
            return Evidence.refuted("integrated flows have another staircase", witness, instances=number)
        worst, off_level = max(worst, slopes), max(off_level, found[1])
    detail = (
        f"slopes of jump times between ε = {SCALES[0]} and {SCALES[1]}, and losses of plateaus, from Gaussian starts"
    )
    return Evidence.of(Level.CONVERGED, detail, instances=number, worst_slope=worst, worst_level=off_level)


def _slopes_and_levels(network: CommutingNetwork, staircase: tuple[Plateau, ...]) -> tuple[Any, float]:
    problem, times, logs = network.problem, [], []
    for text in SCALES:
        scale = InitScale(text)
        flow = numeric.gradient_flow(problem, scale, start=network.start, tolerance=1e-11)
        times.append(numeric.half_strength_times(problem, flow) * scale.log_inverse)
        logs.append(scale.log_inverse)
    instants = [float(plateau.middle) for plateau in staircase[:-1]]
    at_rest = min(float(staircase[-1].middle), float(flow.times[-1]))
    maps = flow.at(np.clip([*instants, at_rest], 0, flow.times[-1]))
    first = float(initial_loss(network))
    best = problem.sigma_yx @ np.linalg.inv(problem.sigma_xx)
    losses = np.einsum("kij,jl,kil->k", maps - best, problem.sigma_xx, maps - best) / 2
    claimed = np.array([first - float(plateau.fallen) for plateau in staircase])
    return (times[1] - times[0]) / (logs[1] - logs[0]), float(np.abs(losses - claimed).max() / first)
