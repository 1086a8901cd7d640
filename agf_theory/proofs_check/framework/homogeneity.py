"""FRM-01: Euler's identity and the degree of the gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import sympy
from sympy import Equality, Expr
from sympy.core.function import AppliedUndef

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.certificates import euler_item, neuron_item
from agf_theory.proofs_check.framework.neurons import HomogeneousNeuron
from agf_theory.proofs_check.framework.polynomials import generic_polynomial
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["FRM_01", "Homogeneity"]


@dataclass(frozen=True)
class Homogeneity:
    """The two formulas of FRM-01.

    Attributes
    ----------
    euler_identity : function of the dimension
        An equality about the general homogeneous function h of `closed_form.framework.homogeneous_function`.
    gradient_scaling : function of nothing
        Factor by which the gradient changes when the neuron is scaled by `symbols.level`.
    """

    euler_identity: Callable[[int], Equality]
    gradient_scaling: Callable[[], Expr]


def general_function(formula: Homogeneity, context: Context) -> Evidence:
    """Every homogeneous function: an undefined h for Euler's identity, the ray through θ for the gradient.

    Dimensions 2 and 3 stand for all: along the ray U(xθ) = x^κ U(θ), and the derivative at x = 1 is Euler's identity.
    """
    random = context.random()
    # U(xθ) = x^κ U(θ), differentiated in θ, reads x ∇U(xθ) = x^κ ∇U(θ).
    scaling = vanishes(
        sym.level * formula.gradient_scaling() - sym.level**sym.kappa,
        what="scaling of the gradient",
        random=random,
        within={sym.kappa: (2, None)},
        tactics=(sympy.powsimp, sympy.simplify),
    )
    # Refuting needs a value, which an undefined function has not: h = 1 + z² + … stands in for it there.
    euler = [
        vanishes(
            residual,
            what="Euler's identity for the general homogeneous function",
            random=random,
            within={sym.kappa: (2, None)},
        )
        for dimension in (2, 3)
        for residual in (
            _euler_residual(formula, dimension, lambda *z: 1 + sum(ratio**2 for ratio in z)),
            _euler_residual(formula, dimension, None),
        )
    ]
    return weakest([scaling, *euler]).by_hand("dimensions 2 and 3 stand for all, the identity is about one ray")


def generic_polynomials(formula: Homogeneity, context: Context) -> Evidence:
    """Polynomials with symbolic coefficients, in several degrees and dimensions."""
    what = "Euler's identity for polynomials with symbolic coefficients, degrees 2 to 5, dimensions 2 and 3"
    sizes = [(degree, dimension) for degree in (2, 3, 4, 5) for dimension in (2, 3)]
    pairs = [_generic_sides(formula, *size) for size in sizes]
    found = weakest(
        vanishes(left - right, what=what, random=context.random(), tactics=(sympy.expand,)) for left, right in pairs
    )
    if found.level is None or not context.certificates:
        return found
    items = [euler_item(*size, *sides) for size, sides in zip(sizes, pairs, strict=True)]
    return found.certified_by("euler-identity", items)


def _generic_sides(formula: Homogeneity, degree: int, dimension: int) -> tuple[Expr, Expr]:
    sides = _euler_sides(formula, dimension, lambda *z: generic_polynomial(degree, (1, *z)))
    left, right = (side.subs(sym.kappa, degree) for side in sides)
    return left, right


def rational_neurons(formula: Homogeneity, context: Context) -> Evidence:
    """Polynomial and rectified neurons with rational data, both sides as fractions."""
    factor = sympy.powsimp(formula.euler_identity(2).rhs / closed_form.homogeneous_function(2))
    count, scale = 0, sympy.Rational(3, 2)
    items: list[dict[str, Any]] = []
    for count, instance in enumerate(context.instances(40), start=1):
        neuron = instance["neuron"]
        utility, theta = neuron.utility, neuron.theta
        gradient = utility.gradient(theta)
        kappa = _fraction(factor.subs(sym.kappa, utility.degree))
        shrink = _fraction(formula.gradient_scaling().subs({sym.kappa: utility.degree, sym.level: scale}))
        euler = sum(t * g for t, g in zip(theta, gradient, strict=True)) - kappa * utility.value(theta)
        at_scaled = utility.gradient(tuple(_fraction(scale) * t for t in theta))
        misses = [a - shrink * b for a, b in zip(at_scaled, gradient, strict=True)]
        if euler != 0 or any(misses):
            witness = {"neuron": str(neuron), "Euler residual": euler, "gradient residuals": misses}
            return Evidence.refuted("homogeneity fails for a neuron", witness, instances=count)
        if context.certificates and utility.kink_distance(theta) > 0:
            items.append(neuron_item(neuron, _fraction(scale), gradient, at_scaled))
    detail = "both residuals are zero for polynomial and rectified neurons"
    return Evidence.of(Level.EXACT, detail, instances=count).certified_by("homogeneous-neuron", items)


def _euler_residual(formula: Homogeneity, dimension: int, h: Callable[..., Any] | None) -> Expr:
    left, right = _euler_sides(formula, dimension, h)
    return left - right


def _euler_sides(formula: Homogeneity, dimension: int, h: Callable[..., Any] | None) -> tuple[Expr, Expr]:
    identity = formula.euler_identity(dimension)
    left, right = identity.lhs, identity.rhs
    if h is not None:
        undefined = closed_form.homogeneous_function(dimension).atoms(AppliedUndef).pop().func
        left, right = left.replace(undefined, h), right.replace(undefined, h)
    return left.doit(), right.doit()


def _fraction(number: Expr) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _with_factor(factor: Expr) -> Callable[[int], Equality]:
    def mutated(dimension: int) -> Equality:
        identity = closed_form.euler_identity(dimension)
        return sympy.Eq(identity.lhs, factor * closed_form.homogeneous_function(dimension), evaluate=False)

    return mutated


_CLOSED_FORM = Homogeneity(closed_form.euler_identity, closed_form.gradient_scaling)

FRM_01 = Claim(
    id="FRM-01",
    system="framework",
    title="Euler's identity; degree of the gradient",
    statement="The utility U of a neuron satisfies ⟨θ, ∇U⟩ = κ U, and its gradient is homogeneous of degree κ − 1.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 2"),
    hypotheses=Hypotheses((HomogeneousNeuron(),)),
    formula=_CLOSED_FORM,
    checks=(
        Check("general function", general_function),
        Check("generic polynomials", generic_polynomials),
        Check("rational neurons", rational_neurons),
        Check(
            "derivation",
            partial(every_step, name="FRM-01", parts=lambda formula: {"euler_identity": formula.euler_identity}),
        ),
    ),
    mutants=(
        Mutant(
            "euler-degree-minus-one",
            Homogeneity(_with_factor(sym.kappa - 1), closed_form.gradient_scaling),
            "κ − 1 for κ in Euler's identity",
        ),
        Mutant(
            "euler-degree-two",
            Homogeneity(_with_factor(sympy.Integer(2)), closed_form.gradient_scaling),
            "2 for κ in Euler's identity",
        ),
        Mutant(
            "gradient-degree-kappa",
            Homogeneity(closed_form.euler_identity, lambda: sym.level**sym.kappa),
            "gradient homogeneous of degree κ",
        ),
    ),
    parts=(
        *by_choice(_CLOSED_FORM, "euler_identity", (2, 3, 4), within={sym.kappa: (2, None)}),
        *without_arguments(_CLOSED_FORM, "gradient_scaling", within={sym.kappa: (2, None)}),
    ),
)
