"""A ball with what it may be used for."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from agf_theory.errors import UndecidedError

__all__ = ["Enclosure"]


@dataclass(frozen=True)
class Enclosure:
    """A ball around the value of an expression.

    Attributes
    ----------
    ball : flint.arb
        Contains the value, if no float taints it.
    exact : flint.fmpq or None
        The value itself, where it is rational and known exactly.
    floats : tuple of str
        The floating-point numbers that went in. What they stand for is anybody's guess, so nothing is certified.
    """

    ball: arb
    exact: fmpq | None = None
    floats: tuple[str, ...] = ()

    @property
    def tainted(self) -> bool:
        """Whether a floating-point number went in."""
        return bool(self.floats)

    @property
    def certified(self) -> arb:
        """The ball, where it is certain.

        Raises
        ------
        UndecidedError
            If a floating-point number went in.
        """
        if self.tainted:
            shown = ", ".join(dict.fromkeys(self.floats))
            raise UndecidedError(f"no ball for the value: a float ({shown}) promises too much; give it as a fraction")
        return self.ball
