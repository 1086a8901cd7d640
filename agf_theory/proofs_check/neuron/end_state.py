"""SN-08: where a single linear neuron on whitened data ends, and whether its outer weight changes its sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import flint
import numpy as np
import sympy
from sympy import Expr
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.neuron import enclosed_weights, gradient_flow
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix
from agf_theory.proofs_check.linear.rational_form import as_rational, rational_value
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.neuron.starts import ORTHONORMAL, RATES_OF_ONE, NeuronStart, WhitenedStart
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["SN_08", "EndOfNeuron", "start_that_ends_at_the_saddle"]

CLOSE = 1e-2
"""Starts whose predictor is closer to zero, relative to its terms, are left out of the integrated ones: they stay near
the saddle for so long that the integrator's errors decide."""


@dataclass(frozen=True)
class EndOfNeuron:
    """The formulas of SN-08, in the symbols of `closed_form.symbols`."""

    predictor: Callable[[], Expr] = closed_form.end_predictor
    growing: Callable[[], Expr] = closed_form.outer_growing_part
    outer: Callable[[], Expr] = closed_form.outer_end_square
    inner: Callable[[], Expr] = closed_form.inner_end_square
    relaxation: Callable[[], Expr] = closed_form.relaxation_rate
    crosses: Callable[[], Boolean] = closed_form.crosses_zero


def _rate(start: WhitenedStart) -> Expr:
    """ν as a root."""
    return sympy.sqrt(as_rational(start.b**2 + start.delta**2 / 4))


def _crosses(formula: EndOfNeuron, start: WhitenedStart) -> bool:
    exact = {symbol: as_rational(value) for symbol, value in start.values.items()}
    return bool(formula.crosses().subs({sym.rate: _rate(start)}).subs(exact))


def _number(expression: Expr, start: WhitenedStart) -> float:
    """A formula at a start, in balls."""
    with flint.ctx.workprec(PRECISION):
        values = {**start.values, sym.rate: ball_value(_rate(start), {})}
        return float(ball_value(expression, values).mid())


def at_one_start(formula: EndOfNeuron, instance: Instance) -> Evidence:
    """One start, integrated until it rests: sign and squares at the end, crossings of zero, rate across the goal.

    Tolerances: the integrator comes to rest within 1e-9 of the gradient it started with, and each of some hundred steps
    errs by 1e-12; squares within 1e-6. The rate is read off between 1e-3 and 1e-6 of the first map, where what falls
    faster is a thousandth: within a hundredth.
    """
    start: WhitenedStart = instance["start"]
    flow = gradient_flow(start.problem)
    squares = float(flow.outer[-1] ** 2), float(flow.inner[-1] @ flow.inner[-1])
    claimed = tuple(_number(function(), start) for function in (formula.outer, formula.inner))
    witness = {"start": str(start), "a at the end": flow.outer[-1], "squares": squares, "claimed": claimed}
    if np.sign(flow.outer[-1]) != np.sign(_number(formula.predictor(), start)):
        return Evidence.refuted("the outer weight ends with another sign", witness, instances=1)
    if not np.allclose(squares, claimed, rtol=1e-6, atol=1e-6):
        return Evidence.refuted("the weights end with other squares", witness, instances=1)
    signs = np.sign(flow.outer[flow.outer != 0])
    if np.count_nonzero(np.diff(signs)) != int(_crosses(formula, start)):
        return Evidence.refuted("the outer weight crosses zero, or not, otherwise than claimed", witness, instances=1)
    seen, rate = _rate_across(flow, start), _number(formula.relaxation(), start)
    if seen is not None and not abs(seen - rate) <= 0.01 * abs(rate):
        return Evidence.refuted(
            "the map across the goal falls at another rate", {**witness, "seen": seen, "rate": rate}
        )
    detail = "sign and squares at the end, crossings of zero and the rate across the goal, of integrated flows"
    return Evidence.of(Level.SAMPLED, detail, instances=1)


def _rate_across(flow: Any, start: WhitenedStart) -> float | None:
    """Between the times at which the map across the goal is 1e-3 and 1e-6 of its largest; None if it is not seen."""
    if len(start.frame) < 2 or start.across == 0:
        return None
    times = np.linspace(0, flow.times[-1], 2000)
    second = np.array([float(entry) for entry in start.frame[1]])
    signed = flow.at(times) @ second
    across = np.abs(signed)
    # Where the outer weight passes zero the map does too: the fall is that after it.
    passed = int(np.max(np.flatnonzero(np.diff(np.sign(signed))), initial=-1)) + 1
    top = passed + int(np.argmax(across[passed:]))
    fallen = [top + int(np.argmax(across[top:] < share * across[top])) for share in (1e-3, 1e-6)]
    first, last = fallen
    if not top < first < last:
        return None
    return float(np.log(across[first] / across[last]) / (times[last] - times[first]))


def integrated_ends(formula: EndOfNeuron, context: Context) -> Evidence:
    """Starts with imbalances of either sign and zero, integrated until they rest; some change their sign.

    Two are on either side of a start that ends at the saddle: one changes its sign, and one does not.
    """
    drawn = [each for each in context.instances(40) if _decided(each["start"])]
    crossing = [each for each in drawn if _sign_at_both_ends(each["start"]) < 0]
    keeping = [each for each in drawn if _sign_at_both_ends(each["start"]) >= 0]
    opposed = [each for each in keeping if each["start"].a * each["start"].parallel < 0]
    if not crossing or not opposed:
        return Evidence.inconclusive("no start that points away and changes its sign, or none that does not")
    near = [{"start": replace(_NO_END, a=share * _NO_END.a)} for share in (Fraction(19, 20), Fraction(21, 20))]
    return over_instances(at_one_start, formula, [*keeping[:4], *opposed[:2], *crossing[:3], *near])


def _sign_at_both_ends(start: WhitenedStart) -> float:
    return float(start.a) * _number(closed_form.end_predictor(), start)


def _decided(start: WhitenedStart) -> bool:
    terms = abs(float(start.b * start.a)), abs(_number(closed_form.end_predictor(), start))
    return terms[1] > CLOSE * (terms[0] + abs(float(start.parallel)) + float(start.across))


def start_that_ends_at_the_saddle(random: Random) -> WhitenedStart:
    """Exactly χ = 0, all numbers rational: δ = −e², b = fg, ν = f² + e²/2 with a triple e² + f² = g²."""
    unit = Fraction(random.randint(1, 2), 5)
    e, f, g = (unit * side for side in random.choice(((3, 4, 5), (4, 3, 5), (5, 12, 13))))
    slope = Fraction(random.randint(1, 3), 6)
    along = random.choice((-1, 1)) * f * 2 * slope / (1 - slope**2)
    across = e * (1 + slope**2) / (1 - slope**2)
    return WhitenedStart(orthogonal_matrix(random, 2), f * g, -g * along / f, along, across, Fraction(3, 2))


def at_one_saddle(formula: EndOfNeuron, instance: Instance) -> Evidence:
    """One start with χ = 0: the enclosed flow comes closer to the saddle in a, along the goal and across it.

    There a has the sign it had: with χ = 0 it vanishes, and changes no sign.
    """
    start: WhitenedStart = instance["start"]
    rate = rational_value(_rate(start), {})
    assert rate is not None, "ν is rational for these starts"
    predictor = rational_value(formula.predictor(), {**start.values, sym.rate: rate})
    witness = {"start": str(start), "χ": predictor}
    if predictor != 0:
        return Evidence.refuted("χ is not zero at a start that ends at the saddle", witness, instances=1)
    with flint.ctx.workprec(PRECISION):
        a, w = enclosed_weights(start.problem, flint.fmpq(start.time.numerator, start.time.denominator))
        along, across = (sum((ball(f) * e for f, e in zip(row, w, strict=True)), flint.arb(0)) for row in start.frame)
        from_saddle = abs(across * across + ball(start.delta)), abs(ball(start.across) ** 2 + ball(start.delta))
        closer = (
            2 * abs(a) < abs(ball(start.a))
            and 2 * abs(along) < abs(ball(start.parallel))
            # A balanced start opposite to the goal has nothing across it, and the saddle is zero.
            and (start.across == 0 or 2 * from_saddle[0] < from_saddle[1])
        )
        against = a * ball(start.a) < 0, a * ball(start.a) > 0
    if not closer:
        return Evidence.refuted("χ = 0, and yet the flow leaves the way to the saddle", witness, instances=1)
    if against[int(_crosses(formula, start))]:  # undecided where the ball around a contains zero
        return Evidence.refuted("the outer weight crosses zero, or not, otherwise than claimed", witness, instances=1)
    return Evidence.of(Level.CERTIFIED, "twice as close to the saddle, certainly, in all three parts", instances=1)


def saddles(formula: EndOfNeuron, context: Context) -> Evidence:
    """Starts with rational weights at which χ is exactly zero, balanced ones among them, followed in balls."""
    random = context.random()
    unbalanced = [start_that_ends_at_the_saddle(random) for _ in range(4)]
    balanced = [replace(_OPPOSED, a=sign * _OPPOSED.a, parallel=sign * _OPPOSED.parallel) for sign in (1, -1)]
    return over_instances(at_one_saddle, formula, [{"start": start} for start in (*unbalanced, *balanced)])


def reaches_the_goal(formula: EndOfNeuron, witness: Mapping[str, Any]) -> Evidence:
    """With χ = 0 a neuron that breaks a hypothesis does not end at the saddle: its outer weight does not vanish."""
    start: WhitenedStart = witness["start"]
    predictor = _number(formula.predictor(), start)
    flow = gradient_flow(start.problem)
    fails = abs(predictor) < 1e-12 and abs(float(flow.outer[-1])) > 0.1
    said, detail = {"start": str(start)}, "χ = 0, and yet a nonzero outer weight at the end"
    return failure(fails, Level.SAMPLED, detail, said, predictor=predictor, outer=float(flow.outer[-1]))


_SADDLE = WhitenedStart(
    ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))),
    Fraction(4, 5),
    Fraction(-3, 4),
    Fraction(3, 5),
    Fraction(3, 4),
    Fraction(1),
)
_NO_END = replace(_SADDLE, b=Fraction(3, 5), parallel=Fraction(9, 20), across=Fraction(1))
_OPPOSED = replace(_SADDLE, b=Fraction(2), a=Fraction(1), parallel=Fraction(-1), across=Fraction(0))
_OWN = EndOfNeuron()
_DELTA = sym.neuron_imbalance


def _negated(name: str) -> Callable[[], Any]:
    return lambda: getattr(_OWN, name)().subs(_DELTA, -_DELTA)


SN_08 = Claim(
    id="SN-08",
    system="neuron",
    title="where a single neuron on whitened data ends",
    statement="On whitened data with goal b > 0 the sign of χ = b a_0 + (ν − δ/2) w_∥ is conserved: if χ ≠ 0 the goal "
    "is reached with sgn a = sgn χ, a² = (√(δ² + 4b²) + δ)/2, ‖w‖² = (√(δ² + 4b²) − δ)/2 and the map across the goal "
    "falls as e^(−(ν + δ/2)t), if χ = 0, which needs δ ≤ 0, a and w_∥ vanish and ‖w‖² → −δ, and a changes its sign, "
    "once, iff a_0 χ < 0.",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("this project"),
    hypotheses=Hypotheses((NeuronStart(), ORTHONORMAL, RATES_OF_ONE)),
    formula=_OWN,
    checks=(
        Check("integrated ends", integrated_ends),
        Check("saddles", saddles),
        Check(
            "derivation",
            partial(
                every_step,
                name="SN-08",
                parts=lambda formula: {
                    "end_predictor": formula.predictor,
                    "outer_growing_part": formula.growing,
                    "outer_end_square": formula.outer,
                    "inner_end_square": formula.inner,
                    "relaxation_rate": formula.relaxation,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("delta-negated", replace(_OWN, predictor=_negated("predictor")), "ν + δ/2 in χ"),
        Mutant(
            "angle-alone",
            replace(_OWN, predictor=lambda: sym.parallel_0 * (sym.rate - _DELTA / 2)),
            "the sign of w_∥ alone decides",
        ),
        Mutant(
            "ends-exchanged", replace(_OWN, outer=_negated("outer"), inner=_negated("inner")), "a² and ‖w‖² exchanged"
        ),
        Mutant(
            "never-crosses",
            replace(_OWN, crosses=lambda: sympy.false),
            "the outer weight keeps its sign: β(t) ≠ 0 throughout",
        ),
        Mutant(
            "crosses-by-the-angle",
            replace(_OWN, crosses=lambda: sympy.Lt(sym.outer_0 * sym.parallel_0, 0)),
            "it changes its sign iff β points away from the goal",
        ),
        Mutant("rate-negated", replace(_OWN, relaxation=_negated("relaxation")), "ν − δ/2 across the goal"),
    ),
    remark="That all starts reach the same solution on whitened data is true except where χ = 0; for δ = 0 that is a "
    "start opposite to the goal, or at the origin. a, w_∥ and the map along the goal relax as e^(−2νt) and, if "
    "something is across, as e^(−(2ν + δ)t) (t e^(−2bt) at δ = 0).",
    necessity=(
        Necessity(ORTHONORMAL, {"start": replace(_SADDLE, stretched=Fraction(2))}, reaches_the_goal, (RATES_OF_ONE,)),
        Necessity(
            RATES_OF_ONE,
            {"start": replace(_SADDLE, rates=(Fraction(2), Fraction(1)))},
            reaches_the_goal,
            (ORTHONORMAL,),
        ),
    ),
    parts=tuple(
        part
        for name in ("predictor", "growing", "outer", "inner", "relaxation", "crosses")
        for part in without_arguments(_OWN, name)
    ),
)
