"""LIN-15: the rate at which a bad saddle is left, and the discontinuity that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from typing import Any

import flint
import numpy as np
import sympy
from numpy.typing import NDArray
from sympy import Expr, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.errors import InputError
from agf_theory.numeric.linear import examine_conjecture, gradient_flow
from agf_theory.numeric.linear.conjecture import rates_at
from agf_theory.numeric.linear.moments import Moments
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Necessity, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION, vanishes
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_15", "Escape"]

SCALE = "1e-200"
"""Of the flows whose second jump is followed as the coupling falls; log(1/ε) = 461."""

COUPLINGS = ("1e-3", "1e-4", "1e-5")
"""What is left out of the law is of the order of the coupling, here 1e-3 at most in an increment of about five; and far
above the crossover, which for the example is at ε^0.1 = 1e-20."""

OFF = 0.02
"""Allowed relative distance of the increment between the two smallest couplings from the law. Its error falls with the
coupling itself, and is seen to: ten times less than between the two largest, or below `READ_OFF`."""

READ_OFF = 1e-4
"""Relative error of an increment of a jump time that is read off a resolved plateau."""

EXAMPLE = {"σ_1": Fraction(2), "σ_2": Fraction(1), "Λ_1": Fraction(4), "Λ_2": Fraction(1, 2)}
"""Counterexample I."""


@dataclass(frozen=True)
class Escape:
    """The formulas of LIN-15.

    Attributes
    ----------
    determinant, rate, time, exponent : functions without arguments
        `transverse_determinant`, `escape_rate`, `crossover_time` and `crossover_exponent`.
    """

    determinant: Callable[[], Expr] = closed_form.transverse_determinant
    rate: Callable[[], Expr] = closed_form.escape_rate
    time: Callable[[], Expr] = closed_form.crossover_time
    exponent: Callable[[], Expr] = closed_form.crossover_exponent


def symbolic(formula: Escape, context: Context) -> Evidence:
    """The transverse block of the loss's Hessian at the saddle: its determinant, and minus the rate an eigenvalue."""
    block = _transverse_hessian()
    rate = formula.rate()
    larger = 2 * rate - sympy.sqrt((block[0, 0] - block[1, 1]) ** 2 + 4 * block[0, 1] ** 2) + block.trace()
    links = (
        vanishes(
            block.det() - formula.determinant(), what="determinant of the transverse flow", random=context.random()
        ),
        vanishes((block + rate * sympy.eye(2)).det(), what="escape rate, an eigenvalue", random=context.random()),
        vanishes(larger, what="the larger one", random=context.random(), tactics=(_radicals_expanded, sympy.simplify)),
    )
    return weakest(links)


@cache
def _transverse_hessian() -> sympy.Matrix:
    """Second derivatives of the loss of one neuron (a, w) in the components a_2, w_2, at rest in mode 1."""
    a1, a2, w1, w2 = sympy.symbols("a_1 a_2 w_1 w_2", real=True)
    inputs = sympy.diag(sym.variance_1, sym.variance_2)
    best = sympy.diag(sym.sigma_1 / sym.variance_1, sym.sigma_2 / sym.variance_2)
    off = sympy.Matrix([a1, a2]) * sympy.Matrix([[w1, w2]]) - best
    loss = (off * inputs * off.T).trace() / 2
    size = sympy.sqrt(sym.sigma_1 / sym.variance_1)
    at_rest = {a1: size, w1: size, a2: 0, w2: 0}
    slopes = [sympy.simplify(loss.diff(x).subs(at_rest)) for x in (a1, a2, w1, w2)]
    assert slopes == [0, 0, 0, 0], "the point is critical"
    return sympy.hessian(loss, (a2, w2)).subs(at_rest).applyfunc(sympy.simplify)


def _radicals_expanded(expression: Expr) -> Expr:
    return sympy.expand(
        expression.replace(
            lambda node: node.is_Pow and node.exp == sympy.Rational(1, 2),
            lambda node: sympy.sqrt(sympy.expand(node.base)),
        )
    )


def rate_and_law(formula: Escape, context: Context, *, count: int) -> Evidence:
    """The rate, symbolically and in balls, and the law, which is observed: as weak as the weakest of them.

    The second jump of gradient flow as the coupling falls tenfold, at one scale: increments against the law.
    """
    return weakest(_links(formula, context, count))


def _links(formula: Escape, context: Context, count: int) -> Iterator[Evidence]:
    yield every_step(formula, context, name="LIN-15", parts=_derived)
    yield symbolic(formula, context)
    example = printed_rate(formula, context)
    if example.level is None:
        yield example
        return
    law = crossover_law(formula, context, count=count)  # its instances are those that count
    yield replace(law, figures={**example.figures, **law.figures}) if law.level else law


def eigenvalues_of_instances(formula: Escape, context: Context) -> Evidence:
    """The fastest rate at which all the weights of one neuron leave the saddle, by linear algebra in floats.

    Eigenvalues of a symmetric 4 x 4 matrix are good to some ulps of its norm, here below 100: 1e-11 is allowed.
    """
    number, worst = 0, 0.0
    for number, instance in enumerate(context.instances(24), start=1):
        problem = _network(instance)
        saddle = np.diag([float(instance["σ_1"] / instance["Λ_1"]), 0.0])
        seen = rates_at(Moments.of(problem), saddle).escape
        stated = complex(formula.rate().subs(_values(instance)).evalf())
        worst = max(worst, abs(stated - seen))
        if not abs(stated - seen) <= 1e-11 or not seen < float(instance["σ_2"]):
            witness = {**instance, "rate": seen, "stated": str(stated)}
            return Evidence.refuted("the saddle is left at another rate", witness, instances=number)
    return Evidence.of(Level.SAMPLED, "rates of escape, all below σ_2", instances=number, worst=worst)


def printed_rate(formula: Escape, context: Context) -> Evidence:
    """The example's rate in balls: (√113 − 9)/8 = 0.20377, so that couplings are felt above ε^0.1019."""
    with flint.ctx.workprec(PRECISION):
        rate = ball_value(formula.rate(), _values(EXAMPLE))
        exact = (flint.arb(113).sqrt() - 9) / 8
        values = {**_values(EXAMPLE), sym.escape: Fraction(20377, 100000)}
        exponent = ball_value(formula.exponent(), values)
        apart = not rate.overlaps(exact) or not abs(rate - flint.arb("0.20377")) < flint.arb("5e-6")
        if apart or not exponent.overlaps(flint.arb("0.101885")):
            witness = {"rate": rate.str(8), "exponent": exponent.str(8)}
            return Evidence.refuted("another rate than (√113 − 9)/8, or another exponent", witness, instances=1)
        figures = {"rate": rate.str(8, radius=False), "exponent": exponent.str(8, radius=False)}
    return Evidence.of(Level.CERTIFIED, "rate and exponent of the example, in balls", instances=1, **figures)


def crossover_law(formula: Escape, context: Context, *, count: int) -> Evidence:
    """Second jump of gradient flow as the coupling falls tenfold, at one scale: increments against the law."""
    number, worst, figures = 0, 0.0, []
    for number, instance in enumerate(_law_instances(context, count), start=1):
        times = [_second_jump(_network(instance, Fraction(c))) for c in COUPLINGS]
        seen = np.diff(times)
        stated = _stated_increments(formula, instance)
        off = np.abs(seen / stated - 1)
        worst = max(worst, float(off[-1]))
        figures.append([round(float(value), 4) for value in (*seen, float(stated[-1]))])
        falls = off[-1] <= max(off[0] / 3, READ_OFF)
        if not (off[-1] <= OFF and falls):
            witness = {**instance, "increments": seen, "stated": stated}
            return Evidence.refuted("the second jump moves otherwise as the coupling falls", witness, instances=number)
    detail = f"increments of T_2 for ρ = {', '.join(COUPLINGS)} at ε = {SCALE} tend to the law's"
    return Evidence.of(Level.CONVERGED, detail, instances=number, worst=worst, increments_and_law=figures)


def _law_instances(context: Context, count: int) -> list[Instance]:
    """The example, and random ones at which the law is visible: the saddle is left early on a long plateau."""
    found: list[Instance] = [EXAMPLE]
    for instance in context.instances(400):
        if len(found) == count:
            break
        rate = float(closed_form.escape_rate().subs(_values(instance)))
        ratio = float(instance["σ_1"] / instance["σ_2"])
        lasting = (1 / float(instance["σ_2"]) - 1 / float(instance["σ_1"])) * rate
        if 1.3 <= ratio <= 4 and lasting > 0.06 and _settling(instance) > 0.06:
            found.append(instance)
    return found


def _settling(instance: Instance) -> float:
    """Rate of settling at the best saddle of rank one, times the length of its plateau."""
    problem = _network(instance)
    best = np.diag([0.0, float(instance["σ_2"] / instance["Λ_2"])])
    ratio = float(instance["σ_2"] / instance["σ_1"])
    return rates_at(Moments.of(problem), best).settling * (1 - ratio) / float(instance["σ_1"])


def _stated_increments(formula: Escape, instance: Instance) -> NDArray[np.float64]:
    values = {**_values(instance), sym.escape: formula.rate().subs(_values(instance)), sym.log_inverse: 461}
    times = [complex(formula.time().subs({**values, sym.input_coupling: Fraction(c)}).evalf()) for c in COUPLINGS]
    return np.diff(np.array(times)).real if not any(t.imag for t in times) else np.full(len(times) - 1, np.nan)


@cache
def _second_jump(problem: LinearNetwork) -> float:
    scale = InitScale(SCALE)
    return float(gradient_flow(problem, scale).jumps()[1].time * scale.log_inverse)


def either_side(formula: Escape, context: Context) -> Evidence:
    """Slopes of the second jump without coupling, 1/σ_2, and with one, the recursion's; ρ = 0 and ρ = 1/2."""
    apart = examine_conjecture(_network(EXAMPLE), seeds=(0,))
    coupled = examine_conjecture(_network(EXAMPLE, Fraction(1, 2)), seeds=(0,))
    slopes = [float(apart.measured.slopes[1]), float(coupled.measured.slopes[1])]
    figures = {"slopes": slopes, "uncertainty": [float(e.measured.uncertainty[1]) for e in (apart, coupled)]}
    if apart.verdict == "undecided" or coupled.verdict == "undecided":
        return Evidence.inconclusive("a slope is undecided", **figures)
    if abs(slopes[0] - 1 / float(EXAMPLE["σ_2"])) > 1e-5 or apart.verdict != "disagrees" or coupled.verdict != "agrees":
        return Evidence.refuted("no discontinuity at ρ = 0", figures, instances=2)
    return Evidence.of(Level.CONVERGED, "slope 1/σ_2 at ρ = 0, the recursion's at ρ = 1/2", instances=2, **figures)


def never_left(formula: Escape, witness: Mapping[str, Any]) -> Evidence:
    """Where μ_1 > μ_2 the neuron is at the best saddle of rank one: the rate is negative, nothing leaves."""
    instance = {name: Fraction(value) for name, value in witness.items()}
    saddle = np.diag([float(instance["σ_1"] / instance["Λ_1"]), 0.0])
    seen = rates_at(Moments.of(_network(instance)), saddle).escape
    with flint.ctx.workprec(PRECISION):
        rate = ball_value(formula.rate(), _values(instance))
        stays = bool(rate < 0) and seen == 0
        return failure(stays, Level.CERTIFIED, "the saddle is not left: no second branch", witness, rate=rate.str(8))


def dormant_first(formula: Escape, witness: Mapping[str, Any]) -> Evidence:
    """Where σ_2 > σ_1 the other mode is learned first: the second branch begins before it is at its saddle."""
    instance = {name: Fraction(value) for name, value in witness.items()}
    first, other = 1 / instance["σ_1"], 1 / instance["σ_2"]
    detail = "mode 2 is active before the neuron of mode 1 is at its saddle"
    return failure(other < first, Level.EXACT, detail, witness, jump_of_mode_1=first, jump_of_mode_2=other)


def no_such_inputs(formula: Escape, witness: Mapping[str, Any]) -> Evidence:
    """A negative variance: there is no problem to speak of."""
    instance = {name: Fraction(value) for name, value in witness.items()}
    try:
        _network(instance)
    except InputError as refused:
        return failure(True, Level.EXACT, "no inputs have these moments", witness, refused=str(refused))
    return failure(False, Level.EXACT, "no inputs have these moments", witness)


def _values(instance: Mapping[str, Fraction]) -> dict[Symbol, Any]:
    names = {"σ_1": sym.sigma_1, "σ_2": sym.sigma_2, "Λ_1": sym.variance_1, "Λ_2": sym.variance_2}
    return {symbol: sympy.Rational(instance[n].numerator, instance[n].denominator) for n, symbol in names.items()}


def _network(instance: Mapping[str, Fraction], coupling: Fraction = Fraction(0)) -> LinearNetwork:
    inputs = [[instance["Λ_1"], coupling], [coupling, instance["Λ_2"]]]
    return LinearNetwork(inputs, [[instance["σ_1"], 0], [0, instance["σ_2"]]])


def _other_falls_further(instance: Instance) -> bool:
    first, other = (Fraction(instance[f"σ_{j}"]) ** 2 / Fraction(instance[f"Λ_{j}"]) for j in (1, 2))
    return other > first


def _first_grows_faster(instance: Instance) -> bool:
    return Fraction(instance["σ_1"]) > Fraction(instance["σ_2"])


def _derived(formula: Escape) -> dict[str, Any]:
    return {
        "transverse_determinant": formula.determinant,
        "escape_rate": formula.rate,
        "crossover_time": formula.time,
        "crossover_exponent": formula.exponent,
    }


_CLOSED_FORM = Escape()
_VARIANCE = Quantity("Λ_1", 0, drawn=(0, 5))
_FALLS = Relation("σ_2²/Λ_2 > σ_1²/Λ_1", _other_falls_further)
_GROWS = Relation("σ_2 < σ_1", _first_grows_faster)
_EXCHANGED = {sym.variance_1: sym.variance_2, sym.variance_2: sym.variance_1}


def _without_memory() -> Expr:
    return closed_form.crossover_time() - sym.sigma_2 / sym.sigma_1 * sympy.log(sym.input_coupling) / sym.escape


LIN_15 = Claim(
    id="LIN-15",
    system="linear",
    title="escape rate and crossover at a vanishing coupling",
    statement="A neuron at rest in mode 1 of commuting moments leaves it at the rate γ, the larger eigenvalue of "
    "(−σ_1, σ_2; σ_2, −Λ_2σ_1/Λ_1) of determinant Λ_2(μ_1−μ_2), with γ < σ_2, so that for a coupling ρ of the inputs "
    "the second jump comes at the lesser of L/σ_2 and (2−σ_2/σ_1)L/σ_1 + (1−σ_2/σ_1)log(1/ρ)/γ up to bounded terms, "
    "and the limits ρ → 0 and L → ∞ do not commute.",
    kind=Kind.EQUALITY,
    status=Status.OBSERVATION,
    source=Source("this project"),
    hypotheses=Hypotheses(
        (
            Quantity("σ_1", 0, drawn=(0, 5)),
            Quantity("σ_2", 0, drawn=(0, 5)),
            _VARIANCE,
            Quantity("Λ_2", 0, drawn=(0, 5)),
            _GROWS,
            _FALLS,
        )
    ),
    formula=_CLOSED_FORM,
    checks=(
        Check("eigenvalues", eigenvalues_of_instances),
        Check("rate and law", partial(rate_and_law, count=1), time_limit=180),
        Check("either side", either_side, Cost.FULL, time_limit=180),
        Check("rate and many laws", partial(rate_and_law, count=4), Cost.FULL, time_limit=300),
    ),
    mutants=(
        Mutant("dormant-rate", replace(_CLOSED_FORM, rate=lambda: sym.sigma_2), "σ_2 for γ"),
        Mutant(
            "order-of-falls",
            replace(_CLOSED_FORM, determinant=lambda: -closed_form.transverse_determinant()),
            "Λ_2(μ_2 − μ_1)",
        ),
        Mutant(
            "variances-exchanged",
            replace(_CLOSED_FORM, rate=lambda: closed_form.escape_rate().subs(_EXCHANGED, simultaneous=True)),
            "Λ_1 for Λ_2 and Λ_2 for Λ_1",
        ),
        Mutant("growth-forgotten", replace(_CLOSED_FORM, time=_without_memory), "log(1/ρ)/γ, not times 1 − σ_2/σ_1"),
        Mutant(
            "exponent-without-first",
            replace(_CLOSED_FORM, exponent=lambda: sym.escape / sym.sigma_2),
            "γ/σ_2 for γ(1/σ_2 − 1/σ_1)",
        ),
    ),
    remark="γ is what an active neuron of a saddle that is not the best of its rank leaves it with; a dormant neuron "
    "grows at σ_2 > γ and comes first, unless a coupling lets the active one begin. γ is proved; the law is observed.",
    necessity=(
        Necessity(_VARIANCE, {"σ_1": 2, "σ_2": 1, "Λ_1": -1, "Λ_2": 1}, no_such_inputs, (_GROWS,)),
        Necessity(_FALLS, {"σ_1": 2, "σ_2": 1, "Λ_1": 1, "Λ_2": 1}, never_left, (_GROWS,)),
        Necessity(_GROWS, {"σ_1": 1, "σ_2": 2, "Λ_1": 1, "Λ_2": 1}, dormant_first, (_FALLS,)),
    ),
    equivalent={
        "hypothesis dropped: 0 < σ_1": "σ_1 > σ_2 > 0 implies it",
        "hypothesis dropped: 0 < Λ_2": "μ_2 > μ_1 > 0 implies it",
    },
    parts=tuple(
        part for name in ("determinant", "rate", "time", "exponent") for part in without_arguments(_CLOSED_FORM, name)
    ),
)
