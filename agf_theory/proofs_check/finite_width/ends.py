"""TM-08: where the output ends, and how it gets there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy
from sympy import And, Eq, Expr, Or, Piecewise
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import finite_width as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.numeric.finite_width import gradient_flow, power_series
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.finite_width.networks import UNIT_LINE, LineNetwork, NetworkOnALine, network_of
from agf_theory.proofs_check.finite_width.states import BITS, exact_values, within_balls
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.linear.power_series import claimed_series
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["TM_08", "Ends"]

ORDER = 5
LIFETIMES = 30.0
CLOSE = 1e-4
"""Of the outputs: after thirty lifetimes of the end, a few of which go by on a plateau, e^-20 is left. Where the output
falls as the inverse of the time, ten thousand lifetimes of the start are waited for, and 5e-5 of it is left."""


@dataclass(frozen=True)
class Ends:
    """What TM-08 states."""

    final_output: Callable[[], Expr] = closed_form.final_output
    approach_rate: Callable[[], Expr] = closed_form.approach_rate
    logistic_output: Callable[[], Expr] = closed_form.logistic_output
    saddle_output: Callable[[], Expr] = closed_form.saddle_output


def end_of_one_network(formula: Ends, instance: Instance) -> Evidence:
    """One network, integrated until nothing moves: output, and kernel, against the end claimed."""
    network: LineNetwork = instance["network"]
    given = exact_values(network)
    numbers = {symbol: float(value) for symbol, value in given.items()}
    g, target, start = numbers[sym.speed], numbers[sym.target], numbers[sym.output]
    product = numbers[sym.growing_square] * numbers[sym.shrinking_square]
    rate = g * float(np.sqrt(4 * target**2 + g**2 * product))
    duration = LIFETIMES / rate if rate else 1e4 / (g * abs(start) or 1.0)
    flow = gradient_flow(network.problem, [0.0, duration])
    end, size = float(sympy.S(formula.final_output()).subs(given)), abs(target) + abs(start)
    miss = abs(float(flow.outputs[-1]) - end)
    said = {"network": str(network), "output": float(flow.outputs[-1]), "claimed": end}
    if not miss <= CLOSE * size:
        return Evidence.refuted("the output ends elsewhere", said, instances=1)
    if product:
        claimed = complex(sympy.S(formula.approach_rate()).subs(given))
        seen = float(flow.kernels[-1])
        if not abs(claimed - seen) <= CLOSE * seen:
            witness = {**said, "kernel": seen, "claimed": str(claimed)}
            return Evidence.refuted("the end is approached at another rate", witness, instances=1)
    return Evidence.of(Level.SAMPLED, "flows of all weights, until what is left is below 1e-4", instances=1)


def aligned_course(formula: Ends, instance: Instance) -> Evidence:
    """One network with one light-cone vector: the exact power series of its output against the formula in balls."""
    network: LineNetwork = instance["network"]
    given = exact_values(network)
    with flint.ctx.workprec(BITS):
        scale = ball(network.gamma) * ball_value(given[sym.input_size], {})
        series = [scale * ball(c) for c in power_series(network.problem, ORDER).of_inner()]
        mirrored = given[sym.growing_square] == 0
        expression = formula.saddle_output() if given[sym.target] == 0 else formula.logistic_output()
        values = {**given, sym.speed: -given[sym.speed] if mirrored else given[sym.speed]}
        found = claimed_series(expression, values, ORDER)
        claims = {f"coefficient {n}": pair for n, pair in enumerate(zip(found, series, strict=True))}
        return within_balls(claims, network, f"power series of the output to order {ORDER}, in balls")


def ends_of_flows(formula: Ends, context: Context) -> Evidence:
    """Networks of up to three neurons and those with one light-cone vector, integrated until nothing moves."""
    drawn = [instance["network"] for instance in context.instances(10)]
    return over_instances(end_of_one_network, formula, [{"network": network} for network in (*drawn, *ONE_VECTOR)])


def aligned_courses(formula: Ends, context: Context) -> Evidence:
    """Networks with one light-cone vector, growing or shrinking, targets of each sign and zero: power series."""
    return over_instances(aligned_course, formula, [{"network": network} for network in ONE_VECTOR])


def another_end(formula: Ends, witness: Mapping[str, Any]) -> Evidence:
    """A direction of length two: v moves four times as fast, and both light-cone vectors are there."""
    found = aligned_course(formula, witness)
    said = {"network": str(witness["network"])}
    return failure(found.level is None, Level.CERTIFIED, "the output is no logistic function", said)


_HALVES = (Fraction(1, 2), Fraction(1, 4))
_DOUBLE = (Fraction(1), Fraction(1, 2))
ONE_VECTOR = tuple(
    network_of(_HALVES, [sign * entry for entry in _DOUBLE], target=target, gamma=2, roots=(1, 2))
    for sign in (1, -1)
    for target in (Fraction(1, 2), Fraction(-1, 2), 0)
)
"""Growing or shrinking alone: v is plus or minus twice u, as are the roots of the rates."""

_OWN = Ends()
_LONG = replace(network_of(_HALVES, _HALVES, gamma=2, roots=(1, 2)), line=(Fraction(2),))


def _zero_if(*conditions: Boolean) -> Ends:
    """Another set of starts that end at the saddle."""
    return replace(_OWN, final_output=lambda: Piecewise((sympy.Integer(0), Or(*conditions)), (sym.target, True)))


_NO_GROWING, _NO_SHRINKING = Eq(sym.growing_square, 0), Eq(sym.shrinking_square, 0)

TM_08 = Claim(
    id="TM-08",
    system="finite-width",
    title="the output ends at the target, or at a saddle",
    statement="For P N > 0 the output ends at ȳ, at the rate gΔ, without a saddle on the way: K ≥ gΛ; for N = 0 it is "
    "logistic, ȳf₀/(f₀ + (ȳ − f₀)exp(−2gȳt)), or f₀/(1 + 2gf₀t) for ȳ = 0, and ends at 0, a saddle, if ȳ ≤ 0; "
    "for P = 0 the same with −g, if ȳ ≥ 0.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "networks on one-dimensional data"),
    hypotheses=Hypotheses((NetworkOnALine(), UNIT_LINE)),
    formula=_OWN,
    checks=(
        Check("ends of flows", ends_of_flows),
        Check("aligned courses", aligned_courses),
        Check(
            "derivation",
            partial(
                every_step,
                name="TM-08",
                parts=lambda formula: {part.name: getattr(formula, part.name) for part in fields(Ends)},
            ),
        ),
    ),
    mutants=(
        Mutant("always-learned", replace(_OWN, final_output=lambda: sym.target), "ȳ, saddles forgotten"),
        Mutant("either-vector", _zero_if(_NO_GROWING, _NO_SHRINKING), "0 wherever P N = 0, whatever the target"),
        Mutant(
            "sides-exchanged",
            _zero_if(And(_NO_GROWING, sym.target < 0), And(_NO_SHRINKING, sym.target > 0)),
            "0 for P = 0, ȳ < 0, and for N = 0, ȳ > 0",
        ),
        Mutant("mirror-forgotten", _zero_if(And(_NO_GROWING, sym.target > 0)), "0 for P = 0, ȳ > 0 alone"),
        Mutant(
            "rate-of-the-target",
            replace(_OWN, approach_rate=lambda: 2 * sym.speed * sympy.Abs(sym.target)),
            "2g|ȳ|, as for P N = 0",
        ),
    ),
    remark="The saddle attracts only what has no growing vector for ȳ > 0, or no shrinking one for ȳ < 0; it is left "
    "by every other start, after a plateau of about log(|ȳ|/s)/(2g|ȳ|), s = (2 sgn(ȳ) f₀ + √(Λ² + 4f₀²))/4.",
    necessity=(Necessity(UNIT_LINE, {"network": _LONG}, another_end),),
    equivalent={
        "bred: final output: squared at 0.1.0.0.0": "N² is zero where N is",
        "bred: final output: squared at 0.1.1.0.0": "P² is zero where P is",
        "bred: final output: LessThan for StrictLessThan at 0.1.0.1": "for ȳ = 0 both branches are zero",
        "bred: final output: GreaterThan for StrictGreaterThan at 0.1.1.1": "for ȳ = 0 both branches are zero",
    },
    parts=(
        *without_arguments(_OWN, "final_output"),
        *without_arguments(_OWN, "approach_rate"),
        *without_arguments(_OWN, "logistic_output"),
        *without_arguments(_OWN, "saddle_output"),
    ),
    probes=(Probe("end of one network", end_of_one_network, examples=60),),
)
