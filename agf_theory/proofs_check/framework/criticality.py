"""FRM-06: neurons at zero do not disturb a critical point of the others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.necessity import FRM_06_NEEDS
from agf_theory.proofs_check.framework.neurons import HomogeneousNeuron, PolynomialUtility
from agf_theory.proofs_check.hypotheses import Hypotheses
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
        within={sym.kappa: (2, None)},
        tactics=(sympy.powsimp, sympy.simplify),
    )
    excess = sympy.Symbol("x", nonnegative=True)
    exponent = sympy.simplify(sympy.expand_log(sympy.log(scaling)) / sympy.log(sym.level)).subs(sym.kappa, 2 + excess)
    if exponent.is_positive:
        found = weakest([force, Evidence.of(Level.PROVED, "the exponent is positive for every κ ≥ 2")])
        return found.by_hand(
            "a dormant neuron at zero leaves the residual as it is, and a bounded gradient shrinks to 0"
        )
    at_two = exponent.subs(excess, 0)
    if at_two.is_nonpositive:
        return Evidence.refuted("the gradient does not vanish with the neuron", {"κ": 2, "exponent": at_two})
    return Evidence.inconclusive(f"sign of the exponent {exponent} not found")


def rational_networks(formula: Scaling, context: Context) -> Evidence:
    """Networks with rational data whose active neuron is critical: the full gradient at (θ*, 0), as fractions."""
    random = context.random()
    count = 0
    for count, instance in enumerate(context.instances(20), start=1):
        degree = instance["neuron"].utility.degree
        residual, active = _critical_residual(random, degree)
        dormant = _utility(random, degree, residual)
        theta = tuple(Fraction(random.randint(1, 7), 5) for _ in range(2))
        for scale in (Fraction(1, 2), Fraction(1, 64), Fraction(0)):
            force = dormant.gradient(tuple(scale * t for t in theta))
            factor = formula().subs(sym.kappa, degree).subs(sym.level, _rational(scale))
            misses = [_rational(f) - factor * _rational(g) for f, g in zip(force, dormant.gradient(theta), strict=True)]
            if any(misses) or any(active):
                witness = {
                    "degree": degree,
                    "scale": scale,
                    "neuron": str(dormant),
                    "residuals": list(map(str, misses)),
                }
                return Evidence.refuted("the full gradient is not that of the formula", witness, instances=count)
    detail = "the full gradient vanishes exactly at (θ*, 0), and scales with the dormant neuron as stated"
    return Evidence.of(Level.EXACT, detail, instances=count)


def _critical_residual(random: Random, degree: int) -> tuple[list[Fraction], list[Fraction]]:
    """A residual on 6 samples that leaves an active neuron critical, and the gradient of that neuron."""
    samples = 6
    tables = [_monomial_gradients(random, degree) for _ in range(samples)]
    rows = [[tables[j][i] for j in range(samples)] for i in range(2)]
    matrix = flint.fmpq_mat(2, samples, [flint.fmpq(e.numerator, e.denominator) for row in rows for e in row])
    reduced, rank = matrix.rref()
    pivots = [next(j for j in range(samples) if reduced[i, j] != 0) for i in range(rank)]
    free = [j for j in range(samples) if j not in pivots]
    residual = [Fraction(0)] * samples
    for j in free:
        residual[j] = Fraction(random.randint(-5, 5))
    for i, pivot in enumerate(pivots):
        residual[pivot] = -sum((_exact(reduced[i, j]) * residual[j] for j in free), Fraction(0))
    return residual, [sum((r * g for r, g in zip(residual, row, strict=True)), Fraction(0)) for row in rows]


def _monomial_gradients(random: Random, degree: int) -> tuple[Fraction, ...]:
    """Gradient of one sample's output in an active neuron (a random homogeneous polynomial) at a random point."""
    function = _polynomial(random, degree)
    theta = tuple(Fraction(random.randint(1, 9), 4) for _ in range(2))
    return function.gradient(theta)


def _polynomial(random: Random, degree: int) -> PolynomialUtility:
    powers = [(k, degree - k) for k in range(degree + 1)]
    return PolynomialUtility(degree, 2, {p: Fraction(random.randint(-6, 6), 3) for p in powers})


def _utility(random: Random, degree: int, residual: list[Fraction]) -> PolynomialUtility:
    total: dict[tuple[int, ...], Fraction] = {(k, degree - k): Fraction(0) for k in range(degree + 1)}
    for r in residual:
        for powers, c in _polynomial(random, degree).coefficients.items():
            total[powers] += r * c / len(residual)
    return PolynomialUtility(degree, 2, total)


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
    "at zero they are critical for the full loss when κ ≥ 2.",
    kind=Kind.INCLUSION,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 3"),
    hypotheses=Hypotheses((HomogeneousNeuron(),)),
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
    remark="κ > 1 is enough; for κ = 1 the gradient at zero is that at any other norm, and the statement fails.",
    parts=without_arguments(closed_form.gradient_scaling, within={sym.kappa: (2, None)}),
    necessity=FRM_06_NEEDS,
)
