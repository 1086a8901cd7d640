"""What a step of a derivation owes, and how it is paid: symbolically and exactly, or not at all.

Every obligation looks first for an exact point where the statement fails (balls decide, no tolerance), and only then
for a proof. What is neither refuted nor shown stays inconclusive: a simplification that stops short refutes nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sympy import Derivative, Dummy, Expr, Integral, Limit, MatrixSymbol, Subs, Symbol, expand
from sympy.core.function import AppliedUndef
from sympy.core.relational import Equality, GreaterThan, Relational, StrictGreaterThan
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory.closed_form.matrices import exact_matrices, with_matrices
from agf_theory.closed_form.matrix_algebra import is_zero_matrix
from agf_theory.closed_form.tactics import Tactic, reduced
from agf_theory.closed_form.witnesses import Point, edge_points, exact_points, probe

__all__ = [
    "Finding",
    "FundamentalTheorem",
    "LimitValue",
    "MatrixIdentity",
    "Nonnegative",
    "Obligation",
    "Outcome",
    "Rewriting",
    "SameSquare",
]


class Outcome(Enum):
    """What became of an obligation."""

    PROVED = "proved"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Finding:
    """What an obligation found.

    Attributes
    ----------
    outcome : Outcome
    how : str
        What was shown and by which means; or what stood in the way.
    residual : Expr
        What should have been zero (or nonnegative), as far as it was reduced.
    point : mapping of symbols to exact numbers, or None
        Where the statement fails, if it was refuted.
    """

    outcome: Outcome
    how: str
    residual: Expr
    point: Point | None = None


class Obligation(ABC):
    """How a statement is to be shown."""

    relations: tuple[type[Relational], ...] = (Equality,)

    def discharge(self, statement: Relational, where: Sequence[Relational] = ()) -> Finding:
        """Refute the statement at an exact point, or show it, or say that neither was done."""
        if type(statement) not in self.relations:
            wanted = " or ".join(relation.__name__ for relation in self.relations)
            return Finding(Outcome.INCONCLUSIVE, f"needs a statement of kind {wanted}", statement)
        if statement.lhs == statement.rhs:
            return Finding(Outcome.INCONCLUSIVE, "both sides are the same expression: nothing is stated", statement.lhs)
        return self._discharge(statement, where)

    @abstractmethod
    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding: ...


def _zero(expression: Expr, tactics: tuple[Tactic, ...], where: Sequence[Relational], what: str) -> Finding:
    seen = probe(expression, _points(expression, where), refuting_signs=(1, -1))
    if seen.counterexample is not None:
        return Finding(Outcome.REFUTED, f"{what} is not zero at an exact point", expression, seen.counterexample)
    if not seen.defined:
        return Finding(Outcome.INCONCLUSIVE, f"no exact point where {what} has a value", expression)
    residual, tactic = reduced(expression, tactics)
    if tactic is None:
        return Finding(Outcome.INCONCLUSIVE, f"{what} was not reduced to zero, nor shown to differ", residual)
    return Finding(Outcome.PROVED, f"{what} vanishes by {tactic}", residual)


def _points(expression: Expr, where: Sequence[Relational]) -> list[Point]:
    """At which a statement is put to the test: some by chance, and those where a symbol is zero that may be."""
    symbols = _symbols(expression, where)
    return exact_points(symbols, where) + edge_points(symbols, where)


def _symbols(expression: Expr, where: Sequence[Relational]) -> set[Symbol]:
    return set().union(expression.free_symbols, *(relation.free_symbols for relation in where))


@dataclass(frozen=True)
class Rewriting(Obligation):
    """An equality: the difference of its sides, derivatives taken, is rewritten until it is zero."""

    tactics: tuple[Tactic, ...] = ("evaluation", "common denominator")

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        return _zero((statement.lhs - statement.rhs).doit(), self.tactics, where, "the difference of the two sides")


@dataclass(frozen=True)
class FundamentalTheorem(Obligation):
    """An integral from a fixed limit: the right side has the integrand as derivative, and vanishes at that limit."""

    tactics: tuple[Tactic, ...] = ("evaluation", "common denominator")

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        integral, claimed = statement.lhs, statement.rhs
        if not isinstance(integral, Integral) or not isinstance(integral.limits[0][2], Symbol):
            return Finding(Outcome.INCONCLUSIVE, "the left side is no integral up to a symbol", integral)
        variable, lower, upper = integral.limits[0]
        slope = claimed.diff(upper) - integral.function.subs(variable, upper)
        found = _zero(slope, self.tactics, where, "derivative minus integrand")
        if found.outcome is not Outcome.PROVED:
            return found
        start = _zero(claimed.subs(upper, lower), self.tactics, where, "the value at the lower limit")
        if start.outcome is not Outcome.PROVED:
            return start
        return Finding(Outcome.PROVED, f"{found.how}; {start.how}", start.residual)


@dataclass(frozen=True)
class LimitValue(Obligation):
    """A limit: computed by SymPy (Gruntz's algorithm), and compared with the right side."""

    tactics: tuple[Tactic, ...] = ("evaluation", "common denominator")

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        if not isinstance(statement.lhs, Limit):
            return Finding(Outcome.INCONCLUSIVE, "the left side is no limit", statement.lhs)
        try:
            value = statement.lhs.doit()
        except RecursionError:  # SymPy's heuristics go round in circles where a sign depends on the symbols
            return self._at_exact_points(statement, where)
        if value.has(Limit) or not value.is_finite:
            return Finding(Outcome.INCONCLUSIVE, "the limit was not found, or is not finite", value)
        return _zero(value - statement.rhs, self.tactics, where, "the computed limit minus the value stated")

    def _at_exact_points(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        """With numbers for the symbols a limit may be found that is not found for all of them: it can only refute."""
        for point in exact_points(_symbols(statement, where), where):
            try:
                value = statement.lhs.subs(point).doit()
            except (NotImplementedError, RecursionError):
                continue
            if value.has(Limit) or not value.is_finite:
                continue
            difference = value - statement.rhs
            if probe(difference, [point], refuting_signs=(1, -1)).counterexample is not None:
                how = "the limit at an exact point is not the value stated"
                return Finding(Outcome.REFUTED, how, difference, point)
        return Finding(Outcome.INCONCLUSIVE, "the limit was not found", statement.lhs)


@dataclass(frozen=True)
class Nonnegative(Obligation):
    """An inequality: left minus right equals a certificate whose sign can be read off its form.

    A strict inequality wants a positive certificate. Undefined functions and their derivatives count as real numbers.
    """

    certificate: Expr
    tactics: tuple[Tactic, ...] = ("evaluation", "common denominator")
    relations = (GreaterThan, StrictGreaterThan)

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        difference = (statement.lhs - statement.rhs).doit()
        strict = isinstance(statement, StrictGreaterThan)
        seen = probe(difference, _points(difference, where), refuting_signs=(-1,))
        if seen.counterexample is not None:
            how = "left minus right is negative at an exact point"
            return Finding(Outcome.REFUTED, how, difference, seen.counterexample)
        plain = _with_real_numbers_for_functions(self.certificate.doit())
        if not (plain.is_positive if strict else plain.is_nonnegative):
            return Finding(Outcome.INCONCLUSIVE, "the sign of the certificate cannot be read off", self.certificate)
        found = _zero(difference - self.certificate.doit(), self.tactics, where, "left minus right minus certificate")
        if found.outcome is not Outcome.PROVED:
            how = f"the certificate does not fit: {found.how}"
            return Finding(Outcome.INCONCLUSIVE, how, found.residual, found.point)
        form = "positive" if strict else "nonnegative"
        return Finding(Outcome.PROVED, f"left minus right is a {form} expression; {found.how}", found.residual)


def _with_real_numbers_for_functions(expression: Expr) -> Expr:
    for kind in (Subs, Derivative, AppliedUndef):
        expression = expression.xreplace({node: Dummy(str(node), real=True) for node in expression.atoms(kind)})
    return expression


@dataclass(frozen=True)
class SameSquare(Obligation):
    """An equality of two nonnegative expressions: their squares agree."""

    tactics: tuple[Tactic, ...] = ("evaluation", "common denominator")

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        unsure = next((side for side in (statement.lhs, statement.rhs) if not side.is_nonnegative), None)
        if unsure is not None:
            return Finding(Outcome.INCONCLUSIVE, "a side is not seen to be nonnegative", unsure)
        return _zero(statement.lhs**2 - statement.rhs**2, self.tactics, where, "the difference of the squares")


@dataclass(frozen=True)
class MatrixIdentity(Obligation):
    """An equality of matrix expressions of symbolic shape, shown by matrix algebra for all shapes at once."""

    def _discharge(self, statement: Relational, where: Sequence[Relational]) -> Finding:
        difference = statement.lhs - statement.rhs
        if not isinstance(difference, MatrixExpr):
            return Finding(Outcome.INCONCLUSIVE, "the sides are no matrix expressions", difference)
        instance = exact_matrices(statement)
        (numbers,) = exact_points(_scalars(difference), count=1)
        if any(expand(entry) != 0 for entry in with_matrices(difference.subs(numbers), instance)):
            point = {**instance, **numbers}
            return Finding(Outcome.REFUTED, "the difference is not zero for exact matrices", difference, point)
        reduced_difference = difference.doit()
        if not is_zero_matrix(reduced_difference):
            return Finding(Outcome.INCONCLUSIVE, "matrix algebra did not reach zero", reduced_difference)
        return Finding(Outcome.PROVED, "the difference vanishes by matrix algebra, for every shape", reduced_difference)


def _scalars(expression: MatrixExpr) -> set[Symbol]:
    """Symbols that are numbers: neither matrices nor their sizes."""
    sizes = {size for matrix in expression.atoms(MatrixSymbol) for size in matrix.shape}
    return {symbol for symbol in expression.free_symbols if isinstance(symbol, Symbol)} - sizes
