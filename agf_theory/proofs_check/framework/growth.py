"""FRM-02: how norm and direction of a dormant neuron move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Identity, ImmutableMatrix, MatrixExpr, Symbol

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.euler_necessity import FRM_02_NEEDS
from agf_theory.proofs_check.framework.neurons import DormantNeuron, HomogeneousNeuron, RectifiedUtility, unit_vector
from agf_theory.proofs_check.framework.polynomials import generic_polynomial
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["FRM_02", "Growth"]


@dataclass(frozen=True)
class Growth:
    """The two velocities of FRM-02, in the symbols of `closed_form.symbols`."""

    norm_growth: Callable[[], Expr]
    direction_velocity: Callable[[], MatrixExpr]

    def norm_rate(self, **values: Any) -> Expr:
        """Velocity of the norm, given `norm`, `kappa`, `eta` and the normalised utility `U`."""
        return self.norm_growth().subs({getattr(sym, name): value for name, value in values.items()})

    def direction_rate(self, theta: Sequence[Any], gradient: Sequence[Any], **values: Any) -> list[Expr]:
        """Velocity of the direction, given θ, the gradient at the unit vector, `norm`, `kappa` and `eta`."""
        size, holes = len(theta), {getattr(sym, name): value for name, value in values.items()}
        pairs = ((sym.theta, theta), (sym.gradient, gradient))
        matrices = {hole.subs(sym.d, size): ImmutableMatrix(entries) for hole, entries in pairs}
        # The identity too: a product with one symbolic factor is expanded entry by entry, a hundred times slower.
        matrices[Identity(size)] = ImmutableMatrix.eye(size)
        sized = self.direction_velocity().subs(sym.d, size).subs(holes)
        return list(sized.xreplace(matrices).doit().as_explicit())


def any_dimension(formula: Growth, context: Context) -> Evidence:
    """Every degree and dimension, without coordinates: θ' = η N^(κ−1) g, with g the gradient at the unit vector θ/N.

    N' = ⟨θ, θ'⟩/N, where ⟨θ, g⟩/N = κ Û by Euler's identity (FRM-01), and (θ/N)' = θ'/N − θ ⟨θ, θ'⟩/N³ by the rule of
    quotients. A difference is zero in every dimension if in each of its terms, vectors in matrix symbols of size d,
    the coefficient is; it is looked at in coordinates too, where that can refute it.
    """
    utility = Symbol("V", real=True)
    growth = vanishes(
        formula.norm_rate(U=utility) - sym.eta * sym.norm ** (sym.kappa - 1) * sym.kappa * utility,
        what="velocity of the norm",
        random=context.random(),
        tactics=(sympy.powsimp, sympy.simplify),
    )
    if growth.level is None:
        return growth
    velocity = sym.eta * sym.norm ** (sym.kappa - 1) * sym.gradient
    expected = velocity / sym.norm - sym.theta * (sym.theta.T * velocity) / sym.norm**3
    links = [growth, _at_vectors(formula, context), _same_vector(formula.direction_velocity() - expected)]
    return weakest(links).by_hand("the derivative of a quotient, and FRM-01")


def _same_vector(difference: MatrixExpr) -> Evidence:
    """Whether the coefficient of every vector in the sum vanishes."""
    coefficients: dict[MatrixExpr, Expr] = {}
    total = difference.doit().expand()
    for term in total.args if total.is_MatAdd else (total,):
        if not term.is_ZeroMatrix:
            coefficient, vector = term.as_coeff_mmul() if term.is_MatMul else (sympy.S.One, term)
            coefficients[vector] = coefficients.get(vector, sympy.S.Zero) + coefficient
    for vector, coefficient in coefficients.items():
        if sympy.simplify(coefficient) != 0:
            return Evidence.inconclusive(f"velocity of the direction: {coefficient} times {vector} is left")
    return Evidence.of(Level.PROVED, "velocity of the direction, in matrix symbols of any size")


def _at_vectors(formula: Growth, context: Context) -> Evidence:
    """The velocity of the direction at vectors of rational norm, up to nine entries and one larger number."""
    random = context.random()
    for dimension in (*range(1, 10), random.randint(10, 16)):
        degree, norm = random.randint(1, 6), Fraction(random.randint(1, 9), random.randint(2, 5))
        theta = [norm * entry for entry in unit_vector(random, dimension)]
        gradient = [Fraction(random.randint(-9, 9), 2) for _ in theta]
        inner = sum((t * g for t, g in zip(theta, gradient, strict=True)), Fraction(0)) / norm**2
        expected = [norm ** (degree - 2) * (g - inner * t) for t, g in zip(theta, gradient, strict=True)]
        values = {"norm": _rational(norm), "kappa": degree, "eta": 1}
        claimed = formula.direction_rate([_rational(t) for t in theta], [_rational(g) for g in gradient], **values)
        if any(a != _rational(b) for a, b in zip(claimed, expected, strict=True)):
            witness = {"θ": theta, "gradient": gradient, "κ": degree, "velocity": expected, "claimed": claimed}
            return Evidence.refuted("the direction moves otherwise", witness)
    return Evidence.of(Level.PROVED, "velocity of the norm")


def generic_polynomials(formula: Growth, context: Context) -> Evidence:
    """Polynomial utilities with symbolic coefficients: the chain rule, coordinate by coordinate."""
    what = "chain rule for polynomials with symbolic coefficients, degrees 1 to 4, 2 to 5 parameters"
    return weakest(
        _generic_residuals(formula, degree, dimension, what, context)
        for degree, dimension in ((2, 2), (3, 2), (4, 2), (2, 3), (3, 3), (1, 4), (1, 5))
    )


def _generic_residuals(formula: Growth, degree: int, dimension: int, what: str, context: Context) -> Evidence:
    theta = sympy.symbols(f"theta_1:{dimension + 1}", real=True)
    squared = sympy.Add(*(t**2 for t in theta))
    utility = generic_polynomial(degree, theta)
    flow = [sym.eta * utility.diff(t) for t in theta]
    radial = sum(t * f for t, f in zip(theta, flow, strict=True)) / sym.norm
    at_unit = {t: t / sym.norm for t in theta}
    gradient = [utility.diff(t).subs(at_unit, simultaneous=True) for t in theta]
    values = {"norm": sym.norm, "kappa": degree, "eta": sym.eta}
    growth = formula.norm_rate(U=utility / sym.norm**degree, kappa=degree)
    turning = formula.direction_rate(theta, gradient, **values)
    expected = [f / sym.norm - t * radial / sym.norm**2 for t, f in zip(theta, flow, strict=True)]
    residuals = [growth - radial, *(a - b for a, b in zip(turning, expected, strict=True))]

    def on_the_sphere(residual: Expr) -> Expr:
        return sympy.rem(sympy.expand(sympy.together(residual).as_numer_denom()[0]), sym.norm**2 - squared, sym.norm)

    def points(random: Any) -> dict[Symbol, Fraction]:
        direction = unit_vector(random, dimension)
        free = set().union(*(residual.free_symbols for residual in residuals))
        point = {s: Fraction(random.randint(1, 9), random.randint(2, 5)) for s in sorted(free, key=str)}
        return {**point, sym.norm: Fraction(3, 2), **{t: 3 * e / 2 for t, e in zip(theta, direction, strict=True)}}

    return weakest(
        vanishes(residual, what=what, random=context.random(), points=points, tactics=(on_the_sphere,))
        for residual in residuals
    )


def velocities(formula: Growth, instance: Instance) -> Evidence:
    """The velocities of norm and direction of one neuron, as fractions."""
    neuron = instance["neuron"]
    growth, turning = _by_chain_rule(neuron, Fraction(2, 3))
    claimed_growth, claimed_turning = _claimed(formula, neuron, Fraction(2, 3))
    misses = [a - b for a, b in zip((growth, *turning), (claimed_growth, *claimed_turning), strict=True)]
    if any(misses):
        witness = {"neuron": str(neuron), "residuals": misses}
        return Evidence.refuted("the velocities are not those of the formula", witness, instances=1)
    return Evidence.of(Level.EXACT, "velocities of norm and direction agree as fractions", instances=1)


def rational_neurons(formula: Growth, context: Context) -> Evidence:
    """Neurons with rational norm and direction: the derivatives as fractions."""
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(20), start=1):
        one = velocities(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


def _by_chain_rule(neuron: DormantNeuron, eta: Fraction) -> tuple[Fraction, list[Fraction]]:
    velocity = [eta * g for g in neuron.utility.gradient(neuron.theta)]
    growth = sum((n * v for n, v in zip(neuron.direction, velocity, strict=True)), Fraction(0))
    turning = [(v - growth * n) / neuron.norm for n, v in zip(neuron.direction, velocity, strict=True)]
    return growth, turning


def _claimed(formula: Growth, neuron: DormantNeuron, eta: Fraction) -> tuple[Fraction, list[Fraction]]:
    utility = neuron.utility
    values = {"norm": _rational(neuron.norm), "kappa": utility.degree, "eta": _rational(eta)}
    growth = formula.norm_rate(U=_rational(utility.value(neuron.direction)), **values)
    gradient = [_rational(g) for g in utility.gradient(neuron.direction)]
    turning = formula.direction_rate([_rational(t) for t in neuron.theta], gradient, **values)
    return _fraction(growth), [_fraction(rate) for rate in turning]


def rectified_flow(formula: Growth, context: Context) -> Evidence:
    """Rectified neurons with a frozen or moving residual: an integrated flow, differenced, against the formula.

    Neurons so near a kink that the difference might reach across it are left out, and counted.

    Central differences of step h miss by h²/6 times a third derivative of order one, and the integrator's 1e-12 by
    1e-12/h: with h = 1e-3 and one Richardson extrapolation both stay below 1e-8; the tolerance is 1e-6, relative to
    the speed of θ.
    """
    count, near_kink, worst = 0, 0, 0.0
    for instance in context.instances(60):
        neuron = instance["neuron"]
        if not isinstance(neuron.utility, RectifiedUtility):
            continue
        if neuron.utility.kink_distance(neuron.theta) < 0.05:
            near_kink += 1
            continue
        count += 1
        seen = _differenced(neuron)
        growth, turning = _claimed(formula, neuron, Fraction(1))
        scale = max(1e-2, float(np.linalg.norm(seen)))
        miss = float(np.max(np.abs(seen - np.array([float(x) for x in (growth, *turning)])))) / scale
        worst = max(worst, miss)
        if not miss <= 1e-6:
            witness = {"neuron": str(neuron), "seen": seen, "claimed": [growth, *turning]}
            return Evidence.refuted("an integrated rectified neuron moves otherwise", witness, instances=count)
    figures = {"worst": worst, "left_out_near_a_kink": near_kink}
    return Evidence.of(Level.SAMPLED, "integrated rectified neurons, differenced", instances=count, **figures)


def _differenced(neuron: DormantNeuron) -> np.ndarray[Any, np.dtype[np.float64]]:
    start = np.array([float(t) for t in neuron.theta])
    rounded = neuron.in_floats()

    def state(time: float) -> Any:
        run = solve_ivp(
            lambda t, theta: np.sign(time) * np.array(rounded.gradient_at(np.sign(time) * t, theta), dtype=float),
            (0.0, abs(time)),
            start,
            method="DOP853",
            rtol=1e-12,
            atol=1e-14,
        )
        theta = run.y[:, -1]
        return np.array([np.linalg.norm(theta), *(theta / np.linalg.norm(theta))])

    def central(h: float) -> Any:
        return (state(h) - state(-h)) / (2 * h)

    difference: np.ndarray[Any, np.dtype[np.float64]] = (4 * central(1e-3) - central(2e-3)) / 3
    return difference


def _rational(number: Fraction | int) -> Any:
    fraction = Fraction(number)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _fraction(number: Expr) -> Fraction:
    return Fraction(int(number.p), int(number.q))


_CLOSED_FORM = Growth(closed_form.norm_growth, closed_form.direction_velocity)

FRM_02 = Claim(
    id="FRM-02",
    system="framework",
    title="norm and direction of a dormant neuron",
    statement="The norm of a neuron grows as η κ ‖θ‖^(κ−1) times its normalised utility under the present residual, "
    "and its direction moves as η ‖θ‖^(κ−2) times the projected gradient of that utility at the unit vector.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Eq. (5)"),
    hypotheses=Hypotheses((HomogeneousNeuron(degrees=Quantity("κ", 0), moving=True),)),
    formula=_CLOSED_FORM,
    checks=(
        Check("any dimension", any_dimension),
        Check("generic polynomials", generic_polynomials),
        Check("rational neurons", rational_neurons),
        Check("rectified flow", rectified_flow),
        Check(
            "derivation",
            partial(
                every_step,
                name="FRM-02",
                parts=lambda formula: {
                    "norm_growth": formula.norm_growth,
                    "direction_velocity": formula.direction_velocity,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "gradient-of-normalised-utility",
            Growth(closed_form.norm_growth, lambda: closed_form.direction_velocity() / sym.norm),
            "gradient of the normalised utility at the un-normalised θ",
        ),
        Mutant(
            "degree-dropped",
            Growth(lambda: closed_form.norm_growth() / sym.kappa, closed_form.direction_velocity),
            "factor κ dropped from the growth of the norm",
        ),
        Mutant(
            "norm-to-kappa",
            Growth(lambda: closed_form.norm_growth() * sym.norm, closed_form.direction_velocity),
            "‖θ‖^κ for ‖θ‖^(κ−1) in the growth of the norm",
        ),
        Mutant(
            "projection-dropped",
            Growth(closed_form.norm_growth, lambda: sym.eta * sym.norm ** (sym.kappa - 2) * sym.gradient),
            "projection dropped from the motion of the direction",
        ),
        Mutant(
            "right-in-two-and-three-dimensions",
            Growth(closed_form.norm_growth, lambda: closed_form.direction_velocity() * (1 + (sym.d - 2) * (sym.d - 3))),
            "a factor that is one for two and for three parameters",
        ),
    ),
    remark="The source freezes the residual and takes κ ≥ 2; neither is needed for the velocities at one instant, and "
    "so they hold for active neurons too.",
    necessity=FRM_02_NEEDS,
    probes=(Probe("velocities", velocities, examples=200),),
    parts=(
        *without_arguments(_CLOSED_FORM, "norm_growth"),
        *without_arguments(_CLOSED_FORM, "direction_velocity"),
    ),
)
