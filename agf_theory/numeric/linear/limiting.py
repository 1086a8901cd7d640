"""The limiting saddle-to-saddle sequence of a linear network as the initialisation vanishes."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.linear.moments import CLOCK, Moments
from agf_theory.numeric.linear.staircase import Staircase, recursion
from agf_theory.numeric.linear.structure import Block, Structure, structure
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, UndecidedEvent, read_only
from agf_theory.problems import LinearNetwork

__all__ = ["Rule", "limiting_sequence"]

Rule = Literal["blocks", "recursion"]
RULES = ("blocks", "recursion")

TIE = 1e-9
"""Relative difference of two jump times below which floats do not say which comes first: a million roundings."""


def limiting_sequence(problem: LinearNetwork, *, rule: Rule = "blocks") -> SaddleSequence:
    r"""Jump times τ_k, maps β_k and loss levels as the initialisation scale tends to zero.

    Parameters
    ----------
    problem : LinearNetwork
    rule : {"blocks", "recursion"}
        "blocks": the moments are split into the blocks that do not feel one another, each has a staircase of its own,
        and these are merged in time. "recursion": the conjectured closed form for the whole, as published; it is wrong
        where the moments are reducible and the orders of growth and of loss differ.

    Returns
    -------
    SaddleSequence
        Times are flow time divided by log(1/ε), with ε the size of the initialisation; saddles are maps (c, d). Its
        notes say whether the sequence is a theorem or rests on the conjecture.

    Raises
    ------
    InputError
        If the rule is neither.
    UndecidedError
        If a coupling between modes cannot be told from rounding.

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
    """
    if rule not in RULES:
        raise InputError(f"rule must be one of {', '.join(RULES)}, got {rule!r:.40}")
    moments, found = Moments.of(problem), structure(problem)
    start = float(moments.loss(np.zeros_like(moments.sigma_yx)))
    most = min(problem.rank, problem.width)
    if rule == "recursion":
        pieces = [recursion(moments.sigma_xx, moments.sigma_yx, most)] if most else []
        names = [f"mode {k + 1}" for k in range(problem.rank)]
        order = [(0, k, k) for k in range(most)]
        notes: tuple[str, ...] = ("the published recursion for the whole, whatever the moments are",)
        undecided: tuple[UndecidedEvent, ...] = ()
    else:
        pieces = [_in_block(moments, block) for block in found.blocks]
        names = _names(found)
        order, undecided = _merged(pieces, found.blocks, most)
        notes = _status(found, problem)
    maps, levels, times = [], [], []
    current, loss = [np.zeros_like(moments.sigma_yx) for _ in pieces], start
    for piece, k, _ in order:
        current[piece] = pieces[piece].maps[k]
        loss -= float(pieces[piece].falls[k])
        maps.append(np.sum(current, axis=0))
        levels.append(loss)
        times.append(float(pieces[piece].times[k]))
    entered = [mode for _, _, mode in order]
    return SaddleSequence(
        system="linear",
        method="limiting_sequence",
        arithmetic="float",
        clock=CLOCK,
        names=tuple(names),
        jump_times=read_only(times, dtype=float),
        saddles=read_only(maps or np.zeros((0, *moments.sigma_yx.shape)), dtype=float),
        loss_levels=read_only(_above_floor(levels, moments.noise, start), dtype=float),
        active_sets=tuple(frozenset(entered[: k + 1]) for k in range(len(entered))),
        events=tuple(Event((mode,)) for mode in entered),
        initial_loss=start,
        unique=(True,) * len(entered),
        undecided=undecided,
        notes=notes,
    )


def _above_floor(levels: list[float], noise: float, start: float) -> NDArray[np.float64]:
    """The levels, with what rounding leaves of a start less all falls taken for the noise floor it stands for."""
    found = np.asarray(levels, dtype=float)
    return np.where(found - noise <= 1e-14 * len(levels) * start, noise, found)


def _in_block(moments: Moments, block: Block) -> Staircase:
    """The staircase of a block in its own coordinates, with its maps in those of the whole."""
    inside = recursion(
        block.right.T @ moments.sigma_xx @ block.right, block.left.T @ moments.sigma_yx @ block.right, len(block.modes)
    )
    maps = np.einsum("ca,kab,db->kcd", block.left, inside.maps, block.right)
    return Staircase(inside.times, maps, inside.falls, inside.rates)


def _merged(
    pieces: list[Staircase], blocks: tuple[Block, ...], most: int
) -> tuple[list[tuple[int, int, int]], tuple[UndecidedEvent, ...]]:
    """Block, number of the jump within it, and mode, of each jump in the order of time."""
    jumps = sorted((float(time), b, k) for b, piece in enumerate(pieces) for k, time in enumerate(piece.times))
    order = [(b, k, blocks[b].modes[k]) for _, b, k in jumps]
    if most < len(order):
        reason = f"{most} hidden neurons for {len(order)} modes: whether the last saddle is left again is not decided"
        return order[:most], (UndecidedEvent(most, (order[most][2],), reason),)
    return order, ()


def _names(found: Structure) -> list[str]:
    return [f"mode {j + 1}" for j in range(len(found.sigma))]


def _status(found: Structure, problem: LinearNetwork) -> tuple[str, ...]:
    sizes = [len(block.modes) for block in found.blocks]
    if found.commuting:
        kind = "the same order" if found.co_ordered else "another order than that of the loss they take away"
        return (f"Σ_xx and Σ_yxᵀΣ_yx commute: modes in order of σ, {kind}; a theorem for an aligned start",)
    if max(sizes, default=0) <= 1:
        return ("every block has one mode",)
    split = f"{len(sizes)} blocks of {', '.join(map(str, sizes))} modes, merged in time; " if len(sizes) > 1 else ""
    return (f"{split}within a block the recursion is a conjecture",)
