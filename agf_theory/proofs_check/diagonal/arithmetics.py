"""The limiting sequence in every arithmetic that the package offers, against exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from agf_theory.numeric import diagonal as numeric
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork
from agf_theory.proofs_check.diagonal.reference_path import Knot, quadratic_of

__all__ = ["first_difference"]

AMPLIFIED = 1e-6
"""Roundings of 1e-16, a hundred of them, amplified by columns of condition 1e8 at most; else floats are undecided."""


def first_difference(problem: DiagonalNetwork, path: Sequence[Knot], arithmetic: str) -> str | None:
    """The first quantity in which a sequence differs from an exact path, in words; None if it is undecided itself."""
    sequence = numeric.pesme_flammarion(problem, arithmetic=arithmetic)
    if not sequence.complete:
        return None
    if len(sequence) != len(path):
        return f"{arithmetic}: {len(sequence)} jumps instead of {len(path)}"
    losses = _losses(problem, path)
    for k, knot in enumerate(path):
        pairs = {"time": (sequence.jump_times[k], knot.time), "loss": (sequence.loss_levels[k], losses[k + 1])}
        if sequence.unique[k]:
            pairs |= {f"coefficient {i}": (sequence.saddles[k][i], b) for i, b in enumerate(knot.coefficients)}
        for what, (found, exact) in pairs.items():
            if not _same(found, exact, largest=_largest(what, knot, losses)):
                return f"{arithmetic}, jump {k + 1}, {what}: {found} instead of {exact}"
        if wrong := _wrong_sets(sequence, k, knot):
            return f"{arithmetic}, jump {k + 1}: {wrong}"
    return "" if _same(sequence.initial_loss, losses[0], largest=losses[0]) else f"{arithmetic}: the initial loss"


def _wrong_sets(sequence: SaddleSequence, k: int, knot: Knot) -> str:
    if not sequence.unique[k]:
        return ""
    active = frozenset(i for i, b in enumerate(knot.coefficients) if b)
    before = sequence.active_sets[k - 1] if k else frozenset()
    if sequence.active_sets[k] != active:
        return f"active {sorted(sequence.active_sets[k])} instead of {sorted(active)}"
    event = sequence.events[k]
    changed = frozenset(event.entered) == active - before and frozenset(event.left) == before - active
    return "" if changed else "the event is not the change of the active set"


def _largest(what: str, knot: Knot, losses: Sequence[Fraction]) -> Fraction:
    if what == "time":
        return knot.time
    return losses[0] if what == "loss" else max(map(abs, knot.coefficients), default=Fraction(0))


def _same(found: Any, exact: Fraction, *, largest: Fraction) -> bool:
    if isinstance(found, Fraction):
        return found == exact
    if isinstance(found, flint.arb):
        with flint.ctx.workprec(4096):  # of the fraction: its own ball must not be the wider one
            known = flint.arb(flint.fmpq(exact.numerator, exact.denominator))
            return bool(found.overlaps(known) and found.rad() < 1e-9)
    return bool(np.isfinite(found) and abs(float(found) - float(exact)) <= AMPLIFIED * float(largest))


def _losses(problem: DiagonalNetwork, path: Sequence[Knot]) -> list[Fraction]:
    """‖Xβ − y‖²/(2n) at the start and after every jump."""
    loss = quadratic_of(problem)
    targets = (Fraction(int(t.p), int(t.q)) for t in problem.rational_y.entries())
    start = sum((t * t for t in targets), Fraction(0)) / (2 * problem.n)
    return [start, *(start + loss.loss(knot.coefficients) for knot in path)]
