"""The closed forms behind the corrected jump times (DIAG-10), term by term against what is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import sympy

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric import diagonal as numeric
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.generic import general_problems
from agf_theory.proofs_check.diagonal.limiting_path import design_witness
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest

__all__ = ["against_closed_forms", "one_coordinate"]

Corrected = Callable[[DiagonalNetwork, InitScale], SaddleSequence]

SCALES = ("1e-100", "1e-1000")

ROUNDING = 1e-9
"""Numbers of order one, a few hundred roundings, condition 1e4 at most: 1e-11, with a margin of a hundred."""

ALONE = (("3", "2"), ("1/2", "-5"), ("-4", "1/3"), ("2", "7"))
"""Designs of one row and one column, with their target."""

ALONE_SCALES = ("0.1", "1e-3", "1e-30")

INTEGRATED = 1e-7
"""Gradient flow is integrated to 1e-10 in s; a coefficient magnifies that by 2 log(1/α), a logistic curve by its slope,
of the same size: 2e-8 at 1e-30."""


def against_closed_forms(formula: Corrected, context: Context, *, count: int) -> Evidence:
    """The derivation's steps, and the closed forms of levels, kicks and jump times at every jump of random problems.

    The derivation is about one coordinate and about what the plateaus fix: for several coordinates it proves no limit.
    """
    number, worst, compared = 0, 0.0, 0
    for number, problem in enumerate(general_problems(context, count), start=1):
        for scale in map(InitScale, SCALES):
            sequence = formula(problem, scale)
            if not sequence.complete or sequence.duals is None:
                return Evidence.inconclusive("the corrected sequence stops", design=design_witness(problem, str(scale)))
            for what, found, claimed in _terms(problem, sequence, 1 / scale.log_inverse):
                compared += 1
                miss = float(np.max(np.abs(np.subtract(found, claimed)), initial=0.0))
                if not miss <= ROUNDING * (1 + float(np.max(np.abs(claimed), initial=0.0))):
                    witness = {**design_witness(problem, what), "α": str(scale), "found": found, "claimed": claimed}
                    return Evidence.refuted("a term is not that of its closed form", witness, instances=number)
                worst = max(worst, miss)
    detail = f"levels, kicks and jump times against their closed forms, {compared} of them"
    sampled = Evidence.of(Level.SAMPLED, detail, instances=number if compared else 0, worst=worst)
    return weakest([every_step(formula, context, name="DIAG-10"), sampled])


def _terms(problem: DiagonalNetwork, sequence: SaddleSequence, epsilon: float) -> Iterator[tuple[str, Any, Any]]:
    """What is compared, as computed and as the closed form has it."""
    zero = np.zeros(problem.d)
    assert sequence.duals is not None
    states = [(0.0, zero, zero), *zip(sequence.jump_times, sequence.saddles, sequence.duals, strict=True)]
    gram = problem.X.T @ problem.X / problem.n
    for k, ((T, old, s), (time, new, dual)) in enumerate(pairwise(states), start=1):
        gradient = np.where(old == 0, gram @ old - problem.X.T @ problem.y / problem.n, 0.0)
        drifted = s - (time - T) * gradient
        joiner = next(int(i) for i in np.flatnonzero((old == 0) & (new != 0)))
        values = (T, s[joiner], gradient[joiner], new[joiner], epsilon)
        yield f"time of jump {k}", time, _number("corrected_jump_time", "T s g beta epsilon")(*values)
        for i in np.flatnonzero(new):
            level = _number("pinned_level", "beta epsilon")(new[i], epsilon)
            yield f"jump {k}, level of coordinate {i}", dual[i], np.sign(new[i]) * level
        for i in np.flatnonzero((old != 0) & (new != 0)):
            kick = _number("active_kick", "beta beta_previous epsilon")(new[i], old[i], epsilon)
            yield f"jump {k}, kick of active coordinate {i}", dual[i] - drifted[i], kick
        for i in np.flatnonzero((old != 0) & (new == 0)):
            start, end = (_number("leaver_level", "I epsilon")(value, epsilon) for value in (0.0, 1.0))
            intercept = (abs(dual[i]) - start) / (end - start)
            kick = _number("leaver_kick", "I beta_previous epsilon")(intercept, old[i], epsilon)
            yield f"jump {k}, kick of leaver {i}", dual[i] - drifted[i], kick
        active, dormant = (old != 0) | (new != 0), (old == 0) & (new == 0)
        moved = (dual - drifted)[:, None]
        kicked = _dormant_kick()(gram[np.ix_(dormant, active)], gram[np.ix_(active, active)], moved[active])
        yield f"jump {k}, kick of the dormant coordinates", moved[dormant], kicked


@cache
def _number(name: str, arguments: str) -> Callable[..., Any]:
    symbols = [getattr(sym, argument) for argument in arguments.split()]
    function: Callable[..., Any] = sympy.lambdify(symbols, getattr(closed_form, name)(), modules="numpy")
    return function


@cache
def _dormant_kick() -> Callable[..., Any]:
    symbols = [sym.gram_dormant_active, sym.gram_active, sym.kick_active]
    function: Callable[..., Any] = sympy.lambdify(symbols, closed_form.dormant_kick(), modules="numpy")
    return function


def one_coordinate(formula: Corrected, context: Context) -> Evidence:
    """One coordinate: the derivation of its exact solution, gradient flow against it, and the corrected time.

    What the corrected time leaves out is below (m G/b)²/4, m = α² (asinh x against log 2x), of the time's correction.
    """
    worst, count = 0.0, 0
    for x, y in ALONE:
        problem = DiagonalNetwork([[x]], [y])
        for scale in map(InitScale, ALONE_SCALES):
            count += 1
            for what, found, claimed, tolerance in _alone(formula, problem, scale):
                miss = float(np.max(np.abs(np.subtract(found, claimed)) / np.max(np.abs(claimed))))
                if not miss <= tolerance:
                    witness = {"X": x, "y": y, "α": str(scale), "compared": what, "found": found, "claimed": claimed}
                    return Evidence.refuted("one coordinate moves otherwise", witness, instances=count)
                worst = max(worst, miss)
    sampled = Evidence.of(
        Level.SAMPLED, "one coordinate, integrated, against its solution", instances=count, worst=worst
    )
    return weakest([every_step(formula, context, name="diagonal.one_coordinate"), sampled])


def _alone(formula: Corrected, problem: DiagonalNetwork, scale: InitScale) -> Iterator[tuple[str, Any, Any, float]]:
    eta, alpha = scale.log_inverse, float(scale.fraction)
    b, G = float(problem.X[0, 0] * problem.y[0]), float(problem.X[0, 0] ** 2)
    values = (b, G, alpha, eta)
    flow = numeric.gradient_flow(problem, scale)
    jump = flow.jump_times()
    exact = _number("one_coordinate_effective_jump_time", "b G alpha eta")(*values)
    yield "time of the jump", jump, [exact], INTEGRATED
    if eta < 10:  # beyond, 1 − tanh² has no digits left in doubles
        instants = np.minimum(exact * np.array([0.3, 0.7, 0.95, 1.0, 1.05, 1.5]), flow.times[-1])
        curve = _number("one_coordinate_coefficient", "b G alpha eta t")(*values, instants)
        yield "coefficient along the flow", flow.at(instants)[:, 0], curve, INTEGRATED
        dual = _number("one_coordinate_dual", "b G alpha eta t")(*values, flow.times)
        assert flow.dual is not None
        yield "dual variable along the flow", flow.dual[:, 0], dual, INTEGRATED
        at_half = _number("one_coordinate_level_time", "level b G alpha eta")(0.5, *values)
        yield "time of half the plateau", flow.at([at_half])[:, 0] * G / b, [0.5], 2 * INTEGRATED
    to_all_orders = _number("one_coordinate_jump_time", "b G epsilon")(b, G, 1 / eta)
    yield "corrected time", formula(problem, scale).jump_times, [to_all_orders], ROUNDING
    yield "corrected time against the exact one", [to_all_orders], [exact], (alpha**2 * G / b) ** 2 / eta + ROUNDING
