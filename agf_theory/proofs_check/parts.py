"""The parts of a formula that are expressions: what mutants are bred from, and how each is put back in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any

from sympy import Basic, Eq, Expr, Piecewise, Symbol

__all__ = ["Part", "at_numbers", "by_choice", "by_degree", "without_arguments"]

Ranges = Mapping[Symbol, tuple[Fraction | int, Fraction | int | None]]


@dataclass(frozen=True, eq=False)
class Part:
    """One expression of a claim's formula.

    Attributes
    ----------
    name : str
        Unique within its claim, and permanent: the names of the bred mutants begin with it. Empty if there is one part.
    expression : Basic
        As the formula has it, in its own symbols: an expression, an equality or a matrix expression.
    rebuild : callable (Basic) -> object
        The whole formula with another expression in the place of this one, and of this one alone.
    within : mapping of Symbol to (low, high)
        Open intervals the hypotheses put the symbols in, beyond their assumptions; high may be None.
    values : mapping of Symbol to sequence
        Symbols that take these values only.
    up_to_factor : bool
        Whether a multiple says the same: what is conserved, is conserved in every multiple.
    """

    name: str
    expression: Basic
    rebuild: Callable[[Basic], Any]
    within: Ranges = field(default_factory=dict)
    values: Mapping[Symbol, Sequence[Any]] = field(default_factory=dict)
    up_to_factor: bool = False


def without_arguments(formula: Any, attribute: str = "", **domain: Any) -> tuple[Part, ...]:
    """A function of nothing: the formula itself, or an attribute of it.

    Parameters
    ----------
    formula : object
        A function, or a frozen dataclass of functions.
    attribute : str
        Which of them; the part has its name.
    **domain
        `within`, `values` and `up_to_factor` of the parts.
    """
    function = _taken(formula, attribute)
    return (Part(_named(attribute), function(), lambda e: _placed(formula, attribute, lambda: e), **domain),)


def by_choice(formula: Any, attribute: str, choices: Sequence[Any], **domain: Any) -> tuple[Part, ...]:
    """A function of one choice, such as a convention or a dimension: one part each, the other choices left as they are.

    A check that looks at one choice alone lets the mutants of the others pass.
    """
    function = _taken(formula, attribute)

    def placed(chosen: Any, expression: Basic) -> Any:
        changed = lambda choice: expression if choice == chosen else function(choice)  # noqa: E731
        return _placed(formula, attribute, changed)

    return tuple(
        Part(_named(attribute, choice), function(choice), partial(placed, choice), **domain) for choice in choices
    )


def by_degree(formula: Any, attribute: str, degree: Symbol, **domain: Any) -> tuple[Part, ...]:
    """A function of the degree with one branch at 2 and one above; of None, it is a `Piecewise` of both.

    Mutants are bred from a branch in the symbol of the degree; the number is put in afterwards.
    """
    function = _taken(formula, attribute)
    (two, _), (above, _) = function(None).args

    def placed(at_two: Basic, above_two: Basic) -> Any:
        def branches(number: int | None = None) -> Expr:
            if number is None:
                return Piecewise((at_two, Eq(degree, 2)), (above_two, degree > 2))
            return at_two if number == 2 else above_two.subs(degree, number)

        return _placed(formula, attribute, branches)

    return (
        Part(_named(attribute, "κ = 2"), two, lambda e: placed(e, above), **domain),
        Part(_named(attribute, "κ > 2"), above, lambda e: placed(two, e), **domain),
    )


def at_numbers(formula: Any, attribute: str, symbol: Symbol, **domain: Any) -> tuple[Part, ...]:
    """A function of a number in the place of a symbol, or of None for the symbol itself."""
    function = _taken(formula, attribute)

    def placed(expression: Basic) -> Any:
        at = lambda number=None: expression if number is None else expression.subs(symbol, number)  # noqa: E731
        return _placed(formula, attribute, at)

    return (Part(_named(attribute), function(None), placed, **domain),)


def _taken(formula: Any, attribute: str) -> Any:
    return getattr(formula, attribute) if attribute else formula


def _placed(formula: Any, attribute: str, function: Any) -> Any:
    return replace(formula, **{attribute: function}) if attribute else function


def _named(attribute: str, choice: Any = "") -> str:
    return ", ".join(filter(None, (attribute.replace("_", " "), str(choice))))
