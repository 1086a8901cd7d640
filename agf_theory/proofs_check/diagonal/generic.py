"""Data in general position, and gradient flow measured on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale, zoo
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import Design
from agf_theory.proofs_check.diagonal.limiting_path import certified_path
from agf_theory.proofs_check.diagonal.reference_path import Knot, quadratic_of
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation

__all__ = ["GENERAL_POSITION", "Flow", "flow_jumps", "general_problems", "joiners"]

LEAVERS = ("deactivation-2d", "two-leavers", "refit-not-enough", "reactivation")
"""Zoo entries in general position where coordinates leave: rare by chance, so they always come first.

In the last one a coordinate is dormant while another leaves, and joins later: it feels the leaver's kick.
"""

QUIET = Fraction(19, 20)
"""Largest |s| of a dormant coordinate in the middle of a plateau, and of one that stays dormant when another joins.

Its coefficient is there α^(2(1 − |s|)), α^0.1 at most, and that power is what every approximation misses by. Without
the bound it may be any power of α: a coordinate that nearly ties with the joiner, and then recedes, leaves its trace
down to 1e-300 although every plateau is long.
"""

SETTLED = 0.08
"""Least power of α that active coefficients are from rest in the middle of a plateau.

It is 1e-8 at α = 1e-100, where fits begin, and 4e-7 at 1e-80; the slowest plateau of the designs with leavers has
0.086.
"""

NONZERO = 0.02
"""Least size of coefficients and bound gradients, relative to the largest of their kind: away from zero, so generic."""


def in_general_position(instance: Instance) -> bool:
    """One joiner at a time, unique minimisers, nothing that vanishes by accident, plateaus long against ε."""
    path = certified_path(instance["problem"])
    if len(path) < 2 or not _nothing_vanishes(instance["problem"], path):
        return False
    steps = list(_steps(path))
    settled = all(_settles(instance["problem"], *step) for step in steps[1:])
    return settled and all(_joins_alone(step) and _quiet_between(*step) for step in steps)


def _settles(problem: DiagonalNetwork, before: Knot, after: Knot) -> bool:
    """Whether the active coefficients come to rest on a plateau: `SETTLED` or more in the middle.

    They relax at the rates log(1/α) λ, λ the eigenvalues of 2|β|^½ G |β|^½ on the active coordinates: nearly dependent
    columns make one of them small, and then a plateau is short however long it lasts.
    """
    size = np.array([float(b) for b in before.coefficients])
    columns = problem.X[:, size != 0] * np.sqrt(np.abs(size[size != 0]))
    slowest = float(2 * np.linalg.svd(columns, compute_uv=False)[-1] ** 2 / problem.n)
    return slowest * float(after.time - before.time) / 2 >= SETTLED


def _quiet_between(before: Knot, after: Knot) -> bool:
    entries = zip(before.dual, after.dual, before.coefficients, after.coefficients, strict=True)
    dormant = [(s, moved, bool(joined)) for s, moved, active, joined in entries if not active]
    return all(abs(s + moved) / 2 <= QUIET and (joins or abs(moved) <= QUIET) for s, moved, joins in dormant)


def _within_reach(instance: Instance) -> bool:
    """The claims do not need it, but doubles do: what is integrated must not drown in rounding."""
    problem = instance["problem"]
    sizes = np.linalg.svd(problem.X, compute_uv=False)
    times = [knot.time for knot in certified_path(problem)]
    return bool(sizes[0] <= 100 * sizes[-1] and times and times[-1] <= 1000 * times[0])


def joiners(path: Sequence[Knot]) -> list[frozenset[int]]:
    """Who enters at each jump."""
    return [frozenset(_entering(before, after)) for before, after in _steps(path)]


def _steps(path: Sequence[Knot]) -> Iterator[tuple[Knot, Knot]]:
    start = Knot(path[0].time * 0, tuple(s * 0 for s in path[0].dual), tuple(b * 0 for b in path[0].coefficients))
    return pairwise((start, *path))


def _entering(before: Knot, after: Knot) -> list[int]:
    pairs = enumerate(zip(before.coefficients, after.coefficients, strict=True))
    return [i for i, (old, new) in pairs if new and not old]


def _joins_alone(step: tuple[Knot, Knot]) -> bool:
    return len(_entering(*step)) == 1


def _nothing_vanishes(problem: DiagonalNetwork, path: Sequence[Knot]) -> bool:
    loss = quadratic_of(problem)
    largest_slope = max(map(abs, loss.linear))
    for knot in path:
        slopes = loss.gradient(knot.coefficients)
        sizes = [abs(b) for b in knot.coefficients if b]
        bound = [abs(g) for g, s, b in zip(slopes, knot.dual, knot.coefficients, strict=True) if abs(s) == 1 and not b]
        # At the last saddle of a fit without residual every gradient vanishes: no coordinate may be left at its bound.
        if min(sizes) < NONZERO * max(sizes) or any(slope < NONZERO * largest_slope for slope in bound):
            return False
    return True


GENERAL_POSITION = Hypotheses(
    (
        Design(("gaussian", "correlated"), sizes=5, digits=1000),
        Relation(
            "one joiner at a time, unique minimisers; dormant |s| at most 19/20 in the middle of plateaus and when "
            "another joins, active coefficients there within α^0.08 of rest; no coefficient or bound gradient below "
            "2 % of the largest",
            in_general_position,
        ),
    ),
    drawn=(Relation("XᵀX of condition at most 1e4, jump times within a factor of 1e3", _within_reach),),
)


def general_problems(context: Context, count: int) -> Iterator[DiagonalNetwork]:
    """Problems in general position: those with leavers, then random ones."""
    yield from map(zoo.get, LEAVERS)
    yield from (instance["problem"] for instance in context.instances(count))


@dataclass(frozen=True, eq=False)
class Flow:
    """The jumps of an integrated gradient flow.

    Attributes
    ----------
    times, losses : (K,)
    entered : sets of int
        Who enters at each jump.
    plateau_times, duals : (K,), (K, d)
        The middle of the plateau reached, and the dual variable there.
    """

    times: NDArray[np.float64]
    losses: NDArray[np.float64]
    entered: tuple[frozenset[int], ...]
    plateau_times: NDArray[np.float64]
    duals: NDArray[np.float64]

    def follows(self, order: Sequence[frozenset[int]]) -> bool:
        """Whether the coordinates enter in the given order.

        After the last jump nothing moves any more: whoever is still on the way may count as entered there.
        """
        return len(self.times) == len(order) and all(who <= seen for who, seen in zip(order, self.entered, strict=True))


@cache
def flow_jumps(problem: DiagonalNetwork, init_scale: InitScale, tolerance: float = 1e-10) -> Flow:
    """Gradient flow, integrated to a tolerance, and its jumps read off."""
    jumps = numeric.gradient_flow(problem, init_scale, tolerance=tolerance).jumps()
    return Flow(
        np.array([jump.time for jump in jumps]),
        np.array([jump.loss for jump in jumps]),
        tuple(frozenset(jump.entered) for jump in jumps),
        np.array([jump.plateau_time for jump in jumps]),
        np.array([jump.dual for jump in jumps]).reshape(len(jumps), problem.d),
    )
