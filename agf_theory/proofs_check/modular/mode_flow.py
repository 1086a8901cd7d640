"""MOD-09: the dormant flow decouples over frequencies, and each mode conserves three quantities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import sympy
from sympy import Expr, Poly, Symbol, conjugate

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber, discrete_fourier_transform
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.dormant_neurons import CENTRED, ModularNeuron, RationalNeuron
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["MOD_09", "DecoupledFlow"]

FROZEN_TARGET = Relation("residual frozen at the template", lambda instance: "residual" not in instance)
"""A witness of necessity has another residual; inputs stay what they are."""

_HATS = {"x": sym.template_hat, "u": sym.u_hat, "v": sym.v_hat, "w": sym.w_hat}
_BARS = {name: Symbol(f"{name}_bar") for name in _HATS}
_SIZES = {"x": sym.template_size, "u": sym.size_u, "v": sym.size_v, "w": sym.size_w}


@dataclass(frozen=True)
class DecoupledFlow:
    """The formulas of MOD-09, in Fourier coefficients at one frequency."""

    velocity: Callable[[Any], Expr] = closed_form.mode_velocity
    difference: Callable[[Any, Any], Expr] = closed_form.conserved_difference
    misalignment: Callable[[], Expr] = closed_form.conserved_misalignment
    alignment: Callable[[], Expr] = closed_form.alignment
    alignment_velocity: Callable[[], Expr] = closed_form.alignment_velocity


def at_one_neuron(formula: DecoupledFlow, instance: Instance) -> Evidence:
    """One neuron: the transform of its gradient over all pairs, frequency by frequency, in the cyclotomic field."""
    neuron: RationalNeuron = instance["neuron"]
    field, modes = _transformed(neuron)
    forces = {name: discrete_fourier_transform(g, field) for name, g in neuron.gradient().items()}
    for k in range(1, neuron.p // 2 + 1):
        hats = {name: modes[name][k] for name in modes}
        speed = {layer: forces[layer][k] for layer in forces}
        for layer, seen in speed.items():
            if _value(formula.velocity(layer), hats, field) != seen:
                witness = {"neuron": str(neuron), "frequency": k, "layer": layer, "seen": str(seen)}
                return Evidence.refuted("a coefficient has another velocity", witness, instances=1)
        wrong = _not_conserved(formula, hats, speed, field)
        if wrong:
            return Evidence.refuted(wrong, {"neuron": str(neuron), "frequency": k}, instances=1)
    return Evidence.of(Level.EXACT, _DETAIL, instances=1)


_DETAIL = "the gradient over all pairs, transformed in the cyclotomic field: velocities, invariants, d Re Z/dt"


def _transformed(neuron: RationalNeuron) -> tuple[CyclotomicField, dict[str, tuple[CyclotomicNumber, ...]]]:
    field = CyclotomicField(neuron.p)
    return field, {name: discrete_fourier_transform(getattr(neuron, name), field) for name in _HATS}


def _not_conserved(
    formula: DecoupledFlow,
    hats: Mapping[str, CyclotomicNumber],
    speed: Mapping[str, CyclotomicNumber],
    field: CyclotomicField,
) -> str:
    """What is claimed wrongly of the invariants and of Re Z, or nothing."""
    quantities = {"e_1": formula.difference("u", "v"), "e_2": formula.difference("u", "w"), "h": formula.misalignment()}
    for name, quantity in quantities.items():
        if not _slope(quantity, hats, speed, field).is_zero():
            return f"{name} is not conserved"
    seen = _slope(formula.alignment(), hats, speed, field).real_part()
    sizes = {symbol: hats[name] * hats[name].conjugate() for name, symbol in _SIZES.items()}
    claimed = sympy.expand(formula.alignment_velocity().subs(sym.modulus, field.order))
    poly = Poly(claimed, *_SIZES.values())
    total = field(0)
    for powers, coefficient in poly.terms():
        if any(power % 2 for power in powers):
            return "the velocity of Re Z is no function of squared amplitudes"
        term = field(Fraction(coefficient.p, coefficient.q))
        for symbol, power in zip(_SIZES.values(), powers, strict=True):
            term = term * sizes[symbol] ** (power // 2)
        total = total + term
    return "" if total == seen else "Re Z has another velocity"


def _slope(
    quantity: Expr, hats: Mapping[str, CyclotomicNumber], speed: Mapping[str, CyclotomicNumber], field: CyclotomicField
) -> CyclotomicNumber:
    """The derivative of a quantity along velocities, by the chain rule in coefficients and their conjugates."""
    bars = quantity.subs({conjugate(_HATS[name]): _BARS[name] for name in _HATS}, simultaneous=True)
    total = field(0)
    for layer, velocity in speed.items():
        for symbol, moved in ((_HATS[layer], velocity), (_BARS[layer], velocity.conjugate())):
            total = total + _value(bars.diff(symbol), hats, field) * moved
    return total


def _value(expression: Expr, hats: Mapping[str, CyclotomicNumber], field: CyclotomicField) -> CyclotomicNumber:
    """A polynomial in the coefficients and their conjugates, exactly."""
    bars = {conjugate(_HATS[name]): _BARS[name] for name in _HATS}
    plain = expression.subs(bars, simultaneous=True).subs(sym.modulus, field.order)
    numbers = [*(hats[name] for name in _HATS), *(hats[name].conjugate() for name in _HATS)]
    total = field(0)
    for powers, coefficient in Poly(sympy.expand(plain), *_HATS.values(), *_BARS.values()).terms():
        term = field(Fraction(coefficient.p, coefficient.q))
        for number, power in zip(numbers, powers, strict=True):
            term = term * number**power
        total = total + term
    return total


def rational_neurons(formula: DecoupledFlow, context: Context) -> Evidence:
    """Neurons with rational weights on groups of order 2 to 8: the gradient over all pairs against the formulas."""
    found = over_instances(at_one_neuron, formula, context.instances(9))
    if found.level is None:
        return found
    orders = sorted({instance["neuron"].p for instance in context.instances(9)})
    return replace(found, figures={**found.figures, "orders": orders})


def coupled_through_the_mean(formula: DecoupledFlow, witness: Mapping[str, Any]) -> Evidence:
    """A template with a mean: ŵ_0 pulls û_k whether v̂_k and ŵ_k are there or not."""
    neuron: RationalNeuron = witness["neuron"]
    field, modes = _transformed(neuron)
    seen = discrete_fourier_transform(neuron.gradient()["u"], field)[1]
    claimed = _value(formula.velocity("u"), {name: modes[name][1] for name in modes}, field)
    said = {"neuron": str(neuron)}
    return failure(seen != claimed, Level.EXACT, "û_1 has another velocity", said, seen=str(seen), claimed=str(claimed))


def another_rate(formula: DecoupledFlow, witness: Mapping[str, Any]) -> Evidence:
    """A residual of half the template pulls half as much; the velocity claimed does not know of it."""
    neuron: RationalNeuron = witness["neuron"]
    field, modes = _transformed(neuron)
    share = witness["residual"]
    seen = discrete_fourier_transform(neuron.gradient()["u"], field)[1] * share
    claimed = _value(formula.velocity("u"), {name: modes[name][1] for name in modes}, field)
    said = {"neuron": str(neuron), "residual": f"{share} x"}
    return failure(seen != claimed, Level.EXACT, "û_1 has another velocity", said, seen=str(seen), claimed=str(claimed))


def _vector(*entries: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, entries))


_OWN = DecoupledFlow()
_ONES = _vector(1, 0, 0)
_WITH_A_MEAN = RationalNeuron(_ONES, _ONES, _ONES, _ONES)
_WITHOUT = RationalNeuron(_vector(1, -1, 0), _ONES, _ONES, _ONES)


def _at_rate(factor: Expr) -> DecoupledFlow:
    """Every velocity with another C."""
    return replace(
        _OWN,
        velocity=lambda layer: closed_form.mode_velocity(layer) * factor,
        alignment_velocity=lambda: closed_form.alignment_velocity() * factor,
    )


def _twice_second(first: Any, second: Any) -> Expr:
    partner = _HATS[second]
    return closed_form.conserved_difference(first, second) - partner * conjugate(partner)


MOD_09 = Claim(
    id="MOD-09",
    system="modular",
    title="dormant flow of a mode, and its invariants",
    statement="With x̂_0 = 0 and the residual frozen each frequency of a neuron moves by itself, generic or Nyquist: "
    "û' = C x̂ conj(v̂) ŵ, v̂' = C x̂ conj(û) ŵ, ŵ' = C conj(x̂) û v̂ with C = 2|x̂|²/p²; |û|² − |v̂|², |û|² − |ŵ|² and "
    "Im Z are conserved, Z = x̂ conj(û) conj(v̂) ŵ, and Re Z never falls.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "dormant phase of modular addition"),
    hypotheses=Hypotheses((ModularNeuron(), CENTRED, FROZEN_TARGET)),
    formula=_OWN,
    checks=(
        Check("rational neurons", rational_neurons),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-09",
                parts=lambda formula: {
                    "velocity": formula.velocity,
                    "difference": formula.difference,
                    "misalignment": formula.misalignment,
                    "alignment": formula.alignment,
                    "alignment_velocity": formula.alignment_velocity,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("invariant-with-two", replace(_OWN, difference=_twice_second), "|û|² − 2|v̂|², |û|² − 2|ŵ|²"),
        Mutant("c-over-p-cubed", _at_rate(1 / sym.modulus), "C = 2|x̂|²/p³"),
        Mutant("c-over-p", _at_rate(sym.modulus), "C = 2|x̂|²/p"),
        Mutant("factor-two-missing", _at_rate(sympy.Rational(1, 2)), "C = |x̂|²/p²: the bilinear network"),
        Mutant(
            "real-part-conserved",
            replace(_OWN, misalignment=lambda: closed_form.alignment() + conjugate(closed_form.alignment())),
            "Re Z for Im Z",
        ),
    ),
    remark="Every neuron is a sum of independent modes until the first neuron is active; of the others, the modes that "
    "are not yet fitted stay so.",
    necessity=(
        Necessity(CENTRED, {"neuron": _WITH_A_MEAN}, coupled_through_the_mean, (FROZEN_TARGET,)),
        Necessity(FROZEN_TARGET, {"neuron": _WITHOUT, "residual": Fraction(1, 2)}, another_rate, (CENTRED,)),
    ),
    parts=(
        *by_choice(_OWN, "velocity", ("u", "v", "w")),
        *without_arguments(_OWN, "alignment_velocity"),
    ),
    probes=(Probe("one neuron", at_one_neuron, examples=40, starts=1),),
)
