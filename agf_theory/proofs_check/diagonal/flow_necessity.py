"""What general position is for in DIAG-09 and DIAG-10: problems outside it, at which the stated rate fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale, zoo
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.diagonal.generic import flow_jumps
from agf_theory.proofs_check.diagonal.limiting_path import certified_path
from agf_theory.proofs_check.diagonal.reference_path import Knot, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance, Relation
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["DIAG_09_NEEDS", "DIAG_10_NEEDS"]

SCALES = ("1e-100", "1e-300", "1e-1000")

DRIFTS = 0.1
"""Least change of error × log(1/α) over an e-fold of log(1/α) that counts as no constant.

In general position it is a power of α, which from 1e-100 to 1e-1000 is below 1e-4; the fitted slope of the witness is
stable to a few per cent, and 0.1 lies far from either.
"""

SPREAD = 1e-3
"""Allowed relative spread of error × log(1/α) if the error is of order one in 1/log(1/α); integrated to 1e-9."""


def no_constant(formula: Any, witness: Mapping[str, Any]) -> Evidence:
    """A gradient of exactly zero at a bound lets a leaver fall as a power of time, not exponentially.

    Its logarithm, and with it the time of a later jump, then changes with log log(1/α): error × log(1/α) drifts.
    """
    problem = zoo.get(witness["problem"], DiagonalNetwork)
    limits = np.array([float(knot.time) for knot in formula.path(problem)])
    flows = [flow_jumps(problem, InitScale(scale)) for scale in SCALES]
    if any(len(flow.times) != len(limits) for flow in flows):
        return Evidence.inconclusive("another number of jumps", counts=[len(flow.times) for flow in flows])
    logs = np.array([InitScale(scale).log_inverse for scale in SCALES])
    scaled = np.array([(flow.times - limits)[-1] for flow in flows]) * logs
    slopes = np.diff(scaled) / np.diff(np.log(logs))
    steady = bool(np.ptp(slopes) <= 0.1 * np.max(np.abs(slopes)))
    fails = bool(np.min(np.abs(slopes)) > DRIFTS and steady)
    detail = f"error × log(1/α) of the last jump drifts with log log(1/α), α = {SCALES[0]} … {SCALES[-1]}"
    figures = {"scaled_errors": scaled.round(6), "per_e_fold": slopes.round(6)}
    return failure(fails, Level.CONVERGED, detail, witness, **figures)


def first_order_error(formula: Any, witness: Mapping[str, Any]) -> Evidence:
    """The time of the last jump, corrected against integrated: their difference is of order 1/log(1/α)."""
    problem = zoo.get(witness["problem"], DiagonalNetwork)
    logs = np.array([InitScale(scale).log_inverse for scale in SCALES])
    # `corrected_sequence` knows the hypothesis and refuses; what it would say without it is what fails
    unguarded = numeric.Corrections(one_arrival_at_a_time=False)
    sequences = [formula(problem, InitScale(scale), corrections=unguarded) for scale in SCALES]
    pairs = [(s, flow_jumps(problem, InitScale(scale))) for s, scale in zip(sequences, SCALES, strict=True)]
    if not all(sequence.complete for sequence, _ in pairs):
        return Evidence.inconclusive("the corrected sequence stops")
    errors = np.array([float(sequence.jump_times[-1]) - flow.times[-1] for sequence, flow in pairs])
    figures = {
        "corrected_jumps": [len(sequence.jump_times) for sequence, _ in pairs],
        "jumps_of_the_flow": [len(flow.times) for _, flow in pairs],
        "scaled_errors": (errors * logs).round(6),
    }
    scaled = np.abs(errors) * logs
    if not np.min(np.abs(errors)) > 1e-8:  # what the flow is integrated to, with a margin of ten
        return failure(False, Level.CONVERGED, "the corrected times miss the flow", witness, **figures)
    power = fit_power(-np.log(logs), np.log(np.abs(errors)))
    detail = f"the time of the last jump is off as 1/log(1/α) to the power {power}, α = {SCALES[0]} … {SCALES[-1]}"
    return failure(bool(np.ptp(scaled) < SPREAD * np.max(scaled)), Level.CONVERGED, detail, witness, **figures)


def _path(instance: Instance) -> tuple[DiagonalNetwork, tuple[Knot, ...]]:
    problem = zoo.get(instance["problem"], DiagonalNetwork)
    return problem, certified_path(problem)


def _no_gradient_vanishes_at_a_bound(instance: Instance) -> bool:
    problem, path = _path(instance)
    loss = quadratic_of(problem)
    return all(
        slope != 0
        for knot in path[:-1]
        for slope, s, beta in zip(loss.gradient(knot.coefficients), knot.dual, knot.coefficients, strict=True)
        if abs(s) == 1 and beta == 0
    )


def _one_arrives_at_a_time(instance: Instance) -> bool:
    problem, path = _path(instance)
    inside = [True] * problem.d
    for knot in path:
        arrives = [abs(s) == 1 and was_inside for s, was_inside in zip(knot.dual, inside, strict=True)]
        if sum(arrives) > 1:
            return False
        inside = [abs(s) < 1 for s in knot.dual]
    return True


DIAG_09_NEEDS = (
    Necessity(
        Relation("no gradient vanishes at a bound", _no_gradient_vanishes_at_a_bound),
        {"problem": "waits-at-threshold"},
        no_constant,
        (Relation("one coordinate reaches its threshold at a time", _one_arrives_at_a_time),),
    ),
)
DIAG_10_NEEDS = (
    Necessity(
        Relation("one coordinate reaches its threshold at a time", _one_arrives_at_a_time),
        {"problem": "tie-one-stays-at-zero"},
        first_order_error,
        (Relation("no gradient vanishes at a bound", _no_gradient_vanishes_at_a_bound),),
    ),
)
