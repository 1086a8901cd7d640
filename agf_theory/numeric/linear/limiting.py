"""The limiting saddle-to-saddle sequence of a linear network as the initialisation vanishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import flint
import numpy as np

from agf_theory.errors import InputError
from agf_theory.numeric.linear.certified_limiting import PRECISIONS, ball_merger, fraction_merger
from agf_theory.numeric.linear.exact_moments import ExactMoments
from agf_theory.numeric.linear.merging import Merger, merged
from agf_theory.numeric.linear.moments import Moments
from agf_theory.numeric.linear.stability import escape_rate
from agf_theory.numeric.linear.staircase import Staircase, recursion
from agf_theory.numeric.linear.structure import Block, Structure, structure
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import LinearNetwork
from agf_theory.problems.required import require_problem

__all__ = ["Arithmetic", "Rule", "limiting_sequence"]

Rule = Literal["blocks", "recursion"]
Arithmetic = Literal["float", "ball", "exact"]
RULES = ("blocks", "recursion")
ARITHMETICS = ("float", "ball", "exact")

TIE = 1e-9
"""Relative difference of two jump times below which floats do not say which comes first: a million roundings."""


def limiting_sequence(
    problem: LinearNetwork, *, rule: Rule = "blocks", arithmetic: Arithmetic = "float"
) -> SaddleSequence:
    r"""Jump times τ_k, maps β_k and loss levels as the initialisation scale tends to zero.

    Parameters
    ----------
    problem : LinearNetwork
    rule : {"blocks", "recursion"}
        "blocks": the moments are split into the blocks that do not feel one another, each has a staircase of its own,
        and these are merged in time. "recursion": the conjectured closed form for the whole, as published; it is wrong
        where the moments are reducible and the orders of growth and of loss differ.
    arithmetic : {"float", "ball", "exact"}
        "float": couplings of modes below 1e-12 of their variances count as zero. "ball": `flint.arb` that enclose the
        numbers of the exact moments; blocks are decided in exact linear algebra, eigenvalues isolated. "exact":
        `fractions.Fraction`, where everything is rational. Both are for moments of up to 24 inputs and outputs.

    Returns
    -------
    SaddleSequence
        Times are flow time divided by log(1/ε), with ε the size of the initialisation; saddles are maps (c, d). Its
        notes say whether the sequence is a theorem or rests on the conjecture. It ends early, with the reason in
        `undecided`, where jump times are not told apart (in fractions, modes that tie jump together), and where hidden
        neurons run out at a saddle that is not the best map of its rank.

    Raises
    ------
    InputError
        If the problem is of another kind, or the rule or the arithmetic is none of those named, or the moments are too
        large for exact blocks.
    UndecidedError
        If a coupling between modes cannot be told from rounding; if the μ of a block coincide, which no precision
        isolates; in fractions, if a number is irrational.

    Hypotheses
    ----------
    Every block has distinct singular values σ of Σ_yx and distinct μ. A generic initialisation, or one aligned with the
    modes; see the notes of the result.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks; commuting and reducible moments: this project.

    Examples
    --------
    >>> problem = LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])
    >>> limiting_sequence(problem).jump_times, limiting_sequence(problem, rule="recursion").jump_times
    (array([0.5, 1. ]), array([0.5 , 0.75]))
    >>> limiting_sequence(problem, rule="recursion", arithmetic="exact").jump_times
    array([Fraction(1, 2), Fraction(3, 4)], dtype=object)
    """
    require_problem(problem, LinearNetwork)
    for what, value, allowed in (("rule", rule, RULES), ("arithmetic", arithmetic, ARITHMETICS)):
        if value not in allowed:
            raise InputError(f"{what} must be one of {', '.join(allowed)}, got {value!r:.40}")
    whole = rule == "recursion"
    notes = ("the published recursion for the whole, whatever the moments are",) if whole else None
    escape = _escape(Moments.of(problem))
    if arithmetic == "float":
        found = None if whole else structure(problem)
        merger = _float_merger(problem, found, escape)
        return merged(merger, notes or _status(found, merger))
    certified = ball_merger if arithmetic == "ball" else fraction_merger
    merger = certified(ExactMoments.of(problem), problem.width, escape, whole=whole or not problem.rank)
    with flint.ctx.workprec(PRECISIONS[-1]):  # or else sums of narrow balls would be rounded to 53 bits
        return merged(merger, notes or _status(None, merger))


def _escape(moments: Moments) -> Callable[[Any], float]:
    def rate(found: Any) -> float:
        numbers = [[float(e.mid() if hasattr(e, "mid") else e) for e in row] for row in found]
        return escape_rate(moments, np.array(numbers))

    return rate


def _float_merger(problem: LinearNetwork, found: Structure | None, escape: Callable[[Any], float]) -> Merger:
    moments = Moments.of(problem)
    zero = np.zeros_like(moments.sigma_yx)
    if found is None:
        pieces = [recursion(moments.sigma_yx, moments.best, problem.rank)] if problem.rank else []
        modes = [tuple(range(problem.rank))] * len(pieces)
    else:
        pieces = [_in_block(moments, block) for block in found.blocks]
        modes = [block.modes for block in found.blocks]
    return Merger(pieces, modes, moments.noise, zero, _before, "float", problem.width, escape)


def _before(first: float, second: float) -> bool | None:
    return True if second - first > TIE * abs(second) else None


def _in_block(moments: Moments, block: Block) -> Staircase:
    """The staircase of a block in its own coordinates, with its maps in those of the whole."""
    cross, best = (block.left.T @ each @ block.right for each in (moments.sigma_yx, moments.best))
    inside = recursion(cross, best, len(block.modes))
    maps = [block.left @ each @ block.right.T for each in inside.maps]
    return Staircase(inside.times, maps, inside.falls, inside.rates)


def _status(found: Structure | None, merger: Merger) -> tuple[str, ...]:
    sizes = [len(modes) for modes in merger.modes]
    if found is not None and found.commuting:
        kind = "the same order" if found.co_ordered else "another order than that of the loss they take away"
        return (f"Σ_xx and Σ_yxᵀΣ_yx commute: modes in order of σ, {kind}; a theorem for an aligned start",)
    if max(sizes, default=0) <= 1:
        return ("every block has one mode",)
    split = f"{len(sizes)} blocks of {', '.join(map(str, sizes))} modes, merged in time; " if len(sizes) > 1 else ""
    return (f"{split}within a block the recursion is a conjecture",)
