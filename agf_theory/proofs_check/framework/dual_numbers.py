"""Dual numbers: a value with its slope, exactly; whatever is computed with them is differentiated on the way."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Dual"]


@dataclass(frozen=True)
class Dual:
    """value + slope × ε with ε² = 0; sums, products and whole powers.

    Examples
    --------
    >>> x = Dual(Fraction(3), Fraction(1))
    >>> (2 * x**2 + -1 * x).slope
    Fraction(11, 1)
    """

    value: Fraction
    slope: Fraction = Fraction(0)

    def __add__(self, other: Dual | Fraction | int) -> Dual:
        other = other if isinstance(other, Dual) else Dual(Fraction(other))
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other: Dual | Fraction | int) -> Dual:
        other = other if isinstance(other, Dual) else Dual(Fraction(other))
        slope = Fraction(0)  # most numbers of a formula do not vary: products with their slopes are left out
        if self.slope:
            slope += self.slope * other.value
        if other.slope:
            slope += self.value * other.slope
        return Dual(self.value * other.value, slope)

    __rmul__ = __mul__

    def __pow__(self, power: int) -> Dual:
        if power == 0:
            return Dual(Fraction(1))
        slope = power * self.value ** (power - 1) * self.slope if self.slope else self.slope
        return Dual(self.value**power, slope)
