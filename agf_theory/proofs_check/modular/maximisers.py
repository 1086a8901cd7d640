"""MOD-03: the neurons of largest utility are a torus of dimension two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.numeric.modular.cyclotomic import CyclotomicNumber, discrete_fourier_transform
from agf_theory.numeric.modular.exact_network import utility_sum
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.class_neurons import (
    BEST_IS_GENERIC,
    PRECISION,
    best_classes,
    cosine,
    phase_of,
    root_cosine,
    squared_norm,
    torus_field,
)
from agf_theory.proofs_check.modular.rational_tasks import CENTRED, RationalTask, TaskAndNeuron
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_03", "MaximisingTorus"]

WIDTH = 1e-30
TWELFTHS = ((0, 0), (1, 4), (5, 2), (7, 11))
"""Phases of u and v, in twelfths of a turn: points of the torus whose weights are sums of roots of unity."""


@dataclass(frozen=True)
class MaximisingTorus:
    """What MOD-03 states: the common amplitude of u, v, w, and the phase of w for given ones of u and v."""

    size: Callable[[], Expr] = closed_form.maximising_size
    phase: Callable[[], Expr] = closed_form.maximising_phase

    def phase_multiples(self) -> tuple[int, int, int] | None:
        """How often the phases of u, v and x stand in that of w; None if it is no sum of whole multiples."""
        phase = sympy.expand(self.phase())
        symbols = (sym.phase_u, sym.phase_v, sym.phase_x)
        multiples = [phase.coeff(symbol) for symbol in symbols]
        rest = phase - sum(n * symbol for n, symbol in zip(multiples, symbols, strict=True))
        if rest != 0 or not all(n.is_Integer for n in multiples):
            return None
        u, v, x = map(int, multiples)
        return u, v, x


def exact_torus(formula: MaximisingTorus, instance: Instance) -> Evidence:
    """One template: norm one and the square of the maximum at points of the torus, in a cyclotomic field."""
    task: RationalTask = instance["task"]
    multiples, squared_size = formula.phase_multiples(), (formula.size() ** 2).subs(sym.modulus, task.p)
    if multiples is None or not squared_size.is_Rational:
        return Evidence.inconclusive("the weights are no sums of roots of unity")
    size = Fraction(int(squared_size.p), int(squared_size.q))
    (k,) = best_classes(task)
    field, (m_u, m_v, m_x) = torus_field(task.p), multiples
    coefficient = discrete_fourier_transform(task.exact[0], field)[k]
    square = coefficient * coefficient.conjugate()
    turned = (coefficient if m_x > 0 else coefficient.conjugate()) ** abs(m_x)  # |x̂| to that power times the phase
    for i, j in TWELFTHS:
        first, second = (field.root(field.order // 12 * n) for n in (i, j))
        third = first**m_u * second**m_v * turned
        u, v, w = (root_cosine(task.p, k, factor) for factor in (first, second, third))
        utility = utility_sum(task.exact[0], u, v, w)
        norms = [squared_norm(vector) * size for vector in (u, v, w)]
        given = {"x": task.x, "frequency": k, "twelfths": (i, j)}
        if norms[0] != 1 or norms[1] != 1 or norms[2] != square ** abs(m_x):
            return Evidence.refuted("the weights are not of norm one", given, instances=1)
        if utility * utility * size**3 != square ** (3 + abs(m_x)) * (2 * task.p) or not _positive(utility):
            return Evidence.refuted("the utility is not the maximum", given, instances=1)
    return Evidence.of(
        Level.EXACT, "points of the torus: norm one, and the maximum, in a cyclotomic field", instances=1
    )


def _positive(number: CyclotomicNumber) -> bool:
    with flint.ctx.workprec(PRECISION):
        return bool(number.ball().real > 0)


def exact_tori(formula: MaximisingTorus, context: Context) -> Evidence:
    """Centred templates with one best class, generic: points of the torus in the field of roots of unity."""
    if formula.phase_multiples() is None:
        return Evidence.inconclusive("the weights are no sums of roots of unity")
    return over_instances(exact_torus, formula, context.instances(10))


def enclosed_torus(formula: MaximisingTorus, instance: Instance) -> Evidence:
    """One template: norms and utility of the stated neuron at phases that are no fractions of a turn, in balls."""
    task: RationalTask = instance["task"]
    (k,) = best_classes(task)
    with flint.ctx.workprec(PRECISION):
        template, p = [flint.arb(entry) for entry in task.exact[0]], sym.modulus
        turned = phase_of(task, k)
        size = ball_value(formula.size(), {p: task.p})
        phases = {sym.phase_u: flint.arb(2) / 5, sym.phase_v: flint.arb(-13) / 10, sym.phase_x: turned}
        angles = (*list(phases.values())[:2], ball_value(formula.phase(), phases))
        u, v, w = ([size * entry for entry in cosine(task.p, k, angle)] for angle in angles)
        coefficient = abs(discrete_fourier_transform(task.exact[0], torus_field(task.p))[k].ball())
        largest = ball_value(closed_form.generic_maximum(), {p: task.p, sym.template_size: coefficient})
        gaps = [squared_norm(vector) - 1 for vector in (u, v, w)]
        gaps.append(utility_sum(template, u, v, w) - largest)
    if not all(gap.is_finite() for gap in gaps):
        return Evidence.inconclusive("the formula has no finite ball")
    if not all(gap.contains(0) for gap in gaps):
        given = {"x": task.x, "frequency": k, "norms and utility off by": [gap.str(6) for gap in gaps]}
        return Evidence.refuted("not a unit neuron of the largest utility", given, instances=1)
    widest = max(float(gap.rad()) for gap in gaps)
    if not widest < WIDTH:
        return Evidence.inconclusive("balls too wide", widest=widest)
    return Evidence.of(Level.CERTIFIED, "norms and utility in balls around their values", instances=1, widest=widest)


def enclosed_tori(formula: MaximisingTorus, context: Context) -> Evidence:
    """Centred templates with one best class, generic: the neuron at other phases, by the definition, in balls."""
    return over_instances(enclosed_torus, formula, context.instances(8))


def mixed_weights_have_more(formula: MaximisingTorus, witness: Any) -> Evidence:
    """Not centred: outgoing weights with a mean have a larger utility than the stated neuron, exactly."""
    task: RationalTask = witness["task"]
    x, u, v, w = task.exact
    flat = [entry - sum(w, flint.fmpq(0)) / task.p for entry in w]
    mixed, stated = (utility_sum(x, u, v, out) ** 2 / squared_norm(out) for out in (w, flat))
    detail = "outgoing weights with a mean have a larger utility"
    return failure(bool(mixed > stated), Level.EXACT, detail, {"task": str(task)}, squares=[str(stated), str(mixed)])


def second_torus(formula: MaximisingTorus, witness: Any) -> Evidence:
    """Two classes of equal modulus: cosines on the other one have the same utility and the same norms, exactly."""
    task: RationalTask = witness["task"]
    field, classes = torus_field(task.p), best_classes(task)
    seen = []
    for k in classes:
        weights = root_cosine(task.p, k, field(1))
        out = root_cosine(task.p, k, discrete_fourier_transform(task.exact[0], field)[k].conjugate())
        seen.append((utility_sum(task.exact[0], weights, weights, out), squared_norm(weights), squared_norm(out)))
    equal = len(seen) > 1 and all(entry == seen[0] for entry in seen)
    return failure(equal, Level.EXACT, "every best class has a torus of its own", {"x": task.x}, classes=classes)


def _task(x: tuple[int, ...], u: tuple[int, ...], w: tuple[int, ...], scale: int = 1) -> RationalTask:
    x_, u_, w_ = (tuple(Fraction(entry, divisor) for entry in v) for v, divisor in ((x, scale), (u, 1), (w, 1)))
    return RationalTask(x_, u_, u_, w_)


WITH_MEAN = _task((5, 1, -3, 1), (1, 0, -1, 0), (3, 1, -1, 1), 4)
TIED = _task((4, -1, -1, -1, -1), (1, 0, 0, 0, 0), (1, 0, 0, 0, 0), 5)

_OWN = MaximisingTorus()

MOD_03 = Claim(
    id="MOD-03",
    system="modular",
    title="maximisers of the utility",
    statement="For a centred template whose best class is one generic frequency ξ the unit neurons of largest utility "
    "are √(2/p) cos(2πξa/p + ψ) in u, v and w with ψ_u + ψ_v ≡ ψ_w + ψ_x modulo 2π: a torus of dimension two.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition, utility maximisation"),
    hypotheses=Hypotheses((TaskAndNeuron(), CENTRED, BEST_IS_GENERIC)),
    formula=_OWN,
    checks=(
        Check("exact tori", exact_tori),
        Check("enclosed tori", enclosed_tori),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-03",
                parts=lambda formula: {"maximising_size": formula.size, "maximising_phase": formula.phase},
            ),
        ),
    ),
    mutants=(
        Mutant(
            "amplitude-of-one-mode",
            replace(_OWN, size=lambda: closed_form.maximising_size() / sympy.sqrt(2)),
            "√(1/p) for √(2/p)",
        ),
        Mutant(
            "phase-of-the-template-added",
            replace(_OWN, phase=lambda: sym.phase_u + sym.phase_v + sym.phase_x),
            "ψ_u + ψ_v ≡ ψ_w − ψ_x",
        ),
        Mutant(
            "phases-add-up",
            replace(_OWN, phase=lambda: sym.phase_x - sym.phase_u - sym.phase_v),
            "ψ_u + ψ_v + ψ_w ≡ ψ_x",
        ),
        Mutant("no-template-phase", replace(_OWN, phase=lambda: sym.phase_u + sym.phase_v), "ψ_w = ψ_u + ψ_v"),
    ),
    remark="At the Nyquist frequency there is no phase: four neurons ±(−1)^a/√p with signs s_u s_v s_w = sgn x̂_{p/2}, "
    "and the cosine with √(2/p) has squared norm 2 cos² ψ there. With x_a[j] = x[j + a] the condition is the same one.",
    necessity=(
        Necessity(CENTRED, {"task": WITH_MEAN}, mixed_weights_have_more),
        Necessity(BEST_IS_GENERIC, {"task": TIED}, second_torus, (CENTRED,)),
    ),
    parts=(*without_arguments(_OWN, "size"), *without_arguments(_OWN, "phase")),
    probes=(Probe("exact torus", exact_torus, examples=200),),
)
