"""DIAG-09: gradient flow tends to the limiting sequence, as 1/log(1/α)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.flow_necessity import DIAG_09_NEEDS
from agf_theory.proofs_check.diagonal.generic import GENERAL_POSITION, flow_jumps, general_problems, joiners
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Rules, follow
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["DIAG_09", "LimitOfFlow"]

FITTED = ("1e-100", "1e-200", "1e-300", "1e-600", "1e-1000")
"""Scales that the rate is fitted to: above, powers of α are not yet negligible."""

ORDERED = ("1e-4", "1e-8", "1e-16", "1e-30", "1e-1000")
"""Scales at which the order of the jumps is looked at."""

OFF = 0.02
"""Allowed distance of the fitted exponent from the stated one, uncertainty included.

The terms left out fall as a power of α: on the shortest plateaus of these designs, which are twice as long as their own
corrections at 1e-100, they are 3e-3 of the error there and tilt the line by about as much; 1e-5 is typical. Times are
integrated and read off to 1e-9, which is 1e-4 of the smallest error that is fitted.
"""

SMALLEST_CONSTANT = 0.02
"""Least size of error × log(1/α), relative to the jump time, that is fitted: below, it is zero by accident."""


@dataclass(frozen=True)
class LimitOfFlow:
    """What gradient flow tends to, and how fast.

    Attributes
    ----------
    path : function of a problem
        The saddles of the limit.
    order : int
        The jump times miss their limit by a constant times 1/log(1/α) to this power.
    """

    path: Callable[[DiagonalNetwork], Sequence[Knot]]
    order: int = 1


def rate_of_convergence(formula: LimitOfFlow, instance: Instance) -> Evidence:
    """Integrated gradient flow on one problem against the limit, jump by jump, at the scales of `FITTED`."""
    problem = instance["problem"]
    path = formula.path(problem)
    errors = _errors(problem, path)
    if isinstance(errors, str):
        witness = design_witness(problem, f"the flow at α = {errors} jumps otherwise")
        if errors == FITTED[-1]:
            return Evidence.refuted("gradient flow does not follow the limit", witness, instances=1)
        return Evidence.inconclusive(f"the order of the limit is not reached by α = {errors}", design=witness)
    logs = np.array([np.log(InitScale(scale).log_inverse) for scale in FITTED])
    constants, worst, spread, skipped = [], 0.0, 0.0, 0
    for k, row in enumerate(errors.T, start=1):
        scaled = np.abs(row) * np.exp(formula.order * logs)
        if scaled[-1] < SMALLEST_CONSTANT * path[k - 1].time:
            skipped += 1
            continue
        power = fit_power(-logs, np.log(np.abs(row)))
        off = abs(power.exponent - formula.order) + power.uncertainty
        worst = max(worst, off)
        constants.append(round(float(row[-1] * np.exp(formula.order * logs[-1])), 6))
        spread = max(spread, float(np.std(scaled) / scaled[-1]))
        if not off < OFF:  # of this jump: a maximum with a NaN may be the other number
            witness = design_witness(problem, f"jump {k}: error falls with the power {power} of 1/log(1/α)")
            return Evidence.refuted("another rate", {**witness, "errors": row}, instances=1)
    if not constants:
        return Evidence.inconclusive("no jump is off by enough for a fit")
    figures = {
        "exponent_off": worst,
        "constants": constants,
        "relative_spread_of_constants": spread,
        "jumps_not_fitted": skipped,
    }
    return Evidence.of(Level.CONVERGED, "error × log(1/α) tends to a constant", instances=1, **figures)


def fitted_rate(formula: LimitOfFlow, context: Context, *, count: int) -> Evidence:
    """Integrated gradient flow against the limit, jump by jump, at the scales of `FITTED`.

    Another order of jumps refutes the limit only at the smallest scale; at a larger one the rate cannot be fitted.
    """
    number, constants, worst, spread, skipped, idle = 0, [], 0.0, 0.0, 0, 0
    for number, problem in enumerate(general_problems(context, count), start=1):
        one = rate_of_convergence(formula, {"problem": problem})
        if one.level is None and one.figures.get("design", one.witness):
            return replace(one, instances=one.instances and number)
        if one.level is None:
            idle += 1
            continue  # nothing to fit, and nothing against the rate
        skipped += one.figures["jumps_not_fitted"]
        constants += one.figures["constants"]
        worst = max(worst, one.figures["exponent_off"])
        spread = max(spread, one.figures["relative_spread_of_constants"])
    fitted = len(constants)
    detail = f"error × log(1/α) of {fitted} jumps tends to a constant, fitted from α = {FITTED[0]} to {FITTED[-1]}"
    figures = {"exponent_off": worst, "constants": constants, "relative_spread_of_constants": spread}
    figures |= {"jumps_not_fitted": skipped, "problems_not_fitted": idle}
    return Evidence.of(Level.CONVERGED, detail, instances=number - idle, **figures)


def _errors(problem: DiagonalNetwork, path: Sequence[Knot]) -> NDArray[np.float64] | str:
    """Jump times of the flow minus those of the path, by scale and jump; or the smallest α with another order."""
    order, limit = joiners(path), np.array([float(knot.time) for knot in path])
    flows = [flow_jumps(problem, InitScale(scale)) for scale in FITTED]
    for scale, flow in reversed(list(zip(FITTED, flows, strict=True))):
        if not flow.follows(order):
            return scale
    return np.array([flow.times - limit for flow in flows])


def observed_order(formula: LimitOfFlow, context: Context, *, count: int) -> Evidence:
    """From which α on gradient flow jumps in the order of the limit; at the smallest it must."""
    number, first = 0, dict.fromkeys(ORDERED, 0)
    for number, problem in enumerate(general_problems(context, count), start=1):
        path = formula.path(problem)
        follows = [flow_jumps(problem, InitScale(scale)).follows(joiners(path)) for scale in ORDERED]
        if not follows[-1]:
            witness = design_witness(problem, f"another order of jumps at α = {ORDERED[-1]}")
            return Evidence.refuted("gradient flow does not follow the limit", witness, instances=number)
        settled = max((i + 1 for i, same in enumerate(follows) if not same), default=0)
        first[ORDERED[settled]] += 1
    detail = f"the order of the limit is reached by α = {ORDERED[-1]} on every problem"
    return Evidence.of(Level.CONVERGED, detail, instances=number, problems_settled_at=first)


_LIMIT = LimitOfFlow(certified_path)


def _limit_by(rules: Rules) -> LimitOfFlow:
    return LimitOfFlow(partial(follow, rules=rules))


OTHER_LIMITS = tuple(name for name in WRONG_RULES if name != "ties-broken")
"""Where nobody ties, one arrival at a time is the rule."""

DIAG_09 = Claim(
    id="DIAG-09",
    system="diagonal",
    title="gradient flow tends to the limiting sequence",
    statement="As α tends to zero gradient flow tends to the limiting sequence; for data in general position its jump "
    "times miss their limit by a constant times 1/log(1/α).",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("pesme2023", "Theorem 2 (convergence); the rate: this project"),
    hypotheses=GENERAL_POSITION,
    formula=_LIMIT,
    checks=(
        Check("fitted rate", partial(fitted_rate, count=5), time_limit=120),
        Check("order of jumps", partial(observed_order, count=2), time_limit=120),
        Check("many fitted rates", partial(fitted_rate, count=25), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant("order-two", replace(_LIMIT, order=2), "error of order 1/log(1/α)²"),
        *path_mutants(_limit_by, OTHER_LIMITS),
    ),
    remark="The rate is exact to all orders: see DIAG-10.",
    necessity=DIAG_09_NEEDS,
    probes=(Probe("rate of convergence", rate_of_convergence, examples=150),),
)
