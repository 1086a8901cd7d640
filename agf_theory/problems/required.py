"""Arguments of a kind that a function is not made for, refused in one line before anything is computed."""

from __future__ import annotations

import numbers

from agf_theory.errors import InputError
from agf_theory.problems.init_scale import InitScale
from agf_theory.problems.number_parser import quoted

__all__ = ["require_init_scale", "require_problem"]

_WHAT = "initialisation scale"


def require_init_scale(value: object) -> None:
    """Raise `InputError` for what is no `InitScale`, and say how to write the one that was meant.

    A text or a number is not read in its place: what it stands for is said once, where the scale is made.

    Examples
    --------
    >>> require_init_scale("1e-8")
    Traceback (most recent call last):
    agf_theory.errors.InputError: initialisation scale: an InitScale is required, got '1e-8'; write InitScale('1e-8')
    """
    if isinstance(value, InitScale):
        return
    try:
        way_out = f"write InitScale({quoted(InitScale(value).text)})"  # type: ignore[arg-type]  # whatever it is
    except InputError:
        way_out = "write InitScale('1e-8'), or another number with 0 < alpha < 1"
    raise InputError(f"{_WHAT}: an InitScale is required, got {_shown(value)}; {way_out}")


def require_problem(value: object, kind: type) -> None:
    """Raise `InputError` for a problem that is not of the kind, such as that of another system, or a file's name.

    Examples
    --------
    >>> from agf_theory.problems import LinearNetwork
    >>> require_problem("data.csv", LinearNetwork)
    Traceback (most recent call last):
    agf_theory.errors.InputError: problem: a LinearNetwork is required, got 'data.csv'; make one of your data first
    """
    if not isinstance(value, kind):
        raise InputError(f"problem: a {kind.__name__} is required, got {_shown(value)}; make one of your data first")


def _shown(value: object) -> str:
    """A text in quotes, a number as it is, of all else the kind."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, numbers.Number):
        return f"{value!s:.40}"
    return f"something of type {type(value).__name__}"
