"""MOD-17: the levels of the loss, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import sympy
from sympy import Expr

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber
from agf_theory.numeric.modular.exact_network import loss_sum
from agf_theory.problems import ModularAddition, zoo
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.class_neurons import (
    is_generic,
    root_cosine,
    squared_moduli,
    squared_norm,
    torus_field,
)
from agf_theory.proofs_check.modular.rational_tasks import RationalTask, TaskAndNeuron
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_17", "LossLevels"]


@dataclass(frozen=True)
class LossLevels:
    """What MOD-17 states: the energy of a class, and what it adds to each of the two losses while it is not learned."""

    generic: Callable[[], Expr] = closed_form.generic_energy
    self_conjugate: Callable[[], Expr] = closed_form.self_conjugate_energy
    share: Callable[[], Expr] = closed_form.level_share
    coordinate: Callable[[], Expr] = closed_form.coordinate_mean_share

    def energy_factor(self, k: int, p: int) -> Fraction | None:
        """What the energy of a class is, in squared moduli; None if it is no multiple of the squared modulus."""
        energy = self.generic() if is_generic(k, p) else self.self_conjugate()
        return _fraction(sympy.expand(energy / sym.template_size**2).subs(sym.modulus, p))

    def loss_factors(self, p: int) -> tuple[Fraction | None, Fraction | None]:
        """What a class adds to either loss, in energies."""
        shares = (self.share(), self.coordinate())
        half, mean = (_fraction(sympy.expand(share / sym.class_energy).subs(sym.modulus, p)) for share in shares)
        return half, mean


def _fraction(number: Any) -> Fraction | None:
    return Fraction(int(number.p), int(number.q)) if number.is_Rational else None


_NO_MULTIPLE = "an energy is no rational multiple of a squared modulus, or a loss none of an energy"


def exact_levels(formula: LossLevels, instance: Instance) -> Evidence:
    """One template: energies and losses of all its components by the definition, in the field of roots of unity."""
    task: RationalTask = instance["task"]
    squares, half = squared_moduli(task), formula.loss_factors(task.p)
    x = task.exact[0]
    for k, square in squares.items():
        factor = formula.energy_factor(k, task.p)
        if factor is None or half[0] is None or half[1] is None:
            return Evidence.refuted(_NO_MULTIPLE, {"frequency": k, "p": task.p}, instances=1)
        component = _component(task, k, square.field)
        energy = squared_norm(component)
        given = {"x": task.x, "frequency": k, "energy": energy.ball().str(8)}
        if energy != square * factor:
            return Evidence.refuted("the component has another squared norm", given, instances=1)
        loss = loss_sum(x, component, []) * Fraction(1, 2 * task.p**2)
        if loss != energy * half[0] or loss * Fraction(2, task.p) != energy * half[1]:
            return Evidence.refuted("a net that leaves this component has another loss", given, instances=1)
    return Evidence.of(Level.EXACT, "energies and losses of all components, in cyclotomic fields", instances=1)


def _component(task: RationalTask, k: int, field: CyclotomicField) -> list[CyclotomicNumber]:
    """The part of the template at k and -k: its convolution with the sum of their characters over p."""
    p, x = task.p, task.exact[0]
    kernel = root_cosine(p, k, field(Fraction(2 if is_generic(k, p) else 1, p)))
    found = []
    for a in range(p):
        total = field(0)
        for j in range(p):
            total = total + kernel[(a - j) % p] * x[j]
        found.append(total)
    return found


def exact_components(formula: LossLevels, context: Context) -> Evidence:
    """Templates up to p = 9, every component: energy and loss by the definition, in the field of roots of unity."""
    return over_instances(exact_levels, formula, context.instances(10))


def fitted_neurons(formula: LossLevels, context: Context) -> Evidence:
    """Nets that fit one class of two exactly, six neurons or two at the Nyquist frequency: the loss over all pairs."""
    for count, (p, fitted, left) in enumerate(FITTED, start=1):
        field = torus_field(p)
        template = [a + b for a, b in zip(*(root_cosine(p, k, field(1)) for k in (fitted, left)), strict=True)]
        neurons = _six(p, fitted, field) if is_generic(fitted, p) else _two(p, field)
        loss = loss_sum(template, template, neurons) * Fraction(1, 2 * p * p)
        square = Fraction(p * p, 4 if is_generic(left, p) else 1)  # of the coefficient of the cosine that is left
        energy, half = formula.energy_factor(left, p), formula.loss_factors(p)[0]
        if energy is None or half is None or loss != square * energy * half:
            given = {"p": p, "fitted": fitted, "left": left, "loss": loss.ball().str(8)}
            return Evidence.refuted("the net that fits one class has another loss", given, instances=count)
    return Evidence.of(Level.EXACT, "nets that fit one class of two, over all pairs", instances=len(FITTED))


FITTED = ((5, 1, 2), (7, 1, 3), (4, 2, 1), (6, 3, 1), (6, 1, 3))
"""p, the frequency that is fitted, and the one that is left; the template is the sum of their cosines."""

Weights = list[CyclotomicNumber]


def _six(p: int, k: int, field: CyclotomicField) -> list[tuple[Weights, Weights, Weights]]:
    """Phases πm/3 ± πn/2 of u and v and their sum for w, for a coefficient p/2: products of amplitudes 4/(6 p p/2)."""
    twelfth = field.order // 12
    neurons = []
    for m in range(3):
        for n in range(2):
            u, v, w = (field.root(twelfth * phase) for phase in (2 * m + 3 * n, 2 * m - 3 * n, 4 * m))
            factors = (u, v, w * Fraction(4, 3 * p * p))
            first, second, third = (root_cosine(p, k, factor) for factor in factors)
            neurons.append((first, second, third))
    return neurons


def _two(p: int, field: CyclotomicField) -> list[tuple[Weights, Weights, Weights]]:
    """Alternating signs, for a coefficient p: sum and difference of the inputs, with opposite outgoing weights."""
    wave = root_cosine(p, p // 2, field(1))
    out = [entry * Fraction(1, 4 * p * p) for entry in wave]
    return [(wave, wave, out), (wave, [-entry for entry in wave], [-entry for entry in out])]


def reference_levels(formula: LossLevels, context: Context) -> Evidence:
    """The reference task p = 20 by its exact spectrum: levels 21/32, 5/32, 1/32 of the mean over coordinates."""
    problem = zoo.get("three-frequencies", ModularAddition)
    spectrum = problem.rational_spectrum
    assert spectrum is not None, "the reference task is given by its spectrum"
    energies = _energies(formula, problem.p, spectrum)
    mean = formula.loss_factors(problem.p)[1]
    if mean is None or energies is None:
        return Evidence.refuted(_NO_MULTIPLE, {"problem": "three-frequencies"}, instances=1)
    levels = [sum(energies[i:], Fraction(0)) * mean for i in range(len(energies) + 1)]
    if levels != [Fraction(21, 32), Fraction(5, 32), Fraction(1, 32), Fraction(0)]:
        return Evidence.refuted("other levels than those of the reference run", {"levels": levels}, instances=1)
    return Evidence.of(Level.EXACT, "levels of the reference task, as fractions", instances=1, levels=levels)


def _energies(formula: LossLevels, p: int, spectrum: Mapping[int, Sequence[Fraction]]) -> list[Fraction] | None:
    found = []
    for k, (real, imaginary) in sorted(spectrum.items()):
        factor = formula.energy_factor(k, p)
        if factor is None:
            return None
        found.append(factor * (real**2 + imaginary**2))
    return found


_OWN = LossLevels()

MOD_17 = Claim(
    id="MOD-17",
    system="modular",
    title="loss levels",
    statement="Where the classes outside a set R are fitted exactly and those in R not at all, the loss ½E‖·‖² is half "
    "the sum of their energies, 2|x̂_k|²/p for a generic frequency and |x̂_k|²/p for the Nyquist frequency and the "
    "mean, and the mean over coordinates is that sum over p.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition; Nyquist frequency, this project"),
    hypotheses=Hypotheses((TaskAndNeuron(),)),
    formula=_OWN,
    checks=(
        Check("exact components", exact_components),
        Check("fitted neurons", fitted_neurons),
        Check("reference levels", reference_levels),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-17",
                parts=lambda formula: {
                    "generic_energy": formula.generic,
                    "self_conjugate_energy": formula.self_conjugate,
                    "level_share": formula.share,
                    "coordinate_mean_share": formula.coordinate,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "nyquist-counted-twice",
            replace(_OWN, self_conjugate=closed_form.generic_energy),
            "2|x̂|²/p at the Nyquist frequency too",
        ),
        Mutant(
            "generic-counted-once",
            replace(_OWN, generic=closed_form.self_conjugate_energy),
            "|x̂|²/p at a generic frequency: its mirror forgotten",
        ),
        Mutant("no-half", replace(_OWN, share=lambda: sym.class_energy), "E for E/2"),
        Mutant(
            "half-in-the-mean",
            replace(_OWN, coordinate=lambda: closed_form.coordinate_mean_share() / 2),
            "E/(2p) in the mean over coordinates",
        ),
    ),
    remark="Exact fits exist with neurons pure at each class (MOD-13, MOD-16). Neurons that fit a class in part leave "
    "levels in between.",
    parts=(
        *without_arguments(_OWN, "generic"),
        *without_arguments(_OWN, "self_conjugate"),
        *without_arguments(_OWN, "share"),
        *without_arguments(_OWN, "coordinate"),
    ),
    probes=(Probe("exact levels", exact_levels, examples=200),),
)
