"""A staircase against gradient flow: agrees, disagrees, or undecided with what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.linear.conjecture.pre_flight import PreFlight, Shadow, pre_flight
from agf_theory.numeric.linear.conjecture.rendering import examination_text, repeat_command
from agf_theory.numeric.linear.conjecture.slopes import FLOOR, Slopes, measured_slopes
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import InitScale, LinearNetwork

__all__ = ["SCALES", "Examination", "Verdict", "examine_conjecture"]

Array = NDArray[np.float64]
Verdict = Literal["agrees", "disagrees", "undecided"]

SCALES = ("1e-50", "1e-100", "1e-200")
"""By default: log(1/ε) = 115, 230, 461."""

UNRESOLVED = 1e-2
"""Largest error of a jump time over log(1/ε), at the scales a slope is taken from, for its plateaus to count."""

CONVERGED = 2e-3
"""Largest uncertainty of a slope, relative to it, that decides anything. The slopes of resolved plateaus converge
exponentially: at this uncertainty, which is that of the scale before, they are good to about its square."""

LEVELS = 5e-3
"""The same for levels, relative to the loss there is to lose."""

OUTGROWN = 5.0
"""Times its crossover, by now, that a shadow can no longer be what the flow keeps to. The crossover leaves out factors
of order one inside a logarithm."""

CLEARLY = 3.0
"""What is off by more than so many uncertainties differs; what is off by less than one agrees; between, neither."""


@dataclass(frozen=True, eq=False)
class Examination:
    """What gradient flow says of a predicted staircase.

    Attributes
    ----------
    problem : LinearNetwork
    before : PreFlight
    scales : tuple of InitScale
    seeds : tuple of int
    predicted_times, predicted_levels : (K,)
        The staircase under test; the published recursion, if nothing else was given.
    measured : Slopes
    verdict : {"agrees", "disagrees", "undecided"}
    reason : str
        What decided, or what stood in the way.
    wanted : float
        log(1/ε) that it would take, as far as is known, if undecided; else zero.
    """

    problem: LinearNetwork
    before: PreFlight
    scales: tuple[InitScale, ...]
    seeds: tuple[int, ...]
    predicted_times: Array
    predicted_levels: Array
    measured: Slopes
    verdict: Verdict
    reason: str
    wanted: float

    @property
    def differences(self) -> Array:
        """Slope minus predicted time of each jump that was seen at every scale."""
        seen = min(len(self.measured.slopes), len(self.predicted_times))
        return np.asarray(self.measured.slopes[:seen] - self.predicted_times[:seen])

    @property
    def worst_error(self) -> float:
        """Largest |difference|; infinite if a predicted jump was not seen."""
        complete = len(self.measured.slopes) == len(self.predicted_times)
        return float(np.abs(self.differences).max(initial=0.0)) if complete else inf

    @property
    def command(self) -> str:
        """What to type to repeat it: the problem in exact numbers."""
        return repeat_command(self)

    def __str__(self) -> str:
        return examination_text(self)


def examine_conjecture(
    problem: LinearNetwork,
    *,
    scales: Sequence[Any] = SCALES,
    seeds: Sequence[int] = (0, 1),
    predicted: SaddleSequence | tuple[Array, Array] | None = None,
) -> Examination:
    """Put the published recursion, or another staircase, to the test of gradient flow on one problem.

    Parameters
    ----------
    problem : LinearNetwork
    scales : at least three initialisation scales ε, descending
        Slopes are taken between the two smallest; the others tell whether they have converged.
    seeds : sequence of int
        Of the random starts; the further ones are followed at the two smallest scales.
    predicted : SaddleSequence or (times, levels), optional
        The staircase under test; by default ``limiting_sequence(problem, rule="recursion")``.

    Returns
    -------
    Examination
        "agrees" only with resolved plateaus and converged slopes and levels; "disagrees" only where, besides, no
        crossover is ahead: where the flow does not merely keep, so far, to what the moments would do without their weak
        couplings. Else "undecided".

    Raises
    ------
    InputError
        If there are fewer than three scales, they do not descend, or there is no seed.
    UndecidedError
        If a coupling between modes cannot be told from rounding.
    IntegrationFailed
        As for `gradient_flow`.

    Hypotheses
    ----------
    Agreement and disagreement speak of starts that are generic, as the random ones are with probability one, and rest
    on floating point: they are converged figures, not proofs.

    Examples
    --------
    >>> print(examine_conjecture(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]]), seeds=(0,)))
    verdict     disagrees
    reason      slopes and levels are others: those of the blocks merged in time
    moments     commute; orders of σ and μ differ; reducible, 2 blocks (exact)
    σ           2, 1; smallest relative gap 0.5
    μ           2, 1; smallest relative gap 0.5
    resolved    from log(1/ε) = 24 on
    blocks      saddle 1: left by its active neurons at rate g = 0.203768
    measured    jump times of gradient flow as slopes in log(1/ε), from start 0, at
                ε = 1e-50, 1e-100, 1e-200
      jump   time: stated  measured  uncertain     level: stated  measured
         1       0.500000  0.500000    1.0e-07          0.500000  1.000000
         2       0.750000  1.000000    1.0e-07          0.000000  0.000000
    Σ_xx        (4, 0), (0, 1/2)
    Σ_yx        (2, 0), (0, 1)
    repeat      the command in its attribute `command`
    """
    chosen = tuple(InitScale(scale) for scale in scales)
    if len(chosen) < 3 or any(small >= large for large, small in pairwise(chosen)):
        raise InputError(
            f"scales: three or more, descending, are required, got {', '.join(map(str, chosen)) or 'none'}"
        )
    starts = tuple(seeds)
    if not starts or min(starts) < 0:
        raise InputError(f"seeds: one or more, none negative, are required, got {starts!r:.60}")
    before = pre_flight(problem)
    times, levels = _staircase(before.recursion if predicted is None else predicted)
    measured = measured_slopes(problem, chosen, starts)
    verdict, reason, wanted = _decide(before, times, levels, measured)
    return Examination(problem, before, chosen, starts, times, levels, measured, verdict, reason, wanted)


def _staircase(predicted: SaddleSequence | tuple[Array, Array]) -> tuple[Array, Array]:
    if isinstance(predicted, SaddleSequence):
        predicted = predicted.jump_times, predicted.loss_levels
    times, levels = (np.asarray(entries, dtype=float) for entries in predicted)
    return times, levels


def _decide(before: PreFlight, times: Array, levels: Array, measured: Slopes) -> tuple[Verdict, str, float]:
    obstacle = _unresolved(before, measured)
    if obstacle:
        felt = max((2 * shadow.crossover for shadow in before.shadows), default=0.0)
        return "undecided", obstacle, max(2 * measured.scales[-1].log_inverse, before.wanted, felt)
    off = _apart(before, measured, times, levels)
    if off < 1:
        return "agrees", "slopes and levels are those predicted, within their uncertainty", 0.0
    if off < CLEARLY:
        return "undecided", f"off by {off:.2g} uncertainties", 2 * measured.scales[-1].log_inverse
    merged = _staircase(before.merged)
    if _apart(before, measured, *merged) < 1:
        whose = "blocks merged in time" if before.reducible else "published recursion"
        return "disagrees", f"slopes and levels are others: those of the {whose}", 0.0
    followed = _followed(before, measured)
    if followed is not None:
        reason = (
            f"the flow keeps to what it would do without couplings up to {followed.coupling:.2g}; "
            f"they are felt from about log(1/ε) = {followed.crossover:.3g} on"
        )
        return "undecided", reason, max(2 * followed.crossover, 2 * measured.scales[-1].log_inverse)
    return "disagrees", "slopes and levels are others, and those of no blocks", 0.0


def _unresolved(before: PreFlight, measured: Slopes) -> str:
    """What keeps the slopes from deciding anything; empty if nothing does."""
    if before.ties:
        return before.ties
    expected = len(before.merged)
    if set(measured.counts) != {expected}:
        return f"{expected} jumps were expected, and {_listed(measured.counts)} seen"
    if not measured.unresolved <= UNRESOLVED:
        return f"plateaus are not resolved: a jump time is uncertain by {measured.unresolved:.2g} of log(1/ε)"
    relative = float((measured.uncertainty / np.abs(measured.slopes)).max(initial=0.0))
    if not relative <= CONVERGED:
        return f"slopes have not converged: they still change by {relative:.2g} of themselves"
    spread = float(measured.level_uncertainty.max(initial=0.0)) / _loss_to_lose(before)
    if not spread <= LEVELS:
        return f"levels have not converged: they still change by {spread:.2g} of the loss there is to lose"
    return ""


def _apart(before: PreFlight, measured: Slopes, times: Array, levels: Array) -> float:
    """Largest distance from a staircase, in uncertainties; infinite if it has another number of jumps."""
    if len(times) != len(measured.slopes):
        return inf
    in_time = np.abs(measured.slopes - times) / (2 * measured.uncertainty)
    floor = FLOOR * _loss_to_lose(before)
    in_level = np.abs(measured.levels - levels) / (2 * np.maximum(measured.level_uncertainty, floor))
    apart = np.concatenate([in_time, in_level])
    return float(apart.max(initial=0.0)) if np.isfinite(apart).all() else inf


def _followed(before: PreFlight, measured: Slopes) -> Shadow | None:
    """The shadow that the flow keeps to, within the size of what is cut."""
    for shadow in before.shadows:
        times, levels = _staircase(shadow.sequence)
        felt = measured.scales[-2].log_inverse > OUTGROWN * shadow.crossover
        if felt or len(times) != len(measured.slopes):
            continue
        # Cutting couplings moves every prediction by about their square, relative to it; twice their size is ample.
        near = 2 * shadow.coupling
        scale = _loss_to_lose(before)
        in_time = np.abs(measured.slopes - times) <= near * times + 2 * measured.uncertainty
        in_level = np.abs(measured.levels - levels) <= near * scale + 2 * measured.level_uncertainty
        if in_time.all() and in_level.all():
            return shadow
    return None


def _loss_to_lose(before: PreFlight) -> float:
    return float(before.mu.sum()) / 2 or 1.0


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
