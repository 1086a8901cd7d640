"""FRM-02: how norm and direction of a dormant neuron move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, MatrixExpr, Symbol

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.neurons import DormantNeuron, HomogeneousNeuron, RectifiedUtility
from agf_theory.proofs_check.framework.polynomials import generic_polynomial
from agf_theory.proofs_check.hypotheses import Hypotheses
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
        explicit = self.direction_velocity().subs(sym.d, len(theta)).as_explicit()
        holes = {getattr(sym, name): value for name, value in values.items()}
        for hole, entries in ((sym.theta, theta), (sym.gradient, gradient)):
            vector = hole.subs(sym.d, len(theta))
            holes |= {vector[i, 0]: entry for i, entry in enumerate(entries)}
        return list(explicit.subs(holes))


def in_the_plane(formula: Growth, context: Context) -> Evidence:
    """All degrees and dimensions: in the plane of θ and its gradient, with θ along the first axis.

    Both velocities turn with the neuron, so it loses nothing; Euler's identity fixes the gradient's first entry.
    """
    utility, across = Symbol("V", real=True), Symbol("gamma", real=True)
    along = sym.kappa * utility
    size = sym.norm ** (sym.kappa - 1)
    velocity = (sym.eta * size * along, sym.eta * size * across)  # η ∇U(θ), of degree κ − 1
    symbols = {"norm": sym.norm, "kappa": sym.kappa, "eta": sym.eta}
    direction = formula.direction_rate((sym.norm, 0), (along, across), **symbols)
    residuals = {
        "velocity of the norm": formula.norm_rate(U=utility) - velocity[0],
        "direction does not move along itself": direction[0],
        "velocity of the direction": direction[1] - velocity[1] / sym.norm,
    }
    links = weakest(
        vanishes(
            residual,
            what=what,
            random=context.random(),
            within={sym.kappa: (2, None)},
            tactics=(sympy.powsimp, sympy.simplify),
        )
        for what, residual in residuals.items()
    )
    return links.by_hand("both velocities lie in the plane of θ and its gradient, and turn with the neuron")


def generic_polynomials(formula: Growth, context: Context) -> Evidence:
    """Polynomial utilities with symbolic coefficients: the chain rule, coordinate by coordinate."""
    what = "chain rule for polynomials with symbolic coefficients, degrees 2 to 4, dimensions 2 and 3"
    return weakest(
        _generic_residuals(formula, degree, dimension, what, context)
        for degree, dimension in ((2, 2), (3, 2), (4, 2), (2, 3), (3, 3))
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
        direction = HomogeneousNeuron().draw(random, 0).direction if dimension == 2 else _triple(random)
        free = set().union(*(residual.free_symbols for residual in residuals))
        point = {s: Fraction(random.randint(1, 9), random.randint(2, 5)) for s in sorted(free, key=str)}
        return {**point, sym.norm: Fraction(3, 2), **{t: 3 * e / 2 for t, e in zip(theta, direction, strict=True)}}

    return weakest(
        vanishes(residual, what=what, random=context.random(), points=points, tactics=(on_the_sphere,))
        for residual in residuals
    )


def _triple(random: Any) -> tuple[Fraction, ...]:
    a, b = (Fraction(random.randint(-5, 5), random.randint(1, 3)) for _ in range(2))
    total = 1 + a * a + b * b
    return ((1 - a * a - b * b) / total, 2 * a / total, 2 * b / total)


def rational_neurons(formula: Growth, context: Context) -> Evidence:
    """Neurons with rational norm and direction: the derivatives as fractions."""
    count = 0
    for count, instance in enumerate(context.instances(12), start=1):
        neuron = instance["neuron"]
        growth, turning = _by_chain_rule(neuron, Fraction(2, 3))
        claimed_growth, claimed_turning = _claimed(formula, neuron, Fraction(2, 3))
        misses = [a - b for a, b in zip((growth, *turning), (claimed_growth, *claimed_turning), strict=True)]
        if any(misses):
            witness = {"neuron": str(neuron), "residuals": misses}
            return Evidence.refuted("the velocities are not those of the formula", witness, instances=count)
    return Evidence.of(Level.EXACT, "velocities of norm and direction agree as fractions", instances=count)


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
    """Rectified neurons: an integrated flow, differenced, against the formula.

    Central differences of step h miss by h²/6 times a third derivative of order one, and the integrator's 1e-12 by
    1e-12/h: with h = 1e-3 and one Richardson extrapolation both stay below 1e-8; the tolerance is 1e-6, relative to
    the speed of θ.
    """
    count, worst = 0, 0.0
    for instance in context.instances(40):
        neuron = instance["neuron"]
        if not isinstance(neuron.utility, RectifiedUtility) or _near_kink(neuron, 0.05):
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
    return Evidence.of(Level.SAMPLED, "integrated rectified neurons, differenced", instances=count, worst=worst)


def _differenced(neuron: DormantNeuron) -> np.ndarray[Any, np.dtype[np.float64]]:
    start = np.array([float(t) for t in neuron.theta])

    def state(time: float) -> Any:
        run = solve_ivp(
            lambda _, theta: np.sign(time) * np.array(neuron.utility.gradient(theta), dtype=float),
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


def _near_kink(neuron: DormantNeuron, margin: float) -> bool:
    assert isinstance(neuron.utility, RectifiedUtility)
    w = neuron.theta[1:]
    return any(float(abs(sum(a * b for a, b in zip(w, x, strict=True)))) < margin for x in neuron.utility.samples)


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
    statement="With the residual frozen, the norm of a neuron grows as η κ ‖θ‖^(κ−1) times its normalised utility, and "
    "its direction moves as η ‖θ‖^(κ−2) times the projected gradient of the utility at the unit vector.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Eq. (5)"),
    hypotheses=Hypotheses((HomogeneousNeuron(),)),
    formula=_CLOSED_FORM,
    checks=(
        Check("in the plane", in_the_plane),
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
    ),
    parts=(
        *without_arguments(_CLOSED_FORM, "norm_growth", within={sym.kappa: (2, None)}),
        *without_arguments(_CLOSED_FORM, "direction_velocity", within={sym.kappa: (2, None)}),
    ),
)
