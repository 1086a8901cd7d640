"""SN-11: the usual form of a single neuron's implicit bias holds while the outer weight keeps its sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product as every
from typing import Any

from sympy import Expr, Integer, Rational, sqrt

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_at
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.rational_form import as_rational, rational_value
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.conserving_ends import (
    CONSERVED,
    INTERPOLATES,
    ROWS_ALONE,
    SIGN_KEPT,
    UNIT_RATES,
    WITHOUT_INNER,
    ConservingEnd,
    NeuronWithEnd,
)
from agf_theory.proofs_check.neuron.optimality import differs_from_zero, objective_slopes
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["SN_11", "UsualForm"]

_BITS = 256
_EXPONENTIALS = tuple(Fraction(p, q) for p, q in ((1, 3), (1, 2), (2, 3), (1, 1), (3, 2), (5, 2)))
_SPANS = (Fraction(-3, 2), Fraction(-1), Fraction(1), Fraction(2))

_Course = tuple[tuple[Fraction, Fraction], Fraction, Fraction]
"""a and x.w at the start, a at the end, and the target."""


@dataclass(frozen=True)
class UsualForm:
    """The formulas of SN-11, in the symbols of `closed_form.symbols`."""

    objective: Callable[[], Expr] = closed_form.unrestricted_objective
    square: Callable[[], Expr] = closed_form.one_sample_outer_square
    side: Callable[[], Expr] = closed_form.one_sample_side


def at_one_end(formula: UsualForm, instance: Instance) -> Evidence:
    """One end with the sign of the start: the usual objective has no slope along any shift of the interpolants."""
    end: ConservingEnd = instance["end"]
    seen = list(map(differs_from_zero, objective_slopes(formula.objective(), end)))
    if True in seen:
        return Evidence.refuted("the end is not stationary", {"end": str(end)}, instances=1)
    if None in seen:
        return Evidence.inconclusive("a slope was not seen to be zero, nor to differ from zero")
    return Evidence.of(Level.EXACT, "no slope of the usual objective along any shift", instances=1)


def rational_ends(formula: UsualForm, context: Context) -> Evidence:
    """Ends of rational starts with the sign of the start, one without inner weights: exact conditions of optimality."""
    return over_instances(at_one_end, formula, [*context.instances(16), {"end": WITHOUT_INNER}])


def one_sample(formula: UsualForm, context: Context) -> Evidence:
    """One sample: every rational start against every rational end on both branches of the hyperbola, and on its limit.

    Targets of zero are among them, and balanced starts, which reach targets of their own sign and else the saddle.
    """
    count = crossing = 0
    for (outer, along), outer_end, target in (*_on_branches(), *_balanced()):
        values = {sym.sample_imbalance: outer**2 - along**2, sym.sample_target: target}
        witness = {"a_0": outer, "x.w_0": along, "y": target}
        side = rational_value(formula.side(), {**values, sym.outer_0: outer, sym.along_sample: along})
        if side is None or _sign(side) != _sign(outer_end):
            return Evidence.refuted("the outer weight ends with another sign", witness)
        if side and rational_value(formula.square(), values) != outer_end**2:
            return Evidence.refuted("the outer weight ends with another square", witness)
        count, crossing = count + 1, crossing + (outer * outer_end < 0)
    detail = "square and sign of the outer weight at the end, on the branch of the start"
    return Evidence.of(Level.EXACT, detail, instances=count, crossing=crossing)


def _on_branches() -> Iterator[_Course]:
    for span, first, last, branch in every(_SPANS, _EXPONENTIALS, _EXPONENTIALS, (True, False)):
        outer_end, along_end = _weights(span, last, branch)
        yield _weights(span, first, branch), outer_end, outer_end * along_end


def _balanced() -> Iterator[_Course]:
    """On a = ±x.w the product has one sign: a target of the other, or zero, is approached as far as zero."""
    for start, end, side in every(_SPANS, _SPANS, (1, -1)):
        outer_end = abs(end) if start > 0 else -abs(end)
        yield (start, side * start), outer_end, side * end**2
        yield (start, side * start), Fraction(0), -side * end**2
        yield (start, side * start), Fraction(0), Fraction(0)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _weights(span: Fraction, exponential: Fraction, first: bool) -> tuple[Fraction, Fraction]:
    """a and x.w: hyperbolic cosine and sine, or the other way round."""
    cosh, sinh = span * (exponential + 1 / exponential) / 2, span * (exponential - 1 / exponential) / 2
    return (cosh, sinh) if first else (sinh, cosh)


def the_example(formula: UsualForm, context: Context) -> Evidence:
    """X = (1, 0), y = −1, w_0 = (1, 1), a_0 = 0.2: where flow ends, and where the usual objective is least."""
    outer, slopes = _example(formula)
    figures: dict[str, Any] = {"a_∞": _digits(-outer), "of the usual form": _digits(outer)}
    if not ball_at(formula.side(), _SAMPLE, _BITS) < 0:
        return Evidence.refuted("the outer weight does not end below zero", {"side": str(formula.side())}, **figures)
    polynomial = ball_at(outer**4 + Rational(24, 25) * outer**2 - 1, {}, _BITS)
    if not polynomial.contains(0) or not 0.7932 < float(outer) < 0.7933:
        return Evidence.refuted("another end", figures)
    at_flow, at_usual = slopes
    if not (abs(at_flow) > 2 and at_usual.contains(0) and at_usual.rad() < 1e-60):
        return Evidence.refuted("the usual objective has its minimum elsewhere", figures)
    detail = "the flow ends at (−1, −0.79324…), where the usual objective has a slope; its minimum is (−1, +0.79324…)"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, **figures)


def _example(formula: UsualForm) -> tuple[Expr, tuple[Any, Any]]:
    """|a_∞|, and the slope of the objective along the second input where the flow ends and at its mirror image."""
    outer = sqrt(formula.square().subs({symbol: as_rational(value) for symbol, value in _SAMPLE.items()}))
    objective = formula.objective()
    start = sqrt(2) / 5  # β_0 = (1, 1)/5
    norm = sqrt(1 + outer**2)

    def slope(second: Expr) -> Any:
        values = {
            sym.neuron_imbalance: Rational(-49, 25),
            sym.map_norm: norm,
            sym.map_norm_0: start,
            sym.along_start: (second - 1) / sqrt(2),
        }
        by_norm, by_start = objective.diff(sym.map_norm), objective.diff(sym.along_start)
        return ball_at((by_norm * second / norm + by_start / sqrt(2)).subs(values), {}, _BITS)

    return outer, (slope(-outer), slope(outer))


def _digits(number: Expr) -> str:
    return str(number.evalf(12))


def is_not_the_minimiser(formula: UsualForm, witness: Mapping[str, Any]) -> Evidence:
    """The usual objective has a slope at the end that breaks a hypothesis, or the end is no interpolant."""
    end: ConservingEnd = witness["end"]
    if not INTERPOLATES.holds(witness):
        return failure(True, Level.EXACT, "the end is none of the interpolants", {"end": str(end)})
    fails = any(differs_from_zero(slope) for slope in objective_slopes(formula.objective(), end))
    return failure(fails, Level.CERTIFIED, "the usual objective has a slope at the end", {"end": str(end)})


_SAMPLE = {
    sym.sample_imbalance: Fraction(-24, 25),
    sym.sample_target: Fraction(-1),
    sym.outer_0: Fraction(1, 5),
    sym.along_sample: Fraction(1),
}
_ONE, _NONE, _TWO, _THREE = map(Fraction, (1, 0, 2, 3))
_ROW = ((_ONE, _NONE),)
# On the branch a = sinh, x.w = cosh, from v = 2 to v = 1/3 with unit span; w across the sample stays at one.
_CROSSING = ConservingEnd(
    _ROW,
    (Fraction(-20, 9),),
    Fraction(3, 4),
    (Fraction(5, 4), _ONE),
    Fraction(-4, 3),
    (Fraction(5, 3), _ONE),
)
_SADDLE = ConservingEnd(_ROW, (_TWO,), _NONE, (_NONE, _ONE), _NONE, (_NONE, _ONE))
_UNBALANCED = ConservingEnd(_ROW, (_TWO,), _TWO, (_THREE, _THREE), _ONE, (_TWO, _THREE))
_TURNED = ConservingEnd(_ROW, (_THREE,), _ONE, (_THREE, Fraction(4)), _ONE, (_THREE, Fraction(-4)))
# η_a = 1, η_w = 4: 4 a² − ‖w‖² is −4 at both ends.
_RATED = ConservingEnd(
    _ROW,
    (Fraction(25, 2),),
    Fraction(3, 2),
    (_THREE, _TWO),
    Fraction(5, 2),
    (Fraction(5), _TWO),
    (_ONE, Fraction(4)),
)
_OWN = UsualForm()


def _with_pull(factor: Expr | int) -> Callable[[], Expr]:
    pulled = closed_form.start_pull() * sym.along_start
    return lambda: closed_form.unrestricted_objective() + (1 - factor) * pulled


SN_11 = Claim(
    id="SN-11",
    system="neuron",
    title="where the usual implicit bias holds",
    statement="The usual form of the bias, the minimiser of Ψ_δ(β) − ψ_δ β̂_0ᵀβ, is exactly right where a ends with "
    "the sign it had, so where β(t) ≠ 0 throughout; not else: from w_0 = (1, 1), a_0 = 0.2 on X = (1, 0), y = −1 flow "
    "ends at (−1, −0.79324…), the root of a⁴ + 0.96a² = 1 below zero, the usual form says (−1, +0.79324…); on one "
    "sample x of norm one, with δ_x = a² − (xᵀw)² and ρ = (δ_x + √(δ_x² + 4y²))/2, a_∞ has the sign of "
    "a_0 ρ + y xᵀw_0, is zero if that is, and else a_∞² = ρ.",
    kind=Kind.EQUALITY,
    status=Status.ERRATUM,
    source=Source("kunin2024", "a minimal model of lazy and rich learning; the sign, the sample: this project"),
    hypotheses=Hypotheses((NeuronWithEnd(), UNIT_RATES, INTERPOLATES, CONSERVED, ROWS_ALONE, SIGN_KEPT)),
    formula=_OWN,
    checks=(
        Check("rational ends", rational_ends),
        Check("one sample", one_sample),
        Check("the example", the_example),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-11",
                parts=lambda formula: {
                    "unrestricted_objective": formula.objective,
                    "one_sample_outer_square": formula.square,
                    "one_sample_side": formula.side,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("pull-negated", replace(_OWN, objective=_with_pull(Integer(-1))), "pulled away from the start"),
        Mutant("half-the-pull", replace(_OWN, objective=_with_pull(Rational(1, 2))), "ψ_δ/2"),
        Mutant("start-forgotten", replace(_OWN, objective=_with_pull(Integer(0))), "Ψ_δ alone"),
        Mutant("sign-of-the-start", replace(_OWN, side=lambda: sym.outer_0), "a_∞ has the sign of a_0"),
        Mutant(
            "sign-of-the-map",
            replace(_OWN, side=lambda: sym.sample_target * sym.along_sample),
            "a_∞ has the sign of y xᵀw_0",
        ),
        Mutant(
            "other-root",
            replace(_OWN, square=lambda: closed_form.one_sample_outer_square() - sym.sample_imbalance),
            "(−δ_x + √(δ_x² + 4y²))/2: the square of xᵀw",
        ),
    ),
    remark="For δ > 0 and δ = 0 the outer weight keeps its sign by itself, unless the flow ends at zero. The error "
    "is the domain alone: factors and signs of the usual form are right. SN-10 has the sign that makes it right.",
    necessity=(
        Necessity(SIGN_KEPT, {"end": _CROSSING}, is_not_the_minimiser, (INTERPOLATES, CONSERVED, ROWS_ALONE)),
        Necessity(INTERPOLATES, {"end": _SADDLE}, is_not_the_minimiser, (UNIT_RATES, CONSERVED, ROWS_ALONE)),
        Necessity(CONSERVED, {"end": _UNBALANCED}, is_not_the_minimiser, (INTERPOLATES, ROWS_ALONE, SIGN_KEPT)),
        Necessity(ROWS_ALONE, {"end": _TURNED}, is_not_the_minimiser, (INTERPOLATES, CONSERVED, SIGN_KEPT)),
        Necessity(UNIT_RATES, {"end": _RATED}, is_not_the_minimiser, (INTERPOLATES, CONSERVED, ROWS_ALONE, SIGN_KEPT)),
    ),
    parts=tuple(part for name in ("objective", "square", "side") for part in without_arguments(_OWN, name)),
    probes=(Probe("one end", at_one_end),),
)
