"""The skeleton of a system that `docs/adding_a_claim.md` shows: scalar networks a w beside one another.

Each has the loss (s − a w)²/2 and starts at a = w = α. It is a special case of the linear networks of the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import sympy

from agf_theory.errors import InputError
from agf_theory.numeric import Event, SaddleSequence
from agf_theory.tables import JumpTable, jump_table, method_run

# problems/: what is trained, validated and immutable.


@dataclass(frozen=True)
class ScalarNetworks:
    """Scalar networks with targets s > 0, exact."""

    targets: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if not all(target > 0 for target in self.targets):
            raise InputError(f"scalar networks: targets above zero are required, got {[*map(str, self.targets)]}")


# closed_form/: one formula, one function; symbols carry their assumptions.


def jump_time() -> sympy.Expr:
    """Jump time of the scalar network of target s, divided by log(1/α), as α → 0."""
    return 1 / sympy.Symbol("s", positive=True)


# numeric/: the same number without the formula.


def limiting_sequence(problem: ScalarNetworks) -> SaddleSequence:
    """Dormant networks grow at the rate of their residual; the one whose exponent is one first becomes active."""
    exponents, outputs = [Fraction(0)] * len(problem.targets), [Fraction(0)] * len(problem.targets)
    now, times, saddles, events = Fraction(0), [], [], []
    while outputs != [*problem.targets]:
        rates = [target - output for target, output in zip(problem.targets, outputs, strict=True)]
        wait = min((1 - e) / rate for e, rate in zip(exponents, rates, strict=True) if rate)
        exponents = [e + rate * wait for e, rate in zip(exponents, rates, strict=True)]
        entered = tuple(i for i, e in enumerate(exponents) if e == 1 and outputs[i] != problem.targets[i])
        for i in entered:
            outputs[i] = problem.targets[i]  # cost minimisation: its own part of the loss is gone
        now += wait
        times.append(now)
        saddles.append([*outputs])
        events.append(Event(entered))
    return _sequence(problem, times, saddles, events)


def _sequence(
    problem: ScalarNetworks, times: Sequence[Fraction], saddles: Sequence[Sequence[Fraction]], events: Sequence[Event]
) -> SaddleSequence:
    return SaddleSequence(
        system="scalar",
        method="limiting_sequence",
        arithmetic="exact",
        clock="t / log(1/α) for loss Σ(s−aw)²/2",
        names=tuple(f"s{i + 1}" for i in range(len(problem.targets))),
        jump_times=np.array(times, dtype=object),
        saddles=np.array(saddles, dtype=object),
        loss_levels=np.array([_loss(problem, saddle) for saddle in saddles], dtype=object),
        active_sets=tuple(frozenset(i for i, output in enumerate(saddle) if output) for saddle in saddles),
        events=tuple(events),
        initial_loss=_loss(problem, [Fraction(0)] * len(problem.targets)),
    )


def _loss(problem: ScalarNetworks, outputs: Sequence[Fraction]) -> Fraction:
    return sum(((s - f) ** 2 for s, f in zip(problem.targets, outputs, strict=True)), Fraction(0)) / 2


# cli/: what the command does with options, without them.


def table(problem: ScalarNetworks) -> JumpTable:
    """The jump-time table: any system's results fit."""
    sequence = limiting_sequence(problem)
    run = method_run("limit", "limiting sequence, α → 0", sequence)
    facts = {"networks": len(problem.targets)}
    return jump_table(
        system="scalar", title="Scalar networks", facts=facts, options={}, names=sequence.names, blocks=[(None, [run])]
    )
