"""MOD-02: the largest utility of a neuron on a centred template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
from sympy import Expr, sqrt

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.numeric.modular.exact_network import utility_sum
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.class_neurons import (
    PRECISION,
    cosine,
    is_generic,
    phase_of,
    squared_moduli,
    squared_norm,
)
from agf_theory.proofs_check.modular.rational_tasks import CENTRED, RationalTask, TaskAndNeuron
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_02", "UtilityMaximum"]

WIDTH = 1e-30
GRID = 1000
"""Weights near a maximiser are those of the maximiser, rounded to thousandths."""


@dataclass(frozen=True)
class UtilityMaximum:
    """What MOD-02 states: the largest utility on a generic frequency, and on the Nyquist frequency."""

    generic: Callable[[], Expr] = closed_form.generic_maximum
    nyquist: Callable[[], Expr] = closed_form.nyquist_maximum

    def at(self, task: RationalTask) -> dict[int, flint.arb]:
        """The value on each class of the template but the mean, in balls."""
        squares = squared_moduli(task)
        return {
            k: ball_value(
                self.generic() if is_generic(k, task.p) else self.nyquist(),
                {sym.modulus: task.p, sym.template_size: squares[k].ball().real.sqrt()},
            )
            for k in squares
            if k
        }


def enclosed_maximum(formula: UtilityMaximum, instance: Instance) -> Evidence:
    """One template: attained on every class; a neuron, and those near the maximisers, are below the largest value."""
    task: RationalTask = instance["task"]
    with flint.ctx.workprec(PRECISION):
        values = formula.at(task)
        if not all(value.is_finite() for value in values.values()):
            return Evidence.inconclusive("the formula has no finite ball", task=str(task))
        widest = 0.0
        for k, value in values.items():
            off = _aligned_utility(task, k) - value
            if not off.contains(0):
                witness = {"x": task.x, "frequency": k, "utility": (off + value).str(8), "claimed": value.str(8)}
                return Evidence.refuted("the aligned neuron has another utility", witness, instances=1)
            widest = max(widest, float(off.rad()))
        for neuron in _neurons(task, list(values)):
            left = max(values.values(), key=lambda v: float(v.mid())) * _norms(neuron) - _utility(task, neuron)
            if left < 0:
                witness = {"x": task.x, "neuron": neuron, "slack": left.str(8)}
                return Evidence.refuted("a neuron has a larger utility", witness, instances=1)
            widest = max(widest, 0.0 if left > 0 else float(left.rad()))
    if not widest < WIDTH:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "aligned neurons in balls around the value of each class; others below the largest, or at it within 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def _aligned_utility(task: RationalTask, k: int) -> flint.arb:
    """Of the aligned neuron with unit weights on one class, by the definition, in balls."""
    template = [flint.arb(entry) for entry in task.exact[0]]
    u, w = cosine(task.p, k, flint.arb(0)), cosine(task.p, k, -phase_of(task, k))
    norms = squared_norm(u) * squared_norm(w).sqrt()
    return flint.arb(utility_sum(template, u, u, w) / norms)


def _neurons(task: RationalTask, classes: Sequence[int]) -> Iterator[tuple[tuple[Fraction, ...], ...]]:
    """The one that was drawn, and roundings of the maximisers of all classes."""
    yield task.u, task.v, task.w
    for k in classes:
        u, w = (cosine(task.p, k, phase) for phase in (flint.arb(1) / 3, flint.arb(2) / 3 - phase_of(task, k)))
        yield tuple(tuple(Fraction(round(float(entry) * GRID), GRID) for entry in vector) for vector in (u, u, w))


def _utility(task: RationalTask, neuron: Sequence[Sequence[Fraction]]) -> flint.fmpq:
    exact = [[flint.fmpq(entry.numerator, entry.denominator) for entry in vector] for vector in neuron]
    return flint.fmpq(utility_sum(task.exact[0], *exact))


def _norms(neuron: Sequence[Sequence[Fraction]]) -> flint.arb:
    product = Fraction(1)
    for vector in neuron:
        product *= squared_norm(vector)
    return flint.arb(flint.fmpq(product.numerator, product.denominator)).sqrt()


def enclosed_maxima(formula: UtilityMaximum, context: Context) -> Evidence:
    """Centred templates up to p = 9: values attained on every class, and exceeded by no neuron, in balls."""
    instances = list(context.instances(12))
    parities = {instance["task"].p % 2 for instance in instances}
    if parities != {0, 1}:
        return Evidence.inconclusive("no template with a Nyquist frequency, or none without", parities=sorted(parities))
    return over_instances(enclosed_maximum, formula, instances)


def mean_has_more(formula: UtilityMaximum, witness: Any) -> Evidence:
    """A template that is not centred: a constant neuron has a larger utility than the formula allows."""
    task: RationalTask = witness["task"]
    with flint.ctx.workprec(PRECISION):
        largest = max(formula.at(task).values(), key=lambda value: float(value.mid()))
        excess = _utility(task, (task.u, task.v, task.w)) - largest * _norms((task.u, task.v, task.w))
    detail = "a constant neuron has a larger utility"
    return failure(bool(excess > 0), Level.CERTIFIED, detail, {"task": str(task)}, excess=excess.str(8))


_ONES = (Fraction(1),) * 3
RAW = RationalTask((Fraction(1), Fraction(0), Fraction(0)), _ONES, _ONES, _ONES)

_OWN = UtilityMaximum()

MOD_02 = Claim(
    id="MOD-02",
    system="modular",
    title="maximal utility",
    statement="For a centred template and unit weights u, v, w the utility summed over all pairs is at most the "
    "largest of √(2p)|x̂_k|³ over generic frequencies and 2√p|x̂_{p/2}|³, each of which is attained on its class.",
    kind=Kind.BOUND,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition, utility maximisation; Nyquist frequency, this project"),
    hypotheses=Hypotheses((TaskAndNeuron(), CENTRED)),
    formula=_OWN,
    checks=(
        Check("enclosed maxima", enclosed_maxima),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-02",
                parts=lambda formula: {"generic_maximum": formula.generic, "nyquist_maximum": formula.nyquist},
            ),
        ),
    ),
    mutants=(
        Mutant("half-of-p", replace(_OWN, generic=lambda: closed_form.generic_maximum() / 2), "√(p/2) for √(2p)"),
        Mutant(
            "square-of-the-coefficient",
            replace(_OWN, generic=lambda: closed_form.generic_maximum() / sym.template_size),
            "|x̂|² for |x̂|³",
        ),
        Mutant(
            "fourth-power",
            replace(_OWN, generic=lambda: closed_form.generic_maximum() * sym.template_size),
            "|x̂|⁴ for |x̂|³",
        ),
        Mutant(
            "published",
            replace(_OWN, nyquist=closed_form.generic_maximum),
            "√(2p)|x̂|³ at the Nyquist frequency too, as published",
        ),
        Mutant(
            "nyquist-without-its-norm",
            replace(_OWN, nyquist=lambda: closed_form.nyquist_maximum() / sqrt(sym.modulus)),
            "2|x̂|³ for 2√p|x̂|³",
        ),
    ),
    remark="Not centred, the mean takes part: MOD-07. Mixtures of classes, ties included, have less: MOD-06.",
    necessity=(Necessity(CENTRED, {"task": RAW}, mean_has_more),),
    parts=(*without_arguments(_OWN, "generic"), *without_arguments(_OWN, "nyquist")),
    probes=(Probe("enclosed maximum", enclosed_maximum, examples=200),),
)
