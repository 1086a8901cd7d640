"""SN-01: what a single linear neuron conserves, and its weights by the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, Protocol

from sympy import Expr, sqrt

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.rational_form import rational_value
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.rational_neurons import (
    LOSS_OF_THE_MAP,
    UNIT_RATES,
    NeuronOnData,
    RationalNeuron,
    dot,
)
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["SN_01", "ConservedNeuron", "imbalance_velocity", "squares_of_layers", "wrong_conservation"]


@dataclass(frozen=True)
class ConservedNeuron:
    """The formulas of SN-01, in the symbols of `closed_form.symbols`."""

    imbalance: Callable[[], Expr] = closed_form.neuron_imbalance
    total: Callable[[], Expr] = closed_form.total_size
    outer: Callable[[], Expr] = closed_form.outer_square
    inner: Callable[[], Expr] = closed_form.inner_square


class Conserves(Protocol):
    """What SN-01 and SN-15 have in common."""

    @property
    def imbalance(self) -> Callable[[], Expr]: ...
    @property
    def total(self) -> Callable[[], Expr]: ...
    @property
    def outer(self) -> Callable[[], Expr]: ...
    @property
    def inner(self) -> Callable[[], Expr]: ...


def at_one_neuron(formula: ConservedNeuron, instance: Instance) -> Evidence:
    """One neuron: the velocity of the imbalance, and both layers by the map, as fractions."""
    neuron: RationalNeuron = instance["neuron"]
    wrong = wrong_conservation(formula, neuron)
    if wrong:
        return Evidence.refuted(wrong, {"neuron": str(neuron)}, instances=1)
    return Evidence.of(
        Level.EXACT, "the velocity of δ is zero, and the squares of both layers are as stated", instances=1
    )


def wrong_conservation(formula: Conserves, neuron: RationalNeuron) -> str:
    """What is claimed wrongly of one neuron, or nothing."""
    if imbalance_velocity(formula.imbalance(), neuron) != 0:
        return "the imbalance is not conserved"
    return squares_of_layers(formula, neuron)


def imbalance_velocity(imbalance: Expr, neuron: RationalNeuron) -> Fraction | None:
    """Its velocity along the flow, by the chain rule; zero is returned where w = 0, at which ‖w‖ has no slope."""
    if neuron.norm == 0:
        return Fraction(0)
    outer, inner = neuron.velocities()
    values = {**_rates(neuron), sym.outer_weight: neuron.a, sym.w: neuron.norm}
    slopes = [rational_value(imbalance.diff(symbol), values) for symbol in (sym.outer_weight, sym.w)]
    if slopes[0] is None or slopes[1] is None:
        return None
    return slopes[0] * outer + slopes[1] * dot(neuron.direction, inner)


def squares_of_layers(formula: Conserves, neuron: RationalNeuron) -> str:
    """The formulas one after the other, from the imbalance claimed and the norm of the map, against the weights."""
    rates = _rates(neuron)
    delta = rational_value(formula.imbalance(), {**rates, sym.outer_weight: neuron.a, sym.w: neuron.norm})
    if delta is None:
        return "the imbalance is not rational"
    # r² is what the formula has; r itself is put in as a root, so that nothing is rounded.
    total = rational_value(
        formula.total().subs(sym.map_norm, sqrt(sym.map_norm)),
        {**rates, sym.neuron_imbalance: delta, sym.map_norm: dot(neuron.beta, neuron.beta)},
    )
    if total is None:
        return "q is not rational, and it is a sum of two squares of rationals"
    data = {**rates, sym.neuron_imbalance: delta, sym.total: total}
    if rational_value(formula.outer(), data) != neuron.a**2:
        return "another square of the outer weight"
    if rational_value(formula.inner(), data) != neuron.norm**2:
        return "another squared norm of the inner weights"
    return ""


def _rates(neuron: RationalNeuron) -> dict[Any, Fraction]:
    return {sym.eta_outer: neuron.rates[0], sym.eta_inner: neuron.rates[1]}


def rational_neurons(formula: ConservedNeuron, context: Context) -> Evidence:
    """Neurons on rational data, losses with a quartic part among them: gradients in dual numbers."""
    return over_instances(at_one_neuron, formula, context.instances(32))


def balance_moves(formula: Conserves, witness: Mapping[str, Any]) -> Evidence:
    """The imbalance of a neuron that breaks a hypothesis moves."""
    velocity = imbalance_velocity(formula.imbalance(), witness["neuron"])
    detail = "the imbalance moves"
    said = {"neuron": str(witness["neuron"])}
    return failure(velocity not in (None, 0), Level.EXACT, detail, said, velocity=velocity)


_ONES = (Fraction(1), Fraction(0))
_DECAYING = RationalNeuron((_ONES,), (Fraction(-1),), Fraction(2), Fraction(1), _ONES, decay=Fraction(1))
_TWO_RATES = RationalNeuron((_ONES,), (Fraction(-1),), Fraction(2), Fraction(1), _ONES, (Fraction(2), Fraction(1)))

_OWN = ConservedNeuron()
_DELTA = sym.neuron_imbalance


def _negated(name: str) -> Callable[[], Expr]:
    return lambda: getattr(_OWN, name)().subs(_DELTA, -_DELTA)


SN_01 = Claim(
    id="SN-01",
    system="neuron",
    title="a single neuron's conserved imbalance",
    statement="Gradient flow of any loss of β = a w conserves δ = a² − ‖w‖², so that a² = (q + δ)/2 and "
    "‖w‖² = (q − δ)/2 with q = √(δ² + 4‖β‖²): the weights are known from β ≠ 0 but for a common sign.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2024", "a minimal model of lazy and rich learning"),
    hypotheses=Hypotheses((NeuronOnData(), LOSS_OF_THE_MAP, UNIT_RATES)),
    formula=_OWN,
    checks=(
        Check("rational neurons", rational_neurons),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-01",
                parts=lambda formula: {
                    "neuron_imbalance": formula.imbalance,
                    "total_size": formula.total,
                    "outer_square": formula.outer,
                    "inner_square": formula.inner,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("sum", replace(_OWN, imbalance=lambda: sym.outer_weight**2 + sym.w**2), "a² + ‖w‖² conserved"),
        Mutant("sign-of-outer", replace(_OWN, outer=_negated("outer")), "a² = (q − δ)/2"),
        Mutant("sign-of-inner", replace(_OWN, inner=_negated("inner")), "‖w‖² = (q + δ)/2"),
        Mutant(
            "four-missing",
            replace(_OWN, total=lambda: sqrt(_DELTA**2 + sym.map_norm**2)),
            "q = √(δ² + r²) without the 4",
        ),
        Mutant("root-missing", replace(_OWN, total=lambda: _DELTA**2 + 4 * sym.map_norm**2), "q without the root"),
    ),
    remark="At β = 0 with δ < 0 the direction of w is lost. For one neuron of a network it is LIN-01 and FRM-07.",
    necessity=(
        Necessity(LOSS_OF_THE_MAP, {"neuron": _DECAYING}, balance_moves, (UNIT_RATES,)),
        Necessity(UNIT_RATES, {"neuron": _TWO_RATES}, balance_moves, (LOSS_OF_THE_MAP,)),
    ),
    parts=tuple(part for name in ("imbalance", "total", "outer", "inner") for part in without_arguments(_OWN, name)),
    probes=(Probe("one neuron", at_one_neuron),),
)
