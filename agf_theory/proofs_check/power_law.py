"""The power with which an error falls, fitted over decades, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["Power", "fit_power"]


@dataclass(frozen=True)
class Power:
    """An error that behaves as constant × small ** exponent.

    Attributes
    ----------
    exponent : float
    uncertainty : float
        Standard error of the exponent: how far the points lie off a straight line; infinite for two points.
    log_constant : float
        Natural logarithm of the constant.
    """

    exponent: float
    uncertainty: float
    log_constant: float

    def __str__(self) -> str:
        return f"{self.exponent:.4g} ± {self.uncertainty:.2g}"


def fit_power(log_small: ArrayLike, log_error: ArrayLike) -> Power:
    """Fit a straight line through the logarithms; taken in logarithms because α may lie below the smallest float.

    Parameters
    ----------
    log_small, log_error : at least two numbers each
        Natural logarithms of the small parameter and of the error.

    Examples
    --------
    >>> print(fit_power([-1.0, -2.0, -3.0], [-2.0, -4.0, -6.0]))
    2 ± 0
    """
    x, y = np.asarray(log_small, dtype=float), np.asarray(log_error, dtype=float)
    spread = x - x.mean()
    exponent = float(spread @ y / (spread @ spread))
    constant = float(y.mean() - exponent * x.mean())
    residual = y - constant - exponent * x
    freedom = len(x) - 2
    scatter = float(np.sqrt(residual @ residual / freedom / (spread @ spread))) if freedom > 0 else float("inf")
    return Power(round(exponent, 12), float(f"{scatter:.3g}"), constant)
