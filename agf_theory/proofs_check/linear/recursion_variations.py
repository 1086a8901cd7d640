"""The recursion of the conjectured staircase written a second time, and its wrong versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check.claims import Mutant

__all__ = ["THEORY", "Rules", "Staircase", "recursion_mutants", "staircase"]

Array = NDArray[np.float64]

Staircase = Callable[[LinearNetwork], tuple[Array, Array]]
"""Jump times τ_k and loss levels ℓ_k, k = 1 … min(rank, width), of a problem."""


@dataclass(frozen=True)
class Rules:
    """How the recursion goes; every field that is changed is a mistake somebody could make.

    Attributes
    ----------
    shift : int
        The k-th neuron grows at stage i with the (k − i − shift)-th singular value.
    first_residual_only : bool
        Singular values are always those of Σ_yx.
    inputs_forgotten : bool
        The residual is Σ_yx − β_k, without Σ_xx.
    singular_vectors_of_cross : bool
        U_k from the singular vectors of Σ_yx.
    restart : bool
        Every stage lasts 1/σ_1: growth on earlier ones is forgotten.
    logs : int
        Times are in multiples of log(1/ε): 2 for −log(ε²).
    """

    shift: int = 0
    first_residual_only: bool = False
    inputs_forgotten: bool = False
    singular_vectors_of_cross: bool = False
    restart: bool = False
    logs: int = 1


THEORY = Rules()


def staircase(problem: LinearNetwork, rules: Rules = THEORY) -> tuple[Array, Array]:
    """Jump times and levels, from least-squares maps and singular values alone."""
    inputs, cross = np.asarray(problem.sigma_xx), np.asarray(problem.sigma_yx)
    count = min(problem.rank, problem.width)
    best = np.linalg.lstsq(inputs, cross.T, rcond=None)[0].T
    _, vectors = np.linalg.eigh(best @ cross.T)
    basis = np.linalg.svd(cross)[0] if rules.singular_vectors_of_cross else vectors[:, ::-1]
    maps = [basis[:, :k] @ basis[:, :k].T @ best for k in range(count + 1)]
    rates = [_singular_values(cross - (m if rules.inputs_forgotten else m @ inputs)) for m in maps]
    lengths: list[float] = []
    for k in range(1, count + 1):
        stages = [rates[0] if rules.first_residual_only else rates[i] for i in range(k)]
        grown = sum(stages[i][k - i - 1 - rules.shift] * lengths[i] for i in range(k - 1))
        # A stage whose residual has nothing left lasts for ever.
        with np.errstate(divide="ignore"):
            lengths.append(float((1.0 - (0.0 if rules.restart else grown)) / np.float64(stages[-1][0])))
    levels = [float(np.trace((m - best) @ inputs @ (m - best).T)) / 2 for m in maps[1:]]
    return rules.logs * np.cumsum(lengths), np.array(levels)


def _singular_values(matrix: Array) -> Array:
    return np.asarray(np.linalg.svd(matrix, compute_uv=False), dtype=float)


def recursion_mutants() -> tuple[Mutant, ...]:
    """Every wrong version."""
    wrong = (
        ("index-shift", Rules(shift=1), "σ^(i)_(k−i−1) for σ^(i)_(k−i)"),
        ("first-residual-only", Rules(first_residual_only=True), "σ^(0) for σ^(i) at every stage"),
        ("inputs-forgotten", Rules(inputs_forgotten=True), "R_k = Σ_yx − β_k, without Σ_xx"),
        ("singular-vectors", Rules(singular_vectors_of_cross=True), "U_k from the singular vectors of Σ_yx"),
        ("restart", Rules(restart=True), "Δ_k = 1/σ_1^(k−1): growth on earlier plateaus forgotten"),
        ("log-of-square", Rules(logs=2), "−log(ε²) for −log ε"),
    )
    return tuple(Mutant(name, _with(rules), description) for name, rules, description in wrong)


def _with(rules: Rules) -> Staircase:
    return lambda problem: staircase(problem, rules)
