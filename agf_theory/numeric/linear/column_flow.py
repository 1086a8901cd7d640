"""Gradient flow of a linear network in log-scaled columns: right at initialisations no float can hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import DOP853

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import Moments

__all__ = ["ColumnFlow", "Run"]

Array = NDArray[np.float64]

RESOLVED = 1.0
"""Longest step, in units of 1/σ_1. At the limit of stability, several times longer, decaying modes would stay alive
at the size of the tolerance; what is left of them at a jump grows on the next plateau, and may decide the order."""


@dataclass(frozen=True, eq=False)
class Run:
    """An integrated flow: its steps, and the state between them.

    Attributes
    ----------
    times : (T,)
    log_norms : (T, H)
        Of the effective neurons at the end of each step, descending.
    maps : (T, c, d)
        B = A W there.
    pieces : list
        Dense output of each step, a function of time; the columns are orthogonal at its start alone.
    last : LogColumns
        The effective neurons at the end.
    """

    times: Array
    log_norms: Array
    maps: Array
    pieces: list[object]
    last: LogColumns


@dataclass(frozen=True, eq=False)
class ColumnFlow:
    """Θ' = M(R) Θ with R = Σ_yx − B Σ_xx, for columns exp(l) x: l' = x·M(R)x and x' = M(R)x − (x·M(R)x) x.

    Attributes
    ----------
    moments : Moments
    """

    moments: Moments

    def map_of(self, columns: LogColumns) -> Array:
        """B = A W, (c, d). Squares of norms below 1e-308 are zero here: they move nothing."""
        c = len(self.moments.sigma_yx)
        weighted = columns.directions[:c] * np.exp(2 * columns.log_norms)
        return np.asarray(weighted @ columns.directions[c:].T)

    def velocity(self, columns: LogColumns) -> LogColumns:
        """Rates of change of log-norms and directions, packed alike."""
        rates = self._rates(columns.packed(), len(columns.log_norms))
        return LogColumns.unpacked(rates, len(columns.log_norms))

    def _rates(self, state: Array, width: int) -> Array:
        """The same on packed numbers; called a dozen times a step, it makes no array it can do without."""
        x = state[width:].reshape(-1, width)
        c = len(self.moments.sigma_yx)
        R = self.moments.sigma_yx - ((x[:c] * np.exp(2 * state[:width])) @ x[c:].T) @ self.moments.sigma_xx
        rates = np.empty_like(state)
        pushed = rates[width:].reshape(-1, width)
        np.matmul(R, x[c:], out=pushed[:c])
        np.matmul(R.T, x[:c], out=pushed[c:])
        rates[:width] = np.einsum("ij,ij->j", x, pushed) / np.einsum("ij,ij->j", x, x)
        pushed -= x * rates[:width]
        return rates

    def run(self, start: LogColumns, *, duration: float, tolerance: float, settled: float) -> Run:
        """Integrate from a start until `duration`, or until nothing moves faster than `settled` times its first rate.

        After every step the columns are rotated to orthogonality: in between, rounding seeds the fast directions into
        the small columns, and over a long plateau that grows without bound.

        Raises
        ------
        IntegrationFailed
            If the integrator gives up or a state is not finite.
        """
        width = len(start.log_norms)
        first = float(np.linalg.norm(self.moments.sigma_yx, 2))

        def rates(_: float, state: Array) -> Array:
            return self._rates(state, width)

        columns = start
        longest = RESOLVED / first if first else np.inf
        solver = DOP853(rates, 0.0, columns.packed(), duration, rtol=tolerance, atol=tolerance, max_step=longest)
        times, norms, maps = [0.0], [columns.log_norms.copy()], [self.map_of(columns)]
        pieces: list[object] = []
        while solver.status == "running":
            message = solver.step()
            if solver.status == "failed" or not np.isfinite(solver.y).all():
                raise IntegrationFailed(f"the flow stopped at t = {solver.t:g}: {message or 'not finite'}")
            pieces.append(solver.dense_output())
            columns = LogColumns.unpacked(solver.y, width)
            columns.orthogonalise()
            solver.y = columns.packed()
            solver.f = rates(solver.t, solver.y)
            times.append(float(solver.t))
            norms.append(columns.log_norms.copy())
            maps.append(self.map_of(columns))
            if self._at_rest(columns, settled * first):
                break
        return Run(np.array(times), np.array(norms), np.array(maps), pieces, columns)

    def _at_rest(self, columns: LogColumns, slow: float) -> bool:
        """Whether no dormant neuron can grow and no active one moves faster than a rate."""
        R = self.moments.residual(self.map_of(columns))
        if np.linalg.norm(R, 2) < slow:
            return True
        rates = self.velocity(columns)
        moving = np.abs(rates.log_norms) + np.linalg.norm(rates.directions, axis=0)
        return bool((moving < slow).all())

    def between(self, run: Run, instants: ArrayLike) -> tuple[Array, Array]:
        """Log-norms (N, H), descending, and maps (N, c, d) at instants within the run."""
        norms, maps = [], []
        for t in np.ravel(np.asarray(instants, dtype=float)):
            piece = int(np.clip(np.searchsorted(run.times, t) - 1, 0, len(run.pieces) - 1))
            state = run.pieces[piece](t)  # type: ignore[operator]
            columns = LogColumns.unpacked(np.asarray(state), run.log_norms.shape[1])
            columns.orthogonalise()
            norms.append(columns.log_norms)
            maps.append(self.map_of(columns))
        return np.array(norms), np.array(maps)
