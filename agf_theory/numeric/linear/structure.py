"""What the moments decide before anything is trained: whether they commute, their order, and their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.singular_bases import DOUBTFUL, ROUNDING, SingularBases, singular_bases
from agf_theory.problems import LinearNetwork

__all__ = ["Block", "Structure", "structure"]

Array = NDArray[np.float64]

_WAY_OUT = "round the moments, set small couplings to zero, scale the inputs, or take arithmetic='ball'"


@dataclass(frozen=True, eq=False)
class Block:
    """Modes that are coupled to one another, and to no other.

    Attributes
    ----------
    modes : tuple of int
        Numbers of the singular modes of Σ_yx in it, σ descending.
    left : (c, k)
        Orthonormal output directions u_j of its modes.
    right : (d, m)
        Orthonormal input directions, those v_j of its modes first, then those without a mode that they are coupled to.
    """

    modes: tuple[int, ...]
    left: Array
    right: Array


@dataclass(frozen=True, eq=False)
class Structure:
    """How the modes of Σ_yx are coupled by Σ_xx.

    Attributes
    ----------
    sigma : (r,)
        Positive singular values of Σ_yx, descending.
    commuting : bool
        Whether Σ_xx and Σ_yxᵀ Σ_yx commute; decided in exact arithmetic.
    co_ordered : bool
        Whether sorting the blocks' modes by σ and by μ, the fall of the loss, gives the same order; only said of
        commuting moments.
    blocks : tuple of Block
        In the order of their largest σ.
    smallest_gap : float
        Smallest difference of neighbouring σ, relative to the largest.
    """

    sigma: Array
    commuting: bool
    co_ordered: bool
    blocks: tuple[Block, ...]
    smallest_gap: float


def structure(problem: LinearNetwork) -> Structure:
    """The couplings of a problem's modes.

    Raises
    ------
    UndecidedError
        If a coupling is neither rounding nor certainly more.
    """
    bases = singular_bases(problem)
    _require_decided(bases)
    sigma, labels = bases.sigma, bases.labels()
    rank = len(sigma)
    blocks = []
    for label in dict.fromkeys(labels[:rank]):
        members = np.flatnonzero(labels == label)
        modes = tuple(int(j) for j in members if j < rank)
        blocks.append(Block(modes, bases.left[:, list(modes)], bases.right[:, members]))
    commuting = _commute(problem)
    _require_single(blocks, commuting, sigma)
    falls = sigma**2 / np.maximum(np.diag(bases.couplings)[:rank], np.finfo(float).tiny)
    gaps = np.abs(np.diff(sigma)) / sigma[0] if rank > 1 else np.array([1.0])
    co_ordered = bool(commuting and (np.diff(falls) <= ROUNDING * falls.max(initial=0.0)).all())
    return Structure(sigma, commuting, co_ordered, tuple(blocks), float(gaps.min(initial=1.0)))


def _commute(problem: LinearNetwork) -> bool:
    inputs, cross = problem.rational_sigma_xx, problem.rational_sigma_yx
    normal = cross.transpose() * cross
    return bool(inputs * normal == normal * inputs)


def _require_single(blocks: Sequence[Block], commuting: bool, sigma: Array) -> None:
    """Exactly commuting moments with σ apart have blocks of one mode each; where floats see more, they are no judge."""
    apart = len(sigma) < 2 or bool((-np.diff(sigma) > DOUBTFUL * sigma[0]).all())
    if commuting and apart and any(len(block.modes) > 1 for block in blocks):
        raise UndecidedError(
            f"coupling of two modes: the moments commute, exactly, and floats find couplings in their bases; {_WAY_OUT}"
        )


def _require_decided(bases: SingularBases) -> None:
    relative, rounding, lost = bases.relative_couplings, bases.rounding, bases.lost
    doubtful_below = DOUBTFUL / ROUNDING * rounding
    either = lost[:, None] | lost[None, :]
    certain, _ = connected_components((relative >= doubtful_below) & ~either, directed=False)
    possible, _ = connected_components((relative > rounding) | either, directed=False)
    # A doubtful coupling inside a block decides nothing; one that would join two blocks does.
    if certain != possible and lost.any():
        raise UndecidedError(
            "coupling of two modes: variances of the input that floats tell from rounding are required, got some below "
            f"{1e3 * bases.absolute_rounding:.2g} beside {np.diag(bases.couplings).max():.2g}; {_WAY_OUT}"
        )
    if certain != possible:
        doubtful = relative[(relative > rounding) & (relative < doubtful_below)]
        raise UndecidedError(
            f"coupling of two modes: more than {DOUBTFUL:g} or less than {ROUNDING:g} of their variances is required "
            f"to tell it from rounding, got {doubtful.max():.2g}; {_WAY_OUT}"
        )
