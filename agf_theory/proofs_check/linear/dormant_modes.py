"""LIN-04: the modes of a dormant neuron, and its accumulated utility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.dormant_necessity import LIN_04_NEEDS
from agf_theory.proofs_check.linear.dormant_neurons import (
    FROZEN,
    STARTS_SOMEWHERE,
    DormantLinearNeuron,
    LinearNeuron,
)
from agf_theory.proofs_check.linear.frozen_flow import flowed, utility_integral
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["LIN_04", "DormantModes"]


@dataclass(frozen=True)
class DormantModes:
    """The formulas of LIN-04; the last two are functions of the number of modes."""

    growing_overlap: Callable[[], Expr] = closed_form.growing_overlap
    decaying_overlap: Callable[[], Expr] = closed_form.decaying_overlap
    squared_norm: Callable[[int], Expr] = closed_form.dormant_squared_norm
    accumulated_utility: Callable[[int], Expr] = closed_form.dormant_accumulated_utility


def modes_at(formula: DormantModes, instance: Instance) -> Evidence:
    """One neuron in balls: projections, norm and accumulated utility against the exponential of M(R)."""
    widest, neuron = 0.0, instance["neuron"]
    with flint.ctx.workprec(PRECISION):
        theta = flowed(neuron, ball(instance["t"]))
        for what, claimed, seen in (*_projections(formula, instance, theta), *_norms(formula, instance, theta)):
            miss = claimed - seen
            if not miss.contains(0):
                witness = {"neuron": str(neuron), "t": instance["t"], "seen": seen.str(10), "claimed": claimed.str(10)}
                return Evidence.refuted(f"{what} is another number", witness, instances=1)
            widest = max(widest, float(miss.rad()) if miss.is_finite() else float("inf"))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "projections, norm and accumulated utility against exp(M t), in balls of width below 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def enclosed_modes(formula: DormantModes, context: Context) -> Evidence:
    """Projections, norm and accumulated utility against the exponential of M(R), in balls, for shapes up to 3 × 3."""
    return over_instances(modes_at, formula, context.instances(24))


def _projections(
    formula: DormantModes, instance: Instance, theta: flint.arb_mat
) -> Iterator[tuple[str, flint.arb, flint.arb]]:
    neuron = instance["neuron"]
    c, root = len(neuron.left), flint.arb(2).sqrt()
    for j, sigma in enumerate(neuron.singular_values):
        along = [
            sum((ball(row[j]) * theta[offset + i, 0] for i, row in enumerate(basis)), flint.arb(0))
            for basis, offset in ((neuron.left, 0), (neuron.right, c))
        ]
        for what, sign, overlap, symbol in (
            ("growing projection", 1, formula.growing_overlap, sym.z_k),
            ("decaying projection", -1, formula.decaying_overlap, sym.y_k),
        ):
            start = ball(neuron.alpha[j] + sign * neuron.omega[j]) / root
            values = {symbol: start, sym.sigma_k: sigma, sym.t: instance["t"]}
            yield what, ball_value(overlap(), values), (along[0] + sign * along[1]) / root


def _norms(
    formula: DormantModes, instance: Instance, theta: flint.arb_mat
) -> Iterator[tuple[str, flint.arb, flint.arb]]:
    neuron = instance["neuron"]
    squared = (theta.transpose() * theta)[0, 0]
    values = mode_values(neuron, instance["t"])
    count = len(neuron.modes)
    yield "squared norm", ball_value(formula.squared_norm(count), values), squared
    seen = (squared / ball(neuron.squared_norm)).log() / 2
    yield "accumulated utility", ball_value(formula.accumulated_utility(count), values), seen


def mode_values(neuron: DormantLinearNeuron, time: Any) -> dict[Symbol, Any]:
    """Numbers for the symbols of the formulas: exact, or balls around roots of rationals."""
    values: dict[Symbol, Any] = {sym.t: time, sym.z_0: ball(neuron.in_kernel).sqrt() if neuron.in_kernel else 0}
    for j, (sigma, growing, decaying) in enumerate(neuron.modes, start=1):
        values[Symbol(f"sigma_{j}", positive=True)] = sigma
        values[Symbol(f"z_{j}", real=True)] = ball(growing).sqrt()
        values[Symbol(f"y_{j}", real=True)] = ball(decaying).sqrt()
    return values


def utility_at(formula: DormantModes, instance: Instance) -> Evidence:
    """One neuron: rigorous quadrature of κ Û along the flow against the accumulated utility."""
    neuron = instance["neuron"]
    with flint.ctx.workprec(96):
        seen = utility_integral(neuron, ball(instance["t"]))
        claimed = ball_value(formula.accumulated_utility(len(neuron.modes)), mode_values(neuron, instance["t"]))
        miss = claimed - seen
    if not miss.contains(0):
        witness = {"neuron": str(neuron), "t": instance["t"], "integral": seen.str(10), "claimed": claimed.str(10)}
        return Evidence.refuted("the integral of κ Û is another number", witness, instances=1)
    widest = float(miss.rad()) if miss.is_finite() else float("inf")
    if not widest < 1e-20:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "balls of width below 1e-20 meet the integral of κ Û"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def enclosed_utility(formula: DormantModes, context: Context) -> Evidence:
    """Rigorous quadrature of κ Û along the flow against the accumulated utility, for a few neurons."""
    return over_instances(utility_at, formula, context.instances(5))


def _derived(formula: DormantModes) -> dict[str, Any]:
    return {
        "growing_overlap": formula.growing_overlap,
        "decaying_overlap": formula.decaying_overlap,
        "squared_norm": formula.squared_norm,
        "accumulated_utility": formula.accumulated_utility,
    }


def _at_half_rate(formula: Callable[[int], Expr], modes: int) -> Expr:
    expression = formula(modes)
    return expression.subs(sym.t, sym.t / 2)


_CLOSED_FORM = DormantModes()

LIN_04 = Claim(
    id="LIN-04",
    system="linear",
    title="modes and accumulated utility of a dormant neuron",
    statement="With the residual R frozen the projections of a neuron on (u_j, ±v_j)/√2 are their initial values times "
    "e^(±σ_j t), that on the kernel of (0 R; Rᵀ 0) stands still, and the accumulated utility is log(‖θ(t)‖/‖θ(0)‖).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "exact flow of a dormant neuron"),
    hypotheses=Hypotheses(
        (
            LinearNeuron(),
            Quantity("t", drawn=(-2, 4)),
            STARTS_SOMEWHERE,
            FROZEN,
        )
    ),
    formula=_CLOSED_FORM,
    checks=(
        Check("enclosed modes", enclosed_modes),
        Check("enclosed utility", enclosed_utility),
        Check(
            "derivation",
            partial(every_step, name="LIN-04", parts=_derived, beyond="sums over two modes for any number"),
        ),
    ),
    mutants=(
        Mutant(
            "degree-missing",
            replace(_CLOSED_FORM, accumulated_utility=lambda n: closed_form.dormant_accumulated_utility(n) / 2),
            "κ = 2 missing from the accumulated utility",
        ),
        Mutant(
            "half-rate-of-norm",
            replace(_CLOSED_FORM, squared_norm=partial(_at_half_rate, closed_form.dormant_squared_norm)),
            "σ/2, the maximal normalised utility, as rate of growth of the norm",
        ),
        Mutant(
            "half-rate-of-projections",
            replace(_CLOSED_FORM, growing_overlap=lambda: sym.z_k * sympy.exp(sym.sigma_k * sym.t / 2)),
            "σ/2 as rate of growth of the projections",
        ),
        Mutant(
            "decaying-grow-too",
            replace(_CLOSED_FORM, decaying_overlap=lambda: sym.y_k * sympy.exp(sym.sigma_k * sym.t)),
            "both projections grow",
        ),
        Mutant(
            "kernel-forgotten",
            replace(_CLOSED_FORM, squared_norm=lambda n: closed_form.dormant_squared_norm(n).subs(sym.z_0, 0)),
            "projection on the kernel left out of the norm",
        ),
    ),
    remark="The source states the accumulated utility for any degree (FRM-03); that it is the logarithm of an explicit "
    "sum of exponentials is special to linear networks. Time is flow time with rate one, forwards or backwards.",
    necessity=LIN_04_NEEDS,
    parts=(
        *without_arguments(_CLOSED_FORM, "growing_overlap"),
        *without_arguments(_CLOSED_FORM, "decaying_overlap"),
        *by_choice(_CLOSED_FORM, "squared_norm", (1,)),
        *by_choice(_CLOSED_FORM, "accumulated_utility", (1,)),
    ),
    probes=(Probe("modes", modes_at, examples=200),),
)
