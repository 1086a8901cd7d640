"""LIN-17: greedy low-rank learning and gradient flow take two blocks in different orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import flint
import numpy as np

from agf_theory.errors import UndecidedError
from agf_theory.numeric import linear as numeric
from agf_theory.numeric.linear.staircase import Staircase
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.linear.interlacing import PRECISION, enclosed_staircase

__all__ = ["LIN_17", "TwoOrders"]

BLOCKS = {
    "A": LinearNetwork([[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]]),
    "B": LinearNetwork([[4]], [["7/5"]]),
}
WHOLE = LinearNetwork([[4, "1/2", 0], ["1/2", "1/2", 0], [0, 0, 4]], [[2, 0, 0], [0, 1, 0], [0, 0, "7/5"]])
"""The two blocks in one problem."""

Jump = tuple[str, int]  # block, and the number of the jump within it


@dataclass(frozen=True)
class TwoOrders:
    """What LIN-17 states of the one problem; decimals are rounded, half a unit of the last digit is allowed.

    Attributes
    ----------
    flow, greedy : tuples of (block, number within it)
        The orders of gradient flow and of greedy low-rank learning.
    times : tuple of str
        Of the flow.
    flow_levels, greedy_levels : tuples of str
        Loss at first and after each jump but the last, which leaves none.
    """

    flow: tuple[Jump, ...] = (("A", 1), ("B", 1), ("A", 2))
    greedy: tuple[Jump, ...] = (("A", 1), ("A", 2), ("B", 1))
    times: tuple[str, ...] = ("0.500000", "0.714286", "0.764975")
    flow_levels: tuple[str, ...] = ("1.9593", "0.6981", "0.4531")
    greedy_levels: tuple[str, ...] = ("1.9593", "0.6981", "0.2450")


def exponents(formula: TwoOrders, context: Context) -> Evidence:
    """Both orders in balls: accumulated exponents of the blocks for the flow, current singular values for greedy.

    Of the blocks, and what they state of the whole: times and levels that round to the figures.
    """
    with flint.ctx.workprec(PRECISION):
        seen = {name: enclosed_staircase(block) for name, block in BLOCKS.items()}
        flow, greedy = _by_time(seen), _by_rate(seen)
        times = [seen[name].times[k - 1] for name, k in flow]
        wrong = {
            "order of the flow": (flow, formula.flow),
            "order of the greedy algorithm": (greedy, formula.greedy),
            "times": _rounded(times, formula.times),
            "levels of the flow": _rounded(_levels(seen, flow), formula.flow_levels),
            "levels of the greedy algorithm": _rounded(_levels(seen, greedy), formula.greedy_levels),
        }
        rate = seen["A"].rates[1][0].str(12, radius=False)
    for what, (found, stated) in wrong.items():
        if found != stated:
            return Evidence.refuted(f"another {what}", {"found": found, "stated": stated}, instances=1)
    if flow == greedy:
        return Evidence.refuted("the two orders agree", {"order": flow}, instances=1)
    detail = "times and rates of both blocks in balls, which decide both orders and all levels"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, rate_of_A2=rate, rate_of_B="7/5")


def _by_time(seen: Mapping[str, Staircase]) -> tuple[Jump, ...]:
    jumps = [(name, k) for name, piece in seen.items() for k in range(1, len(piece.times) + 1)]
    return _certainly_sorted(jumps, lambda jump: seen[jump[0]].times[jump[1] - 1])


def _by_rate(seen: Mapping[str, Staircase]) -> tuple[Jump, ...]:
    """The block whose residual has the largest singular value comes next, whatever grew before."""
    found: list[Jump] = []
    learned = dict.fromkeys(seen, 0)
    while any(learned[name] < len(piece.times) for name, piece in seen.items()):
        open_ones = [(name, learned[name] + 1) for name, piece in seen.items() if learned[name] < len(piece.times)]
        first = _certainly_sorted(open_ones, lambda jump: -seen[jump[0]].rates[jump[1] - 1][0])[0]
        learned[first[0]] += 1
        found.append(first)
    return tuple(found)


def _certainly_sorted(jumps: Sequence[Jump], key: Any) -> tuple[Jump, ...]:
    ordered = sorted(jumps, key=lambda jump: float(key(jump).mid()))
    for first, second in pairwise(ordered):
        if not key(first) < key(second):
            raise UndecidedError(f"order of jumps: balls that tell {first} from {second} are required")
    return tuple(ordered)


def _levels(seen: Mapping[str, Staircase], order: Sequence[Jump]) -> list[Any]:
    """Loss before every jump."""
    falls = [seen[name].falls[k - 1] for name, k in order]
    return [sum(falls[k + 1 :], falls[k]) for k in range(len(falls))]


def _rounded(values: Sequence[Any], stated: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the balls round to, with as many digits as stated; a text that is off stands for itself."""
    found = []
    for value, text in zip(values, stated, strict=True):
        half = flint.arb(1) / 2 / flint.arb(10) ** len(text.partition(".")[2])
        found.append(text if abs(value - flint.arb(text)) <= half else value.str(8, radius=False))
    return tuple(found), tuple(stated)


def algorithms(formula: TwoOrders, context: Context) -> Evidence:
    """Greedy low-rank learning and alternating gradient flows at 1e-1000, run: their levels.

    Critical points are found to 1e-11; the levels are rounded to four digits.
    """
    runs = {
        "greedy low-rank learning": (numeric.greedy_low_rank(WHOLE), formula.greedy_levels),
        "alternating gradient flows": (
            numeric.alternating_gradient_flows(WHOLE, InitScale("1e-1000"), seed=1),
            formula.flow_levels,
        ),
    }
    for name, (found, stated) in runs.items():
        levels = [found.initial_loss, *found.loss_levels]
        if not np.allclose(levels, [*map(float, stated), 0.0], atol=5.1e-5):
            return Evidence.refuted(f"{name}: other levels", {"found": levels, "stated": stated}, instances=1)
    return Evidence.of(Level.SAMPLED, "levels of both algorithms, run", instances=2)


def integrated_flow(formula: TwoOrders, context: Context) -> Evidence:
    """Slopes of the jump times of the integrated flow between log(1/ε) = 230 and 460, and the levels at the smaller ε.

    The plateau before the last jump lasts 0.05 log(1/ε), so that transients are left of the order e^(−0.05·230) of the
    jump before; 1e-3 is allowed for times and levels.
    """
    lengths = [InitScale(text).log_inverse for text in ("1e-100", "1e-200")]
    jumps = [numeric.gradient_flow(WHOLE, InitScale(text), seed=1).jumps() for text in ("1e-100", "1e-200")]
    times = [np.array([jump.time for jump in each]) * length for each, length in zip(jumps, lengths, strict=True)]
    if len(times[0]) != len(times[1]) or len(times[1]) != len(formula.times):
        return Evidence.inconclusive("not every jump was seen", jumps=[len(each) for each in times])
    slopes = (times[1] - times[0]) / (lengths[1] - lengths[0])
    levels = [jump.loss for jump in jumps[1]]
    off = max(abs(slopes - np.array(formula.times, dtype=float)))
    if not off < 1e-3 or not np.allclose(levels, [*map(float, formula.flow_levels[1:]), 0.0], atol=1e-3):
        witness = {"slopes": slopes.tolist(), "levels": levels}
        return Evidence.refuted("the flow takes another order", witness, instances=1)
    return Evidence.of(Level.SAMPLED, "slopes and levels of the flow", instances=1, slopes=slopes.tolist(), worst=off)


_STATED = TwoOrders()

LIN_17 = Claim(
    id="LIN-17",
    system="linear",
    title="greedy low-rank learning takes another order than the flow",
    statement="For Σ_xx = [[4, 1/2], [1/2, 1/2]] ⊕ 4 and Σ_yx = diag(2, 1, 7/5) greedy low-rank learning has the loss "
    "levels (1.9593, 0.6981, 0.2450, 0) and gradient flow (1.9593, 0.6981, 0.4531, 0): what grows fastest now is not "
    "what has grown most.",
    kind=Kind.ORDER,
    status=Status.OBSERVATION,
    source=Source("li2020", "Theorem 5, without its hypotheses"),
    hypotheses=Hypotheses(()),
    formula=_STATED,
    checks=(
        Check("exponents", exponents),
        Check("algorithms", algorithms),
        Check("integrated flow", integrated_flow, Cost.FULL, time_limit=120),
    ),
    mutants=(
        Mutant("flow-is-greedy", replace(_STATED, flow=_STATED.greedy), "the flow takes the greedy order"),
        Mutant(
            "greedy-levels-for-the-flow",
            replace(_STATED, flow_levels=_STATED.greedy_levels),
            "the flow has the levels of the greedy algorithm",
        ),
        Mutant("greedy-is-flow", replace(_STATED, greedy=_STATED.flow), "greedy learning takes the order of the flow"),
        Mutant(
            "restart",
            replace(_STATED, times=("0.500000", "1.029935", "1.744221")),
            "every neuron starts anew at each jump",
        ),
        Mutant(
            "recursion-for-the-whole",
            replace(_STATED, times=("0.500000", "0.658985", "0.857143")),
            "the times of the published recursion",
        ),
    ),
    remark="Data that split into blocks: the equivalence of greedy learning and the flow needs the trajectory that "
    "arrives at a saddle to overlap its top direction most, and here it has no time to.",
)
