"""What a function of real numbers has to say to be evaluated in balls: its value, and where it has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, fmpq

from agf_theory.closed_form.balls.number import Number, both, less, less_or_equal, settled

__all__ = ["Domain", "RealFunction", "above", "at_least", "at_most", "below", "everywhere", "first", "within"]

Domain = Callable[..., bool | None]


@dataclass(frozen=True)
class RealFunction:
    """A real function with its domain.

    Attributes
    ----------
    value : function of balls
        Encloses the function at every point of the balls; called inside the domain only. Arb's functions of a complex
        variable would answer outside it too, with a finite number that is not the one meant.
    inside : function of numbers
        Whether the arguments lie in the domain on which the function is real and finite; None if balls cannot tell.
    exact : function of rationals, optional
        The exact value, or None where it is not rational or not worth the time.
    """

    value: Callable[..., arb]
    inside: Domain
    exact: Callable[..., fmpq | None] | None = None

    def at(self, arguments: tuple[Number, ...]) -> Number:
        """The value at a point of the domain."""
        if self.exact is not None and all(isinstance(argument, fmpq) for argument in arguments):
            exact = self.exact(*arguments)
            if exact is not None:
                return settled(exact)
        return settled(self.value(*map(arb, arguments)))


def everywhere(*_: Number) -> bool:
    """No condition."""
    return True


def above(bound: int) -> Domain:
    """The argument is greater than the bound."""
    return lambda x: less(bound, x)


def at_least(bound: int) -> Domain:
    """The argument is not less than the bound."""
    return lambda x: less_or_equal(bound, x)


def below(bound: int) -> Domain:
    """The argument is less than the bound."""
    return lambda x: less(x, bound)


def at_most(bound: int) -> Domain:
    """The argument is not greater than the bound."""
    return lambda x: less_or_equal(x, bound)


def within(size: int, *, ends: bool) -> Domain:
    """The argument lies between minus and plus the size; with the ends or without."""
    if ends:
        return lambda x: both(less_or_equal(-size, x), less_or_equal(x, size))
    return lambda x: both(less(-size, x), less(x, size))


def first(condition: Domain) -> Domain:
    """The condition on the first argument alone."""
    return lambda x, *_: condition(x)
