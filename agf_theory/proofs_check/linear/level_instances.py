"""What is looked at, in fractions, at each set of modes of one linear network: losses, certificates, ways out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import flint

from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.exact_algebra import definiteness, exact, kernel, rank, real_roots
from agf_theory.proofs_check.linear.factored_moments import FactoredMoments
from agf_theory.proofs_check.linear.rational_draws import any_matrix
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, product, transpose

__all__ = ["best_of_its_rank", "competitors", "escapes", "loss", "only_best", "subsets", "top_eigenvectors"]

SINE, COSINE = Fraction(3, 5), Fraction(4, 5)


def subsets(modes: int, most: int) -> tuple[tuple[int, ...], ...]:
    """All sets of at most so many modes, counted from 0."""
    return tuple(chosen for size in range(most + 1) for chosen in combinations(range(modes), size))


def loss(moments: FactoredMoments, chosen: Matrix) -> Fraction:
    """E‖y − Bx‖²/2 from the moments: ½ tr(Σ_yy − B Σ_yxᵀ − Σ_yx Bᵀ + B Σ_xx Bᵀ)."""
    crossed = product(chosen, transpose(moments.sigma_yx))
    own = product(chosen, moments.sigma_xx, transpose(chosen))
    return sum((moments.sigma_yy[i][i] - 2 * crossed[i][i] + own[i][i] for i in range(moments.c)), Fraction(0)) / 2


def escapes(
    moments: FactoredMoments, learned: tuple[int, ...], curvature: Callable[[int, int], Fraction | None]
) -> Evidence:
    """Turn each learned mode i towards each missed one j: the loss changes by ½ curvature sin²φ, exactly.

    A set that is not a top set has a pair with μ_j > μ_i, along which the loss falls.
    """
    best = product(moments.sigma_yx, moments.pseudo_inverse)
    before = loss(moments, product(moments.projection(learned), best))
    falls = False
    for i in learned:
        for j in (k for k in range(moments.c) if k not in learned):
            turned = transpose(
                tuple(
                    tuple(COSINE * row[i] + SINE * row[j] if k == i else row[k] for k in learned)
                    for row in moments.left
                )
            )
            after = loss(moments, product(transpose(turned), turned, best))
            claimed = curvature(i, j)
            if claimed is None or after - before != claimed * SINE**2 / 2:
                return _refuted(
                    "the loss changes otherwise as a mode turns", moments, modes=(i + 1, j + 1), change=after - before
                )
            falls |= after < before
    is_top = all(moments.mu[i] >= moments.mu[j] for i in learned for j in range(moments.c) if j not in learned)
    assert falls != is_top, "the loss falls along some turn iff a mode that is missed is worth more"
    return _exact("left along an exact curve, iff a mode that is missed is worth more")


def best_of_its_rank(moments: FactoredMoments, k: int) -> Evidence:
    """Ky Fan's certificate: with t = μ_k, M − t is semidefinite on the first k modes, and t − M on the others.

    M, from the moments, commutes with the projection; so tr P M is the largest there is, and the loss the least.
    """
    M = product(moments.sigma_yx, moments.pseudo_inverse, transpose(moments.sigma_yx))
    P = moments.projection(tuple(range(k)))
    size, t = moments.c, moments.mu[k - 1] if k else moments.mu[0]
    rest = tuple(tuple(Fraction(i == j) - P[i][j] for j in range(size)) for i in range(size))
    above = tuple(tuple(M[i][j] - t * (i == j) for j in range(size)) for i in range(size))
    below = tuple(tuple(-entry for entry in row) for row in above)
    if product(P, M) != product(M, P):
        return _refuted("the modes are no eigenvectors", moments, rank=k)
    for projection, form in ((P, above), (rest, below)):
        found = definiteness(product(projection, form, projection))
        if found.negative is not None:
            return _refuted("not the eigenvectors of the largest eigenvalues", moments, rank=k, vector=found.negative)
    return _exact("best of its rank, by an exact certificate")


def competitors(moments: FactoredMoments, saddle: Matrix, k: int) -> Evidence:
    """Random maps of rank at most k, and the saddle made slightly longer: none has a smaller loss."""
    random, least = Random(k), loss(moments, saddle)
    others = [product(any_matrix(random, moments.c, k), any_matrix(random, k, moments.d)) for _ in range(3 if k else 0)]
    others += [tuple(tuple(entry * Fraction(11, 10) for entry in row) for row in saddle)]
    for other in others:
        if loss(moments, other) < least or rank(saddle) > k:
            return _refuted("a map of this rank has a smaller loss", moments, rank=k, map=other)
    return _exact("no other map of its rank has a smaller loss")


def only_best(moments: FactoredMoments, saddle: Matrix, k: int, claimed: bool) -> Evidence:
    """A second map of rank k and the same loss, where there is one; the condition says whether."""
    second = _second(moments, saddle, k)
    if claimed and second is not None:
        return _refuted("another map of this rank has the same loss", moments, rank=k, map=second)
    if not claimed and second is None:
        return _refuted("it is the only best map, against the condition", moments, rank=k)
    return _exact("the only best map of its rank, iff the condition holds")


def _second(moments: FactoredMoments, saddle: Matrix, k: int) -> Matrix | None:
    """Another best map of rank at most k: from a tie of eigenvalues, or from what Σ_xx does not see."""
    following = moments.mu[k] if k < moments.c else Fraction(0)
    if moments.mu[k - 1] == following > 0:
        # Turn the last mode learned towards the first one missed, which is worth as much.
        best = product(moments.sigma_yx, moments.pseudo_inverse)
        turned = transpose(tuple((*row[: k - 1], COSINE * row[k - 1] + SINE * row[k]) for row in moments.left))
        return _checked(moments, saddle, product(transpose(turned), turned, best), k)
    unseen = kernel(moments.sigma_xx)
    if unseen:
        # One more row that Σ_xx does not see, along a mode that is learned, so that the rank stays.
        added = tuple(
            tuple(entry + row[k - 1] * z for entry, z in zip(line, unseen[0], strict=True))
            for line, row in zip(saddle, moments.left, strict=True)
        )
        return _checked(moments, saddle, added, k)
    return None


def _checked(moments: FactoredMoments, saddle: Matrix, other: Matrix, k: int) -> Matrix:
    assert other != saddle, "another map"
    assert rank(other) <= k, "of rank at most k"
    assert loss(moments, other) == loss(moments, saddle), "and of the same loss"
    return other


def top_eigenvectors(matrix: Matrix | None, moments: FactoredMoments, k: int) -> Evidence:
    """Whether the first k modes are the eigenvectors of the k largest eigenvalues of the matrix claimed."""
    if matrix is None or len(matrix) != moments.c:
        return _refuted("no square matrix with a row for each output", moments, claimed=matrix)
    inside = product(transpose(moments.left), matrix, moments.left)
    beside = [inside[i][j] for i in range(moments.c) for j in range(moments.c) if (i < k) != (j < k)]
    if any(beside):
        return _refuted("the best modes are no eigenvectors of this matrix", moments, rank=k, claimed=matrix)
    if 0 < k < moments.c:
        learned = tuple(row[:k] for row in inside[:k])
        missed = tuple(row[k:] for row in inside[k:])
        with flint.ctx.workprec(PRECISION):
            low, high = _eigenvalues(learned), _eigenvalues(missed)
            if any(a < b for a in low for b in high):
                return _refuted("the best modes are not those of its largest eigenvalues", moments, claimed=matrix)
            if not all(a > b for a in low for b in high):
                return Evidence.inconclusive("eigenvalues that balls do not tell apart")
    return _exact("the top eigenvectors of the matrix are the best modes")


def _eigenvalues(matrix: Matrix) -> list[flint.arb]:
    return real_roots(exact(matrix).charpoly().numer())


def _exact(what: str) -> Evidence:
    return Evidence.of(Level.EXACT, what, instances=1)


def _refuted(what: str, moments: FactoredMoments, **figures: Any) -> Evidence:
    return Evidence.refuted(what, {"moments": str(moments), **figures}, instances=1)
