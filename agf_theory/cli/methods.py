"""Methods that find jumps, as the command line knows them: which were asked for, and what each one gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agf_theory.errors import (
    AgfTheoryError,
    HypothesisNotMet,
    InputError,
    IntegrationFailed,
    UndecidedError,
    UnknownName,
)

if TYPE_CHECKING:
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import InitScale

__all__ = ["Method", "Methods", "Request", "Result", "chosen_methods", "results"]

# Not an error of the input as a whole: other methods may still answer.
_NO_RESULT = (HypothesisNotMet, IntegrationFailed, UndecidedError)


@dataclass(frozen=True)
class Request:
    """What a method is asked for.

    Attributes
    ----------
    problem : problem of the system
    settings : mapping from option to value
        What else the user chose; JSON values only, as tables repeat them.
    standardized : bool
        Whether the user asked for columns of the data to be standardised.
    """

    problem: Any
    settings: Mapping[str, Any] = field(default_factory=dict)
    standardized: bool = False


@dataclass(frozen=True)
class Method:
    """A method.

    Attributes
    ----------
    meaning : str
        One line for the legend.
    needs_scale : bool
        Whether it is about a finite initialisation scale.
    compute : function of (request, scale or None)
    """

    meaning: str
    needs_scale: bool
    compute: Callable[[Request, Any], Any]


Methods = Mapping[str, Method]


def chosen_methods(methods: Methods, text: str | None, scales: Sequence[InitScale]) -> tuple[str, ...]:
    """The methods asked for, in the order given; by default all that the scales allow.

    Raises
    ------
    UnknownName
        If a name is not one of the methods.
    InputError
        If no method is named, or one needs an initialisation scale and there is none.
    """
    if text is None:
        return tuple(key for key, method in methods.items() if scales or not method.needs_scale)
    keys = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not keys:
        raise InputError(f"--methods needs some of {', '.join(methods)}, comma-separated, got {text!r}")
    for key in keys:
        if key not in methods:
            raise UnknownName(f"--methods takes {', '.join(methods)}, comma-separated, got {key!r}")
        if methods[key].needs_scale and not scales:
            raise InputError(f"--methods {key} needs an initialisation scale: add --alpha, for example --alpha 1e-8")
    return keys


@dataclass(frozen=True)
class Result:
    """What a method gave: a sequence or trajectory, or the error that says why it has no answer here."""

    key: str
    value: SaddleSequence | Trajectory | None
    reason: AgfTheoryError | None = None

    def required(self) -> Any:
        """The value; raises the reason if there is none."""
        if self.reason is not None:
            raise self.reason
        return self.value


def results(
    methods: Methods,
    request: Request,
    keys: Sequence[str],
    scales: Sequence[InitScale],
    begin: Callable[[str], None],
) -> Iterator[tuple[InitScale | None, list[Result]]]:
    """For each scale (None if no method needs one), what each method gave.

    A method whose hypotheses the problem does not meet, or that cannot finish, leaves its place to the others; what
    needs no scale is computed once. `begin` is told what is computed next.

    Raises
    ------
    HypothesisNotMet, UndecidedError, IntegrationFailed
        If no method at all gave a result.
    """

    def attempt(key: str, scale: InitScale | None) -> Result:
        begin(f"{key} at {scale.text}" if scale is not None else key)
        try:
            return Result(key, methods[key].compute(request, scale))
        except _NO_RESULT as error:
            return Result(key, None, error)

    once = {key: attempt(key, None) for key in keys if not methods[key].needs_scale}
    blocks: Sequence[InitScale | None] = scales if len(once) < len(keys) else (None,)
    for scale in blocks:
        found = [once[key] if key in once else attempt(key, scale) for key in keys]
        failed = [result.reason for result in found if result.reason is not None]
        if len(failed) == len(found):
            raise failed[0]
        yield scale, found
