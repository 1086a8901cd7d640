"""Mutants bred from hypotheses: a strict bound made to include its end, a bound or a whole condition dropped.

What is put to the test is the statement on the instances that a weakened hypothesis adds, and on these alone. It is
refuted if it fails there: at a witness of necessity, by a check of the claim, or because the formula has no value. If
it holds there the hypothesis is only convenient, and the claim has to say why (`Claim.equivalent`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

import sympy
from sympy import Basic, Symbol

from agf_theory.problems import zoo
from agf_theory.proofs_check.claims import Check, Claim, Mutant, Necessity, Origin
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Integer, Quantity, Relation
from agf_theory.proofs_check.mutation.breeding import in_print
from agf_theory.proofs_check.necessity import as_check

__all__ = ["Weakened", "weakenings"]


@dataclass(frozen=True, eq=False)
class Weakened:
    """A hypothesis mutant.

    Attributes
    ----------
    mutant : Mutant
        With the claim's own formula.
    claim : Claim
        The claim on the instances the weakened hypothesis adds: with other hypotheses, and with the tests that apply.
    """

    mutant: Mutant
    claim: Claim


@dataclass(frozen=True)
class OutsideQuantity(Quantity):
    """A quantity on the far side of a bound; printed as what became of the bound."""

    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class OutsideInteger(Integer):
    """An integer on the far side of a bound."""

    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Exactly(Hypothesis):
    """A variable at the end of its interval."""

    variable: str
    value: Fraction
    text: str

    def holds(self, instance: Instance) -> bool:
        return bool(instance[self.variable] == self.value)

    def draw(self, random: Random, size: int) -> Fraction:
        return self.value

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Undrawable(Hypothesis):
    """What lies outside a condition that draws its own instances: nothing is drawn there."""

    text: str
    variable: None = None

    def holds(self, instance: Instance) -> bool:
        return True

    def __str__(self) -> str:
        return self.text


def weakenings(claim: Claim) -> tuple[Weakened, ...]:
    """Every hypothesis mutant of a claim.

    A witness of necessity shows what it breaks to be needed: conditions that it breaks are not weakened a second time.
    """
    weakened = (
        _on_instances(claim, condition, outside)
        for condition in claim.hypotheses.conditions
        for outside in _outside(condition)
        if not any(_breaks(necessity, condition, outside) for necessity in claim.necessity)
    )
    return (*(_by_witness(claim, necessity) for necessity in claim.necessity), *weakened)


def _by_witness(claim: Claim, necessity: Necessity) -> Weakened:
    name = f"hypothesis dropped: {necessity.dropped}"
    shown = as_check(necessity)

    def run(formula: Any, context: Context) -> Evidence:
        found = shown.run(formula, context)
        if found.level is None:
            return Evidence.inconclusive(f"the witness shows nothing: {found.detail}")
        return Evidence.refuted(f"without it: {found.detail}", {**necessity.witness, **found.figures})

    check = replace(shown, name="witness of necessity", run=run)
    return Weakened(Mutant(name, claim.formula, name, Origin.HYPOTHESIS), replace(claim, checks=(check,)))


def _on_instances(claim: Claim, condition: Hypothesis, outside: Hypothesis) -> Weakened:
    conditions = tuple(outside if other is condition else other for other in claim.hypotheses.conditions)
    # A relation turned round draws nothing: the others draw, and it filters.
    hypotheses = replace(claim.hypotheses, conditions=conditions)
    checks = claim.checks if not isinstance(outside, Undrawable) else ()
    name = f"hypothesis {outside}"
    mutant = Mutant(name, claim.formula, name, Origin.HYPOTHESIS)
    defined = Check("the formula has a value", _has_a_value(claim, outside))
    return Weakened(mutant, replace(claim, hypotheses=hypotheses, checks=(defined, *map(_about_instances, checks))))


def _breaks(necessity: Necessity, condition: Hypothesis, outside: Hypothesis) -> bool:
    """Whether a witness breaks the condition, on the side that is weakened; a compound one, if it drops a piece."""
    if str(necessity.dropped) == str(condition) or (
        isinstance(outside, Undrawable) and str(necessity.dropped) in str(condition)
    ):
        return True
    try:
        instance = _as_instance(necessity.witness)
        return not condition.holds(instance) and outside.holds(instance)
    except (KeyError, AttributeError, TypeError, AssertionError):
        return False  # the witness does not speak of its variables


def _as_instance(witness: Instance) -> Instance:
    """A witness may name a standard problem."""
    named = witness.get("problem")
    return {**witness, "problem": zoo.get(named)} if isinstance(named, str) else witness


def _outside(condition: Hypothesis) -> Iterator[Hypothesis]:
    if isinstance(condition, Quantity):
        yield from _outside_quantity(condition)
    elif isinstance(condition, Integer):
        yield from _outside_integer(condition)
    elif isinstance(condition, Relation):
        yield Relation(f"dropped: {condition}", lambda instance: not condition.holds(instance))
    elif condition.restricts:
        yield Undrawable(f"dropped: {condition}")


def _outside_quantity(quantity: Quantity) -> Iterator[Hypothesis]:
    name, low, high = quantity.variable, quantity.low, quantity.high
    if low is not None:
        if not quantity.low_included:
            yield Exactly(name, Fraction(low), f"relaxed: {low} < {name} to {low} ≤ {name}")
        sign = "≤" if quantity.low_included else "<"
        yield OutsideQuantity(name, None, low, text=f"dropped: {low} {sign} {name}")
    if high is not None:
        if not quantity.high_included:
            yield Exactly(name, Fraction(high), f"relaxed: {name} < {high} to {name} ≤ {high}")
        sign = "≤" if quantity.high_included else "<"
        yield OutsideQuantity(name, high, None, text=f"dropped: {name} {sign} {high}")
    if quantity.nonzero:
        yield Exactly(name, Fraction(0), f"dropped: {name} ≠ 0")


def _outside_integer(integer: Integer) -> Iterator[Hypothesis]:
    name, low, high = integer.variable, integer.low, getattr(integer, "high", None)
    yield OutsideInteger(name, low - 2, low - 1, text=f"dropped: {low} ≤ {name}")
    if high is not None:
        yield OutsideInteger(name, high + 1, high + 2, text=f"dropped: {name} ≤ {high}")


def _has_a_value(claim: Claim, outside: Hypothesis) -> Any:
    """Refuted if the formula has no finite real value at an instance that the weakened hypothesis adds."""

    def run(formula: Any, context: Context) -> Evidence:
        """The formula at the added instances: a statement about a number that does not exist fails."""
        if outside.variable is None:
            return Evidence.inconclusive("no variable of the formula is bounded by it")
        random = context.random()
        for size in range(3):
            value = outside.draw(random, size)
            for part in claim.parts:
                for symbol in part.expression.free_symbols:
                    found = _value(part.expression, symbol, value) if _written(symbol) == outside.variable else None
                    if found is not None:
                        witness = {outside.variable: value, "formula": in_print(part.expression), "value": str(found)}
                        return Evidence.refuted("the formula has no finite real value", witness)
        return Evidence.inconclusive("the formula has a value, or the variable does not occur in it")

    return run


def _value(expression: Basic, symbol: Symbol, value: Fraction) -> Basic | None:
    """The value at one number if it is none: infinite, undefined or not real."""
    number = sympy.Rational(value.numerator, value.denominator)
    found = expression.subs(symbol, number)
    none = found.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo) or getattr(found, "is_extended_real", None) is False
    return found if none else None


def _written(symbol: Basic) -> str:
    return in_print(symbol) if isinstance(symbol, Symbol) else ""


def _about_instances(check: Check) -> Check:
    """The check, where it speaks of instances: an argument for all values looks at none of those that are added."""

    def run(formula: Any, context: Context) -> Evidence:
        found = check.run(formula, context)
        if isinstance(found.result, Level) and not found.instances:
            return Evidence.inconclusive("an argument that draws no instances")
        return found

    return replace(check, run=run)
