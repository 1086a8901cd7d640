"""Hypotheses as data: they guard inputs, generate instances for checks and property tests, and are printed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.problems.number_parser import parse_number, quoted

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["Hypotheses", "Hypothesis", "Instance", "Integer", "Quantity", "Relation"]

Instance = Mapping[str, Any]

REACH = 6
"""How far a search goes from zero, or from an end, where a condition does not end and names no range to draw from."""


class Hypothesis(ABC):
    """One condition under which a claim holds.

    A hypothesis about one variable generates it with `draw`; a `Relation` between variables only filters. Whatever
    `draw` returns must satisfy `holds`; the tests see to it. The converse is not asked for: what is drawn may come
    from a smaller range, which is no part of the condition and is printed apart, by `range_drawn`.
    """

    variable: str | None
    restricts: ClassVar[bool] = True
    """Whether it is a condition; False where it only says what kind of thing the variable is."""

    @abstractmethod
    def holds(self, instance: Instance) -> bool:
        """Whether the instance meets the condition."""

    def draw(self, random: Random, size: int) -> Any:
        """A value of the variable; `size` grows from 0, small instances come first."""
        raise NotImplementedError(f"{self} generates nothing")

    def strategy(self) -> SearchStrategy[Any]:
        """Values of the variable for the Hypothesis library, which shrinks them to simple ones."""
        raise NotImplementedError(f"{self} generates nothing")

    def encode(self, value: Any) -> Any:
        """A value of the variable as plain data, exactly: numbers as texts "p/q"."""
        raise NotImplementedError(f"{self} has no value")

    def decode(self, plain: Any) -> Any:
        """The value that `encode` made plain; whether it meets the condition is another question.

        Raises
        ------
        InputError
            If the data are not of the form that `encode` gives.
        """
        raise NotImplementedError(f"{self} has no value")

    @property
    def range_drawn(self) -> str:
        """The range instances are drawn from, where it is smaller than the condition; else empty."""
        return ""


@dataclass(frozen=True)
class Quantity(Hypothesis):
    """A real number in an interval; instances are rational.

    Attributes
    ----------
    variable : str
    low, high : Fraction, int or None
        Ends of the interval; None for no end.
    low_included, high_included : bool
    nonzero : bool
        Zero is excluded.
    drawn : (Fraction or int, Fraction or int), optional
        Ends of the open interval that instances are drawn from, where the condition allows more than is worth trying.

    Examples
    --------
    >>> force = Quantity("g", nonzero=True, drawn=(-9, 9))
    >>> print(force, force.holds({"g": 10}), force.range_drawn)
    g real, g ≠ 0 True -9 < g < 9
    """

    variable: str
    low: Fraction | int | None = None
    high: Fraction | int | None = None
    low_included: bool = False
    high_included: bool = False
    nonzero: bool = False
    drawn: tuple[Fraction | int, Fraction | int] | None = None

    def __post_init__(self) -> None:
        if self.drawn is not None:
            low, high = self.drawn
            inside = (self.low is None or self.low <= low) and (self.high is None or high <= self.high)
            assert inside, f"{self.variable} is to be drawn from inside {self}, got {self.drawn}"
            assert low < high, f"{self.variable} is to be drawn from an interval, got {self.drawn}"

    def holds(self, instance: Instance) -> bool:
        value = instance[self.variable]
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        below = self.high is None or value < self.high or (self.high_included and value == self.high)
        return bool(above and below and not (self.nonzero and value == 0))

    def draw(self, random: Random, size: int) -> Fraction:
        if self.drawn is not None:
            return Quantity(self.variable, *self.drawn, nonzero=self.nonzero).draw(random, size)
        value = self._between(random, size)
        if self.nonzero and value == 0:
            # No second try: where choices are made by a search, it may insist on the first.
            return Fraction(self.high or 2) / 2 if self.high is None or self.high > 0 else Fraction(self.low or -2) / 2
        return value

    def strategy(self) -> SearchStrategy[Fraction]:
        from agf_theory.proofs_check.strategies import simple_rationals

        if self.drawn is not None:
            return simple_rationals(*self.drawn, low_included=False, high_included=False, nonzero=self.nonzero)
        low = self.low if self.low is not None else min(-REACH, REACH if self.high is None else self.high - REACH)
        high = self.high if self.high is not None else max(REACH, -REACH if self.low is None else self.low + REACH)
        ends = {"low_included": self.low_included, "high_included": self.high_included}
        return simple_rationals(low, high, nonzero=self.nonzero, **ends)

    def encode(self, value: Fraction) -> str:
        return str(Fraction(value))

    def decode(self, plain: Any) -> Fraction:
        return parse_number(plain, self.variable)

    @property
    def range_drawn(self) -> str:
        return "" if self.drawn is None else str(Quantity(self.variable, *self.drawn))

    def _between(self, random: Random, size: int) -> Fraction:
        steps = random.randint(1, 12)
        if self.low is not None and self.high is not None:
            inner = Fraction(random.randint(0 if self.low_included else 1, steps + self.high_included), steps + 1)
            return self.low + (self.high - self.low) * inner
        reach = (3 + size) * steps
        if self.low is not None:
            return self.low + Fraction(random.randint(0 if self.low_included else 1, reach), steps)
        if self.high is not None:
            return self.high - Fraction(random.randint(0 if self.high_included else 1, reach), steps)
        return Fraction(random.randint(1 if self.nonzero else 0, reach), steps) * random.choice((1, -1))

    def __str__(self) -> str:
        left = "" if self.low is None else f"{self.low} {'≤' if self.low_included else '<'} "
        right = "" if self.high is None else f" {'≤' if self.high_included else '<'} {self.high}"
        text = f"{left}{self.variable}{right}" if left or right else f"{self.variable} real"
        return f"{text}, {self.variable} ≠ 0" if self.nonzero else text


@dataclass(frozen=True)
class Integer(Hypothesis):
    """An integer between two ends, both included; larger sizes reach further.

    Attributes
    ----------
    variable : str
    low : int
    high : int or None
        None for no end.
    drawn : int, optional
        The largest to be drawn, where the condition allows more than is worth trying.
    """

    variable: str
    low: int
    high: int | None = None
    drawn: int | None = None

    def holds(self, instance: Instance) -> bool:
        value = instance[self.variable]
        return isinstance(value, int) and self.low <= value and (self.high is None or value <= self.high)

    def draw(self, random: Random, size: int) -> int:
        largest = [end for end in (self.high, self.drawn) if end is not None]
        return random.randint(self.low, min([self.low + 1 + size, *largest]))

    def strategy(self) -> SearchStrategy[int]:
        from hypothesis import strategies as st

        largest = [end for end in (self.high, self.drawn) if end is not None]
        return st.integers(self.low, min(largest, default=self.low + REACH))

    def encode(self, value: int) -> str:
        return str(value)

    def decode(self, plain: Any) -> int:
        number = parse_number(plain, self.variable)
        if number.denominator != 1:
            raise InputError(f"{self.variable}: an integer is required, got {number}")
        return number.numerator

    @property
    def range_drawn(self) -> str:
        return "" if self.drawn is None else f"{self.variable} ≤ {self.drawn}"

    def __str__(self) -> str:
        ends = f"{self.low}, …" if self.high is None else f"{self.low}, …, {self.high}"
        return f"{self.variable} in {{{ends}}}"


@dataclass(frozen=True)
class Relation(Hypothesis):
    """A condition between variables; it guards and prints, and filters what the others generate."""

    text: str
    condition: Callable[[Instance], bool]
    variable: None = field(default=None, init=False)

    def holds(self, instance: Instance) -> bool:
        return self.condition(instance)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Hypotheses:
    """All conditions of one claim.

    Attributes
    ----------
    conditions : tuple of Hypothesis
        Under which the claim holds.
    drawn : tuple of Relation
        What else instances have to meet for the checks to look at them: no condition of the claim, and printed apart.

    Examples
    --------
    >>> positive_scale = Hypotheses((Quantity("α", 0, 1),))
    >>> print(positive_scale)
    0 < α < 1
    >>> positive_scale.guard({"α": 2})
    Traceback (most recent call last):
    agf_theory.errors.HypothesisNotMet: the claim needs 0 < α < 1, got α=2
    """

    conditions: tuple[Hypothesis, ...] = ()
    drawn: tuple[Relation, ...] = ()

    def __str__(self) -> str:
        return "; ".join(map(str, self.conditions)) or "none"

    def holds(self, instance: Instance) -> bool:
        """Whether the instance meets every condition."""
        return all(condition.holds(instance) for condition in self.conditions)

    @property
    def ranges_drawn(self) -> tuple[str, ...]:
        """From where instances are drawn, condition by condition, where that is less than the hypotheses allow."""
        ranges = [condition.range_drawn for condition in self.conditions]
        return (*filter(None, ranges), *map(str, self.drawn))

    def guard(self, instance: Instance) -> None:
        """Raise `HypothesisNotMet`, naming the condition, unless the instance meets every one."""
        for condition in self.conditions:
            if not condition.holds(instance):
                received = ", ".join(f"{key}={value}" for key, value in instance.items())
                raise HypothesisNotMet(f"the claim needs {condition}, got {received}")

    def draw(self, random: Random, size: int) -> dict[str, Any]:
        """One candidate instance; relations are not yet enforced."""
        return {str(c.variable): c.draw(random, size) for c in self._of_variables()}

    def instances(self, random: Random, count: int) -> Iterator[dict[str, Any]]:
        """Up to `count` instances that meet every condition and lie in the range to draw from, small ones first.

        Fewer come when a relation rejects too much: after 20 candidates for each instance wanted, generation stops,
        and whoever counts the instances sees it.
        """
        found = 0
        for attempt in range(20 * count):
            if found == count:
                return
            instance = self.draw(random, size=min(found, attempt))
            if self._drawable(instance):
                found += 1
                yield instance

    def strategy(self) -> SearchStrategy[dict[str, Any]]:
        """A Hypothesis strategy of instances: each variable by its own, relations as filters; it shrinks them."""
        from hypothesis import strategies as st

        return st.fixed_dictionaries({str(c.variable): c.strategy() for c in self._of_variables()}).filter(
            self._drawable
        )

    def encode(self, instance: Instance) -> dict[str, Any]:
        """An instance as plain data, exactly."""
        return {str(c.variable): c.encode(instance[str(c.variable)]) for c in self._of_variables()}

    def decode(self, plain: Any) -> dict[str, Any]:
        """The instance that `encode` made plain.

        Raises
        ------
        InputError
            If a variable is missing, not known, or not of its form.
        HypothesisNotMet
            If the instance meets not every condition.

        Examples
        --------
        >>> below_one = Hypotheses((Quantity("α", 0, 1),))
        >>> below_one.decode({"α": "2/3"})
        {'α': Fraction(2, 3)}
        >>> below_one.decode({"β": "2/3"})
        Traceback (most recent call last):
        agf_theory.errors.InputError: instance: the variables α are required, got β
        """
        if not isinstance(plain, Mapping):
            raise InputError(f"instance: an object that names its variables is required, got {type(plain).__name__}")
        wanted = [str(condition.variable) for condition in self._of_variables()]
        if set(plain) != set(wanted):
            received = ", ".join(quoted(str(name)).strip("'\"") for name in plain) or "none"
            raise InputError(f"instance: the variables {', '.join(wanted)} are required, got {received}")
        instance = {str(c.variable): c.decode(plain[str(c.variable)]) for c in self._of_variables()}
        self.guard(instance)
        return instance

    def _of_variables(self) -> Iterator[Hypothesis]:
        return (condition for condition in self.conditions if condition.variable is not None)

    def _drawable(self, instance: Instance) -> bool:
        return self.holds(instance) and all(condition.holds(instance) for condition in self.drawn)
