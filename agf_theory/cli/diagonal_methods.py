"""The methods that find the jumps of a diagonal network, as the command line knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

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
    from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["METHODS", "Method", "Request", "Result", "chosen_methods", "results"]

# Not an error of the input as a whole: other methods may still answer.
_NO_RESULT = (HypothesisNotMet, IntegrationFailed, UndecidedError)


@dataclass(frozen=True)
class Request:
    """What a method is asked for."""

    problem: DiagonalNetwork
    convention: str = "paper"
    exact: bool = False


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


def _limit(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    return diagonal.pesme_flammarion(request.problem, arithmetic="exact" if request.exact else "automatic")


def _agf(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    arithmetic = "ball" if request.exact else "float"
    return diagonal.alternating_gradient_flows(
        request.problem, scale, convention=request.convention, arithmetic=arithmetic
    )


def _corrected(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    return diagonal.corrected_sequence(request.problem, scale, convention=request.convention)


def _flow(request: Request, scale: InitScale) -> Trajectory:
    from agf_theory.numeric import diagonal

    return diagonal.gradient_flow(request.problem, scale, convention=request.convention)


METHODS: Final[dict[str, Method]] = {
    "pf": Method("limiting sequence, α → 0 (Pesme and Flammarion 2023)", False, _limit),
    "agf": Method("alternating gradient flows at α (Algorithm 1)", True, _agf),
    "corrected": Method("jump times to all orders in 1/log(1/α) (result of this project)", True, _corrected),
    "gf": Method("gradient flow at α, integrated; times by extrapolation", True, _flow),
}


def chosen_methods(text: str | None, scales: Sequence[InitScale]) -> tuple[str, ...]:
    """The methods asked for, in the order given; by default all that the scales allow.

    Raises
    ------
    UnknownName
        If a name is not one of `METHODS`.
    InputError
        If no method is named, or one needs an initialisation scale and there is none.
    """
    if text is None:
        return tuple(key for key, method in METHODS.items() if scales or not method.needs_scale)
    keys = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not keys:
        raise InputError(f"--methods needs some of {', '.join(METHODS)}, comma-separated, got {text!r}")
    for key in keys:
        if key not in METHODS:
            raise UnknownName(f"--methods takes {', '.join(METHODS)}, comma-separated, got {key!r}")
        if METHODS[key].needs_scale and not scales:
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
    request: Request, keys: Sequence[str], scales: Sequence[InitScale]
) -> Iterator[tuple[InitScale | None, list[Result]]]:
    """For each scale (None if no method needs one), what each method gave.

    A method whose hypotheses the problem does not meet, or that cannot finish, leaves its place to the others; the
    limit is computed once.

    Raises
    ------
    HypothesisNotMet, UndecidedError, IntegrationFailed
        If no method at all gave a result.
    """
    once = {key: _attempt(request, key, None) for key in keys if not METHODS[key].needs_scale}
    blocks: Sequence[InitScale | None] = scales if len(once) < len(keys) else (None,)
    for scale in blocks:
        found = [once[key] if key in once else _attempt(request, key, scale) for key in keys]
        failed = [result.reason for result in found if result.reason is not None]
        if len(failed) == len(found):
            raise failed[0]
        yield scale, found


def _attempt(request: Request, key: str, scale: InitScale | None) -> Result:
    try:
        return Result(key, METHODS[key].compute(request, scale))
    except _NO_RESULT as error:
        return Result(key, None, error)
