"""What the hypotheses of LIN-04 to LIN-07 are for: instances without one of them, at which the statement fails."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.linear.dormant_neurons import (
    FROZEN,
    GROWS,
    RESIDUAL_LEFT,
    STARTS_BELOW_ONE,
    STARTS_SOMEWHERE,
    DormantLinearNeuron,
)
from agf_theory.proofs_check.necessity import failure

__all__ = ["LIN_04_NEEDS", "LIN_05_NEEDS", "LIN_06_NEEDS", "LIN_07_NEEDS", "NO_LARGER", "UNIFORM"]

Witness = Mapping[str, Any]

NO_LARGER = Relation("m ≤ n", lambda w: w["m"] <= w["n"])
UNIFORM = Relation("direction of the start uniform on the sphere", lambda w: "start" not in w)
_ONE = ((Fraction(1),),)


def scalar_neuron(sigma: int | Fraction, alpha: int | Fraction, omega: int | Fraction) -> DormantLinearNeuron:
    """One input and one output: R = (σ), a = α, w = ω."""
    return DormantLinearNeuron(_ONE, _ONE, (Fraction(sigma),), (Fraction(alpha),), (Fraction(omega),))


def grows_at_another_rate(formula: Any, witness: Witness) -> Evidence:
    """The singular value doubles at half the time: an aligned projection grows by e^(σ t/2 + 2 σ t/2)."""
    neuron, time = witness["neuron"], witness["t"]
    (sigma,), later = neuron.singular_values, witness["later"]
    with flint.ctx.workprec(PRECISION):
        seen = ball_value(sympy.exp((_exact(sigma) + _exact(later)) * _exact(time) / 2), {})
        claimed = ball_value(formula.growing_overlap(), {sym.z_k: 1, sym.sigma_k: sigma, sym.t: time})
        fails, figures = bool(seen != claimed), {"projection": seen.str(8), "claimed": claimed.str(8)}
    return failure(fails, Level.CERTIFIED, "a projection grows to another size", _in_words(witness), **figures)


def no_logarithm(formula: Any, witness: Witness) -> Evidence:
    """A neuron at zero stays there: the accumulated utility would be the logarithm of 0/0."""
    values = {symbol: 0 for symbol in formula.accumulated_utility(1).free_symbols if str(symbol)[0] in "zy"}
    value = formula.accumulated_utility(1).subs(values, simultaneous=True)
    detail = "the formula has no value, and the normalised utility none either"
    return failure(value is sympy.nan, Level.EXACT, detail, _in_words(witness), value=str(value))


def jumps_before_the_bound(formula: Any, witness: Witness) -> Evidence:
    """An aligned scalar neuron, whose singular value is another from a time on: its jump time against the bound."""
    return _jumps_otherwise(witness, formula.time(), "a neuron jumps before the bound")


def expansion_at_another_time(formula: Any, witness: Witness) -> Evidence:
    """The same neuron, on which the expansion has no corrections."""
    return _jumps_otherwise(witness, formula.jump_time(0).subs(sym.z_1, 1), "a neuron jumps before the time stated")


def _jumps_otherwise(witness: Witness, claimed: Expr, detail: str) -> Evidence:
    neuron, change = witness["neuron"], _exact(witness["t"])
    (sigma,), later = map(_exact, neuron.singular_values), _exact(witness["later"])
    inverse = -sympy.log(_exact(neuron.squared_norm)) / 2
    jump = change + (inverse - sigma * change) / later
    with flint.ctx.workprec(PRECISION):
        seen = ball_value(jump, {})
        stated = ball_value(claimed, {sym.log_inverse: inverse, sym.sigma_1: sigma})
        fails, figures = bool(seen < stated), {"jump_time": seen.str(8), "claimed": stated.str(8)}
    return failure(fails, Level.CERTIFIED, detail, _in_words(witness), **figures)


def bound_before_the_start(formula: Any, witness: Witness) -> Evidence:
    """An aligned neuron of norm above one only grows: it never has norm one, and the bound is negative."""
    return _before_the_start(witness, formula.time())


def expansion_before_the_start(formula: Any, witness: Witness) -> Evidence:
    """The same for the expansion."""
    return _before_the_start(witness, formula.jump_time(0).subs(sym.z_1, 1))


def _before_the_start(witness: Witness, claimed: Expr) -> Evidence:
    inverse = -sympy.log(_exact(witness["neuron"].squared_norm)) / 2
    with flint.ctx.workprec(PRECISION):
        stated = ball_value(claimed, {sym.log_inverse: inverse, sym.sigma_1: 1})
        fails, figures = bool(stated < 0), {"claimed": stated.str(8)}
    return failure(fails, Level.CERTIFIED, "the time stated lies before the start", _in_words(witness), **figures)


def no_bound(formula: Any, witness: Witness) -> Evidence:
    """Without a residual nothing moves: the neuron never has norm one, and the formula divides by zero."""
    return _no_value(witness, formula.time().subs(sym.sigma_1, 0))


def no_overlap(formula: Any, witness: Witness) -> Evidence:
    """A neuron on a decaying eigenvector: it shrinks for ever, and log(1/z_1) is infinite."""
    return _no_value(witness, formula.jump_time(0).subs(sym.z_1, 0))


def _no_value(witness: Witness, value: Expr) -> Evidence:
    none = bool(value.has(sympy.zoo, sympy.nan))
    detail = "the neuron never has norm one, and the formula has no finite value"
    return failure(none, Level.EXACT, detail, _in_words(witness), value=str(value))


def another_mean(formula: Any, witness: Witness) -> Evidence:
    """One input, one output, outgoing weight zero: the overlap is 1/√2 for either sign of w."""
    seen = sympy.log(2) / 2
    claimed = formula().subs({sym.dimension: 2, sym.multiplicity: 1})
    with flint.ctx.workprec(PRECISION):
        miss = ball_value(claimed - seen, {})
        fails = bool(miss != 0)
    return failure(fails, Level.CERTIFIED, "another mean", witness, mean=str(seen), claimed=str(claimed))


def negative_mean(formula: Any, witness: Witness) -> Evidence:
    """An overlap never exceeds one, so that log(1/overlap) is not negative."""
    values = {sym.dimension: witness["n"], sym.multiplicity: witness["m"]}
    with flint.ctx.workprec(PRECISION):
        claimed = ball_value(formula(), values)
        fails = bool(claimed < 0)
    return failure(fails, Level.CERTIFIED, "a negative mean of what is not negative", witness, claimed=claimed.str(8))


def _exact(number: Any) -> sympy.Rational:
    fraction = Fraction(number)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _in_words(witness: Witness) -> dict[str, Any]:
    return {name: str(value) for name, value in witness.items()}


_SMALL = Fraction(1, 10)
_CHANGES = {"neuron": scalar_neuron(1, _SMALL, _SMALL), "t": 1, "later": 4}
_ABOVE_ONE = {"neuron": scalar_neuron(1, 2, 2)}

LIN_04_NEEDS = (
    Necessity(FROZEN, _CHANGES, grows_at_another_rate, (STARTS_SOMEWHERE,)),
    Necessity(STARTS_SOMEWHERE, {"neuron": scalar_neuron(1, 0, 0), "t": 1}, no_logarithm, (FROZEN,)),
)
LIN_05_NEEDS = (
    Necessity(FROZEN, _CHANGES, jumps_before_the_bound, (STARTS_BELOW_ONE, RESIDUAL_LEFT)),
    Necessity(STARTS_BELOW_ONE, _ABOVE_ONE, bound_before_the_start, (FROZEN, RESIDUAL_LEFT)),
    Necessity(RESIDUAL_LEFT, {"neuron": scalar_neuron(0, _SMALL, _SMALL)}, no_bound, (FROZEN, STARTS_BELOW_ONE)),
)
LIN_06_NEEDS = (
    Necessity(FROZEN, _CHANGES, expansion_at_another_time, (STARTS_BELOW_ONE, GROWS)),
    Necessity(STARTS_BELOW_ONE, _ABOVE_ONE, expansion_before_the_start, (FROZEN, GROWS)),
    Necessity(GROWS, {"neuron": scalar_neuron(1, _SMALL, -_SMALL)}, no_overlap, (FROZEN, STARTS_BELOW_ONE)),
)
LIN_07_NEEDS = (
    Necessity(UNIFORM, {"start": "a = 0", "n": 2, "m": 1}, another_mean),
    Necessity(NO_LARGER, {"n": 1, "m": 2}, negative_mean, (UNIFORM,)),
)
