"""DIAG-08 in balls: every jump of alternating gradient flows against ρ times the exact limiting one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import flint

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.closed_form.diagonal import CONVENTIONS
from agf_theory.errors import UndecidedError
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.clock import Clock, Jumps
from agf_theory.proofs_check.diagonal.designs import with_leavers_first
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.path_certificates import interval, path_item
from agf_theory.proofs_check.diagonal.reference_path import Knot, is_the_only_minimiser, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance

__all__ = ["enclosed", "rescaled_path"]

SCALES = ("0.6", "0.1", "1e-3", "1e-8", "1e-100")
PRECISION = 256


def rescaled_path(formula: Clock, instance: Instance, *, scales: Sequence[str] = SCALES) -> Evidence:
    """Every jump of one problem in balls against ρ times the exact limiting sequence; the saddles are the same.

    Raises `UndecidedError` where balls cannot decide: exactly dependent active columns.
    """
    return _rescaled_path(formula, instance["problem"], scales)[0]


def _rescaled_path(formula: Clock, problem: DiagonalNetwork, scales: Sequence[str]) -> tuple[Evidence, dict[str, Any]]:
    """What is found, and its certificate."""
    path = certified_path(problem)
    runs: list[dict[str, Any]] = []
    found, widest = _compared(formula, problem, path, scales, runs)
    if found:
        return Evidence.refuted("another jump than ρ times the limiting one", found, instances=1), {}
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest), {}
    detail = "jump times enclosed in balls of width below 1e-30, saddles equal, both conventions"
    figures = {"widest": widest, "leavers": _leavers(path)}
    return Evidence.of(Level.CERTIFIED, detail, instances=1, **figures), {**path_item(problem, path), "runs": runs}


def enclosed(formula: Clock, context: Context, *, count: int, scales: Sequence[str] = SCALES) -> Evidence:
    """Every jump in balls against ρ times the exact limiting sequence; the saddles are the same.

    Designs on which balls cannot decide (exactly dependent active columns) are left out, and counted.
    """
    number, undecided, leaving, widest, detail = 0, 0, 0, 0.0, ""
    items: list[dict[str, Any]] = []
    for problem in with_leavers_first(context.instances(count)):
        try:
            one, item = _rescaled_path(formula, problem, scales)
        except UndecidedError:
            undecided += 1
            continue
        number += 1
        if one.level is None:
            return replace(one, instances=one.instances and number)
        leaving, widest, detail = leaving + one.figures["leavers"], max(widest, one.figures["widest"]), one.detail
        if context.certificates:
            items.append(item)
    figures = {"widest": widest, "undecided_designs": undecided, "leavers": leaving, "scales": list(scales)}
    return Evidence.of(Level.CERTIFIED, detail, instances=number, **figures).certified_by("rescaled-path", items)


def _compared(
    formula: Clock, problem: DiagonalNetwork, path: Sequence[Knot], scales: Sequence[str], runs: list[dict[str, Any]]
) -> tuple[dict[str, Any], float]:
    """The first difference, and the widest ball; `runs` receives what was enclosed at each scale."""
    widest, loss = 0.0, quadratic_of(problem)
    for scale in map(InitScale, scales):
        for convention in CONVENTIONS:
            with flint.ctx.workprec(PRECISION):
                alpha = (-scale.log_inverse_ball()).exp()
                ratio = ball_value(formula.ratio(convention), {sym.alpha: alpha})
                jumps = formula.jumps(problem, scale, convention)
                expected = [
                    (
                        ratio * ball(knot.time),
                        list(map(ball, knot.coefficients)) if is_the_only_minimiser(loss, knot) else [],
                    )
                    for knot in path
                ]
                found, width = _first_difference(jumps, expected)
            if found:
                witness = design_witness(problem, found)
                return {**witness, "α": str(scale), "convention": convention}, widest
            widest = max(widest, width)
            enclosed = [{"time": interval(t), "coefficients": [interval(b) for b in saddle]} for t, saddle in jumps]
            runs.append({"alpha": str(scale.fraction), "convention": convention, "jumps": enclosed})
    return {}, widest


def _first_difference(jumps: Jumps, expected: Jumps) -> tuple[str, float]:
    """In times, and in saddles but for those that are one of several minimisers: no coefficients are expected there."""
    widest = 0.0
    if len(jumps) != len(expected):
        return f"{len(jumps)} jumps instead of {len(expected)}", widest
    for k, ((time, saddle), (limit, coefficients)) in enumerate(zip(jumps, expected, strict=True), start=1):
        if not time.overlaps(limit):
            return f"jump {k} at {time.str(15)} instead of {limit.str(15)}", widest
        pairs = list(zip(saddle, coefficients, strict=True)) if coefficients else []
        for i, (value, known) in enumerate(pairs):
            if not value.overlaps(known):
                return f"saddle {k}, coordinate {i}: {value.str(15)} instead of {known.str(15)}", widest
        differences = [time - limit, *(value - known for value, known in pairs)]
        widest = max(widest, *(float(difference.rad()) for difference in differences))
    return "", widest


def _leavers(path: Sequence[Knot]) -> int:
    signs = [[bool(value) for value in knot.coefficients] for knot in path]
    return sum(a and not b for p, q in pairwise(signs) for a, b in zip(p, q, strict=True))
