"""FRM-01: Euler's identity and the degree of the gradient."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import sympy
from sympy import Equality, Expr
from sympy.core.function import AppliedUndef

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.growth import coordinates
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.certificates import euler_item, neuron_item
from agf_theory.proofs_check.framework.euler_necessity import FRM_01_NEEDS
from agf_theory.proofs_check.framework.neurons import HomogeneousNeuron, Utility
from agf_theory.proofs_check.framework.polynomials import generic_polynomial
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["FRM_01", "Homogeneity"]


SCALE = Fraction(3, 2)
"""By which neurons are scaled where their gradients are compared."""


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

    Two to eight parameters, and one larger number of them. For the others: along the ray U(xθ) = x^κ U(θ), and the
    derivative at x = 1 is Euler's identity, however many coordinates θ has.
    """
    random = context.random()
    dimensions = (*range(2, 9), random.randint(9, 24))
    # U(xθ) = x^κ U(θ), differentiated in θ, reads x ∇U(xθ) = x^κ ∇U(θ).
    scaling = vanishes(
        sym.level * formula.gradient_scaling() - sym.level**sym.kappa,
        what="scaling of the gradient",
        random=random,
        tactics=(sympy.powsimp, sympy.simplify),
    )
    # Refuting needs a value, which an undefined function has not: h = 1 + z² + … stands in for it there.
    links = [scaling]
    for dimension in dimensions:
        for h in (lambda *z: 1 + sum(ratio**2 for ratio in z), None):
            links.append(
                vanishes(
                    _euler_residual(formula, dimension, h),
                    what="Euler's identity for the general homogeneous function of 2 to 8 parameters",
                    random=random,
                    tactics=(sympy.expand,),
                )
            )
            if links[-1].level is None:  # more parameters only take longer
                return links[-1]
    return weakest(links).by_hand("the same for more parameters, as the identity is about one ray")


def generic_polynomials(formula: Homogeneity, context: Context) -> Evidence:
    """Polynomials with symbolic coefficients, in several degrees and dimensions."""
    what = "Euler's identity for polynomials with symbolic coefficients, degrees 1 to 5, 2 to 6 parameters"
    sizes = [*product((1, 2, 3, 4, 5), (2, 3)), *product((1, 2), (4, 5, 6)), (3, 4)]
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


def homogeneous_neuron(formula: Homogeneity, instance: Instance) -> Evidence:
    """Both sides of both statements at one neuron, as fractions."""
    neuron, scale = instance["neuron"], SCALE
    utility, theta = neuron.utility, neuron.theta
    gradient = utility.gradient(theta)
    values = {sym.kappa: utility.degree, sym.level: sympy.Rational(scale.numerator, scale.denominator)}
    shrink = _fraction(formula.gradient_scaling().subs(values))
    inner = sum(t * g for t, g in zip(theta, gradient, strict=True))
    left, right = _sides_at(formula, utility, theta)
    euler = [left - inner, right - inner]
    at_scaled = utility.gradient(tuple(scale * t for t in theta))
    misses = [a - shrink * b for a, b in zip(at_scaled, gradient, strict=True)]
    if any(euler) or any(misses):
        witness = {"neuron": str(neuron), "sides − ⟨θ, ∇U⟩": euler, "gradient residuals": misses}
        return Evidence.refuted("homogeneity fails for a neuron", witness, instances=1)
    return Evidence.of(Level.EXACT, "both residuals are zero for polynomial and rectified neurons", instances=1)


def rational_neurons(formula: Homogeneity, context: Context) -> Evidence:
    """Polynomial and rectified neurons with rational data, both sides as fractions."""
    count, detail = 0, ""
    items: list[dict[str, Any]] = []
    for count, instance in enumerate(context.instances(40), start=1):
        one = homogeneous_neuron(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        neuron, detail = instance["neuron"], one.detail
        utility, theta = neuron.utility, neuron.theta
        if context.certificates and utility.kink_distance(theta) > 0:
            gradients = (utility.gradient(theta), utility.gradient(tuple(SCALE * t for t in theta)))
            items.append(neuron_item(neuron, SCALE, *gradients))
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


def _sides_at(formula: Homogeneity, utility: Utility, theta: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Both sides of Euler's identity for the utility of a neuron, at θ: for as many coordinates as it has."""
    identity, parameters = formula.euler_identity(len(theta)), coordinates(len(theta))
    values = {x: sympy.Rational(t.numerator, t.denominator) for x, t in zip(parameters, theta, strict=True)}
    (h,) = closed_form.homogeneous_function(len(theta)).atoms(AppliedUndef)
    # Where a rectifier is flat or linear at θ it is so around θ: an expression for the piece that θ lies on.
    restricted = {h: utility.expression_at(parameters, theta) * parameters[0] ** -sym.kappa}
    left, right = (side.xreplace(restricted).subs(sym.kappa, utility.degree) for side in (identity.lhs, identity.rhs))
    return _fraction(left.doit().subs(values)), _fraction(right.doit().subs(values))


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
    statement="A utility U homogeneous of degree κ satisfies ⟨θ, ∇U⟩ = κ U, and its gradient is homogeneous of degree "
    "κ − 1.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 2"),
    hypotheses=Hypotheses((HomogeneousNeuron(degrees=Quantity("κ", 0)),)),
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
    remark="The theory's κ ≥ 2 is not needed, nor a frozen residual: the utility is that of the present one. At a kink "
    "of a locally Lipschitz utility, as of a rectifier, every limit of nearby gradients satisfies both statements.",
    necessity=FRM_01_NEEDS,
    probes=(Probe("homogeneous neuron", homogeneous_neuron, examples=200),),
    parts=(
        *by_choice(_CLOSED_FORM, "euler_identity", (2, 3, 4)),
        *without_arguments(_CLOSED_FORM, "gradient_scaling"),
    ),
)
