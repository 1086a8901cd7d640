"""The root of a function between two ends, to the rounding errors of its size however small it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq

from agf_theory.errors import IntegrationFailed

__all__ = ["bracketed_root"]

_RELATIVE = 4 * float(np.finfo(float).eps)  # the least that SciPy takes
_SMALLEST = float(np.finfo(float).tiny)  # no size is known beforehand: small roots count as much as large ones
_MOST_STEPS = 2500  # as many bisections find any normal number between zero and the largest, and its digits


def bracketed_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function whose signs differ at two ends is zero.

    Raises
    ------
    IntegrationFailed
        If it is not found.

    Examples
    --------
    >>> bracketed_root(lambda s: s - 1e-200, 0.0, 1.0)
    1e-200
    """
    required = f"a root between {low:g} and {high:g} is required"
    try:
        found, report = brentq(
            function, low, high, xtol=_SMALLEST, rtol=_RELATIVE, maxiter=_MOST_STEPS, full_output=True, disp=False
        )
    except ValueError as error:  # SciPy's word for a value that is no number, and for ends of one sign
        raise IntegrationFailed(f"{required}: {error}") from error
    if not report.converged or not np.isfinite(found):
        raise IntegrationFailed(f"{required}, none was found after {_MOST_STEPS} steps")
    return float(found)
