"""Whitened moments and a balanced start: the flow solved exactly by its matrix Riccati equation, at any scale."""

from __future__ import annotations

import flint
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import solve_triangular

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric.linear.gradient_flow import checked_start
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["balanced_solution", "balanced_start"]

Array = NDArray[np.float64]

BALANCE_ROUNDING = 1e-12
"""Of the imbalance matrix, relative to the squared size of the start: some thousand roundings of its entries."""


def balanced_start(problem: LinearNetwork, imbalance: float, *, seed: int = 0) -> Array:
    r"""A random start with :math:`A^\top A-WW^\top=\lambda I`.

    Parameters
    ----------
    problem : LinearNetwork
    imbalance : float
        λ of the start itself; a flow from ε times it has imbalance ε² λ.
    seed : int

    Returns
    -------
    (c + d, H) array
        Θ = [A; Wᵀ]. Directions are uniform, the singular values of the smaller layer lie in [½, 3/2].

    Raises
    ------
    InputError
        If λ is not finite.
    HypothesisNotMet
        If H > c for λ > 0, or H > d for λ < 0: then no such weights exist, as AᵀA − WWᵀ has rank below H on a side.
    """
    c, d, H = problem.c, problem.d, problem.width
    if not np.isfinite(imbalance):
        raise InputError(f"imbalance must be finite, got {imbalance}")
    most = c if imbalance > 0 else d if imbalance < 0 else H
    if most < H:
        side, count = ("outputs", c) if imbalance > 0 else ("inputs", d)
        raise HypothesisNotMet(
            f"a start with imbalance {imbalance:g} needs at most as many hidden neurons as {side}, got H = {H} for "
            f"{count}; use imbalance 0, or the other sign"
        )
    random = np.random.default_rng(seed)
    shared = np.zeros(H)
    shared[: min(c, d)] = random.uniform(0.5, 1.5, min(c, d, H))
    hidden, left, right = (_orthogonal(random, size) for size in (H, c, d))
    A, W = np.zeros((c, H)), np.zeros((H, d))
    for i in range(H):
        if i < c:
            A[:, i] = left[:, i] * np.sqrt(shared[i] ** 2 + max(imbalance, 0.0))
        if i < d:
            W[i] = right[:, i] * np.sqrt(shared[i] ** 2 + max(-imbalance, 0.0))
    return np.vstack([A @ hidden.T, (hidden @ W).T])


def _orthogonal(random: np.random.Generator, size: int) -> Array:
    q, r = np.linalg.qr(random.standard_normal((size, size)))
    return np.asarray(q * np.sign(np.diag(r)))


def balanced_solution(problem: LinearNetwork, init_scale: InitScale, times: ArrayLike, *, start: ArrayLike) -> Array:
    r"""The map B = A W along gradient flow from ε times a balanced start; no equation is integrated.

    With :math:`Q=\Theta\Theta^\top` and :math:`F=\begin{pmatrix}\frac\lambda2I&\Sigma_{yx}\\
    \Sigma_{yx}^\top&-\frac\lambda2I\end{pmatrix}` the flow is :math:`\dot Q=FQ+QF-Q^2`, and

    .. math:: Q(t)=e^{Ft}\Theta_0\Big[I+\Theta_0^\top\int_0^te^{2Fs}ds\,\Theta_0\Big]^{-1}\Theta_0^\top e^{Ft}.

    Parameters
    ----------
    problem : LinearNetwork
        Whitened: Σ_xx is the identity, exactly.
    init_scale : InitScale
        Only log(1/ε) enters, so that 1e-1000 is no other case than 1e-1.
    times : array of any shape
        Flow time divided by log(1/ε), nonnegative; the clock of `gradient_flow`.
    start : (c + d, H) array
        Θ̂ = [A; Wᵀ] with AᵀA − WWᵀ = λ̂ I; the flow starts at ε Θ̂.

    Returns
    -------
    (..., c, d) array
        Maps, to a few roundings of the largest singular value of Σ_yx over the least relative overlap of a mode with
        those before it.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start is not of the problem's shape, or a time is
        negative or not finite.
    HypothesisNotMet
        If the moments are not whitened or the start is not balanced.

    Source
    ------
    Claim LIN-20 (this project).
    """
    require_problem(problem, LinearNetwork)
    require_init_scale(init_scale)
    requested = np.asarray(times, dtype=float)
    if not (np.isfinite(requested).all() and (requested >= 0).all()):
        raise InputError("times: finite numbers, none of them negative, are required")
    if problem.rational_sigma_xx != flint.fmpq_mat([[int(i == j) for j in range(problem.d)] for i in range(problem.d)]):
        raise HypothesisNotMet("the balanced solution needs whitened moments, sigma_xx the identity; use gradient_flow")
    theta = checked_start(problem, start, 0)
    scale, c = init_scale.log_inverse, problem.c
    imbalance = _imbalance(theta, c) * np.exp(-2 * scale)
    half, sigma_yx = imbalance / 2, problem.sigma_yx
    growth = np.block([[half * np.eye(c), sigma_yx], [sigma_yx.T, -half * np.eye(problem.d)]])
    rates, vectors = np.linalg.eigh(growth)
    rates, vectors = rates[::-1], vectors[:, ::-1]  # fastest first
    overlaps = _lower_triangular(vectors.T @ theta)
    instants = requested.ravel() * scale
    maps = [_map(rates, vectors, overlaps, t, scale, c) for t in instants]
    return np.array(maps).reshape(*requested.shape, c, problem.d)


def _imbalance(theta: Array, c: int) -> float:
    """λ̂ of a start, which has to be balanced."""
    A, W = theta[:c], theta[c:].T
    matrix = A.T @ A - W @ W.T
    imbalance = float(np.trace(matrix) / len(matrix))
    off = float(np.abs(matrix - imbalance * np.eye(len(matrix))).max())
    if not off <= BALANCE_ROUNDING * float((theta**2).sum()):
        raise HypothesisNotMet(
            f"the balanced solution needs AᵀA − WWᵀ = λI, got entries off by {off:.3g}; see balanced_start"
        )
    return imbalance


def _lower_triangular(overlaps: Array) -> Array:
    """The overlaps of the modes with the hidden space, hidden axes turned so that each mode adds one of its own."""
    return np.asarray(np.linalg.qr(overlaps.T, mode="r")).T


def _map(rates: Array, vectors: Array, overlaps: Array, t: float, scale: float, c: int) -> Array:
    """B at one time.

    In the eigenbasis of F, with D = diag((e^(2μt) − 1)/(2μ)) and Y = ε √D Z, the solution is ρ Y (I + YᵀY)⁻¹ Yᵀ ρ with
    ρ² = e^(2μt)/D. Rows of Y differ by factors no float can hold. They fall from the first to the last and Z is lower
    triangular: each column is divided by its largest factor, unless that is below one, and what is left is moderate.
    """
    if t == 0:
        Q = vectors @ (overlaps @ overlaps.T) @ vectors.T * np.exp(-2 * scale)
        return np.asarray(Q[:c, c:])
    speeds = np.abs(rates)
    # (1 − e^(−2|μ|t))/(2|μ|), which is t where |μ| t is too small to tell.
    decayed = np.where(speeds * t < 1e-17, t, -np.expm1(-2 * speeds * t) / np.where(speeds > 0, 2 * speeds, 1.0))
    log_rows = np.maximum(rates, 0) * t + np.log(decayed) / 2 - scale
    weights = np.exp(np.minimum(rates, 0) * t) / np.sqrt(decayed)
    log_columns = np.maximum(log_rows[: overlaps.shape[1]], 0)
    Y = overlaps * np.exp(np.minimum(log_rows[:, None] - log_columns, 0))
    stacked = np.vstack([Y, np.diag(np.exp(-log_columns))])
    # Y R⁻¹, row by row: the orthogonal factor itself has the small rows only to the rounding of the large ones.
    basis = solve_triangular(np.linalg.qr(stacked, mode="r"), Y.T, trans="T").T
    root = vectors @ (weights[:, None] * basis)
    return np.asarray(root[:c] @ root[c:].T)
