"""What can be said of a problem before its staircase is put to the test."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.conjecture.commutant import number_of_blocks
from agf_theory.numeric.linear.conjecture.couplings import Couplings, couplings
from agf_theory.numeric.linear.conjecture.escape import SaddleRates, rates_at
from agf_theory.numeric.linear.conjecture.rendering import labelled
from agf_theory.numeric.linear.limiting import limiting_sequence
from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.singular_bases import ROUNDING
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import InitScale, LinearNetwork

__all__ = ["Plateau", "PreFlight", "Shadow", "pre_flight"]

E_FOLDS = 12.0
"""What a plateau must last, in times of its slowest rate, for its jump to be read off to 1e-5: e^-12 = 6e-6."""


@dataclass(frozen=True)
class Plateau:
    """One plateau of a predicted staircase.

    Attributes
    ----------
    duration : float
        Δ, until the next jump, flow time over log(1/ε); infinite for the last.
    level : float
        Loss there.
    rates : SaddleRates
        How fast the active neurons leave the saddle and settle at it, how fast the dormant ones grow.
    """

    duration: float
    level: float
    rates: SaddleRates

    @property
    def slowest(self) -> float:
        """The slowest rate the plateau has to wait for: of settling, or of one dormant neuron to outgrow another."""
        return min(self.rates.settling, self.rates.separation)

    @property
    def wanted(self) -> float:
        """log(1/ε) from which the plateau is resolved: it then lasts `E_FOLDS` of its slowest rate."""
        e_folds = self.slowest * self.duration
        return E_FOLDS / e_folds if e_folds > 0 else inf


@dataclass(frozen=True, eq=False)
class Shadow:
    """The staircase of the moments with weak couplings cut: what the flow follows until they are felt.

    Attributes
    ----------
    coupling : float
        The strongest that is cut, relative to the variances.
    sequence : SaddleSequence
    crossover : float
        log(1/ε) below which the flow keeps to it; the couplings are felt well above. An effect of that size, growing at
        a rate r for a time Δ log(1/ε), is of order one for log(1/ε) = log(1/coupling)/(r Δ); r is the escape rate g of
        a saddle that is not the best of its rank, or else the difference in growth of two dormant neurons. An estimate.
    """

    coupling: float
    sequence: SaddleSequence
    crossover: float


@dataclass(frozen=True, eq=False)
class PreFlight:
    """Structure, gaps and rates of a problem, and the staircases to be told apart.

    Attributes
    ----------
    commuting : bool
        Whether Σ_xx and Σ_yxᵀ Σ_yx commute; exact.
    co_ordered : bool
        Whether σ and μ order the modes alike; only said of commuting moments.
    reducible : bool
        Whether the modes fall into blocks that do not feel one another.
    exact : bool
        Whether that was decided in exact arithmetic; otherwise couplings below 1e-12 count as none.
    blocks : int
        Number of blocks of modes.
    jumps : int
        Number of jumps there are to come: one for each mode, and no more than neurons.
    sigma, mu : (r,)
        Singular values of Σ_yx and positive eigenvalues of Σ_yx Σ_xx⁺ Σ_yxᵀ, descending.
    recursion, merged : SaddleSequence
        The published recursion for the whole, and the staircases of the blocks merged in time.
    plateaus, merged_plateaus : tuple of Plateau
        Of either; the first is that of the zero map.
    shadows : tuple of Shadow
        For weak couplings whose cut changes the staircase, the weakest first.
    """

    commuting: bool
    co_ordered: bool
    reducible: bool
    exact: bool
    blocks: int
    jumps: int
    sigma: NDArray[np.float64]
    mu: NDArray[np.float64]
    recursion: SaddleSequence
    merged: SaddleSequence
    plateaus: tuple[Plateau, ...]
    merged_plateaus: tuple[Plateau, ...]
    shadows: tuple[Shadow, ...]

    @property
    def smallest_gaps(self) -> tuple[float, float]:
        """Least difference of neighbouring σ, and of neighbouring μ, relative to the largest; 1 if there is none."""
        sigma, mu = (
            float(np.abs(np.diff(values) / values[0]).min(initial=1.0)) if len(values) else 1.0
            for values in (self.sigma, self.mu)
        )
        return sigma, mu

    @property
    def ties(self) -> str:
        """Why the merged staircase ends before its last jump; empty if it does not."""
        return str(self.merged.undecided[0]) if len(self.merged) < self.jumps else ""

    @property
    def wanted(self) -> float:
        """log(1/ε) from which every plateau of the true staircase, as far as it is known, is resolved.

        Infinite where jumps tie.
        """
        if self.ties:
            return inf
        return max((plateau.wanted for plateau in self.merged_plateaus[:-1]), default=1.0)

    def resolution(self, scale: InitScale) -> tuple[float, ...]:
        """log(1/ε) Δ of each plateau before the last: what it lasts in flow time at this scale."""
        return tuple(scale.log_inverse * plateau.duration for plateau in self.merged_plateaus[:-1])

    def __str__(self) -> str:
        if self.commuting:
            kind = f"commute; orders of σ and μ {'agree' if self.co_ordered else 'differ'}"
        else:
            kind = "do not commute"
        how = "exact" if self.exact else "to 1e-12"
        split = f"reducible, {self.blocks} blocks" if self.reducible else "irreducible"
        gaps = self.smallest_gaps
        lines = [
            *labelled("moments", f"{kind}; {split} ({how})"),
            *labelled("σ", f"{_numbers(self.sigma)}; smallest relative gap {gaps[0]:.3g}"),
            *labelled("μ", f"{_numbers(self.mu)}; smallest relative gap {gaps[1]:.3g}"),
            *labelled("resolved", f"from log(1/ε) = {self.wanted:.3g} on"),
        ]
        for name, plateaus in (("recursion", self.plateaus), ("blocks", self.merged_plateaus)):
            if name == "blocks" and not self.reducible:
                continue
            for k, plateau in enumerate(plateaus):
                if plateau.rates.escape:
                    left = f"saddle {k}: left by its active neurons at rate g = {plateau.rates.escape:.6g}"
                    lines += labelled(name, left)
        for shadow in self.shadows:
            felt = f"couplings up to {shadow.coupling:.2g} not felt before log(1/ε) = {shadow.crossover:.3g}"
            lines += labelled("shadow", felt)
        return "\n".join(lines)


def pre_flight(problem: LinearNetwork) -> PreFlight:
    """Structure, gaps, escape rates and plateaus, before anything is integrated.

    Raises
    ------
    UndecidedError
        If a coupling between modes cannot be told from rounding.

    Examples
    --------
    >>> print(pre_flight(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])))
    moments     commute; orders of σ and μ differ; reducible, 2 blocks (exact)
    σ           2, 1; smallest relative gap 0.5
    μ           2, 1; smallest relative gap 0.5
    resolved    from log(1/ε) = 24 on
    blocks      saddle 1: left by its active neurons at rate g = 0.203768
    """
    moments, graph = Moments.of(problem), couplings(problem)
    blocks = graph.number_of_blocks(ROUNDING)
    reducible = _reducible(problem, blocks)
    values = np.linalg.eigvalsh(moments.best @ problem.sigma_yx.T)[::-1][: problem.rank]
    recursion, merged = limiting_sequence(problem, rule="recursion"), limiting_sequence(problem)
    normal = problem.rational_sigma_yx.transpose() * problem.rational_sigma_yx
    commuting = bool(problem.rational_sigma_xx * normal == normal * problem.rational_sigma_xx)
    variances = np.diag(graph.sigma_xx)[: len(graph.sigma)]
    return PreFlight(
        commuting=commuting,
        co_ordered=commuting and bool((np.diff(graph.sigma**2 / variances) <= 0).all()),
        reducible=blocks > 1,
        exact=reducible is not None,
        blocks=blocks,
        jumps=min(problem.rank, problem.width),
        sigma=graph.sigma,
        mu=np.asarray(values, dtype=float),
        recursion=recursion,
        merged=merged,
        plateaus=_plateaus(moments, recursion),
        merged_plateaus=_plateaus(moments, merged),
        shadows=_shadows(problem, graph, merged),
    )


def _reducible(problem: LinearNetwork, blocks: int) -> bool | None:
    """In exact arithmetic, where the problem is not too large; floats have to come to the same."""
    exact = number_of_blocks(problem)
    if exact is None:
        return None
    if (exact > 1) != (blocks > 1):
        raise UndecidedError(
            f"coupling of two modes: zero, or more than {ROUNDING:g} of their variances, is required; exactly, the "
            f"moments are {'reducible' if exact > 1 else 'irreducible'}, and their doubles are not; round the moments"
        )
    return exact > 1


def _plateaus(moments: Moments, sequence: SaddleSequence) -> tuple[Plateau, ...]:
    maps = [np.zeros_like(moments.best), *sequence.saddles]
    levels = [float(sequence.initial_loss), *map(float, sequence.loss_levels)]
    times = [0.0, *map(float, sequence.jump_times), inf]
    durations = [after - before for before, after in pairwise(times)]
    return tuple(
        Plateau(duration, level, rates_at(moments, critical))
        for duration, level, critical in zip(durations, levels, maps, strict=True)
    )


def _shadows(problem: LinearNetwork, graph: Couplings, merged: SaddleSequence) -> tuple[Shadow, ...]:
    found: list[Shadow] = []
    for coupling in graph.thresholds():
        cut = graph.cut(coupling, problem.width)
        sequence = limiting_sequence(cut)
        before = [other.sequence.jump_times for other in found] + [merged.jump_times]
        if any(np.allclose(sequence.jump_times, times, rtol=1e-3, atol=0) for times in before):
            continue  # it looks like the uncut staircase, or like a shadow that is longer
        found.append(Shadow(coupling, sequence, _crossover(cut, sequence, coupling)))
    return tuple(found)


def _crossover(cut: LinearNetwork, sequence: SaddleSequence, coupling: float) -> float:
    """From where on what is as small as the coupling grows to order one before the plateau ends.

    A saddle that is not the best of its rank has to be left by its active neurons, so every one of these counts; where
    there is none, it is dormant neurons that overtake one another, and the soonest counts.
    """
    plateaus = [p for p in _plateaus(Moments.of(cut), sequence)[:-1] if p.duration > 0]
    leaving = [p.duration * p.rates.escape for p in plateaus if p.rates.escape > 0]
    overtaking = [p.duration * p.rates.separation for p in plateaus if p.rates.separation < inf]
    exponent = min(leaving) if leaving else max(overtaking, default=0.0)
    return log(1 / coupling) / exponent if exponent > 0 else inf


def _numbers(values: NDArray[np.float64]) -> str:
    return ", ".join(f"{value:.6g}" for value in values) or "none"
