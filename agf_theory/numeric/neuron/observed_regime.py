"""The regime of a neuron, read off its trajectory alone: no closed form, no imbalance, no limit is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.neuron.crossings import SampledFlow
from agf_theory.numeric.neuron.kernel_change import kernel_change, kernel_growth
from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory
from agf_theory.problems import SingleNeuron

__all__ = ["ObservedRegime", "classify_regime"]

Array = NDArray[np.float64]
Regime = Literal["lazy", "rich", "delayed rich", "undecided"]

LITTLE = 0.1
"""What counts as little of something: of the kernel, of the loss, of a gradient, of a time."""
PLATEAU = 0.5
"""The least share of a half-time that a plateau takes. Where the error of a map shrinks at one rate, the first tenth of
the loss takes log(1/0.9)/log 2 = 0.15 of the time that half of it takes."""


@dataclass(frozen=True)
class ObservedRegime:
    """A regime and the figures that decided, or that left it undecided.

    Attributes
    ----------
    regime : {"lazy", "rich", "delayed rich", "undecided"}
    reasons : tuple of str
        What was found, in words with numbers; for "undecided" what is missing for each regime.
    kernel_change : float or None
        Relative change of the tangent kernel from the start to the end, in Frobenius norm.
    kernel_growth : float or None
        Norm of the kernel at the end over that at the start.
    plateau : float or None
        Time until a tenth of the loss that can go is gone, over the time until half of it is.
    stages : float or None
        Time until w is balanced along itself over the time until it has turned half of its angle; None if either never
        happens.
    imbalance_at_turn : float or None
        Share of the gradient along w at that half.
    """

    regime: Regime
    reasons: tuple[str, ...]
    kernel_change: float | None
    kernel_growth: float | None
    plateau: float | None
    stages: float | None
    imbalance_at_turn: float | None

    def __str__(self) -> str:
        return f"{self.regime}: {'; '.join(self.reasons)}"


def classify_regime(problem: SingleNeuron, flow: NeuronTrajectory) -> ObservedRegime:
    r"""Lazy, rich or delayed rich, by what the trajectory does; undecided where it does none of these clearly.

    - *lazy*: the tangent kernel changes by a tenth of its norm at most.
    - *rich*: the kernel grows tenfold at least, after a plateau: a tenth of the loss takes half as long as half of it,
      or longer.
    - *delayed rich*, two stages: the kernel turns, by more than a tenth, and grows or shrinks by a tenth at most; the
      gradient along w is gone in a tenth of the time in which w turns half of its angle, and still is when it has.

    No flow meets two of these. A flow that does not end at a minimum of the loss is undecided.

    Parameters
    ----------
    problem : SingleNeuron
        Any data and rates.
    flow : NeuronTrajectory
        Of this problem, until it rests.

    Returns
    -------
    ObservedRegime

    Examples
    --------
    >>> from agf_theory.numeric.neuron import gradient_flow
    >>> lazy = SingleNeuron([[1, 0], [0, 1]], [1, 0], 100, [0, 0])
    >>> print(classify_regime(lazy, gradient_flow(lazy)))
    lazy: the tangent kernel changes by 2.4e-08 of its norm
    >>> between = SingleNeuron([[1, 0], [0, 1]], [1, 0], 1, [0, 1])
    >>> classify_regime(between, gradient_flow(between)).regime
    'undecided'
    """
    change, growth = kernel_change(problem, flow), kernel_growth(problem, flow)
    sampled = SampledFlow.of(flow)
    plateau = _plateau(problem, sampled)
    stages, left = _two_stages(problem, sampled)
    figures = (change, growth, plateau, stages, left)
    obstacle = _no_end(problem, flow)
    if obstacle or change is None or growth is None:
        return ObservedRegime("undecided", (obstacle or "the tangent kernel is zero at the start",), *figures)
    if change <= LITTLE:
        return ObservedRegime("lazy", (f"the tangent kernel changes by {change:.2g} of its norm",), *figures)
    if growth >= 1 / LITTLE and plateau is not None and plateau >= PLATEAU:
        grown = f"the tangent kernel grows {growth:.3g} times"
        return ObservedRegime(
            "rich", (grown, f"a plateau takes {plateau:.2g} of the time until half the loss is gone"), *figures
        )
    if abs(growth - 1) <= LITTLE and stages is not None and stages <= LITTLE and left is not None and left <= LITTLE:
        turned = f"the tangent kernel changes by {change:.3g} of its norm and grows {growth:.3g} times"
        waits = f"w is balanced along itself in {stages:.2g} of the time in which it turns half of its angle"
        return ObservedRegime("delayed rich", (turned, waits), *figures)
    return ObservedRegime("undecided", _missing(change, growth, plateau, stages, left), *figures)


def _missing(
    change: float, growth: float, plateau: float | None, stages: float | None, left: float | None
) -> tuple[str, ...]:
    """What keeps a flow from each regime."""
    rich = [] if growth >= 1 / LITTLE else [f"the kernel grows {growth:.3g} times, less than {1 / LITTLE:g}"]
    if plateau is None or plateau < PLATEAU:
        rich.append(
            "no plateau"
            if plateau is None
            else f"the plateau takes {plateau:.2g} of the half-time, less than {PLATEAU}"
        )
    delayed = [] if abs(growth - 1) <= LITTLE else [f"the kernel grows {growth:.3g} times"]
    if stages is None or left is None:
        delayed.append("no two stages are seen")
    elif stages > LITTLE or left > LITTLE:
        delayed.append(f"the stages are {stages:.2g} apart, with {left:.2g} of the gradient along w at the later one")
    return (
        f"not lazy: the kernel changes by {change:.3g}",
        f"not rich: {', '.join(rich)}",
        f"not delayed rich: {', '.join(delayed)}",
    )


def _least_loss(problem: SingleNeuron) -> float:
    best = np.linalg.lstsq(problem.X, problem.y, rcond=None)[0]
    return float(((problem.X @ best - problem.y) ** 2).sum() / 2)


def _no_end(problem: SingleNeuron, flow: NeuronTrajectory) -> str:
    """Why the end is none, or nothing."""
    if not flow.settled:
        return "the flow was stopped before it came to rest"
    least = _least_loss(problem)
    excess = float(flow.losses[-1]) - least
    # At a saddle the map is zero, and all that can be learnt is left.
    learnable = float(problem.y @ problem.y) / 2 - least
    if excess <= max(LITTLE**2 * learnable, 1e-9 * float(flow.losses[0])):
        return ""
    return "the flow rests above the least loss: at a saddle, or its tolerance is too large"


def _plateau(problem: SingleNeuron, sampled: SampledFlow) -> float | None:
    least = _least_loss(problem)
    whole = float(sampled.flow.losses[0]) - least
    if not whole > 0:
        return None

    def gone(outer: Array, inner: Array) -> Array:
        residuals = outer[:, None] * (inner @ problem.X.T) - problem.y
        return np.asarray(1 - ((residuals**2).sum(axis=1) / 2 - least) / whole)

    tenth = sampled.first_crossing(lambda outer, inner: gone(outer, inner) - LITTLE)
    half = sampled.first_crossing(lambda outer, inner: gone(outer, inner) - 0.5)
    return None if tenth is None or half is None else tenth / half


def _two_stages(problem: SingleNeuron, sampled: SampledFlow) -> tuple[float | None, float | None]:
    """Time of balance along w over that of half the turn, and the share of the gradient along w at the latter."""
    end = sampled.inner[-1]
    if not (np.linalg.norm(sampled.inner[0]) > 0 and np.linalg.norm(end) > 0):
        return None, None

    def angle(inner: Array) -> Array:
        cosine = inner @ end / (np.linalg.norm(inner, axis=1) * np.linalg.norm(end))
        return np.asarray(np.arccos(np.clip(cosine, -1, 1)))

    def along(outer: Array, inner: Array) -> Array:
        gradient = (outer[:, None] * (inner @ problem.X.T) - problem.y) @ problem.X
        parts, whole = np.abs((inner * gradient).sum(axis=1)), np.linalg.norm(gradient, axis=1)
        length = whole * np.linalg.norm(inner, axis=1)
        return np.asarray(np.divide(parts, length, out=np.zeros_like(parts), where=length > 0))

    first = float(angle(sampled.inner[:1])[0])
    turned = sampled.first_crossing(lambda _, inner: first / 2 - angle(inner)) if first > LITTLE else None
    if turned is None:
        return None, None
    left = float(along(*sampled.flow.weights_at(np.array([turned])))[0])
    if along(sampled.outer[:1], sampled.inner[:1])[0] <= LITTLE:
        return 0.0, left
    balanced = sampled.first_crossing(lambda outer, inner: LITTLE - along(outer, inner))
    return None if balanced is None else balanced / turned, left
