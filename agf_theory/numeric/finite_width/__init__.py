"""Networks of any width on one-dimensional data, by numbers: flows of all weights, power series, balls."""

from agf_theory.numeric.finite_width.enclosed_flow import EnclosedWeights, enclosed_weights_at
from agf_theory.numeric.finite_width.gradient_flow import gradient_flow
from agf_theory.numeric.finite_width.kernel import tangent_kernel
from agf_theory.numeric.finite_width.mechanisms import MechanismShares, mechanism_shares
from agf_theory.numeric.finite_width.power_series import WeightSeries, power_series
from agf_theory.numeric.finite_width.width_trajectory import WidthTrajectory

__all__ = [
    "EnclosedWeights",
    "MechanismShares",
    "WeightSeries",
    "WidthTrajectory",
    "enclosed_weights_at",
    "gradient_flow",
    "mechanism_shares",
    "power_series",
    "tangent_kernel",
]


def __dir__() -> list[str]:
    return __all__
