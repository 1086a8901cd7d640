"""LIN-13: the recursion for the staircase of irreducible moments, against gradient flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import flint
import numpy as np

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear import examine_conjecture, limiting_sequence, pre_flight
from agf_theory.numeric.linear.conjecture import number_of_blocks
from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.random_moments import Moments, network_of
from agf_theory.proofs_check.linear.recursion_variations import Staircase, recursion_mutants
from agf_theory.proofs_check.necessity import failure

__all__ = ["LIN_13", "published_recursion"]

SCALES = ("1e-10", "1e-20", "1e-40")
"""Slopes between log(1/ε) = 46 and 92; from 23 to 46 they tell whether they have converged."""

AT_WITNESSES = ("1e-30", "1e-60", "1e-120")
"""At witnesses of necessity, which are not drawn for their resolution."""

RESOLVED = 80.0
"""log(1/ε) from which every plateau of what is drawn has to be resolved: below the scales the slopes are taken from."""

FELT = 10.0
"""The same for weak couplings: the flow forgets about what the moments would do without them well above."""

SLOWEST = 12.0
"""Largest ratio of singular values that is drawn: the flow's time is log(1/ε)/σ_r, in steps of 1/σ_1."""


def published_recursion(problem: LinearNetwork) -> tuple[Any, Any]:
    """Jump times and levels as the numeric route has them, for the whole, whatever the moments are."""
    found = limiting_sequence(problem, rule="recursion")
    return found.jump_times, found.loss_levels


def flow_follows(formula: Staircase, instance: Instance, scales: Sequence[str] = SCALES) -> Evidence:
    """One problem: slopes of the jump times of gradient flow in log(1/ε), and its levels, against those stated."""
    problem = network_of(instance)
    times, levels = formula(problem)
    found = examine_conjecture(problem, scales=scales, seeds=(0,), predicted=(times, levels))
    if found.verdict == "undecided":
        return Evidence.inconclusive(found.reason)
    if found.verdict == "disagrees":
        witness = {
            "problem": Moments().encode(problem),
            "stated times": times,
            "slopes": found.measured.slopes,
            "stated levels": levels,
            "levels": found.measured.levels,
            "uncertainty": found.measured.uncertainty,
            "violated": _violated(found),
        }
        return Evidence.refuted("gradient flow has another staircase", witness, instances=1)
    figures = {"worst_slope_error": found.worst_error, "worst_uncertainty": float(found.measured.uncertainty.max())}
    return Evidence.of(Level.CONVERGED, "slopes and levels are those stated", instances=1, **figures)


def _violated(found: Any) -> str:
    if len(found.predicted_times) != len(found.measured.slopes):
        return f"{len(found.measured.slopes)} jumps, stated {len(found.predicted_times)}"
    off = np.abs(found.differences) / found.measured.uncertainty
    k = int(np.argmax(off))
    if off[k] >= 2:
        return f"jump {k + 1} at {found.measured.slopes[k]:.6f}, stated {found.predicted_times[k]:.6f}"
    k = int(np.argmax(np.abs(found.measured.levels - found.predicted_levels)))
    return f"level {k + 1} at {found.measured.levels[k]:.6f}, stated {found.predicted_levels[k]:.6f}"


def converged_slopes(formula: Staircase, context: Context, *, count: int) -> Evidence:
    """Slopes of the jump times of gradient flow from a random start, and its levels, problem by problem.

    Every plateau of what is drawn is resolved; an instance at which the flow decides nothing is not counted.
    """
    number, undecided, worst, uncertainty = 0, 0, 0.0, 0.0
    for number, instance in enumerate(context.instances(count), start=1):
        one = flow_follows(formula, instance)
        if one.witness is not None:
            return Evidence.refuted(one.detail, one.witness, instances=number)
        if one.level is None:
            undecided += 1
            continue
        worst = max(worst, one.figures["worst_slope_error"])
        uncertainty = max(uncertainty, one.figures["worst_uncertainty"])
    detail = f"slopes of jump times between ε = {SCALES[1]} and {SCALES[2]}, and levels, are those stated"
    figures = {"worst_slope_error": worst, "worst_uncertainty": uncertainty, "undecided": undecided}
    return Evidence.of(Level.CONVERGED, detail, instances=number - undecided, **figures)


def fails_at(formula: Staircase, witness: Mapping[str, Any]) -> Evidence:
    """The flow at the witness: resolved, converged, and not as stated."""
    one = flow_follows(formula, witness, AT_WITNESSES)
    if one.level is None and one.witness is None:
        return one
    detail = "gradient flow, its plateaus resolved and its slopes converged, has another staircase"
    figures = {k: v for k, v in (one.witness or {}).items() if k not in ("problem", "violated")}
    return failure(one.witness is not None, Level.CONVERGED, detail, witness, **figures)


def _irreducible(instance: Instance) -> bool:
    return number_of_blocks(network_of(instance)) == 1


def _falls_are_distinct(instance: Instance) -> bool:
    """Exact: the characteristic polynomial, less its zeros at zero, has no factor in common with its derivative."""
    problem = network_of(instance)
    cross = problem.rational_sigma_yx
    polynomial = (cross * problem.rational_sigma_xx.inv() * cross.transpose()).charpoly()
    coefficients = polynomial.coeffs()
    zeros = next(k for k, coefficient in enumerate(coefficients) if coefficient)
    positive = flint.fmpq_poly(coefficients[zeros:])
    return bool(positive.gcd(positive.derivative()).degree() == 0)


def _several_modes(instance: Instance) -> bool:
    return network_of(instance).rank > 1


def _is_resolved(instance: Instance) -> bool:
    return _resolved(network_of(instance))


@cache
def _resolved(problem: LinearNetwork) -> bool:
    try:
        before = pre_flight(problem)
    except UndecidedError:
        return False
    felt = all(shadow.crossover <= FELT for shadow in before.shadows)
    return felt and before.wanted <= RESOLVED and bool(before.sigma[0] <= SLOWEST * before.sigma[-1])


_DRAWN = (
    Relation("two modes or more", _several_modes),
    Relation(f"plateaus resolved from log(1/ε) = {RESOLVED:g} on, σ_1 ≤ {SLOWEST:g} σ_r", _is_resolved),
)
_IRREDUCIBLE = Relation("irreducible: no modes that do not feel the others", _irreducible)
_DISTINCT = Relation("the positive eigenvalues μ of Σ_yx Σ_xx⁻¹ Σ_yxᵀ are distinct", _falls_are_distinct)

LIN_13_NEEDS = (
    Necessity(
        _IRREDUCIBLE,
        {"problem": {"sigma_xx": [["4", "0"], ["0", "1/2"]], "sigma_yx": [["2", "0"], ["0", "1"]], "width": "2"}},
        fails_at,
        (_DISTINCT,),
        time_limit=120,
    ),
    Necessity(
        _DISTINCT,
        {
            "problem": {
                "sigma_xx": [["18", "6", "3"], ["6", "8", "2"], ["3", "2", "2"]],
                "sigma_yx": [["3", "0", "0"], ["0", "2", "0"], ["0", "0", "1"]],
                "width": "3",
            }
        },
        fails_at,
        (_IRREDUCIBLE,),
        time_limit=120,
    ),
)

PUBLISHED = Mutant(
    "published",
    published_recursion,
    "stated of all moments, reducible ones too",
    hypotheses=Hypotheses((Moments(sizes=2),), _DRAWN),
)

LIN_13 = Claim(
    id="LIN-13",
    system="linear",
    title="staircase of irreducible moments",
    statement="From a generic start of size ε the k-th jump of gradient flow comes at log(1/ε) τ_k, up to what stays "
    "bounded as ε tends to zero, where the k-th effective neuron, growing at stage i with the (k−i)-th singular value "
    "of R_i = P⊥_{U_i} Σ_yx, has accumulated the exponent one, and the loss then rests at the least of rank k.",
    kind=Kind.LIMIT,
    status=Status.CONJECTURE,
    source=Source("kunin2025", "conjecture on fully connected linear networks; its domain: this project"),
    hypotheses=Hypotheses((Moments(sizes=4), _IRREDUCIBLE, _DISTINCT), _DRAWN),
    formula=published_recursion,
    checks=(
        Check("converged slopes", partial(converged_slopes, count=3), time_limit=180),
        Check("many converged slopes", partial(converged_slopes, count=12), Cost.FULL, time_limit=300),
    ),
    mutants=(*recursion_mutants(), PUBLISHED),
    remark="As published, of all moments, it is false: see the mutant of that name. Irreducible moments at which it "
    "fails are not excluded: those that by accident keep an active neuron at a saddle that is not best of its rank.",
    necessity=LIN_13_NEEDS,
    probes=(Probe("the flow follows", flow_follows, examples=100, starts=1),),
)
