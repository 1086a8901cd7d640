"""The map of a whitened network from a balanced start, in balls: the matrix Riccati solution at any scale."""

from __future__ import annotations

from random import Random

import flint

from agf_theory.proofs_check.linear.commuting_problems import CommutingNetwork
from agf_theory.proofs_check.linear.weighted_networks import WeightedNetwork, identity, orthogonal

__all__ = ["PRECISION", "balanced_map", "balanced_weights"]

PRECISION = 8000
"""Bits: entries of the propagator reach e^(4·300), and as much cancels in the solution."""


def balanced_weights(network: CommutingNetwork) -> WeightedNetwork:
    """The network's moments with balanced weights of as many neurons as modes, drawn by its seed.

    λ is not zero: with as many neurons as inputs and outputs, weights with λ = 0 reach every mode only if the
    determinants of A W and of Σ_yx have one sign.
    """
    random, size = Random(network.seed), len(network.sigma)
    imbalance = flint.fmpq(random.choice((-1, 1)) * random.randint(1, 6), random.randint(1, 3))
    A, W = flint.fmpq_mat(size, size), flint.fmpq_mat(size, size)
    for i in range(size):
        p = flint.fmpq(random.randint(2, 6), random.randint(1, 4))
        A[i, i], W[i, i] = (p + imbalance / p) / 2, (p - imbalance / p) / 2
    hidden = orthogonal(random, size)
    problem = network.problem
    weights = orthogonal(random, size) * A * hidden, hidden.transpose() * W * orthogonal(random, size)
    return WeightedNetwork(problem.rational_sigma_xx, problem.rational_sigma_yx, *weights)


def balanced_map(weighted: WeightedNetwork, log_inverse: flint.arb, time: flint.arb) -> flint.arb_mat:
    """B = A W at a flow time, from exp(−log_inverse) times the weights; call it within the context of `PRECISION`."""
    c, n = weighted.A.nrows(), weighted.A.nrows() + weighted.W.ncols()
    theta, small = flint.arb_mat(weighted.stacked), (-2 * log_inverse).exp()
    growth = flint.arb_mat(n, n)
    shift = flint.arb(weighted.imbalance) * small / 2
    for i in range(c):
        for j in range(n - c):
            growth[i, c + j] = growth[c + j, i] = flint.arb(weighted.sigma_yx[i, j])
    for i in range(n):
        growth[i, i] = shift if i < c else -shift
    propagator = (growth * time).exp()
    doubled = flint.arb_mat(2 * n, 2 * n)
    for i in range(n):
        doubled[i, n + i] = time
        for j in range(n):
            doubled[i, j] = 2 * time * growth[i, j]
    # exp of ((2F, I), (0, 0)) t has the integral of exp(2 F s) in its upper right corner.
    whole = doubled.exp()
    integral = flint.arb_mat([[whole[i, n + j] for j in range(n)] for i in range(n)])
    inner = flint.arb_mat(identity(weighted.A.ncols())) + theta.transpose() * integral * theta * small
    outer = propagator * theta * inner.inv() * theta.transpose() * propagator * small
    return flint.arb_mat([[outer[i, c + j] for j in range(n - c)] for i in range(c)])
