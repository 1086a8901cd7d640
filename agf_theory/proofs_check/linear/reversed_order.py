"""LIN-14: the published recursion is false where commuting modes grow in one order and lower the loss in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import flint
import numpy as np
from sympy import Expr, Limit, Rational, oo

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_14", "TwoStaircases"]

SIGMA = (Fraction(2), Fraction(1))
VARIANCES = (Fraction(4), Fraction(1, 2))
"""Σ_yx = diag(2, 1) and Σ_xx = diag(4, 1/2): μ = σ²/Λ = (1, 2), the other way round."""

Numbers = tuple[Fraction, ...]


@dataclass(frozen=True)
class TwoStaircases:
    """What LIN-14 states of the one problem.

    Attributes
    ----------
    times, levels : tuples of Fraction
        Of the flow: jump times, and the loss at first and after each jump.
    published_times, published_levels : tuples of Fraction
        Of the recursion.
    strength : function
        Of a mode on the rescaled clock.
    """

    times: Numbers = (Fraction(1, 2), Fraction(1))
    levels: Numbers = (Fraction(3, 2), Fraction(1), Fraction(0))
    published_times: Numbers = (Fraction(1, 2), Fraction(3, 4))
    published_levels: Numbers = (Fraction(3, 2), Fraction(1, 2), Fraction(0))
    strength: Callable[[], Expr] = closed_form.rescaled_mode_strength


def problem() -> LinearNetwork:
    """The problem, with exact moments."""
    diagonals = [[[values[i] if i == j else 0 for j in range(2)] for i in range(2)] for values in (VARIANCES, SIGMA)]
    return LinearNetwork(*diagonals)


def _loss(strengths: list[Any]) -> Any:
    """½ Σ Λ_j (s_j − σ_j/Λ_j)² of modes that do not mix."""
    pairs = zip(strengths, SIGMA, VARIANCES, strict=True)
    missing = [(s - _as(s, sigma / variance), _as(s, variance)) for s, sigma, variance in pairs]
    return sum((variance * off * off for off, variance in missing), 0) / 2  # no power: balls may contain zero


def _as(like: Any, number: Fraction) -> Any:
    """The number in the arithmetic of another one."""
    return (
        flint.arb(flint.fmpq(number.numerator, number.denominator)) if isinstance(like, flint.arb) else _exact(number)
    )


def _exact(number: Fraction) -> Rational:
    return Rational(number.numerator, number.denominator)


def limits_between_the_jumps(formula: TwoStaircases, context: Context) -> Evidence:
    """The limits of both modes' exact strengths at a thousandth before and after each time stated, and the loss there.

    That no mode jumps anywhere else is in the derivation: each jumps once.
    """
    margin, limits = Fraction(1, 1000), []
    for k, time in enumerate(formula.times):
        for side, level in ((1 - margin, formula.levels[k]), (1 + margin, formula.levels[k + 1])):
            at = time * side
            strengths = [_limit(formula.strength(), mode, at) for mode in range(2)]
            limits.append(list(map(str, strengths)))
            if _loss(strengths) != _exact(level):
                witness = {"τ": str(at), "strengths": limits[-1], "loss": str(_loss(strengths)), "stated": str(level)}
                return Evidence.refuted("another loss next to a jump", witness, instances=1)
    detail = "limits of the exact modes a thousandth before and after each jump, and the loss there"
    return Evidence.of(Level.EXACT, detail, instances=1, limits=limits)


def _limit(strength: Expr, mode: int, at: Fraction) -> Expr:
    values = {sym.sigma_k: _exact(SIGMA[mode]), sym.variance: _exact(VARIANCES[mode]), sym.tau: _exact(at)}
    return Limit(strength.subs(values), sym.log_inverse, oo).doit()


def both_staircases_in_fractions(formula: TwoStaircases, context: Context) -> Evidence:
    """The numeric route in fractions: blocks merged in time, the recursion for the whole, and that the two differ."""
    flow = numeric.limiting_sequence(problem(), arithmetic="exact")
    whole = numeric.limiting_sequence(problem(), rule="recursion", arithmetic="exact")
    found = {
        "times": (tuple(flow.jump_times), formula.times),
        "levels": ((flow.initial_loss, *flow.loss_levels), formula.levels),
        "times of the recursion": (tuple(whole.jump_times), formula.published_times),
        "levels of the recursion": ((whole.initial_loss, *whole.loss_levels), formula.published_levels),
    }
    for what, (seen, stated) in found.items():
        if seen != stated:
            witness = {"what": what, "found": list(map(str, seen)), "stated": list(map(str, stated))}
            return Evidence.refuted("another staircase", witness, instances=1)
    if formula.times == formula.published_times or formula.levels == formula.published_levels:
        return Evidence.refuted("the two staircases agree", {"times": formula.times}, instances=1)
    return Evidence.of(Level.EXACT, "both staircases, as fractions, and they differ", instances=1)


def loss_on_the_plateaus(formula: TwoStaircases, context: Context) -> Evidence:
    """Balls at log(1/ε) = 1000: the loss of the exact modes half-way along every plateau, of either staircase."""
    ends = sorted({Fraction(0), *formula.times, *formula.published_times, Fraction(2)})
    apart = []
    with flint.ctx.workprec(512):
        for low, high in pairwise(ends):
            at = (low + high) / 2
            loss = _loss([_strength_in_balls(formula, mode, at) for mode in range(2)])
            stated = formula.levels[sum(time < at for time in formula.times)]
            if not abs(loss - _as(loss, stated)) < flint.arb(10) ** -50:
                return Evidence.refuted("another loss on a plateau", {"τ": str(at), "loss": loss.str(8)}, instances=1)
            published = formula.published_levels[sum(time < at for time in formula.published_times)]
            if abs(loss - _as(loss, published)) > flint.arb("0.1"):
                apart.append(str(at))
    detail = "the exact modes have the stated loss on every plateau, to 50 digits; that of the recursion is off"
    if not apart:
        return Evidence.refuted("the recursion has the right loss on every plateau", {"levels": formula.levels})
    return Evidence.of(Level.CERTIFIED, detail, instances=1, recursion_off_at=apart)


def _strength_in_balls(formula: TwoStaircases, mode: int, at: Fraction) -> Any:
    values = {sym.sigma_k: SIGMA[mode], sym.variance: VARIANCES[mode], sym.tau: at, sym.log_inverse: Fraction(1000)}
    return ball_value(formula.strength(), values)


def random_starts(formula: TwoStaircases, context: Context) -> Evidence:
    """Slopes of the integrated flow from Gaussian starts, log(1/ε) = 69 and 207, and the loss between jumps.

    What is left decays with exp(−log(1/ε)/2), the length of the plateau times the difference of the rates.
    """
    worst = 0.0
    for seed in range(2):
        jumps, lengths = [], []
        for text in ("1e-30", "1e-90"):
            lengths.append(InitScale(text).log_inverse)
            jumps.append(numeric.gradient_flow(problem(), InitScale(text), seed=seed).jumps())
        times = [np.array([jump.time for jump in found]) * length for found, length in zip(jumps, lengths, strict=True)]
        slopes = (times[1] - times[0]) / (lengths[1] - lengths[0])
        levels = [jump.loss for jump in jumps[1]]
        worst = max(worst, *(abs(slopes - np.array(formula.times, dtype=float))))
        if not worst < 1e-3 or not np.allclose(levels, np.array(formula.levels[1:], dtype=float), atol=1e-4):
            witness = {"seed": seed, "slopes": slopes.tolist(), "levels": levels}
            return Evidence.refuted("the flow jumps at other times", witness, instances=seed + 1)
    return Evidence.of(Level.SAMPLED, "slopes and levels of the flow from Gaussian starts", instances=2, worst=worst)


_STATED = TwoStaircases()

LIN_14 = Claim(
    id="LIN-14",
    system="linear",
    title="the recursion is false for commuting modes in reversed order",
    statement="For Σ_xx = diag(4, 1/2) and Σ_yx = diag(2, 1) the published recursion has (τ_2, ℓ_1) = (3/4, 1/2), and "
    "gradient flow from a vanishing aligned start has (1, 1).",
    kind=Kind.EQUALITY,
    status=Status.ERRATUM,
    source=Source("kunin2025", "the conjecture on fully connected linear networks"),
    hypotheses=Hypotheses(()),
    formula=_STATED,
    checks=(
        Check("both staircases in fractions", both_staircases_in_fractions),
        Check("loss on the plateaus", loss_on_the_plateaus),
        Check("derivation", partial(every_step, name="LIN-14", parts=lambda f: {"rescaled_mode_strength": f.strength})),
        Check("limits between the jumps", limits_between_the_jumps, Cost.FULL, time_limit=120),
        Check("random starts", random_starts, Cost.FULL, time_limit=120),
    ),
    mutants=(
        Mutant(
            "recursion-right",
            replace(_STATED, times=_STATED.published_times, levels=_STATED.published_levels),
            "the flow's staircase is that of the recursion",
        ),
        Mutant(
            "larger-fall-first",
            replace(_STATED, levels=_STATED.published_levels),
            "the mode that takes more off the loss is learned first",
        ),
        Mutant(
            "restart",
            replace(_STATED, times=(Fraction(1, 2), Fraction(3, 2))),
            "the second mode starts to grow when the first has jumped",
        ),
        Mutant(
            "single-rate",
            replace(_STATED, strength=lambda: closed_form.rescaled_mode_strength().subs(sym.tau, sym.tau / 2)),
            "strengths grow at σ, not at 2σ",
        ),
    ),
    remark="After the first jump the active neuron rests at a saddle that is not the best map of rank one. Its own "
    "perturbations grow at 0.2038, a dormant neuron along the second mode at 1, and that neuron wins as ε → 0. An "
    "arbitrarily small coupling in Σ_xx restores the recursion: see LIN-15.",
    parts=without_arguments(_STATED, "strength"),
)
