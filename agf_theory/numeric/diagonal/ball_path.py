"""The saddle path in Arb balls: exact data, rounding enclosed, comparisons certain or not made."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, arb_mat

from agf_theory.numeric.diagonal.quadratic import ExactQuadratic, submatrix
from agf_theory.numeric.diagonal.rational_path import ScalarPath
from agf_theory.numeric.diagonal.saddle_path import Undecidable

__all__ = ["BallPath"]


class BallPath(ScalarPath):
    """Balls at the working precision in force; a ball that contains zero without being zero decides nothing.

    Two facts are structural, hence known without a comparison: the gradient vanishes on the support, and everywhere
    once the support has as many (independent) columns as the design has rank.
    """

    zero = arb(0)

    def __init__(self, quadratic: ExactQuadratic) -> None:
        super().__init__(quadratic)
        self.rank = quadratic.gram.rank()
        self.gradient = [arb(value) for value in self.gradient]
        self._linear = arb_mat(quadratic.linear)

    def sign(self, value: arb, neurons: Sequence[int], what: str) -> int:
        if value > 0:
            return 1
        if value < 0:
            return -1
        if value == 0:
            return 0
        raise Undecidable(neurons, f"{what} is not decided by a ball of radius {float(value.rad()):.1e} about zero")

    def restricted_minimiser(self) -> list[arb]:
        gram = arb_mat(submatrix(self.quadratic.gram, self.support, self.support))
        try:
            solution = gram.solve(arb_mat(submatrix(self.quadratic.linear, self.support, (0,))))
        except ZeroDivisionError:
            raise Undecidable(
                self.support, "independence of the active columns is not decided by these balls"
            ) from None
        return list(solution.entries())

    def accept(self, trial: list[arb]) -> None:
        for i, value in zip(self.support, trial, strict=True):
            self.coefficients[i] = value
        dimension = self.quadratic.dimension
        if len(self.support) == self.rank:
            self.gradient = [self.zero] * dimension
            return
        columns = arb_mat(submatrix(self.quadratic.gram, range(dimension), self.support))
        gradient = columns * arb_mat(len(trial), 1, trial) - self._linear
        self.gradient = list(gradient.entries())
        for i in self.support:
            self.gradient[i] = self.zero
