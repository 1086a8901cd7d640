"""The symbolic route: formulas of the theory as SymPy expressions, and their derivations."""

from agf_theory.closed_form import attention, balls, diagonal, finite_width, framework, linear, modular, neuron
from agf_theory.closed_form.catalogue import derivation, derivations, formula_names, lookup, names
from agf_theory.closed_form.decimals import decimal_text
from agf_theory.closed_form.derivation import Derivation, DerivationReport, Step, StepReport
from agf_theory.closed_form.expression_names import THEORY_SYMBOLS
from agf_theory.closed_form.expression_parser import parse_expression
from agf_theory.closed_form.obligations import Outcome
from agf_theory.closed_form.rendering import FORMATS, render
from agf_theory.closed_form.values import with_values

# The function `derivation` takes the place of the submodule of that name, whose classes are exported here.
__all__ = [
    "FORMATS",
    "THEORY_SYMBOLS",
    "Derivation",
    "DerivationReport",
    "Outcome",
    "Step",
    "StepReport",
    "attention",
    "balls",
    "decimal_text",
    "derivation",
    "derivations",
    "diagonal",
    "finite_width",
    "formula_names",
    "framework",
    "linear",
    "lookup",
    "modular",
    "names",
    "neuron",
    "parse_expression",
    "render",
    "with_values",
]


def __dir__() -> list[str]:
    return __all__
