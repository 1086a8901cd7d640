"""What can go wrong, in one hierarchy.

Every error is an `AgfTheoryError` and also the built-in its reader would expect, so that both `except AgfTheoryError`
and `except ValueError` work. A message names the quantity, what was required, what was received and the way out; the
command line prints it as one line and exits with status 2.
"""

from __future__ import annotations

__all__ = [
    "AgfTheoryError",
    "DerivationFailed",
    "FormulaError",
    "HypothesisNotMet",
    "InputError",
    "IntegrationFailed",
    "MissingDependency",
    "MissingInput",
    "UndecidedError",
    "UnknownName",
]


class AgfTheoryError(Exception):
    """Base class of every error this package raises on purpose."""


class InputError(AgfTheoryError, ValueError):
    """What the user or a file supplied is malformed: shape, value, column, option, format."""


class MissingInput(InputError, FileNotFoundError):
    """A file, folder or column that was named is not there."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnknownName(InputError, LookupError):
    """A name (claim, system, method, problem, data set) that the package does not know."""


class HypothesisNotMet(AgfTheoryError, ValueError):
    """The input is well formed, but the statement asked for does not apply to it."""


class UndecidedError(AgfTheoryError, ArithmeticError):
    """The chosen arithmetic cannot decide a comparison (a near tie, a singular face); never a guess."""


class IntegrationFailed(AgfTheoryError, RuntimeError):
    """A numerical integration or iteration did not reach what was asked of it."""


class MissingDependency(AgfTheoryError, ImportError):
    """An optional library is needed for what was asked; the message names the extra to install."""


class FormulaError(InputError):
    """A formula in LaTeX that cannot be shown in full as MathML."""


class DerivationFailed(AgfTheoryError, ArithmeticError):
    """A step of a derivation was refuted, or could not be shown."""
