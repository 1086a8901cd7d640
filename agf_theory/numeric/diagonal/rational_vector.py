"""Vectors of rationals over one denominator: adding two costs products, not a greatest common divisor an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from flint import fmpq, fmpz

__all__ = ["RationalVector"]


class RationalVector(Sequence[fmpq]):
    """An immutable vector; entries are brought to lowest terms when they are read.

    Parameters
    ----------
    numerators : integers
    denominator : positive integer
        A common factor of all the numbers is divided out.
    """

    __slots__ = ("denominator", "numerators")

    def __init__(self, numerators: Sequence[fmpz], denominator: fmpz) -> None:
        common = denominator
        for value in numerators:
            if common == 1:
                break
            common = value.gcd(common)
        self.numerators = tuple(value // common for value in numerators) if common != 1 else tuple(numerators)
        self.denominator = denominator // common

    @classmethod
    def zeros(cls, length: int) -> RationalVector:
        """The zero vector."""
        return cls([fmpz(0)] * length, fmpz(1))

    def __len__(self) -> int:
        return len(self.numerators)

    @overload
    def __getitem__(self, index: int) -> fmpq: ...
    @overload
    def __getitem__(self, index: slice) -> list[fmpq]: ...
    def __getitem__(self, index: int | slice) -> fmpq | list[fmpq]:
        if isinstance(index, slice):
            return [fmpq(value, self.denominator) for value in self.numerators[index]]
        return fmpq(self.numerators[index], self.denominator)

    def __iter__(self) -> Iterator[fmpq]:
        return (fmpq(value, self.denominator) for value in self.numerators)

    def minus(self, factor: fmpq, other: RationalVector) -> RationalVector:
        """Vector minus ``factor`` times the other."""
        ours = factor.q * other.denominator
        theirs = factor.p * self.denominator
        common = ours.gcd(theirs)
        ours, theirs = ours // common, theirs // common
        numerators = [a * ours - b * theirs for a, b in zip(self.numerators, other.numerators, strict=True)]
        return RationalVector(numerators, self.denominator * ours)
