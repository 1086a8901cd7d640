"""Coordinates in which the blocks of the moments are apart, to the last bit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.singular_bases import singular_bases
from agf_theory.problems import LinearNetwork

__all__ = ["AdaptedMoments"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AdaptedMoments:
    """The moments of a problem in bases of inputs and outputs that respect its blocks.

    At a saddle that the best map of its rank is not, a component of an active neuron in another block grows; what is
    zero must stay zero, and what is tiny keep its own digits. Both hold here: blocks share no coordinate, so that no
    rounding error of one enters another.

    Attributes
    ----------
    moments : Moments
        Σ_yx diagonal; Σ_xx and the best map with exact zeros between blocks.
    left : (c, c)
    right : (d, d)
        Orthogonal: a map B is left · B' · rightᵀ, with B' in these coordinates.
    labels : (c + d,) of int
        The block of each coordinate, outputs first.
    """

    moments: Moments
    left: Array
    right: Array
    labels: NDArray[np.int_]

    @classmethod
    def of(cls, problem: LinearNetwork) -> AdaptedMoments:
        """Couplings below `singular_bases.ROUNDING`, relative to their variances, count as zero."""
        given, bases = Moments.of(problem), singular_bases(problem)
        inputs = bases.labels()
        rank, c = len(bases.sigma), problem.c
        # Outputs that no mode reaches belong to no block: each gets a label of its own.
        outputs = np.concatenate([inputs[:rank], inputs.max(initial=-1) + 1 + np.arange(c - rank)])
        sigma_yx = np.zeros((c, problem.d))
        sigma_yx[np.arange(rank), np.arange(rank)] = bases.sigma
        apart = inputs[:, None] != inputs[None, :]
        best = bases.left.T @ given.best @ bases.right
        moments = Moments(
            np.where(apart, 0.0, bases.couplings),
            sigma_yx,
            np.where(outputs[:, None] != inputs[None, :], 0.0, best),
            given.noise,
        )
        return cls(moments, bases.left, bases.right, np.concatenate([outputs, inputs]))

    def columns(self, weights: Array) -> Array:
        """[A; Wᵀ], (c + d, H), in these coordinates."""
        c = len(self.left)
        return np.vstack([self.left.T @ weights[:c], self.right.T @ weights[c:]])

    def original(self, maps: Array) -> Array:
        """Maps (..., c, d) in the coordinates of the problem."""
        return np.asarray(self.left @ maps @ self.right.T)

    def kept_apart(self, found: Array) -> Array:
        """A map without the entries between blocks that are rounding errors of its largest."""
        c = len(self.left)
        foreign = self.labels[:c, None] != self.labels[None, c:]
        small = np.abs(found) <= 1e-9 * max(float(np.abs(found).max(initial=0.0)), np.finfo(float).tiny)
        return np.where(foreign & small, 0.0, found)
