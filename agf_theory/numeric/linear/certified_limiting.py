"""The limiting sequence in balls and in fractions: blocks, order and levels certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint
import numpy as np

from agf_theory.errors import UndecidedError
from agf_theory.numeric.linear.certified_staircase import recursion_in_balls, recursion_in_fractions
from agf_theory.numeric.linear.exact_blocks import ExactBlocks, exact_blocks
from agf_theory.numeric.linear.exact_moments import ExactMoments
from agf_theory.numeric.linear.merging import Merger
from agf_theory.numeric.linear.staircase import Staircase
from agf_theory.numeric.linear.symmetric_balls import as_balls, spectral_projector

__all__ = ["PRECISIONS", "ball_merger", "fraction_merger"]

PRECISIONS = (256, 512, 1024, 2048, 4096)
NARROW = 2.0**-100
"""Relative width of the balls that are handed out; wider ones are computed again with twice the bits."""


def fraction_merger(moments: ExactMoments, width: int, escape: Callable[[Any], float], *, whole: bool) -> Merger:
    """The pieces of a problem in fractions.

    Raises
    ------
    UndecidedError
        If a number of the recursion is irrational, or two μ of a block coincide.
    """
    parts = [(moments.sigma_yx, moments.best, moments.rank)] if whole else _rational_parts(moments)
    parts = parts if moments.rank else []
    pieces = [] if parts is None else [recursion_in_fractions(*part) for part in parts]
    found = [piece for piece in pieces if piece is not None]
    if parts is None or len(found) < len(pieces):
        raise UndecidedError(
            "arithmetic='exact': rational singular values, rational and distinct eigenvalues μ in each block are "
            "required, got others; use arithmetic='ball'"
        )
    fractions = [_in_fractions(piece) for piece in found]
    zero = np.full((moments.sigma_yx.nrows(), moments.sigma_yx.ncols()), Fraction(0), dtype=object)
    noise = _fraction(moments.noise)
    return Merger(fractions, _numbered(fractions), noise, zero, lambda a, b: bool(a < b), "exact", width, escape)


def ball_merger(moments: ExactMoments, width: int, escape: Callable[[Any], float], *, whole: bool) -> Merger:
    """The pieces of a problem in balls, with as many bits as it takes.

    Raises
    ------
    UndecidedError
        If eigenvalues are not isolated at the highest precision.
    """
    blocks = None if whole else exact_blocks(moments)
    for bits in PRECISIONS:
        with flint.ctx.workprec(bits):
            try:
                parts = _ball_parts(moments, blocks)
                pieces = [_as_arrays(recursion_in_balls(*part)) for part in parts]
            except UndecidedError:
                if bits == PRECISIONS[-1]:
                    raise
                continue
            if bits == PRECISIONS[-1] or _decided(pieces):
                zero = np.full((moments.sigma_yx.nrows(), moments.sigma_yx.ncols()), flint.arb(0), dtype=object)
                noise = flint.arb(moments.noise)
                return Merger(pieces, _numbered(pieces), noise, zero, _before, "ball", width, escape)
    raise AssertionError("the last precision returns or raises")


def _rational_parts(moments: ExactMoments) -> list[tuple[Any, Any, int]] | None:
    blocks = exact_blocks(moments)
    if any(factor.degree() > 1 for factor, _ in blocks.values):
        return None
    values = [flint.fmpq(-factor[0], factor[1]) for factor, _ in blocks.values] + [flint.fmpq(0)]
    found = []
    for b, (_, rank) in enumerate(blocks.values):
        outputs = spectral_projector(blocks.outputs, values, [b])
        found.append((outputs * moments.sigma_yx, outputs * moments.best, int(rank)))
    return found


def _ball_parts(moments: ExactMoments, blocks: ExactBlocks | None) -> list[tuple[Any, Any, int]]:
    sigma_yx, best = as_balls(moments.sigma_yx), as_balls(moments.best)
    if not moments.rank:
        return []
    if blocks is None or blocks.count == 1:
        return [(sigma_yx, best, moments.rank)]
    roots = [(root.real, int(rank)) for factor, rank in blocks.values for root, _ in factor.complex_roots()]
    values = [value for value, _ in roots] + [flint.arb(0)]
    outputs = as_balls(blocks.outputs)
    found = []
    for b, (_, rank) in enumerate(roots):
        kept = spectral_projector(outputs, values, [b])
        found.append((kept * sigma_yx, kept * best, rank))
    return found


def _decided(pieces: Sequence[Staircase]) -> bool:
    """Whether balls are narrow and times apart; equal times never are, and cost the highest precision."""
    numbers = [number for piece in pieces for number in (*piece.times, *piece.falls)]
    if not all(number.rad() <= NARROW * abs(number).lower() for number in numbers):
        return False
    times = sorted((time for piece in pieces for time in piece.times), key=lambda time: float(time.mid()))
    return all(a < b for a, b in pairwise(times))


def _before(first: Any, second: Any) -> bool | None:
    return True if first < second else None


def _numbered(pieces: Sequence[Staircase]) -> list[list[int]]:
    """The modes of all blocks numbered by their singular values, largest first."""
    sizes = [(-float(sigma if isinstance(sigma, Fraction) else sigma.mid()), b, j)
             for b, piece in enumerate(pieces) for j, sigma in enumerate(piece.rates[0])]  # fmt: skip
    found: list[list[int]] = [[0] * len(piece.times) for piece in pieces]
    for number, (_, b, j) in enumerate(sorted(sizes)):
        found[b][j] = number
    return found


def _as_arrays(piece: Staircase) -> Staircase:
    return replace(piece, maps=[np.array(each.tolist(), dtype=object) for each in piece.maps])


def _in_fractions(piece: Staircase) -> Staircase:
    maps = [np.array([[_fraction(e) for e in row] for row in each.tolist()], dtype=object) for each in piece.maps]
    rates = [[_fraction(rate) for rate in row] for row in piece.rates]
    return Staircase([*map(_fraction, piece.times)], maps, [*map(_fraction, piece.falls)], rates)


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))
