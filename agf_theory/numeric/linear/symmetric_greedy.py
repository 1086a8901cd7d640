"""Greedy low-rank learning of a symmetric factorisation W = U Uᵀ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import Radau

from agf_theory.errors import InputError, IntegrationFailed

__all__ = ["SymmetricStage", "greedy_low_rank_symmetric"]

Array = NDArray[np.float64]

SMALL = 1e-7
"""Norm of a column that is appended; its square leaves what was learned as it was, to fourteen digits."""
TOLERANCE = 1e-10
NOTHING_LEFT = 1e-7
"""An eigenvalue of −∇f below this part of the first one grows nothing: integration leaves that much."""
AT_REST = 1e-9
LONGEST = 1e6  # in units of one over the first eigenvalue
MOST_STEPS = 5000


@dataclass(frozen=True, eq=False)
class SymmetricStage:
    """One stage.

    Attributes
    ----------
    growth : float
        Largest eigenvalue of −∇f at the start of the stage: the rate at which the appended column grows.
    matrix : (n, n)
        W = U Uᵀ at rest.
    value : float
        f there.
    """

    growth: float
    matrix: Array
    value: float


def greedy_low_rank_symmetric(
    target: ArrayLike, *, measurements: ArrayLike | None = None, most: int | None = None
) -> tuple[SymmetricStage, ...]:
    r"""The stages of greedy low-rank learning for :math:`\dot U=-\nabla f(UU^\top)\,U` from zero.

    Parameters
    ----------
    target : (n, n), symmetric
        W*. Without measurements, :math:`f(W)=\tfrac12\|W-W_*\|_F^2`.
    measurements : (m, n, n), optional
        Matrices A_i; then :math:`f(W)=\tfrac12\sum_i\langle A_i,W-W_*\rangle^2`, of which their symmetric parts count.
    most : int, optional
        Number of stages at most; by default n.

    Returns
    -------
    tuple of SymmetricStage
        It ends where −∇f has no positive eigenvalue left: negative eigenvalues of the target are never learned.

    Raises
    ------
    InputError
        If the shapes do not fit, a number is not finite, or the target is not symmetric.
    IntegrationFailed
        If a flow does not come to rest.

    Source
    ------
    [li2020], Algorithm 1 (greedy low-rank learning); with the objective f(UUᵀ)/2, so that columns grow at λ_1(−∇f).

    Examples
    --------
    >>> [round(float(stage.growth), 6) for stage in greedy_low_rank_symmetric(np.diag([1.0, 3.0, -1.0]))]
    [3.0, 1.0]
    """
    goal, sensing = _checked(target, measurements)
    n = len(goal)
    U = np.zeros((n, 0))
    found: list[SymmetricStage] = []
    first = 0.0
    while len(found) < (n if most is None else most):
        values, vectors = np.linalg.eigh(-_gradient(U @ U.T, goal, sensing))
        growth = float(values[-1])
        first = first or growth
        if growth <= NOTHING_LEFT * first:
            break
        U = _at_rest(np.column_stack([U, SMALL * vectors[:, -1]]), goal, sensing, growth, first)
        off = U @ U.T - goal
        value = float((off * _applied(off, sensing)).sum()) / 2
        found.append(SymmetricStage(growth, U @ U.T, value))
    return tuple(found)


def _applied(matrix: Array, sensing: Array | None) -> Array:
    """The quadratic form's own matrix applied: Σ_i ⟨A_i, M⟩ A_i."""
    if sensing is None:
        return matrix
    return np.asarray(np.einsum("kij,kab,ab->ij", sensing, sensing, matrix))


def _gradient(matrix: Array, goal: Array, sensing: Array | None) -> Array:
    return _applied(matrix - goal, sensing)


def _at_rest(U: Array, goal: Array, sensing: Array | None, growth: float, first: float) -> Array:
    def velocity(_: float, state: Array) -> Array:
        now = state.reshape(U.shape)
        return np.asarray(-(_gradient(now @ now.T, goal, sensing) @ now).ravel())

    solver = Radau(velocity, 0.0, U.ravel(), LONGEST / first, rtol=TOLERANCE, atol=TOLERANCE * SMALL)
    for _ in range(MOST_STEPS):
        solver.step()
        if solver.status == "failed" or not np.isfinite(solver.y).all():
            break
        grown = solver.t >= -2 * np.log(SMALL) / growth
        if grown and np.linalg.norm(velocity(0.0, solver.y)) <= AT_REST * first * np.linalg.norm(solver.y):
            return solver.y.reshape(U.shape)
        if solver.status == "finished":
            break
    raise IntegrationFailed(f"symmetric greedy stage: rest within flow time {LONGEST / first:.3g} is required")


def _checked(target: ArrayLike, measurements: ArrayLike | None) -> tuple[Array, Array | None]:
    goal = np.asarray(target, dtype=float)
    if goal.ndim != 2 or goal.shape[0] != goal.shape[1] or not np.isfinite(goal).all() or (goal != goal.T).any():
        raise InputError(f"target: a symmetric matrix of finite numbers is required, got shape {goal.shape}")
    if measurements is None:
        return goal, None
    sensing = np.asarray(measurements, dtype=float)
    if sensing.ndim != 3 or sensing.shape[1:] != goal.shape or not np.isfinite(sensing).all():
        raise InputError(
            f"measurements: matrices {goal.shape} of finite numbers, one above the other, are required, "
            f"got shape {sensing.shape}"
        )
    return goal, (sensing + sensing.transpose(0, 2, 1)) / 2
