"""Hand-made results: two coordinates or five, no dynamics behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, read_only
from agf_theory.tables import JumpTable, MethodRun, Scale, jump_table, method_run

CLOCK = "flow time for the loss ‖Xβ − y‖²/(2n), divided by log(1/α)"
NAMES = ("age", "bmi", "s1", "s5", "bp")

Move = tuple[Any, Sequence[int], Sequence[int]]


def sequence_of(
    moves: Sequence[Move],
    *,
    names: Sequence[str] = NAMES,
    arithmetic: str = "float",
    method: str = "pesme_flammarion",
    **more: Any,
) -> SaddleSequence:
    active: frozenset[int] = frozenset()
    sets, saddles = [], []
    for _, entered, left in moves:
        active = (active | frozenset(entered)) - frozenset(left)
        sets.append(active)
        saddles.append([Fraction(i + 1, 2) if i in active else Fraction(0) for i in range(len(names))])
    one = Fraction(1) if arithmetic == "exact" else 1.0
    return SaddleSequence(
        system="diagonal linear network",
        method=method,
        arithmetic=arithmetic,
        clock=CLOCK,
        names=tuple(names),
        jump_times=read_only([time for time, _, _ in moves], dtype=object),
        saddles=read_only(saddles, dtype=object).reshape(len(moves), len(names)),
        loss_levels=read_only([one / (k + 2) for k in range(len(moves))], dtype=object),
        active_sets=tuple(sets),
        events=tuple(Event(tuple(entered), tuple(left)) for _, entered, left in moves),
        initial_loss=one,
        **more,
    )


@dataclass(frozen=True)
class SeenJump:
    time: float
    error: float
    entered: tuple[int, ...]
    left: tuple[int, ...]
    coefficients: np.ndarray
    loss: float


@dataclass(frozen=True)
class SeenTrajectory:
    """What a table needs of a trajectory."""

    seen: tuple[SeenJump, ...]
    clock: str = CLOCK
    names: tuple[str, ...] = NAMES
    notes: tuple[str, ...] = ()
    losses: np.ndarray = field(default_factory=lambda: np.array([1.0, 0.5]))

    def jumps(self) -> tuple[SeenJump, ...]:
        return self.seen


def trajectory_of(moves: Sequence[Move], *, error: float = 1e-9, notes: tuple[str, ...] = ()) -> SeenTrajectory:
    seen = [
        SeenJump(time, error, tuple(entered), tuple(left), np.arange(5) / 2, 1 / (k + 2))
        for k, (time, entered, left) in enumerate(moves)
    ]
    return SeenTrajectory(tuple(seen), notes=notes)


def run_of(key: str, result: Any) -> MethodRun:
    return method_run(key, f"what {key} means", result)


def table_of(*runs: MethodRun, names: Sequence[str] = NAMES, alpha: str | None = "1e-8") -> JumpTable:
    return jump_table(
        system="diagonal linear network",
        title="A problem made by hand",
        facts={"n": 20, "d": len(names)},
        options={"alphas": [alpha] if alpha else [], "convention": "paper", "methods": [run.key for run in runs]},
        names=names,
        blocks=[(Scale(alpha, 18.420680743952367) if alpha else None, runs)],
    )


Function = Callable[..., Any]


@pytest.fixture(name="sequence_of")
def _sequence_of() -> Function:
    return sequence_of


@pytest.fixture(name="trajectory_of")
def _trajectory_of() -> Function:
    return trajectory_of


@pytest.fixture(name="run_of")
def _run_of() -> Function:
    return run_of


@pytest.fixture(name="table_of")
def _table_of() -> Function:
    return table_of


@pytest.fixture
def four_methods() -> JumpTable:
    """pf and agf agree; corrected swaps jumps 2 and 3; the flow merges them."""
    plain = [(0.5, [1], []), (1.0, [3], []), (1.25, [0], []), (40.0, [4], [1])]
    swapped = [(0.52, [1], []), (1.1, [0], []), (1.2, [3], []), (41.0, [4], [1])]
    merged = [(0.5201, [1], []), (1.15, [0, 3], []), (40.9, [4], [1])]
    return table_of(
        run_of("pf", sequence_of(plain)),
        run_of("agf", sequence_of(plain)),
        run_of("corrected", sequence_of(swapped)),
        run_of("gf", trajectory_of(merged, error=1e-3)),
    )


@pytest.fixture
def hostile() -> JumpTable:
    """Names that break formats: every special character, scripts, controls, a hundred coordinates at once."""
    names = (
        "a_b&%$#{}~^\\",
        "中文|<script>\"'`",
        "naïve–α",
        "x\x1b[31m\ny",
        "[b](c)*",
        *(f"pixel_intensity_{'x' * 60}_{i:04}" for i in range(95)),
    )
    third = Fraction(10**9 + 7, 10**9 * 3)
    moves = [(Fraction(1, 3), range(100), []), (third, [], [0, 1, 2, 3]), (Fraction(1, 10**300), [1, 0], [4])]
    return table_of(
        run_of("pf", sequence_of(moves, names=names, arithmetic="exact", notes=("100 % of <b>notes</b>, ‖x‖² | é",))),
        run_of("agf", sequence_of(_in_balls(moves), names=names, arithmetic="ball")),
        names=names,
    )


def _in_balls(moves: Sequence[Move]) -> list[Move]:
    exact = [Fraction(time) for time, _, _ in moves]
    return [
        (arb(time.numerator) / time.denominator, entered, left)
        for time, (_, entered, left) in zip(exact, moves, strict=True)
    ]
