r"""Gradient flow's jump times at finite α to all orders in 1/log(1/α), without integrating the flow.

With ε = 1/log(1/α), an active coordinate is pinned at |s_i| = 1 + (ε/2) log(|β_i|/a) on every plateau (a = ½ in the
paper's convention, ¼ in the slides'), up to a power of α; and because ∇L is affine in β, the time average of a jump's
Lotka–Volterra orbit fixes by how much every dormant coordinate is kicked. Labelled as this project's result, not the
paper's. Hypotheses: one joiner at a time (exact duplicates, and joiners that linear dependence forces together, count
as one), no vanishing gradient at a bound, plateaus long against ε.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from agf_theory.errors import HypothesisNotMet
from agf_theory.numeric.diagonal.entropic_face import entropic_minimiser
from agf_theory.numeric.diagonal.heteroclinic import leaver_intercepts
from agf_theory.numeric.diagonal.scaled_design import equal_columns
from agf_theory.problems import DiagonalNetwork

__all__ = ["ALL_TERMS", "CorrectedPath", "Corrections"]

Array = NDArray[np.float64]

# The expansion needs plateaus: beyond this fraction of the largest coefficient there is nothing to stand on.
NO_PLATEAU = 1.0
RELAXED = (
    1e-12  # eigenvalues below this fraction of the largest belong to the kernel of dependent columns: no motion there
)
ROUNDING = 1e-11  # gradients below this fraction of the start's are zeros of a least-squares solution with rounding


@dataclass(frozen=True)
class Corrections:
    """Which terms of the expansion are applied; all by default. Leaving one out shows what it is for.

    Attributes
    ----------
    old_active_move : bool
        Coordinates that stay active move to their new pinned values.
    kick : bool
        Dormant coordinates are kicked by the active ones' moves.
    kick_by_leavers : bool
        In that kick, coordinates that leave at this jump still count as active.
    pin_factor : float
        The pinned value is 1 + (ε/2) log(pin_factor · |β|/(2a)): 2 is right.
    """

    old_active_move: bool = True
    kick: bool = True
    kick_by_leavers: bool = True
    pin_factor: float = 2.0


ALL_TERMS = Corrections()


@dataclass(frozen=True)
class _Candidate:
    time: float
    joiners: tuple[int, ...]
    coefficients: Array


class CorrectedPath:
    """The event-driven computation, over one representative of each group of equal columns.

    Attributes
    ----------
    time : float
        Effective time of the last jump.
    dual, coefficients, gradient : (D,)
        On the present plateau, extrapolated back to `time`.
    active : list of int
    roughness : float
        What is not at rest in the middle of the plateau before the last jump: dormant coordinates still or already
        visible, active ones still relaxing.
    """

    def __init__(
        self, problem: DiagonalNetwork, log_inverse: float, factor: float, corrections: Corrections = ALL_TERMS
    ) -> None:
        self.groups = equal_columns(problem)
        self.columns = problem.X[:, [int(members[0]) for members, _ in self.groups]]
        self.target, self.samples, self.dimension = problem.y, problem.n, problem.d
        self.gram = self.columns.T @ self.columns / problem.n
        self.linear = self.columns.T @ problem.y / problem.n
        self.log_inverse = log_inverse
        self.shares = np.array([len(members) for members, _ in self.groups], dtype=float)
        self.scale = 2 * factor / corrections.pin_factor
        self.corrections = corrections
        count = len(self.groups)
        self.time = 0.0
        self.dual, self.coefficients = np.zeros(count), np.zeros(count)
        self.gradient = -self.linear
        self.active: list[int] = []
        self.roughness = 0.0

    def next_event(self, forced: Iterable[frozenset[int]]) -> _Candidate | None:
        """The joiner with the earliest corrected jump time; None at the end of the path.

        Parameters
        ----------
        forced : sets of representatives that the limiting sequence activates together
        """
        together = {i: group for group in forced for i in group}
        smallest = ROUNDING * np.sqrt(np.diag(self.gram)) * np.linalg.norm(self.target) / np.sqrt(self.samples)
        best: _Candidate | None = None
        for i in range(len(self.groups)):
            if i in self.active or abs(self.gradient[i]) <= smallest[i]:
                continue
            joiners = tuple(sorted(together.get(i, frozenset((i,)))))
            if len(joiners) > 1 and i != self._representative(joiners):
                continue
            candidate = self._candidate(i, joiners)
            if candidate is not None and (best is None or candidate.time < best.time):
                best = candidate
        return best

    def jump(self, event: _Candidate) -> tuple[list[int], list[int]]:
        """Carry out an event; returns who entered and who left (representatives)."""
        after = event.coefficients
        drifted = self.dual - (event.time - self.time) * self.gradient
        involved = [*self.active, *event.joiners]
        leavers = [i for i in self.active if after[i] == 0]
        self.roughness = self._roughness(event.time - self.time, (drifted + self.dual) / 2)
        lengths = np.sqrt(np.diag(self.gram))
        if self.roughness > NO_PLATEAU * float((np.abs(after) * lengths).max()):
            raise HypothesisNotMet("no plateau before this jump: in its middle the state is not near the saddle")
        moves = dict.fromkeys(involved, 0.0)
        for i in involved:
            if after[i] != 0 and (self.corrections.old_active_move or i not in self.active):
                moves[i] = self._pinned(i, after[i]) - drifted[i]
        for i, intercept in self._intercepts(involved, leavers, after).items():
            moves[i] = np.sign(self.coefficients[i]) * self._level(intercept - np.log(self.shares[i])) - drifted[i]
        dual = drifted.copy()
        if self.corrections.kick:
            active = [i for i in involved if self.corrections.kick_by_leavers or i not in leavers]
            weights = np.linalg.pinv(self.gram[np.ix_(active, active)], rcond=1e-12) @ [moves[i] for i in active]
            dual += self.gram[:, active] @ weights
        for i in involved:
            dual[i] = drifted[i] + moves[i]
        self.time, self.dual, self.coefficients = event.time, dual, after
        self.active = [i for i in involved if after[i] != 0]
        self.gradient = self.gram @ after - self.linear
        self.gradient[self.active] = 0
        return list(event.joiners), leavers

    def _roughness(self, length: float, middle: Array) -> float:
        """How far the fit is from the saddle's in the middle of the plateau that ends now, to first order.

        Coefficients are weighted by the lengths √G_ii of their columns, so that all are in the target's units.
        """
        lengths = np.sqrt(np.diag(self.gram))
        dormant = [i for i in range(len(self.groups)) if i not in self.active]
        sizes = self.scale * np.exp(np.minimum(2 * self.log_inverse * (np.abs(middle[dormant]) - 1), 0.0))
        rough = float((sizes * lengths[dormant]).max(initial=0))
        if not self.active:
            return rough
        across = np.abs(self.gram[np.ix_(self.active, dormant)]) @ sizes
        response = np.linalg.pinv(self.gram[np.ix_(self.active, self.active)], rcond=RELAXED) @ across
        relaxing = np.exp(-self.log_inverse * length * self._relaxation_rate() / 2)
        largest = float((np.abs(self.coefficients) * lengths).max())
        return max(rough, float((np.abs(response) * lengths[self.active]).max()), largest * float(relaxing))

    def _relaxation_rate(self) -> float:
        """Slowest rate, over log(1/α), at which the active coefficients return to the saddle: of 2|β|^½ G |β|^½."""
        if not self.active:
            return np.inf
        root = np.sqrt(np.abs(self.coefficients[self.active]))
        spectrum = np.linalg.eigvalsh(2 * root[:, None] * self.gram[np.ix_(self.active, self.active)] * root)
        return float(spectrum[spectrum > RELAXED * spectrum[-1]][0])

    def raw_coefficients(self) -> Array:
        """Coefficients of all d coordinates; equal columns share theirs equally."""
        point = np.zeros(self.dimension)
        for value, share, (members, signs) in zip(self.coefficients, self.shares, self.groups, strict=True):
            point[members] = signs * value / share
        return point

    def raw_dual(self) -> Array:
        """The dual of all d coordinates; zero for zero columns."""
        dual = np.zeros(self.dimension)
        for value, (members, signs) in zip(self.dual, self.groups, strict=True):
            dual[members] = signs * value
        return dual

    def _representative(self, joiners: Iterable[int]) -> int:
        """Of joiners forced together, the one whose growth defines the effective time: the fastest."""
        return max(joiners, key=lambda i: abs(float(self.gradient[i])))

    def _level(self, log_size: float) -> float:
        """|s| at which log|β| has the given value."""
        return float(1 + (log_size - np.log(self.scale)) / (2 * self.log_inverse))

    def _pinned(self, coordinate: int, coefficient: float) -> float:
        return float(np.sign(coefficient)) * self._level(float(np.log(abs(coefficient) / self.shares[coordinate])))

    def _candidate(self, joiner: int, joiners: tuple[int, ...]) -> _Candidate | None:
        after = self._minimiser(joiners)
        if after[joiner] == 0:
            return None
        goal = self._pinned(joiner, after[joiner])
        return _Candidate(self.time + float((goal - self.dual[joiner]) / -self.gradient[joiner]), joiners, after)

    def _minimiser(self, joiners: tuple[int, ...]) -> Array:
        """The plateau after the joiners have joined: the flow's own minimiser where there are several."""
        names = [*self.active, *joiners]
        signs = np.array([np.sign(self.coefficients[i]) or -np.sign(self.gradient[i]) for i in names])
        columns = self.columns[:, names]
        norms = np.linalg.norm(columns, axis=0)
        values = np.linalg.lstsq(columns / norms, self.target, rcond=None)[0] / norms
        singular = np.linalg.matrix_rank(columns / norms) < len(names)
        if singular or (values * signs <= 0).any():
            values = self._constrained(columns, norms, signs)
            resting = np.abs(columns.T @ (columns @ values - self.target)) <= ROUNDING * norms * np.linalg.norm(
                self.target
            )
            if singular:
                face = resting | (values != 0)
                values[face] = entropic_minimiser(columns[:, face], values[face], signs[face])
            elif (resting & (values == 0)).any():
                raise HypothesisNotMet("a bound coordinate's gradient vanishes at the new saddle")
        if ((values != 0) & (np.abs(values) * norms <= ROUNDING * np.linalg.norm(self.target))).any():
            raise HypothesisNotMet("an active coordinate's coefficient vanishes at the new saddle")
        after = np.zeros(len(self.groups))
        after[names] = values
        return after

    def _constrained(self, columns: Array, norms: Array, signs: Array) -> Array:
        proposal, _ = nnls(columns * (signs / norms), self.target, maxiter=30 * len(signs))
        support = np.flatnonzero(proposal)
        values = np.zeros(len(signs))
        values[support] = (
            np.linalg.lstsq(columns[:, support] / norms[support], self.target, rcond=None)[0] / norms[support]
        )
        return values

    def _intercepts(self, involved: list[int], leavers: list[int], after: Array) -> dict[int, float]:
        if not leavers:
            return {}
        # Lotka–Volterra variables of a group are its shared coefficient times the group's size: equal columns add up
        block = np.ix_(involved, involved)
        found = leaver_intercepts(
            self.gram[block],
            self.linear[involved],
            self.coefficients[involved],
            after[involved],
            [involved.index(i) for i in leavers],
        )
        return dict(zip(leavers, found.tolist(), strict=True))
