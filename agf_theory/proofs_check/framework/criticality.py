"""FRM-06: neurons at zero do not disturb a critical point of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.dual_numbers import Dual
from agf_theory.proofs_check.framework.necessity import FRM_06_NEEDS
from agf_theory.proofs_check.framework.neurons import HomogeneousNeuron, PolynomialUtility, exponents
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["FRM_06"]

Scaling = Callable[[], Expr]


def no_force_at_zero(formula: Scaling, context: Context) -> Evidence:
    """The gradient of a neuron scaled by x is x^(κ−1) times its gradient: it tends to 0 with x iff κ > 1.

    The gradient of the loss in a dormant neuron is minus that of its utility, whatever the residual of the active
    ones; so at (θ*, 0) it vanishes, and in the active neurons it is that of the restricted loss.
    """
    random = context.random()
    scaling = formula()
    force = vanishes(
        sym.level * scaling - sym.level**sym.kappa,
        what="scaling of the gradient",
        random=random,
        within={sym.kappa: (1, None)},
        tactics=(sympy.powsimp, sympy.simplify),
    )
    excess = sympy.Symbol("x", positive=True)
    exponent = sympy.simplify(sympy.expand_log(sympy.log(scaling)) / sympy.log(sym.level))
    if exponent.subs(sym.kappa, 1 + excess).is_positive:
        found = weakest([force, Evidence.of(Level.PROVED, "the exponent is positive for every κ > 1")])
        return found.by_hand(
            "a dormant neuron at zero leaves the residual as it is, and a bounded gradient shrinks to 0"
        )
    for degree in (sympy.Integer(2), sympy.Rational(11, 10)):
        if exponent.subs(sym.kappa, degree).is_nonpositive:
            witness = {"κ": degree, "exponent": exponent.subs(sym.kappa, degree)}
            return Evidence.refuted("the gradient does not vanish with the neuron", witness)
    return Evidence.inconclusive(f"sign of the exponent {exponent} not found")


def scaled_gradient(formula: Scaling, instance: Instance) -> Evidence:
    """The gradient of one neuron, scaled towards zero, against the formula, in fractions."""
    neuron = instance["neuron"]
    degree, gradient = neuron.utility.degree, neuron.utility.gradient(neuron.theta)
    for scale in (Fraction(1, 2), Fraction(0)):
        force = neuron.utility.gradient(tuple(scale * entry for entry in neuron.theta))
        factor = formula().subs(sym.kappa, degree).subs(sym.level, _rational(scale))
        misses = [_rational(f) - factor * _rational(g) for f, g in zip(force, gradient, strict=True)]
        if any(misses):
            witness = {"scale": scale, "gradient": gradient, "scaled": force, "factor": str(factor)}
            return Evidence.refuted("the gradient near zero is not that of the formula", witness, instances=1)
    return Evidence.of(Level.EXACT, "the gradient vanishes with the neuron, as stated", instances=1)


def rational_networks(formula: Scaling, context: Context) -> Evidence:
    """Whole networks with rational data whose active neuron is critical: the loss itself, differentiated.

    At (θ*, xθ) the gradient in the dormant neuron is −(x^(κ−1) E[r ∇f(θ)] − x^(2κ−1) E[f ∇f(θ)]), r the residual of
    the active neuron; at x = 0 that in the active one vanishes as well.
    """
    random = context.random()
    count = 0
    for count, instance in enumerate(context.instances(12), start=1):
        one = scaled_gradient(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        degree, dimension = instance["neuron"].utility.degree, instance["neuron"].utility.dimension
        network = _critical_network(random, degree, dimension)
        dormant = tuple(Fraction(random.randint(1, 7), 5) for _ in range(dimension))
        for scale in (Fraction(1, 2), Fraction(1, 64), Fraction(0)):
            active, force = network.gradient(tuple(scale * t for t in dormant))
            factor = formula().subs(sym.kappa, degree).subs(sym.level, _rational(scale))
            linear, quadratic = network.pulls(dormant)
            expected = [
                factor * (_rational(scale**degree * b) - _rational(a)) for a, b in zip(linear, quadratic, strict=True)
            ]
            misses = [_rational(f) - e for f, e in zip(force, expected, strict=True)]
            if any(misses) or (scale == 0 and (any(active) or any(force))):
                witness = {"degree": degree, "dormant": dormant, "scale": scale, "active gradient": active}
                witness |= {"dormant gradient": force, "misses": list(map(str, misses))}
                return Evidence.refuted("the full gradient is not that of the formula", witness, instances=count)
    detail = "the full gradient vanishes exactly at (θ*, 0), and scales with the dormant neuron as stated"
    return Evidence.of(Level.EXACT, detail, instances=count)


@dataclass(frozen=True)
class _Network:
    """One active and one dormant neuron: their outputs on each sample, targets, and where the active one stands."""

    active: tuple[PolynomialUtility, ...]
    dormant: tuple[PolynomialUtility, ...]
    residual: tuple[Fraction, ...]
    theta: tuple[Fraction, ...]

    def gradient(self, dormant: tuple[Fraction, ...]) -> tuple[list[Fraction], list[Fraction]]:
        """Of the loss E[(y − f_1 − f_2)²]/2, in the active and in the dormant neuron."""
        awake, asleep = [f.value(self.theta) for f in self.active], [g.value(dormant) for g in self.dormant]
        targets = [f + r for f, r in zip(awake, self.residual, strict=True)]
        in_active = [self._loss(targets, outputs, asleep).slope for outputs in _varied(self.active, self.theta)]
        in_dormant = [self._loss(targets, awake, outputs).slope for outputs in _varied(self.dormant, dormant)]
        return in_active, in_dormant

    @staticmethod
    def _loss(targets: list[Any], active: list[Any], dormant: list[Any]) -> Dual:
        total = Dual(Fraction(0))
        for y, f, g in zip(targets, active, dormant, strict=True):
            total += (y + -1 * (f + g)) ** 2
        return Fraction(1, 2 * len(targets)) * total

    def pulls(self, theta: tuple[Fraction, ...]) -> tuple[list[Fraction], list[Fraction]]:
        """E[r ∇f] and E[f ∇f] of the dormant neuron."""
        rows = [(r, g.value(theta), g.gradient(theta)) for r, g in zip(self.residual, self.dormant, strict=True)]
        count = len(rows)
        linear = [sum((r * slope[i] for r, _, slope in rows), Fraction(0)) / count for i in range(len(theta))]
        quadratic = [sum((f * slope[i] for _, f, slope in rows), Fraction(0)) / count for i in range(len(theta))]
        return linear, quadratic


def _varied(utilities: tuple[PolynomialUtility, ...], weights: tuple[Fraction, ...]) -> Iterator[list[Any]]:
    """The outputs of a neuron with their slopes, one of its weights varying at a time."""
    for i in range(len(weights)):
        seeded = [Dual(entry, Fraction(j == i)) for j, entry in enumerate(weights)]
        yield [utility.value(seeded) for utility in utilities]


def _critical_network(random: Random, degree: int, dimension: int) -> _Network:
    """Random outputs, and a residual orthogonal to their gradients: the targets are chosen, not the weights."""
    samples = dimension + 2
    active, dormant = ([_polynomial(random, degree, dimension) for _ in range(samples)] for _ in range(2))
    theta = tuple(Fraction(random.randint(1, 9), 4) for _ in range(dimension))
    gradients = [f.gradient(theta) for f in active]
    flat = [flint.fmpq(row[i].numerator, row[i].denominator) for i in range(dimension) for row in gradients]
    reduced, rank = flint.fmpq_mat(dimension, samples, flat).rref()
    pivots = [next(j for j in range(samples) if reduced[i, j] != 0) for i in range(rank)]
    free = [j for j in range(samples) if j not in pivots]
    residual = [Fraction(0)] * samples
    for j in free:
        residual[j] = Fraction(random.choice((-5, -3, -2, -1, 1, 2, 4)))
    for i, pivot in enumerate(pivots):
        residual[pivot] = -sum((_exact(reduced[i, j]) * residual[j] for j in free), Fraction(0))
    return _Network(tuple(active), tuple(dormant), tuple(residual), theta)


def _polynomial(random: Random, degree: int, dimension: int) -> PolynomialUtility:
    powers = exponents(degree, dimension)
    return PolynomialUtility(degree, dimension, {p: Fraction(random.randint(-6, 6), 3) for p in powers})


def _rational(number: Fraction | int) -> Any:
    fraction = Fraction(number)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _exact(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


FRM_06 = Claim(
    id="FRM-06",
    system="framework",
    title="critical points with dormant neurons at zero",
    statement="If the active neurons are critical for the loss restricted to them, then together with dormant neurons "
    "at zero they are critical for the full loss when κ > 1.",
    kind=Kind.INCLUSION,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 3"),
    hypotheses=Hypotheses((HomogeneousNeuron(degrees=Quantity("κ", 1), largest_degree=4, largest_dimension=3),)),
    formula=closed_form.gradient_scaling,
    checks=(
        Check("no force at zero", no_force_at_zero),
        Check("rational networks", rational_networks),
        Check("derivation", partial(every_step, name="FRM-06", parts=lambda formula: {"gradient_scaling": formula})),
    ),
    mutants=(
        Mutant(
            "degree-minus-two",
            lambda: sym.level ** (sym.kappa - 2),
            "gradient of degree κ − 2: it would not vanish at zero for κ = 2",
        ),
        Mutant("degree-one", lambda: sympy.Integer(1), "gradient of degree 0, as for κ = 1"),
    ),
    remark="The source takes κ ≥ 2; κ > 1 is enough. For κ = 1 the gradient at zero is that at any other norm, and the "
    "statement fails.",
    parts=without_arguments(closed_form.gradient_scaling, within={sym.kappa: (2, None)}),
    necessity=FRM_06_NEEDS,
    probes=(Probe("scaled gradient", scaled_gradient, examples=200),),
)
