"""FRM-07: what rescaling the two layers of a neuron leaves unchanged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Symbol

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.framework.necessity import FRM_07_NEEDS
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Integer
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import at_numbers

__all__ = ["FRM_07"]

Conserved = Callable[[int | None], Expr]


def symbolic_neurons(formula: Conserved, context: Context) -> Evidence:
    """Any residual, two inputs, two outputs: linear, quadratic, and every power of a rectifier where it is active.

    One sample is enough: the gradient of the loss is a mean over samples, and the statement is linear in it. Two inputs
    and outputs stand for all: weights enter through w·x and a·r alone.
    """
    drive = Symbol("z", positive=True)  # on the active side of the kink; on the other everything vanishes
    power = Symbol("p", positive=True)
    activations = {
        "linear": (drive, 2),
        "quadratic": (drive**2, 3),
        "cubic": (drive**3, 4),
        "rectified (any power)": (drive**power, power + 1),
    }
    general = formula(None)
    numbers = [
        vanishes(
            formula(degree) - general.subs(sym.kappa, degree),
            what="one formula for numbers and for every κ",
            random=context.random(),
        )
        for degree in (*range(2, 13), context.random().randint(13, 40))
    ]
    links = [_conserved(formula, name, *entry, drive, context) for name, entry in activations.items()]
    return weakest([*numbers, *links]).by_hand("one sample, two inputs and two outputs stand for any number")


def _conserved(
    formula: Conserved, name: str, activation: Expr, kappa: Any, drive: Symbol, context: Context
) -> Evidence:
    w, a, r = (sympy.symbols(f"{letter}_1:3", real=True) for letter in "war")
    x_1 = Symbol("x_1", real=True)
    x_2 = (drive - w[0] * x_1) / w[1]  # so that w·x = z
    pull = sum(ai * ri for ai, ri in zip(a, r, strict=True)) * activation.diff(drive)
    velocity_w = [sym.eta * pull * x for x in (x_1, x_2)]
    velocity_a = [sym.eta * ri * activation for ri in r]
    growth_w = 2 * sum(wi * vi for wi, vi in zip(w, velocity_w, strict=True))  # of ‖w‖²
    growth_a = 2 * sum(ai * vi for ai, vi in zip(a, velocity_a, strict=True))
    quantity = formula(kappa if isinstance(kappa, int) else None).subs(sym.kappa, kappa)
    change = quantity.diff(sym.w) / (2 * sym.w) * growth_w + quantity.diff(sym.a) / (2 * sym.a) * growth_a
    return vanishes(
        sympy.simplify(change),
        what=f"d/dt = 0 for {name} neurons",
        random=context.random(),
        tactics=(sympy.simplify, sympy.powsimp),
    )


def stands_still(formula: Conserved, instance: Instance) -> Evidence:
    """The velocity of the quantity at one neuron a (w x)^p, as a number: w = 2, a = 3, a sample x = 1, residual 1."""
    power, w, a = instance["p"], sympy.Integer(2), sympy.Integer(3)
    velocity_w, velocity_a = a * power * w ** (power - 1), w**power
    quantity = formula(power + 1)
    moved = (quantity.diff(sym.w) * velocity_w + quantity.diff(sym.a) * velocity_a).subs({sym.w: w, sym.a: a})
    if moved != 0:
        witness = {**instance, "w": 2, "a": 3, "velocity": str(moved)}
        return Evidence.refuted("the quantity moves", witness, instances=1)
    return Evidence.of(Level.EXACT, "the quantity stands still at a neuron with rational weights", instances=1)


def rational_networks(formula: Conserved, context: Context) -> Evidence:
    """The velocity of the quantity in fractions: several samples, inputs and outputs, a residual drawn at random.

    A network's residual is some number on each sample, whatever the other neurons do, and gradient flow of one neuron
    feels nothing else of them.
    """
    random, count = context.random(), 0
    for count, instance in enumerate(context.instances(40), start=1):
        one = stands_still(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        power, rectified = instance["p"], count % 2 == 0
        w, a, inputs, residuals = _neuron(random)
        growth_w, growth_a = _growth(power, rectified, w, a, inputs, residuals)
        norms = {sym.w: _root(w), sym.a: _root(a)}
        quantity = formula(power + 1)
        velocity = sum(
            sympy.cancel(quantity.diff(norm) / (2 * norm)).subs(norms)
            * sympy.Rational(rate.numerator, rate.denominator)
            for norm, rate in ((sym.w, growth_w), (sym.a, growth_a))
        )
        if sympy.simplify(velocity) != 0:
            witness = {"activation": f"{'max(z, 0)' if rectified else 'z'}^{power}", "w": w, "a": a}
            witness |= {"inputs": inputs, "residuals": residuals, "velocity": str(velocity)}
            return Evidence.refuted("not conserved by a neuron with rational data", witness, instances=count)
    detail = "the velocity of the quantity is zero in fractions, several samples, inputs and outputs"
    return Evidence.of(Level.EXACT, detail, instances=count)


Vector = list[Fraction]


def _neuron(random: Random) -> tuple[Vector, Vector, list[Vector], list[Vector]]:
    """Incoming and outgoing weights, inputs and residuals of every sample; neither weight is zero."""
    sizes = [random.randint(1, 4) for _ in range(3)]
    samples, wide, out = sizes
    w, a = ([Fraction(random.randint(1, 6), 3), *_entries(random, size - 1)] for size in (wide, out))
    return w, a, [_entries(random, wide) for _ in range(samples)], [_entries(random, out) for _ in range(samples)]


def _entries(random: Random, size: int) -> Vector:
    return [Fraction(random.randint(-6, 6), random.randint(1, 4)) for _ in range(size)]


def _growth(
    power: int, rectified: bool, w: Vector, a: Vector, inputs: list[Vector], residuals: list[Vector]
) -> tuple[Fraction, Fraction]:
    """Velocities of ‖w‖² and ‖a‖² under gradient flow of the neuron; at the kink of a rectifier no sample counts."""
    velocity_w, velocity_a = [Fraction(0)] * len(w), [Fraction(0)] * len(a)
    for x, r in zip(inputs, residuals, strict=True):
        drive = sum((p * q for p, q in zip(w, x, strict=True)), Fraction(0))
        if rectified and drive <= 0:
            continue
        pull = sum((p * q for p, q in zip(a, r, strict=True)), Fraction(0)) * power * drive ** (power - 1)
        velocity_w = [v + pull * entry for v, entry in zip(velocity_w, x, strict=True)]
        velocity_a = [v + entry * drive**power for v, entry in zip(velocity_a, r, strict=True)]
    pairs = ((w, velocity_w), (a, velocity_a))
    growth_w, growth_a = (2 * sum((p * v for p, v in zip(*pair, strict=True)), Fraction(0)) for pair in pairs)
    return growth_w, growth_a


def _root(vector: Vector) -> Expr:
    squared = sum((entry * entry for entry in vector), Fraction(0))
    return sympy.sqrt(sympy.Rational(squared.numerator, squared.denominator))


def integrated_networks(formula: Conserved, context: Context) -> Evidence:
    """Whole networks of three neurons, integrated; rectified ones up to the first kink, beyond which they may slide.

    Every solution conserves the quantity, so that no error is amplified: it drifts by the errors of the steps alone, of
    relative size 1e-10 each. Tolerance: 1e-6 of the larger squared norm, for some thousand steps. Networks that meet a
    kink before any squared norm has changed by a hundredth show nothing: they are left out, and counted.
    """
    count, still, worst = 0, 0, 0.0
    generator = np.random.default_rng(context.seed % 2**32)
    for number in range(12):
        power, rectified = 1 + number // 2 % 3, number % 2 == 0
        start, end = _trained(generator, power, rectified)
        squares = [np.stack([(x[:, :3] ** 2).sum(1), (x[:, 3:] ** 2).sum(1)]) for x in (start, end)]
        if np.max(np.abs(squares[1] / squares[0] - 1)) < 0.01:
            still += 1
            continue
        count += 1
        quantity = sympy.lambdify((sym.w, sym.a), formula(power + 1))
        for neuron in range(start.shape[0]):
            norms = [
                (np.linalg.norm(layers[neuron, :3]), np.linalg.norm(layers[neuron, 3:])) for layers in (start, end)
            ]
            scale = max(n**2 for pair in norms for n in pair)
            drift = abs(quantity(*norms[1]) - quantity(*norms[0])) / scale
            worst = max(worst, float(drift))
            if not drift <= 1e-6:
                witness = {"activation": f"{'max(z, 0)' if rectified else 'z'}^{power}", "layers": start[neuron]}
                witness |= {"norms before": norms[0], "norms after": norms[1], "relative drift": drift}
                return Evidence.refuted("not conserved by an integrated network", witness, instances=count)
    detail = "conserved by integrated networks of three neurons within 1e-6"
    return Evidence.of(Level.SAMPLED, detail, instances=count, worst=worst, left_out_unmoved=still)


def _trained(generator: np.random.Generator, power: int, rectified: bool) -> tuple[Any, Any]:
    inputs, target = generator.normal(size=(6, 3)), generator.normal(size=(6, 2))
    start = 0.7 * generator.normal(size=(3, 5))

    def velocity(_: float, flat: Any) -> Any:
        layers = flat.reshape(3, 5)
        w, a = layers[:, :3], layers[:, 3:]
        drive = inputs @ w.T
        if rectified:
            drive = np.maximum(drive, 0.0)
        residual = target - drive**power @ a
        slope = power * drive ** (power - 1) * (drive > 0 if rectified else 1)
        grown_w = ((residual @ a.T) * slope).T @ inputs / len(inputs)
        grown_a = (drive**power).T @ residual / len(inputs)
        return np.hstack([grown_w, grown_a]).ravel()

    def kink(_: float, flat: Any) -> float:
        return float(np.min(np.abs(inputs @ flat.reshape(3, 5)[:, :3].T))) - 1e-6 if rectified else 1.0

    kink.terminal = True  # type: ignore[attr-defined]
    run = solve_ivp(velocity, (0.0, 1.0), start.ravel(), method="DOP853", rtol=1e-10, atol=1e-12, events=kink)
    return start, run.y[:, -1].reshape(3, 5)


def _without_factor(degree: int | None) -> Expr:
    return sym.w**2 - sym.a**2


def _sign_flipped(degree: int | None) -> Expr:
    return closed_form.conserved_quantity(degree).subs(sym.a, sympy.I * sym.a)


def _factor_kappa(degree: int | None) -> Expr:
    return sym.w**2 - (sym.kappa if degree is None else degree) * sym.a**2


def _right_up_to_four(degree: int | None) -> Expr:
    return _factor_kappa(degree) if degree is not None and degree > 4 else closed_form.conserved_quantity(degree)


class ActivationPower(Integer):
    """The degree of the activation, as an instance; what the claim asks of the activation, in print."""

    def __str__(self) -> str:
        return "σ differentiable along the flow, homogeneous of degree κ − 1 ≥ 1; one rate for both layers"

    @property
    def range_drawn(self) -> str:
        return f"κ − 1 an integer up to {self.drawn}"


FRM_07 = Claim(
    id="FRM-07",
    system="framework",
    title="conserved quantity of a neuron's layers",
    statement="For neurons a σ(w·x) with σ homogeneous of degree κ − 1, gradient flow conserves ‖w‖² − (κ − 1) ‖a‖².",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 2"),
    hypotheses=Hypotheses((ActivationPower("p", 1, drawn=9),)),
    formula=closed_form.conserved_quantity,
    checks=(
        Check("symbolic neurons", symbolic_neurons),
        Check("rational networks", rational_networks),
        Check("integrated networks", integrated_networks),
        Check("derivation", partial(every_step, name="FRM-07", parts=lambda formula: {"conserved_quantity": formula})),
    ),
    mutants=(
        Mutant("factor-missing", _without_factor, "factor κ − 1 missing"),
        Mutant("sign-flipped", _sign_flipped, "sign flipped: a sum for the difference"),
        Mutant("factor-kappa", _factor_kappa, "κ for κ − 1"),
        Mutant("right-up-to-four", _right_up_to_four, "κ for κ − 1 from κ = 5 on, where κ is a number"),
    ),
    remark="Rectifiers: away from the kink; there it moves for no choice of the slope either, as w·x = 0. κ ≥ 2 is the "
    "range of the theory: where w·x ≠ 0 any degree does.",
    parts=at_numbers(closed_form.conserved_quantity, "", sym.kappa, within={sym.kappa: (2, None)}, up_to_factor=True),
    necessity=FRM_07_NEEDS,
    equivalent={
        "hypothesis dropped: 1 ≤ p": "Any degree does where w·x ≠ 0: symbolic neurons have every power p > 0.",
    },
    probes=(Probe("stands still", stands_still, examples=20),),
)
