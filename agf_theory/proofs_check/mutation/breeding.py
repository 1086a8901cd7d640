"""Mutants bred from the expressions of a claim's formula, one change each."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic
from sympy.printing.pretty.pretty_symbology import greek_unicode
from sympy.printing.str import StrPrinter

from agf_theory.proofs_check.claims import Claim, Mutant, Origin
from agf_theory.proofs_check.mutation.sites import Mutation, mutations
from agf_theory.proofs_check.parts import Part

__all__ = ["Bred", "breed", "in_print"]


LONGEST = 72
"""Characters of a piece in a description; beyond, the name tells what was done."""


@dataclass(frozen=True, eq=False)
class Bred:
    """A bred mutant with where it comes from: what its equivalence with the original is judged by.

    Attributes
    ----------
    mutant : Mutant
    part : Part
        The expression that was changed.
    expression : Basic
        The changed one.
    """

    mutant: Mutant
    part: Part
    expression: Basic


def breed(claim: Claim) -> tuple[Bred, ...]:
    """Every mutant that one change in one part of the claim's formula makes; none if it has no expression.

    The names are deterministic: the part, what was done, and the site by its path, `bred: PART: cosh for sinh at 1.0`.
    """
    return tuple(_bred(part, mutation) for part in claim.parts for mutation in mutations(part.expression))


def _bred(part: Part, mutation: Mutation) -> Bred:
    site = ".".join(map(str, mutation.path))
    name = "".join(
        ("bred: ", f"{part.name}: " if part.name else "", _spelled(mutation.what), f" at {site}" if site else "")
    )
    where = f"{part.name}: " if part.name else ""
    before, after = (_shortened(in_print(piece)) for piece in (mutation.before, mutation.after))
    description = f"{where}{before} → {after if before != after else _spelled(mutation.what)}"
    return Bred(Mutant(name, part.rebuild(mutation.expression), description, Origin.BRED), part, mutation.expression)


class _Printer(StrPrinter):  # type: ignore[misc]
    def _print_Symbol(self, symbol: Basic) -> str:
        return "_".join(greek_unicode.get(piece, piece) for piece in symbol.name.split("_"))

    _print_MatrixSymbol = _print_Symbol  # noqa: N815

    def _print_Derivative(self, derivative: Basic) -> str:
        return f"∂(…)/∂{self.doprint(derivative.variables[0])}"


def in_print(expression: Basic) -> str:
    """One line for people: Greek letters, a space for a product, ^ for a power.

    Examples
    --------
    >>> from agf_theory.closed_form import diagonal
    >>> in_print(diagonal.coefficient())
    'α^2 sinh(2 φ)'
    """
    return _spelled(_Printer().doprint(expression))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _spelled(text: str) -> str:
    return text.replace("**", "^").replace("*", " ")
