"""What the hypotheses of LIN-20 are for: networks without one, whose ΘΘᵀ moves otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flint
import sympy
from sympy import Matrix, Rational

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.linear.matrix_series import flow_series
from agf_theory.proofs_check.linear.weighted_networks import BALANCED, WHITENED, WeightedNetwork, identity
from agf_theory.proofs_check.necessity import failure

__all__ = ["LIN_20_NEEDS"]

Witness = Mapping[str, Any]


def for_no_imbalance(formula: Any, witness: Witness) -> Evidence:
    """Velocity of ΘΘᵀ against the formula's, with λ free: their difference has to vanish for some λ."""
    network: WeightedNetwork = witness["network"]
    theta = flow_series(network, 1)
    moving = theta[0] * theta[1].transpose() + theta[1] * theta[0].transpose()
    c, n = network.A.nrows(), len(network.stacked.tolist())
    M, J = sympy.zeros(n, n), sympy.diag(*(1 if i < c else -1 for i in range(n)))
    M[:c, c:] = _symbolic(network.sigma_yx)
    M[c:, :c] = M[:c, c:].T
    F = with_matrices(formula.growth_matrix(), {sym.coupling: M, sym.signature: J})
    Q = _symbolic(network.stacked * network.stacked.transpose())
    claimed = with_matrices(formula.balanced_velocity(), {sym.growth: F, sym.outer: Q})
    off = [sympy.expand(entry) for entry in claimed - _symbolic(moving) if sympy.expand(entry) != 0]
    common = sympy.gcd_list(off) if off else sympy.Integer(0)
    fails = bool(off) and not common.has(sym.imbalance)
    detail = "for no λ the velocity of ΘΘᵀ is that of the equation"
    return failure(fails, Level.EXACT, detail, {"network": str(network)}, differences=list(map(str, off)))


def _symbolic(matrix: flint.fmpq_mat) -> Matrix:
    return Matrix([[Rational(int(entry.p), int(entry.q)) for entry in row] for row in matrix.tolist()])


def _diagonal(*entries: int) -> flint.fmpq_mat:
    return flint.fmpq_mat([[entry if i == j else 0 for j in range(len(entries))] for i, entry in enumerate(entries)])


_CROSS = flint.fmpq_mat([[2, 1], [0, 1]])

LIN_20_NEEDS = (
    Necessity(
        BALANCED,
        {"network": WeightedNetwork(identity(2), _CROSS, _diagonal(2, 1), identity(2))},
        for_no_imbalance,
        (WHITENED,),
    ),
    Necessity(
        WHITENED,
        {"network": WeightedNetwork(_diagonal(2, 1), _CROSS, identity(2), identity(2))},
        for_no_imbalance,
        (BALANCED,),
    ),
)
