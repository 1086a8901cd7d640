"""The corrected sequence: gradient flow's jumps at finite α, predicted to all orders in 1/log(1/α)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import HypothesisNotMet
from agf_theory.numeric.diagonal.corrected_path import ALL_TERMS, CorrectedPath, Corrections
from agf_theory.numeric.diagonal.dual_flow import amplitude
from agf_theory.numeric.diagonal.pesme_flammarion import CLOCK, pesme_flammarion
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, UndecidedEvent, read_only
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["corrected_sequence"]

Array = NDArray[np.float64]

# Errors to expect are said in a note from this fraction of the largest coefficient on: what integrating can resolve.
WORTH_SAYING = 1e-9


def corrected_sequence(
    problem: DiagonalNetwork,
    init_scale: InitScale,
    *,
    convention: str = "paper",
    corrections: Corrections = ALL_TERMS,
) -> SaddleSequence:
    r"""Saddles and effective jump times of gradient flow at finite α, to all orders in 1/log(1/α).

    Parameters
    ----------
    problem : DiagonalNetwork
    init_scale : InitScale
    convention : {"paper", "slides"}
    corrections : Corrections
        Leave at the default for the result; other values show what each term is for.

    Returns
    -------
    SaddleSequence
        ``jump_times`` are effective: where the joiner's exponential growth, extrapolated, meets its plateau value
        (`Trajectory.jump_times` reads off the same instants).
        Clock: flow time for ‖Xβ − y‖²/(2n) divided by log(1/α).
        ``jump_errors`` estimate what the expansion leaves out of √G_ii β_i.
        ``notes`` say where the corrected events change order against the limit α → 0, and which plateau is shortest;
        ``undecided`` where a hypothesis fails and the sequence stops.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind.

    Source
    ------
    This project (claim DIAG-10); pinned values from [pesme2023], Section 2.

    Examples
    --------
    >>> from agf_theory.problems import DiagonalNetwork, InitScale
    >>> problem = DiagonalNetwork([[1.0, 0.0], [0.0, 1.0]], [1.0, 3.0])
    >>> corrected_sequence(problem, InitScale("1e-1000")).jump_times.round(4).tolist()
    [0.6669, 2.0003]
    """
    require_problem(problem, DiagonalNetwork)
    require_init_scale(init_scale)
    path = CorrectedPath(problem, init_scale.log_inverse, amplitude(convention), corrections)
    limit = pesme_flammarion(problem)
    if limit.arithmetic == "ball":  # close arrivals: only exact duals tell who arrives in vain
        limit = pesme_flammarion(problem, arithmetic="exact")
    followed = _follow(path, problem, limit)
    count = len(followed.events)
    active_sets = tuple(frozenset(np.flatnonzero(point).tolist()) for point in followed.saddles)
    return SaddleSequence(
        system="diagonal",
        method="corrected_sequence",
        arithmetic="float",
        clock=CLOCK,
        names=problem.names,
        jump_times=read_only(followed.times, dtype=float),
        saddles=read_only(np.array(followed.saddles).reshape(count, problem.d), dtype=float),
        loss_levels=read_only([_loss(problem, point) for point in followed.saddles], dtype=float),
        active_sets=active_sets,
        events=tuple(followed.events),
        initial_loss=_loss(problem, np.zeros(problem.d)),
        duals=read_only(np.array(followed.duals).reshape(count, problem.d), dtype=float),
        jump_errors=read_only(followed.errors, dtype=float),
        unique=tuple(limit.unique[:count]) if followed.in_order and len(limit.unique) >= count else (),
        undecided=followed.undecided,
        notes=(*followed.notes, *_shortest_plateau(problem, followed)),
    )


@dataclass
class _Followed:
    """What is noted after each event, and why the path ended if it did so early."""

    times: list[float] = field(default_factory=list)
    saddles: list[Array] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    duals: list[Array] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undecided: tuple[UndecidedEvent, ...] = ()
    in_order: bool = True


def _follow(path: CorrectedPath, problem: DiagonalNetwork, limit: SaddleSequence) -> _Followed:
    representative = {int(i): k for k, (members, _) in enumerate(path.groups) for i in members}
    followed = _Followed()
    try:
        while True:
            done = len(followed.events)
            expected = limit.events[done] if followed.in_order and done < len(limit) else None
            guarded = path.corrections.one_arrival_at_a_time and expected is not None
            if guarded and (idle := _arrives_in_vain(limit, done)):
                names = ", ".join(problem.names[i] for i in idle)
                raise HypothesisNotMet(
                    f"{names} reaches the bound together with a joiner and stays at zero in the limit; the expansion "
                    "needs one arrival at a time"
                )
            event = path.next_event(_forced_together(path, expected, representative))
            if event is None:
                return followed
            if event.time <= path.time:
                raise HypothesisNotMet(
                    "the corrected jump time does not exceed the one before: plateau short against ε"
                )
            entered, left = (_members(path, who) for who in path.jump(event))
            followed.events.append(Event(entered, left))
            followed.times.append(path.time)
            followed.saddles.append(path.raw_coefficients())
            followed.duals.append(path.raw_dual())
            followed.errors.append(path.roughness)
            if followed.in_order and followed.events[-1] != expected:
                followed.in_order = False
                followed.notes.append(_order_change(problem, done + 1, followed.events[-1], expected))
    except HypothesisNotMet as doubt:
        followed.undecided = (UndecidedEvent(jump=len(followed.events), neurons=(), reason=str(doubt)),)
        return followed


def _loss(problem: DiagonalNetwork, point: Array) -> float:
    residual = problem.X @ point - problem.y
    return float(residual @ residual) / (2 * problem.n)


def _shortest_plateau(problem: DiagonalNetwork, followed: _Followed) -> tuple[str, ...]:
    if not followed.errors:
        return ()
    lengths = np.linalg.norm(problem.X, axis=0) / np.sqrt(problem.n)
    shares = np.array(followed.errors) / (np.abs(followed.saddles) * lengths).max(axis=1)
    shortest = int(np.argmax(shares))
    if shares[shortest] <= WORTH_SAYING:
        return ()
    note = (
        f"shortest plateau: before jump {shortest + 1}; in its middle the coefficients are the fraction "
        f"{shares[shortest]:.1g} of the largest from rest; expect relative errors of about that size"
    )
    return (note,)


def _arrives_in_vain(limit: SaddleSequence, jump: int) -> list[int]:
    """Coordinates that reach ±1 at a jump of the limit without becoming active: a tie that its events do not show.

    Only exact sequences can have any (the other arithmetics leave ties undecided), and those carry certificates.
    """
    if not limit.certificates:
        return []
    now = limit.certificates[jump].dual
    before = limit.certificates[jump - 1].dual if jump else [0] * len(now)
    active = limit.active_sets[jump] | set(limit.events[jump].left)
    return [i for i, s in enumerate(now) if abs(s) == 1 and s != before[i] and i not in active]


def _members(path: CorrectedPath, representatives: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(int(i) for k in representatives for i in path.groups[k][0]))


def _forced_together(
    path: CorrectedPath, expected: Event | None, representative: dict[int, int]
) -> list[frozenset[int]]:
    """Joiners that the limiting sequence activates together because they are dependent; a genuine tie is refused.

    Raises
    ------
    HypothesisNotMet
        If the joiners add more than one to the rank of the active columns.
    """
    if expected is None:
        return []
    joiners = sorted({representative[i] for i in expected.entered})
    if len(joiners) <= 1:
        return []
    columns = path.columns[:, [*path.active, *joiners]]
    rank = int(np.linalg.matrix_rank(columns / np.linalg.norm(columns, axis=0)))
    if rank > len(path.active) + 1:
        raise HypothesisNotMet(
            f"{len(joiners)} coordinates join together in the limit; the expansion needs one joiner at a time"
        )
    return [frozenset(joiners)]


def _order_change(problem: DiagonalNetwork, jump: int, event: Event, expected: Event | None) -> str:
    def shown(change: Event | None) -> str:
        if change is None:
            return "no further jump"
        entered = ", ".join(problem.names[i] for i in change.entered)
        left = ", ".join(problem.names[i] for i in change.left)
        return f"+ {entered}" + (f" - {left}" if left else "")

    return f"corrected events change order at jump {jump}: {shown(event)}, where the limit has {shown(expected)}"
