"""Wrong versions of the limiting sequence: one rule changed at a time, as an implementation might have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from agf_theory.proofs_check.claims import Mutant
from agf_theory.proofs_check.diagonal.reference_path import (
    THEORY,
    Round,
    Rules,
    Vector,
    clip_once,
    refit_once,
    signs_ignored,
)

__all__ = ["ALMOST_ARRIVED", "WRONG_RULES", "path_mutants"]

ALMOST_ARRIVED = Fraction(1, 10)
"""Size of a gradient that a stopping test with a tolerance takes for zero."""


def _leavers_at(fraction: int) -> Callable[[Round, Vector], Vector]:
    """A coordinate that returns to dormancy starts again from this multiple of where it stands."""

    def carried(now: Round, reached: Vector) -> Vector:
        entries = zip(now.dual, now.coefficients, reached, strict=True)
        return tuple(fraction * s if old and not new else s for s, old, new in entries)

    return carried


def _dormant_reset(now: Round, reached: Vector) -> Vector:
    return tuple(s if new else Fraction(0) for s, new in zip(now.dual, reached, strict=True))


def _dormant_not_moved(now: Round, reached: Vector) -> Vector:
    return tuple(s if abs(s) >= now.level else old for s, old in zip(now.dual, now.before, strict=True))


def _one_arrival(now: Round) -> dict[int, int]:
    stands = now.at_the_level()
    arrives = [i for i in stands if abs(now.before[i]) < now.level]
    return {i: sign for i, sign in stands.items() if i not in arrives[1:]}


def _any_sign(now: Round) -> dict[int, int]:
    return {i: (s > 0) - (s < 0) for i, s in enumerate(now.dual) if s}


def _of_first_index(waits: Mapping[int, Fraction]) -> Fraction:
    return waits[min(waits)]


def _only_active_at_rest(beta: Vector, gradient: Vector) -> bool:
    return any(beta) and not any(g for b, g in zip(beta, gradient, strict=True) if b)


WRONG_RULES: Mapping[str, tuple[Rules, str]] = MappingProxyType(
    {
        "clip-once": (replace(THEORY, minimise=clip_once), "negative coefficients clipped once"),
        "refit-once": (
            replace(THEORY, minimise=refit_once),
            "negative coefficients dropped and the others fitted again, once",
        ),
        "leavers-ignored": (replace(THEORY, minimise=signs_ignored), "no sign constraint: nobody ever leaves"),
        "leavers-reset": (replace(THEORY, carried=_leavers_at(0)), "coordinates that leave start again from zero"),
        "leavers-flipped": (replace(THEORY, carried=_leavers_at(-1)), "coordinates that leave start with another sign"),
        "dormant-reset": (
            replace(THEORY, carried=_dormant_reset),
            "every dormant coordinate starts again at a jump",
        ),
        "dormant-not-moved": (replace(THEORY, carried=_dormant_not_moved), "the drift of a plateau is not kept"),
        "clock-not-carried": (replace(THEORY, clock=lambda time, duration: duration), "waits for jump times"),
        "loss-not-halved": (replace(THEORY, loss_factor=lambda problem: Fraction(2)), "loss ‖Xβ − y‖²/n"),
        "loss-summed": (replace(THEORY, loss_factor=lambda problem: Fraction(problem.n)), "loss ‖Xβ − y‖²/2"),
        "half-threshold": (replace(THEORY, level=Fraction(1, 2)), "activation at |s| = 1/2"),
        "no-threshold": (replace(THEORY, bound=_any_sign), "every coordinate with s ≠ 0 may become active"),
        "first-index": (replace(THEORY, duration=_of_first_index), "the joiner is the first index, not the first time"),
        "last-time": (replace(THEORY, duration=lambda waits: max(waits.values())), "the joiner is the last in time"),
        "ties-broken": (replace(THEORY, bound=_one_arrival), "of coordinates that tie, one becomes active"),
        "stops-at-rest": (
            replace(THEORY, arrived=_only_active_at_rest),
            "stops where the gradient of the active coordinates vanishes",
        ),
        "stops-nearby": (
            replace(THEORY, arrived=lambda beta, gradient: all(abs(g) < ALMOST_ARRIVED for g in gradient)),
            "stops where the gradient is below one tenth",
        ),
    }
)
"""By name: the rules, one of them wrong, and what is wrong."""


def path_mutants(as_formula: Callable[[Rules], Any], names: Iterable[str]) -> tuple[Mutant, ...]:
    """Mutants of a claim about the path: its formula for each of the named sets of rules."""
    return tuple(Mutant(name, as_formula(rules), what) for name in names for rules, what in (WRONG_RULES[name],))
