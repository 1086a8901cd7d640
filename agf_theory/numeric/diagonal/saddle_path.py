r"""Pesme and Flammarion's algorithm, written once for every kind of number.

State: time t, integrated negative gradient s (the *dual*), coefficients β. A coordinate with |s_i| = 1 is *bound* to
the sign of s_i; a bound coordinate with β_i ≠ 0 is in the *support*. One round

1. drifts s along −∇L(β) until some coordinate reaches ±1, and
2. minimises the loss over {β : s_iβ_i ≥ 0 where |s_i| = 1, β_i = 0 elsewhere} by Lawson and Hanson's active-set method,
   started from the present β.

In exact arithmetic the active-set method only ever adds a column that strictly lowers the loss at a point stationary on
the support, and such a column is linearly independent of the support: the restricted systems never become singular.

Source: [pesme2023], Algorithm 1; [lawson1974], chapter 23.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

__all__ = ["SaddlePath", "Undecidable"]


class Undecidable(Exception):
    """A comparison that the numbers in use cannot decide; turned into an `UndecidedEvent` by the caller."""

    def __init__(self, neurons: Sequence[int], reason: str) -> None:
        super().__init__(reason)
        self.neurons = tuple(sorted(neurons))
        self.reason = reason


class SaddlePath(ABC):
    """The algorithm's rounds over a state that a subclass stores in its own numbers.

    Attributes
    ----------
    support : list of int
        Coordinates with β_i ≠ 0, in order of entry.
    bound : dict from int to ±1
        Coordinates with |s_i| = 1 and the sign of s_i.
    """

    def __init__(self) -> None:
        self.support: list[int] = []
        self.bound: dict[int, int] = {}

    def step(self) -> bool:
        """One drift and one minimisation; False, with nothing changed, at a stationary point.

        Raises
        ------
        Undecidable
            If the numbers in use cannot decide a comparison; the state is then the one before or during the round
            and must not be used further.
        """
        if self.stationary():
            return False
        duration, hits = self.first_hit()
        self.drift(duration, hits)
        self.bound.update(hits)
        self.minimise()
        return True

    def minimise(self) -> None:
        """Lawson and Hanson's method from the present feasible point; ends at the constrained minimum."""
        entering = self.steepest_bound()
        while entering is not None:
            self.enter(entering)
            trial = self.restricted_minimiser()
            while (leaving := self.move_towards(trial)) is not None:
                for coordinate in leaving:
                    self.leave(coordinate)
                trial = self.restricted_minimiser()
            self.accept(trial)
            entering = self.steepest_bound()
        self.certify_minimum()

    def certify_minimum(self) -> None:  # noqa: B027 - optional hook: exact numbers need no second look
        """Hook: confirm that the signs just used are certain."""

    @abstractmethod
    def stationary(self) -> bool:
        """Whether the gradient vanishes."""

    @abstractmethod
    def first_hit(self) -> tuple[Any, dict[int, int]]:
        """Duration of the drift, and the coordinates that then reach ±1 with the sign they reach."""

    @abstractmethod
    def drift(self, duration: Any, hits: dict[int, int]) -> None:
        """Advance time and dual; coordinates of `hits` are set to their sign exactly."""

    @abstractmethod
    def steepest_bound(self) -> int | None:
        """A bound coordinate outside the support along whose sign the loss falls, or None."""

    @abstractmethod
    def enter(self, coordinate: int) -> None:
        """Add a coordinate to the support, with coefficient zero so far."""

    @abstractmethod
    def leave(self, coordinate: int) -> None:
        """Remove a coordinate from the support; its coefficient becomes zero."""

    @abstractmethod
    def restricted_minimiser(self) -> Any:
        """Minimiser of the loss over the support, signs ignored."""

    @abstractmethod
    def move_towards(self, trial: Any) -> Sequence[int] | None:
        """None if the trial point has the bound signs strictly; else move as far as they allow and say who blocks."""

    @abstractmethod
    def accept(self, trial: Any) -> None:
        """Make the trial point the present one, and update the gradient."""
