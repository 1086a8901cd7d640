"""MOD-08: every class is a local maximum of the utility, and mixtures are saddles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
from sympy import Expr

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.spectra import (
    BITS,
    CENTRED_SPECTRUM,
    Spectrum,
    SpectrumTemplate,
    aligned_wave,
    combined,
    utility_of,
)
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["MOD_08", "Landscape"]

MOVES = {"u": Fraction(1), "v": Fraction(-1, 2), "w": Fraction(2, 3)}
"""Norms of the moves into another class, with their signs."""
TURNS = {"u": Fraction(1), "v": Fraction(1, 3), "w": Fraction(-1, 2)}
"""Velocities of the phases."""


@dataclass(frozen=True)
class Landscape:
    """The formulas of MOD-08.

    Attributes
    ----------
    variation, mixture
        Second derivatives of the utility at a pure neuron, by the kind of its class, and at a mixture.
    weak_too : bool
        Whether a class with less than the largest utility is a local maximum too.
    """

    variation: Callable[[Any], Expr] = closed_form.class_variation
    mixture: Callable[[], Expr] = closed_form.mixture_variation
    weak_too: bool = True


def at_one_template(formula: Landscape, instance: Instance) -> Evidence:
    """One template: second derivatives at each of its classes, into every other frequency and along the phases."""
    spectrum: Spectrum = instance["template"]
    widest = 0.0
    with flint.ctx.workprec(BITS):
        cap, flint.ctx.cap = flint.ctx.cap, 3
        try:
            for what, seen, claimed in _variations(formula, spectrum):
                miss = seen - claimed
                if not miss.contains(0):
                    witness = {"template": str(spectrum), "where": what, "seen": seen.str(8), "claimed": claimed.str(8)}
                    return Evidence.refuted("another second derivative", witness, instances=1)
                widest = max(widest, float(miss.rad()))
            if not formula.weak_too:
                return _weak_classes(spectrum)
        finally:
            flint.ctx.cap = cap
    if not widest < 1e-20:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "second derivatives over all pairs, in balls of width below 1e-20 around the formula's"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def _variations(formula: Landscape, spectrum: Spectrum) -> Any:
    frequencies = range(spectrum.p // 2 + 1)
    for k in spectrum.classes:
        for other in frequencies:
            if other != k:
                yield f"class {k} towards {other}", *_at_class(formula, spectrum, k, other)
    classes = spectrum.classes
    if len(classes) > 1:
        yield f"mixture of {classes[:2]}", *_at_mixture(formula, spectrum, *classes[:2])


def _at_class(formula: Landscape, spectrum: Spectrum, k: int, other: int) -> tuple[Any, Any]:
    kind = spectrum.kind(k)
    layers = []
    for layer, move in MOVES.items():
        turn = TURNS[layer] if kind == "generic" else Fraction(0)
        base, quarter = (aligned_wave(spectrum, k, layer), _quarter(spectrum, k, layer))
        aside = _unit_wave(spectrum, other)
        layers.append(
            [
                flint.arb_series([a, ball(turn) * b + ball(move) * c, -(ball(turn) ** 2) * a / 2])
                for a, b, c in zip(base, quarter, aside, strict=True)
            ]
        )
    seen, value = _second_derivative(spectrum, layers)
    numbers = {
        sym.size_u: MOVES["u"],
        sym.size_v: -MOVES["v"],
        sym.size_w: MOVES["w"],
        sym.phase_u: TURNS["u"],
        sym.phase_v: TURNS["v"],
        sym.phase_w: TURNS["w"],
        sym.U: value,
    }
    return seen, ball_value(formula.variation(kind), numbers)


def _quarter(spectrum: Spectrum, k: int, layer: str) -> list[Any]:
    """The derivative of the wave by its phase."""
    if spectrum.kind(k) != "generic":
        return [flint.arb(0)] * spectrum.p
    right_angle = flint.arb.pi() / (4 if layer == "w" else 2)  # the phase of w moves twice as far as those of u and v
    return aligned_wave(spectrum, k, layer, right_angle)


def _unit_wave(spectrum: Spectrum, k: int) -> list[Any]:
    """A unit vector of another frequency; whether the template has it does not matter."""
    filled = tuple(each if any(each) else (Fraction(1), Fraction(0)) for each in spectrum.coefficients)
    return aligned_wave(Spectrum(spectrum.p, filled), k, "u")


def _at_mixture(formula: Landscape, spectrum: Spectrum, first: int, second: int) -> tuple[Any, Any]:
    maxima = [ball_value(closed_form.class_maximum(spectrum.kind(k)), spectrum.values(k)) for k in (first, second)]
    norm = (1 / maxima[0] ** 2 + 1 / maxima[1] ** 2).sqrt()
    a, b = (1 / (each * norm) for each in maxima)
    layers = []
    for layer in MOVES:
        one, two = (aligned_wave(spectrum, k, layer) for k in (first, second))
        layers.append([flint.arb_series([a * p + b * q, a * q - b * p]) for p, q in zip(one, two, strict=True)])
    seen, value = _second_derivative(spectrum, layers)
    return seen, ball_value(formula.mixture(), {sym.U: value})


def _second_derivative(spectrum: Spectrum, layers: list[list[Any]]) -> tuple[Any, Any]:
    """Of the utility over the product of the norms, at the start of a path; and the utility there."""
    along = utility_of(spectrum, *layers)
    for vector in layers:
        square = vector[0] * vector[0]
        for entry in vector[1:]:
            square = square + entry * entry
        along = along / square.sqrt()
    return 2 * along[2], along[0]


def _weak_classes(spectrum: Spectrum) -> Evidence:
    """A class below the best one whose second variation is negative in all directions but those of its torus."""
    values = {k: ball_value(closed_form.class_maximum(spectrum.kind(k)), spectrum.values(k)) for k in spectrum.classes}
    weak = min(values, key=lambda k: float(values[k].mid()))
    if not any(value > values[weak] for value in values.values()):
        return Evidence.inconclusive("all classes have one maximum")
    seen, _ = _at_class(Landscape(), spectrum, weak, next(k for k in values if k != weak))
    if not seen < 0:
        return Evidence.inconclusive("balls too wide")
    witness = {"template": str(spectrum), "class": weak, "second derivative": seen.str(8)}
    return Evidence.refuted("a class below the best is a local maximum", witness, instances=1)


def enclosed_variations(formula: Landscape, context: Context) -> Evidence:
    """Centred templates on groups of order 3 to 8: second derivatives at every class and at a mixture, in balls."""
    return over_instances(at_one_template, formula, context.instances(8))


def rises_towards_the_mean(formula: Landscape, witness: Mapping[str, Any]) -> Evidence:
    """With a mean in the template w gains by a mean of its own to first order: the class is no critical point."""
    spectrum: Spectrum = witness["template"]
    with flint.ctx.workprec(BITS):
        u, v, w = (aligned_wave(spectrum, 1, layer) for layer in ("u", "v", "w"))
        step = flint.arb(flint.fmpq(1, 100))
        constant = [step / flint.arb(spectrum.p).sqrt()] * spectrum.p
        moved = [entry / (1 + step * step).sqrt() for entry in combined(w, constant)]
        start, seen = utility_of(spectrum, u, v, w), utility_of(spectrum, u, v, moved)
        curve = ball_value(formula.variation("generic"), {**_STILL, sym.U: start, sym.size_w: 1})
        fails = bool(seen > start and curve < 0)
    said = {"template": str(spectrum), "step": "1/100"}
    return failure(
        fails, Level.CERTIFIED, "the utility rises from the class", said, start=start.str(8), seen=seen.str(8)
    )


_STILL = dict.fromkeys((sym.size_u, sym.size_v, sym.phase_u, sym.phase_v, sym.phase_w), 0)
_OWN = Landscape()
_ONE_HOT = Spectrum(3, ((Fraction(1), Fraction(0)), (Fraction(1), Fraction(0))))

MOD_08 = Claim(
    id="MOD-08",
    system="modular",
    title="every class is a local maximum",
    statement="On unit norms, with x̂_0 = 0, the second derivative of the utility at a neuron that is aligned and pure "
    "at any class of the template is −U times the squares of the moves into other classes and of the change of ψ_w − "
    "ψ_u − ψ_v: a local maximum modulo its torus, at Nyquist and in ties too; critical mixtures are saddles.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("this project", "landscape of the utility of modular addition"),
    hypotheses=Hypotheses((SpectrumTemplate(centred=True), CENTRED_SPECTRUM)),
    formula=_OWN,
    checks=(
        Check("enclosed variations", enclosed_variations),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-08",
                parts=lambda formula: {"variation": formula.variation, "mixture": formula.mixture},
            ),
        ),
    ),
    mutants=(
        Mutant("no-bad-local-maxima", replace(_OWN, weak_too=False), "only the best classes are local maxima"),
        Mutant(
            "mixture-a-maximum",
            replace(_OWN, mixture=lambda: -closed_form.mixture_variation()),
            "mixtures are local maxima",
        ),
        Mutant(
            "every-phase-counts",
            replace(
                _OWN,
                variation=lambda kind: (
                    -sym.U
                    * (sym.size_u**2 + sym.size_v**2 + sym.size_w**2 + sym.phase_u**2 + sym.phase_v**2 + sym.phase_w**2)
                ),
            ),
            "isolated maxima: no torus",
        ),
    ),
    remark="Gradient ascent from a random start does not in general find the largest utility. Other classes enter to "
    "third order only: for κ = 2 they enter to second, and there all but the best are saddles.",
    necessity=(Necessity(CENTRED_SPECTRUM, {"template": _ONE_HOT}, rises_towards_the_mean),),
    parts=(
        *by_choice(_OWN, "variation", ("generic", "nyquist")),
        *without_arguments(_OWN, "mixture"),
    ),
    probes=(Probe("one template", at_one_template, examples=30, starts=1),),
)
