"""`agf derive NAME`: a formula, with numbers put in if asked, or a derivation with its machine-checked steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agf_theory.cli.output import to_stdout
from agf_theory.cli.progress import shown_steps
from agf_theory.cli.shell_names import formats_of_formulas, formulas_and_derivations
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.closed_form import Derivation, DerivationReport

__all__ = ["derive"]

A_STEP_FAILS = 1
_MOST_DIGITS = 10_000
_LONGEST_NAME = 40


def derive(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A formula (diagonal.jump_time) or a claim (DIAG-04).",
            autocompletion=formulas_and_derivations,
        ),
    ],
    steps: Annotated[bool, typer.Option("--steps", help="Check every step of a derivation and say how.")] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="F", help="unicode, latex, python or mathml.", autocompletion=formats_of_formulas
        ),
    ] = "unicode",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="SYMBOL=EXPRESSION",
            help="Put in a number (3, 0.1, 1e-8, 2/3) or an expression (log(2)/3, pi/4, log(1/alpha)), exactly; "
            "repeatable. Known are + - * / ** ( ), pi, E, the names of symbols, and functions such as sqrt, exp, cosh.",
        ),
    ] = None,
    digits: Annotated[
        int | None,
        typer.Option(
            "--digits", metavar="N", help="Decimal value, correctly rounded to N digits, once every symbol is set."
        ),
    ] = None,
) -> int:
    """Print a formula or derivation of the theory.

    Exit status 1 if a step of a derivation is not shown (with --steps).
    """
    from agf_theory.closed_form import FORMATS, Derivation, lookup
    from agf_theory.errors import UnknownName

    if form not in FORMATS:
        raise UnknownName(f"--format must be one of {', '.join(FORMATS)}, got {form!r}")
    found = lookup(name)
    if isinstance(found, Derivation):
        if values or digits is not None:
            raise InputError(f"--set and --digits go with a formula, {found.name} is a derivation")
        return _print_derivation(found, form, steps)
    if steps:
        raise InputError(f"--steps goes with a derivation, {name} is a formula")
    _print_formula(found, form, values or (), digits)
    return 0


def _print_formula(formula: Callable[[], Any], form: str, values: Sequence[str], digits: int | None) -> None:
    from agf_theory.closed_form import render, with_values

    expression: Any = formula()
    expression = with_values(expression, _expressions(values, expression))
    rendered = render(expression, form) if digits is None else _decimal(expression, digits, form)
    if form == "unicode" and formula.__doc__:
        to_stdout(f"{formula.__doc__.strip().splitlines()[0]}\n\n")
    to_stdout(f"{rendered}\n")


def _decimal(expression: Any, digits: int, form: str) -> str:
    from agf_theory.closed_form import decimal_text

    if not 1 <= digits <= _MOST_DIGITS:
        raise InputError(f"--digits must be between 1 and {_MOST_DIGITS}, got {digits}")
    if expression.free_symbols:
        missing = ", ".join(sorted(map(str, expression.free_symbols)))
        raise InputError(
            f"--digits needs a number for every symbol, got none for {missing}; add --set SYMBOL=EXPRESSION"
        )
    return decimal_text(expression, digits, form)


def _expressions(values: Sequence[str], formula: Any) -> dict[str, Any]:
    from agf_theory.closed_form import THEORY_SYMBOLS, parse_expression
    from agf_theory.problems.number_parser import quoted

    # The formula's own symbols too: those of a family it is about have no place among the symbols of the theory.
    names = {**THEORY_SYMBOLS, **{symbol.name: symbol for symbol in formula.free_symbols}}
    expressions: dict[str, Any] = {}
    for text in values:
        symbol, equals, value = (part.strip(" \t") for part in text.partition("="))
        if not equals or not symbol:
            raise InputError(f"--set takes SYMBOL=EXPRESSION, got {quoted(text)}")
        if symbol in expressions:
            raise InputError(f"--set gives {quoted(symbol)} two values; give it one")
        shown = symbol if symbol.isidentifier() and len(symbol) <= _LONGEST_NAME else quoted(symbol)
        expressions[symbol] = parse_expression(value, f"--set {shown}", names=names)
    return expressions


def _print_derivation(derivation: Derivation, form: Any, steps: bool) -> int:
    to_stdout(f"{derivation.render(form)}\n")
    if not steps:
        return 0
    report = _checked(derivation)
    to_stdout(f"\n{report}\n")
    return 0 if report.proved else A_STEP_FAILS


def _checked(derivation: Derivation) -> DerivationReport:
    """What `Derivation.check` finds, telling on a terminal which step is under way."""
    from agf_theory.closed_form import DerivationReport

    found = []
    with shown_steps("checking", total=len(derivation.steps)) as begin:
        for step in derivation.steps:
            begin(step.label)
            found.append(step.check())
    return DerivationReport(derivation, tuple(found))
