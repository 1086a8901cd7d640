"""DIAG-10: the jump times of gradient flow to all orders in 1/log(1/α)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric import diagonal as numeric
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.corrections_derived import against_closed_forms, one_coordinate
from agf_theory.proofs_check.diagonal.flow_necessity import DIAG_10_NEEDS
from agf_theory.proofs_check.diagonal.generic import GENERAL_POSITION, Flow, flow_jumps, general_problems
from agf_theory.proofs_check.diagonal.limiting_path import design_witness
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.power_law import Power, fit_power

__all__ = ["DIAG_10", "Corrected"]

Corrected = Callable[[DiagonalNetwork, InitScale], SaddleSequence]

FALLING = ("1e-4", "1e-6", "1e-9", "1e-12", "1e-16", "1e-24", "1e-40")
"""Where the error is still seen to fall."""

FAR = ("1e-1000",)
"""Where any power of α has vanished: what is left is the integrator's error, or an error of order 1/log(1/α).

At 1e-300 the shortest plateaus of these designs still show 1e-8.
"""

FLOOR = 1e-8
"""What gradient flow is integrated and read off to, relative to the jump time, with a margin of ten.

A term of order 1/log(1/α) left out would show at 1e-1000 as 1e-5 or more.
"""


def falls_as_a_power(formula: Corrected, instance: Instance) -> Evidence:
    """The worst error of one problem's jump times and plateau states: a power of α, down to the integrator's error."""
    problem, far = instance["problem"], 0.0
    for scale in FAR:
        error, doubt = _error(formula, problem, scale), _integration_error(problem, scale)
        if error is not None and error <= FLOOR + 10 * doubt and not error + doubt <= FLOOR:
            figures = {"error": error, "integration_error": doubt, "design": design_witness(problem, scale)}
            return Evidence.inconclusive("the integrator's own error is as large as the distance", **figures)
        if error is None or not error <= FLOOR:
            what = "other jumps" if error is None else f"relative error {error:.3g}"
            witness = {**design_witness(problem, what), "α": scale}
            return Evidence.refuted("the corrected times are not those of the flow", witness, instances=1)
        far = max(far, error)
    power = _fitted(formula, problem)
    if power is not None and not power.exponent > 3 * power.uncertainty:
        return Evidence.inconclusive(f"no power of α fits: {power}", design=design_witness(problem, str(power)))
    fitted = {} if power is None else {"exponent": power.exponent, "power": str(power)}
    return Evidence.of(Level.CONVERGED, "error falls as a power of α", instances=1, worst=far, **fitted)


def power_of_the_scale(formula: Corrected, context: Context, *, count: int) -> Evidence:
    """The worst error of jump times and plateau states: a power of α, down to the integrator's error."""
    number, powers, far = 0, [], 0.0
    for number, problem in enumerate(general_problems(context, count), start=1):
        one = falls_as_a_power(formula, {"problem": problem})
        if one.level is None:
            return replace(one, instances=one.instances and number)
        far = max(far, one.figures["worst"])
        if "exponent" in one.figures:
            powers.append((one.figures["exponent"], one.figures["power"]))
    least = min(powers)[1] if powers else None
    figures = {"exponents": [power for _, power in powers], f"worst_at_{FAR[0]}": far}
    detail = f"error falls as a power of α (least exponent {least}) to below {FLOOR:g} at {FAR[0]}"
    return Evidence.of(Level.CONVERGED, detail, instances=number if least else 0, **figures)


def _fitted(formula: Corrected, problem: DiagonalNetwork) -> Power | None:
    """The power with which the error falls; None if it reaches the floor too soon for a fit."""
    errors = [(InitScale(scale).log_inverse, _error(formula, problem, scale)) for scale in FALLING]
    seen = [(-log_inverse, float(np.log(error))) for log_inverse, error in errors if error and error > FLOOR]
    return fit_power(*zip(*seen, strict=True)) if len(seen) >= 3 else None


def _error(formula: Corrected, problem: DiagonalNetwork, scale: str) -> float | None:
    """Worst of the relative errors of jump times and the errors of plateau states; None if the jumps differ."""
    sequence, flow = formula(problem, InitScale(scale)), flow_jumps(problem, InitScale(scale))
    if not sequence.complete or not flow.follows([frozenset(event.entered) for event in sequence.events]):
        return None
    times = np.max(np.abs(sequence.jump_times - flow.times) / flow.times)
    return float(max(times, np.max(np.abs(_drifted(problem, sequence, flow) - flow.duals))))


def _integration_error(problem: DiagonalNetwork, scale: str) -> float:
    """What the flow's jump times and plateau states change by if it is integrated a tenth as accurately.

    An upper estimate of the error itself; infinite if even the jumps differ.
    """
    fine, coarse = flow_jumps(problem, InitScale(scale)), flow_jumps(problem, InitScale(scale), 1e-9)
    if fine.entered != coarse.entered:
        return np.inf
    times = np.max(np.abs(coarse.times - fine.times) / fine.times, initial=0.0)
    # a plateau is looked at at another instant: dormant coordinates have drifted in between, active ones have not
    active = np.abs(fine.duals) > 1 - 1e-3
    return float(max(times, np.max(np.abs(coarse.duals - fine.duals)[active], initial=0.0)))


def _drifted(problem: DiagonalNetwork, sequence: SaddleSequence, flow: Flow) -> NDArray[np.float64]:
    """The predicted dual variable at the instants at which the flow was looked at."""
    states = []
    assert sequence.duals is not None, "a corrected sequence carries its plateau states"
    rows = zip(sequence.jump_times, sequence.saddles, sequence.duals, flow.plateau_times, strict=True)
    for time, saddle, dual, instant in rows:
        gradient = problem.X.T @ (problem.X @ saddle - problem.y) / problem.n
        states.append(dual - (instant - time) * np.where(saddle == 0, gradient, 0.0))
    return np.array(states)


def _corrected(
    problem: DiagonalNetwork, init_scale: InitScale, *, corrections: numeric.Corrections | None = None
) -> SaddleSequence:
    return numeric.corrected_sequence(problem, init_scale, corrections=corrections or numeric.Corrections())


def _with(name: str, description: str, corrections: numeric.Corrections) -> Mutant:
    return Mutant(name, partial(_corrected, corrections=corrections), description)


DIAG_10 = Claim(
    id="DIAG-10",
    system="diagonal",
    title="jump times of gradient flow to all orders",
    statement="For data in general position with plateaus long against 1/log(1/α), the corrected jump times and "
    "plateau states miss those of gradient flow by a power of α.",
    kind=Kind.LIMIT,
    status=Status.CONJECTURE,
    source=Source("this project", "docs/diagonal_networks.md, Gradient flow itself, and how slowly it converges"),
    hypotheses=GENERAL_POSITION,
    formula=_corrected,
    checks=(
        Check("power of α", partial(power_of_the_scale, count=4), time_limit=150),
        Check("closed forms", partial(against_closed_forms, count=4)),
        Check("one coordinate", one_coordinate),
        Check("many powers of α", partial(power_of_the_scale, count=25), Cost.FULL, time_limit=290),
    ),
    mutants=(
        _with("step-2-dropped", "step 2: active ones do not move", numeric.Corrections(old_active_move=False)),
        _with("step-3-dropped", "step 3: dormant ones are not kicked", numeric.Corrections(kick=False)),
        _with("leavers-dropped", "step 3 without the leavers", numeric.Corrections(kick_by_leavers=False)),
        _with("log-beta", "log|β| for log 2|β| in the pinned values", numeric.Corrections(pin_factor=1.0)),
    ),
    remark="One coordinate: proved, see the derivation of DIAG-10. Several: derived, and supported by these fits.",
    necessity=DIAG_10_NEEDS,
    probes=(Probe("falls as a power of α", falls_as_a_power, examples=150),),
)
