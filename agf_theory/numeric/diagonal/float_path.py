r"""The saddle path in double precision: an updated factorisation, and an error bound beside every decision.

With Y(t) = ∫ (y − Xβ) dt the dual is s = XᵀY/n, and on a saddle with support A and signs σ

.. math:: Y(t) = t\,r + z,\qquad r = P^\perp_A y,\qquad X_A^\top z = n\sigma,\qquad P^\perp_A z = -P^\perp_A X_F B_F,

where B = ∫β dt is frozen on the coordinates F that have left. So r and z are recomputed from the factorisation at every
saddle instead of being accumulated, and errors do not compound from jump to jump (except through B_F).

Error model. Columns and target are scaled to norm one, so with u = 2⁻⁵³, c the accumulated-rounding constant √max(n, d)
(rounding errors as independent, [higham2019]) times a safety factor, and κ ≈ ‖X_A⁺‖, first-order perturbation theory of
least squares ([higham2002], chapter 20) gives ‖δr‖ ≤ cu(1 + ‖β‖₁ + κ‖r‖), ‖δβ‖ ≤ κ‖δr‖ and ‖δz‖ ≤ cuκ‖z‖.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.diagonal.column_factor import ColumnFactor
from agf_theory.numeric.diagonal.saddle_path import SaddlePath, Undecidable
from agf_theory.numeric.diagonal.scaled_design import ScaledDesign
from agf_theory.numeric.saddle_sequence import SaddleSequence, UndecidedEvent, events_between, read_only
from agf_theory.problems import DiagonalNetwork

__all__ = ["FloatPath", "float_sequence"]

Array = NDArray[np.float64]

# Errors add up like a random walk in most products and linearly in a few; eight covers both for d up to thousands
# (three thousand random designs against exact rationals: no decision outside the bound was wrong).
SAFETY = 8.0

# The frozen integrals B_F carry errors from jump to jump, partly cancelling. Bounds by norms would grow exponentially,
# so the errors are propagated by the path's own linear maps on a few random samples; the root mean square of four
# normal samples falls short by the safety factor with probability 5e-4, and even then only a decision as close as that
# could go wrong.
NOISE_SAMPLES = 4


class FloatPath(SaddlePath):
    """State in doubles, over the scaled columns of a `ScaledDesign`."""

    def __init__(self, design: ScaledDesign) -> None:
        super().__init__()
        self.design = design
        rows, columns = design.columns.shape
        self.full = min(rows, columns)
        self.unit = SAFETY * float(np.sqrt(max(design.samples, columns))) * np.finfo(float).eps / 2
        self.factor = ColumnFactor(rows, self.full)
        self.coordinates = np.zeros(0)  # Qᵀy
        self.time = 0.0
        self.coefficients = np.zeros(columns)
        self.frozen: dict[int, float] = {}  # B of coordinates that have left
        self.noise = np.zeros((rows, NOISE_SAMPLES))  # samples of the error of X_F B_F
        self.random = np.random.default_rng(0)
        self.amplification = 1.0
        self._anchor()

    def _anchor(self) -> None:
        """Residual r, offset z and the affine dual t·slope + offset they give, each with its error bound."""
        design, basis = self.design, self.factor.orthonormal
        signs = np.array([self.bound[i] for i in self.support]) / design.weights[self.support]
        pinned = self.factor.solve_transposed(signs)
        frozen = design.columns[:, list(self.frozen)] @ np.array(list(self.frozen.values()))
        self.residual = design.target - basis @ self.coordinates
        offset = basis @ (pinned + basis.T @ frozen) - frozen
        noise = self.noise - basis @ (basis.T @ self.noise)
        images = design.columns.T @ np.column_stack([self.residual, offset, noise])
        self.slope, self.offset = design.weights * images[:, 0], design.weights * images[:, 1]
        self.slope[self.support], self.offset[self.support] = 0, [self.bound[i] for i in self.support]
        self.amplification = self.factor.inverse_norm()
        size = float(np.linalg.norm(self.residual))
        error = self.unit * (1 + float(np.abs(self.coefficients).sum()) + self.amplification * size)
        offset_error = self.unit * self.amplification * float(np.linalg.norm(pinned))
        inherited = SAFETY * np.sqrt(np.mean(images[:, 2:] ** 2, axis=1))
        self.residual_error = error
        self.slope_error, self.offset_error = design.weights * error, design.weights * (offset_error + inherited)
        self.slope_error[self.support] = self.offset_error[self.support] = 0
        if len(self.support) == self.full:
            self.slope[:], self.slope_error[:] = 0, 0

    def stationary(self) -> bool:
        if not self.slope.any():
            return True
        unclear = np.abs(self.slope) <= self.slope_error
        if unclear.all():
            raise Undecidable(
                range(len(unclear)), self._doubt("the gradient vanishes to rounding error: end of the path")
            )
        return False

    def first_hit(self) -> tuple[float, dict[int, int]]:
        moving = np.flatnonzero(np.abs(self.slope) > self.slope_error)
        slope = self.slope[moving]
        times = (np.sign(slope) - self.offset[moving]) / slope
        winner = int(np.argmin(times))
        first = float(times[winner])
        errors = (self.offset_error[moving] + np.abs(times) * self.slope_error[moving]) / np.abs(slope)
        rivals = moving[times - errors <= first + errors[winner]]
        if len(rivals) > 1:
            raise Undecidable(
                rivals, self._doubt("which coordinate hits its bound first", first, float(errors[winner]))
            )
        still = np.flatnonzero((self.slope != 0) & (np.abs(self.slope) <= self.slope_error))
        reach = np.abs(self.offset[still]) + self.offset_error[still] + 2 * self.slope_error[still] * first
        if (reach >= 1).any():
            raise Undecidable(
                still[reach >= 1], self._doubt("whether a coordinate with vanishing gradient hits its bound")
            )
        coordinate = int(moving[winner])
        return first - self.time, {coordinate: 1 if self.slope[coordinate] > 0 else -1}

    def drift(self, duration: float, hits: dict[int, int]) -> None:
        self.time += duration
        self.bound = {i: self.bound[i] for i in self.support}

    def steepest_bound(self) -> int | None:
        descents = {i: self.bound[i] * self.slope[i] for i in self._outside()}
        descents = {i: descent for i, descent in descents.items() if descent > self.slope_error[i]}
        return max(descents, key=lambda i: descents[i]) if descents else None

    def _outside(self) -> list[int]:
        """Bound coordinates outside the support, ascending: the same run always takes the same steps."""
        return sorted(self.bound.keys() - set(self.support))

    def enter(self, coordinate: int) -> None:
        distance = self.factor.enter(self.design.columns[:, coordinate])
        if distance <= self.unit * self.amplification:
            raise Undecidable((coordinate, *self.support), self._doubt("the active columns may be dependent", distance))
        self.support.append(coordinate)
        self.frozen.pop(coordinate, None)
        self.coordinates = np.append(self.coordinates, self.factor.orthonormal[:, -1] @ self.design.target)

    def leave(self, coordinate: int) -> None:
        position = self.support.index(coordinate)
        self._freeze(position)
        self.factor.leave(position)
        self.support.pop(position)
        self.coefficients[coordinate] = 0
        self.coordinates = self.factor.orthonormal.T @ self.design.target

    def _freeze(self, position: int) -> None:
        """Keep B = ∫β dt of the coordinate about to leave: all duals of the support are ±1 now, which determines B."""
        basis, design = self.factor.orthonormal, self.design
        signs = np.array([self.bound[i] for i in self.support]) / design.weights[self.support]
        pinned = self.factor.solve_transposed(signs)
        elsewhere = design.columns[:, list(self.frozen)] @ np.array(list(self.frozen.values()))
        history = self.time * design.target - elsewhere
        along = basis.T @ history
        integrals = self.factor.solve(along - pinned)
        # first-order error of one coefficient of the least-squares problem A B ≈ history − A⁺ᵀ pinned
        size = float(np.abs(integrals).sum() + np.linalg.norm(history))
        apart = float(np.linalg.norm(history - basis @ along) + np.linalg.norm(pinned))
        row = self.factor.inverse_row(position)
        fresh = self.unit * float(np.linalg.norm(row)) * (size + self.amplification * apart) / SAFETY
        coordinate = self.support[position]
        self.frozen[coordinate] = float(integrals[position])
        error = fresh * self.random.standard_normal(NOISE_SAMPLES) - row @ (basis.T @ self.noise)
        self.noise += np.outer(design.columns[:, coordinate], error)

    def restricted_minimiser(self) -> Array:
        return self.factor.solve(self.coordinates)

    def move_towards(self, trial: Array) -> Sequence[int] | None:
        present = self.coefficients[self.support]
        signs = np.array([self.bound[i] for i in self.support])
        blocking = np.flatnonzero(trial * signs <= 0)
        if not len(blocking):
            return None
        steps = present[blocking] / (present[blocking] - trial[blocking])
        self.coefficients[self.support] += float(steps.min()) * (trial - present)
        leaving = [self.support[k] for k in blocking[steps == steps.min()]]
        if len(leaving) == len(self.support):
            raise Undecidable(leaving, self._doubt("every active coordinate would leave"))
        return leaving

    def accept(self, trial: Array) -> None:
        self.coefficients[self.support] = trial
        self._anchor()

    def certify_minimum(self) -> None:
        size = self.coefficients[self.support]
        error = self.amplification * (self.residual_error + self.unit * float(np.abs(size).sum()))
        if (np.abs(size) <= error).any():
            doubtful = [i for i, value in zip(self.support, size, strict=True) if abs(value) <= error]
            raise Undecidable(doubtful, self._doubt("whether an active coordinate leaves", error))
        doubtful = [i for i in self._outside() if -self.bound[i] * self.slope[i] <= self.slope_error[i]]
        if doubtful:
            raise Undecidable(doubtful, self._doubt("whether a bound coordinate enters"))

    @staticmethod
    def _doubt(what: str, *numbers: float) -> str:
        shown = ", ".join(f"{number:.3g}" for number in numbers)
        return f"{what}: not decided in double precision" + (f" (value and error {shown})" if shown else "")


def float_sequence(problem: DiagonalNetwork, clock: str) -> SaddleSequence:
    """The limiting sequence in double precision, up to its end or to the first undecided event."""
    design = ScaledDesign.of(problem)
    path = FloatPath(design)
    times: list[float] = []
    saddles: list[Array] = []
    losses: list[float] = []
    active_sets: list[frozenset[int]] = []
    undecided: tuple[UndecidedEvent, ...] = ()
    unique: list[bool] = []
    try:
        while path.step():
            point = design.coefficients(path.coefficients)
            times.append(path.time)
            saddles.append(point)
            losses.append(design.loss(path.residual))
            active_sets.append(frozenset(np.flatnonzero(point).tolist()))
            unique.append(design.all_single(path.support))
    except Undecidable as doubt:
        neurons = tuple(sorted(i for k in doubt.neurons for i in design.members(k)))
        undecided = (UndecidedEvent(jump=len(times), neurons=neurons, reason=doubt.reason),)
    return SaddleSequence(
        system="diagonal",
        method="pesme_flammarion",
        arithmetic="float",
        clock=clock,
        names=problem.names,
        jump_times=read_only(times, dtype=float),
        saddles=read_only(np.array(saddles).reshape(len(saddles), problem.d), dtype=float),
        loss_levels=read_only(losses, dtype=float),
        active_sets=tuple(active_sets),
        events=events_between(active_sets),
        initial_loss=design.loss(design.target),
        unique=tuple(unique),
        undecided=undecided,
    )
