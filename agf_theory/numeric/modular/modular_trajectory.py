"""A flow on modular addition, whose weights can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.trajectory import Trajectory

__all__ = ["ModularTrajectory"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class ModularTrajectory(Trajectory):
    """A `Trajectory` of powers by frequency, with the weights behind them.

    Attributes
    ----------
    weights_at : function of a time
        u, v and w, (H, p) each, at a time of the trajectory's clock; u and v without their parts at frequencies that
        the template lacks, which do nothing and stay what they were. Weights below 1e-308 are zero.
    """

    weights_at: Callable[[float], tuple[Array, Array, Array]]
